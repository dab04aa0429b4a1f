"""Short ways to build the records, types and roles that these tests need. All invented."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from remit.kernel.wording import same
from remit.records.actors import ACTIONS, Actor, Role
from remit.records.entries import Author
from remit.records.record import Moved, Record
from remit.records.types import FieldDefinition, Move, Process, RecordType, State

AT = datetime(2030, 1, 1, 8, tzinfo=UTC)


def field(kind: str, key: str = "one", **more: Any) -> FieldDefinition:
    """Return a field."""
    return FieldDefinition(key=key, kind=kind, label=same(key.capitalize()), **more)


def record_type(key: str = "sighting", **more: Any) -> RecordType:
    """Return a record type."""
    plain: dict[str, Any] = {
        "key": key,
        "version": 1,
        "kind": "event",
        "label": same(key.capitalize()),
        "plural": same(f"{key.capitalize()}s"),
        "code": "SGT",
        "source": "",
        "serves": (),
        "fields": {},
        "level": "unclassified",
        "record_by": (),
    }
    return RecordType(**(plain | more))


def record(**more: Any) -> Record:
    """Return a record."""
    plain = Record(
        id="r-1",
        type="sighting",
        version=1,
        kind="event",
        number="X-1",
        state="alleged",
        level="unclassified",
        values={},
        recorded_at=AT,
        recorded_by=Author("ann", "clerk", "watch"),
        component="watch",
    )
    return replace(plain, **more)


def role(key: str = "clerk", **more: Any) -> Role:
    """Return a role that may do everything, unless said."""
    plain: dict[str, Any] = {"component": "watch", "clearance": "confidential", "may": ACTIONS}
    return Role(key=key, label=same(key.capitalize()), **(plain | more))


def actor(person: str = "ann", key: str = "clerk", **more: Any) -> Actor:
    """Return somebody in a role."""
    return Actor(person, role(key, **more))


def move(key: str, start: str | tuple[str, ...], end: str, by: str | tuple[str, ...], **more: Any) -> Move:
    """Return a move."""
    starts, roles = (start,) if isinstance(start, str) else start, (by,) if isinstance(by, str) else by
    return Move(key, same(key.capitalize()), starts, end, roles, **more)


def process(*moves: Move, start: str = "alleged") -> Process:
    """Return a process whose states are those that its moves name."""
    keys = dict.fromkeys([start, *(state for one in moves for state in (*one.from_, one.to))])
    return Process(start, {key: State(key, same(key.capitalize())) for key in keys}, {one.key: one for one in moves})


def moved(key: str, start: str, end: str, person: str, at: datetime = AT) -> Moved:
    """Return a move that was made."""
    return Moved(key, start, end, at, Author(person, "clerk", "watch"), f"e-{key}-{person}")


class Linked:
    """Links that give the same records whatever is asked, by type and relation."""

    def __init__(self, *records: Mapping[str, Any], type: str = "field-report", relation: str = "evidence-for") -> None:
        self._records, self._type, self._relation = records, type, relation

    def linked(self, *, type: str | None, relation: str | None, outward: bool) -> tuple[Mapping[str, Any], ...]:
        """Return them where type and relation fit."""
        fits = type in (None, self._type) and relation in (None, self._relation) and not outward
        return self._records if fits else ()
