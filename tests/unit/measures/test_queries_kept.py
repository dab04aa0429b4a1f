"""What is kept: SQL serves every period and snapshot of a layout, figures stay while their tables do; nothing else does."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from remit.kernel.errors import Fault
from remit.kernel.periods import Period, parse_period
from remit.measures import engine as engine_module
from remit.measures.definitions import Measure
from remit.measures.duck import Duck
from remit.measures.engine import Engine
from remit.measures.keeping import Kept
from remit.measures.snapshot import Snapshot
from remit.measures.snapshots import build_snapshot
from tests.engines.test_twins import TWINS, invented
from tests.unit.measures.factories import LEVELS, REPORT, STRENGTH, TYPES, measure, record, snapshot_of

QUARTER = parse_period("2017-Q3")
MONTHS = [parse_period(f"2017-{month:02}") for month in range(6, 11)]


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return snapshot_of(tmp_path_factory.mktemp("many"), invented(size=150))


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """The breakdowns of every query that is written, in order."""
    found: list[tuple[str, ...]] = []
    real = engine_module.plan

    def counted(measure: Measure, schemas: Any, by: tuple[str, ...], **named: Any) -> Any:
        found.append(by)
        return real(measure, schemas, by, **named)

    monkeypatch.setattr(engine_module, "plan", counted)
    return found


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The snapshots for which a connection was opened, in order."""
    found: list[str] = []
    real = Duck.__init__

    def counted(self: Duck, connection: Any, snapshot: Snapshot) -> None:
        found.append(snapshot.name)
        real(self, connection, snapshot)

    monkeypatch.setattr(Duck, "__init__", counted)
    return found


def incidents(*days: str) -> list[Any]:
    return [record(f"i{nth}", occurred_on=day) for nth, day in enumerate(days)]


def test_sql_is_written_once_for_all_periods_and_snapshots(tmp_path: Path, written: list[tuple[str, ...]]) -> None:
    engine, one = Engine(), measure(by=("month",))
    first = snapshot_of(tmp_path, incidents("2017-07-14"))
    second = snapshot_of(tmp_path, incidents("2017-07-14", "2017-08-02"), name="block-2")
    values = [engine.compute(one, taken, period, by=("month",)).value for taken in (first, second) for period in MONTHS]
    assert values == [0, 1, 0, 0, 0, 0, 1, 1, 0, 0]
    assert written == [(), ("month",)]


def test_sql_says_nothing_of_the_period(many: Snapshot) -> None:
    for twin in TWINS.values():
        for sql in Engine().explain(twin.measure, many, by=(twin.by,) if twin.by else ()):
            sql = sql.replace("2017, 6, 10", "")  # the day from which one of them counts is part of its definition
            assert "2017" not in sql and ("PERIOD_END()" in sql or "period_parts" in sql)


def test_other_columns_have_sql_of_their_own(tmp_path: Path, written: list[tuple[str, ...]]) -> None:
    engine, by_place = Engine(), measure(by=("cercle",))
    placed = [record("i0", occurred_on="2017-07-14", place={"region": "gao", "cercle": "ansongo"})]
    engine.compute(by_place, snapshot_of(tmp_path, placed), QUARTER, by=("cercle",))
    other = build_snapshot(
        placed, TYPES, lambda n: tmp_path / n, name="o", block=1, entries=1, area_levels=(*LEVELS, "x")
    )
    assert engine.compute(by_place, other, QUARTER, by=("cercle",)).cells[0].keys == {"cercle": "ansongo"}
    assert written == [(), ("cercle",)] * 2


def test_a_definition_without_digest_is_never_answered_from_what_is_kept(many: Snapshot) -> None:
    engine = Engine()
    alone = [engine.compute(replace(t.measure, digest=""), many, QUARTER).value for t in TWINS.values()]
    assert alone == [Engine().compute(t.measure, many, QUARTER).value for t in TWINS.values()]


def test_a_stock_by_month_is_what_stands_at_each_month_s_end(many: Snapshot) -> None:
    stock = measure(
        "stock", "personnel-strength", value="deployed", by=("month", "unit"), settings={"latest_by": ["unit"]}
    )
    engine, whole = Engine(), Period(MONTHS[0].start, MONTHS[-1].end)
    by_month = engine.compute(stock, many, whole, by=("month",))
    alone = [engine.compute(stock, many, month) for month in MONTHS]
    assert [(c.value, c.record_ids) for c in by_month.cells] == [(f.value, f.record_ids) for f in alone]
    crossed = engine.compute(stock, many, whole, by=("unit", "month"))
    for month, figure in zip(MONTHS, alone, strict=True):
        cells = [c.value for c in crossed.cells if c.keys["month"] == f"{month.start:%Y-%m}"]
        assert sum(value or 0 for value in cells) == figure.value


