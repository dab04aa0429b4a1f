"""Figures for readers outside: no record is named, and the way back lists only what they may see."""

from __future__ import annotations

from dataclasses import replace

import pytest

from remit.config.composition import Composition
from remit.config.settings import Settings
from remit.services import figuring
from remit.services.figuring import figures, walk_back
from remit.services.veiling import Veiled
from remit.services.workspace import Workspace
from tests.acceptance.steps import CUT_OFF, QUARTER, Walk

KEY = "ceasefire-findings-confirmed"


@pytest.fixture(scope="module")
def composition() -> Composition:
    return Composition(Settings())


@pytest.fixture
def walk(composition: Composition) -> Walk:
    """One finding confirmed and one alleged, both confidential; invented."""
    walk = Walk(composition.in_memory(composition.load("minusma")))
    walk.record_event()
    walk.record_finding("clash", "armed-clash", by="emov-member")
    walk.record_finding("shots", "shooting")
    walk.verify("clash")
    walk.confirm("clash", "2017-07-31T10:00:00+00:00")
    return walk


def with_measure(workspace: Workspace, **changed: object) -> Workspace:
    """Return the workspace with one measure declared otherwise."""
    measures = {**workspace.mission.measures}
    measures[KEY] = replace(measures[KEY], **changed)  # type: ignore[arg-type]
    return replace(workspace, mission=replace(workspace.mission, measures=measures))


def test_outside_no_record_is_named_whatever_is_broken_down(walk: Walk) -> None:
    inside = figures(walk.workspace, walk.actor("reporting-officer"), QUARTER, keys=[KEY], by=("month",))[0]
    outside = figures(walk.workspace, walk.actor("delegation"), QUARTER, keys=[KEY], by=("month",))[0]
    assert inside.record_ids == (walk.made["clash"].id,)
    assert (outside.value, [c.value for c in outside.cells]) == (inside.value, [c.value for c in inside.cells])
    assert walk.made["clash"].id not in str(outside.to_json())


def test_outside_the_way_back_finds_the_records_again_and_lists_none_that_is_not_released(walk: Walk) -> None:
    delegation = walk.actor("delegation")
    figure = figures(walk.workspace, delegation, QUARTER, keys=[KEY])[0]
    told, untold = (with_measure(walk.workspace, count_unseen=said) for said in (True, False))
    assert walk_back(told, delegation, figure) == figuring.WalkBack((), 1)
    assert walk_back(untold, delegation, figure) == figuring.WalkBack((), None)


def test_outside_the_way_back_lists_what_he_may_see(walk: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    delegation = walk.actor("delegation")
    figure = figures(walk.workspace, delegation, QUARTER, keys=[KEY])[0]
    monkeypatch.setattr(figuring, "visible_among", lambda *asked: frozenset(asked[-1]))
    monkeypatch.setattr(figuring, "veil", lambda workspace, actor, records: [Veiled(one) for one in records])
    back = walk_back(walk.workspace, delegation, figure)
    assert ([one.id for one in back.records], back.unseen) == ([walk.made["clash"].id], 0)


def test_behind_a_withheld_value_nothing_is_listed_or_counted(walk: Walk) -> None:
    delegation = walk.actor("delegation")
    strict = with_measure(walk.workspace, smallest_cell={"council": 5}, count_unseen=True)
    figure = figures(strict, delegation, QUARTER, keys=[KEY])[0]
    assert (figure.value, figure.withheld) == (None, True)
    assert walk_back(strict, delegation, figure) == figuring.WalkBack((), None)
    inside = figures(strict, walk.actor("reporting-officer"), QUARTER, keys=[KEY])[0]
    assert walk_back(strict, delegation, inside) == figuring.WalkBack((), None)


def test_inside_the_way_back_is_the_figure_s_own(walk: Walk) -> None:
    officer = walk.actor("reporting-officer")
    figure = figures(walk.workspace, officer, QUARTER, keys=[KEY], as_of=CUT_OFF)[0]
    walk.verify("shots")
    walk.confirm("shots", "2017-09-25T10:00:00+00:00")
    assert [one.id for one in walk_back(walk.workspace, officer, figure).records] == [walk.made["clash"].id]


def test_outside_the_way_back_keeps_to_what_was_known_then(walk: Walk) -> None:
    delegation = walk.actor("delegation")
    then = figures(walk.workspace, delegation, QUARTER, keys=[KEY], as_of=CUT_OFF)[0]
    walk.verify("shots")
    walk.confirm("shots", "2017-09-25T10:00:00+00:00")
    told = with_measure(walk.workspace, count_unseen=True)
    assert walk_back(told, delegation, then).unseen == 1
    assert walk_back(told, delegation, figures(told, delegation, QUARTER, keys=[KEY])[0]).unseen == 2
