"""What the engine refuses, keeps and says of broken files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from remit.kernel.errors import BadInput, Fault
from remit.kernel.periods import parse_period
from remit.measures.checking import check_measures
from remit.measures.engine import Engine
from tests.unit.measures.factories import LEVELS, TYPES, measure, record, snapshot_of

PERIOD = parse_period("2017-Q3")


def test_a_breakdown_that_the_measure_does_not_name_is_refused_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="month") as refused:
        Engine().compute(measure(by=("month",)), snapshot_of(tmp_path, []), PERIOD, by=("mnth",))
    assert refused.value.code == "MEA-014"


def test_a_figure_says_all_that_it_rests_on(tmp_path: Path) -> None:
    snapshot = snapshot_of(tmp_path, [record("i1", occurred_on="2017-07-14")])
    figure = Engine().compute(measure(), snapshot, PERIOD, limit=5)
    assert (figure.key, figure.version, figure.definition, figure.snapshot, figure.limit) == (
        "tested",
        1,
        "d" * 64,
        "block-1",
        5,
    )
    assert (figure.unit, figure.rule, figure.period, figure.kind) == ("incidents", "what is counted", PERIOD, "count")


def test_without_ids_the_value_is_the_same(tmp_path: Path) -> None:
    snapshot = snapshot_of(tmp_path, [record("i1", occurred_on="2017-07-14")])
    figure = Engine().compute(measure(), snapshot, PERIOD, ids=False)
    assert (figure.value, figure.record_ids) == (1, ())


def test_a_kept_figure_is_not_given_for_another_definition_or_other_contents(tmp_path: Path) -> None:
    engine, one = Engine(), measure()
    first = snapshot_of(tmp_path, [record("i1", occurred_on="2017-07-14")])
    assert engine.compute(one, first, PERIOD).value == 1
    stricter = replace(measure(where={"state": "confirmed"}), digest="e" * 64)
    assert engine.compute(stricter, first, PERIOD).value == 0
    both = snapshot_of(tmp_path, [record(f"i{n}", occurred_on="2017-07-14") for n in range(2)], name="block-2")
    assert engine.compute(one, both, PERIOD).value == 2
    undigested = replace(one, digest="")
    assert engine.compute(undigested, both, PERIOD).value == 2
    assert engine.compute(replace(stricter, digest=""), both, PERIOD).value == 0


@pytest.mark.parametrize("damage", [b"", b"PAR1 not a table"])
def test_a_broken_file_is_a_fault_that_names_the_snapshot(tmp_path: Path, damage: bytes) -> None:
    snapshot = snapshot_of(tmp_path, [record("i1", occurred_on="2017-07-14")])
    (snapshot.folder / "incident.parquet").write_bytes(damage)
    with pytest.raises(Fault, match="block-1") as failed:
        Engine().compute(measure(), snapshot, PERIOD)
    assert failed.value.code == "MEA-022"


def test_a_measure_of_an_unknown_type_is_answered_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="incident") as refused:
        Engine().compute(measure(of="incidnt"), snapshot_of(tmp_path, []), PERIOD)
    assert refused.value.code == "MEA-011"


@pytest.mark.parametrize(
    ("kind", "more", "code"),
    [
        ("sum", {}, "MEA-015"),
        ("sum", {"value": "category"}, "MEA-015"),
        ("sum", {"value": "deths"}, "MEA-012"),
        ("elapsed", {"settings": {"from": "reported_at"}}, "MEA-015"),
        ("elapsed", {"settings": {"from": "reported_at", "to": "answered_at", "statistic": "middle"}}, "MEA-015"),
        ("count", {"by": ("regin",)}, "MEA-012"),
        ("count", {"when": {"field": "category"}}, "MEA-013"),
        ("count", {"where": {"stat": "confirmed"}}, "MEA-012"),
    ],
)
def test_what_cannot_be_computed_is_found_without_any_record(kind: str, more: dict[str, object], code: str) -> None:
    wrong = replace(measure(kind, **more), file="measures/wrong.yaml")  # type: ignore[arg-type]
    issues = check_measures([measure(by=("region", "month", "weapons", "victims.sex")), wrong], TYPES, LEVELS)
    assert [(issue.code, issue.where.file) for issue in issues] == [(code, "measures/wrong.yaml")]
