"""``records/<key>.yaml``: a record type, after its parents have been merged in."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from remit.missions.declarations.mission import DateGrain
from remit.missions.declarations.steps import ExampleDeclared
from remit.missions.declarations.values import Declaration, FieldKey, InWords, Key, Number, Paths, Text, Texts, refuse
from remit.records.types import Basis, ClassificationLevel, Kind

SETTINGS: dict[str, tuple[str, ...]] = {
    "text": ("maximum",),
    "narrative": ("maximum",),
    "integer": ("minimum", "maximum", "approximate"),
    "decimal": ("minimum", "maximum", "step"),
    "money": ("currency", "currencies", "negative"),
    "date": ("precision", "future"),
    "instant": ("future",),
}
"""Keys of a field that only some kinds understand."""

ALL_SETTINGS = tuple(sorted({name for names in SETTINGS.values() for name in names}))


class FieldDeclared(Declaration):
    """One field."""

    kind: str
    label: InWords | None = None
    help: InWords | None = None
    required: bool = False
    sensitive: bool = False
    many: bool = False
    repeats: bool = False
    options: str = ""
    to: str = ""
    fields: dict[FieldKey, FieldDeclared] = Field(default_factory=dict)
    approximate: bool = False
    precision: Literal["day", "month", "year"] | None = None
    future: bool = True
    minimum: Number | None = None
    maximum: Number | None = None
    step: Number | None = None
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$")] = ""
    currencies: list[Annotated[str, Field(pattern="^[A-Z]{3}$")]] = Field(default_factory=list)
    negative: bool = False

    @property
    def set_(self) -> tuple[str, ...]:
        """The settings that are declared, by name."""
        return tuple(name for name in ALL_SETTINGS if name in self.model_fields_set)


class StateDeclared(Declaration):
    """A state."""

    label: InWords | None = None
    final: bool = False
    outcome: Literal["met", "on-track", "at-risk", "missed"] | None = None


def _state(value: Any) -> Any:
    if isinstance(value, str):
        return {value: {}}
    return {key: {} if inner is None else inner for key, inner in value.items()} if isinstance(value, dict) else value


StateItem = Annotated[dict[Key, StateDeclared], BeforeValidator(_state), Field(min_length=1, max_length=1)]
"""``alleged``, or ``{confirmed: {final: true}}``."""


class LengthDeclared(Declaration):
    """How long: minutes, hours and days together, or working days of the mission's week."""

    minutes: Annotated[int, Field(gt=0)] | None = None
    hours: Annotated[int, Field(gt=0)] | None = None
    days: Annotated[int, Field(ge=0)] | None = None
    working_days: Annotated[int, Field(gt=0)] | None = None

    @property
    def length(self) -> dict[str, int]:
        """The length as conditions write it, but for working days."""
        return {unit: n for unit in ("minutes", "hours", "days") if (n := getattr(self, unit)) is not None}

    @model_validator(mode="after")
    def _has_one_length(self) -> Self:
        if self.working_days is not None and self.length:
            raise refuse(
                "MIS-078",
                "The time limit has working days and another unit beside them.",
                "Le délai compte des jours ouvrés et une autre unité.",
                "Keep one of them.",
                "N’en gardez qu’une.",
            )
        if not self.length and self.working_days is None and not getattr(self, "lengths", None):
            raise refuse(
                "MIS-012",
                "The time limit has no length.",
                "Le délai n’a pas de durée.",
                "Write minutes, hours, days or working_days, for example {hours: 24}.",
                "Écrivez minutes, hours, days ou working_days, par exemple {hours: 24}.",
            )
        return self


class WithinDeclared(LengthDeclared):
    """A time limit.

    ``of`` is a day or instant field, a time that every record has, or a state (since it was entered); left out: since the
    record came into the state that the move leaves. ``before`` is a day or instant field from which the limit is counted
    back. ``until`` is the field that says when the move was made; left out: when it came into the journal. ``by`` names a
    choice of the record, and ``lengths`` the length for each of its options.
    """

    of: str = ""
    until: str = ""
    before: str = ""
    by: str = ""
    lengths: dict[Key, LengthDeclared] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _is_of_one_kind(self) -> WithinDeclared:
        if bool(self.by) != bool(self.lengths) or (self.by and (self.length or self.working_days)):
            raise refuse(
                "MIS-078",
                "A time limit that depends on a choice has “by”, “lengths” for its options, and no length of its own.",
                "Un délai qui dépend d’un choix a « by », des « lengths » pour ses options, et pas de durée propre.",
                "For example {by: urgency, lengths: {urgent: {hours: 2}, other: {days: 3}}}.",
                "Par exemple {by: urgency, lengths: {urgent: {hours: 2}, other: {days: 3}}}.",
            )
        if not self.before and 0 in (self.days, *(one.days for one in self.lengths.values())):
            raise refuse(
                "MIS-078",
                "A time limit of no days holds only before a day: on the day itself at the latest.",
                "Un délai de zéro jour n’a de sens qu’avant un jour : au plus tard ce jour-là.",
                "Write {days: 0, before: due_on}, or a length.",
                "Écrivez {days: 0, before: due_on}, ou une durée.",
            )
        if self.of and self.before:
            raise refuse(
                "MIS-078",
                "A time limit counts from “of” or back from “before”, not both.",
                "Un délai se compte à partir de « of » ou à rebours de « before », non des deux.",
                "Keep one of them.",
                "N’en gardez qu’un.",
            )
        return self


