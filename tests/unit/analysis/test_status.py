"""A status has a reason in both languages, and an unknown one says what is missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from remit.analysis.status import Status, status_of_clock, status_of_figure, status_of_limit, status_of_task
from remit.analysis.trend import change
from remit.kernel.periods import parse_period
from remit.kernel.wording import Words, same
from remit.mandate.declared import DeclaredLimit, Task
from remit.measures.figures import Figure, Number
from tests.unit.measures.factories import measure

CEILING = DeclaredLimit("military", 13_289, Words("military personnel", "militaires"))
DUE = (date(2017, 9, 29), date(2017, 12, 29))


def figure(value: Number | None, period: str = "2017-Q3", **more: object) -> Figure:
    """Return a figure of a value."""
    made = Figure("tested", value, "u", parse_period(period), "r", (), 1, "d" * 64, "s")
    return replace(made, **more)  # type: ignore[arg-type]


def said(status: Status) -> str:
    """Return the state, after checking that the reason is there in both languages."""
    assert status.reason.en.endswith(".") and status.reason.fr.endswith(".") and status.reason.en != status.reason.fr
    assert "{" not in status.reason.en + status.reason.fr
    return status.state


@pytest.mark.parametrize(
    ("held", "state", "words"),
    [
        (figure(10_742), "met", "10,742 against a ceiling of 13,289 military personnel (80.8 per cent)."),
        (figure(13_289), "at-risk", "(100 per cent)"),
        (figure(13_290), "missed", "1 above it"),
        (figure(None), "unknown", "not reported"),
        (None, "unknown", "no figure"),
        (figure(12_000, lower_bound=True), "unknown", "at least"),
        (figure(14_000, lower_bound=True), "missed", "711 above"),
    ],
)
def test_a_ceiling(held: Figure | None, state: str, words: str) -> None:
    status = status_of_limit(held, CEILING)
    assert said(status) == state and words in status.reason.en


@pytest.mark.parametrize(
    ("today", "answered", "state", "words"),
    [
        (date(2017, 8, 1), (), "on-track", "Next due on 29 September 2017, in 59 days."),
        (date(2017, 9, 20), (), "at-risk", "in 9 days"),
        (date(2017, 9, 29), (), "at-risk", "in 0 days"),
        (date(2017, 9, 30), (), "missed", "1 day ago"),
        (date(2017, 10, 10), {date(2017, 9, 29): date(2017, 10, 2)}, "on-track", "1 answered late."),
        (date(2018, 1, 1), DUE, "met", "29 December 2017"),
    ],
)
def test_a_duty_with_dates(today: date, answered: object, state: str, words: str) -> None:
    status = status_of_clock(DUE, today, answered)  # type: ignore[arg-type]
    assert said(status) == state and words in status.reason.en


def test_a_duty_without_dates_says_so() -> None:
    assert said(status_of_clock((), date(2017, 8, 1), ())) == "unknown"


@pytest.mark.parametrize(
    ("value", "more", "state"),
    [
        (0.9, {"better": "higher"}, "met"),
        (0.7, {"better": "higher"}, "missed"),
        (0.7, {"better": "lower"}, "met"),
        (0.9, {"better": "lower"}, "missed"),
        (None, {"better": "higher"}, "unknown"),
        (0.9, {}, "unknown"),
    ],
)
def test_a_target_is_met_on_its_good_side(value: Number | None, more: dict[str, str], state: str) -> None:
    one = replace(measure("share"), target=0.8, **more)  # type: ignore[arg-type]
    assert said(status_of_figure(one, figure(value))) == state


def test_a_target_to_stay_below_is_not_met_by_at_least() -> None:
    assert (
        said(status_of_figure(replace(measure(), target=5, better="lower"), figure(3, lower_bound=True))) == "unknown"
    )


TASK = Task("t", "20.a", same("task"), "force", measures=("tested",), records=("incident",))


def test_a_task_stands_where_its_gravest_part_stands_and_says_what_is_open() -> None:
    target = {"tested": replace(measure(), target=2, better="higher")}
    met = status_of_task(TASK, {"tested": figure(3)}, {"met": 1}, 4, measures=target)  # type: ignore[arg-type]
    assert said(met) == "on-track" and "No time limit" in met.reason.en
    late = status_of_task(TASK, {"tested": figure(3)}, {"overdue": 1, "met": 1}, 4, measures=target)  # type: ignore[arg-type]
    assert said(late) == "at-risk" and "1 of 2" in late.reason.en
    missed = status_of_task(TASK, {"tested": figure(1)}, {"overdue": 1}, 4, measures=target)  # type: ignore[arg-type]
    assert said(missed) == "missed" and "short of the target of 2" in missed.reason.en


def test_a_task_that_nothing_judges_is_unknown_and_says_what_is_missing() -> None:
    status = status_of_task(TASK, {"tested": figure(3)}, {}, 0, measures={"tested": measure()})  # type: ignore[arg-type]
    assert said(status) == "unknown"
    assert "no target is declared" in status.reason.en and "Nothing has been recorded" in status.reason.en
    assert "No measure follows it" in status_of_task(replace(TASK, measures=()), {}, {}, 1, measures={}).reason.en


def test_many_figures_without_a_target_are_counted_and_not_listed() -> None:
    keys = tuple(f"m-{nth}" for nth in range(5))
    task = replace(TASK, measures=keys, records=())
    figures = {key: figure(3 if nth else None) for nth, key in enumerate(keys)}
    status = status_of_task(task, figures, {}, 1, measures=dict.fromkeys(keys, measure()))  # type: ignore[arg-type]
    assert "without a target: 4" in status.reason.en and "from yet: 1" in status.reason.en
    assert "sans cible : 4" in status.reason.fr


@pytest.mark.parametrize(
    ("kind", "now", "before", "direction", "words"),
    [
        ("count", figure(6), figure(4, "2017-Q2"), "up", "Up by 2 (50 per cent) from 4."),
        ("count", figure(3), figure(0, "2017-Q2"), "up", "Up by 3 from 0."),
        ("count", figure(4), figure(4, "2017-Q2"), "same", "Unchanged"),
        ("share", figure(0.6), figure(0.667, "2017-Q2"), "down", "Down by 6.7 percentage points from 66.7 per cent."),
        ("share", figure(None), figure(0.5, "2017-Q2"), "unknown", "not defined"),
        ("count", figure(6), figure(4, "2017-06"), "unknown", "not equally long"),
        ("count", figure(6, definition="other"), figure(4, "2017-Q2"), "unknown", "definition changed"),
        ("count", figure(6, lower_bound=True), figure(4, "2017-Q2"), "up", "at least"),
    ],
)
def test_a_change_is_by_the_same_rule_or_not_at_all(
    kind: str, now: Figure, before: Figure, direction: str, words: str
) -> None:
    found = change(measure(kind), now, before)
    assert found.direction == direction and words in found.reason.en and found.reason.fr != found.reason.en


def test_a_change_is_better_only_where_the_measure_says_which_side_is() -> None:
    now, before = figure(6), figure(4, "2017-Q2")
    assert change(measure(), now, before).better is None
    assert change(replace(measure(), better="higher"), now, before).better is True
    assert change(replace(measure(), better="lower"), now, before).better is False
