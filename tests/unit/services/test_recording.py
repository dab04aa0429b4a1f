"""Recording: what is taken, what is refused and how it is said."""

from __future__ import annotations

import pytest

from remit.kernel.conditions import ALWAYS
from remit.kernel.errors import BadInput, Forbidden, Hidden
from remit.missions.mission import Mission
from remit.records.actors import Actor
from remit.records.journal import Query
from remit.services.recording import record
from tests.unit.services.exercise import FERRY, Exercise
from tests.workspaces import composition


def test_a_record_gets_its_number_its_state_and_the_mark_of_an_invented_mission(exercise: Exercise) -> None:
    first, second = exercise.incident(), exercise.incident("2020-04-05")
    assert (first.number, second.number) == ("UNXMT-INC-2020-0001", "UNXMT-INC-2020-0002")
    assert first.state == "reported" and first.invented
    assert first.values["place"]["island"] == "north-shore"


def test_an_unknown_type_is_answered_with_the_nearest(exercise: Exercise) -> None:
    with pytest.raises(BadInput) as refused:
        record(exercise.workspace, exercise.actor("joc-officer"), "incidnet", {})
    assert refused.value.code == "REC-001"
    assert "“incident”" in refused.value.text("en") and "« incident »" in refused.value.text("fr")


def test_an_unknown_type_far_from_all_is_answered_with_what_there_is(exercise: Exercise) -> None:
    with pytest.raises(BadInput) as refused:
        record(exercise.workspace, exercise.actor("joc-officer"), "zzz", {})
    assert "patrol" in refused.value.text() and "“”" not in refused.value.text()


def test_an_abstract_type_is_not_recorded(exercise: Exercise) -> None:
    with pytest.raises(BadInput) as refused:
        record(exercise.workspace, exercise.actor("joc-officer"), "event", {})
    assert refused.value.code == "REC-001"


def test_all_problems_of_the_values_are_said_at_once_and_nothing_is_written(exercise: Exercise) -> None:
    wrong = {"title": "X", "occurred_on": "2020-02-30", "place": FERRY, "categry": "shooting", "means": "telepathy"}
    with pytest.raises(BadInput) as refused:
        record(exercise.workspace, exercise.actor("joc-officer"), "incident", wrong)
    paths = {issue.where.path for issue in refused.value.issues}
    assert {"occurred_on", "categry", "category", "means"} <= paths
    text = refused.value.text()
    assert "category" in text and "2020-02-30" in text and "telepathy" in text
    assert exercise.count() == 0


def test_values_may_be_stricter_than_their_type_and_never_laxer(exercise: Exercise) -> None:
    values = {"title": "Shots (invented)", "occurred_on": "2020-04-02", "place": FERRY, "category": "shooting"}
    officer, workspace = exercise.actor("joc-officer"), exercise.on("2020-04-02")
    laxer = record(workspace, officer, "incident", values, level="unclassified")
    stricter = record(workspace, officer, "incident", values, level="strictly-confidential")
    assert laxer.level == "confidential"
    assert stricter.level == "strictly-confidential"


@pytest.mark.parametrize(
    ("role", "code"),
    [("administrator", "ACC-021"), ("delegation", "ACC-021"), ("human-rights-officer", "REC-051")],
)
def test_who_may_not_record_is_told_so(exercise: Exercise, role: str, code: str) -> None:
    with pytest.raises(Forbidden) as refused:
        exercise.incident(by=role)
    assert refused.value.code == code
    assert exercise.count() == 0


def test_who_may_is_named(exercise: Exercise) -> None:
    with pytest.raises(Forbidden) as refused:
        exercise.incident(by="human-rights-officer")
    assert "Joint Operations Centre officer" in refused.value.text("en")
    assert "Officier du Centre d’opérations conjoint" in refused.value.text("fr")


FINDING = {
    "title": "Clash (invented)",
    "occurred_on": "2017-07-17",
    "reported_at": "2017-07-18T08:00:00Z",
    "place": {"name": "Bourem", "lat": 16.95, "lon": -0.35},
    "instrument": "arrangement-2015-06-05",
    "category": "armed-clash",
}
ROW = {"title": "Row (invented)", "occurred_on": "2017-07-17", "provider": "x", "provider_id": "1"}


def test_what_stands_over_an_event_needs_one_that_is_there_and_of_the_right_type(larger: Mission) -> None:
    workspace = composition().in_memory(larger)
    officer = Actor("joc-officer", larger.roles["joc-officer"])
    other = record(workspace, officer, "external-report", ROW, invented=True)
    for over, code in (("", "REC-052"), ("00000000-0000-7000-8000-000000000000", "REC-404"), (other.id, "REC-053")):
        with pytest.raises((BadInput, Hidden)) as refused:
            record(workspace, officer, "ceasefire-finding", FINDING, over=over)
        assert refused.value.code == code
    assert workspace.journal.count(Query(ALWAYS)) == 1