class MoveDeclared(Declaration):
    """A move between states."""

    label: InWords | None = None
    from_: Annotated[Texts, Field(alias="from", min_length=1)]
    to: str
    by: Annotated[Texts, Field(min_length=1)]
    within: WithinDeclared | None = None
    requires: dict[str, Any] = Field(default_factory=dict)
    requires_words: InWords | None = None
    second_person: bool = False
    reason: bool = False
    sets: Texts = Field(default_factory=list)


class ProcessDeclared(Declaration):
    """States and moves."""

    start: str
    states: Annotated[list[StateItem], Field(min_length=1)]
    moves: dict[Key, MoveDeclared] = Field(default_factory=dict)


class ReleaseDeclared(Declaration):
    """What may leave."""

    place: str = ""
    date: DateGrain | None = None
    fields: Texts = Field(default_factory=list)
    audiences: Texts = Field(default_factory=list)


class ZoneDeclared(Declaration):
    """What makes a record a zone, and which records are held against it.

    ``centre``, ``radius_km``, ``from``, ``until``, ``exceptions`` are fields of this type; ``ordered_by`` and ``ended_by`` its moves.
    ``watches`` holds a condition by record type; ``ground`` is a choice that these types have.
    """

    centre: str
    radius_km: str
    from_: Annotated[str, Field(alias="from")]
    until: str
    ordered_by: str
    ended_by: Texts = Field(default_factory=list)
    exceptions: str = ""
    ground: str = ""
    watches: Annotated[dict[Key, dict[str, Any]], Field(min_length=1)]


class SpanDeclared(Declaration):
    """A length by the calendar."""

    years: Annotated[int, Field(ge=0, le=200)] = 0
    months: Annotated[int, Field(ge=0, le=2400)] = 0
    days: Annotated[int, Field(ge=0, le=73_000)] = 0

    @model_validator(mode="after")
    def _is_some_time(self) -> Self:
        if not (self.years or self.months or self.days):
            raise refuse(
                "MIS-081",
                "A rule on keeping has no length.",
                "Une règle de conservation n’a pas de durée.",
                "Write years, months or days, for example {years: 5}.",
                "Écrivez years, months ou days, par exemple {years: 5}.",
            )
        return self


class RetentionDeclared(Declaration):
    """How long values are kept, and which of them then go."""

    keep: SpanDeclared
    of: Basis = "recorded"
    destroy: Texts = Field(default_factory=list)
    unless: dict[str, Any] | None = None


class DeclassificationDeclared(Declaration):
    """When a record is declassified."""

    after: SpanDeclared
    of: Basis = "recorded"
    to: ClassificationLevel = "unclassified"
    unless: dict[str, Any] | None = None


class TimesDeclared(Declaration):
    """Which fields say when it occurred and was reported."""

    occurred: str = ""
    reported: str = ""


class RecordTypeDeclared(Declaration):
    """``records/<key>.yaml``."""

    version: Annotated[int, Field(ge=1)]
    extends: str = ""
    kind: Kind | None = None
    label: InWords | None = None
    plural: InWords | None = None
    code: Annotated[str, Field(pattern=r"^[A-Z]{2,4}$")] = ""
    source: Text = ""
    serves: Paths = Field(default_factory=list)
    over: str = ""
    level: ClassificationLevel = "unclassified"
    component: str = ""
    compartment: str = ""
    caveats: Texts = Field(default_factory=list)
    fields: dict[FieldKey, FieldDeclared] = Field(default_factory=dict)
    process: ProcessDeclared | None = None
    release: ReleaseDeclared | None = None
    retention: RetentionDeclared | None = None
    declassification: DeclassificationDeclared | None = None
    zone: ZoneDeclared | None = None
    times: TimesDeclared = TimesDeclared()
    title: str = ""
    listed: Texts = Field(default_factory=list)
    record_by: Texts | None = None
    symbol: Text = ""
    abstract: bool = False
    system: bool = False
    examples: list[ExampleDeclared] = Field(default_factory=list)
