"""Workspaces in memory: of the exercise, and of a larger mission where the exercise has no such thing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from remit.measures.lazy import LazyEngine
from remit.missions.mission import Mission
from tests.unit.services.exercise import Exercise
from tests.workspaces import composition


@pytest.fixture(scope="session")
def engine() -> Iterator[LazyEngine]:
    """Return one engine for all workspaces: what it compiled once serves every snapshot."""
    shared = LazyEngine()
    yield shared
    shared.close()


@pytest.fixture(scope="session")
def mission() -> Mission:
    """Return the exercise, loaded once."""
    return composition().load("exercise")


@pytest.fixture(scope="session")
def larger() -> Mission:
    """Return the mission of the demonstration, loaded once."""
    return composition().load(composition().default_mission())


@pytest.fixture
def exercise(mission: Mission, engine: LazyEngine) -> Exercise:
    """Return an empty workspace of the exercise."""
    return Exercise(replace(composition().in_memory(mission), engine=engine))
