"""Measure → query: the SQL that gives one row of totals, or one row a cell, for any period and any snapshot of a layout.

Writing the SQL takes a hundred times what DuckDB takes to run it on small data. Nothing of period or contents stands in
it, so that it is written once and kept (``remit.measures.engine``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import ibis.expr.types as ir  # type: ignore[import-untyped]

from remit.measures.aggregates import aggregations
from remit.measures.bounds import PART_START
from remit.measures.breakdowns import Dimension, split, time_key
from remit.measures.contributions import at_each_end, contributions, in_period
from remit.measures.definitions import STANDING, TIMES, Measure
from remit.measures.dialects import to_sql
from remit.measures.faults import bad
from remit.measures.lazy import Dialect
from remit.measures.scope import Tables


@dataclass(frozen=True, slots=True)
class Query:
    """SQL ready to run.

    Attributes:
        sql: in the dialect of its engine; it names tables of a snapshot and what ``remit.measures.bounds`` names.
        columns: its columns, in order.
        dimensions: the breakdowns of which its rows are the cells; none for totals.
        tables: the snapshot's tables that it reads, sorted.
        parted: the name of the time breakdown whose parts it reads as a relation; "" where it needs none.
    """

    sql: str
    columns: tuple[str, ...]
    dimensions: tuple[Dimension, ...]
    tables: tuple[str, ...]
    parted: str = ""


def plan(
    measure: Measure, schemas: Mapping[str, Any], by: tuple[str, ...], *, ids: bool, dialect: Dialect = "duckdb"
) -> Query:
    """Return the query of a measure's totals, or with ``by`` of its cells.

    Args:
        measure: its definition.
        schemas: the Arrow schema of every table of the snapshot, by table.
        by: breakdowns.
        ids: list the records.
        dialect: the engine's.

    Raises:
        BadInput: MEA-011 to MEA-017, the definition or what is asked cannot be computed.
    """
    asked = _Asked(schemas)
    scope = contributions(measure, Tables(asked))
    dimensions: tuple[Dimension, ...] = ()
    parted = _parted(measure, by)
    rows = at_each_end(measure, scope) if parted else in_period(measure, scope)
    if by:
        rows, dimensions = split(scope, rows, by, measure.year_from)
    for dimension in dimensions:
        if (
            parted and dimension.time
        ):  # it stands at the end of each part: the key is the part's and not the record's time
            rows = rows.mutate(**{dimension.column: time_key(dimension.name, rows[PART_START], measure.year_from)})
    keys = [dimension.column for dimension in dimensions]
    averaged = measure.kind == "stock" and measure.settings.get("statistic") == "mean"
    if averaged:
        found = _averaged(measure, rows, keys, ids=ids)
    else:
        columns = aggregations(measure, rows, ids=ids)
        found = rows.group_by(keys).agg(**columns) if keys else rows.agg(**columns)
    return Query(to_sql(found, dialect), tuple(found.columns), dimensions, tuple(sorted(asked.names)), parted)


def _parted(measure: Measure, by: Sequence[str]) -> str:
    times = [name for name in by if name in TIMES]
    if measure.kind == "stock" and measure.settings.get("statistic") == "mean":
        return "month"
    if measure.kind not in STANDING or not times:
        return ""
    if len(times) > 1:
        raise bad(
            "MEA-017",
            f"“{measure.key}” is a stock: it stands at one moment, so that {' and '.join(times)} cannot be crossed.",
            f"« {measure.key} » est un stock : il vaut à un moment, {' et '.join(times)} ne se croisent pas.",
            "Ask for one of them.",
            "Demandez l’une d’elles.",
        )
    return times[0]


def _averaged(measure: Measure, rows: ir.Table, keys: list[str], *, ids: bool) -> ir.Table:
    """Return the mean of what stood at each month's end: months of which nothing is known are left out, and not zero."""
    each = rows.group_by([*keys, PART_START]).agg(**aggregations(measure, rows, ids=False))
    known = each.total if measure.value else each.n
    columns = {"n": each.n.sum().fill_null(0), "invented": each.invented.any(), "total": known.mean()}
    if measure.value:
        columns |= {"open": each.open.max(), "low": each.low.any()}
    found = each.group_by(keys).agg(**columns) if keys else each.agg(**columns)
    if not ids:
        return found
    every = rows.record_id.collect(distinct=True)
    listed = rows.group_by(keys).agg(ids=every) if keys else rows.agg(ids=every)
    if not keys:
        return found.cross_join(listed)
    joined = found.join(listed, [found[key] == listed[key] for key in keys])
    return joined.select(*found.columns, "ids")


class _Asked(Mapping[str, Any]):
    """The schemas, and which were asked for: what the query reads."""

    def __init__(self, schemas: Mapping[str, Any]) -> None:
        self._schemas = schemas
        self.names: set[str] = set()

    def __getitem__(self, table: str) -> Any:
        found = self._schemas[table]
        self.names.add(table)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._schemas)

    def __len__(self) -> int:
        return len(self._schemas)

    def __contains__(self, table: object) -> bool:
        return table in self._schemas
