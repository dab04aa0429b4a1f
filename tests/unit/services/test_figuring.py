"""Figures: the same for every reader or refused, as known at an instant, and walked back to what the reader may see."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from remit.kernel.errors import BadInput, Forbidden
from remit.services.figuring import figures, snapshot, walk_back
from tests.unit.services.exercise import QUARTER, Exercise

KEY = "incidents-verified"


def test_a_figure_carries_what_stands_behind_it(exercise: Exercise) -> None:
    made = exercise.verified()
    exercise.incident("2020-04-05")
    figure = figures(exercise.workspace, exercise.actor("planner"), QUARTER, keys=[KEY])[0]
    assert (figure.value, figure.record_ids, figure.invented) == (1, (made.id,), True)
    assert figure.rule and figure.definition == exercise.workspace.mission.measures[KEY].digest


def test_a_share_of_nothing_is_not_zero(exercise: Exercise) -> None:
    exercise.incident()
    figure = figures(exercise.workspace, exercise.actor("planner"), QUARTER, keys=["patrols-completed"])[0]
    assert figure.value is None and figure.denominator == 0


def test_two_instants_that_look_alike_are_two(exercise: Exercise) -> None:
    exercise.verified("2020-04-02")
    east = datetime(2020, 4, 2, 17, tzinfo=timezone(timedelta(hours=2)))  # 15:00 UTC, an hour before the verification
    later = datetime(2020, 4, 2, 17, tzinfo=UTC)
    officer = exercise.actor("planner")
    values = [figures(exercise.workspace, officer, QUARTER, keys=[KEY], as_of=at)[0].value for at in (later, east)]
    assert values == [1, 0]
    assert snapshot(exercise.workspace, as_of=later).name != snapshot(exercise.workspace, as_of=east).name


@pytest.mark.parametrize(
    ("keys", "by", "code", "told"),
    [
        (["incidents-verifed"], [], "FIG-001", "“incidents-verified”"),
        (["zzz"], [], "FIG-001", "patrols-completed"),
        (None, ["iland"], "FIG-002", "“island”"),
        ([KEY], ["mode"], "FIG-002", "category"),
    ],
)
def test_what_does_not_exist_is_answered_with_what_does(
    exercise: Exercise, keys: list[str] | None, by: list[str], code: str, told: str
) -> None:
    with pytest.raises(BadInput) as refused:
        figures(exercise.workspace, exercise.actor("planner"), QUARTER, keys=keys, by=by)
    assert refused.value.code == code
    assert told in refused.value.text()


def test_who_may_not_see_a_figure_is_refused_and_gets_no_smaller_one(exercise: Exercise) -> None:
    exercise.verified()
    officer = exercise.actor("administrator")
    assert figures(exercise.workspace, officer, QUARTER) == []
    with pytest.raises(Forbidden) as refused:
        figures(exercise.workspace, officer, QUARTER, keys=[KEY])
    assert refused.value.code == "FIG-021"


def test_a_reader_outside_gets_the_value_and_no_record(exercise: Exercise) -> None:
    exercise.verified()
    outside = exercise.actor("delegation")
    figure = figures(exercise.workspace, outside, QUARTER, keys=[KEY], by=["month"])[0]
    assert figure.value == 1 and figure.record_ids == ()
    assert all(cell.record_ids == () for cell in figure.cells)
    assert walk_back(exercise.workspace, outside, figure).records == ()  # the incident is confidential


def test_walking_back_lists_what_the_reader_may_see_and_counts_the_rest_where_the_measure_says_so(
    exercise: Exercise,
) -> None:
    made = exercise.verified()
    figure = figures(exercise.workspace, exercise.actor("joc-officer"), QUARTER, keys=[KEY])[0]
    inside = walk_back(exercise.workspace, exercise.actor("joc-officer"), figure)
    assert [record.id for record in inside.records] == [made.id] and inside.unseen == 0
    below = walk_back(exercise.workspace, exercise.actor("administrator"), figure)
    assert below.records == () and below.unseen == 1
