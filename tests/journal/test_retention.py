"""The dates of keeping act once a person has confirmed them; what they did is journalled, and the seal verifies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from remit.kernel.conditions import ALWAYS, parse_condition
from remit.kernel.errors import Conflict, Forbidden
from remit.records.access import ORIGINATOR_CONTROL
from remit.records.keeping import dues
from remit.records.record import Record
from remit.records.types import KeepingRule
from remit.services.amending import amend
from remit.services.entering import change_entry
from remit.services.linking import link
from remit.services.looking import find, see
from remit.services.moving import move
from remit.services.recording import record
from remit.services.retaining import plan, retain
from remit.services.verifying import seal, verify
from remit.services.workspace import Workspace
from tests.journal.conftest import SECRET, actor, incident
from tests.journal.test_redaction import left
from tests.workspaces import composition

Remit = Callable[..., tuple[int, str, str]]
WAS = datetime(2020, 4, 10, 6, tzinfo=UTC)


def patrol(workspace: Workspace, **more: Any) -> Record:
    """Record a patrol that came home in 2020, with a narrative."""
    at = workspace.at(WAS)
    who = actor(workspace, "sector-commander")
    raw = {
        "title": "Boat patrol (invented)", "occurred_on": "2020-04-10", "mode": "boat", "narrative": SECRET,
        "place": {"name": "Low Quay", "lat": -41.12, "lon": -118.9, "island": "low-isle"},
    }  # fmt: skip
    made = record(at, who, "patrol", raw, **more)
    amend(at, who, made.id, {"narrative": f"{SECRET}, twice"}, reason="more")
    move(at, who, made.id, "depart")
    return move(at, who, made.id, "complete", values={"villages": 3})


def on(workspace: Workspace, year: int, month: int = 1, day: int = 1) -> Workspace:
    """Return the workspace on a day."""
    return workspace.at(datetime(year, month, day, 12, tzinfo=UTC))


def test_nothing_is_due_before_its_day(workspace: Workspace) -> None:
    patrol(workspace)
    officer = actor(workspace, "records-officer")
    assert plan(on(workspace, 2025, 4, 9), officer).todo == ()
    (due,) = plan(on(workspace, 2025, 4, 10), officer).todo
    assert (due.due.on, due.due.act, due.fields) == (date(2025, 4, 10), "destroy", ("narrative",))
    assert due.rule.en == "Values are destroyed 5 years after it was closed (patrol@1)"
    assert due.rule.fr == "Les valeurs sont détruites 5 ans après la clôture (patrol@1)"


def test_values_go_from_every_byte_and_the_seal_verifies(workspace: Workspace) -> None:
    folder = workspace.folder
    assert folder is not None
    made = patrol(workspace)
    seal(workspace)
    then, officer = on(workspace, 2026), actor(workspace, "records-officer")
    done = retain(then, officer, plan(then, officer))
    assert [one.id for one in done.destroyed] == [made.id]
    assert left(folder, SECRET) == []
    now = workspace.journal.get(made.id)
    assert now is not None and now.erased == ("narrative",) and now.values["villages"] == 3
    last = [*workspace.journal.entries(record=made.id)][-1]
    assert last.kind == "redacted" and "patrol@1" in last.values["_reason"] and last.by.role == "records-officer"
    assert verify(workspace).ok
    assert plan(then, officer).todo == (), "what was done is not due again"


def test_a_level_is_lowered_on_its_day(workspace: Workspace) -> None:
    made = patrol(workspace)
    then, officer = on(workspace, 2041), actor(workspace, "records-officer")
    found = plan(then, officer)
    assert [one.due.act for one in found.todo] == ["destroy", "declassify"]
    done = retain(then, officer, found)
    assert [one.level for one in done.declassified] == ["unclassified"]
    assert see(workspace, actor(workspace, "joc-officer"), made.id).record.level == "unclassified"
    public = find(workspace, actor(workspace, "researcher"), condition=ALWAYS)
    assert [one.id for one in public.records] in ([], [made.id])
    seal(workspace)
    assert verify(workspace).ok


def test_an_originator_and_an_exception_hold_it_back(workspace: Workspace) -> None:
    theirs = patrol(workspace, caveats=[ORIGINATOR_CONTROL], originator="France")
    evidence = patrol(workspace)
    case = incident(workspace, "A case (invented)")
    link(workspace, actor(workspace, "sector-commander"), evidence.id, "evidence-for", case.id)
    found = plan(on(workspace, 2041), actor(workspace, "records-officer"))
    held = {(one.record.id, one.due.act): one.due.obstacle for one in found.held}
    assert held == {(theirs.id, "declassify"): "originator", (evidence.id, "destroy"): "unless"}
    assert {(one.record.id, one.due.act) for one in found.todo} == {(theirs.id, "destroy"), (evidence.id, "declassify")}


def test_what_was_confirmed_is_done_and_nothing_else(workspace: Workspace) -> None:
    made = patrol(workspace)
    then, officer = on(workspace, 2026), actor(workspace, "records-officer")
    confirmed = plan(then, officer)
    amend(then, actor(workspace, "sector-commander"), made.id, {"villages": 4}, reason="counted again")
    before = workspace.journal.state_digest()
    with pytest.raises(Conflict) as refused:
        retain(then, officer, confirmed)
    assert refused.value.code == "RET-001" and workspace.journal.state_digest() == before


def test_only_who_may_destroy_acts_and_others_are_counted(workspace: Workspace) -> None:
    patrol(workspace)
    apart = patrol(workspace)
    kind, who = workspace.mission.record_types["patrol"], actor(workspace, "sector-commander")
    closed = change_entry(workspace.at(WAS), who, "amended", apart, kind, facts={"compartment": "hr-sources"})
    workspace.journal.append([closed])
    then = on(workspace, 2026)
    with pytest.raises(Forbidden):
        plan(then, actor(workspace, "joc-officer"))
    found = plan(then, actor(workspace, "records-officer"))
    assert (len(found.todo), found.unseen) == (1, 1)


@pytest.mark.parametrize(
    ("of", "occurred", "expected"),
    [
        ("occurred", "2020-02-29", date(2021, 3, 10)),
        ("occurred", "2020-02", date(2021, 3, 10)),
        ("occurred", "2020", date(2022, 1, 10)),
        ("occurred", "2020-04-10T23:30:00+00:00", date(2021, 4, 20)),
        ("occurred", "", None),
        ("recorded", "", date(2021, 4, 20)),
        ("changed", "", date(2021, 4, 20)),
        ("closed", "", date(2021, 4, 20)),
    ],
)
def test_days_are_counted_by_the_calendar(workspace: Workspace, of: Any, occurred: str, expected: date | None) -> None:
    kind = replace(workspace.mission.record_types["patrol"], retention=None, declassification=KeepingRule(12, 10, of))
    made = replace(patrol(workspace), occurred=occurred)
    from remit.services.sight import JournalLinks

    found = [due.on for due in dues(made, kind, JournalLinks(workspace, made))]
    assert found == ([expected] if expected else [])


def test_a_condition_that_cannot_be_told_holds_destruction_back(workspace: Workspace) -> None:
    from remit.services.sight import JournalLinks

    kind = workspace.mission.record_types["patrol"]
    rule = KeepingRule(12, 0, "closed", parse_condition({"villages": {"above": 2}}))
    made = patrol(workspace)
    unknown = replace(made, values={key: value for key, value in made.values.items() if key != "villages"})
    few = replace(made, values={**made.values, "villages": 1})
    found = [
        next(dues(one, replace(kind, retention=rule, declassification=None), JournalLinks(workspace, one))).obstacle
        for one in (made, unknown, few)
    ]
    assert found == ["unless", "unless", ""]


def test_the_command(workspace: Workspace, remit: Remit, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = workspace.folder
    assert folder is not None
    status, told, _ = remit("retain", "--workspace", folder)
    assert (status, told.strip()) == (0, "Nothing is due.")
    made = patrol(workspace)
    composition().close(workspace)
    status, told, _ = remit("retain", "--workspace", folder)
    assert status == 0 and made.number in told and "narrative" in told
    status, told, _ = remit("retain", "--workspace", folder, "--act", "--yes", "--language", "fr")
    assert status == 0 and "Valeurs détruites : 1" in told
    status, told, _ = remit("retain", "--workspace", folder, "--format", "json", "--act", "--yes")
    assert status == 0 and '"due": []' in told
