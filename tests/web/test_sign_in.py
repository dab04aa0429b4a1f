"""Second factors, lock-out, sessions, passwords."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from remit.services.workspace import Workspace
from tests.web.codes import code_of, set_up
from tests.web.conftest import PASSWORD
from tests.workspaces import new_workspace

CALM = "/desk"


@pytest.fixture
def real(tmp_path: Path) -> Workspace:
    """A workspace in which people work: two of them, none invented."""
    made = new_workspace(tmp_path, "exercise")
    made.accounts.add("strict.one", "Strict One", ["human-rights-officer", "planner"], PASSWORD, invented=False)
    made.accounts.add("plain.one", "Plain One", ["planner"], PASSWORD, invented=False)
    return made


def enter(person: str, password: str = PASSWORD, client: Any = None, **more: str) -> tuple[Any, Any]:
    from django.test import Client

    client = client or Client()
    return client, client.post("/sign-in", {"username": person, "password": password, **more})


def test_second_factor__is_asked_of_roles_that_see_the_strictest(real: Workspace) -> None:
    client, answer = enter("strict.one")
    assert answer.status_code == 302
    assert client.get(CALM).headers["Location"].startswith("/account/second-factor/activate")
    assert client.get("/api/mission").status_code == 403
    assert client.get("/api/mission").json()["problems"][0]["code"] == "ACC-066"
    secret, recovery = set_up(client)
    assert client.get(CALM).status_code == 200
    assert len(recovery) == 10
    assert enter("plain.one")[0].get(CALM).status_code == 200

    stored = _stored_secrets()
    assert stored
    assert all(secret not in one for one in stored)


def _stored_secrets() -> list[str]:
    from allauth.mfa.models import Authenticator

    return [str(data) for data in Authenticator.objects.values_list("data", flat=True)]


def test_second_factor__a_password_alone_opens_nothing(real: Workspace) -> None:
    secret, recovery = set_up(enter("strict.one")[0])
    client, answer = enter("strict.one", next="/figures")
    assert answer.headers["Location"] == "/account/second-factor/sign-in"
    assert client.get(CALM).headers["Location"].startswith("/sign-in")
    wrong = client.post("/account/second-factor/sign-in", {"code": "000000"})
    assert wrong.status_code == 200
    assert "does not match" in wrong.content.decode()
    right = client.post("/account/second-factor/sign-in", {"code": code_of(secret, steps=1)})
    assert right.headers["Location"] == "/figures"
    assert client.get(CALM).status_code == 200

    by_recovery = enter("strict.one")[0]
    assert by_recovery.post("/account/second-factor/sign-in", {"code": recovery[0]}).status_code == 302
    again = enter("strict.one")[0]
    assert again.post("/account/second-factor/sign-in", {"code": recovery[0]}).status_code == 200, "each opens once"


def test_second_factor__who_must_have_it_cannot_drop_it(real: Workspace) -> None:
    strict, plain = enter("strict.one")[0], enter("plain.one")[0]
    set_up(strict)
    set_up(plain)
    page = strict.post("/account/second-factor/deactivate")
    assert "asks for a second factor; it stays" in page.content.decode()
    assert real.accounts.has_second_factor("strict.one")
    assert plain.post("/account/second-factor/deactivate").status_code == 302
    assert not real.accounts.has_second_factor("plain.one")


def test_second_factor__outlives_a_new_session_key(real: Workspace) -> None:
    from tests.workspaces import composition

    secret, _ = set_up(enter("plain.one")[0])
    assert real.folder is not None
    (real.folder / "session.key").write_text("0" * 64)
    composition().attach(real)
    client, _ = enter("plain.one")
    assert client.post("/account/second-factor/sign-in", {"code": code_of(secret, steps=1)}).status_code == 302


def test_second_factor__of_invented_people_is_asked_once_somebody_real_is_there(own_workspace: Workspace) -> None:
    assert enter("human-rights-officer")[0].get(CALM).status_code == 200
    own_workspace.accounts.add("real.one", "Real One", ["planner"], PASSWORD, invented=False)
    assert enter("human-rights-officer")[0].get(CALM).headers["Location"].startswith("/account/second-factor/activate")


def test_session__ends_when_idle_and_after_a_day_at_work(real: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.utils import timezone

    began = timezone.now()
    client, _ = enter("plain.one")

    def later(hours: float) -> Any:
        monkeypatch.setattr(timezone, "now", lambda: began + timedelta(hours=hours))
        return client.get(CALM)

    assert later(0).status_code == 200
    assert later(1.9).status_code == 200
    assert later(3.8).status_code == 200, "each request keeps it for two hours"
    ended = later(6)
    assert ended.headers["Location"] == "/sign-in?next=%2Fdesk&ended=1"
    assert "Your session has ended" in client.get(ended.headers["Location"]).content.decode()

    began = timezone.now()
    client, _ = enter("plain.one", client=client)
    answers = [later(hour).status_code for hour in (0, 1.5, 3, 4.5, 6, 7.5, 9, 10.5, 11.9)]
    assert answers == [200] * 9
    assert later(12.1).status_code == 302, "whatever is done, it ends after twelve hours"


def test_session__begins_anew_at_sign_in(real: Workspace) -> None:
    from django.test import Client

    client = Client()
    client.get("/sign-in")
    session = client.session
    session["role"] = "administrator"
    session.save()
    before = session.session_key
    enter("plain.one", client=client)
    assert client.session.session_key != before
    assert "role" not in client.session


def test_session__others_end_and_all_end(real: Workspace) -> None:
    here, there, third = (enter("plain.one")[0] for _ in range(3))
    assert here.get("/account").content.decode().count('<td class="nowrap">127.0.0.1</td>') == 3
    here.post("/account/sessions/end-others")
    assert [client.get(CALM).status_code for client in (here, there, third)] == [200, 302, 302]
    fourth = enter("plain.one")[0]
    here.post("/account/sessions/end-all")
    assert [client.get(CALM).status_code for client in (here, fourth)] == [302, 302]


def test_password__is_changed_and_other_sessions_end(real: Workspace) -> None:
    here, there = enter("plain.one")[0], enter("plain.one")[0]
    new = "four quiet words here"
    weak = here.post("/account/password", {"oldpassword": PASSWORD, "password1": "short", "password2": "short"})
    assert weak.status_code == 200
    assert 'role="alert"' in weak.content.decode()
    done = here.post("/account/password", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert done.headers["Location"] == "/account"
    assert [client.get(CALM).status_code for client in (here, there)] == [200, 302]
    assert enter("plain.one")[1].status_code == 400
    assert enter("plain.one", new)[1].status_code == 302


def test_password__is_hashed_with_argon2() -> None:
    from remit.config.settings import Settings, django_settings

    assert django_settings(Settings())["PASSWORD_HASHERS"][0].endswith("Argon2PasswordHasher")


def test_account__closed_ends_sessions_and_does_not_open(real: Workspace) -> None:
    client, _ = enter("plain.one")
    real.accounts.close("plain.one")
    assert client.get(CALM).status_code == 302
    assert enter("plain.one")[1].status_code == 400


@pytest.mark.parametrize(("language", "words"), [("en", "Too many tries that failed"), ("fr", "Trop d’essais manqués")])
def test_lock_out__after_five_tries_says_so_in_each_language(real: Workspace, language: str, words: str) -> None:
    from django.test import Client

    client = Client()
    client.cookies["django_language"] = language
    person = f"nobody.{language}"
    answers = [enter(person, "wrong", client)[1].content.decode() for _ in range(6)]
    assert [words in answer for answer in answers] == [False] * 5 + [True]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_pages__of_signing_in_stand_in_each_language(real: Workspace, language: str) -> None:
    client, _ = enter("plain.one")
    client.cookies["django_language"] = language
    for url in ("/account", "/account/password", "/account/second-factor/activate", "/sign-in"):
        html = client.get(url).content.decode()
        assert f'<html lang="{language}">' in html
        assert ("Mot de passe" in html or "Code" in html) if language == "fr" else True
        assert "<script>" not in html
        assert "style=" not in html
