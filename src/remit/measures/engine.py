"""Measures → Ibis → DuckDB → figures. The one module that the composition gives to services to compute with."""

from __future__ import annotations

import itertools
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import reduce
from threading import Lock
from typing import Any

import ibis  # type: ignore[import-untyped]
import ibis.expr.types as ir  # type: ignore[import-untyped]

from remit.kernel.periods import Period
from remit.measures.aggregates import Total, aggregations, nothing, total
from remit.measures.breakdowns import Dimension, split, time_parts
from remit.measures.contributions import contributions, latest, within
from remit.measures.definitions import Measure
from remit.measures.duck import Duck
from remit.measures.faults import bad, unknown_name
from remit.measures.figures import Cell, Figure, Number
from remit.measures.scope import Scope
from remit.measures.snapshot import Snapshot

_KEPT = 256


class Engine:
    """Computes figures; may be shared between threads.

    The last figures are kept: one depends on nothing but its definition (by digest) and the snapshot's contents.
    """

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[Any, ...], Figure] = OrderedDict()
        self._lock = Lock()

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
        """Return the value of a measure for a period.

        Args:
            measure: its definition.
            snapshot: the tables to compute on.
            period: half-open, in days UTC.
            by: breakdowns, of those that the measure names.
            as_of: what the caller wants known; the snapshot must have been built as of it.
            limit: the ceiling that the measure is held against, put into the figure.
            ids: list the records that are in it; without them the figure cannot be walked back or frozen.

        Raises:
            BadInput: MEA-010 to MEA-017, the definition or what is asked cannot be computed.
            Fault: MEA-021, MEA-022, the engine or the snapshot's files failed.
        """
        with Duck(snapshot) as duck:
            _refuse_other_instant(snapshot, as_of)
            figure = self._figure(duck, measure, snapshot, period, by=tuple(by), ids=ids)
            return replace(figure, limit=limit)

    def compute_all(
        self,
        measures: Iterable[Measure],
        snapshot: Snapshot,
        period: Period,
        *,
        as_of: datetime | None = None,
        ids: bool = True,
    ) -> dict[str, Figure]:
        """Return the figures of several measures by key, over one connection. Raises as :meth:`compute`."""
        with Duck(snapshot) as duck:
            _refuse_other_instant(snapshot, as_of)
            return {m.key: self._figure(duck, m, snapshot, period, by=(), ids=ids) for m in measures}

    def explain(
        self, measure: Measure, snapshot: Snapshot, period: Period, *, by: Sequence[str] = ()
    ) -> tuple[str, ...]:
        """Return the SQL that :meth:`compute` would run: the total's, then the cells'."""
        with Duck(snapshot) as duck:
            scope = contributions(measure, duck.tables)
            whole = [_aggregate(measure, _rows(measure, scope, period), (), ids=True)]
            return tuple(
                duck.sql(e) for e in [*whole, *([_cells(measure, scope, period, tuple(by), True)[0]] if by else [])]
            )

    def _figure(
        self, duck: Duck, measure: Measure, snapshot: Snapshot, period: Period, *, by: tuple[str, ...], ids: bool
    ) -> Figure:
        for name in by:
            if name not in measure.by:
                what = f"breakdown of “{measure.key}”", f"ventilation de « {measure.key} »"
                raise unknown_name("MEA-014", *what, name, measure.by)
        known = (measure.key, measure.digest, snapshot.name, snapshot.digest, period, by, ids)
        if not (measure.digest and snapshot.digest):
            return _compute(duck, measure, snapshot, period, by=by, ids=ids)
        with self._lock:
            kept = self._kept.get(known)
        figure = kept or _compute(duck, measure, snapshot, period, by=by, ids=ids)
        with self._lock:
            self._kept[known] = figure
            self._kept.move_to_end(known)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return figure


