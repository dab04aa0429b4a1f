"""Possible duplicates in a workspace: proposed to who may see both, decided by people, not proposed again."""

from __future__ import annotations

import contextlib

from remit.kernel.errors import Hidden
from remit.services.acting import recorder
from remit.services.duplicates import decide, proposals_for, proposals_while_entering, proposed_pairs
from remit.services.importing import TYPE, import_events
from tests.unit.services.exercise import QUAY, Exercise
from tests.unit.services.test_importing import ROW, table

TYPED = {"occurred_on": "2020-04-02", "place": {"name": "Ferry Point"}, "title": "", "category": "no such"}


def imported(exercise: Exercise, day: str = "2") -> str:
    """Import one row that tells of the incident of 2 April."""
    workspace = exercise.on("2020-05-01")
    row = {**ROW, "day": day, "best_death": "2"}
    return import_events(workspace, recorder(workspace, TYPE), "ucdp", table(row), "r.csv").added[0]


def test_an_outside_row_is_proposed_for_the_incident_and_the_other_way_round(exercise: Exercise) -> None:
    incident, row = exercise.incident(), imported(exercise)
    officer = exercise.actor("joc-officer")
    there = proposals_for(exercise.workspace, officer, incident.id, "en")
    back = proposals_for(exercise.workspace, officer, row, "en")
    assert [one.line.id for one in there] == [row] and [one.line.id for one in back] == [incident.id]
    assert "The same day." in there[0].alike.why("en") and "Le même jour." in there[0].alike.why("fr")


def test_a_rejected_pair_and_a_linked_one_are_not_proposed_again_and_nothing_is_merged(exercise: Exercise) -> None:
    incident, row, far = exercise.incident(), imported(exercise), exercise.incident(place=QUAY)
    officer = exercise.actor("joc-officer")
    assert {frozenset((p.one.id, p.other.id)) for p in proposed_pairs(exercise.workspace, officer, "en")} == {
        frozenset((incident.id, row))
    }
    decide(exercise.workspace, officer, incident.id, "distinct", row)
    assert proposals_for(exercise.workspace, officer, row, "en") == ()
    assert proposed_pairs(exercise.workspace, officer, "en") == ()
    again = exercise.incident(title="Shots once more (invented)")
    decide(exercise.workspace, officer, again.id, "duplicates", incident.id)
    assert {one.line.id for one in proposals_for(exercise.workspace, officer, again.id, "en")} == {row}
    assert all(exercise.workspace.journal.get(one) for one in (incident.id, row, far.id, again.id))


def test_while_it_is_typed_what_can_be_read_so_far_is_held_against_what_is_known(exercise: Exercise) -> None:
    incident = exercise.incident()
    officer = exercise.actor("field-officer")
    assert [p.line.id for p in proposals_while_entering(exercise.workspace, officer, "incident", TYPED, "en")] == [
        incident.id
    ]
    assert proposals_while_entering(exercise.workspace, officer, "incident", {"occurred_on": "2020-04"}, "en") == ()
    assert proposals_while_entering(exercise.workspace, officer, "incident", {}, "en") == ()


def test_readers_outside_are_told_of_none(exercise: Exercise) -> None:
    row = imported(exercise)
    exercise.incident()
    for role in exercise.workspace.mission.roles.values():
        if role.audience:
            assert proposed_pairs(exercise.workspace, exercise.actor(role.key), "en") == ()
            assert proposals_while_entering(exercise.workspace, exercise.actor(role.key), "incident", TYPED, "en") == ()
            with contextlib.suppress(Hidden):
                assert proposals_for(exercise.workspace, exercise.actor(role.key), row, "en") == ()
