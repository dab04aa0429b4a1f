"""``products/<key>.yaml``: the outline of a product."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from remit.missions.declarations.values import Declaration, InWords, Key, Number, Paths, Texts, refuse
from remit.records.types import ClassificationLevel

KINDS = ("section", "annex", "paragraph", "passage", "table", "chart", "map", "records", "tasks", "duties")
TaskColumn = Literal["paragraph", "task", "lead", "partners", "priority", "measures", "status", "reason"]
DutyColumn = Literal["due", "duty", "paragraph", "left"]


def _task_columns() -> list[TaskColumn]:
    return ["paragraph", "task", "lead", "priority"]


def _duty_columns() -> list[DutyColumn]:
    return ["due", "duty", "paragraph"]


class SectionDeclared(Declaration):
    """A heading and what stands under it."""

    title: InWords
    parts: list[PartDeclared] = Field(default_factory=list)


class ParagraphDeclared(Declaration):
    """A numbered paragraph; figures stand in it by key."""

    words: InWords
    otherwise: InWords | None = None
    when: str = ""
    notes: list[InWords] = Field(default_factory=list)
    answers: Paths = Field(default_factory=list)


class PassageDeclared(Declaration):
    """A text that people write; figures stand in it by key. ``by``: who may; without it those who draft products."""

    key: Key
    prompt: InWords
    by: Texts = Field(default_factory=list)
    required: bool = True
    answers: Paths = Field(default_factory=list)


class TableDeclared(Declaration):
    """A table of figures, broken down by one dimension (rows) or by two (rows and columns).

    ``total``: a last row, and with ``across`` a last column, of sums, where the parts make the whole.
    """

    title: InWords
    figures: Annotated[Texts, Field(min_length=1)]
    by: str = ""
    across: str = ""
    total: bool = False
    answers: Paths = Field(default_factory=list)


class ChartDeclared(Declaration):
    """A chart of figures."""

    title: InWords
    figures: Annotated[Texts, Field(min_length=1)]
    by: str = ""
    mark: Literal["bar", "line"] = "bar"
    answers: Paths = Field(default_factory=list)


class MapDeclared(Declaration):
    """A map of one figure by area."""

    title: InWords
    figures: Annotated[Texts, Field(min_length=1, max_length=1)]
    by: str
    answers: Paths = Field(default_factory=list)


class RecordsDeclared(Declaration):
    """A list of records of one type: those that meet a condition, in the period by a time of theirs."""

    title: InWords
    of: str
    columns: Annotated[Texts, Field(min_length=1)]
    where: dict[str, Any] | None = None
    when: Literal["occurred", "reported", "recorded", "any"] = "occurred"
    order: str = "occurred"
    limit: Annotated[int, Field(ge=1, le=2000)] = 200
    widths: list[Number] = Field(default_factory=list)
    empty: InWords | None = None
    answers: Paths = Field(default_factory=list)


class TasksDeclared(Declaration):
    """A list of the plan's tasks."""

    title: InWords
    columns: Annotated[list[TaskColumn], Field(min_length=1)] = Field(default_factory=_task_columns)
    priorities: Texts = Field(default_factory=list)
    widths: list[Number] = Field(default_factory=list)
    answers: Paths = Field(default_factory=list)


class DutiesDeclared(Declaration):
    """A list of the days on which something is due under the mandate."""

    title: InWords
    columns: Annotated[list[DutyColumn], Field(min_length=1)] = Field(default_factory=_duty_columns)
    widths: list[Number] = Field(default_factory=list)
    answers: Paths = Field(default_factory=list)


class PartDeclared(Declaration):
    """One part: a mapping of one key, which says what it is."""

    section: SectionDeclared | None = None
    annex: SectionDeclared | None = None
    paragraph: ParagraphDeclared | None = None
    passage: PassageDeclared | None = None
    table: TableDeclared | None = None
    chart: ChartDeclared | None = None
    map: MapDeclared | None = None
    records: RecordsDeclared | None = None
    tasks: TasksDeclared | None = None
    duties: DutiesDeclared | None = None

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
    word_limit: Annotated[int, Field(ge=0)] = 0
    board: Literal["", "capacity", "benchmarks"] = ""
    clearance: dict[Key, Annotated[int, Field(ge=0)]] = Field(default_factory=dict)
    parts: Annotated[list[PartDeclared], Field(min_length=1)]


SectionDeclared.model_rebuild()
