"""The app over a workspace that holds a whole demonstration, and clients signed in to it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from remit.services.playing import play
from remit.services.verifying import seal
from remit.services.workspace import Workspace
from tests.workspaces import composition, new_workspace

PASSWORD = "an invented pass phrase"
SignIn = Callable[..., Any]


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace of the reference mission with its demonstration recorded, made once; tests that write take their own."""
    return furnished(new_workspace(tmp_path_factory.mktemp("web"), "minusma"))


def furnished(workspace: Workspace) -> Workspace:
    """Give every role an account and record the demonstration."""
    for person in workspace.mission.people.values():
        workspace.accounts.add(person.key, person.name, person.roles, PASSWORD, invented=True)
    play(workspace, workspace.mission.demonstration)
    seal(workspace)
    return workspace


@pytest.fixture
def workspace(demonstration: Workspace) -> Workspace:
    """The demonstration's workspace, attached to the app."""
    composition().attach(demonstration)
    return demonstration


@pytest.fixture
def own_workspace(tmp_path: Path) -> Workspace:
    """A workspace of the test's own, to write in: accounts, and nothing recorded."""
    made = new_workspace(tmp_path, "minusma")
    for person in made.mission.people.values():
        made.accounts.add(person.key, person.name, person.roles, PASSWORD, invented=True)
    composition().attach(made)
    return made


@pytest.fixture
def sign_in() -> SignIn:
    """Return a client signed in as a person, reading in a language."""

    def signed_in(person: str, language: str = "en") -> Any:
        from django.test import Client

        client = Client()
        assert client.login(username=person, password=PASSWORD)
        client.cookies["django_language"] = language
        return client

    return signed_in
