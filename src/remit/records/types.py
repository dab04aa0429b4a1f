"""A record type as the core uses it: read, extended, linked and checked by ``remit.missions``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Literal

from remit.kernel.conditions import ALWAYS, NEVER, Condition
from remit.kernel.wording import Words
from remit.kernel.working_days import PLAIN_WEEK, WorkingWeek

Kind = Literal["event", "report", "finding", "action", "effect", "register"]
KINDS: tuple[Kind, ...] = ("event", "report", "finding", "action", "effect", "register")

ClassificationLevel = Literal["unclassified", "confidential", "strictly-confidential"]
LEVELS: tuple[ClassificationLevel, ...] = ("unclassified", "confidential", "strictly-confidential")
"""The levels of ST/SGB/2007/6, the least strict first."""

Relation = Literal["same-event", "part-of", "caused", "responds-to", "evidence-for", "duplicates", "distinct", "over"]
RELATIONS: tuple[Relation, ...] = (
    "same-event",
    "part-of",
    "caused",
    "responds-to",
    "evidence-for",
    "duplicates",
    "distinct",
    "over",
)
"""``distinct``: somebody looked at both and found that they are not the same; they are not proposed again."""


def stricter(one: ClassificationLevel, other: ClassificationLevel) -> ClassificationLevel:
    """Return the stricter of two levels."""
    return max(one, other, key=LEVELS.index)


@dataclass(frozen=True, slots=True)
class Option:
    """One member of a closed list of values."""

    key: str
    label: Words
    symbol: str = ""
    codes: Mapping[str, str] = field(default_factory=dict)
    """Its codes in the lists of others, by list (``huridocs``, ``dac``, ``cap``)."""


@dataclass(frozen=True, slots=True)
class FieldDefinition:
    """One field of a record type, or of a group inside it.

    ``settings`` holds what only the kind understands (``approximate``, ``precision``, ``minimum`` …);
    ``options`` is filled for choice and choices, ``fields`` for group, ``to`` for reference.
    """

    key: str
    kind: str
    label: Words
    help: Words | None = None
    required: bool = False
    sensitive: bool = False
    many: bool = False
    repeats: bool = False
    options: tuple[Option, ...] = ()
    to: str = ""
    fields: Mapping[str, FieldDefinition] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class State:
    """A state of a process; a final one has no way out but a reopening move."""

    key: str
    label: Words
    final: bool = False
    outcome: Literal["", "met", "on-track", "at-risk", "missed"] = ""


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """A length counted in the working days of a mission. It runs to the last second of its last day, UTC."""

    number: int
    week: WorkingWeek = PLAIN_WEEK


Length = timedelta | WorkingDays
"""How long a time limit is."""


@dataclass(frozen=True, slots=True)
class Within:
    """A time limit: so long after ``of``, or so long before ``before``.

    ``of`` is a day or instant field, ``recorded_at``, ``occurred``, ``reported``, or a state (when it was entered); "" is
    when the record entered the move's own from-state. ``until`` names the field that says when the move was made; "" is
    when it came into the journal. ``before`` is a day or instant field: the move is due so long ahead of it.
    Where ``by`` names a choice, the record's own value picks the length from ``lengths``; while it has none, the shortest
    holds, the stricter one.
    """

    length: Length | None
    of: str = ""
    until: str = ""
    before: str = ""
    by: str = ""
    lengths: Mapping[str, Length] = field(default_factory=dict)

    def lengths_for(self, value: object) -> tuple[Length, ...]:
        """Return the length that a value of ``by`` picks; all of them where it picks none."""
        if self.length is not None:
            return (self.length,)
        return (self.lengths[value],) if isinstance(value, str) and value in self.lengths else (*self.lengths.values(),)


@dataclass(frozen=True, slots=True)
class Move:
    """One transition: from which states, to which, by which roles, within which time, requiring what."""

    key: str
    label: Words
    from_: tuple[str, ...]
    to: str
    by: tuple[str, ...]
    requires: Condition = ALWAYS
    requires_words: Words | None = None
    within: Within | None = None
    second_person: bool = False
    reason: bool = False
    sets: tuple[str, ...] = ()
    """Fields that the person fills while moving (a decision time, a reason code)."""


@dataclass(frozen=True, slots=True)
class Process:
    """The states of a record type and the moves between them."""

    start: str
    states: Mapping[str, State]
    moves: Mapping[str, Move]


@dataclass(frozen=True, slots=True)
class ReleaseRule:
    """What of a record may leave: which fields, how fine a place (an area level) and a date (day, month, quarter, year)."""

    place: str = ""
    date: Literal["day", "month", "quarter", "year", ""] = ""
    fields: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Zone:
    """What makes a record a zone: its circle, its time, and what is looked at inside.

    ``centre`` is a place field, ``radius_km`` a decimal, ``start`` and ``end`` instants (half-open), ``exceptions`` a choices
    field. ``ordered_by`` is the move that puts it in force, ``ended_by`` those that end it early. ``watches`` says which
    records of which types may be a breach; their choice ``ground`` tells what a movement was for, in the words of the exceptions.
    """

    centre: str
    radius_km: str
    start: str
    end: str
    ordered_by: str
    watches: Mapping[str, Condition]
    ended_by: tuple[str, ...] = ()
    exceptions: str = ""
    ground: str = ""


Basis = Literal["recorded", "occurred", "reported", "changed", "closed"]
"""From when a rule on keeping counts: when it was recorded, when it occurred or was reported, its last change, its final state."""


@dataclass(frozen=True, slots=True)
class KeepingRule:
    """When a record's values are destroyed, or its level is lowered: so many months and days after ``of``.

    ``fields`` are those whose values go (none: all of them); ``to`` is the level that it gets. ``unless`` holds it back.
    """

    months: int
    days: int
    of: Basis
    unless: Condition = NEVER
    fields: tuple[str, ...] = ()
    to: ClassificationLevel = "unclassified"


@dataclass(frozen=True, slots=True)
class Example:
    """A worked example: steps played through services, and what must hold after (or the refusal that must come)."""

    play: tuple[Mapping[str, Any], ...]
    then: Mapping[str, Any] = field(default_factory=dict)
    refused: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class RecordType:
    """One kind of thing that the mission records.

    Attributes:
        serves: the paths of the mandate that this type answers.
        over: the type of the event that a finding stands over ("" where it stands alone).
        title: which field gives a record its title ("title" by default).
        code: three or four capitals used in readable numbers (``MINUSMA-EVT-2017-0231``).
        times: which fields say when it occurred and was reported: ``{"occurred": "occurred_on", "reported": "reported_at"}``.
        record_by: the roles that may create one.
        symbol: the map symbol's shape, by kind unless stated; "" where it has no place.
        digest: the SHA-256 of the canonical declaration; entries name ``key@version``.
    """

    key: str
    version: int
    kind: Kind
    label: Words
    plural: Words
    code: str
    source: str
    serves: tuple[str, ...]
    fields: Mapping[str, FieldDefinition]
    level: ClassificationLevel
    record_by: tuple[str, ...]
    over: str = ""
    title: str = "title"
    compartment: str = ""
    component: str = ""
    caveats: tuple[str, ...] = ()
    process: Process | None = None
    release: ReleaseRule | None = None
    retention: KeepingRule | None = None
    declassification: KeepingRule | None = None
    zone: Zone | None = None
    times: Mapping[str, str] = field(default_factory=dict)
    symbol: str = ""
    listed: tuple[str, ...] = ()
    """Fields shown as columns of the list page."""
    examples: tuple[Example, ...] = ()
    abstract: bool = False
    system: bool = False
    """Made by Remit itself (frozen figures, products, official texts); has no form of its own."""
    file: str = ""
    digest: str = ""
