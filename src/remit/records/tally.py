"""What records are counted by: their marks, the month and the area in which they occurred, and their choices."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from remit.kernel.conditions import Condition, fields_of
from remit.records.clocks import clocks
from remit.records.record import Record
from remit.records.types import RecordType

MARKS = ("type", "kind", "state", "level", "compartment", "component", "caveats", "withdrawn", "invented")
"""Marks of a record by which many are counted at once; access is decided on them."""
WHEN_AND_WHERE = ("month", "area")
_ENVELOPE = frozenset({*MARKS, "id", "number", "originator", "recorded_at", "recorded_by", "occurred", "reported"})
"""Names that mean the record's own mark in a condition, whatever field has the same."""


DUE, KEPT = "~due", "~kept"
"""Facets of time limits: when a running one ends (UTC, counted by its day), and whether one that ended was ``met`` or ``missed``."""


@dataclass(frozen=True, slots=True)
class Facet:
    """One value by which a record is found: a choice (``category``), an area (``place.region``) or a time limit."""

    name: str
    value: str
    sensitive: bool


def facet_names(type_: RecordType, levels: Sequence[str]) -> Mapping[str, str]:
    """Return by what records of a type can be found and counted beside their marks, and by which comparison."""
    found = {}
    for key, field in type_.fields.items():
        if field.kind in ("choice", "choices") and key not in _ENVELOPE:
            found[key] = "contains" if field.kind == "choices" or field.many else "equals"
        elif field.kind == "place" and not field.many:
            found |= {f"{key}.{level}": "equals" for level in levels}
    return found


def facets(record: Record, type_: RecordType, levels: Sequence[str]) -> tuple[Facet, ...]:
    """Return the facets of a record: each choice and area once, and every time limit."""
    found: dict[Facet, None] = {}
    for key, field in type_.fields.items():
        value = record.values.get(key)
        if field.kind in ("choice", "choices") and key not in _ENVELOPE:
            for one in value if isinstance(value, list) else [value]:
                if one not in (None, ""):
                    found[Facet(key, str(one), field.sensitive)] = None
        elif field.kind == "place" and isinstance(value, Mapping):
            for level in levels:
                if value.get(level):
                    found[Facet(f"{key}.{level}", str(value[level]), field.sensitive)] = None
    return (*found, *_limits(record, type_))


def _limits(record: Record, type_: RecordType) -> Iterator[Facet]:
    """Yield the time limits of a record; one reckoned from a sensitive field is sensitive."""
    for clock in clocks(record, type_, record.recorded_at):
        within = type_.process.moves[clock.move].within if type_.process else None
        read = (within.of, within.before, within.by, within.until) if within else ()
        sensitive = any(type_.fields[name].sensitive for name in read if name in type_.fields)
        if clock.ended is None:
            yield Facet(DUE, instant(clock.due), sensitive)
        else:
            yield Facet(KEPT, clock.status, sensitive)


def instant(at: datetime) -> str:
    """Return an instant as facets hold it, so that the order of the texts is that of the instants."""
    return at.astimezone(UTC).isoformat(timespec="seconds")


def counted(name: str, value: str) -> str:
    """Return under which value a facet is counted: a time limit under its day."""
    return value[:10] if name == DUE else value


def area(record: Record, type_: RecordType, levels: Sequence[str]) -> str:
    """Return the area of the coarsest level that a record's first place names, "" where none may be told to all."""
    key = next((key for key, field in type_.fields.items() if field.kind == "place"), "")
    if not key or not levels or type_.fields[key].sensitive:
        return ""
    value = record.values.get(key)
    return str(value.get(levels[0]) or "") if isinstance(value, Mapping) else ""


def month(record: Record) -> str:
    """Return the month in which a record occurred, ``2017-07``; "" where that is not known."""
    return record.occurred[:7]


def on_marks(condition: Condition) -> Condition:
    """Return a condition by which counts are kept.

    Raises:
        ValueError: it asks for more than marks.
    """
    if more := fields_of(condition) - set(MARKS):
        raise ValueError(f"counts are not kept by {sorted(more)}")
    return condition


def tally(
    records: Iterable[Record], types: Mapping[str, RecordType], levels: Sequence[str], by: Sequence[str]
) -> Counter[tuple[Any, ...]]:
    """Count records by some of :data:`MARKS` and :data:`WHEN_AND_WHERE`."""
    return Counter(tuple(_mark(one, types[one.type], levels, name) for name in by) for one in records)


def tally_facets(
    records: Iterable[Record],
    types: Mapping[str, RecordType],
    levels: Sequence[str],
    *,
    sensitive: bool,
) -> Counter[tuple[Any, ...]]:
    """Count records by type, name and value of their facets: those that are sensitive, or those that are not."""
    return Counter(
        (one.type, facet.name, counted(facet.name, facet.value))
        for one in records
        for facet in facets(one, types[one.type], levels)
        if facet.sensitive is sensitive
    )


def _mark(record: Record, type_: RecordType, levels: Sequence[str], name: str) -> Any:
    if name == "month":
        return month(record)
    if name == "area":
        return area(record, type_, levels)
    return getattr(record, name)
