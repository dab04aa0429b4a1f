"""Entry works without JavaScript: forms made from declarations, rows added by submitting, moves with what they need."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

from remit.services.workspace import Workspace
from tests.web.conftest import PASSWORD
from tests.workspaces import composition, new_workspace

EVENT = {
    "title": "Shots near a bridge (invented)", "occurred_on": "2017-07-20", "occurred_on.precision": "day", "place": "Gao",
    "place.lat": "16,27", "place.lon": "-0.04", "place.uncertainty_m": "500", "category": "armed-attack", "affected": ["civilians"],
}  # fmt: skip


def recorded(client: Any, type_key: str, data: dict[str, Any]) -> str:
    answer = client.post(f"/records/{type_key}/new", data)
    assert answer.status_code == 302, re.findall(r'class="error"[^>]*>([^<]+)', answer.content.decode())
    return answer.headers["Location"].rsplit("/", 1)[-1]


def test_new__is_recorded_marked_and_shown(own_workspace: Workspace, sign_in: Any) -> None:
    client = sign_in("joc-officer")
    made = recorded(client, "security-event", EVENT)
    record = own_workspace.journal.get(made)
    assert record
    assert record.invented
    assert record.values["place"]["lat"] == 16.27
    assert "Shots near a bridge" in client.get(f"/record/{made}").content.decode()


def test_new__says_all_that_is_wrong_and_keeps_what_was_typed(own_workspace: Workspace, sign_in: Any) -> None:
    answer = sign_in("joc-officer", "fr").post(
        "/records/security-event/new", {"title": "Un titre", "occurred_on": "2017-02-30"}
    )
    html = answer.content.decode()
    assert answer.status_code == 400
    assert 'value="Un titre"' in html
    assert "2017-02-30" in html
    assert html.count('class="error"') >= 3


def test_new__rows_are_added_and_removed_by_submitting(own_workspace: Workspace, sign_in: Any) -> None:
    client = sign_in("field-officer")
    page = client.get("/records/field-report/new").content.decode()
    group = re.search(r'name="add" value="(\w+)"', page)
    assert group
    first = re.search(rf'name="({group[1]}\.0\.\w+)"', page)
    assert first
    second = first[1].replace(".0.", ".1.")
    more = client.post("/records/field-report/new", {"title": "Kept (invented)", "add": group[1]}).content.decode()
    assert f'name="{second}"' in more
    assert 'value="Kept (invented)"' in more
    data = {"title": "Kept (invented)", first[1]: "", second: "", "remove": f"{group[1]}.0"}
    assert f'name="{second}"' not in client.post("/records/field-report/new", data).content.decode()
    assert own_workspace.journal.state_digest() == new_digest(own_workspace)


def new_digest(workspace: Workspace) -> str:
    workspace.journal.rebuild()
    return workspace.journal.state_digest()


def test_finding__moves_and_the_second_person_is_asked_for(own_workspace: Workspace, sign_in: Any) -> None:
    own_workspace.accounts.add("chair", "Chair (invented)", ["emov-member", "cts-chair"], PASSWORD, invented=True)
    own_workspace.accounts.add("other.chair", "Other chair (invented)", ["cts-chair"], PASSWORD, invented=True)
    joc, chair = sign_in("joc-officer"), sign_in("chair")
    event = recorded(joc, "security-event", EVENT)
    chair.post("/role", {"role": "emov-member"})
    finding = recorded(
        chair, "ceasefire-finding",
        {"over": event, "title": "Shots (invented)", "occurred_on": "2017-07-20", "reported_at": "2017-07-21T08:00", "place": "Gao",
         "instrument": option(chair, "ceasefire-finding", "instrument"), "category": option(chair, "ceasefire-finding", "category")},
    )  # fmt: skip
    assert joc.post(f"/record/{finding}/move/register").status_code == 302
    fc = sign_in("force-commander")
    assert fc.post(f"/record/{finding}/move/task").status_code == 302
    refused = chair.post(f"/record/{finding}/move/report", {})
    assert refused.status_code == 409
    assert "at least one observation" in refused.content.decode()
    means = option(chair, "ceasefire-finding", "observed.0.means")
    assert (
        chair.post(f"/record/{finding}/move/report", {"observed.0.means": means, "observed.0.number": "2"}).status_code
        == 302
    )
    report = {
        **{k: v for k, v in EVENT.items() if k not in ("category", "affected")},
        "reported_at": "2017-07-21T09:00",
    }
    field_officer = sign_in("field-officer")
    page = field_officer.get("/records/field-report/new").content.decode()
    for name in re.findall(r'<select name="([\w.]+)"[^>]*required', page):
        report[name] = option(field_officer, "field-report", name)
    evidence = recorded(field_officer, "field-report", report)
    number = own_workspace.journal.get(finding).number  # type: ignore[union-attr]
    assert (
        field_officer.post(
            f"/record/{evidence}/link", {"relation": "evidence-for", "other": number, "direction": "outward"}
        ).status_code
        == 302
    )
    chair.post("/role", {"role": "cts-chair"})
    own = chair.post(f"/record/{finding}/move/confirm", {"standard_of_proof": ""})
    assert own.status_code == 409
    assert "REC-032" in own.content.decode()
    assert sign_in("other.chair").post(f"/record/{finding}/move/confirm", {}).status_code == 302
    assert own_workspace.journal.get(finding).state == "confirmed"  # type: ignore[union-attr]


def option(client: Any, type_key: str, name: str) -> str:
    page = client.get(f"/records/{type_key}/new").content.decode()
    select = re.search(rf'<select name="{re.escape(name)}".*?</select>', page, re.DOTALL)
    assert select, name
    return re.findall(r'<option value="([^"]+)"', select[0])[0]


def test_amend__needs_a_reason_and_the_last_revision(own_workspace: Workspace, sign_in: Any) -> None:
    client = sign_in("joc-officer")
    made = recorded(client, "security-event", EVENT)
    changed = {**EVENT, "title": "Shots near a ford (invented)", "revision": "1"}
    assert client.post(f"/record/{made}/edit", changed).status_code == 400
    assert client.post(f"/record/{made}/edit", {**changed, "reason": "A ford, no bridge"}).status_code == 302
    stale = client.post(f"/record/{made}/edit", {**changed, "title": "Third", "reason": "Late"})
    assert stale.status_code == 409
    assert 'value="Third"' in stale.content.decode()
    history = client.get(f"/record/{made}").content.decode()
    assert "A ford, no bridge" in history


def test_new_type__one_file_gives_form_list_page_and_schema(tmp_path: Path, sign_in: Any) -> None:
    source = Path(__file__).parents[2] / "missions"
    shutil.copytree(source, tmp_path / "missions")
    (tmp_path / "missions/minusma/records/tower-watch.yaml").write_text(
        "version: 1\nextends: action\nlabel: {en: Tower watch, fr: Veille de tour}\nplural: {en: Tower watches, fr: Veilles de tour}\ncode: TWW\n"
        "source: A test\nserves: ['34.-3']\nlevel: unclassified\nrecord_by: [joc-officer]\nlisted: [title, vehicles]\n"
        "fields:\n  vehicles: {kind: integer, label: {en: Vehicles, fr: Véhicules}, required: true}\n",
        "utf-8",
    )
    made = new_workspace(tmp_path, str(tmp_path / "missions/minusma"), missions=(tmp_path / "missions",))
    made.accounts.add("joc-officer", "JOC officer (invented)", ["joc-officer"], PASSWORD, invented=True)
    composition(tmp_path / "missions").attach(made)
    client = sign_in("joc-officer", "fr")
    assert "Véhicules" in client.get("/records/tower-watch/new").content.decode()
    identifier = recorded(
        client, "tower-watch", {"title": "Veille (inventée)", "occurred_on": "2017-07-20", "vehicles": "12"}
    )
    assert "Veille (inventée)" in client.get("/records/tower-watch").content.decode()
    assert ">12<" in client.get(f"/record/{identifier}").content.decode()
    schema = client.get("/api/types/tower-watch").json()["values"]
    assert schema["properties"]["vehicles"]["type"] == "integer"
    assert "vehicles" in schema["required"]
