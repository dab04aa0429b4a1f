"""Each known way in which a count goes wrong, as a test."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from remit.kernel.errors import BadInput, Fault
from remit.kernel.periods import parse_period
from remit.measures.databases import Database
from remit.measures.engine import Engine
from remit.measures.figures import Figure
from tests.unit.measures.factories import REPORT, STRENGTH, at, measure, record, snapshot_of

Asked = Callable[..., Figure]


def cells(figure: Figure) -> dict[tuple[str, ...], object]:
    """Return the values of the cells by their keys."""
    return {tuple(cell.keys.values()): cell.value for cell in figure.cells}


def test_one_incident_with_two_victims_and_three_sources_counts_once(ask: Asked) -> None:
    victims = [{"sex": "f", "number": 1}, {"sex": "f", "number": 2}]
    sources = [record(f"r{n}", REPORT, grade="b", links=[("evidence-for", "i1", "incident")]) for n in range(3)]
    incident = record("i1", occurred_on="2017-07-14", victims=victims, place={"region": "gao"})
    where = {
        "victims": {"any": {"sex": "f"}},
        "linked": {"type": "field-report", "relation": "evidence-for", "where": {"grade": "b"}, "at_least": 2},
    }
    figure = ask([incident, *sources], where=where, by=("region",))
    assert (figure.value, figure.record_ids, cells(figure)) == (1, ("i1",), {("gao",): 1})


def test_a_link_made_twice_is_one_source(ask: Asked) -> None:
    twice = record("r1", REPORT, links=[("evidence-for", "i1", "incident"), ("evidence-for", "i1", "incident")])
    where = {"linked": {"type": "field-report", "relation": "evidence-for", "at_least": 2}}
    assert ask([record("i1", occurred_on="2017-07-14"), twice], where=where).value == 0


def test_withdrawn_sources_are_no_sources(ask: Asked) -> None:
    source = record("r1", REPORT, withdrawn=True, links=[("evidence-for", "i1", "incident")])
    where = {"linked": {"type": "field-report", "relation": "evidence-for"}}
    assert ask([record("i1", occurred_on="2017-07-14"), source], where=where).value == 0


def test_victims_are_counted_as_items_and_walk_back_to_their_incident(ask: Asked) -> None:
    victims = [{"sex": "f", "number": 1}, {"sex": "m", "number": 4}, {"number": 2}]
    given = [record("i1", occurred_on="2017-07-14", victims=victims, deaths=9), record("i2", occurred_on="2017-07-14")]
    figure = ask(given, of="incident.victims", by=("sex",))
    assert (figure.value, figure.record_ids) == (3, ("i1",))
    assert cells(figure) == {("",): 1, ("f",): 1, ("m",): 1}
    assert ask(given, kind="sum", of="incident.victims", value="number").value == 7


def test_a_number_of_the_record_cannot_be_added_once_per_item(ask: Asked) -> None:
    with pytest.raises(BadInput) as refused:
        ask([record("i1", occurred_on="2017-07-14", deaths=9)], kind="sum", of="incident.victims", value="deaths")
    assert refused.value.code == "MEA-016"


def test_months_without_records_are_zero_and_not_left_out(ask: Asked) -> None:
    figure = ask([record("i1", occurred_on="2017-08-31")], "2017-06-29/2017-09-29", by=("month",))
    assert cells(figure) == {("2017-06",): 0, ("2017-07",): 0, ("2017-08",): 1, ("2017-09",): 0}


def test_months_without_records_are_there_for_every_region(ask: Asked) -> None:
    given = [
        record("i1", occurred_on="2017-07-01", place={"region": "gao"}),
        record("i2", occurred_on="2017-09-01", place={"region": "kidal"}),
    ]
    figure = ask(given, by=("month", "region"))
    assert len(figure.cells) == 6 and sum(cell.value or 0 for cell in figure.cells) == 2
    assert cells(figure)["2017-08", "gao"] == 0


def test_a_share_of_nothing_is_not_defined_and_not_zero(ask: Asked) -> None:
    figure = ask([], kind="share", numerator={"state": "confirmed"}, by=("month",))
    assert (figure.value, figure.denominator, figure.numerator) == (None, 0, 0)
    assert {cell.value for cell in figure.cells} == {None}


def test_a_share_of_something_without_any_in_the_numerator_is_zero(ask: Asked) -> None:
    figure = ask([record("i1", occurred_on="2017-07-14")], kind="share", numerator={"state": "confirmed"})
    assert (figure.value, figure.numerator, figure.denominator) == (0, 0, 1)


def test_the_leap_day_is_in_february_and_in_its_quarter(ask: Asked) -> None:
    figure = ask([record("i1", occurred_on="2020-02-29")], "2020-02-29/2020-03-01", by=("month",))
    assert (figure.value, cells(figure)) == (1, {("2020-02",): 1})


@pytest.mark.parametrize(
    ("occurred", "expected"),
    [
        ({"occurred_on": "2017-06-28"}, 0),
        ({"occurred_on": "2017-06-29"}, 1),
        ({"occurred_at": "2017-09-28T23:59:59.999999+00:00"}, 1),
        ({"occurred_at": "2017-09-29T00:00:00+00:00"}, 0),
        ({"occurred_on": "2017-09-29"}, 0),
    ],
)
def test_a_period_holds_its_first_instant_and_not_its_last(ask: Asked, occurred: dict[str, str], expected: int) -> None:
    assert ask([record("i1", **occurred)], "2017-06-29/2017-09-29").value == expected


def test_two_periods_side_by_side_count_each_record_once(tmp_path: Path, database: Database) -> None:
    snapshot = snapshot_of(tmp_path, [record(f"i{day}", occurred_on=f"2017-09-{day:02}") for day in range(20, 31)])
    found = [
        Engine(database=database).compute(measure(), snapshot, parse_period(p)).value
        for p in ("2017-09-01/2017-09-29", "2017-09-29/2017-10-01")
    ]
    assert found == [9, 2]


def test_summer_time_moves_nothing(ask: Asked) -> None:
    """Instants are UTC: an hour that some clocks repeat or skip is neither."""
    given = [record(f"i{n}", occurred_at=f"2017-10-29T0{n}:30:00+00:00") for n in range(4)]
    given.append(record("i9", occurred_at="2017-11-01T01:30:00+02:00"))  # 23:30 UTC of the day before
    assert cells(ask(given, "2017-10-01/2017-12-01", by=("month",))) == {("2017-10",): 5, ("2017-11",): 0}


def test_what_came_after_the_cut_off_is_not_in_and_the_live_figure_is(tmp_path: Path, database: Database) -> None:
    early = record("i1", occurred_on="2017-09-20", recorded_at="2017-09-21T08:00")
    late = record("i2", occurred_on="2017-09-27", recorded_at="2017-10-05T08:00")
    cut_off = at("2017-09-29T00:00")
    then = snapshot_of(tmp_path, [early], name="block-1-as-of", as_of=cut_off)
    now = snapshot_of(tmp_path, [early, late], name="block-2")
    period = parse_period("2017-Q3")
    frozen = Engine(database=database).compute(measure(), then, period, as_of=cut_off)
    assert (frozen.value, frozen.as_of) == (1, cut_off)
    assert Engine(database=database).compute(measure(), now, period).value == 2
    by_knowledge = measure(when="known")
    assert Engine(database=database).compute(by_knowledge, now, parse_period("2017-10")).record_ids == ("i2",)


def test_a_snapshot_refuses_records_younger_than_its_instant(tmp_path: Path) -> None:
    with pytest.raises(Fault) as refused:
        snapshot_of(tmp_path, [record("i1", recorded_at="2017-10-05T08:00")], as_of=at("2017-09-29T00:00"))
    assert refused.value.code == "MEA-003"


def test_a_figure_as_of_another_instant_than_the_snapshots_is_refused(tmp_path: Path, database: Database) -> None:
    snapshot = snapshot_of(tmp_path, [record("i1", occurred_on="2017-07-14")])
    with pytest.raises(BadInput) as refused:
        Engine(database=database).compute(measure(), snapshot, parse_period("2017-Q3"), as_of=at("2017-09-29T00:00"))
    assert refused.value.code == "MEA-010"


def test_at_least_six_makes_a_sum_a_lower_bound(ask: Asked) -> None:
    given = [
        record("i1", occurred_on="2017-07-14", deaths={"number": 6, "qualifier": "at-least"}),
        record("i2", occurred_on="2017-08-14", deaths={"number": 2, "qualifier": "exact"}),
    ]
    figure = ask(given, kind="sum", value="deaths", by=("month",))
    assert (figure.value, figure.lower_bound) == (8, True)
    assert [cell.lower_bound for cell in figure.cells] == [True, False, False]
    assert not ask(given[1:], kind="sum", value="deaths").lower_bound


def test_a_number_nobody_knows_is_not_zero(ask: Asked) -> None:
    known, unknown = record("i1", occurred_on="2017-07-14", deaths=3), record("i2", occurred_on="2017-07-15")
    figure = ask([known, unknown], kind="sum", value="deaths")
    assert (figure.value, figure.unknown, figure.record_ids) == (3, 1, ("i1", "i2"))
    assert ask([unknown], kind="sum", value="deaths").value is None
    assert ask([], kind="sum", value="deaths").value == 0


def test_withdrawn_records_stay_in_the_snapshot_and_out_of_figures(ask: Asked) -> None:
    given = [record("i1", occurred_on="2017-07-14", withdrawn=True), record("i2", occurred_on="2017-07-14")]
    assert ask(given).record_ids == ("i2",)


def test_what_is_not_stated_is_neither_in_nor_out_by_its_negation(ask: Asked) -> None:
    given = [record("i1", occurred_on="2017-07-14", verified="yes"), record("i2", occurred_on="2017-07-14")]
    assert ask(given, where={"verified": "yes"}).record_ids == ("i1",)
    assert ask(given, where={"not": {"verified": "yes"}}).record_ids == ()
    assert ask(given, where={"verified": {"exists": False}}).record_ids == ("i2",)


def test_a_share_states_how_many_are_open(ask: Asked) -> None:
    given = [
        record(f"i{n}", occurred_on="2017-07-14", **({"verified": v} if v else {}))
        for n, v in enumerate(["yes", "no", ""])
    ]
    figure = ask(given, kind="share", numerator={"verified": "yes"})
    assert (figure.numerator, figure.denominator, figure.unknown) == (1, 3, 1)
    assert figure.numerator_ids == ("i0",)


def test_a_field_with_several_values_gives_cells_that_do_not_add_up_and_says_so(ask: Asked) -> None:
    given = [
        record("i1", occurred_on="2017-07-14", weapons=["rifle", "mortar"]),
        record("i2", occurred_on="2017-07-14", weapons=["rifle"]),
        record("i3", occurred_on="2017-07-14"),
    ]
    figure = ask(given, by=("weapons",))
    assert (figure.value, figure.overlapping) == (3, True)
    assert cells(figure) == {("",): 1, ("mortar",): 1, ("rifle",): 2}


def test_a_breakdown_by_a_field_of_a_group_counts_records(ask: Asked) -> None:
    victims = [{"sex": "f", "number": 1}, {"sex": "f", "number": 1}, {"sex": "m", "number": 1}]
    given = [record("i1", occurred_on="2017-07-14", victims=victims), record("i2", occurred_on="2017-07-14")]
    figure = ask(given, by=("victims.sex",))
    assert (figure.value, figure.overlapping, cells(figure)) == (2, True, {("",): 1, ("f",): 1, ("m",): 1})


def test_late_verification_counts_in_the_period_that_the_rule_names(ask: Asked) -> None:
    given = [record("i1", occurred_on="2017-06-30", verified_on="2017-07-14", moves=[("confirm", "2017-10-02T10:00")])]
    assert ask(given, "2017-Q2").value == 1
    assert ask(given, "2017-Q3", when={"field": "verified_on"}).value == 1
    assert ask(given, "2017-Q4", when={"moved": "confirm"}).value == 1
    assert ask(given, "2017-Q3", when={"moved": "confirm"}).value == 0


def test_a_move_made_twice_counts_when_it_was_first_made(ask: Asked) -> None:
    moves = [("confirm", "2017-07-02T10:00"), ("reopen", "2017-08-02T10:00"), ("confirm", "2017-10-02T10:00")]
    given = [record("i1", occurred_on="2017-06-30", moves=moves)]
    assert ask(given, "2017-Q3", when={"moved": "confirm"}).value == 1
    assert ask(given, "2017-Q4", when={"moved": "confirm"}).value == 0


def test_a_stock_takes_the_latest_report_of_each_unit_and_not_their_sum(ask: Asked) -> None:
    def strength(identifier: str, unit: str, day: str, deployed: int, known: str = "2017-07-02T08:00") -> object:
        return record(identifier, STRENGTH, occurred_on=day, unit=unit, deployed=deployed, recorded_at=known)

    given = [
        strength("s1", "a", "2017-06-30", 100),
        strength("s2", "a", "2017-07-31", 120),
        strength("s3", "b", "2017-05-31", 50),
        strength("s4", "a", "2017-10-31", 999),
        strength("s5", "b", "2017-05-31", 55, known="2017-08-02T08:00"),  # the same day, known later: it corrects
    ]
    figure = ask(
        given,
        kind="stock",
        of="personnel-strength",
        value="deployed",
        settings={"latest_by": ["unit"]},
        by=("month", "unit"),
    )
    assert (figure.value, figure.record_ids) == (175, ("s2", "s5"))
    assert cells(figure) == {
        ("2017-07", "a"): 120, ("2017-07", "b"): 55, ("2017-08", "a"): 120,
        ("2017-08", "b"): 55, ("2017-09", "a"): 120, ("2017-09", "b"): 55,
    }  # fmt: skip
    assert ask([], kind="stock", of="personnel-strength", value="deployed").value is None


def test_elapsed_times_leave_out_what_has_no_end(ask: Asked) -> None:
    def answered(identifier: str, minutes: int | None) -> object:
        end = {"answered_at": datetime(2017, 7, 14, 10, minutes).isoformat() + "+00:00"} if minutes is not None else {}
        return record(identifier, occurred_on="2017-07-14", reported_at="2017-07-14T10:00:00+00:00", **end)

    given = [answered("i1", 10), answered("i2", 20), answered("i3", 45), answered("i4", None)]
    settings = {"from": "reported_at", "to": "answered_at", "statistic": "median"}
    figure = ask(given, kind="elapsed", settings=settings)
    assert (figure.value, figure.record_ids) == (1200, ("i1", "i2", "i3"))
    assert ask(given, kind="elapsed", settings=settings | {"statistic": "p90"}).value == 2400
    assert ask([], kind="elapsed", settings=settings).value is None


def test_the_invented_are_marked(ask: Asked) -> None:
    assert ask([record("i1", occurred_on="2017-07-14")]).invented
    assert not ask([record("i1", occurred_on="2017-07-14", invented=False)]).invented


def test_money_in_several_currencies_is_not_added(ask: Asked) -> None:
    given = [
        record("i1", occurred_on="2017-07-14", cost={"amount": "0.10", "currency": "USD"}),
        record("i2", occurred_on="2017-07-14", cost={"amount": "0.20", "currency": "USD"}),
        record("i3", occurred_on="2017-07-14", cost={"amount": "5", "currency": "XOF"}),
    ]
    assert ask(given, kind="sum", value="cost", where={"cost_currency": "USD"}).value == 0.3
    with pytest.raises(BadInput) as refused:
        ask(given, kind="sum", value="cost")
    assert refused.value.code == "MEA-018"
