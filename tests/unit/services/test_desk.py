"""My desk leaves out neither what is late nor what has just come in, and says where it leaves out anything."""

from __future__ import annotations

import pytest

from remit.services import desk as module
from remit.services.desk import desk
from remit.services.withdrawing import withdraw
from tests.unit.services.exercise import Exercise


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the desk look at two from either end."""
    monkeypatch.setattr(module, "LIMIT", 2)


def _numbers(exercise: Exercise) -> tuple[list[str], bool]:
    found = desk(exercise.on("2020-04-20"), exercise.actor("joc-officer"), "en")
    return [one.line.number for one in found.decide], found.cut


@pytest.mark.usefixtures("few")
def test_the_oldest_and_the_newest_lie_on_it_the_most_urgent_first(exercise: Exercise) -> None:
    made = [exercise.incident(f"2020-04-{day:02}").number for day in range(2, 7)]
    assert _numbers(exercise) == ([made[0], made[1], made[3], made[4]], True)


@pytest.mark.usefixtures("few")
def test_nothing_is_said_to_be_left_out_where_nothing_is(exercise: Exercise) -> None:
    made = [exercise.incident(f"2020-04-{day:02}") for day in range(2, 6)]
    assert _numbers(exercise) == ([one.number for one in made], False)
    # One that is withdrawn takes nobody's place.
    gone = exercise.incident("2020-04-01")
    withdraw(exercise.on("2020-04-06"), exercise.actor("joc-officer"), gone.id, reason="by mistake")
    assert _numbers(exercise) == ([one.number for one in made], False)
