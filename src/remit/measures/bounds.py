"""The bounds of a period as a query sees them: names that get their values when it runs.

The SQL of a measure says ``PERIOD_START()``, ``PERIOD_END()`` and, for a stock by month, ``period_parts``; no instant
stands in it, so that it is written once and serves every period. Each database gives the names their meaning: DuckDB by
macros and a view over session variables, which it folds into the scan like constants, Spark by temporary functions,
PostgreSQL by the session's settings.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import ibis  # type: ignore[import-untyped]
import ibis.expr.types as ir  # type: ignore[import-untyped]

from remit.kernel.periods import Period

START, END, PARTS = "period_start", "period_end", "period_parts"
"""The functions and the relation that an engine must know."""
PART_START, PART_END = "c_part_start", "c_part_end"


def period_start() -> Any:
    """Return the first instant of the period (timestamp, UTC without zone)."""
    return _named(START)


def period_end() -> Any:
    """Return the instant at which the period ends; it is not in it."""
    return _named(END)


def period_parts() -> ir.Table:
    """Return the parts of the period, one row each: ``c_part_start, c_part_end``."""
    return ibis.table({PART_START: "timestamp", PART_END: "timestamp"}, name=PARTS)


def ends(period: Period) -> tuple[datetime, datetime]:
    """Return the two bounds of a period as they stand in tables: UTC without a zone."""
    return _naive(period.start_at), _naive(period.end_at)


def parts_of(periods: Iterable[Period]) -> tuple[tuple[datetime, datetime], ...]:
    """Return the bounds of several periods."""
    return tuple(ends(period) for period in periods)


def _named(name: str) -> Any:
    def function() -> None:
        """Stand for a function of the engine: Ibis wants a signature, and calls nothing."""

    return ibis.udf.scalar.builtin(function, name=name, signature=((), "timestamp"))()


def _naive(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(tzinfo=None)
