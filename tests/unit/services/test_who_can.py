"""Who can do what: the same answers as the decision itself gives, with reasons, and nothing told of what is hidden."""

from __future__ import annotations

import pytest

from remit.kernel.errors import BadInput, Hidden
from remit.records.access import decide
from remit.records.actors import Actor
from remit.services.recording import record
from remit.services.who_can import ASKED, who_can
from tests.unit.services.exercise import FERRY, Exercise


@pytest.mark.parametrize("action", ASKED)
def test_every_role_gets_the_answer_of_the_one_decision(exercise: Exercise, action: str) -> None:
    made = exercise.incident()
    kind = exercise.workspace.mission.record_types["incident"]
    found = who_can(exercise.workspace, exercise.actor("joc-officer"), made.number, action)
    for one in found.answers:
        decision = decide(Actor("", one.role), action, made.envelope(), kind)  # type: ignore[arg-type]
        assert (one.allowed, one.code, one.reasons) == (decision.allowed, decision.code, (decision.reason,))
    assert [one.allowed for one in found.answers] == sorted((one.allowed for one in found.answers), reverse=True)
    assert {one.role.key for one in found.answers} == set(exercise.workspace.mission.roles)


def test_a_move_is_explained_with_what_hinders_it(exercise: Exercise) -> None:
    made = exercise.incident()
    found = who_can(exercise.workspace, exercise.actor("joc-officer"), made.id, "verify")
    answers = {one.role.key: one for one in found.answers}
    assert answers["joc-officer"].allowed and answers["joc-officer"].code == "ACC-010"
    assert not answers["delegation"].allowed and not answers["field-officer"].allowed
    exercise.verify(made)
    with pytest.raises(BadInput, match="WHO-001"):
        who_can(exercise.workspace, exercise.actor("joc-officer"), made.id, "verify")


def test_nothing_is_told_of_a_record_that_the_asker_may_not_see(exercise: Exercise) -> None:
    raw = {"title": "Hidden (invented)", "occurred_on": "2020-04-02", "place": FERRY, "category": "shooting"}
    made = record(
        exercise.on("2020-04-02"), exercise.actor("joc-officer"), "incident", raw, level="strictly-confidential"
    )
    with pytest.raises(Hidden) as hidden:
        who_can(exercise.workspace, exercise.actor("field-officer"), made.number, "see")
    with pytest.raises(Hidden) as absent:
        who_can(exercise.workspace, exercise.actor("field-officer"), "UNXMT-INC-2020-9999", "see")
    assert hidden.value.code == absent.value.code
