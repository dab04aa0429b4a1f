"""Projects as IATI activities (version 2.03): elements in the order that the standard prescribes, none without a value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from lxml import etree

VERSION = "2.03"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True)
class Organisation:
    """Who reports or takes part: reference, type (code list OrganisationType), name, and role (OrganisationRole)."""

    name: str
    reference: str = ""
    type: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class Transaction:
    """Money that moved: type (3 a disbursement), the day, the amount, its currency, and in words what for."""

    type: str
    on: str
    amount: str
    currency: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """What was reached: a title by language, the unit's title, and the number reached in the period."""

    title: Mapping[str, str]
    actual: str
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class Activity:
    """One project. Dates are ISO days; ``dates`` by type (1 planned start, 2 actual start, 3 planned end, 4 actual end).

    ``status``: 1 pipeline, 2 implementation, 3 finalisation, 4 closed, 5 cancelled. ``sector`` is a five-digit code of the DAC.
    """

    identifier: str
    title: Mapping[str, str]
    description: Mapping[str, str]
    status: str
    dates: Mapping[str, str]
    participating: Sequence[Organisation] = ()
    country: str = ""
    place: str = ""
    code: str = ""
    lat: float | None = None
    lon: float | None = None
    exact: bool = False
    sector: str = ""
    budget: tuple[str, str, str, str] | None = None
    """Amount, currency, first and last day."""
    transactions: Sequence[Transaction] = ()
    results: Sequence[Result] = field(default=())
    changed: str = ""
    language: str = "en"


def iati_xml(activities: Sequence[Activity], reporting: Organisation, generated: datetime, currency: str) -> bytes:
    """Return the file of activities."""
    root = etree.Element("iati-activities", {"version": VERSION, "generated-datetime": _instant(generated)})
    for one in activities:
        root.append(_activity(one, reporting, currency))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _activity(one: Activity, reporting: Organisation, currency: str) -> etree._Element:
    made = etree.Element("iati-activity", {XML_LANG: one.language, "default-currency": currency})
    if one.changed:
        made.set("last-updated-datetime", one.changed)
    _text(made, "iati-identifier", one.identifier)
    _narrated(
        made,
        "reporting-org",
        {one.language: reporting.name},
        one.language,
        ref=reporting.reference,
        type=reporting.type,
    )
    _narrated(made, "title", one.title, one.language)
    _narrated(made, "description", one.description or one.title, one.language, type="1")
    for who in one.participating:
        _narrated(
            made,
            "participating-org",
            {one.language: who.name},
            one.language,
            ref=who.reference,
            type=who.type,
            role=who.role,
        )
    etree.SubElement(made, "activity-status", {"code": one.status})
    for kind, day in sorted(one.dates.items()):
        etree.SubElement(made, "activity-date", {"iso-date": day, "type": kind})
    if one.country:
        etree.SubElement(made, "recipient-country", {"code": one.country})
    if one.place or one.code or one.lat is not None:
        _location(made, one)
    if one.sector:
        etree.SubElement(made, "sector", {"vocabulary": "1", "code": one.sector})
    if one.budget:
        amount, unit, first, last = one.budget
        budget = etree.SubElement(made, "budget", {"type": "1", "status": "2"})
        etree.SubElement(budget, "period-start", {"iso-date": first})
        etree.SubElement(budget, "period-end", {"iso-date": last})
        _text(budget, "value", amount, {"currency": unit, "value-date": first})
    for paid in one.transactions:
        _transaction(made, paid, one.language)
    for result in one.results:
        _result(made, result, one.language)
    return made


def _location(parent: etree._Element, one: Activity) -> None:
    # A p-code is in none of the vocabularies of location-id: it stands as the reporter's own reference.
    made = etree.SubElement(parent, "location", {"ref": one.code} if one.code else {})
    if one.place:
        _narrated(made, "name", {one.language: one.place}, one.language)
    if one.lat is not None and one.lon is not None:
        point = etree.SubElement(made, "point", {"srsName": "http://www.opengis.net/def/crs/EPSG/0/4326"})
        _text(point, "pos", f"{one.lat:.6f} {one.lon:.6f}")
        etree.SubElement(made, "exactness", {"code": "1" if one.exact else "2"})


def _transaction(parent: etree._Element, paid: Transaction, language: str) -> None:
    made = etree.SubElement(parent, "transaction")
    etree.SubElement(made, "transaction-type", {"code": paid.type})
    etree.SubElement(made, "transaction-date", {"iso-date": paid.on})
    _text(made, "value", paid.amount, {"currency": paid.currency, "value-date": paid.on})
    if paid.words:
        _narrated(made, "description", {language: paid.words}, language)


def _result(parent: etree._Element, one: Result, language: str) -> None:
    made = etree.SubElement(parent, "result", {"type": "1", "aggregation-status": "1"})
    _narrated(made, "title", one.title, language)
    indicator = etree.SubElement(made, "indicator", {"measure": "1", "ascending": "1"})
    _narrated(indicator, "title", one.title, language)
    period = etree.SubElement(indicator, "period")
    etree.SubElement(period, "period-start", {"iso-date": one.start})
    etree.SubElement(period, "period-end", {"iso-date": one.end})
    etree.SubElement(period, "actual", {"value": one.actual})


def _narrated(parent: etree._Element, tag: str, words: Mapping[str, str], language: str, **attributes: str) -> None:
    made = etree.SubElement(parent, tag, {key: value for key, value in attributes.items() if value})
    for spoken, text in words.items():
        if text:
            _text(made, "narrative", text, {} if spoken == language else {XML_LANG: spoken})


def _text(parent: etree._Element, tag: str, text: str, attributes: Mapping[str, str] | None = None) -> None:
    etree.SubElement(parent, tag, dict(attributes or {})).text = printable(text)


def printable(text: str) -> str:
    """Return a text without characters that XML 1.0 cannot hold."""
    return "".join(
        c for c in text if c in "\t\n\r" or 0x20 <= ord(c) <= 0xD7FF or 0xE000 <= ord(c) <= 0xFFFD or ord(c) >= 0x10000
    )


def _instant(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")
