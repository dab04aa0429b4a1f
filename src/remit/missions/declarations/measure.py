"""``measures/<key>.yaml``: the definition of an indicator."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from remit.measures.definitions import OF_TWO, MeasureKind
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
    """What only some kinds of measure know.

    ``latest_by`` (stock, score); ``from``, ``to`` and ``statistic`` (elapsed; ``mean`` of a stock's months); ``since``
    (cumulative); ``to`` and ``within`` days (survival); ``points`` by option and ``most`` (score); ``above``, ``below``,
    ``per`` and ``yearly`` (ratio, rate).
    """

    latest_by: Texts = Field(default_factory=list)
    since: Annotated[date | None, BeforeValidator(lambda v: date.fromisoformat(v) if isinstance(v, str) else v)] = None
    within: Annotated[Number, Field(gt=0)] | None = None
    points: dict[str, Number] = Field(default_factory=dict)
    most: Annotated[Number, Field(gt=0)] | None = None
    above: str = ""
    below: str = ""
    per: Annotated[Number, Field(gt=0)] | None = None
    yearly: bool = False
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
    of: str = ""
    when: Annotated[WhenDeclared | None, BeforeValidator(lambda v: {"time": v} if isinstance(v, str) else v)] = None
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

    @model_validator(mode="after")
    def _says_what_and_when(self) -> MeasureDeclared:
        """A ratio is made of two measures, which say what and when; every other kind says it itself."""
        of_two = self.measure in OF_TWO
        if of_two and (self.of or self.when or self.where or self.value):
            raise refuse(
                "MIS-016",
                f"A {self.measure} is made of two measures, which say what they count and when.",
                f"Une mesure de nature {self.measure} se compose de deux mesures, qui disent ce qu’elles comptent et quand.",
                "Take “of”, “when”, “where” and “value” out; name the two as settings.above and settings.below.",
                "Retirez « of », « when », « where » et « value » ; nommez les deux dans settings.above et settings.below.",
            )
        for key, given in (("of", self.of), ("when", self.when)):
            if not of_two and not given:
                en, fr = f"The key “{key}” is missing.", f"La clé « {key} » manque."
                raise refuse("MIS-012", en, fr, "Add it.", "Ajoutez-la.")
        return self
