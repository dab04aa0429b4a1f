"""A workspace of the exercise with records, and the command line on it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from remit.config.entry import run
from remit.records.actors import Actor
from remit.services.recording import record
from remit.services.workspace import Workspace
from tests.postgres import new_pair, server, template
from tests.workspaces import composition, new_workspace

__all__ = ["new_pair", "server", "template"]

SECRET = "zq-the-ferryman-of-the-lower-bank"
"""Words that stand nowhere else."""


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """Return an empty workspace of the exercise."""
    made = new_workspace(tmp_path)
    yield made
    composition().close(made)


@pytest.fixture
def remit(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Return how to run a command: status, standard output, standard error."""

    def command(*arguments: object) -> tuple[int, str, str]:
        status = run([str(one) for one in arguments])
        told = capsys.readouterr()
        return status, told.out, told.err

    return command


def actor(workspace: Workspace, role: str, person: str = "somebody") -> Actor:
    """Return somebody in a role."""
    return Actor(person, workspace.mission.roles[role])


def read(text: str) -> Any:
    """Return JSON."""
    return json.loads(text)


def incident(workspace: Workspace, title: str = "Shots at the pier", **values: Any) -> Any:
    """Record an invented incident."""
    raw = {
        "title": title,
        "occurred_on": {"on": "2020-04-01", "precision": "day"},
        "category": "shooting",
        "place": {"lat": 1.0, "lon": 2.0},
        **values,
    }
    return record(workspace, actor(workspace, "joc-officer"), "incident", raw)
