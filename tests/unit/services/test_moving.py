"""Moves: what they fill, what they refuse, and that all that hinders is said at once."""

from __future__ import annotations

import pytest

from remit.kernel.errors import BadInput, Forbidden, Refused, RemitError
from remit.services.looking import see
from remit.services.moving import move
from tests.unit.services.exercise import Exercise


def test_a_move_fills_the_fields_that_it_sets_and_keeps_its_reason(exercise: Exercise) -> None:
    made = exercise.incident()
    after = exercise.verify(made)
    assert after.state == "verified" and after.values["means"] == "patrol"
    entry = list(exercise.workspace.journal.entries(record=made.id))[-1]
    assert entry.facts["move"] == "verify" and (entry.facts["from"], entry.facts["to"]) == ("reported", "verified")
    assert entry.values == {"means": "patrol"}
    aside = exercise.incident("2020-04-09")
    move(exercise.on("2020-04-10"), exercise.actor("joc-officer"), aside.id, "set-aside", reason="A drainage pipe")
    assert list(exercise.workspace.journal.entries(record=aside.id))[-1].values["_reason"] == "A drainage pipe"


def test_a_move_that_changes_other_fields_is_refused_by_name(exercise: Exercise) -> None:
    made = exercise.incident()
    with pytest.raises(BadInput) as refused:
        move(
            exercise.workspace,
            exercise.actor("joc-officer"),
            made.id,
            "verify",
            values={"means": "patrol", "title": "T"},
        )
    assert refused.value.code == "REC-054" and "title" in refused.value.text()
    assert exercise.count() == 1


def test_a_value_that_a_move_cannot_take_is_said(exercise: Exercise) -> None:
    made = exercise.incident()
    with pytest.raises(BadInput) as refused:
        move(exercise.workspace, exercise.actor("joc-officer"), made.id, "verify", values={"means": "telepathy"})
    assert "telepathy" in refused.value.text()


def test_a_move_that_does_not_exist_is_answered_with_those_that_do(exercise: Exercise) -> None:
    made = exercise.incident()
    with pytest.raises(RemitError) as refused:
        move(exercise.workspace, exercise.actor("joc-officer"), made.id, "verfy")
    assert "verify" in refused.value.text()


@pytest.mark.parametrize(
    ("role", "key", "error", "code", "told"),
    [
        ("field-officer", "verify", Forbidden, "REC-031", "Joint Operations Centre officer"),
        ("joc-officer", "verify", Refused, "REC-033", "How it was verified"),
        ("joc-officer", "set-aside", Refused, "REC-035", "reason"),
    ],
)
def test_what_hinders_is_said_with_its_remedy(
    exercise: Exercise, role: str, key: str, error: type[RemitError], code: str, told: str
) -> None:
    made = exercise.incident()
    with pytest.raises(error) as refused:
        move(exercise.workspace, exercise.actor(role), made.id, key)
    assert code in [issue.code for issue in refused.value.issues]
    assert told in refused.value.text("en")
    assert exercise.count() == 1


def test_nobody_verifies_what_he_reported_even_in_another_role(exercise: Exercise) -> None:
    made = exercise.incident(by="joc-officer")
    with pytest.raises(Refused) as refused:
        move(
            exercise.workspace,
            exercise.actor("force-commander", "joc-officer"),
            made.id,
            "verify",
            values={"means": "patrol"},
        )
    assert refused.value.code == "REC-032"
    assert "seconde" in refused.value.text("fr").lower()


def test_what_is_final_stays(exercise: Exercise) -> None:
    made = exercise.verified()
    with pytest.raises(Refused) as refused:
        exercise.verify(made)
    assert refused.value.code == "REC-034"


def test_a_page_shows_each_move_with_all_that_it_still_needs(exercise: Exercise) -> None:
    made = exercise.incident()
    options = {
        option.move.key: option for option in see(exercise.workspace, exercise.actor("joc-officer"), made.id).moves
    }
    assert set(options) == {"verify", "set-aside"}
    assert options["verify"].allowed  # what it requires is filled in while moving
    author = {
        option.move.key: option for option in see(exercise.workspace, exercise.actor("field-officer"), made.id).moves
    }
    assert {"REC-031", "REC-032"} <= {issue.code for issue in author["verify"].issues}
