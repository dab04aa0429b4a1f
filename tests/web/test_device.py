"""What the server says may be kept on a device and may wait there, and how what waited is taken in."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.test import Client

from remit.kernel.conditions import ALWAYS
from remit.records.journal import Query
from remit.services.workspace import Workspace
from remit.web.keeping import may_wait, must_not_wait
from tests.web.conftest import PASSWORD
from tests.web.walking import walk

REPORT = {
    "title": "Shots heard at night (invented)", "occurred_on": "2017-07-20", "reported_at": "2017-07-20T10:00",
    "place": "Gao", "grade": "b2", "source_kind": "community", "once": "a-key-of-its-own",
}  # fmt: skip


def kept(client: Any, path: str) -> bool:
    """Return whether a page may be kept."""
    return client.get(path).headers.get("Remit-Keep") == "yes"


@pytest.mark.full
@pytest.mark.parametrize("role", ["joc-officer", "human-rights-officer", "chief-of-staff"])
def test_keep__is_said_of_nothing_in_a_compartment_nor_sensitive_nor_strictest(
    workspace: Workspace, sign_in: Any, role: str
) -> None:
    closed = {r.id for r in workspace.journal.find(Query(ALWAYS)) if r.compartment}
    closed |= {r.number for r in workspace.journal.find(Query(ALWAYS)) if r.compartment}
    answers = walk(sign_in(role), "/", per_kind=4)
    said = {path: answer for path, answer in answers.items() if answer.headers.get("Remit-Keep") == "yes"}
    assert 3 < len(said) < len(answers)
    for path, answer in said.items():
        html = answer.content.decode()
        assert answer.headers["Content-Type"].startswith("text/html"), path
        assert not [one for one in closed if one in html], path
        assert "band-strictly-confidential" not in html, path


def test_keep__a_record_is_kept_unless_it_is_closed(workspace: Workspace, sign_in: Any) -> None:
    client = sign_in("human-rights-officer")
    found = [r for r in workspace.journal.find(Query(ALWAYS)) if r.compartment == "hr-sources"]
    assert found and not any(kept(client, f"/record/{one.id}") for one in found)
    assert not kept(client, "/records/human-rights-finding") and not kept(client, "/records/human-rights-finding/new")
    assert not kept(client, "/") and not kept(client, "/desk")  # they gather, and this role holds a compartment
    assert kept(client, "/help") and kept(client, "/records/field-report/new")
    joc = sign_in("joc-officer")
    assert kept(joc, "/") and kept(joc, "/desk") and kept(joc, "/records/security-event")


def test_keep__a_sensitive_value_keeps_a_record_from_the_device_of_whoever_sees_it(
    own_workspace: Workspace, sign_in: Any
) -> None:
    client = sign_in("field-officer")
    plain = client.post("/records/field-report/new", REPORT).headers["Location"]
    named = client.post("/records/field-report/new", REPORT | {"once": "another", "source.pseudonym": "Source H1"})
    assert kept(client, plain) and not kept(client, named.headers["Location"])
    assert "Source H1" in client.get(named.headers["Location"]).content.decode()
    assert kept(sign_in("joc-officer"), named.headers["Location"])  # withheld there, and said to be


@pytest.mark.parametrize(
    "path", ["/people", "/account", "/who-saw", "/search?q=market", "/nowhere", "/situation/points.json"]
)
def test_keep__is_not_said_where_nobody_decided(workspace: Workspace, sign_in: Any, path: str) -> None:
    assert not kept(sign_in("joc-officer"), path)


def test_holder__is_one_for_person_and_role_and_tells_neither(workspace: Workspace, sign_in: Any) -> None:
    one, again, other = (
        sign_in(who).get("/desk").headers["Remit-Holder"] for who in ("joc-officer", "joc-officer", "field-officer")
    )
    assert one == again != other and "joc" not in one
    assert Client().get("/sign-in").headers["Remit-Holder"] == "-"
    assert Client().get("/device/en").headers["Remit-Holder"] == ""


def test_forms__of_compartments_never_wait(workspace: Workspace, sign_in: Any) -> None:
    kinds = workspace.mission.record_types
    assert not may_wait(kinds["mrm-finding"]) and not may_wait(kinds["human-rights-finding"])
    assert may_wait(kinds["field-report"]) and must_not_wait(kinds["field-report"]) == ("source", "photographs")
    for key, waits in (("field-report", True), ("human-rights-finding", False)):
        html = sign_in("human-rights-officer").get(f"/records/{key}/new").content.decode()
        assert ('name="may_wait"' in html) is waits and 'name="once"' in html


def test_form__sent_twice_is_recorded_once_and_a_used_key_loses_nothing(own_workspace: Workspace, sign_in: Any) -> None:
    client = sign_in("field-officer")
    first, second = (client.post("/records/field-report/new", REPORT) for _ in range(2))
    assert first.status_code == 302 and first.headers["Location"] == second.headers["Location"]
    other = client.post("/records/field-report/new", REPORT | {"title": "Another (invented)"})
    html = other.content.decode()
    assert other.status_code == 400 and "WEB-013" in html and 'value="Another (invented)"' in html
    fresh = re.findall(r'name="once" value="([^"]+)"', html)
    assert fresh and fresh[0] != REPORT["once"]
    saved = client.post("/records/field-report/new", REPORT | {"title": "Another (invented)", "once": fresh[0]})
    assert saved.status_code == 302 and saved.headers["Location"] != first.headers["Location"]


def test_send__answers_a_device_and_records_once(own_workspace: Workspace) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.login(username="field-officer", password=PASSWORD)
    standing = client.get("/device/standing").json()
    assert "/records/field-report/new" in standing["forms"]
    assert client.post("/device/send/field-report", REPORT).status_code == 403  # not without a token of today
    sent = [
        client.post("/device/send/field-report", REPORT, headers={"x-csrftoken": standing["token"]}) for _ in range(2)
    ]
    assert [one.status_code for one in sent] == [201, 201] and sent[0].json() == sent[1].json()
    bad = client.post("/device/send/field-report", {"once": "x"}, headers={"x-csrftoken": standing["token"]})
    assert bad.status_code == 400 and {one["code"] for one in bad.json()["problems"]} >= {"REC-012"}
    closed = client.post("/device/send/mrm-finding", {"once": "y"}, headers={"x-csrftoken": standing["token"]})
    assert closed.status_code == 403 and closed.json()["problems"]


def test_standing__of_a_stranger_names_nobody(workspace: Workspace) -> None:
    assert Client().get("/device/standing").json() == {"holder": "", "token": "", "forms": []}


def test_worker_and_manifest__stand_where_browsers_want_them(workspace: Workspace, sign_in: Any) -> None:
    worker = Client().get("/service-worker.js")
    assert (
        worker.headers["Content-Type"].startswith("text/javascript") and worker.headers["Cache-Control"] == "no-cache"
    )

    def there(path: str) -> bool:
        answer = Client().get(path)
        answer.close()  # a static file stays open until then
        return bool(answer.status_code == 200)

    first = json.loads(worker.content.decode().partition(";\n")[0].removeprefix("self.REMIT = "))
    assert all(there(path) for path in (*first["shell"], first["device"]))
    for language, title in (("en", "On this device"), ("fr", "Sur cet appareil")):
        found = Client().get(f"/manifest/{language}.webmanifest")
        body = found.json()
        assert found.headers["Content-Type"].startswith("application/manifest+json")
        assert body["lang"] == language and body["shortcuts"][-1]["name"] == title and body["scope"] == "/"
        assert {icon["sizes"] for icon in body["icons"]} >= {"192x192", "512x512"}
        assert all(there(icon["src"]) for icon in body["icons"])
        assert f"<h1>{title}</h1>" in Client().get(f"/device/{language}").content.decode()
    assert Client().get("/device/xx").status_code == Client().get("/manifest/xx.webmanifest").status_code == 404
    assert 'rel="manifest" href="/manifest/fr.webmanifest"' in sign_in("joc-officer", "fr").get("/").content.decode()
