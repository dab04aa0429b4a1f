"""Every measure of the reference mission over the demonstration's records, on each engine: the same figures as DuckDB's."""

from __future__ import annotations

from pathlib import Path

import pytest

from remit.kernel.periods import parse_period
from remit.measures.databases import Database
from remit.measures.engine import Engine
from remit.measures.figures import Figure
from remit.measures.query_files import QueryFiles
from remit.services.demonstrating import record_demonstration
from remit.services.figuring import snapshot
from remit.services.workspace import Workspace
from tests.workspaces import new_workspace

pytestmark = pytest.mark.full

PERIOD = parse_period("2017-06-29/2017-09-29")


@pytest.fixture(scope="module")
def demonstrated(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    workspace = new_workspace(tmp_path_factory.mktemp("engines"), "minusma")
    record_demonstration(workspace, lambda step: None)
    return workspace


def test_every_measure_is_the_same_on_each_engine(demonstrated: Workspace, database: Database, tmp_path: Path) -> None:
    """In total and by its first breakdown; on Spark, which takes a second a query, one measure in four."""
    if database.dialect == "duckdb":
        pytest.skip("it is what the others are held against")
    tables = snapshot(demonstrated)
    ours, theirs = Engine(QueryFiles(tmp_path)), Engine(QueryFiles(tmp_path), database)
    measures = list(demonstrated.mission.measures.values())[:: 4 if database.dialect == "spark" else 1]
    differing, found = [], 0
    for measure in measures:
        expected, other = (one.compute(measure, tables, PERIOD, by=measure.breakdowns[:1]) for one in (ours, theirs))
        found += bool(expected.record_ids)
        if said(expected) != said(other):
            differing.append((measure.key, said(expected), said(other)))
    assert differing == []
    assert found > len(measures) / 3, "figures of nothing tell nothing"


def said(figure: Figure) -> object:
    """Return what a figure says; numbers with six places, since engines add in another order."""
    cells = [(dict(cell.keys), cell.value, cell.record_ids, cell.lower_bound) for cell in figure.cells]
    return figure.value, figure.record_ids, figure.unknown, figure.lower_bound, figure.invented, cells
