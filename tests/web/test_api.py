"""The API: generic over the mission, the same services as the pages."""

from __future__ import annotations

from typing import Any

import pytest

from remit.services.workspace import Workspace


def test_api__describes_itself_in_at_most_twenty_routes(workspace: Workspace, sign_in: Any) -> None:
    described = sign_in("joc-officer").get("/api/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    generic = {"/api/records/…" if path.startswith("/api/records/") else path for path in described["paths"]}
    assert len(generic) <= 20


@pytest.mark.parametrize(("address", "version"), [("/api/openapi.json", "3.1"), ("/ogc/api", "3.0")])
def test_api__its_description_is_valid(workspace: Workspace, sign_in: Any, address: str, version: str) -> None:
    from openapi_spec_validator import validate

    described = sign_in("joc-officer").get(address).json()
    assert described["openapi"].startswith(version)
    validate(described)


def test_api__gives_types_with_json_schema(workspace: Workspace, sign_in: Any) -> None:
    types = {one["key"]: one for one in sign_in("joc-officer").get("/api/types").json()}
    assert types["ceasefire-finding"]["values"]["properties"]["instrument"]["enum"]
    assert types["ceasefire-finding"]["over"] == "security-event"
    assert "finding" not in types


def test_api__gives_a_record_with_moves_and_history(workspace: Workspace, sign_in: Any) -> None:
    found = sign_in("joc-officer").get("/api/record/MINUSMA-CFF-2017-0001").json()
    assert found["state"] == "confirmed"
    assert [entry["move"] for entry in found["history"] if entry["kind"] == "moved"][-1] == "confirm"
    assert found["invented"] is True


def test_api__records_and_refuses_with_codes(own_workspace: Workspace, sign_in: Any) -> None:
    client = sign_in("joc-officer")
    bad = client.post("/api/records/security-event", {"values": {"titel": "x"}}, content_type="application/json")
    assert bad.status_code == 400, bad.content
    assert bad.headers["Content-Type"].startswith("application/problem+json")
    print(bad.json())
    assert {problem["code"] for problem in bad.json()["problems"]} >= {"REC-011", "REC-012"}
    values = {
        "title": "By program (invented)",
        "occurred_on": "2017-07-20",
        "place": "Gao",
        "category": "armed-attack",
        "affected": ["civilians"],
    }
    made = client.post("/api/records/security-event", {"values": values}, content_type="application/json")
    assert made.status_code == 201, made.content
    assert client.get(f"/api/record/{made.json()['number']}").json()["title"] == "By program (invented)"


def test_api__figures_hold_only_visible_record_ids(workspace: Workspace, sign_in: Any) -> None:
    def figure(person: str) -> dict[str, Any]:
        return sign_in(person).get("/api/figures/human-rights-findings-established").json()

    outside, inside = figure("joc-officer"), figure("human-rights-officer")
    assert outside["value"] == inside["value"] > 0
    assert outside["record_ids"] == []
    assert len(inside["record_ids"]) == inside["value"]


def test_api__mandate_and_provisions(workspace: Workspace, sign_in: Any) -> None:
    client = sign_in("planner")
    provision = client.get("/api/mandate/16").json()
    assert {limit["amount"] for limit in provision["limits"]} == {13289, 1920}
    assert client.get("/api/mandate/99").status_code == 404
    assert len(client.get("/api/mandate").json()["provisions"]) > 80


def _event(**more: Any) -> dict[str, Any]:
    values = {"title": "By program (invented)", "occurred_on": "2017-07-20", "place": "Gao", "category": "armed-attack", "affected": ["civilians"]}  # fmt: skip
    return {"values": {**values, **more}}


def _post(client: Any, url: str, body: dict[str, Any], **headers: str) -> Any:
    return client.post(url, body, content_type="application/json", headers=headers)


def test_api__a_change_names_what_it_was_made_on(own_workspace: Workspace, sign_in: Any) -> None:
    first, second = sign_in("joc-officer"), sign_in("joc-officer")
    made = _post(first, "/api/records/security-event", _event())
    url, tag = made.headers["Location"], made.headers["ETag"]
    assert first.get(url).headers["ETag"] == tag
    assert first.get(url, headers={"If-None-Match": tag}).status_code == 304
    change = {"values": {"title": "Better known"}, "reason": "more is known"}

    def patch(client: Any, tag: str = "", body: dict[str, Any] = change) -> Any:
        headers = {"If-Match": tag} if tag else {}
        return client.patch(url, body, content_type="application/json", headers=headers)

    assert patch(first).status_code == 428
    assert patch(first, '"anything"').json()["problems"][0]["code"] == "WEB-015"
    done = patch(first, tag)
    assert (done.status_code, done.json()["title"]) == (200, "Better known")
    lost = patch(second, tag, {"values": {"title": "What I knew"}, "reason": "late"})
    assert (lost.status_code, lost.json()["problems"][0]["code"]) == (412, "REC-036")
    assert first.get(url).json()["title"] == "Better known"
    assert patch(second, done.headers["ETag"], {"values": {"title": "Both"}, "reason": "seen"}).status_code == 200


def test_api__the_same_request_sent_twice_is_done_once(own_workspace: Workspace, sign_in: Any) -> None:
    client, other = sign_in("joc-officer"), sign_in("field-officer")
    key = {"Idempotency-Key": "from the road, 1"}
    made = _post(client, "/api/records/security-event", _event(), **key)
    again = _post(client, "/api/records/security-event", _event(), **key)
    assert (made.status_code, again.status_code) == (201, 201)
    assert again.json()["id"] == made.json()["id"]
    assert again.headers["Idempotent-Replayed"] == "true"
    another = _post(client, "/api/records/security-event", _event(title="Another"), **key)
    assert (another.status_code, another.json()["problems"][0]["code"]) == (422, "WEB-013")
    assert client.get("/api/records?type=security-event").json()["total"] == 1
    theirs = _post(other, "/api/records/security-event", _event(), **key)
    assert theirs.status_code != 201 or theirs.json()["id"] != made.json()["id"]


def test_api__pages_and_filters(workspace: Workspace, sign_in: Any) -> None:
    client = sign_in("joc-officer")
    page = client.get("/api/records?type=security-event&limit=2")
    body = page.json()
    assert len(body["records"]) == 2 < body["total"]
    seen, following = [one["id"] for one in body["records"]], body["next"]
    assert f'<{following}>; rel="next"' in page.headers["Link"]
    while following:
        body = client.get(following).json()
        seen += [one["id"] for one in body["records"]]
        following = body["next"]
    assert len(seen) == len(set(seen)) == body["total"]

    def total(**asked: str) -> int:
        return int(client.get("/api/records", {"type": "security-event", **asked}).json()["total"])

    some = client.get("/api/records?type=security-event&limit=1").json()["records"][0]
    assert 0 < total(filter=f"number = '{some['number']}'") == 1
    assert total(filter="category = 'armed-attack'") + total(filter="category <> 'armed-attack'") == total()
    assert (
        total(occurred="2017-07-01/2017-07-31") + total(occurred="../2017-06-30") + total(occurred="2017-08-01/..")
        == total()
    )
    json_filter = '{"op": "=", "args": [{"property": "category"}, "armed-attack"]}'
    assert total(filter=json_filter, filter_lang="cql2-json") == total(filter="category = 'armed-attack'")
    for wrong in (
        {"filter": "nope = 1"},
        {"filter": "category = "},
        {"order": "weight"},
        {"limit": "-1"},
        {"limit": "9999"},
        {"occurred": "soon"},
    ):
        answer = client.get("/api/records", {"type": "security-event", **wrong})
        assert answer.status_code == 400, wrong
        assert answer.json()["problems"][0]["code"]


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("get", "/api/nowhere", 404, "WEB-022"),
        ("get", "/api/record/MINUSMA-NONE", 404, "REC-404"),
        ("delete", "/api/mission", 405, "WEB-023"),
        ("post", "/api/records/security-event", 400, "WEB-011"),
        ("post", "/api/records/no-such-type", 400, "REC-001"),
        ("get", "/ogc/collections/none", 404, "REC-404"),
        ("get", "/ogc/collections/security-event/items?stat=x", 400, "WEB-020"),
        ("get", "/ogc/collections/security-event/items?bbox=1,2,3", 400, "WEB-017"),
        ("get", "/ogc/collections/security-event/items?limit=0", 400, "WEB-011"),
    ],
)
def test_api__every_refusal_is_a_problem_with_a_code(
    workspace: Workspace, sign_in: Any, method: str, path: str, status: int, code: str
) -> None:
    answer = getattr(sign_in("joc-officer"), method)(
        path, **({"data": "{", "content_type": "application/json"} if method == "post" else {})
    )
    assert answer.headers["Content-Type"].startswith("application/problem+json"), answer.content
    body = answer.json()
    assert (answer.status_code, body["status"], body["problems"][0]["code"]) == (status, status, code)
    assert body["type"] == f"urn:remit:{code}"
    assert body["title"]


