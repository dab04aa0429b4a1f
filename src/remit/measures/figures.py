"""A figure: the value of a measure for a period, with all that is needed to stand by it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from remit.kernel.periods import Period

Number = int | float


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a breakdown: the keys of its dimensions, its value, and the records in it.

    ``withheld`` is set for a cell that the audience may not see; its value is then ``None``.
    """

    keys: Mapping[str, str]
    value: Number | None
    record_ids: tuple[str, ...] = ()
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """The value of a measure for a period.

    Attributes:
        value: ``None`` where it is not defined (a share of nothing), never 0 in its place.
        record_ids: the records in it, sorted; for a share those in the denominator.
        numerator, denominator: for a share.
        definition: digest of the measure's declaration.
        snapshot: name of the snapshot it was computed from.
        as_of: only what was known at this instant is in it; ``None`` for all that is known.
        lower_bound: some number counted was "at least" so many.
    """

    key: str
    value: Number | None
    unit: str
    period: Period
    rule: str
    record_ids: tuple[str, ...]
    version: int
    definition: str
    snapshot: str
    as_of: datetime | None = None
    numerator: Number | None = None
    denominator: Number | None = None
    numerator_ids: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    cells: tuple[Cell, ...] = ()
    lower_bound: bool = False
    limit: Number | None = None
    invented: bool = False
    """Some record counted is invented (a demonstration)."""

    def to_json(self) -> dict[str, Any]:
        """Return the figure as a JSON object; ``period`` is ``start/end``, half-open."""
        out: dict[str, Any] = {
            "key": self.key,
            "value": self.value,
            "unit": self.unit,
            "period": str(self.period),
            "rule": self.rule,
            "record_ids": list(self.record_ids),
            "version": self.version,
            "definition": self.definition,
            "snapshot": self.snapshot,
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "lower_bound": self.lower_bound,
            "invented": self.invented,
        }
        if self.denominator is not None:
            out |= {"numerator": self.numerator, "denominator": self.denominator}
        if self.limit is not None:
            out["limit"] = self.limit
        if self.by:
            out["by"] = list(self.by)
            out["cells"] = [
                {**cell.keys, "value": cell.value, "withheld": cell.withheld, "record_ids": list(cell.record_ids)}
                for cell in self.cells
            ]
        return out


@dataclass(frozen=True, slots=True)
class FrozenFigure:
    """A published figure, as its record in the journal holds it (type ``frozen-figure``)."""

    record: str
    figure: Figure
    entry_ids: tuple[str, ...]
    digest: str
    product: str = ""
    paragraph: str = ""
    frozen_at: datetime | None = None
    corrections: tuple[Mapping[str, Any], ...] = field(default_factory=tuple)
