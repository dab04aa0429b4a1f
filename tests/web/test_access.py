"""Nobody reads a byte of a compartment that he does not hold: in any page, list, map, export, search or route of the API."""

from __future__ import annotations

import re
from typing import Any

import pytest

from remit.kernel.conditions import ALWAYS
from remit.records.journal import Query
from remit.records.record import Record
from remit.services.workspace import Workspace
from tests.web.walking import bytes_of, walk

API = (
    "/api/mission", "/api/mandate", "/api/tasks", "/api/types", "/api/records?limit=200", "/api/records?q=market",
    "/api/figures", "/api/figures?by=region,month",
)  # fmt: skip


def hidden_from(workspace: Workspace, role: str) -> list[Record]:
    held = workspace.mission.roles[role].compartments
    return [r for r in workspace.journal.find(Query(ALWAYS)) if r.compartment and r.compartment not in held]


def texts(value: Any) -> set[str]:
    if isinstance(value, dict):
        return {text for inner in value.values() for text in texts(inner)}
    if isinstance(value, list | tuple):
        return {text for inner in value for text in texts(inner)}
    return {value} if isinstance(value, str) and len(value) >= 14 and " " in value else set()


def secrets(workspace: Workspace, role: str) -> set[bytes]:
    """What only hidden records hold: ids, numbers, entries, and texts that stand in no other record."""
    hidden = hidden_from(workspace, role)
    others = {t for r in workspace.journal.find(Query(ALWAYS)) if r not in hidden for t in texts(dict(r.values))}
    others |= {words for c in workspace.mission.components.values() for words in (c.label.en, c.label.fr)}
    own = {text for record in hidden for text in texts(dict(record.values)) - others}
    ids = {part for record in hidden for part in (record.id, record.number)}
    entries = {entry for record in hidden for entry in record.entries}
    return {text.encode() for text in own | ids | entries}


def check(workspace: Workspace, client: Any, role: str, per_kind: int) -> None:
    kept = secrets(workspace, role)
    assert len(kept) > 20
    answers = walk(client, "/", per_kind=per_kind)
    for record in hidden_from(workspace, role):
        for url in (
            f"/record/{record.id}",
            f"/record/{record.number}",
            f"/api/record/{record.id}",
            f"/record/{record.id}/edit",
        ):
            assert client.get(url).status_code == 404, url
        for entry in record.entries:
            assert client.get(f"/entry/{entry}").status_code == 404
            assert client.get(f"/api/entry/{entry}").status_code == 404
    answers |= {
        url: client.get(url) for url in (*API, "/search?q=MINUSMA-HRF", "/search?q=market", "/situation/points.json")
    }
    for url, answer in answers.items():
        body = bytes_of(answer)
        assert [text for text in kept if text in body] == [], url


def test_access__a_role_without_the_compartment_reads_no_byte_of_it(workspace: Workspace, sign_in: Any) -> None:
    check(workspace, sign_in("joc-officer"), "joc-officer", per_kind=3)


@pytest.mark.full
@pytest.mark.parametrize(
    "role", ["srsg", "chief-of-staff", "reporting-officer", "planner", "jmac-analyst", "delegation", "field-officer"]
)
def test_access__no_role_without_the_compartment_reads_a_byte_of_it(
    workspace: Workspace, sign_in: Any, role: str
) -> None:
    person = next(p.key for p in workspace.mission.people.values() if role in p.roles)
    check(workspace, sign_in(person), role, per_kind=60)


def test_access__hidden_and_absent_look_alike(workspace: Workspace, sign_in: Any) -> None:
    client = sign_in("joc-officer")
    hidden = hidden_from(workspace, "joc-officer")[0].id
    absent = hidden[:-4] + ("0000" if not hidden.endswith("0000") else "1111")

    def body(identifier: str) -> str:
        answer = client.get(f"/record/{identifier}")
        assert answer.status_code == 404
        text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", answer.content.decode())
        return text.replace(identifier, "ID")

    assert body(hidden) == body(absent)


def test_access__who_holds_the_compartment_sees_both_findings_side_by_side(workspace: Workspace, sign_in: Any) -> None:
    def findings(person: str) -> set[str]:
        html = sign_in(person).get("/record/MINUSMA-EVT-2017-0002").content.decode()
        return set(re.findall(r"MINUSMA-(CFF|HRF)-\d+-\d+", html))

    assert findings("human-rights-officer") == {"CFF", "HRF"}
    assert findings("joc-officer") == {"CFF"}


@pytest.mark.parametrize(
    "url", ["/", "/mandate", "/records", "/situation/points.json", "/record/x", "/search?q=a", "/entry/x"]
)
def test_access__a_stranger_is_sent_to_sign_in(workspace: Workspace, url: str) -> None:
    from django.test import Client

    answer = Client().get(url)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/sign-in?next=")


@pytest.mark.parametrize("url", API)
def test_access__the_api_answers_no_stranger(workspace: Workspace, url: str) -> None:
    from django.test import Client

    assert Client().get(url).status_code == 401
