"""The engine, loaded when the first figure is asked for: half a second that commands without figures do not pay."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from remit.kernel.periods import Period
from remit.measures.definitions import Measure
from remit.measures.figures import Figure, Number
from remit.measures.snapshot import Snapshot


class FigureEngine(Protocol):
    """What computes figures; ``remit.measures.engine.Engine`` says how."""

    def compute(
        self,
        measure: Measure,
        snapshot: Snapshot,
        period: Period,
        *,
        by: Sequence[str] = (),
        as_of: datetime | None = None,
        limit: Number | None = None,
        ids: bool = True,
    ) -> Figure:
        """Return the value of a measure for a period."""
        ...


class LazyEngine:
    """Stands for the engine until it is needed."""

    def __init__(self) -> None:
        self._engine: FigureEngine | None = None

    def compute(
        self,
        measure: Measure,
        snapshot: Snapshot,
        period: Period,
        *,
        by: Sequence[str] = (),
        as_of: datetime | None = None,
        limit: Number | None = None,
        ids: bool = True,
    ) -> Figure:
        """Return the value of a measure for a period, as the engine does."""
        if self._engine is None:
            from remit.measures.engine import Engine  # noqa: PLC0415 - heavy, so loaded when first needed

            self._engine = Engine()
        return self._engine.compute(measure, snapshot, period, by=by, as_of=as_of, limit=limit, ids=ids)
