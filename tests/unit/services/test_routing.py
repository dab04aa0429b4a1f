"""Supply routes from records: which way, who may see it, what is closed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from remit.kernel.errors import BadInput
from remit.missions.mission import Mission
from remit.records.actors import Actor
from remit.services.moving import move
from remit.services.recording import record
from remit.services.routing import route
from remit.services.workspace import Workspace
from tests.workspaces import composition


@pytest.fixture
def workspace(larger: Mission) -> Workspace:
    return composition().in_memory(larger).at(datetime(2017, 8, 1, 9, tzinfo=UTC))


def who(workspace: Workspace, role: str) -> Actor:
    return Actor(role, workspace.mission.roles[role])


@pytest.mark.para("34.-3")
def test_a_route_is_chosen_by_threat_and_another_when_it_closes(workspace: Workspace) -> None:
    support = who(workspace, "support-officer")
    made = {}
    for name, segments in {
        "River road (invented)": [{"stretch": "South – Crossing", "kilometres": 180, "threat": "low"},
                                  {"from_place": "Crossing", "to_place": "North", "stretch": "the rest", "kilometres": 120, "threat": "low", "escort": "yes"}],
        "Desert track (invented)": [{"stretch": "South – North", "kilometres": 200, "threat": "high"}],
    }.items():  # fmt: skip
        made[name] = record(workspace, support, "supply-route", {
            "title": name, "as_of": "2017-08-01", "status": "amber", "hub": "North", "segments": segments, "alternative": "The other"})  # fmt: skip
    found = route(workspace, support, "South", "North")
    assert found.way is not None and found.way.km == 300 and [way.km for way in found.alternatives] == [200]
    assert found.way.segments[0].number == made["River road (invented)"].number
    river = made["River road (invented)"].id
    move(workspace, who(workspace, "force-commander"), river, "open")
    move(
        workspace,
        who(workspace, "sector-commander"),
        river,
        "close",
        reason="Devices (invented)",
        values={"status": "closed"},
    )
    found = route(workspace, support, "South", "North")
    assert found.way is not None and found.way.km == 200
    assert any("closed" in words.en for words in found.reasons)
    with pytest.raises(BadInput) as raised:
        route(workspace, who(workspace, "researcher"), "South", "North")
    assert raised.value.code == "REC-074"


def test_a_mission_without_routes_says_so() -> None:
    small = composition().in_memory(composition().load("exercise"))
    with pytest.raises(BadInput) as raised:
        route(small, Actor("x", small.mission.roles["planner"]), "A", "B")
    assert raised.value.code == "REC-073"
