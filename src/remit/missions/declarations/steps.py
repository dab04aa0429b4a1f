"""Steps that are played: in the examples of types and measures, and in ``demonstration/*.yaml``."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, model_validator

from remit.missions.declarations.values import Declaration, Instant, Number, Span, Text, Texts, refuse
from remit.records.types import ClassificationLevel

VERBS: dict[str, frozenset[str]] = {
    "record": frozenset({"type", "id", "over", "level", "compartment", "caveats", "originator"}),
    "move": frozenset({"of", "set", "reason"}),
    "link": frozenset(),
    "amend": frozenset({"of", "reason"}),
    "withdraw": frozenset({"reason"}),
}
"""What a step does, and the keys that only it knows (beside ``as``, ``person`` and ``at``)."""


class LinkStep(Declaration):
    """Two records and how they belong together."""

    from_: Annotated[str, Field(alias="from")]
    relation: str
    to: str


class Step(Declaration):
    """One thing that somebody does."""

    record: dict[str, Any] | None = None
    type: str = ""
    id: Text = ""
    over: Text = ""
    level: ClassificationLevel | None = None
    compartment: str = ""
    caveats: Texts = Field(default_factory=list)
    originator: Text = ""
    move: str | None = None
    of: Text = ""
    set: dict[str, Any] = Field(default_factory=dict)
    link: LinkStep | None = None
    amend: dict[str, Any] | None = None
    withdraw: str | None = None
    reason: Text = ""
    as_: Annotated[str, Field(alias="as")]
    person: Text = ""
    at: Instant | None = None

    @property
    def verb(self) -> str:
        """What the step does."""
        return next(verb for verb in VERBS if getattr(self, verb) is not None)

    @model_validator(mode="after")
    def _does_one_thing(self) -> Step:
        verbs = [verb for verb in VERBS if getattr(self, verb) is not None]
        if len(verbs) != 1:
            raise refuse(
                "MIS-016",
                f"A step does one thing; this one does {', '.join(verbs) or 'none'}.",
                f"Une étape fait une seule chose ; celle-ci : {', '.join(verbs) or 'aucune'}.",
                f"Write one of {', '.join(VERBS)}.",
                f"Écrivez l’une de : {', '.join(VERBS)}.",
            )
        others = frozenset().union(*VERBS.values()) - VERBS[verbs[0]]
        if foreign := sorted(others & self.model_fields_set):
            raise refuse(
                "MIS-016",
                f"“{foreign[0]}” has no meaning in a step that does “{verbs[0]}”.",
                f"« {foreign[0]} » n’a pas de sens dans une étape « {verbs[0]} ».",
                f"Beside as, person and at, it knows: {', '.join(sorted(VERBS[verbs[0]])) or 'nothing else'}.",
                f"Outre as, person et at, elle connaît : {', '.join(sorted(VERBS[verbs[0]])) or 'rien d’autre'}.",
            )
        return self


Play = Annotated[list[Step], Field(min_length=1)]


class Outcome(Declaration):
    """What must hold after the steps."""

    state: str = ""
    of: Text = ""
    figures: dict[str, Number | None] = Field(default_factory=dict)
    values: dict[str, Any] = Field(default_factory=dict)
    clocks: dict[str, str] = Field(default_factory=dict)
    period: Span | None = None


class ExampleDeclared(Declaration):
    """A worked example of a record type: ``then`` what holds, or ``refused`` the code of the last step's refusal."""

    play: Play
    then: Outcome | None = None
    refused: Annotated[str, Field(pattern=r"^[A-Z]{3}-[0-9]{3}$")] = ""
    note: Text = ""

    @model_validator(mode="after")
    def _ends_one_way(self) -> ExampleDeclared:
        if (self.then is None) == (not self.refused):
            raise refuse(
                "MIS-016",
                "An example ends with “then” or with “refused”, one of them.",
                "Un exemple se termine par « then » ou par « refused », l’un des deux.",
            )
        return self


class Expected(Declaration):
    """A figure that must come out."""

    period: Span
    value: Number | None
    by: dict[str, str] = Field(default_factory=dict)
    numerator: Number | None = None
    denominator: Number | None = None
    lower_bound: bool | None = None
    as_of: Instant | None = None


class MeasureExampleDeclared(Declaration):
    """A worked example of a measure."""

    records: list[Step] = Field(default_factory=list)
    expect: Annotated[list[Expected], Field(min_length=1)]
    note: Text = ""


class DemonstrationFile(Declaration):
    """``demonstration/*.yaml``."""

    version: int = 1
    note: Text = ""
    play: Play
