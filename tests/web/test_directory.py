"""Sign-in through the mission's own directory: a real OpenID Connect provider on this machine."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest

from remit.config.settings import Directory, Settings, django_settings
from remit.services.workspace import Workspace
from tests.web.conftest import PASSWORD
from tests.workspaces import new_workspace

pytestmark = pytest.mark.filterwarnings(
    "ignore::DeprecationWarning", "ignore::authlib.deprecate.AuthlibDeprecationWarning"
)


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """The address of a provider that knows three people by name."""
    from oidc_provider_mock import User, run_server_in_thread

    people = [
        User(sub="sub-1", claims={"preferred_username": "planner.one", "email": "planner.one@example.org"}),
        User(sub="sub-2", claims={"preferred_username": "nobody.here", "email": "nobody.here@example.org"}),
        User(sub="sub-3", claims={"preferred_username": "planner.one", "email": "other@example.org"}),
    ]
    with run_server_in_thread(user_claims=people) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def workspace(tmp_path: Path, provider: str) -> Iterator[Workspace]:
    """A workspace that trusts the provider, with one account without a password of its own."""
    from django.test import override_settings

    made = new_workspace(tmp_path, "exercise")
    made.accounts.add("planner.one", "Planner One", ["planner"], None, invented=False)
    settings = django_settings(Settings(directory=Directory(provider, "remit", "a secret", "Field directory")))
    with override_settings(SOCIALACCOUNT_PROVIDERS=settings["SOCIALACCOUNT_PROVIDERS"]):
        yield made


def through(client: Any, subject: str, *, state: str = "") -> Any:
    """Go to the directory and come back as one of its people."""
    leaving = client.post("/account/directory/directory/login?next=/desk")
    assert leaving.status_code == 302, leaving.content
    address = urlsplit(leaving.headers["Location"])
    connection = http.client.HTTPConnection(address.netloc)
    connection.request(
        "POST", f"{address.path}?{address.query}", urlencode({"sub": subject}),
        {"Content-Type": "application/x-www-form-urlencoded"},
    )  # fmt: skip
    coming = urlsplit(connection.getresponse().headers["Location"])
    connection.close()
    query = coming.query if not state else f"{coming.query}&state={state}"
    return client.get(f"{coming.path}?{query}")


def test_directory__opens_the_account_that_its_claim_names(workspace: Workspace) -> None:
    from django.test import Client

    client = Client()
    assert "Sign in with Field directory" in client.get("/sign-in").content.decode()
    assert through(client, "sub-1").headers["Location"] == "/desk"
    assert client.get("/api/mission").json()["person"] == "planner.one"
    assert client.get("/account").status_code == 200
    again = Client()
    assert through(again, "sub-1").headers["Location"] == "/desk"


def test_directory__opens_nothing_to_who_has_no_account(workspace: Workspace) -> None:
    from django.test import Client

    client = Client()
    answer = through(client, "sub-2")
    assert answer.status_code == 403
    assert "You have no account here" in answer.content.decode()
    assert client.get("/desk").status_code == 302


@pytest.mark.attack("accounts taken over")
def test_directory__another_identity_with_the_same_name_opens_nothing(workspace: Workspace) -> None:
    from django.test import Client

    assert through(Client(), "sub-1").status_code == 302
    client = Client()
    assert through(client, "sub-3").status_code == 403
    assert client.get("/desk").status_code == 302


@pytest.mark.attack("accounts taken over")
def test_directory__a_role_that_asks_for_a_second_factor_asks_for_it_here_too(workspace: Workspace) -> None:
    from django.test import Client

    workspace.accounts.add("planner.one", "Planner One", ["human-rights-officer"], None, invented=False)
    client = Client()
    through(client, "sub-1")
    assert client.get("/desk").headers["Location"].startswith("/account/second-factor/activate")
    assert client.get("/account/second-factor/activate").status_code == 200


@pytest.mark.attack("accounts taken over")
def test_directory__an_answer_that_was_not_asked_for_opens_nothing(workspace: Workspace) -> None:
    from django.test import Client

    client = Client()
    answer = client.get("/account/directory/directory/callback?code=stolen&state=forged")
    assert answer.status_code in (403, 502)
    assert client.get("/desk").status_code == 302


@pytest.mark.attack("accounts taken over")
def test_directory__a_closed_account_stays_closed(workspace: Workspace) -> None:
    from django.test import Client

    workspace.accounts.close("planner.one")
    client = Client()
    assert through(client, "sub-1").status_code == 403
    assert client.get("/desk").status_code == 302


def test_directory__without_one_there_is_no_button(tmp_path: Path) -> None:
    from django.test import Client

    new_workspace(tmp_path, "exercise").accounts.add("a.b", "A", ["planner"], PASSWORD, invented=False)
    assert "/account/directory" not in Client().get("/sign-in").content.decode()
    assert Client().post("/account/directory/directory/login").status_code == 404
