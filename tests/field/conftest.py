"""A workspace whose forms are filled in the field, and a program with a token for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from remit.services.standing import acting
from remit.services.tokens import make_token
from remit.services.workspace import Workspace
from tests.web.conftest import PASSWORD
from tests.workspaces import new_workspace


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    """A workspace of the reference mission, with two people in it."""
    made = new_workspace(tmp_path, "minusma")
    made.accounts.add("field.one", "Field One", ["field-officer"], PASSWORD, invented=False)
    made.accounts.add("outside.one", "Outside One", ["researcher"], PASSWORD, invented=False)
    return made


@pytest.fixture
def secret(place: Workspace) -> str:
    """A token that collects."""
    return make_token(place, acting(place, "field.one"), "Collect", ["collect"], 30)[1]
