"""Kinds that stand at a moment, follow over time, or are made of two: the ways in which they go wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remit.kernel.errors import BadInput
from remit.kernel.periods import parse_period, years
from remit.measures.aggregates import surviving
from remit.measures.breakdowns import day_key, time_parts
from remit.measures.databases import Database
from remit.measures.disclosure import disclose
from remit.measures.engine import Engine
from remit.measures.figures import Figure
from tests.unit.measures.factories import STRENGTH, measure, record, snapshot_of

Asked = Callable[..., Figure]


def cells(figure: Figure) -> dict[tuple[str, ...], object]:
    """Return the values of the cells by their keys."""
    return {tuple(cell.keys.values()): cell.value for cell in figure.cells}


def strength(identifier: str, day: str, unit: str, deployed: int) -> Any:
    return record(identifier, STRENGTH, occurred_on=day, unit=unit, deployed=deployed)


def test_a_running_total_stands_at_each_months_end_and_counts_what_came_before(ask: Asked) -> None:
    given_ = [record(f"i{n}", occurred_on=day) for n, day in enumerate(("2017-05-31", "2017-07-01", "2017-09-30"))]
    figure = ask(given_, kind="cumulative", by=("month",))
    assert figure.value == 3
    assert cells(figure) == {("2017-07",): 2, ("2017-08",): 2, ("2017-09",): 3}


def test_a_running_total_begins_on_the_day_that_it_names(ask: Asked) -> None:
    given_ = [record(f"i{n}", occurred_on=day, deaths=2) for n, day in enumerate(("2017-06-28", "2017-06-29"))]
    figure = ask(given_, kind="cumulative", value="deaths", settings={"since": "2017-06-29"})
    assert (figure.value, figure.record_ids) == (2, ("i1",))


def test_a_running_total_of_nothing_is_zero(ask: Asked) -> None:
    assert ask([], kind="cumulative", by=("month",)).value == 0


def test_what_came_in_one_month_is_not_told_by_subtracting_running_totals(ask: Asked) -> None:
    given_ = [record(f"i{n}", occurred_on="2017-07-02") for n in range(9)] + [record("late", occurred_on="2017-08-02")]
    figure = ask(given_, kind="cumulative", by=("month",))
    assert disclose(figure, 5, outside=True).cells == ()
    assert cells(disclose(figure, 0, outside=True)) == {("2017-07",): 9, ("2017-08",): 10, ("2017-09",): 10}


@pytest.mark.parametrize(("day", "expected"), [("2017-09-30", 0), ("2017-09-29", 1), ("2016-02-29", 579)])
def test_days_since_the_last_are_nought_on_its_own_day(ask: Asked, day: str, expected: int) -> None:
    figure = ask([record("i0", occurred_on="2016-01-01"), record("i1", occurred_on=day)], kind="days-since")
    assert (figure.value, figure.record_ids) == (expected, ("i1",))


def test_days_since_are_not_defined_where_nothing_ever_happened(ask: Asked) -> None:
    figure = ask([record("later", occurred_on="2017-10-01")], kind="days-since", by=("month",))
    assert (figure.value, figure.record_ids) == (None, ())


def test_days_since_are_counted_for_each_cell_and_each_month(ask: Asked) -> None:
    given_ = [
        record("i1", occurred_on="2017-07-30", category="raid"),
        record("i2", occurred_on="2017-09-10", category="mine"),
    ]
    figure = ask(given_, kind="days-since", by=("category", "month"))
    found = cells(figure)
    assert (found["raid", "2017-07"], found["raid", "2017-09"]) == (1, 62)
    assert (found["mine", "2017-08"], found["mine", "2017-09"]) == (None, 20)


def survivors(ask: Asked, records: Any, within: int, period: str = "2017-Q3", **more: Any) -> Figure:
    return ask(records, period, kind="survival", settings={"to": {"moved": "breach"}, "within": within}, **more)


def test_survival_counts_what_still_holds_only_for_as_long_as_it_was_seen(ask: Asked) -> None:
    """Three signed; one breached after 30 days, one seen for 10 days only: of the two seen at 30 days one held."""
    given_ = [
        record("kept", occurred_on="2017-07-01"),
        record("breached", occurred_on="2017-07-01", moves=[("breach", "2017-07-31")]),
        record("new", occurred_on="2017-09-21"),
    ]
    assert survivors(ask, given_, 60).value == 0.5
    assert survivors(ask, given_, 20).value == 1
    assert survivors(ask, given_, 200).value is None, "nobody was followed so long"


def test_survival_does_not_know_a_breach_that_came_after_the_period(ask: Asked) -> None:
    given_ = [record("one", occurred_on="2017-07-01", moves=[("breach", "2017-10-01")])]
    assert survivors(ask, given_, 30).value == 1
    assert survivors(ask, given_, 92, "2017-07-01/2018-01-01").value == 0


def test_survival_takes_the_first_breach_of_several(ask: Asked) -> None:
    moves = [("breach", "2017-07-11"), ("breach", "2017-09-01")]
    assert survivors(ask, [record("one", occurred_on="2017-07-01", moves=moves)], 10).value == 0


@given(st.lists(st.tuples(st.integers(1, 60), st.booleans()), min_size=1, max_size=25), st.integers(1, 60))
def test_survival_without_losses_from_sight_is_the_plain_share(lives: list[tuple[int, bool]], within: int) -> None:
    """Where everybody is followed to the day asked about, the estimate is the share that holds."""
    followed = [float(day if ends else 60) for day, ends in lives]
    ended = [float(day) for day, ends in lives if ends]
    share = sum(1 for day, ends in lives if not (ends and day <= within)) / len(lives)
    assert surviving(followed, ended, within) == pytest.approx(share)


def test_a_score_takes_the_latest_level_of_each_and_not_their_history(ask: Asked) -> None:
    levels = {"points": {"none": 0, "minimal": 1, "full": 3}, "most": 3, "latest_by": ["title"]}
    given_ = [
        record("a0", occurred_on="2017-07-01", title="a", category="none"),
        record("a1", occurred_on="2017-08-01", title="a", category="full"),
        record("b0", occurred_on="2017-07-01", title="b", category="minimal"),
    ]
    figure = ask(given_, kind="score", value="category", settings=levels, by=("month",))
    assert figure.value == pytest.approx(100 * 4 / 6, abs=1e-5)
    assert figure.record_ids == ("a1", "b0")
    assert cells(figure)["2017-07",] == pytest.approx(100 / 6, abs=1e-5)


def test_a_level_without_points_is_not_nought(ask: Asked) -> None:
    levels = {"points": {"full": 3}, "most": 3, "latest_by": ["title"]}
    given_ = [
        record("a", occurred_on="2017-07-01", title="a", category="full"),
        record("b", occurred_on="2017-07-01", title="b", category="disputed"),
    ]
    figure = ask(given_, kind="score", value="category", settings=levels)
    assert (figure.value, figure.unknown) == (100, 1)


def test_an_average_leaves_out_months_of_which_nothing_is_known(ask: Asked) -> None:
    given_ = [strength("s1", "2017-08-10", "a", 100), strength("s2", "2017-09-10", "a", 300)]
    average = ask(
        given_, kind="stock", of="personnel-strength", value="deployed",
        settings={"latest_by": ["unit"], "statistic": "mean"},
    )  # fmt: skip
    assert (average.value, average.record_ids) == (200, ("s1", "s2"))
    assert ask([], kind="stock", of="personnel-strength", value="deployed",
               settings={"latest_by": ["unit"], "statistic": "mean"}).value is None  # fmt: skip


def test_an_average_by_quarter_is_of_the_months_of_each(ask: Asked) -> None:
    given_ = [strength(f"s{n}", f"2017-{n:02}-01", "a", 100 * n) for n in range(4, 10)]
    settings = {"latest_by": ["unit"], "statistic": "mean"}
    figure = ask(given_, "2017-04-01/2017-10-01", kind="stock", of="personnel-strength", value="deployed",
                 settings=settings, by=("quarter",))  # fmt: skip
    assert cells(figure) == {("2017-Q2",): 500, ("2017-Q3",): 800}


def rate(
    database: Database,
    folder: Path,
    records: Any,
    period: str,
    *,
    by: tuple[str, ...] = (),
    bys: tuple[str, ...] = ("month",),
    **settings: Any,
) -> Figure:
    above = replace(measure("sum", value="deaths", by=bys), key="deaths", digest="a" * 64)
    below = replace(
        measure("stock", "personnel-strength", value="deployed", by=bys,
                settings={"latest_by": ["unit"], "statistic": "mean"}),
        key="average", digest="b" * 64,
    )  # fmt: skip
    made = replace(measure("rate", by=bys), key="rate", parts=(above, below), settings=settings, digest="c" * 64)
    return Engine(database=database).compute(made, snapshot_of(folder, records), parse_period(period), by=by)


def test_a_rate_per_thousand_personnel_years(tmp_path: Path, database: Database) -> None:
    """3 deaths among 1,000 people who stood there for half a year: 6 per 1,000 personnel-years."""
    given_ = [record("i1", occurred_on="2017-02-01", deaths=3), strength("s1", "2016-12-31", "a", 1000)]
    figure = rate(database, tmp_path, given_, "2017-01-01/2017-07-01", per=1000, yearly=True)
    assert figure.value == pytest.approx(3 / (1000 * 181 / 365) * 1000, abs=1e-5)
    assert (figure.numerator, figure.numerator_ids, figure.record_ids) == (3, ("i1",), ("i1", "s1"))


def test_a_rate_of_nobody_is_not_defined_and_not_zero(tmp_path: Path, database: Database) -> None:
    figure = rate(database, tmp_path, [record("i1", occurred_on="2017-07-02", deaths=3)], "2017-Q3", per=1000)
    assert (figure.value, figure.denominator) == (None, None)


def test_a_rate_without_any_event_is_nought(tmp_path: Path, database: Database) -> None:
    figure = rate(database, tmp_path, [strength("s1", "2017-06-30", "a", 1000)], "2017-Q3", per=1000, by=("month",))
    assert figure.value == 0
    assert set(cells(figure).values()) == {0}


def test_the_months_of_a_rate_are_months_of_a_year_each(tmp_path: Path, database: Database) -> None:
    given_ = [record("i1", occurred_on="2017-07-02", deaths=1), strength("s1", "2017-06-30", "a", 1000)]
    figure = rate(database, tmp_path, given_, "2017-Q3", per=1000, yearly=True, by=("month",))
    assert cells(figure)["2017-07",] == pytest.approx(1 / (31 / 365), abs=1e-4)
    assert cells(figure)["2017-08",] == 0


def test_a_rate_is_broken_down_only_by_what_both_have(tmp_path: Path, database: Database) -> None:
    with pytest.raises(BadInput) as refused:
        rate(database, tmp_path, [], "2017-Q3", by=("region",))
    assert refused.value.code == "MEA-014"


def test_a_rate_with_few_events_is_withheld_from_those_outside(tmp_path: Path, database: Database) -> None:
    given_ = [record("i1", occurred_on="2017-07-02", deaths=3), strength("s1", "2017-06-30", "a", 1000)]
    figure = rate(database, tmp_path, given_, "2017-Q3", per=1000)
    assert disclose(figure, 5, outside=True).withheld
    assert not disclose(figure, 3, outside=True).withheld


@pytest.mark.parametrize(
    ("period", "expected"),
    [("2016", 1), ("2017", 1), ("2016-02-29/2017-02-28", 1), ("2017-06-30/2018-06-30", 1), ("2017-01-01/2017-07-01", 181 / 365),
     ("2016-01-01/2016-07-01", 182 / 366), ("2015-01-01/2018-01-01", 3)],
)  # fmt: skip
def test_a_leap_year_is_one_year(period: str, expected: float) -> None:
    assert years(parse_period(period)) == pytest.approx(expected)


def test_a_week_a_day_a_budget_year_and_a_mandate_year(ask: Asked) -> None:
    given_ = [
        record("last", occurred_at="2018-06-30T23:59:59Z"),
        record("first", occurred_at="2018-07-01T00:00:00Z"),
        record("eve", occurred_at="2018-06-28T23:00:00Z"),
    ]
    asked = {"by": ("budget-year",)}
    assert cells(ask(given_, "2018", **asked)) == {("2017-18",): 2, ("2018-19",): 1}
    mandate = ask(given_, "2018", by=("mandate-year",), year_from=(6, 29))
    assert cells(mandate) == {("2017-18",): 1, ("2018-19",): 2}
    weeks = cells(ask(given_, "2018-06-25/2018-07-09", by=("week",)))
    assert weeks == {("2018-W26",): 3, ("2018-W27",): 0}
    days = cells(ask(given_, "2018-06-30/2018-07-02", by=("day",)))
    assert days == {("2018-06-30",): 1, ("2018-07-01",): 1}


def test_a_mandate_year_that_begins_on_the_leap_day(ask: Asked) -> None:
    """As that of resolution 1529 (2004), adopted on 29 February: in other years it begins on 1 March."""
    days = ("2004-02-28", "2004-02-29", "2005-02-28", "2005-03-01", "2008-02-28", "2008-02-29")
    given_ = [record(f"i{n}", occurred_on=day) for n, day in enumerate(days)]
    figure = ask(given_, "2004-01-01/2009-01-01", by=("mandate-year",), year_from=(2, 29))
    assert cells(figure) == {("2003-04",): 1, ("2004-05",): 2, ("2005-06",): 1, ("2006-07",): 0, ("2007-08",): 1, ("2008-09",): 1}  # fmt: skip
    assert time_parts("mandate-year", parse_period("2004-01-01/2006-01-01"), (2, 29)) == {
        "2003-04": parse_period("2004-01-01/2004-02-29"),
        "2004-05": parse_period("2004-02-29/2005-03-01"),
        "2005-06": parse_period("2005-03-01/2006-01-01"),
    }


def test_a_measure_that_names_the_month_may_be_asked_by_any_time(ask: Asked) -> None:
    one = measure(by=("month", "region"))
    assert one.splits("week") and one.splits("budget-year") and not one.splits("category")
    assert not measure(by=("region",)).splits("month")


@given(st.dates(parse_period("2000").start, parse_period("2040").end), st.integers(1, 800))
def test_the_parts_of_a_period_hold_each_of_its_days_once(start: Any, days: int) -> None:
    from datetime import timedelta

    from remit.kernel.periods import Period

    period = Period(start, start + timedelta(days=days))
    for name in ("day", "week", "month", "quarter", "year", "mandate-year", "budget-year"):
        for beginning in ((6, 29), (2, 29)):
            parts = time_parts(name, period, beginning)
            assert sum(part.days for part in parts.values()) == days, name
            for key, part in parts.items():
                assert {day_key(name, part.start, beginning), day_key(name, part.last, beginning)} == {key}
