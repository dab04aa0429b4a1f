"""Measures → Ibis → a database → figures. The one module that the composition gives to services to compute with."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from remit.kernel.periods import Period
from remit.measures.aggregates import Total, nothing, total
from remit.measures.bounds import ends, parts_of
from remit.measures.breakdowns import Dimension, time_parts
from remit.measures.databases import Database
from remit.measures.definitions import OF_TWO, Measure
from remit.measures.duck import DuckDatabase
from remit.measures.faults import bad, unknown_name
from remit.measures.figures import Cell, Figure, Number
from remit.measures.keeping import Kept
from remit.measures.plans import Query, plan
from remit.measures.query_files import QueryFiles
from remit.measures.ratios import ratio
from remit.measures.snapshot import Snapshot
from remit.measures.table_schemas import Schemas

_QUERIES = 2_000
_IDS = 1_000_000
"""How many record ids the kept figures may list together: some hundred megabytes at most."""


class Engine:
    """Computes figures; may be shared between threads, workspaces and missions.

    Two things are kept. Queries: one depends on the definition (by digest) and on the layout of the tables. Figures:
    one depends on the definition, the period and the contents of the tables that its queries read; what changed in
    other tables leaves it as it is.

    Args:
        files: where queries are kept for other processes too.
        database: what runs the queries; DuckDB over the snapshot's files without one.
    """

    def __init__(self, files: QueryFiles | None = None, database: Database | None = None) -> None:
        self._files = files
        self._queries: Kept[Query] = Kept(_QUERIES)
        self._figures: Kept[Figure] = Kept(_IDS, _weight)
        self._database: Database = database or DuckDatabase()

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
            BadInput: MEA-010 to MEA-018, the definition or what is asked cannot be computed.
            Fault: MEA-021, MEA-022, the engine or the snapshot's files failed.
        """
        _refuse_other_instant(snapshot, as_of)
        return replace(self._figure(measure, snapshot, period, tuple(by), ids), limit=limit)

    def compute_all(
        self,
        measures: Iterable[Measure],
        snapshot: Snapshot,
        period: Period,
        *,
        by: Sequence[str] = (),
        as_of: datetime | None = None,
        limits: Mapping[str, Number] | None = None,
        ids: bool = True,
    ) -> dict[str, Figure]:
        """Return the figures of several measures by key.

        ``by`` is passed over for a measure that does not name it; ``limits`` are by what measures call them
        (``16/military``). All else, and what is raised, as in :meth:`compute`.
        """
        _refuse_other_instant(snapshot, as_of)
        found: dict[str, Figure] = {}
        for one in measures:
            figure = self._figure(one, snapshot, period, tuple(name for name in by if one.splits(name)), ids)
            found[one.key] = replace(figure, limit=(limits or {}).get(one.limit))
        return found

    def explain(
        self, measure: Measure, snapshot: Snapshot, *, by: Sequence[str] = (), ids: bool = True
    ) -> tuple[str, ...]:
        """Return the SQL that :meth:`compute` would run for any period: the total's, then the cells'."""
        if measure.kind in OF_TWO:
            return tuple(sql for part in measure.parts for sql in self.explain(part, snapshot, by=by, ids=ids))
        schemas = Schemas(snapshot)
        return tuple(self._plan(measure, schemas, asked, ids).sql for asked in ((), tuple(by))[: 2 if by else 1])

    def close(self) -> None:
        """Close all idle connections. What is kept stays; the engine may be used again."""
        self._database.close()

    def _figure(self, measure: Measure, snapshot: Snapshot, period: Period, by: tuple[str, ...], ids: bool) -> Figure:
        for name in by:
            if not measure.splits(name):
                what = f"breakdown of “{measure.key}”", f"ventilation de « {measure.key} »"
                raise unknown_name("MEA-014", *what, name, measure.breakdowns)
        if measure.kind in OF_TWO:
            above, below = (self._figure(part, snapshot, period, by, ids) for part in measure.parts)
            return ratio(measure, above, below)
        queries = [self._query(measure, snapshot, asked, ids) for asked in ((), by)[: 2 if by else 1]]
        contents = tuple((table, snapshot.digests.get(table)) for query in queries for table in query.tables)
        if not measure.digest or not snapshot.layout or None in dict(contents).values():
            return self._compute(measure, snapshot, period, by, queries)
        key = (measure.key, measure.digest, measure.year_from, snapshot.layout, contents, period, by, ids)
        figure = self._figures.get(key)
        if figure is None:
            figure = self._compute(measure, snapshot, period, by, queries)
            self._figures.put(key, figure)
        return replace(figure, snapshot=snapshot.name, as_of=snapshot.as_of)

    def _query(self, measure: Measure, snapshot: Snapshot, by: tuple[str, ...], ids: bool) -> Query:
        """Return the query of the totals or cells: one that is kept, where definition and layout have their digests."""
        if not (measure.digest and snapshot.layout):
            return self._plan(measure, Schemas(snapshot), by, ids)
        key = (
            self._database.dialect,
            measure.digest,
            snapshot.layout,
            by,
            ids,
            *(measure.year_from if "mandate-year" in by else ()),
        )
        found = self._queries.get(key)
        if found is None and self._files is not None:
            found = self._files.get(key)
        if found is None:
            found = self._plan(measure, Schemas(snapshot), by, ids)
            if self._files is not None:
                self._files.put(key, found)
        self._queries.put(key, found)
        return found

    def _plan(self, measure: Measure, schemas: Mapping[str, Any], by: tuple[str, ...], ids: bool) -> Query:
        return plan(measure, schemas, by, ids=ids, dialect=self._database.dialect)

    def _compute(
        self, measure: Measure, snapshot: Snapshot, period: Period, by: tuple[str, ...], queries: Sequence[Query]
    ) -> Figure:
        cells: tuple[Cell, ...] = ()
        dimensions: tuple[Dimension, ...] = ()
        bounds = ends(period)
        with self._database.connection(snapshot) as connection:
            each = [
                connection.rows(query, bounds, parts_of(time_parts(query.parted, period, measure.year_from).values()))
                if query.parted
                else connection.rows(query, bounds)
                for query in queries
            ]
            whole = total(measure, each[0][0])
            for query, rows in zip(queries[1:], each[1:], strict=True):
                dimensions = query.dimensions
                found = {tuple(d.key(row[d.column]) for d in dimensions): total(measure, row) for row in rows}
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


def _weight(figure: Figure) -> int:
    return 10 + len(figure.record_ids) + len(figure.numerator_ids) + sum(1 + len(c.record_ids) for c in figure.cells)


def _filled(
    measure: Measure, found: dict[tuple[str, ...], Total], dimensions: Sequence[Dimension], period: Period
) -> list[tuple[tuple[str, ...], Total]]:
    """Return all cells in order, with a cell for every part of the period: a month without records is not left out."""
    axes: list[list[str]] = []
    for place, dimension in enumerate(dimensions):
        axes.append(
            list(time_parts(dimension.name, period, measure.year_from))
            if dimension.time
            else sorted({key[place] for key in found})
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
