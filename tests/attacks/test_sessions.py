"""Sessions crossed, fixed and forged; forms from elsewhere; roles made up; headers spoofed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from remit.services.workspace import Workspace
from tests.web.conftest import PASSWORD
from tests.workspaces import new_workspace


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    """A workspace with invented people of every role."""
    made = new_workspace(tmp_path, "exercise")
    for person in made.mission.people.values():
        made.accounts.add(person.key, person.name, person.roles, PASSWORD, invented=True)
    return made


def enter(person: str, **more: Any) -> Any:
    from django.test import Client

    client = Client(**more)
    assert client.login(username=person, password=PASSWORD)
    return client


def me(client: Any, **headers: str) -> tuple[str, str]:
    body = client.get("/api/mission", headers=headers).json()
    return body["person"], body["role"]


POSTS = [
    ("/role", {"role": "planner"}), ("/period", {"period": "2020"}), ("/sign-out", {}), ("/account/sessions/end-all", {}),
    ("/account/tokens", {"name": "x", "scope": "read", "days": "7"}), ("/records/incident/new", {"title": "x"}),
    ("/account/password", {"oldpassword": PASSWORD, "password1": "x", "password2": "x"}), ("/language", {"language": "fr"}),
]  # fmt: skip


@pytest.mark.attack("forms from elsewhere")
@pytest.mark.parametrize(("url", "data"), POSTS, ids=[url for url, _ in POSTS])
def test_form_without_its_token(place: Workspace, url: str, data: dict[str, str]) -> None:
    client = enter("joc-officer", enforce_csrf_checks=True)
    assert client.post(url, data).status_code == 403
    assert me(client) == ("joc-officer", "joc-officer")


@pytest.mark.attack("forms from elsewhere")
@pytest.mark.parametrize(
    ("method", "url"), [("post", "/api/records/incident"), ("post", "/api/files"), ("patch", "/api/record/x")]
)
def test_api_call_riding_on_a_session(place: Workspace, method: str, url: str) -> None:
    client = enter("joc-officer", enforce_csrf_checks=True)
    answer = getattr(client, method)(url, "{}", content_type="application/json")
    assert answer.status_code == 403
    assert answer.headers["Content-Type"].startswith("application/problem+json")


@pytest.mark.attack("forms from elsewhere")
def test_form_with_the_token_of_another_session(place: Workspace) -> None:
    mine, theirs = enter("joc-officer", enforce_csrf_checks=True), enter("planner", enforce_csrf_checks=True)
    theirs.get("/desk")
    token = theirs.cookies["csrftoken"].value
    mine.get("/desk")
    assert mine.post("/role", {"role": "planner", "csrfmiddlewaretoken": token}).status_code == 403


@pytest.mark.attack("roles forged")
@pytest.mark.parametrize(
    "role", ["srsg", "administrator", "human-rights-officer", "", "none", "joc-officer' OR '1'='1"]
)
def test_role_in_a_form(place: Workspace, role: str) -> None:
    client = enter("joc-officer")
    client.post("/role", {"role": role})
    assert me(client) == ("joc-officer", "joc-officer")


@pytest.mark.attack("roles forged")
def test_role_in_a_new_record(place: Workspace) -> None:
    client = enter("researcher")
    body = {"values": {}, "role": "joc-officer", "person": "joc-officer"}
    assert client.post("/api/records/incident", body, content_type="application/json").status_code == 403
    body = {"values": {"title": "x"}, "recorded_by": "srsg", "component": "force"}
    answer = enter("joc-officer").post("/api/records/incident", body, content_type="application/json")
    assert (answer.status_code, answer.json()["problems"][0]["code"]) == (400, "WEB-011")


@pytest.mark.attack("roles forged")
@pytest.mark.parametrize(
    "header",
    ["X-Remote-User", "Remote-User", "X-Role", "Role", "X-Forwarded-User", "X-Auth-Request-User", "X-Remit-Role"],
)
def test_role_or_person_in_a_header(place: Workspace, header: str) -> None:
    from django.test import Client

    assert Client().get("/api/mission", headers={header: "srsg"}).status_code == 401
    assert me(enter("joc-officer"), **{header: "srsg"}) == ("joc-officer", "joc-officer")


@pytest.mark.attack("sessions crossed")
def test_session_cookie_of_a_session_that_ended(place: Workspace) -> None:
    from django.test import Client

    client = enter("joc-officer")
    stolen = client.cookies["sessionid"].value
    client.post("/sign-out")
    thief = Client()
    thief.cookies["sessionid"] = stolen
    assert thief.get("/api/mission").status_code == 401


@pytest.mark.attack("sessions crossed")
def test_session_fixed_before_sign_in(place: Workspace) -> None:
    from django.test import Client

    bait = Client()
    session = bait.session
    session["role"] = "srsg"
    session.save()
    bait.cookies["sessionid"] = session.session_key
    victim = Client()
    victim.cookies["sessionid"] = session.session_key
    victim.post("/sign-in", {"username": "joc-officer", "password": PASSWORD})
    assert me(victim) == ("joc-officer", "joc-officer")
    assert bait.get("/api/mission").status_code == 401


@pytest.mark.attack("sessions crossed")
@pytest.mark.parametrize("cookie", ["", "0" * 32, "../../etc/passwd", "a" * 5000, "'; DROP TABLE person; --"])
def test_session_cookie_made_up(place: Workspace, cookie: str) -> None:
    from django.test import Client

    client = Client()
    client.cookies["sessionid"] = cookie
    assert client.get("/api/mission").status_code == 401
    assert client.get("/desk").status_code == 302


@pytest.mark.attack("sessions crossed")
def test_two_people_at_one_browser(place: Workspace) -> None:
    client = enter("human-rights-officer")
    client.post("/role", {"role": "human-rights-officer"})
    client.post("/sign-in", {"username": "researcher", "password": PASSWORD})
    assert me(client) == ("researcher", "researcher")


@pytest.mark.attack("sessions crossed")
def test_a_person_without_roles_any_more(place: Workspace) -> None:
    client = enter("joc-officer")
    place.accounts.add("joc-officer", "x", [], None, invented=True)
    assert client.get("/desk").status_code == 403
    assert client.get("/api/mission").status_code == 403


@pytest.mark.attack("headers spoofed")
@pytest.mark.parametrize(
    "host",
    ["evil.example", "localhost.evil.example", "127.0.0.1@evil.example", "evil.example:80", "testserver, evil.example"],
)
def test_host_of_another(place: Workspace, host: str) -> None:
    from django.test import Client

    assert Client().get("/sign-in", headers={"Host": host}).status_code == 400
    assert Client().get("/ogc/", headers={"Host": host}).status_code == 400


@pytest.mark.attack("headers spoofed")
def test_forwarded_host_is_not_believed(place: Workspace) -> None:
    client = enter("joc-officer")
    body = client.get("/ogc/", headers={"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"})
    assert b"evil" not in body.content
    assert b"https://testserver" not in body.content


@pytest.mark.attack("headers spoofed")
def test_forwarded_address_does_not_lift_the_lock(place: Workspace) -> None:
    from django.test import Client

    def attempt(number: int) -> str:
        answer = Client().post(
            "/sign-in", {"username": "victim.one", "password": "wrong"},
            headers={"X-Forwarded-For": f"10.0.0.{number}", "X-Real-Ip": f"10.0.1.{number}", "Forwarded": f"for=10.0.2.{number}"},
        )  # fmt: skip
        return str(answer.content.decode())

    assert ["Too many tries" in attempt(number) for number in range(7)] == [False] * 5 + [True] * 2


@pytest.mark.attack("headers spoofed")
@pytest.mark.parametrize("header", ["X-HTTP-Method-Override", "X-Method-Override", "X-Original-URL", "X-Rewrite-URL"])
def test_method_or_address_in_a_header(place: Workspace, header: str) -> None:
    client = enter("joc-officer", enforce_csrf_checks=True)
    answer = client.get("/api/mission", headers={header: "/sign-out" if "URL" in header else "DELETE"})
    assert answer.json()["person"] == "joc-officer"


@pytest.mark.attack("passwords guessed")
def test_right_password_while_locked(place: Workspace) -> None:
    from django.test import Client

    for _ in range(5):
        Client().post("/sign-in", {"username": "joc-officer", "password": "wrong"})
    answer = Client().post("/sign-in", {"username": "joc-officer", "password": PASSWORD})
    assert answer.status_code == 400
    assert "Too many tries" in answer.content.decode()
    assert Client().post("/sign-in", {"username": "planner", "password": PASSWORD}).status_code == 302


@pytest.mark.attack("passwords guessed")
def test_the_lock_outlives_a_restart(place: Workspace) -> None:
    from django.core.cache import caches
    from django.test import Client

    for _ in range(5):
        Client().post("/sign-in", {"username": "joc-officer", "password": "wrong"})
    caches["here"].clear()
    caches.close_all()
    assert "Too many tries" in Client().post("/sign-in", {"username": "joc-officer", "password": "x"}).content.decode()
