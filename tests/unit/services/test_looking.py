"""Looking: each reader sees what he may, as it is or as it was known, and totals tell nothing of the rest."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from remit.kernel.conditions import Compare
from remit.kernel.errors import BadInput, Hidden
from remit.services.amending import amend
from remit.services.looking import facets, find, see, tallied, tallied_facets
from remit.services.recording import record
from tests.unit.services.exercise import FERRY, QUAY, Exercise
from tests.workspaces import composition


def instant(text: str) -> datetime:
    """Return an instant, UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_a_record_is_seen_as_it_is_and_as_it_was_known(exercise: Exercise) -> None:
    made = exercise.verified("2020-04-02")
    officer = exercise.actor("joc-officer")
    amend(exercise.on("2020-04-20"), officer, made.id, {"title": "Two shots"}, reason="Recount")
    now = see(exercise.workspace, officer, made.id)
    assert (now.record.title, now.record.state, len(now.history)) == ("Two shots", "verified", 3)
    then = see(exercise.workspace, officer, made.id, as_of=instant("2020-04-02T12:00"))
    assert (then.record.title, then.record.state, len(then.history)) == ("Shots (invented)", "reported", 1)
    assert not then.editable and then.moves == ()
    with pytest.raises(Hidden):
        see(exercise.workspace, officer, made.id, as_of=instant("2020-04-01T12:00"))


def test_lists_count_facets_and_search_agree(exercise: Exercise) -> None:
    exercise.verified("2020-04-02")
    exercise.incident("2020-04-05", title="Zebrafish (invented)")
    exercise.patrol("2020-04-10")
    officer = exercise.actor("joc-officer")
    assert find(exercise.workspace, officer).total == 3
    assert find(exercise.workspace, officer, types=["incident"]).total == 2
    assert dict(facets(exercise.workspace, officer, types=["incident"])) == {"verified": 1, "reported": 1}
    found = find(exercise.workspace, officer, text="zebrafish")
    assert found.total == 1 and found.records[0].title == "Zebrafish (invented)"
    verified = find(exercise.workspace, officer, condition=Compare("state", "equals", "verified"))
    assert [r.state for r in verified.records] == ["verified"] and verified.total == 1
    page = find(exercise.workspace, officer, order="occurred", limit=2, offset=1)
    assert page.total == 3 and [r.occurred[:10] for r in page.records] == ["2020-04-05", "2020-04-10"]  # type: ignore[index]
    assert find(exercise.workspace, officer, as_of=instant("2020-04-03T00:00")).total == 1


def test_an_order_that_is_not_known_is_said(exercise: Exercise) -> None:
    exercise.incident()
    with pytest.raises(BadInput) as refused:
        find(exercise.workspace, exercise.actor("joc-officer"), order="colour")
    assert refused.value.code == "JRN-021" and "colour" in refused.value.text()


def test_what_is_in_a_compartment_is_in_no_list_no_count_and_no_search(exercise: Exercise) -> None:
    exercise.incident()
    values = {"title": "Zebrafish (invented)", "occurred_on": "2020-04-02", "place": FERRY, "category": "shooting"}
    hidden = record(
        exercise.on("2020-04-03"), exercise.actor("joc-officer"), "incident", values,
        level="strictly-confidential", compartment="hr-sources",
    )  # fmt: skip
    below, office = exercise.actor("joc-officer", "another"), exercise.actor("human-rights-officer")
    for reader, total in ((below, 1), (office, 2)):
        assert find(exercise.workspace, reader).total == total
        assert sum(facets(exercise.workspace, reader).values()) == total
        assert find(exercise.workspace, reader, text="zebrafish").total == total - 1
        assert find(exercise.workspace, reader, as_of=instant("2020-05-01T00:00")).total == total
    assert see(exercise.workspace, office, hidden.id).record.compartment == "hr-sources"


def test_what_is_withheld_is_neither_counted_nor_found(exercise: Exercise) -> None:
    """A sensitive choice counts for those who see it of each record: its own component, and who holds its compartment."""
    mission = exercise.workspace.mission
    kind = mission.record_types["incident"]
    fields = {**kind.fields, "category": replace(kind.fields["category"], sensitive=True)}
    types = {**mission.record_types, "incident": replace(kind, fields=fields)}
    here = Exercise(composition().in_memory(replace(mission, record_types=types)))
    here.verified()
    here.incident(place=QUAY)
    asked = Compare("category", "equals", "shooting")
    for role, seen in (("joc-officer", 2), ("sector-commander", 0), ("delegation", 0)):
        reader = here.actor(role)
        assert tallied_facets(here.workspace, reader)["incident", "category", "shooting"] == seen
        assert find(here.workspace, reader, types=["incident"], condition=asked).total == seen
    officer = here.actor("sector-commander")
    assert tallied_facets(here.workspace, officer, names=["place.island"])["incident", "place.island", "low-isle"] == 1
    found = find(here.workspace, officer, types=["incident"], condition=Compare("place.island", "equals", "low-isle"))
    assert found.total == 1 and "category" not in found.records[0].values
    assert tallied(here.workspace, officer, ("area", "month"))["north-shore", "2020-04"] == 1
    assert find(here.workspace, officer, area="north-shore").total == 1


def test_a_reader_outside_sees_nothing_that_is_classified(exercise: Exercise) -> None:
    made = exercise.verified()
    outside = exercise.actor("delegation")
    assert find(exercise.workspace, outside).total == 0 and not facets(exercise.workspace, outside)
    with pytest.raises(Hidden):
        see(exercise.workspace, outside, made.id)
