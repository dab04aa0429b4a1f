"""A measure as the core uses it: the definition of an indicator."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from remit.kernel.conditions import ALWAYS, Condition
from remit.kernel.wording import Words
from remit.records.types import ClassificationLevel

TIMES = ("day", "week", "month", "quarter", "year", "mandate-year", "budget-year")
"""Breakdowns by time: their cells are parts of the period. A measure that names the month may be asked by any of them."""
MeasureKind = Literal[
    "count",
    "sum",
    "distinct",
    "share",
    "stock",
    "elapsed",
    "cumulative",
    "days-since",
    "survival",
    "score",
    "ratio",
    "rate",
]
ADDITIVE = ("count", "sum", "distinct")
"""Kinds that add up over time: two periods are compared only if they are equally long."""
STANDING = ("stock", "cumulative", "days-since", "survival", "score")
"""Kinds that stand at a moment, the end of the period: by month they stand at each month's end."""
LATEST = ("stock", "score")
"""Kinds that count the latest record of each group."""
FRACTIONS = ("share", "survival")
"""Kinds whose value is a fraction of 1, shown in per cent."""
OF_TWO = ("ratio", "rate")
"""Kinds made of two other measures: one over the other."""
BUDGET_YEAR = (7, 1)
"""The month and day on which a budget year of the Organization begins."""


@dataclass(frozen=True, slots=True)
class When:
    """Which time puts a record into a period.

    ``occurred``, ``reported``, ``known`` (recorded_at), ``field`` (an instant or date field by name) or ``moved`` (the
    first time that a move was made).
    """

    how: Literal["occurred", "reported", "known", "field", "moved"]
    name: str = ""


@dataclass(frozen=True, slots=True)
class MeasureExample:
    """Records given and figures expected; ``records`` are played as steps, as in record types' examples."""

    play: tuple[Mapping[str, Any], ...]
    expect: tuple[Mapping[str, Any], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """The definition of an indicator.

    Attributes:
        of: the record type counted, or ``type.group`` for rows of a repeating group.
        where: which records are in (the inclusion rule); ``rule`` says the same in words.
        numerator: for a share: which of those counted are in the numerator.
        value: for sum, stock, elapsed: the field summed (elapsed: ``from``, ``to`` in ``settings``).
        by: breakdowns that may be asked: ``month``, area levels, field names.
        unit: what one is.
        limit: the ceiling it is held against, as ``path/key`` of the mandate (``16/military``).
        count_unseen: whether records that the reader may not see are counted in words ("and 3 more") on the walk back.
        smallest_cell: by audience, the smallest cell shown.
        year_from: the month and day on which the mandate's years begin.
        parts: for a ratio or rate: the measure above the line and the one below it.
        digest: SHA-256 of the canonical declaration; a frozen figure names it.
    """

    key: str
    version: int
    label: Words
    rule: Words
    kind: MeasureKind
    of: str
    unit: Words
    serves: tuple[str, ...]
    when: When
    where: Condition = ALWAYS
    numerator: Condition | None = None
    value: str = ""
    by: tuple[str, ...] = ()
    level: ClassificationLevel = "unclassified"
    audiences: tuple[str, ...] = ()
    smallest_cell: Mapping[str, int] = field(default_factory=dict)
    limit: str = ""
    count_unseen: bool = False
    coverage: Words | None = None
    source: str = ""
    better: Literal["", "higher", "lower"] = ""
    target: float | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)
    examples: tuple[MeasureExample, ...] = ()
    file: str = ""
    digest: str = ""
    year_from: tuple[int, int] = (1, 1)
    parts: tuple[Measure, ...] = ()

    def splits(self, name: str) -> bool:
        """Return whether the measure may be broken down by a name."""
        return name in self.by or (name in TIMES and "month" in self.by)

    @property
    def breakdowns(self) -> tuple[str, ...]:
        """All that it may be broken down by: what it names, and with the month every other time."""
        return tuple(dict.fromkeys((*self.by, *(TIMES if "month" in self.by else ()))))
