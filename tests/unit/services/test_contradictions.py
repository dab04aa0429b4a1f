"""The same quantity from several sources, and what others printed: the difference is told, never smoothed over."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from remit.analysis.published import Printed, verdict
from remit.kernel.errors import Forbidden
from remit.kernel.periods import parse_period
from remit.kernel.wording import Words, same
from remit.missions.mission import Mission
from remit.records.actors import Actor
from remit.services.contradictions import Beside, contradictions, explained
from remit.services.importing import import_events
from remit.services.playing import Play
from tests.workspaces import composition

YEAR = parse_period("2017-06-29/2018-07-01")


@pytest.fixture(scope="module")
def mission() -> Mission:
    """The reference mission."""
    return composition().load("minusma")


def printed(value: float, **parts: float) -> Printed:
    """Return a number as printed."""
    return Printed("d/x", "D/1", same("D"), date(2018, 3, 29), "a page", same("X"), value, YEAR, parts=parts)


@pytest.mark.parametrize(
    ("then", "now", "counted", "found"),
    [
        (7, 7, True, "same"),
        (7, 9, True, "late"),
        (5, 9, True, "differs"),
        (None, None, True, "unknown"),
        (7, 7, False, "not-counted"),
    ],
)
def test_what_explains_a_difference(then: int | None, now: int | None, counted: bool, found: str) -> None:
    assert verdict(7, then, now, counted=counted) == found


def test_parts_that_do_not_add_up_are_told_as_printed() -> None:
    wrong = Beside(printed(64, a=35, b=7, c=16, d=1), None, None, None, "not-counted")
    assert not wrong.adds_up and wrong.printed.gap == 5
    assert "64 in all, 59 in its parts" in explained(wrong)[-1].en and "59 dans le détail" in explained(wrong)[-1].fr
    assert Beside(printed(63, a=37, b=26), None, None, None, "not-counted").adds_up


def test_a_reader_outside_compares_nothing(mission: Mission) -> None:
    with pytest.raises(Forbidden, match="ACC-023"):
        contradictions(composition().in_memory(mission), Actor("x", mission.roles["delegation"]), YEAR)


def test_two_sources_agree_or_differ(mission: Mission) -> None:
    workspace = composition().in_memory(mission)
    chief = Actor("x", mission.roles["chief-of-staff"])
    found = {one.quantity.key: one for one in contradictions(workspace, chief, YEAR).several}
    assert found["peacekeepers-killed"].agree is True  # none in either
    example = mission.measures["personnel-killed-by-malicious-acts"].examples[0]
    play = Play(workspace, "security-incident")
    for step in example.play:
        play.step(step)
    found = {one.quantity.key: one for one in contradictions(workspace, chief, YEAR).several}
    assert found["peacekeepers-killed"].agree is False
    assert [one.figure.value for one in found["peacekeepers-killed"].counts] == [2, 0]


def test_the_mandate_year_agrees_with_the_organizations_own_file(mission: Mission, corpus: Path) -> None:
    workspace = composition().in_memory(mission).at(datetime(2018, 7, 1, 12, tzinfo=UTC))
    officer = Actor("x", mission.roles["joc-officer"])
    file = corpus / "peacekeeping" / "minusma_fatalities.csv"
    if not file.exists():
        file = corpus / "data" / "peacekeeping" / "minusma_fatalities.csv"
    import_events(workspace, officer, "un-fatalities", file.read_bytes(), file.name)
    found = {one.quantity.key: one for one in contradictions(workspace, officer, YEAR).several}
    [_, published] = found["peacekeepers-killed"].counts
    assert published.figure.value == 25
    from remit.services.figuring import compute

    [whole] = compute(workspace, [mission.measures["fatalities-published"]], YEAR)
    assert whole.value == 43


def test_what_was_printed_has_its_document_and_where_it_was_seen(mission: Mission) -> None:
    assert len(mission.printed) >= 9
    assert all(one.document and one.seen and one.title.fr and one.label.fr for one in mission.printed)
    wrong = [one.key for one in mission.printed if one.gap]
    assert wrong == ["s-2018-1174/attacks-by-groups"]
    assert Words("", "") not in [one.label for one in mission.printed]
