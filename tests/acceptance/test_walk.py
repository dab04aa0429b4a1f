"""From the Council's words to a sentence of the quarterly report, and back: 20 (a) (ii), first dash.

One executable test of the spine, at the level of services; the browser takes the same walk in test_walk_browser.py.
"""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from pathlib import Path

import docx
import pytest

from remit.kernel.errors import Forbidden, Hidden, Refused
from remit.records.record import Record
from remit.services.attaching import attach_text, official_document
from remit.services.figuring import figures, snapshot, walk_back
from remit.services.freezing import correct, frozen, review
from remit.services.importing import import_events
from remit.services.linking import link
from remit.services.looking import facets, find, see
from remit.services.product_files import render
from remit.services.recording import record
from remit.services.reporting import keep_product, reprint, write
from remit.services.verifying import seal, verify
from tests.acceptance.steps import CUT_OFF, PLACE, QUARTER, Walk
from tests.workspaces import new_workspace

UCDP = b"""id,year,month,day,country,type_of_violence,conflict_name,side_a,side_b,latitude,longitude,low_death,best_death,high_death
900001,2017,7,17,Mali,State-based violence,Mali: Government,Side one,Side two,16.95,-0.35,2.0,3.0,4.0
900002,2017,13,40,Mali,State-based violence,Mali: Government,Side one,Side two,16.95,-0.35,2.0,3.0,4.0
"""


@pytest.fixture
def walk(tmp_path: Path) -> Walk:
    return Walk(new_workspace(tmp_path, "minusma"))


def confirmed(walk: Walk, **asked: object) -> int | float | None:
    return figures(
        walk.workspace, walk.actor("reporting-officer"), QUARTER, keys=["ceasefire-findings-confirmed"], **asked
    )[0].value  # type: ignore[arg-type]


