"""Alerts in the Common Alerting Protocol (OASIS CAP 1.2): elements in the order of its schema, one language a block of information."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from lxml import etree

from remit.reporting.iati import printable

NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2"


@dataclass(frozen=True, slots=True)
class Area:
    """Where: in words, and where it is known as a circle (degrees, kilometres) and as codes by name."""

    words: str
    lat: float | None = None
    lon: float | None = None
    radius_km: float = 0.0
    codes: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Information:
    """What is told, in one language."""

    language: str
    event: str
    urgency: str
    severity: str
    certainty: str
    headline: str
    description: str
    onset: datetime | None = None
    expires: datetime | None = None
    parameters: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Alert:
    """One message. ``status``: Actual, Exercise; ``kind``: Alert, Update, Cancel; ``scope``: Public, Restricted."""

    identifier: str
    sender: str
    sent: datetime
    status: str
    kind: str
    scope: str
    restriction: str
    information: Sequence[Information]
    area: Area
    references: str = ""
    note: str = ""


def cap_xml(alert: Alert) -> bytes:
    """Return the message."""
    root = etree.Element(f"{{{NAMESPACE}}}alert", nsmap={None: NAMESPACE})  # type: ignore[dict-item]
    for tag, text in (
        ("identifier", _token(alert.identifier)), ("sender", _token(alert.sender)), ("sent", instant(alert.sent)),
        ("status", alert.status), ("msgType", alert.kind), ("scope", alert.scope),
        ("restriction", alert.restriction if alert.scope == "Restricted" else ""), ("note", alert.note),
        ("references", alert.references),
    ):  # fmt: skip
        _add(root, tag, text)
    for one in alert.information:
        _information(root, one, alert.area)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _information(root: etree._Element, one: Information, area: Area) -> None:
    made = etree.SubElement(root, f"{{{NAMESPACE}}}info")
    for tag, text in (
        ("language", one.language), ("category", "Security"), ("event", one.event), ("urgency", one.urgency),
        ("severity", one.severity), ("certainty", one.certainty), ("onset", instant(one.onset) if one.onset else ""),
        ("expires", instant(one.expires) if one.expires else ""), ("headline", one.headline), ("description", one.description),
    ):  # fmt: skip
        _add(made, tag, text)
    for name, value in (one.parameters or {}).items():
        if value:
            pair = etree.SubElement(made, f"{{{NAMESPACE}}}parameter")
            _add(pair, "valueName", name)
            _add(pair, "value", value)
    where = etree.SubElement(made, f"{{{NAMESPACE}}}area")
    _add(where, "areaDesc", area.words or "–")
    if area.lat is not None and area.lon is not None:
        _add(where, "circle", f"{area.lat:.6f},{area.lon:.6f} {area.radius_km:g}")
    for name, code in (area.codes or {}).items():
        if code:
            pair = etree.SubElement(where, f"{{{NAMESPACE}}}geocode")
            _add(pair, "valueName", name)
            _add(pair, "value", code)


def _add(parent: etree._Element, tag: str, text: str) -> None:
    if text:
        etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}").text = printable(text)


def instant(at: datetime) -> str:
    """Return an instant as CAP writes it: whole seconds, and the offset in figures, never Z."""
    return at.strftime("%Y-%m-%dT%H:%M:%S") + "-00:00"


def _token(text: str) -> str:
    """Return an identifier without what CAP forbids in one: spaces, commas, ``<`` and ``&``."""
    return "".join("_" if character in " ,<&" else character for character in text)
