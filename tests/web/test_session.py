"""Signing in, roles, languages, periods; errors that say what to do and show no trace."""

from __future__ import annotations

from typing import Any

import pytest

from remit.services.workspace import Workspace
from tests.web.conftest import PASSWORD


def test_sign_in__lists_invented_accounts_of_a_demonstration_only(own_workspace: Workspace) -> None:
    from django.test import Client

    assert b"joc-officer" in Client().get("/sign-in").content
    own_workspace.accounts.add("real.person", "A real person", ["planner"], PASSWORD, invented=False)
    html = Client().get("/sign-in").content
    assert b"joc-officer" not in html
    assert b"real.person" not in html


def test_sign_in__refuses_without_telling_which_was_wrong(workspace: Workspace) -> None:
    from django.test import Client

    client = Client()
    answers = [client.post("/sign-in", {"username": name, "password": "wrong"}) for name in ("joc-officer", "nobody")]
    assert [answer.status_code for answer in answers] == [400, 400]
    assert [b"do not go together" in answer.content for answer in answers] == [True, True]


@pytest.mark.parametrize(
    ("wanted", "reached"),
    [
        ("/desk", "/desk"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example", "/"),
        ("javascript:alert(1)", "/"),
    ],
)
def test_sign_in__goes_to_what_was_asked_and_never_elsewhere(workspace: Workspace, wanted: str, reached: str) -> None:
    from django.test import Client

    answer = Client().post("/sign-in", {"username": "joc-officer", "password": PASSWORD, "next": wanted})
    assert (answer.status_code, answer.headers["Location"]) == (302, reached)


def test_role__only_one_that_is_held(own_workspace: Workspace, sign_in: Any) -> None:
    own_workspace.accounts.add("two.hats", "Two hats (invented)", ["planner", "cts-chair"], PASSWORD, invented=True)
    client = sign_in("two.hats")
    assert client.post("/role", {"role": "cts-chair"}).status_code == 302
    assert client.get("/api/mission").json()["role"] == "cts-chair"
    assert client.post("/role", {"role": "human-rights-officer"}).status_code == 403
    assert client.get("/api/mission").json()["role"] == "cts-chair"


def test_role__taken_away_is_acted_in_no_more(own_workspace: Workspace, sign_in: Any) -> None:
    own_workspace.accounts.add("two.hats", "Two hats (invented)", ["planner", "cts-chair"], PASSWORD, invented=True)
    client = sign_in("two.hats")
    client.post("/role", {"role": "cts-chair"})
    own_workspace.accounts.add("two.hats", "Two hats (invented)", ["planner"], None, invented=True)
    assert client.get("/api/mission").json()["role"] == "planner"


def test_language__is_chosen_and_remembered(workspace: Workspace, sign_in: Any) -> None:
    client = sign_in("joc-officer")
    assert b"My desk" in client.get("/desk").content
    client.post("/language", {"language": "fr", "next": "/desk"})
    assert "Mon bureau" in client.get("/desk").content.decode()


def test_period__is_chosen_and_a_bad_one_is_explained(workspace: Workspace, sign_in: Any) -> None:
    client = sign_in("joc-officer")
    client.post("/period", {"period": "2017-07", "next": "/figures"})
    assert "1\u00a0July – 31\u00a0July" in client.get("/figures").content.decode().replace("&nbsp;", "\u00a0")
    answer = client.post("/period", {"period": "2017-02-30/2017-03-01"})
    assert answer.status_code == 400
    assert b"is not a date that exists" in answer.content


@pytest.mark.parametrize(
    ("language", "words"), [("en", "There is nothing here for you"), ("fr", "Il n’y a rien ici pour vous")]
)
def test_error__absent_page_in_each_language(workspace: Workspace, sign_in: Any, language: str, words: str) -> None:
    answer = sign_in("joc-officer", language).get("/no/such/page")
    assert answer.status_code == 404
    assert words in answer.content.decode()


def test_error__a_failure_shows_no_trace(workspace: Workspace, sign_in: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from remit.web.views import places

    def broken(*_: object) -> None:
        raise RuntimeError("a secret of the machine")

    monkeypatch.setattr(places, "desk_of", broken)
    client = sign_in("joc-officer")
    client.raise_request_exception = False
    answer = client.get("/desk")
    assert answer.status_code == 500
    assert b"secret" not in answer.content
    assert b"Traceback" not in answer.content
    assert b"Remit failed" in answer.content


def test_form__from_elsewhere_is_refused(workspace: Workspace, sign_in: Any) -> None:
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    answer = client.post("/sign-in", {"username": "joc-officer", "password": PASSWORD})
    assert answer.status_code == 403
    assert b"This form is too old" in answer.content