@pytest.mark.para("20.a.ii.-1")
def test_walk(walk: Walk) -> None:
    workspace = walk.workspace
    joc = walk.actor("joc-officer")

    # The obligation and its task stand in the mission's folder; nothing of them is in the code.
    path = "20.a.ii.-1"
    task = next(t for t in workspace.mission.tasks.values() if t.path == path)
    assert task.lead and "ceasefire-findings-confirmed" in task.measures

    # A row of an external data set and a typed field report are linked to one event.
    walk.record_event()
    imported = import_events(walk.at("2017-07-20T08:00:00+00:00"), walk.actor("jmac-analyst"), "ucdp", UCDP, "rows.csv")
    assert len(imported.added) == 1
    assert [(i.code, i.where.line) for i in imported.issues] == [("IMP-014", 3)]
    link(workspace, joc, imported.added[0], "same-event", walk.made["event"].id)
    event = see(workspace, joc, walk.made["event"].id)
    assert {r.type for _, r in event.linked} >= {"external-report", "field-report"}

    # alleged → registered → tasked → reported → confirmed, by a second person.
    walk.record_finding("clash", "armed-clash", by="emov-member")
    walk.record_finding("shots", "shooting")
    walk.verify("clash")
    with pytest.raises(Refused) as refused:
        walk.confirm("clash", "2017-07-30T10:00:00+00:00", person="emov-member")
    assert refused.value.code == "REC-032"
    assert "second" in refused.value.text("en").lower() and "seconde" in refused.value.text("fr").lower()
    assert walk.confirm("clash", "2017-07-31T10:00:00+00:00").state == "confirmed"

    # A compartmented finding over the same event is not there for the first role: page, search, counts, links, history.
    rights = record(
        walk.at("2017-07-21T08:00:00+00:00"),
        walk.actor("human-rights-officer"),
        "human-rights-finding",
        {
            "title": "Zebrafish finding (invented)",
            "occurred_on": "2017-07-17",
            "reported_at": "2017-07-21T07:00:00+00:00",
            "place": PLACE,
            "violations": [workspace.mission.options["rights-violations"][0].key],
        },
        over=walk.made["event"].id,
        invented=True,
    )
    assert_unseen(walk, rights)

    # 1 confirmed and, apart, 1 alleged.
    keys = ["ceasefire-findings-confirmed", "ceasefire-findings-alleged"]
    found = figures(workspace, walk.actor("reporting-officer"), QUARTER, keys=keys)
    assert [figure.value for figure in found] == [1, 1]
    assert found[0].record_ids == (walk.made["clash"].id,)

    # The report is drafted at the cut-off, and what it prints is frozen.
    officer = walk.actor("reporting-officer")
    kept = keep_product(walk.at("2017-09-20T08:00:00+00:00"), officer, "quarterly", QUARTER, cut_off=CUT_OFF)
    paragraph = next(p for p in kept.document.paragraphs() if "ceasefire-findings-confirmed" in p.figures)
    assert path in paragraph.answers and "one" in paragraph.text
    one = next(
        f
        for f in frozen(workspace, officer, "ceasefire-findings-confirmed")
        if f.figure.period == QUARTER and not f.figure.by
    )
    assert one.figure.value == 1 and one.product is not None and str(paragraph.number) in one.paragraph
    assert review(workspace, one).same

    # An entry arrives after the cut-off: the live figure changes, the frozen one does not, the correction names the report.
    walk.verify("shots")
    walk.confirm("shots", "2017-09-25T10:00:00+00:00")
    assert confirmed(walk) == 2
    assert confirmed(walk, as_of=CUT_OFF) == 1
    changed = review(workspace, one)
    assert (changed.same, changed.old, changed.new) == (False, 1, 2)
    assert changed.came == (walk.made["shots"].id,)
    correction = correct(
        walk.at("2017-09-26T08:00:00+00:00"), officer, one.record.id, reason="Confirmed after the cut-off"
    )
    assert correction.values["products"] == [kept.record.id]
    assert reprint(workspace, officer, kept.record.id).document.figures["ceasefire-findings-confirmed"].value == 1

    # Back: sentence → figure → records → journal entries → source.
    run = next(r for r in paragraph.runs if r.figure == "ceasefire-findings-confirmed")
    figure = kept.document.figures[run.figure]
    back = walk_back(workspace, joc, figure)
    assert [r.id for r in back.records] == [walk.made["clash"].id] and back.unseen == 0
    seen = see(workspace, joc, walk.made["clash"].id)
    assert [e.kind for e in seen.history if e.kind != "linked"] == ["recorded", "moved", "moved", "moved", "moved"]
    evidence = next(r for k, r in seen.linked if k.relation == "evidence-for")
    assert see(workspace, joc, evidence.id).values["victims"][1]["killed"] == {"number": 2, "qualifier": "at-least"}
    row = see(workspace, joc, imported.added[0])
    assert json.loads(row.values["original_row"])["id"] == "900001"
    assert workspace.attachments.read(row.values["source_file"]["sha256"]) == UCDP

    # The seal holds over all of it.
    seal(workspace)
    assert verify(workspace).ok


def assert_unseen(walk: Walk, rights: Record) -> None:
    """Assert that the first role finds nothing of a compartmented record, and its own office does."""
    workspace, joc, office = walk.workspace, walk.actor("joc-officer"), walk.actor("human-rights-officer")
    with pytest.raises(Hidden) as hidden:
        see(workspace, joc, rights.id)
    with pytest.raises(Hidden) as absent:
        see(workspace, joc, "00000000-0000-7000-8000-000000000000")
    shape = [
        hidden.value.text().replace(rights.id, "ID"),
        absent.value.text().replace("00000000-0000-7000-8000-000000000000", "ID"),
    ]
    assert shape[0] == shape[1]
    assert find(workspace, joc, text="zebrafish").total == 0
    assert find(workspace, joc, types=("human-rights-finding",)).total == 0
    assert not facets(workspace, joc, types=("human-rights-finding",))
    event = see(workspace, joc, walk.made["event"].id)
    assert rights.id not in {r.id for _, r in event.linked} | {r.id for r in event.findings}
    assert rights.id not in {link.other for link in event.record.links}
    assert find(workspace, office, text="zebrafish").total == 1
    assert rights.id in {r.id for r in see(workspace, office, walk.made["event"].id).findings}


