"""Frozen figures: what they keep, how they are held against what is known now, and how they are corrected in the open."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from remit.kernel.errors import BadInput, Forbidden, Hidden
from remit.services.freezing import correct, freeze, frozen, frozen_one, review
from remit.services.looking import find
from tests.unit.services.exercise import QUARTER, Exercise

KEY = "incidents-verified"
CUT_OFF = datetime(2020, 4, 30, tzinfo=UTC)


@pytest.fixture
def printed(exercise: Exercise) -> Exercise:
    """Return the exercise with one verified incident and its figure frozen."""
    exercise.verified()
    freeze(exercise.on("2020-06-20"), exercise.actor("reporting-officer"), [KEY], QUARTER, as_of=CUT_OFF)
    return exercise


def test_a_frozen_figure_keeps_value_definition_snapshot_and_entries(printed: Exercise) -> None:
    [one] = frozen(printed.workspace, printed.actor("reporting-officer"))
    assert one.record.number == "UNXMT-FIG-2020-0001"
    assert one.figure.value == 1 and one.figure.as_of == CUT_OFF
    assert one.figure.definition == printed.workspace.mission.measures[KEY].digest
    entries = list(printed.workspace.journal.entries(record=one.figure.record_ids[0]))
    assert sorted(one.entry_ids) == sorted(entry.id for entry in entries)
    assert review(printed.workspace, one).same


def test_a_late_entry_changes_the_live_figure_and_never_the_frozen_one(printed: Exercise) -> None:
    officer = printed.actor("reporting-officer")
    late = printed.verified("2020-05-02")
    [one] = frozen(printed.workspace, officer)
    found = review(printed.workspace, one)
    assert (one.figure.value, found.old, found.new, found.same) == (1, 1, 2, False)
    assert found.reason.en and found.reason.fr and found.reason.en != found.reason.fr
    made = correct(printed.on("2020-07-01"), officer, one.record.id, reason="Verified after the cut-off")
    assert (made.values["old_value"], made.values["new_value"]) == (1, 2)
    assert made.values["reason"] == "Verified after the cut-off"
    [after] = frozen(printed.workspace, officer)
    assert after.figure == one.figure and [record.id for record in after.corrections] == [made.id]
    assert late.id not in after.figure.record_ids


def test_a_correction_needs_a_change_a_reason_and_news(printed: Exercise) -> None:
    officer = printed.actor("reporting-officer")
    [one] = frozen(printed.workspace, officer)
    with pytest.raises(BadInput) as refused:
        correct(printed.workspace, officer, one.record.id, reason="For the sake of it")
    assert refused.value.code == "MEA-044"
    printed.verified("2020-05-02")
    with pytest.raises(BadInput) as refused:
        correct(printed.workspace, officer, one.record.id, reason=" ")
    assert refused.value.code == "MEA-044"
    made = correct(printed.workspace, officer, one.record.id, reason="Late verification")
    with pytest.raises(BadInput) as refused:
        correct(printed.workspace, officer, one.record.id, reason="Once more")
    assert refused.value.code == "FIG-003" and made.number in refused.value.text()
    printed.verified("2020-05-09")
    assert correct(printed.workspace, officer, one.record.id, reason="Another").values["new_value"] == 3


def test_who_may_not_freeze_or_see_is_refused(printed: Exercise) -> None:
    [one] = frozen(printed.workspace, printed.actor("reporting-officer"))
    planner = printed.actor("planner")
    for act in (
        lambda: freeze(printed.workspace, planner, [KEY], QUARTER),
        lambda: correct(printed.workspace, planner, one.record.id, reason="r"),
    ):
        with pytest.raises(Forbidden) as refused:
            act()
        assert refused.value.code == "ACC-021"
    assert frozen(printed.workspace, printed.actor("administrator")) == []
    with pytest.raises(Hidden):
        frozen_one(printed.workspace, printed.actor("administrator"), one.record.id)
    with pytest.raises(Hidden):
        frozen_one(printed.workspace, planner, one.figure.record_ids[0])


def test_a_measure_that_does_not_exist_freezes_nothing(exercise: Exercise) -> None:
    officer = exercise.actor("reporting-officer")
    with pytest.raises(BadInput):
        freeze(exercise.workspace, officer, [KEY, "nothing-of-the-kind"], QUARTER)
    assert find(exercise.workspace, officer, types=["frozen-figure"]).total == 0
