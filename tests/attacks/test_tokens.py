"""Tokens replayed, expired, ended, stretched; guessed and stolen."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from remit.records.tokens import Token
from remit.services.standing import acting
from remit.services.tokens import end_token, make_token
from remit.services.workspace import Workspace
from tests.web.conftest import PASSWORD
from tests.workspaces import new_workspace


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    """A workspace in which people work."""
    made = new_workspace(tmp_path, "exercise")
    made.accounts.add("field.one", "Field One", ["joc-officer", "field-officer"], PASSWORD, invented=False)
    made.accounts.add("field.two", "Field Two", ["field-officer"], PASSWORD, invented=False)
    return made


def token(
    place: Workspace, *scopes: str, days: int = 1, role: str = "", now: datetime | None = None
) -> tuple[Token, str]:
    return make_token(place, acting(place, "field.one", role), "test", scopes or ("read",), days, now=now)


def ask(secret: str, url: str = "/api/mission", method: str = "get", **more: Any) -> Any:
    from django.test import Client

    return getattr(Client(), method)(url, headers={"Authorization": f"Bearer {secret}"}, **more)


def record(secret: str) -> Any:
    return ask(secret, "/api/records/incident", "post", data={"values": {}}, content_type="application/json")


@pytest.mark.attack("tokens replayed")
def test_ended(place: Workspace) -> None:
    made, secret = token(place)
    assert ask(secret).status_code == 200
    end_token(place, "field.one", made.id)
    assert (ask(secret).status_code, ask(secret).json()["problems"][0]["code"]) == (401, "ACC-067")


@pytest.mark.attack("tokens replayed")
def test_expired(place: Workspace) -> None:
    _, secret = token(place, days=1, now=datetime.now(UTC) - timedelta(days=1, seconds=1))
    assert ask(secret).status_code == 401


@pytest.mark.attack("tokens replayed")
def test_after_the_account_was_closed(place: Workspace) -> None:
    _, secret = token(place)
    place.accounts.close("field.one")
    assert ask(secret).status_code == 401


@pytest.mark.attack("tokens replayed")
def test_after_signing_out_everywhere(place: Workspace) -> None:
    from django.test import Client

    _, secret = token(place)
    client = Client()
    client.post("/sign-in", {"username": "field.one", "password": PASSWORD})
    client.post("/account/sessions/end-all")
    assert ask(secret).status_code == 401


@pytest.mark.attack("tokens replayed")
def test_after_its_role_was_taken_away(place: Workspace) -> None:
    _, secret = token(place, role="joc-officer")
    place.accounts.add("field.one", "Field One", ["field-officer"], None, invented=False)
    assert ask(secret).status_code == 403


@pytest.mark.attack("tokens stretched")
@pytest.mark.parametrize("scopes", [("read",), ("collect",), ("read", "collect")])
def test_writing_takes_its_scope(place: Workspace, scopes: tuple[str, ...]) -> None:
    answer = record(token(place, *scopes)[1])
    assert (answer.status_code, answer.json()["problems"][0]["code"]) == (403, "ACC-068")


@pytest.mark.attack("tokens stretched")
@pytest.mark.parametrize("scopes", [("write",), ("collect",)])
def test_reading_takes_its_scope(place: Workspace, scopes: tuple[str, ...]) -> None:
    assert ask(token(place, *scopes)[1], "/api/records").status_code == 403
    assert ask(token(place, *scopes)[1], "/ogc/collections").status_code == 403


@pytest.mark.attack("tokens stretched")
@pytest.mark.parametrize("url", ["/", "/desk", "/records", "/account", "/people"])
def test_a_token_opens_no_page(place: Workspace, url: str) -> None:
    answer = ask(token(place, "read", "write")[1], url)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/sign-in")


@pytest.mark.attack("tokens guessed")
@pytest.mark.parametrize("secret", ["", "remit_", "remit_" + "A" * 43, "None", "remit_\x00", "' OR 1=1 --", "Ω" * 20])
def test_guessed(place: Workspace, secret: str) -> None:
    token(place)
    try:
        answer = ask(secret)
    except (UnicodeError, ValueError):
        return  # no program can even send it
    assert answer.status_code == 401


@pytest.mark.attack("tokens guessed")
def test_guessing_is_slowed(place: Workspace) -> None:
    from django.core.cache import caches

    caches["here"].clear()
    answers = [ask(f"remit_{number}").status_code for number in range(35)]
    assert answers[0] == 401
    assert answers[-1] == 429
    caches["here"].clear()


@pytest.mark.attack("tokens guessed")
def test_the_digest_that_is_stored_opens_nothing(place: Workspace) -> None:
    from remit.services.tokens import digest_of
    from remit.store.models import ApiToken

    _, secret = token(place)
    stored = ApiToken.objects.get()
    assert stored.digest == digest_of(secret)
    assert secret not in str(vars(stored))
    assert ask(stored.digest).status_code == 401


@pytest.mark.attack("tokens stretched")
def test_a_password_is_no_token(place: Workspace) -> None:
    import base64

    from django.test import Client

    basic = base64.b64encode(f"field.one:{PASSWORD}".encode()).decode()
    assert Client().get("/api/mission", headers={"Authorization": f"Basic {basic}"}).status_code == 401
    _, secret = token(place)
    other = base64.b64encode(f"field.two:{secret}".encode()).decode()
    assert Client().get("/api/mission", headers={"Authorization": f"Basic {other}"}).status_code == 401


@pytest.mark.attack("tokens stretched")
def test_a_token_of_another_is_not_ended(place: Workspace) -> None:
    from django.test import Client

    made, secret = token(place)
    client = Client()
    client.post("/sign-in", {"username": "field.two", "password": PASSWORD})
    assert client.post("/account/tokens/end", {"token": made.id}).status_code == 404
    assert ask(secret).status_code == 200


@pytest.mark.attack("tokens stretched")
def test_a_token_makes_no_token(place: Workspace) -> None:
    answer = ask(
        token(place, "read", "write")[1],
        "/account/tokens",
        "post",
        data={"name": "more", "scope": "write", "days": "366"},
    )
    assert answer.status_code == 302
    assert len(place.accounts.tokens.of("field.one")) == 1
