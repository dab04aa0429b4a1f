"""Tiny record types, records and snapshots for the tests of measures. All of it is invented."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from remit.kernel.conditions import parse_condition
from remit.kernel.wording import Words, same
from remit.measures.definitions import Measure, When
from remit.measures.snapshot import Snapshot
from remit.measures.snapshots import build_snapshot
from remit.records.entries import Author
from remit.records.record import Link, Moved, Record
from remit.records.types import FieldDefinition, RecordType

AUTHOR = Author("invented-person", "officer", "force")
LEVELS = ("region", "cercle")


def field(key: str, kind: str, **more: Any) -> FieldDefinition:
    """Return a field."""
    return FieldDefinition(key, kind, same(key), **more)


def fields(*given: FieldDefinition) -> Mapping[str, FieldDefinition]:
    """Return fields by key."""
    return {one.key: one for one in given}


APPROXIMATE = {"approximate": True}
BASE = (
    field("title", "text"),
    field("occurred_on", "date"),
    field("occurred_at", "instant"),
    field("reported_at", "instant"),
    field("place", "place"),
)


def record_type(key: str, *own: FieldDefinition, kind: Any = "event") -> RecordType:
    """Return a record type with the base fields and some of its own."""
    return RecordType(
        key, 1, kind, same(key), same(key), "XXX", "invented", (), fields(*BASE, *own), "unclassified", ()
    )


INCIDENT = record_type(
    "incident",
    field("category", "choice"),
    field("weapons", "choices"),
    field("deaths", "integer", settings=APPROXIMATE),
    field("cost", "money"),
    field("verified", "choice"),
    field("verified_on", "date"),
    field("answered_at", "instant"),
    field("commander", "group", fields=fields(field("rank", "text"))),
    field("victims", "group", repeats=True, fields=fields(field("sex", "choice"), field("number", "integer"))),
    field("seen", "group", repeats=True, fields=fields(field("means", "choice"), field("state", "text"))),
)
REPORT = record_type("field-report", field("grade", "choice"), field("pages", "integer"), kind="report")
STRENGTH = record_type(
    "personnel-strength",
    field("unit", "text"),
    field("category", "choice"),
    field("deployed", "integer"),
    kind="register",
)
TYPES = {one.key: one for one in (INCIDENT, REPORT, STRENGTH)}


def at(text: str) -> datetime:
    """Return an instant in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def record(
    identifier: str,
    type_: RecordType = INCIDENT,
    *,
    recorded_at: str = "2017-07-02T08:00",
    links: Iterable[tuple[str, str, str]] = (),
    moves: Iterable[tuple[str, str]] = (),
    state: str = "alleged",
    withdrawn: bool = False,
    invented: bool = True,
    **values: Any,
) -> Record:
    """Return a record; ``links`` are (relation, other, its type) outward, ``moves`` (move, at).

    ``occurred_on`` may be given as a bare day.
    """
    for name in ("occurred_on", "verified_on"):
        if isinstance(values.get(name), str):
            values[name] = {"on": values[name], "precision": "day"}
    occurred = values.get("occurred_at") or (values.get("occurred_on") or {}).get("on", "")
    known = at(recorded_at)
    return Record(
        id=identifier,
        type=type_.key,
        version=1,
        kind=type_.kind,
        number=f"XXX-{identifier}",
        state=state,
        level="unclassified",
        values=values,
        recorded_at=known,
        recorded_by=AUTHOR,
        component="force",
        invented=invented,
        links=tuple(
            Link(relation, other, other_type, True, f"l-{other}", known) for relation, other, other_type in links
        ),
        moves=tuple(
            Moved(move, "alleged", move, at(when), AUTHOR, f"m-{nth}") for nth, (move, when) in enumerate(moves)
        ),
        withdrawn=withdrawn,
        occurred=occurred,
        reported=values.get("reported_at", ""),
        title=values.get("title", ""),
    )


def measure(
    kind: str = "count", of: str = "incident", *, where: Any = None, when: Any = "occurred", **more: Any
) -> Measure:
    """Return a measure from declared forms."""
    if isinstance(when, Mapping):
        ((how, name),) = when.items()
        time = When(how, name)
    else:
        time = When(when)
    numerator = parse_condition(more.pop("numerator")) if "numerator" in more else None
    more = {"digest": "d" * 64, "by": (), **more}
    return Measure(
        key="tested",
        version=1,
        label=same("Tested"),
        rule=Words("what is counted", "ce qui est compté"),
        kind=kind,  # type: ignore[arg-type]
        of=of,
        unit=Words("incidents", "incidents"),
        serves=(),
        when=time,
        where=parse_condition(where),
        numerator=numerator,
        **more,
    )


Taker = Callable[..., Snapshot]


def snapshot_of(
    folder: Path, records: Iterable[Record], *, name: str = "block-1", as_of: datetime | None = None
) -> Snapshot:
    """Build a snapshot of records in a folder."""
    given = list(records)
    return build_snapshot(
        given, TYPES, lambda n: folder / n, name=name, block=1, entries=len(given), as_of=as_of, area_levels=LEVELS
    )
