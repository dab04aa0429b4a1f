"""``products/<key>.yaml``: the outline of a product."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from remit.missions.declarations.values import Declaration, InWords, Paths, Texts, refuse
from remit.records.types import ClassificationLevel

KINDS = ("section", "paragraph", "table", "chart")


class SectionDeclared(Declaration):
    """A heading and what stands under it."""

    title: InWords
    parts: list[PartDeclared] = Field(default_factory=list)


class ParagraphDeclared(Declaration):
    """A numbered paragraph; figures stand in it by key."""

    words: InWords
    otherwise: InWords | None = None
    when: str = ""
    answers: Paths = Field(default_factory=list)


class TableDeclared(Declaration):
    """A table of figures."""

    title: InWords
    figures: Annotated[Texts, Field(min_length=1)]
    by: str = ""
    answers: Paths = Field(default_factory=list)


class ChartDeclared(Declaration):
    """A chart of figures."""

    title: InWords
    figures: Annotated[Texts, Field(min_length=1)]
    by: str = ""
    mark: Literal["bar", "line"] = "bar"
    answers: Paths = Field(default_factory=list)


class PartDeclared(Declaration):
    """One part: a mapping of one key, which says what it is."""

    section: SectionDeclared | None = None
    paragraph: ParagraphDeclared | None = None
    table: TableDeclared | None = None
    chart: ChartDeclared | None = None

    @model_validator(mode="after")
    def _is_one_thing(self) -> PartDeclared:
        found = [kind for kind in KINDS if getattr(self, kind) is not None]
        if len(found) != 1:
            raise refuse(
                "MIS-016",
                f"A part is one thing; this one is {', '.join(found) or 'none'}.",
                f"Une partie est une seule chose ; celle-ci : {', '.join(found) or 'aucune'}.",
                f"Write one of {', '.join(KINDS)}.",
                f"Écrivez l’une de : {', '.join(KINDS)}.",
            )
        return self


class MastheadDeclared(Declaration):
    """What stands above the title."""

    organ: InWords | None = None
    distribution: InWords | None = None
    original: InWords | None = None
    symbol: InWords | None = None


class ProductDeclared(Declaration):
    """``products/<key>.yaml``."""

    version: Annotated[int, Field(ge=1)]
    label: InWords | None = None
    title: InWords
    answers: Paths = Field(default_factory=list)
    must_answer: Paths = Field(default_factory=list)
    level: ClassificationLevel = "unclassified"
    audiences: Texts = Field(default_factory=list)
    masthead: MastheadDeclared = MastheadDeclared()
    record_by: Texts = Field(default_factory=list)
    parts: Annotated[list[PartDeclared], Field(min_length=1)]


SectionDeclared.model_rebuild()
