"""Screening as a mission does it: recorded, decided by people, remembered, asked again when the entry changes."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from remit.kernel.errors import BadInput, Forbidden, Refused
from remit.missions.mission import Mission
from remit.records.actors import Actor
from remit.records.screening.candidates import Subject
from remit.services.looking import find, see
from remit.services.moving import move
from remit.services.recording import record
from remit.services.screening import gone_or_changed, ledger, lists, screen, screen_again, take_list
from remit.services.workspace import Workspace
from tests.unit.records.screening.test_candidates import listing
from tests.workspaces import composition

SOMEBODY = Subject("File 1 (invented)", "person", ("Abdoul Karim Zarouali",), born="1971-05-04")


@pytest.fixture
def workspace(larger: Mission) -> Workspace:
    return composition().in_memory(larger).at(datetime(2017, 8, 1, 9, tzinfo=UTC))


def who(workspace: Workspace, role: str) -> Actor:
    return Actor(role, workspace.mission.roles[role])


def decide(workspace: Workspace, identifier: str, outcome: str, **values: object) -> None:
    """Decide about a screening as the legal adviser (a second person)."""
    move(workspace, who(workspace, "legal-adviser"), identifier, outcome, reason="Seen (invented)",
         values={"decided_at": "2017-08-01T09:00:00Z", **values})  # fmt: skip


@pytest.mark.para("22.d")
def test_a_candidate_is_recorded_with_its_reasons_and_waits_for_a_person(workspace: Workspace) -> None:
    analyst = who(workspace, "jmac-analyst")
    taken = take_list(workspace, analyst, listing(), "list.xml")
    assert taken.new and taken.record.values["persons"] == 2
    assert not take_list(workspace, analyst, listing(), "list.xml").new and len(lists(workspace)) == 1
    found = screen(workspace, analyst, [SOMEBODY], "support")[0]
    assert found.record is not None and (found.record.state, found.record.level) == (
        "candidate",
        "strictly-confidential",
    )
    row = found.record.values["candidates"][0]
    assert row["reference_number"] == "XXi.001" and "zarouali ~ zarwali" in row["explanation"]
    again = screen(workspace, analyst, [SOMEBODY], "support")[0]
    assert again.record is None and again.waiting is not None and again.waiting.id == found.record.id


@pytest.mark.para("22.d")
def test_a_decision_is_remembered_until_the_entry_changes(workspace: Workspace) -> None:
    analyst = who(workspace, "jmac-analyst")
    take_list(workspace, analyst, listing(), "list.xml")
    first = screen(workspace, analyst, [SOMEBODY], "support")[0]
    assert first.record is not None
    decide(workspace, first.record.id, "dismiss")
    second = screen(workspace, analyst, [SOMEBODY], "support")[0]
    assert second.candidates == () and second.record is not None and second.record.state == "no-candidate"
    assert second.record.values["remembered"][0]["decided_in"] == first.record.number
    other = screen(workspace, analyst, [Subject("File 2 (invented)", "person", SOMEBODY.names)], "support")[0]
    assert len(other.candidates) == 1, "another person of that name is asked about"
    changed = take_list(workspace, analyst, listing("2020-03-01", "Two teeth of gold (invented)."), "later.xml")
    assert changed.difference is not None and list(changed.difference.changed) == ["XXi.001"]
    third = screen_again(workspace, analyst)
    assert {one.subject.file: len(one.candidates) for one in third} == {"File 1 (invented)": 1, "File 2 (invented)": 1}
    asked = next(one for one in third if one.subject.file == SOMEBODY.file)
    assert (
        asked.record is not None
        and "the entry has changed since" in asked.record.values["candidates"][0]["explanation"]
    )
    assert screen_again(workspace, analyst) == []


@pytest.mark.para("22.d")
def test_a_name_alone_never_confirms_and_a_confirmed_entry_that_goes_is_told(workspace: Workspace) -> None:
    analyst = who(workspace, "jmac-analyst")
    take_list(workspace, analyst, listing(), "list.xml")
    made = screen(workspace, analyst, [SOMEBODY], "support")[0].record
    assert made is not None
    move(workspace, analyst, made.id, "hold-probable", reason="Name (invented)", values={"identifiers": ["name"]})
    with pytest.raises(Refused):
        decide(workspace, made.id, "confirm", identifiers=["name"])
    decide(workspace, made.id, "confirm", identifiers=["name", "birth-date"])
    gone = listing("2020-03-01").replace(b"XXi.001", b"XXi.009")
    take_list(workspace, analyst, gone, "later.xml")
    assert [(one.number, reference, how) for one, reference, how in gone_or_changed(workspace, analyst)] == [
        (made.number, "XXi.001", "removed")
    ]


@pytest.mark.para("22.d")
def test_who_does_not_screen_sees_nothing_of_it(workspace: Workspace) -> None:
    analyst = who(workspace, "jmac-analyst")
    take_list(workspace, analyst, listing(), "list.xml")
    made = screen(workspace, analyst, [SOMEBODY], "support")[0].record
    assert made is not None
    for role in ("joc-officer", "human-rights-chief", "srsg", "researcher"):
        assert find(workspace, who(workspace, role), types=["sanctions-screening"]).total == 0, role
        with pytest.raises(Forbidden):
            screen(workspace, who(workspace, role), [SOMEBODY], "support")
    legal = see(workspace, who(workspace, "legal-adviser"), made.id)
    assert legal.values["names"] == list(SOMEBODY.names) and legal.hidden == ()


def test_without_a_list_or_in_a_mission_without_screening_it_is_said(workspace: Workspace) -> None:
    with pytest.raises(BadInput) as raised:
        screen(workspace, who(workspace, "jmac-analyst"), [SOMEBODY], "support")
    assert raised.value.code == "REC-072"
    small = composition().in_memory(composition().load("exercise"))
    with pytest.raises(BadInput) as raised:
        screen(small, Actor("x", small.mission.roles["planner"]), [SOMEBODY], "support")
    assert raised.value.code == "REC-071"


@pytest.mark.para("22.d")
def test_every_transfer_stands_in_the_ledger_whatever_became_of_it(workspace: Workspace) -> None:
    analyst = who(workspace, "jmac-analyst")
    for title, recipient in (("Note (invented)", "sanctions-committee"), ("Other (invented)", "french-forces")):
        record(workspace, analyst, "information-transfer", {
            "title": title, "collected_at": "2017-08-01T08:00:00Z", "recipient": recipient, "basis": "Paragraph 22 (d)",
            "grade": "b2", "content": "Movements (invented)", "third_party": "no",
        })  # fmt: skip
    assert [one.record.title for one in ledger(workspace, analyst)] == ["Note (invented)"]
    assert len(ledger(workspace, analyst, "")) == 2
    assert ledger(workspace, who(workspace, "joc-officer"), "") == []
