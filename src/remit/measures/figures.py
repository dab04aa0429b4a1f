"""A figure: the value of a measure for a period, with all that is needed to stand by it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from remit.kernel.periods import Period, parse_period

Number = int | float


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a breakdown: the keys of its dimensions, its value, and the records in it.

    ``withheld`` is set for a cell that the audience may not see; its value is then ``None``. A key is "" where the
    records do not state the field. ``numerator`` and ``denominator`` stand for a share, ``lower_bound`` as in the figure.
    """

    keys: Mapping[str, str]
    value: Number | None
    record_ids: tuple[str, ...] = ()
    withheld: bool = False
    numerator: Number | None = None
    denominator: Number | None = None
    lower_bound: bool = False

    def to_json(self) -> dict[str, Any]:
        """Return the cell as a JSON object, its keys at the top level."""
        out: dict[str, Any] = {
            **self.keys,
            "value": self.value,
            "withheld": self.withheld,
            "record_ids": list(self.record_ids),
        }
        if self.denominator is not None:
            out |= {"numerator": self.numerator, "denominator": self.denominator}
        return out | ({"lower_bound": True} if self.lower_bound else {})

    @classmethod
    def from_json(cls, value: Mapping[str, Any], by: Sequence[str]) -> Cell:
        """Read what :meth:`to_json` wrote for these breakdowns."""
        return cls(
            {name: str(value[name]) for name in by},
            value["value"],
            tuple(value["record_ids"]),
            value["withheld"],
            value.get("numerator"),
            value.get("denominator"),
            value.get("lower_bound", False),
        )


@dataclass(frozen=True, slots=True)
class Figure:
    """The value of a measure for a period.

    Attributes:
        value: ``None`` where it is not defined (a share of nothing), never 0 in its place. A share is a fraction of 1;
            an elapsed time is in seconds.
        unit, rule: in English; faces show the measure's own words in the reader's language.
        record_ids: the records in it, sorted; for a share those in the denominator.
        numerator, denominator: for a share.
        definition: digest of the measure's declaration.
        snapshot: name of the snapshot it was computed from.
        as_of: only what was known at this instant is in it; ``None`` for all that is known.
        lower_bound: some number counted was "at least" so many.
        kind: the measure's kind.
        unknown: how many of the records (or items) counted do not state the number that is summed, the thing that is
            told apart, or whether they belong to the numerator.
        overlapping: one record may stand in several cells (a field with several values): cells do not add up.
        withheld: the audience may not see the value.
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
    kind: str = "count"
    unknown: int = 0
    overlapping: bool = False
    withheld: bool = False

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
            "kind": self.kind,
            "unknown": self.unknown,
            "withheld": self.withheld,
        }
        if self.denominator is not None:
            out |= {
                "numerator": self.numerator,
                "denominator": self.denominator,
                "numerator_ids": list(self.numerator_ids),
            }
        if self.limit is not None:
            out["limit"] = self.limit
        if self.by:
            out |= {
                "by": list(self.by),
                "overlapping": self.overlapping,
                "cells": [cell.to_json() for cell in self.cells],
            }
        return out

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Figure:
        """Read what :meth:`to_json` wrote.

        Raises:
            KeyError, TypeError, ValueError: the object is not one (``remit.measures.freezing`` says so in words).
            BadInput: its period is not one.
        """
        by = tuple(value.get("by", ()))
        return cls(
            key=value["key"],
            value=value["value"],
            unit=value["unit"],
            period=parse_period(value["period"]),
            rule=value["rule"],
            record_ids=tuple(value["record_ids"]),
            version=value["version"],
            definition=value["definition"],
            snapshot=value["snapshot"],
            as_of=datetime.fromisoformat(value["as_of"]) if value["as_of"] else None,
            numerator=value.get("numerator"),
            denominator=value.get("denominator"),
            numerator_ids=tuple(value.get("numerator_ids", ())),
            by=by,
            cells=tuple(Cell.from_json(cell, by) for cell in value.get("cells", ())),
            lower_bound=value["lower_bound"],
            limit=value.get("limit"),
            invented=value["invented"],
            kind=value.get("kind", "count"),
            unknown=value.get("unknown", 0),
            overlapping=value.get("overlapping", False),
            withheld=value.get("withheld", False),
        )
