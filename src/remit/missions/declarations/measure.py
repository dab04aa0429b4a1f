"""``measures/<key>.yaml``: the definition of an indicator."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from remit.measures.definitions import MeasureKind
from remit.missions.declarations.steps import MeasureExampleDeclared
from remit.missions.declarations.values import Declaration, InWords, Number, Paths, Text, Texts, refuse
from remit.records.types import ClassificationLevel


class WhenDeclared(Declaration):
    """Which time puts a record into a period: one of the three times, a field, or a move."""

    time: Literal["occurred", "reported", "known"] | None = None
    field: str = ""
    moved: str = ""

    @model_validator(mode="after")
    def _says_one(self) -> WhenDeclared:
        if sum(map(bool, (self.time, self.field, self.moved))) != 1:
            raise refuse(
                "MIS-016",
                "“when” names one time.",
                "« when » désigne un seul moment.",
                "Write occurred, reported, known, {field: NAME} or {moved: MOVE}.",
                "Écrivez occurred, reported, known, {field: NOM} ou {moved: PASSAGE}.",
            )
        return self


class CoverageDeclared(Declaration):
    """How much of what happened is seen: in words, or as a share of another measure."""

    en: str = ""
    fr: str = ""
    share_of: str = ""
    at_least: Annotated[Number, Field(ge=0, le=1)] | None = None

    @model_validator(mode="after")
    def _says_something(self) -> CoverageDeclared:
        if bool(self.en and self.fr) == bool(self.share_of and self.at_least is not None):
            raise refuse(
                "MIS-016",
                "“coverage” is either words or a share.",
                "« coverage » est soit une formulation, soit une part.",
                "Write {en: …, fr: …} or {share_of: MEASURE, at_least: 0.5}.",
                "Écrivez {en: …, fr: …} ou {share_of: MESURE, at_least: 0.5}.",
            )
        return self


class EndDeclared(Declaration):
    """One end of an elapsed time: a field, or the first time that a move was made."""

    field: str = ""
    moved: str = ""


End = Annotated[EndDeclared, BeforeValidator(lambda v: {"field": v} if isinstance(v, str) else v)]


class SettingsDeclared(Declaration):
    """What only some kinds of measure know: ``latest_by`` (stock), ``from``, ``to`` and ``statistic`` (elapsed)."""

    latest_by: Texts = Field(default_factory=list)
    from_: Annotated[End | None, Field(alias="from")] = None
    to: End | None = None
    statistic: Annotated[str, Field(pattern=r"^(median|mean|longest|p[0-9]{1,2})$")] = "median"


class MeasureDeclared(Declaration):
    """``measures/<key>.yaml``."""

    version: Annotated[int, Field(ge=1)]
    label: InWords | None = None
    rule: InWords | None = None
    serves: Paths = Field(default_factory=list)
    source: Text = ""
    measure: MeasureKind
    of: str
    when: Annotated[WhenDeclared, BeforeValidator(lambda v: {"time": v} if isinstance(v, str) else v)]
    where: dict[str, Any] = Field(default_factory=dict)
    numerator: dict[str, Any] | None = None
    value: str = ""
    by: Texts = Field(default_factory=list)
    unit: InWords | None = None
    level: ClassificationLevel = "unclassified"
    audiences: Texts = Field(default_factory=list)
    smallest_cell: dict[str, Annotated[int, Field(ge=0)]] = Field(default_factory=dict)
    limit: Text = ""
    count_unseen: bool = False
    coverage: Annotated[
        CoverageDeclared | None, BeforeValidator(lambda v: {"en": v, "fr": v} if isinstance(v, str) else v)
    ] = None
    better: Literal["higher", "lower"] | None = None
    target: Number | None = None
    settings: SettingsDeclared = SettingsDeclared()
    examples: list[MeasureExampleDeclared] = Field(default_factory=list)
