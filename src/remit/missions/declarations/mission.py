"""``mission.yaml``: who is in the mission, who may do what, and what may leave it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from remit.kernel.working_days import WEEKDAYS, WorkingWeek
from remit.missions.declarations.values import Day, Declaration, InWords, Key, Span, Text, Texts
from remit.records.actors import Action
from remit.records.types import ClassificationLevel

DateGrain = Literal["day", "month", "quarter", "year"]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


class RoleDeclared(Declaration):
    """A role: its component, what it is cleared for, what it may do.

    ``second_factor``: asked for at sign-in. Unless declared, of roles that see the strictly confidential, hold a
    compartment, redact, release or administer.
    """

    label: InWords | None = None
    component: str
    clearance: ClassificationLevel
    compartments: list[str] = Field(default_factory=list)
    may: Annotated[list[Action], Field(min_length=1)]
    audience: str = ""
    second_factor: bool | None = None

    @property
    def asks_second_factor(self) -> bool:
        """Whether who holds the role signs in with a second factor."""
        if self.second_factor is not None:
            return self.second_factor
        strict = self.clearance == "strictly-confidential" or bool(self.compartments)
        return strict or bool({"redact", "release", "administer", "audit"} & set(self.may))


class AudienceDeclared(Declaration):
    """Whom a release is for."""

    label: InWords | None = None
    level: ClassificationLevel
    place: str = ""
    date: DateGrain = "day"
    smallest_cell: Annotated[int, Field(ge=0)] = 5


class PersonDeclared(Declaration):
    """An account of the demonstration."""

    name: Text
    roles: Annotated[Texts, Field(min_length=1)]


class DemonstrationDeclared(Declaration):
    """What the demonstration covers."""

    period: Span


class MissionDeclared(Declaration):
    """``mission.yaml``."""

    version: Annotated[int, Field(ge=1)]
    extends: str = ""
    title: InWords
    short: InWords
    number_prefix: Annotated[Text, Field(pattern=r"^[A-Z0-9][A-Z0-9-]*$")] = ""
    period: Span
    languages: Annotated[list[Literal["en", "fr"]], Field(min_length=1)]
    area_levels: list[Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]] = Field(default_factory=list)
    components: dict[Key, InWords] = Field(default_factory=dict)
    roles: dict[Key, RoleDeclared] = Field(default_factory=dict)
    compartments: dict[Key, InWords] = Field(default_factory=dict)
    partners: dict[Key, InWords] = Field(default_factory=dict)
    parties: dict[Key, InWords] = Field(default_factory=dict)
    audiences: dict[Key, AudienceDeclared] = Field(default_factory=dict)
    people: dict[Key, PersonDeclared] = Field(default_factory=dict)
    demonstration: DemonstrationDeclared | None = None
    working_week: Annotated[list[Weekday], Field(min_length=1)] = Field(
        default=["monday", "tuesday", "wednesday", "thursday", "friday"]
    )
    holidays: dict[Day, InWords] = Field(default_factory=dict)
    invented: bool = False
    settings: Annotated[dict[str, Any], BeforeValidator(lambda value: {} if value is None else value)] = Field(
        default_factory=dict
    )

    @property
    def week(self) -> WorkingWeek:
        """What a limit in working days counts by."""
        days = frozenset(WEEKDAYS.index(day) for day in self.working_week)
        return WorkingWeek(days, {day: words.words for day, words in self.holidays.items()})
