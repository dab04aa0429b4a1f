"""Amending, withdrawing and linking: reasons, conflicts, and what is hidden looks like what is absent."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from remit.kernel.errors import BadInput, Conflict, Forbidden, Hidden, RemitError
from remit.records.actors import Actor
from remit.records.record import Record
from remit.services.amending import amend
from remit.services.figuring import figures
from remit.services.linking import link
from remit.services.looking import find, see
from remit.services.moving import move
from remit.services.recording import record
from remit.services.withdrawing import withdraw
from remit.services.workspace import Workspace
from tests.unit.services.exercise import FERRY, QUARTER, Exercise

Act = Callable[[Workspace, Actor, str], Record]
ACTS: dict[str, tuple[str, Act]] = {
    "amend": ("joc-officer", lambda w, a, i: amend(w, a, i, {"title": "Other"}, reason="r")),
    "move": ("joc-officer", lambda w, a, i: move(w, a, i, "verify", values={"means": "patrol"})),
    "link": ("joc-officer", lambda w, a, i: link(w, a, i, "same-event", i)),
    "withdraw": ("joc-officer", lambda w, a, i: withdraw(w, a, i, reason="r")),
    "see": ("joc-officer", lambda w, a, i: see(w, a, i).record),
}
ABSENT = "00000000-0000-7000-8000-000000000000"


def test_an_amendment_keeps_what_it_does_not_name_and_all_that_was(exercise: Exercise) -> None:
    made = exercise.incident()
    after = amend(
        exercise.on("2020-04-04"), exercise.actor("joc-officer"), made.id, {"title": "Two shots"}, reason="Recount"
    )
    assert after.values == {**made.values, "title": "Two shots"}
    entries = list(exercise.workspace.journal.entries(record=made.id))
    assert [e.kind for e in entries] == ["recorded", "amended"]
    assert entries[0].values["title"] == "Shots (invented)"
    assert entries[1].values == {"title": "Two shots", "_reason": "Recount"}


def test_an_amendment_that_changes_nothing_writes_nothing(exercise: Exercise) -> None:
    made = exercise.incident()
    amend(exercise.on("2020-04-04"), exercise.actor("joc-officer"), made.id, {"title": made.title}, reason="Nothing")
    assert exercise.count() == 1


def test_an_amendment_clears_a_field_that_may_be_empty_and_no_other(exercise: Exercise) -> None:
    made = exercise.incident(harmed=[{"sex": "female", "age_group": "adult", "harm": "injured", "number": 1}])
    officer, workspace = exercise.actor("joc-officer"), exercise.on("2020-04-04")
    assert "harmed" not in amend(workspace, officer, made.id, {"harmed": []}, reason="Nobody was hurt").values
    with pytest.raises(BadInput) as refused:
        amend(workspace, officer, made.id, {"category": ""}, reason="r")
    assert refused.value.code == "REC-012"


@pytest.mark.parametrize("reason", ["", "   "])
def test_amending_and_withdrawing_need_a_reason(exercise: Exercise, reason: str) -> None:
    made = exercise.incident()
    with pytest.raises(BadInput) as refused:
        amend(exercise.workspace, exercise.actor("joc-officer"), made.id, {"title": "T"}, reason=reason)
    assert refused.value.code == "REC-035"
    with pytest.raises(BadInput) as refused:
        withdraw(exercise.workspace, exercise.actor("joc-officer", "another"), made.id, reason=reason)
    assert refused.value.code == "REC-035"
    assert exercise.count() == 1


def test_building_on_a_state_that_is_not_the_last_is_a_conflict_that_says_so(exercise: Exercise) -> None:
    made = exercise.incident()
    officer, workspace = exercise.actor("joc-officer"), exercise.on("2020-04-04")
    amend(workspace, officer, made.id, {"title": "First"}, reason="r", revision=made.revision)
    acts: list[Callable[[], Record]] = [
        lambda: amend(workspace, officer, made.id, {"title": "Second"}, reason="r", revision=made.revision),
        lambda: move(workspace, officer, made.id, "verify", values={"means": "patrol"}, revision=made.revision),
        lambda: withdraw(
            workspace, exercise.actor("joc-officer", "another"), made.id, reason="r", revision=made.revision
        ),
    ]
    for act in acts:
        with pytest.raises(Conflict) as refused:
            act()
        assert refused.value.code == "REC-036"
        assert made.number in refused.value.text("en") and made.number in refused.value.text("fr")
    assert exercise.count() == 2


@pytest.mark.parametrize("name", ACTS)
def test_what_is_hidden_and_what_is_absent_look_alike(exercise: Exercise, name: str) -> None:
    role, act = ACTS[name]
    values = {"title": "Shots (invented)", "occurred_on": "2020-04-02", "place": FERRY, "category": "shooting"}
    hidden = record(
        exercise.workspace, exercise.actor("joc-officer"), "incident", values,
        level="strictly-confidential", compartment="hr-sources",
    )  # fmt: skip
    told = []
    for identifier in (hidden.id, ABSENT):
        with pytest.raises(Hidden) as refused:
            act(exercise.workspace, exercise.actor(role), identifier)
        told.append(refused.value.text().replace(identifier, "ID"))
    assert told[0] == told[1]
    assert exercise.count() == 1


def test_a_withdrawn_record_stays_and_counts_no_more(exercise: Exercise) -> None:
    made = exercise.verified()
    officer = exercise.actor("reporting-officer")
    before = figures(exercise.workspace, officer, QUARTER, keys=["incidents-verified"])[0]
    withdraw(exercise.on("2020-05-01"), exercise.actor("joc-officer", "another"), made.id, reason="Entered twice")
    after = figures(exercise.workspace, officer, QUARTER, keys=["incidents-verified"])[0]
    assert (before.value, after.value) == (1, 0)
    seen = see(exercise.workspace, exercise.actor("joc-officer"), made.id)
    assert seen.record.withdrawn and not seen.editable
    assert not any(option.allowed for option in seen.moves)


def test_a_withdrawn_record_takes_nothing_more(exercise: Exercise) -> None:
    made = exercise.incident()
    withdraw(exercise.workspace, exercise.actor("joc-officer", "another"), made.id, reason="Entered twice")
    officer = exercise.actor("joc-officer")
    acts: list[Callable[[], Record]] = [
        lambda: amend(exercise.workspace, officer, made.id, {"title": "T"}, reason="r"),
        lambda: move(exercise.workspace, officer, made.id, "verify", values={"means": "patrol"}),
        lambda: withdraw(exercise.workspace, exercise.actor("joc-officer", "another"), made.id, reason="again"),
    ]
    for act in acts:
        with pytest.raises(RemitError) as refused:
            act()
        assert made.number in refused.value.text() or "withdrawn" in refused.value.text()
    assert exercise.count() == 2


def test_only_those_who_may_withdraw_do(exercise: Exercise) -> None:
    made = exercise.incident()
    with pytest.raises(Forbidden) as refused:
        withdraw(exercise.workspace, exercise.actor("field-officer"), made.id, reason="r")
    assert refused.value.code == "ACC-011"


def test_a_link_is_seen_from_both_sides_and_twice_is_once(exercise: Exercise) -> None:
    patrol, incident = exercise.patrol(), exercise.incident()
    officer = exercise.actor("sector-commander")
    for _ in range(2):
        link(exercise.workspace, officer, patrol.id, "evidence-for", incident.id)
    assert [e.kind for e in exercise.workspace.journal.entries(record=patrol.id)].count("linked") == 1
    outward = see(exercise.workspace, officer, patrol.id).linked
    inward = see(exercise.workspace, officer, incident.id).linked
    assert [(k.relation, k.outward, r.id) for k, r in outward] == [("evidence-for", True, incident.id)]
    assert [(k.relation, k.outward, r.id) for k, r in inward] == [("evidence-for", False, patrol.id)]


@pytest.mark.parametrize(("relation", "code"), [("proves", "LNK-001"), ("same-event", "LNK-002")])
def test_a_link_that_makes_no_sense_is_refused(exercise: Exercise, relation: str, code: str) -> None:
    made = exercise.incident()
    with pytest.raises(BadInput) as refused:
        link(exercise.workspace, exercise.actor("joc-officer"), made.id, relation, made.id)
    assert refused.value.code == code
    assert exercise.count() == 1


def test_a_link_to_what_may_not_be_seen_is_a_link_to_nothing(exercise: Exercise) -> None:
    made = exercise.incident()
    with pytest.raises(Hidden):
        link(exercise.workspace, exercise.actor("joc-officer"), made.id, "same-event", ABSENT)
    assert find(exercise.workspace, exercise.actor("joc-officer")).total == 1
