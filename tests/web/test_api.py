"""The API: generic over the mission, the same services as the pages."""

from __future__ import annotations

from typing import Any

from remit.services.workspace import Workspace


def test_api__describes_itself_in_at_most_twenty_routes(workspace: Workspace, sign_in: Any) -> None:
    described = sign_in("joc-officer").get("/api/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    assert len(described["paths"]) <= 20


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
    assert bad.status_code == 400
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
