"""Every worked example of every mission that ships, each a test of its own, played through services.

A folder that cannot be loaded is one failing test that says why: it does not stop the others from being collected.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pytest
import yaml

from remit.kernel.issues import errors
from remit.measures.lazy import LazyEngine
from remit.missions.load import load_mission
from remit.missions.mission import Mission
from remit.services.checking import Case, cases_of, run
from tests.workspaces import composition

MISSIONS = Path(__file__).parents[2] / "missions"


@dataclass(frozen=True)
class Played:
    """An example of a mission, or what is wrong with the mission's folder."""

    mission: Mission | None
    case: Case | None
    wrong: str = ""


@cache
def folder(key: str) -> tuple[Mission | None, str]:
    """Load a mission once; what is wrong with it is returned, not raised."""
    try:
        mission, issues = load_mission(MISSIONS / key, search=[MISSIONS])
    except Exception as fault:  # noqa: BLE001 - whatever it is, it is that mission's failing test
        return None, repr(fault)
    return mission, "\n".join(issue.text() for issue in errors(issues))


def items() -> Iterator[object]:
    """Yield every example of every mission, or one item for a mission that cannot be loaded."""
    for key in yaml.safe_load((MISSIONS / "index.yaml").read_text("utf-8"))["missions"]:
        mission, wrong = folder(key)
        cases: Sequence[Case] = list(cases_of(mission)) if mission else ()
        if wrong or not cases:
            yield pytest.param(Played(mission, None, wrong or "it has no worked example"), id=f"{key}-loads")
        for case in cases:
            yield pytest.param(Played(mission, case), id=f"{key}-{case.key}-{case.number}")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Make an item of each example."""
    if "played" in metafunc.fixturenames:
        metafunc.parametrize("played", list(items()))


@pytest.fixture(scope="module")
def engine() -> Iterator[LazyEngine]:
    """Return one engine for all examples: what it compiled for one serves the others."""
    shared = LazyEngine()
    yield shared
    shared.close()


def test_example_holds(played: Played, engine: LazyEngine) -> None:
    assert played.mission is not None and played.case is not None, played.wrong
    workspace = replace(composition().in_memory(played.mission), engine=engine)
    assert [issue.text() for issue in run(workspace, played.case)] == []