def test_a_figure_stays_while_the_tables_that_it_reads_do(tmp_path: Path, opened: list[str]) -> None:
    engine, one = Engine(), measure()
    first = snapshot_of(tmp_path, incidents("2017-07-14"))
    before = engine.compute(one, first, QUARTER)
    elsewhere = [*incidents("2017-07-14"), record("s1", STRENGTH, occurred_on="2017-07-01", deployed=5)]
    second = snapshot_of(tmp_path, elsewhere, name="block-2")
    assert second.digest != first.digest
    assert engine.compute(one, second, QUARTER) == replace(before, snapshot="block-2")
    third = snapshot_of(tmp_path, incidents("2017-07-14", "2017-07-15"), name="block-3")
    assert engine.compute(one, third, QUARTER).value == 2
    assert opened == ["block-1", "block-3"]


def test_a_figure_that_asks_for_links_is_computed_anew_when_the_other_record_changes(tmp_path: Path) -> None:
    engine = Engine()
    one = measure(where={"linked": {"type": "field-report", "where": {"grade": "a"}}})
    for name, grade, value in (("block-1", "a", 1), ("block-2", "b", 0)):
        source = record("r1", REPORT, grade=grade, links=[("evidence-for", "i0", "incident")])
        taken = snapshot_of(tmp_path, [*incidents("2017-07-14"), source], name=name)
        assert engine.compute(one, taken, QUARTER).value == value


def test_several_measures_share_a_connection_and_leave_out_breakdowns_that_they_do_not_name(
    many: Snapshot, opened: list[str]
) -> None:
    split = replace(measure(by=("month",), limit="16/military"), key="split")
    whole = replace(measure("sum", value="deaths"), key="whole", digest="e" * 64)
    found = Engine().compute_all([split, whole], many, QUARTER, by=("month",), limits={"16/military": 7})
    assert (found["split"].by, found["whole"].by) == (("month",), ())
    assert (found["split"].limit, found["whole"].limit) == (7, None)
    assert opened == [many.name]


def test_threads_that_share_an_engine_get_what_each_would_get_alone(many: Snapshot) -> None:
    asked = [(replace(t.measure, digest=n), p, (t.by,) if t.by else ()) for n, t in TWINS.items() for p in MONTHS]
    alone = [Engine().compute(m, many, p, by=by) for m, p, by in asked[:5]]
    shared = Engine()
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda one: shared.compute(one[0], many, one[1], by=one[2]), asked))
    assert found[:5] == alone
    assert [f.value for f in found] == [shared.compute(m, many, p, by=by).value for m, p, by in asked]


def test_a_failed_connection_is_not_used_again(tmp_path: Path) -> None:
    engine, snapshot = Engine(), snapshot_of(tmp_path, incidents("2017-07-14"))
    engine.compute(measure(), snapshot, QUARTER)
    file = snapshot.folder / "incident.parquet"
    whole = file.read_bytes()
    file.write_bytes(b"PAR1")
    with pytest.raises(Fault):
        engine.compute(measure(), snapshot, MONTHS[1])
    file.write_bytes(whole)
    assert engine.compute(measure(), snapshot, MONTHS[1]).value == 1


def test_a_closed_engine_may_be_used_again(tmp_path: Path) -> None:
    engine, snapshot = Engine(), snapshot_of(tmp_path, incidents("2017-07-14"))
    assert engine.compute(measure(), snapshot, QUARTER).value == 1
    engine.close()
    assert engine.compute(measure(), snapshot, MONTHS[1]).value == 1


def test_what_is_kept_is_bounded_and_the_least_used_goes_first() -> None:
    kept: Kept[str] = Kept(10, len)
    kept.put("a", "1234")
    kept.put("b", "1234")
    assert kept.get("a") == "1234"
    kept.put("c", "12345")
    assert (kept.get("a"), kept.get("b"), kept.get("c")) == ("1234", None, "12345")
    kept.put("c", "1")
    kept.put("d", "12345")
    kept.put("e", "12345678901")
    assert (kept.get("a"), kept.get("c"), kept.get("d"), kept.get("e")) == ("1234", "1", "12345", None)