def test_api__a_failure_is_a_problem_without_a_trace(
    workspace: Workspace, sign_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from remit.api import routes

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("a secret of the machine")

    monkeypatch.setattr(routes, "select", broken)
    client = sign_in("joc-officer")
    client.raise_request_exception = False
    answer = client.get("/api/records")
    assert (answer.status_code, answer.json()["problems"][0]["code"]) == (500, "WEB-029")
    assert b"secret" not in answer.content


def test_api__files_are_kept_and_given_with_the_record(own_workspace: Workspace, sign_in: Any) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    kind, field = next(
        (kind, name)
        for kind in own_workspace.mission.record_types.values()
        for name, definition in kind.fields.items()
        if definition.kind == "attachment"
        and not definition.many
        and not kind.abstract
        and "joc-officer" in kind.record_by
    )
    client = sign_in("joc-officer")
    kept = client.post("/api/files", {"file": SimpleUploadedFile("note.txt", b"what was seen (invented)")})
    assert kept.status_code == 201, kept.content
    assert kept.json()["name"] == "note.txt"
    from tests.web.filling import filled

    values = {**filled(kind), field: kept.json()}
    made = _post(client, f"/api/records/{kind.key}", {"values": values, "over": ""})
    assert made.status_code == 201, made.content
    got = client.get(f"/api/record/{made.json()['id']}/files/{kept.json()['sha256']}")
    assert got.content == b"what was seen (invented)"
    assert got.headers["Content-Disposition"] == "attachment; filename*=UTF-8''note.txt"
    assert "sandbox" in got.headers["Content-Security-Policy"]
    assert client.get(f"/api/record/{made.json()['id']}/files/{'0' * 64}").status_code == 404