def _compute(
    duck: Duck, measure: Measure, snapshot: Snapshot, period: Period, *, by: tuple[str, ...], ids: bool
) -> Figure:
    scope = contributions(measure, duck.tables)
    whole = total(measure, duck.rows(_aggregate(measure, _rows(measure, scope, period), (), ids=ids))[0])
    cells: tuple[Cell, ...] = ()
    dimensions: tuple[Dimension, ...] = ()
    if by:
        expression, dimensions = _cells(measure, scope, period, by, ids)
        found = {tuple(d.key(row[d.column]) for d in dimensions): total(measure, row) for row in duck.rows(expression)}
        cells = tuple(_cell(dimensions, key, one) for key, one in _filled(measure, found, dimensions, period))
    return Figure(
        key=measure.key,
        value=whole.value,
        unit=measure.unit.en,
        period=period,
        rule=measure.rule.en,
        record_ids=whole.ids,
        version=measure.version,
        definition=measure.digest,
        snapshot=snapshot.name,
        as_of=snapshot.as_of,
        numerator=whole.numerator,
        denominator=whole.denominator,
        numerator_ids=whole.numerator_ids,
        by=by,
        cells=cells,
        lower_bound=whole.lower_bound,
        invented=whole.invented,
        kind=measure.kind,
        unknown=whole.unknown,
        overlapping=any(dimension.many for dimension in dimensions),
    )


def _rows(measure: Measure, scope: Scope, period: Period) -> ir.Table:
    """Return the rows of a period; for a stock those that stand at its end."""
    if measure.kind == "stock":
        return latest(measure, scope, within(scope, None, _naive(period.end_at)))
    return within(scope, _naive(period.start_at), _naive(period.end_at))


def _cells(
    measure: Measure, scope: Scope, period: Period, by: tuple[str, ...], ids: bool
) -> tuple[ir.Table, tuple[Dimension, ...]]:
    times = [name for name in by if name in ("month", "quarter", "year")]
    if measure.kind != "stock" or not times:
        rows, dimensions = split(scope, _rows(measure, scope, period), by)
        return _aggregate(measure, rows, dimensions, ids=ids), dimensions
    if len(times) > 1:
        raise bad(
            "MEA-017",
            f"“{measure.key}” is a stock: it stands at one moment, so that {' and '.join(times)} cannot be crossed.",
            f"« {measure.key} » est un stock : il vaut à un moment, {' et '.join(times)} ne se croisent pas.",
            "Ask for one of them.",
            "Demandez l’une d’elles.",
        )
    # A stock by month stands at each month's end: one slice each, the key being the slice's and not the record's time.
    slices: list[ir.Table] = []
    for part in time_parts(times[0], period).values():
        rows, dimensions = split(scope, _rows(measure, scope, part), by)
        column = next(d.column for d in dimensions if d.name == times[0])
        slices.append(
            _aggregate(measure, rows.mutate(**{column: ibis.literal(_naive(part.start_at))}), dimensions, ids=ids)
        )
    return reduce(lambda a, b: a.union(b), slices), dimensions


def _aggregate(measure: Measure, rows: ir.Table, dimensions: Sequence[Dimension], *, ids: bool) -> ir.Table:
    columns = aggregations(measure, rows, ids=ids)
    return rows.group_by([d.column for d in dimensions]).agg(**columns) if dimensions else rows.agg(**columns)


def _filled(
    measure: Measure, found: dict[tuple[str, ...], Total], dimensions: Sequence[Dimension], period: Period
) -> list[tuple[tuple[str, ...], Total]]:
    """Return all cells in order, with a cell for every part of the period: a month without records is not left out."""
    axes: list[list[str]] = []
    for place, dimension in enumerate(dimensions):
        axes.append(
            list(time_parts(dimension.name, period)) if dimension.time else sorted({key[place] for key in found})
        )
    if not any(dimension.time for dimension in dimensions):
        return sorted(found.items())
    return [(key, found.get(key) or nothing(measure)) for key in itertools.product(*axes)]


def _cell(dimensions: Sequence[Dimension], key: tuple[str, ...], one: Total) -> Cell:
    keys = {dimension.name: part for dimension, part in zip(dimensions, key, strict=True)}
    return Cell(
        keys, one.value, one.ids, numerator=one.numerator, denominator=one.denominator, lower_bound=one.lower_bound
    )


def _refuse_other_instant(snapshot: Snapshot, as_of: datetime | None) -> None:
    if as_of is None or as_of == snapshot.as_of:
        return
    held = snapshot.as_of.isoformat() if snapshot.as_of else "now"
    raise bad(
        "MEA-010",
        f"A figure as of {as_of.isoformat()} was asked of a snapshot that holds what is known as of {held}.",
        f"Un chiffre au {as_of.isoformat()} a été demandé à un instantané qui contient ce qui est connu au {held}.",
        "Build a snapshot as of that instant: what came later cannot be taken out of a record's present state.",
        "Construisez un instantané à cet instant : ce qui est venu ensuite ne se retire pas de l’état actuel d’une fiche.",
    )


def _naive(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(tzinfo=None)
