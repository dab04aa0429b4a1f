"""Steps of examples and demonstrations: how they are read, and what is said of one that cannot be played."""

from __future__ import annotations

from typing import Any

import pytest

from remit.kernel.errors import BadInput
from remit.services.playing import person_of, play, refusal
from tests.unit.services.exercise import FERRY, QUAY, Exercise

SHOTS: dict[str, Any] = {
    "title": "Shots (invented)",
    "occurred_on": "2020-04-01",
    "place": FERRY,
    "category": "shooting",
}
FIRST: dict[str, Any] = {"type": "incident", "id": "shots", "as": "field-officer", "record": SHOTS}


def test_steps_follow_each_other_by_a_minute_from_the_second_morning_of_the_mission(exercise: Exercise) -> None:
    played = play(exercise.workspace, [FIRST, {**FIRST, "id": "more"}])
    at = [entry.at.isoformat() for entry in exercise.workspace.journal.entries()]
    assert at == ["2020-03-17T08:00:00+00:00", "2020-03-17T08:01:00+00:00"]
    assert played.steps == 2 and set(played.names) == {"shots", "more"}


def test_a_step_may_name_its_instant_its_person_and_its_record(exercise: Exercise) -> None:
    steps = [
        {**FIRST, "at": "2020-04-02T09:00:00Z"},
        {"move": "verify", "of": "shots", "as": "joc-officer", "person": "duty-officer", "set": {"means": "patrol"}},
        {"amend": {"title": "Two shots"}, "of": "shots", "as": "joc-officer", "reason": "Recount"},
    ]
    played = play(exercise.workspace, steps)
    record = exercise.workspace.journal.get(played.record_of("shots"))
    assert record is not None and (record.state, record.title) == ("verified", "Two shots")
    entries = list(exercise.workspace.journal.entries())
    assert entries[1].by.person == "duty-officer" and entries[1].at.isoformat() == "2020-04-02T09:01:00+00:00"


def test_links_and_withdrawals_are_played(exercise: Exercise) -> None:
    patrol = {"title": "Patrol (invented)", "occurred_on": "2020-04-02", "place": QUAY, "mode": "boat"}
    steps = [
        FIRST,
        {"type": "patrol", "id": "boat", "as": "sector-commander", "record": patrol},
        {"link": {"from": "boat", "relation": "evidence-for", "to": "shots"}, "as": "sector-commander"},
        {"withdraw": "shots", "as": "joc-officer", "reason": "Entered twice"},
    ]
    played = play(exercise.workspace, steps)
    record = exercise.workspace.journal.get(played.record_of("shots"))
    assert record is not None and record.withdrawn and len(record.links) == 1


@pytest.mark.parametrize(
    ("step", "told"),
    [
        ({"as": "joc-officer"}, "none, or more than one"),
        ({"as": "joc-officer", "record": SHOTS, "move": "verify"}, "none, or more than one"),
        ({"as": "harbour-master", "record": SHOTS}, "harbour-master"),
        ({"record": SHOTS}, "no role"),
        ({"as": "joc-officer", "move": "verify", "of": "shots"}, "“shots”"),
        ({"as": "joc-officer", "move": "verify"}, "before this step"),
        ({"as": "joc-officer", "record": SHOTS, "at": "yesterday"}, "“yesterday”"),
        ({"as": "joc-officer", "link": {"from": "shots"}}, "from, relation and to"),
        ({"as": "joc-officer", "link": "shots"}, "from, relation and to"),
    ],
)
def test_a_step_that_cannot_be_read_is_said(exercise: Exercise, step: dict[str, Any], told: str) -> None:
    with pytest.raises(BadInput) as refused:
        play(exercise.workspace, [step], own_type="incident")
    assert refused.value.code == "PLY-001"
    assert told in refused.value.text("en")
    assert refused.value.text("fr").startswith("Une étape ne peut pas être jouée")
    assert exercise.count() == 0


def test_progress_is_told_step_by_step(exercise: Exercise) -> None:
    told: list[tuple[int, int]] = []
    play(exercise.workspace, [FIRST, FIRST], progress=lambda done, of: told.append((done, of)))
    assert told == [(1, 2), (2, 2)]


def test_the_refusal_of_the_last_step_is_returned_and_of_an_earlier_one_raised(exercise: Exercise) -> None:
    verify = {"move": "verify", "of": "shots", "as": "joc-officer"}
    found = refusal(exercise.workspace, [FIRST, verify], own_type="incident")
    assert found is not None and found.code == "REC-033"
    accepted = refusal(exercise.workspace, [{**FIRST, "id": "x"}, {**verify, "of": "x", "set": {"means": "patrol"}}])
    assert accepted is None
    with pytest.raises(BadInput):
        refusal(exercise.workspace, [{"as": "nobody", "record": SHOTS}, verify])


def test_a_person_acts_in_one_of_his_roles_and_no_other(exercise: Exercise) -> None:
    mission = exercise.workspace.mission
    assert person_of(mission, "joc-officer").role.key == "joc-officer"
    with pytest.raises(BadInput) as refused:
        person_of(mission, "joc-officer", "srsg")
    assert refused.value.code == "ACC-041"
