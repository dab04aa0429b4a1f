"""Alerts as messages of the Common Alerting Protocol, one a record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from remit.kernel.errors import BadInput
from remit.kernel.wording import LANGUAGES, Words
from remit.records.access import LEVEL_WORDS
from remit.records.record import Record
from remit.records.types import FieldDefinition, RecordType
from remit.records.values import show_value
from remit.reporting.cap import Alert, Area, Information, cap_xml, instant
from remit.services.workspace import Workspace

CERTAINTY: Mapping[str, str] = {
    "1": "Observed",
    "2": "Likely",
    "3": "Possible",
    "4": "Unlikely",
    "5": "Unlikely",
    "6": "Unknown",
}
"""How likely it is, from the digit of the Admiralty grade: what is confirmed by others was observed."""
CANCELLED = ("false-alert", "duplicate", "outside-mandate", "cancelled", "rejected")
"""States by which an alert is taken back."""


def alert_files(workspace: Workspace, records: Sequence[Record], kind: RecordType) -> Mapping[str, bytes]:
    """Return a message for each record, by file name.

    Raises:
        BadInput: OUT-014, the mission does not say who sends.
    """
    sender = str(workspace.mission.settings.get("exchange", {}).get("cap", {}).get("sender", ""))
    if not sender:
        raise BadInput.of(
            "OUT-014",
            f"mission.yaml of {workspace.mission.key} does not say who sends alerts.",
            f"mission.yaml de {workspace.mission.key} ne dit pas qui envoie les alertes.",
            do_en="Add settings: exchange: {cap: {sender: …}}.",
            do_fr="Ajoutez settings : exchange : {cap: {sender: …}}.",
        )
    return {f"{one.number or one.id}.cap.xml": cap_xml(_alert(workspace, one, kind, sender)) for one in records}


def _alert(workspace: Workspace, record: Record, kind: RecordType, sender: str) -> Alert:
    sent, changed = _sent(record), record.changed_at
    cancelled = record.withdrawn or record.state in CANCELLED
    updated = changed is not None and changed > record.recorded_at
    message = "Cancel" if cancelled else "Update" if updated else "Alert"
    first = f"{sender},{record.number},{instant(sent)}"
    return Alert(
        identifier=record.number if message == "Alert" else f"{record.number}.{max(record.revision, 1)}",
        sender=sender,
        sent=sent if message == "Alert" or changed is None else changed.astimezone(UTC),
        status="Exercise" if record.invented else "Actual",
        kind=message,
        scope="Restricted",
        restriction=LEVEL_WORDS[record.level].en,
        information=[_information(record, kind, language) for language in LANGUAGES],
        area=_area(workspace, record.values.get("place") or {}),
        references="" if message == "Alert" else first,
        note="Invented for a demonstration or exercise." if record.invented else "",
    )


def _sent(record: Record) -> datetime:
    """Return when the mission had it; when it was recorded where that is not told."""
    try:
        at = datetime.fromisoformat(record.reported)
    except ValueError:
        return record.recorded_at.astimezone(UTC)
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)


def _information(record: Record, kind: RecordType, language: str) -> Information:
    values = record.values
    urgency = _code(kind.fields["urgency"], values.get("urgency"), "cap") or "Unknown"
    grade = str(values.get("grade", ""))
    threat = kind.fields.get("threat")
    event = (
        show_value(values["threat"], threat, language) if threat and values.get("threat") else kind.label.in_(language)
    )
    told = [
        f"{kind.fields[key].label.in_(language)}{Words(': ', ' : ').in_(language)}{show_value(values[key], kind.fields[key], language)}"
        for key in ("at_risk", "population", "narrative")
        if key in kind.fields and values.get(key) not in (None, "")
    ]
    expected = _instant(values.get("expected_at"))
    return Information(
        language=language,
        event=event,
        urgency=urgency,
        severity="Unknown",
        certainty=CERTAINTY.get(grade[-1:], "Unknown"),
        headline=(record.title or event)[:160],
        description=". ".join(told) or record.title or event,
        onset=expected,
        parameters={"state": record.state, "grade": grade.upper(), "level": record.level},
    )


def _area(workspace: Workspace, place: Mapping[str, Any]) -> Area:
    known = workspace.mission.areas
    keys = [place[level] for level in reversed(workspace.mission.area_levels) if level in place]
    areas = [known[key].label.en if key in known else str(key) for key in keys]
    words = ", ".join(dict.fromkeys(part for part in (str(place.get("name", "")), *areas) if part))
    radius = float(place.get("uncertainty_m") or 0) / 1000
    return Area(words, place.get("lat"), place.get("lon"), radius, {"p-code": str(place.get("pcode", ""))})


def _code(definition: FieldDefinition, value: Any, name: str) -> str:
    return next((option.codes.get(name, "") for option in definition.options if option.key == value), "")


def _instant(value: Any) -> datetime | None:
    try:
        at = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
