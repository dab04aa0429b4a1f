"""Possible duplicates on the record's page and under a form."""

from __future__ import annotations

from typing import Any

from remit.records.actors import Actor
from remit.services.recording import record
from remit.services.workspace import Workspace


def reported(workspace: Workspace, **changes: Any) -> Any:
    """Record a field report."""
    raw = {"title": "Attack on a market (invented)", "occurred_on": "2017-07-14", "reported_at": "2017-07-14T10:00:00Z",
           "place": "Gao", "grade": "c3", **changes}  # fmt: skip
    kind = workspace.mission.record_types["field-report"]
    raw |= {
        key: one.options[0].key for key, one in kind.fields.items() if one.required and one.options and key not in raw
    }
    raw = {key: value for key, value in raw.items() if key in kind.fields}
    role = workspace.mission.roles["joc-officer"]
    return record(workspace, Actor("joc-officer", role), "field-report", raw)


def test_a_pair_is_shown_with_reasons_decided_and_not_shown_again(own_workspace: Workspace, sign_in: Any) -> None:
    first, second = reported(own_workspace), reported(own_workspace, title="Market attacked (invented)")
    client = sign_in("joc-officer")
    page = client.get(f"/record/{first.id}").content.decode()
    assert "Possible duplicates" in page and second.number in page and "The same day." in page
    assert "Doublons possibles" in sign_in("joc-officer", "fr").get(f"/record/{first.id}").content.decode()
    assert client.post(f"/record/{first.id}/alike", {"other": second.id, "relation": "distinct"}).status_code == 302
    page = client.get(f"/record/{first.id}").content.decode()
    assert "Possible duplicates" not in page and "is not the same as" in page
    assert own_workspace.journal.get(second.id) is not None


def test_a_form_tells_while_it_is_typed_what_is_known(own_workspace: Workspace, sign_in: Any) -> None:
    first = reported(own_workspace)
    client = sign_in("joc-officer")
    assert 'hx-post="/records/field-report/alike"' in client.get("/records/field-report/new").content.decode()
    typed = {"occurred_on": "2017-07-14", "occurred_on.precision": "day", "place": "Gao", "title": ""}
    part = client.post("/records/field-report/alike", typed).content.decode()
    assert "may be recorded already" in part and first.number in part and "<html" not in part
    assert client.post("/records/field-report/alike", {"title": "x"}).content.decode().strip() == ""
