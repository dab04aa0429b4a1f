"""The shipped missions, loaded once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from remit.missions.load import load_mission
from remit.missions.mission import Mission

MISSIONS = Path(__file__).parents[3] / "missions"
Loaded = Callable[[str], Mission]


@pytest.fixture(scope="session")
def missions_folder() -> Path:
    """Return the folder that the missions ship in."""
    return MISSIONS


@pytest.fixture(scope="session")
def loaded() -> Loaded:
    """Return how to load a shipped mission; problems fail the test that asks."""

    @cache
    def load(key: str) -> Mission:
        mission, issues = load_mission(MISSIONS / key, search=[MISSIONS])
        assert not issues, [(issue.code, issue.where, issue.message.en) for issue in issues]
        assert mission is not None
        return mission

    return load
