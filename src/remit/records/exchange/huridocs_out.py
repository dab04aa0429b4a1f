"""Findings as a table in HURIDOCS terms: events, acts and victims, with codes of the micro-thesauri where an option has one.

A term without a code is told with an empty code and its own words: no code is made up. The codes stand with the options of the
mission (``codes: {huridocs: …}``).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from remit.records.alike import killed_of
from remit.records.record import Record
from remit.records.types import FieldDefinition, Option, RecordType

LIST = "huridocs"
HEADER = (
    "entity", "record_number", "event_record_number", "type_of_act_code", "type_of_act", "initial_date", "exact_date_code",
    "geographical_term_code", "local_place", "victim_sex_code", "victim_sex", "status_as_victim_code", "status_as_victim",
    "number", "state", "invented",
)  # fmt: skip
EXACT: Mapping[str, str] = {"day": "", "month": "020000000000", "year": "030000000000"}
"""Micro-thesaurus 48: day unknown, day and month unknown."""
STATUS: Mapping[str, tuple[str, str, str]] = {
    "killed": ("010100000000", "Dead", "Mort"),
    "injured": ("010200000000", "Wounded", "Blessé"),
}
"""Micro-thesaurus 25, of what a group counts."""


def coded(kind: RecordType) -> bool:
    """Return whether a type has any field whose options bear codes."""
    return any(_codes(one) for one in kind.fields.values())


def huridocs_csv(records: Sequence[Record], kind: RecordType, country: str, language: str) -> str:
    """Return the table: for each record its event, an act for each term, a victim line for each count."""
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=HEADER)
    writer.writeheader()
    for record in records:
        for row in _rows(record, kind, country, language):
            writer.writerow({key: row.get(key, "") for key in HEADER})
    return out.getvalue()


def _rows(record: Record, kind: RecordType, country: str, language: str) -> Iterator[dict[str, str]]:
    place = record.values.get("place") or {}
    on = record.values.get(kind.times.get("occurred", "occurred_on")) or record.values.get("occurred_on")
    precision = on.get("precision", "day") if isinstance(on, Mapping) else "day"
    common = {
        "record_number": record.number,
        "event_record_number": record.number,
        "initial_date": record.occurred[:10],
        "exact_date_code": EXACT.get(precision, ""),
        "geographical_term_code": country,
        "local_place": str(place.get("name", "")) if isinstance(place, Mapping) else "",
        "state": record.state,
        "invented": "yes" if record.invented else "no",
    }
    deaths = killed_of(record.values)
    yield {"entity": "event", **common, "number": str(deaths[0]) if deaths else ""}
    for definition in kind.fields.values():
        if definition.kind in ("choice", "choices") and _codes(definition):
            for nth, option in enumerate(_chosen(record.values.get(definition.key), definition), start=1):
                yield {"entity": "act", **common, "record_number": f"{record.number}/A{nth}",
                       "type_of_act_code": option.codes.get(LIST, ""), "type_of_act": option.label.in_(language)}  # fmt: skip
        if definition.kind == "group" and definition.repeats and any(_codes(one) for one in definition.fields.values()):
            yield from _victims(record, definition, common, language)


def _victims(
    record: Record, group: FieldDefinition, common: Mapping[str, str], language: str
) -> Iterator[dict[str, str]]:
    nth = 0
    for row in record.values.get(group.key) or ():
        sex = next(
            (option for key, one in group.fields.items() if _codes(one) for option in _chosen(row.get(key), one)), None
        )
        for key, (code, en, fr) in STATUS.items():
            if row.get(key) in (None, 0, ""):
                continue
            nth += 1
            value = row[key]
            number = value.get("number", "") if isinstance(value, Mapping) else value
            yield {"entity": "victim", **common, "record_number": f"{record.number}/V{nth}",
                   "victim_sex_code": sex.codes.get(LIST, "") if sex else "", "victim_sex": sex.label.in_(language) if sex else "",
                   "status_as_victim_code": code, "status_as_victim": fr if language == "fr" else en, "number": str(number)}  # fmt: skip


def _codes(definition: FieldDefinition) -> bool:
    return any(LIST in option.codes for option in definition.options) or any(
        LIST in option.codes for one in definition.fields.values() for option in one.options
    )


def _chosen(value: Any, definition: FieldDefinition) -> list[Option]:
    keys = value if isinstance(value, list) else [value] if value else []
    return [option for option in definition.options if option.key in keys]
