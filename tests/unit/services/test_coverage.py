"""Coverage that cannot be faked: what is hollow serves nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from remit.missions.mission import Mission
from remit.records.types import Example
from remit.reporting.outline import Part
from remit.services.coverage import counted, coverage
from tests.workspaces import composition


@pytest.fixture(scope="module")
def mission() -> Mission:
    """The small mission."""
    return composition().load("exercise")


def served(mission: Mission) -> set[str]:
    """Return the paths served."""
    return {row.path for row in coverage(mission) if row.served}


def with_type(mission: Mission, key: str, **named: Any) -> Mission:
    """Return the mission with a record type changed."""
    return replace(mission, record_types={**mission.record_types, key: replace(mission.record_types[key], **named)})


def with_examples(mission: Mission, key: str, then: Mapping[str, Any]) -> Mission:
    """Return the mission with the effects of a type's examples replaced, and its measures without examples."""
    kind = mission.record_types[key]
    examples = tuple(replace(one, then=then) for one in kind.examples if not one.refused)
    measures = {k: replace(m, examples=()) for k, m in mission.measures.items()}
    return replace(with_type(mission, key, examples=examples), measures=measures)


def everything(mission: Mission) -> tuple[str, ...]:
    """Return every path of the mandate."""
    return tuple(mission.instrument.provisions)


def test_the_exercise_serves_what_it_plays_through(mission: Mission) -> None:
    assert {"2", "7.a.i"} <= served(mission)
    assert counted(coverage(mission))[0] < counted(coverage(mission))[1]


def test_a_product_alone_serves_nothing(mission: Mission) -> None:
    [key, *_] = [key for key in mission.products if key == "quarterly-note"]
    product = mission.products[key]

    def wide(part: Part) -> Part:
        return replace(part, answers=everything(mission), parts=tuple(wide(one) for one in part.parts))

    faked = replace(mission, products={key: replace(product, parts=tuple(wide(one) for one in product.parts))})
    assert served(faked) == served(mission)


def test_watching_something_that_is_not_there_serves_nothing(mission: Mission) -> None:
    provisions = {path: replace(one, watched=("something",)) for path, one in mission.instrument.provisions.items()}
    faked = replace(mission, instrument=replace(mission.instrument, provisions=provisions))
    assert served(faked) == served(mission)


@pytest.mark.parametrize(
    "then", [{}, {"state": "verified"}, {"figures": {"incidents-verified": 0}}, {"clocks": {"verify": "running"}}]
)
def test_an_effect_of_nothing_serves_nothing(mission: Mission, then: Mapping[str, Any]) -> None:
    hollow = with_examples(mission, "incident", then)
    hollow = with_examples(hollow, "patrol", then)
    assert served(hollow) == set()


def test_moving_another_record_to_its_end_serves_nothing(mission: Mission) -> None:
    play = (
        {"id": "other", "type": "patrol", "record": {}},
        {"record": {}},
        {"move": "verify", "of": "other"},
    )
    kind = replace(mission.record_types["incident"], examples=(Example(play, {"figures": {"incidents-verified": 1}}),))
    measures = {k: replace(m, examples=()) for k, m in mission.measures.items()}
    types = {**mission.record_types, "incident": kind, "patrol": replace(mission.record_types["patrol"], examples=())}
    assert served(replace(mission, record_types=types, measures=measures)) == set()


def test_the_reference_mission_is_served_whole() -> None:
    assert counted(coverage(composition().load("minusma"))) == (49, 49, 38, 38)
