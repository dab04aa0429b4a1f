"""A frozen figure keeps its number; a later one is compared with it in words and by name."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from remit.kernel.errors import BadInput
from remit.kernel.periods import parse_period
from remit.measures.engine import Engine
from remit.measures.figures import Figure
from remit.measures.freezing import compare, correction, figure_of, freeze, record_values
from remit.records.entries import Entry
from remit.records.record import Record
from tests.unit.measures.factories import AUTHOR, measure, record, snapshot_of

PERIOD = parse_period("2017-Q3")


def computed(folder: Path, records: list[Record], kind: str = "count", **more: object) -> Figure:
    """Compute a figure over records."""
    by = more.get("by", ())
    name = f"block-{len(list(folder.iterdir()))}"
    return Engine().compute(measure(kind, **more), snapshot_of(folder, records, name=name), PERIOD, by=by)  # type: ignore[arg-type]


def entry(identifier: str, of: str, **facts: object) -> Entry:
    """Return an entry that came later."""
    kind = "linked" if facts else "amended"
    return Entry(identifier, kind, of, "incident", 1, datetime(2017, 10, 5, tzinfo=UTC), AUTHOR, facts)  # type: ignore[arg-type]


def incident(identifier: str, **more: object) -> Record:
    """Return an incident of the period."""
    return record(identifier, occurred_on="2017-07-14", **more)  # type: ignore[arg-type]


def test_a_figure_goes_through_json_unchanged(tmp_path: Path) -> None:
    given = [
        incident("i1", verified="yes", place={"region": "gao"}),
        incident("i2", deaths={"number": 2, "qualifier": "at-least"}),
    ]
    for figure in (
        computed(tmp_path, given, "share", numerator={"verified": "yes"}, by=("month", "region")),
        computed(tmp_path, given, "sum", value="deaths", by=("region",)),
        replace(computed(tmp_path, given), limit=10, as_of=datetime(2017, 9, 29, tzinfo=UTC)),
    ):
        assert Figure.from_json(json.loads(json.dumps(figure.to_json()))) == figure
        assert figure_of(json.loads(json.dumps(freeze(figure, ["e2", "e1", "e2"])))) == figure


def test_it_becomes_a_record_and_comes_back(tmp_path: Path) -> None:
    figure = computed(tmp_path, [incident("i1")])
    body = freeze(figure, ["e1"], measure=measure())
    values = record_values(body, product="p1", paragraph="12", block=3)
    assert (
        values["value"] == 1 and values["record_ids"] == ["i1"] and values["block"] == 3 and "numerator" not in values
    )
    assert figure_of(json.loads(values["body"])) == figure
    assert (values["entry_ids"], values["digest"], values["product"]) == (["e1"], body["digest"], "p1")
    assert body["words"]["rule"] == {"en": "what is counted", "fr": "ce qui est compté"}


def test_a_body_that_was_changed_is_refused(tmp_path: Path) -> None:
    body = freeze(computed(tmp_path, [incident("i1")]), ["e1"])
    body["figure"]["value"] = 2
    with pytest.raises(BadInput) as refused:
        figure_of(body)
    assert refused.value.code == "MEA-042"


def test_the_same_records_give_the_same_figure_whatever_the_snapshot(tmp_path: Path) -> None:
    body = freeze(computed(tmp_path, [incident("i1")]), ["e1"])
    later = computed(tmp_path, [incident("i1"), record("i9", occurred_on="2018-01-01")])
    found = compare(body, later, [entry("e9", "i9")])
    assert (found.same, found.old, found.new, found.came, found.went, found.entries) == (True, 1, 1, (), (), ())
    assert found.reason.en == "The figure is the same." and found.reason.fr == "Le chiffre est le même."


def test_what_came_and_went_is_named_with_its_entries(tmp_path: Path) -> None:
    body = freeze(computed(tmp_path, [incident("i1"), incident("i2")]), ["e1", "e2"])
    now = computed(tmp_path, [incident("i1"), incident("i2", withdrawn=True), incident("i3"), incident("i4")])
    since = [entry("e5", "i3"), entry("e6", "i2"), entry("e7", "i9"), entry("e8", "r1", other="i4")]
    found = compare(body, now, since, erased=["e1"])
    assert (found.same, found.old, found.new) == (False, 2, 3)
    assert (found.came, found.went, found.entries) == (("i3", "i4"), ("i2",), ("e5", "e6", "e8"))
    assert "2 records are in it that were not; 1 record is no longer in it; 3 journal entries" in found.reason.en
    assert "2 fiches y sont entrées" in found.reason.fr and "1 entry was redacted" in found.reason.en


def test_an_amended_number_changes_the_figure_without_changing_its_records(tmp_path: Path) -> None:
    body = freeze(computed(tmp_path, [incident("i1", deaths=2)], "sum", value="deaths"), ["e1"])
    found = compare(body, computed(tmp_path, [incident("i1", deaths=5)], "sum", value="deaths"), [entry("e2", "i1")])
    assert (found.same, found.old, found.new, found.came) == (False, 2, 5, ())
    assert "the same records hold other values" in found.reason.en.lower()


def test_another_definition_is_said_to_count_another_thing(tmp_path: Path) -> None:
    figure = computed(tmp_path, [incident("i1")])
    found = compare(freeze(figure, ["e1"]), replace(figure, definition="e" * 64, version=2), [])
    assert not found.same and "version 1 to 2" in found.reason.en


def test_figures_of_other_periods_are_not_compared(tmp_path: Path) -> None:
    figure = computed(tmp_path, [incident("i1")])
    with pytest.raises(BadInput) as refused:
        compare(freeze(figure, []), replace(figure, period=parse_period("2017-Q4")), [])
    assert refused.value.code == "MEA-043"


def test_a_correction_carries_old_new_reason_and_who_printed_it(tmp_path: Path) -> None:
    body = freeze(computed(tmp_path, [incident("i1")]), ["e1"])
    now = computed(tmp_path, [incident("i1"), incident("i2")])
    found = compare(body, now, [])
    values = correction("f1", found, now, reason=" late report ", products=["p1"])
    assert (values["old_value"], values["new_value"], values["reason"], values["products"]) == (
        1,
        2,
        "late report",
        ["p1"],
    )
    for reason, comparison in (("", found), ("why", compare(body, figure_of(body), []))):
        with pytest.raises(BadInput) as refused:
            correction("f1", comparison, now, reason=reason, products=[])
        assert refused.value.code == "MEA-044"


def test_what_lists_no_records_cannot_be_frozen(tmp_path: Path) -> None:
    figure = computed(tmp_path, [incident("i1")])
    with pytest.raises(BadInput) as refused:
        freeze(replace(figure, record_ids=()), [])
    assert refused.value.code == "MEA-041"