def test_walk__state_and_snapshot_rebuilt_are_equal(walk: Walk) -> None:
    walk.record_event()
    walk.record_finding("clash", "armed-clash", by="emov-member")
    walk.verify("clash")
    walk.confirm("clash", "2017-07-31T10:00:00+00:00")
    before = walk.workspace.journal.state_digest(), snapshot(walk.workspace).digest, confirmed(walk)
    walk.workspace.snapshots.drop()
    walk.workspace.cache.clear()
    walk.workspace.journal.rebuild()
    assert (walk.workspace.journal.state_digest(), snapshot(walk.workspace).digest, confirmed(walk)) == before
    assert before[2] == 1


def test_walk__in_french(walk: Walk) -> None:
    walk.record_event()
    walk.record_finding("clash", "armed-clash", by="emov-member")
    walk.verify("clash")
    walk.confirm("clash", "2017-07-31T10:00:00+00:00")
    officer = walk.actor("reporting-officer")
    document = write(walk.workspace, officer, "quarterly", QUARTER, cut_off=CUT_OFF, language="fr")
    paragraph = next(p for p in document.paragraphs() if "ceasefire-findings-confirmed" in p.figures)
    assert "une\u00a0violation" in paragraph.text
    pages = render(walk.workspace, document)
    word = docx.Document(io.BytesIO(pages[".docx"]))
    assert any("une\u00a0violation" in p.text for p in word.paragraphs)
    assert "Conseil de sécurité" in pages[".html"].decode()
    assert "Inventé" in pages[".html"].decode()


def test_walk__as_a_reader_outside(walk: Walk) -> None:
    walk.record_event()
    walk.record_finding("clash", "armed-clash", by="emov-member")
    walk.verify("clash")
    walk.confirm("clash", "2017-07-31T10:00:00+00:00")
    delegation = walk.actor("delegation")
    seen = figures(walk.workspace, delegation, QUARTER)
    assert {f.key for f in seen} == {
        m.key for m in walk.workspace.mission.measures.values() if "council" in m.audiences
    }
    assert next(f for f in seen if f.key == "ceasefire-findings-confirmed").value == 1
    assert find(walk.workspace, delegation).total == 0  # everything recorded so far is confidential
    with pytest.raises(Hidden):
        see(walk.workspace, delegation, walk.made["event"].id)
    with pytest.raises(Forbidden):
        write(walk.workspace, delegation, "quarterly", QUARTER)
    public = write(
        walk.workspace, walk.actor("reporting-officer"), "quarterly", QUARTER, cut_off=CUT_OFF, audience="council"
    )
    html = render(walk.workspace, public)[".html"].decode()
    assert "data-part" in html and 'class="margin"' not in html and 'class="origin"' not in html


@pytest.mark.para("20.a.ii.-1")
def test_walk__back_to_the_characters_of_the_official_text(walk: Walk, corpus: Path) -> None:
    data = (corpus / "resolutions" / "text" / "S_RES_2364_2017.txt").read_bytes()
    attach_text(walk.at("2017-07-01T08:00:00+00:00"), walk.actor("planner"), data, "S_RES_2364_2017.txt")
    document = official_document(walk.workspace)
    assert document is not None
    provision = next(p for p in document.provisions if p.path == "20.a.ii.-1")
    start, end = provision.span
    assert "ceasefire" in document.source[start:end] and "Security" in document.source[start:end]
    assert [p.path for p in document.provisions if p.role == "op"] == [str(n) for n in range(1, 50)]


def test_walk__real_events_come_in_once(walk: Walk, corpus: Path) -> None:
    data = (corpus / "data" / "ucdp" / "ged211_whereprec12_mali.csv").read_bytes()
    analyst = walk.actor("jmac-analyst")
    at = walk.workspace.at(datetime(2017, 9, 1, tzinfo=UTC))
    first = import_events(at, analyst, "ucdp", data, "ged.csv")
    assert (len(first.added), first.rejected, first.known) == (891, 0, 0)
    again = import_events(at, analyst, "ucdp", data, "ged.csv")
    assert (len(again.added), again.rejected, again.known) == (0, 0, 891)
    one = see(walk.workspace, analyst, first.added[0])
    assert one.values["provider"] == "ucdp" and one.values["place"]["uncertainty_m"] == 25_000
    found = figures(walk.workspace, analyst, QUARTER, keys=["external-reported-deaths"], by=("month", "region"))[0]
    assert found.value and found.value == sum(cell.value or 0 for cell in found.cells)
