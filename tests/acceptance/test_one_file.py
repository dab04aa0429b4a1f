"""Adding a record type or a measure touches one file: form, list, page, API schema and table follow by themselves."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from django.test import Client

from remit.kernel.periods import parse_period
from remit.records.actors import Actor
from remit.services.figuring import figures, snapshot
from remit.services.initiating import accounts
from remit.services.recording import record
from remit.services.workspace import Workspace
from tests.workspaces import new_workspace

MISSIONS = Path(__file__).parents[2] / "missions"

BOREHOLE = """
version: 1
extends: register
label: {en: Borehole, fr: Forage}
plural: {en: Boreholes, fr: Forages}
code: BOR
source: Test
serves: ["1"]
level: unclassified
listed: [title, depth]
fields:
  depth: {kind: decimal, required: true, minimum: 0, label: {en: Depth in metres, fr: Profondeur en mètres}}
  wells:
    kind: group
    repeats: true
    label: {en: Wells, fr: Puits}
    fields:
      yields: {kind: choice, options: yes-no-unknown, label: {en: Yields water, fr: Donne de l’eau}}
process:
  start: drilled
  states: [drilled, {tested: {final: true}}]
  moves:
    test: {from: drilled, to: tested, by: ROLE, label: {en: Test the borehole, fr: Tester le forage}}
"""

METRES = """
version: 1
label: {en: Metres drilled, fr: Mètres forés}
rule: {en: Depth of all boreholes recorded in the period., fr: Profondeur de tous les forages enregistrés dans la période.}
serves: ["1"]
source: Test
measure: sum
of: borehole
when: known
value: depth
by: [month]
unit: {en: metres, fr: mètres}
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    for name in ("base", "exercise"):
        shutil.copytree(MISSIONS / name, tmp_path / "missions" / name)
    folder = tmp_path / "missions" / "exercise"
    (folder / "records" / "borehole.yaml").write_text(BOREHOLE.replace("ROLE", "field-officer"), "utf-8")
    (folder / "measures" / "metres-drilled.yaml").write_text(METRES, "utf-8")
    made = new_workspace(tmp_path, str(folder), missions=(tmp_path / "missions",))
    accounts(made)
    return made


@pytest.fixture
def client(workspace: Workspace) -> Client:
    passwords = json.loads((workspace.folder / "invented-accounts.json").read_text("utf-8"))  # type: ignore[operator]
    client = Client()
    client.post("/sign-in", {"username": "field-officer", "password": passwords["field-officer"]})
    return client


def test_one_file__form_list_page_schema_and_table(workspace: Workspace, client: Client) -> None:
    form = client.get("/records/borehole/new")
    assert form.status_code == 200
    assert "Depth in metres" in form.content.decode() and 'name="depth"' in form.content.decode()

    blank = client.post("/records/borehole/new", {"title": "Well field (invented)", "depth": "41.5", "as_of.on": ""})
    assert blank.status_code == 400 and "is missing" in blank.content.decode()
    given = {"title": "Well field (invented)", "depth": "41.5", "as_of": "2020-04-01", "wells.0.yields": "yes"}
    sent = client.post("/records/borehole/new", given)
    assert sent.status_code == 302, sent.content.decode()[:2000]
    page = client.get(sent.url)  # type: ignore[attr-defined]
    assert page.status_code == 200 and "Well field (invented)" in page.content.decode()
    assert "Test the borehole" in page.content.decode()

    listed = client.get("/records/borehole")
    assert "Well field (invented)" in listed.content.decode() and "41.5" in listed.content.decode()

    schema = client.get("/api/types/borehole").json()
    assert "depth" in json.dumps(schema)

    taken = snapshot(workspace)
    assert pq.read_table(taken.folder / "borehole.parquet").column("depth").to_pylist()[0] is not None
    assert pq.read_table(taken.folder / "borehole__wells.parquet").column("yields").to_pylist() == ["yes"]


def test_one_file__measure_has_its_page(workspace: Workspace, client: Client) -> None:
    at = workspace.at(datetime(2020, 4, 1, 12, tzinfo=UTC))
    actor = Actor("field-officer", workspace.mission.roles["field-officer"])
    record(at, actor, "borehole", {"title": "One (invented)", "depth": "10", "as_of": "2020-04-01"})
    record(at, actor, "borehole", {"title": "Two (invented)", "depth": "31.5", "as_of": "2020-04-01"})
    figure = figures(workspace, actor, parse_period("2020-04"), keys=["metres-drilled"])[0]
    assert figure.value == 41.5
    page = client.get("/figures/metres-drilled", {"period": "2020-04-01/2020-05-01"})
    assert page.status_code == 200 and "Metres drilled" in page.content.decode()
    french = client.get("/figures/metres-drilled", headers={"accept-language": "fr"})
    assert french.status_code == 200
