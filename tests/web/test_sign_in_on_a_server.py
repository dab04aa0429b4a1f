"""Signing in, second factors, locks and tokens on PostgreSQL, under the application's own role."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from remit.services.standing import acting
from remit.services.tokens import make_token
from remit.services.workspace import Workspace
from tests.postgres import ROLE, address, new_pair, server, template
from tests.web.codes import code_of, set_up
from tests.web.conftest import PASSWORD
from tests.web.test_sign_in import CALM, enter
from tests.workspaces import composition

__all__ = ["new_pair", "server", "template"]
pytestmark = pytest.mark.full


@pytest.fixture
def place(server: Any, tmp_path: Path) -> Workspace:
    """A workspace whose databases stand on a server."""
    made = composition().create(tmp_path / "w", "exercise", database=address(server, "sign_in"), role=ROLE)
    made.accounts.add("strict.one", "Strict One", ["human-rights-officer"], PASSWORD, invented=False)
    composition().attach(made)
    return made


def test_sign_in__on_a_server(place: Workspace) -> None:
    client, _ = enter("strict.one")
    secret, recovery = set_up(client)
    assert client.get(CALM).status_code == 200
    again, answer = enter("strict.one")
    assert answer.headers["Location"] == "/account/second-factor/sign-in"
    assert again.post("/account/second-factor/sign-in", {"code": recovery[0]}).status_code == 302
    other = enter("strict.one")[0]
    assert other.post("/account/second-factor/sign-in", {"code": code_of(secret, steps=1)}).status_code == 302
    new = client.post("/account/second-factor/codes/new")
    assert new.status_code == 302
    client.post("/account/sessions/end-others")
    assert [one.get(CALM).status_code for one in (client, again, other)] == [200, 302, 302]
    _, token = make_token(place, acting(place, "strict.one"), "x", ["read", "write"], 1)
    shown = {"Authorization": f"Bearer {token}"}
    assert client.get("/api/mission", headers=shown).status_code == 200
    for _ in range(5):
        enter("strict.one", "wrong")
    assert "Too many tries" in enter("strict.one", "wrong")[1].content.decode()
    client.post("/account/sessions/end-all")
    from django.test import Client

    assert Client().get("/api/mission", headers=shown).status_code == 401
