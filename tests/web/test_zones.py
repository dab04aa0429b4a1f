"""Breaches of a restriction zone: proposed on its page and on the record's own, decided by a person, counted once confirmed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from remit.kernel.errors import BadInput
from remit.kernel.periods import parse_period
from remit.records.actors import Actor
from remit.services.figuring import compute
from remit.services.playing import Play
from remit.services.workspace import Workspace
from remit.services.zones import breaches_of, decide_breach, zones_around

KIDAL = {"name": "Kidal", "lat": 18.44, "lon": 1.41, "region": "kidal"}
NEAR, FAR = KIDAL | {"lat": 18.60}, KIDAL | {"lat": 18.80}  # about 18 and 40 km north
pytestmark = pytest.mark.para("20.a.ii.-1")


def actor(workspace: Workspace, role: str) -> Actor:
    """Return somebody in a role."""
    return Actor(role, workspace.mission.roles[role])


def event(name: str, day: str, place: dict[str, Any] = NEAR, **more: Any) -> dict[str, Any]:
    """Return the step that records an event."""
    raw = {
        "title": f"{name} (invented)",
        "occurred_on": day,
        "place": place,
        "category": "armed-clash",
        "affected": ["signatory-groups"],
    }
    return {"id": name, "type": "security-event", "as": "joc-officer", "at": f"{day}T20:00:00Z", "record": raw | more}


@pytest.fixture
def zone(own_workspace: Workspace) -> Play:
    """A zone of 30 km around a town that held from 2 August at midnight to 17 August, and what happened around it."""
    told = [{"party": party, "told_at": "2017-08-01T12:00:00Z"} for party in ("government", "cma", "plateforme")]
    play = Play(own_workspace)
    for step in (
        {"id": "zone", "type": "restriction-zone", "as": "force-staff", "at": "2017-08-01T09:00:00Z",
         "record": {"title": "Zone (invented)", "occurred_on": "2017-08-01", "place": KIDAL, "radius_km": 30, "instrument": "arrangement-2015-06-05",
                    "from_at": "2017-08-02T00:00:00Z", "until_at": "2017-08-17T00:00:00Z", "rules": ["no-movement"]}},
        {"move": "order", "of": "zone", "as": "cts-chair", "at": "2017-08-01T15:00:00Z",
         "set": {"exceptions": ["wounded", "humanitarian"], "notified": told}},
        event("before", "2017-08-01"), event("first-day", "2017-08-02"), event("last-day", "2017-08-16"), event("after", "2017-08-17"),
        event("far", "2017-08-05", FAR), event("wounded", "2017-08-06", movement_ground="wounded"),
        event("market", "2017-08-07", movement_ground="civilian-life"), event("theft", "2017-08-08", category="crime"),
        event("somewhere", "2017-08-09", {"region": "kidal"}),
    ):  # fmt: skip
        play.step(step)
    return play


def proposed(workspace: Workspace, play: Play, role: str = "force-staff") -> set[str]:
    """Return the names of what is proposed."""
    watched = breaches_of(workspace, actor(workspace, role), play.names["zone"], "en")
    assert watched is not None
    names = {identifier: name for name, identifier in play.names.items()}
    return {names[one.line.id] for one in watched.proposed}


def test_what_lies_inside_while_it_holds_and_is_not_excepted_is_proposed(own_workspace: Workspace, zone: Play) -> None:
    # The ground “civilian life” is no exception of this zone; a theft is not watched; the far one lies outside.
    assert proposed(own_workspace, zone) == {"first-day", "last-day", "market"}
    watched = breaches_of(own_workspace, actor(own_workspace, "force-staff"), zone.names["zone"], "fr")
    assert watched is not None and (watched.excepted, watched.unplaced) == (1, 1)
    assert "17,8 km du centre" in watched.proposed[0].inside.reasons[0].fr


def test_a_person_decides_and_only_a_confirmed_finding_counts(own_workspace: Workspace, zone: Play) -> None:
    zone.step({"id": "case", "type": "ceasefire-finding", "over": "first-day", "as": "joc-officer", "at": "2017-08-04T09:00:00Z",
               "record": {"title": "Alleged (invented)", "occurred_on": "2017-08-02", "reported_at": "2017-08-03T09:00:00Z", "place": NEAR,
                          "instrument": "arrangement-2015-06-05", "category": "movement"}})  # fmt: skip
    assert proposed(own_workspace, zone) == {"case", "last-day", "market"}  # the finding stands for its event
    later = own_workspace.at(datetime(2017, 8, 20, tzinfo=UTC))
    decide_breach(later, actor(later, "force-staff"), zone.names["zone"], zone.names["case"], "breach")
    decide_breach(later, actor(later, "force-staff"), zone.names["zone"], zone.names["last-day"], "none")
    assert proposed(own_workspace, zone) == {"market"}
    measure, quarter = (
        own_workspace.mission.measures["restriction-zone-breaches"],
        parse_period("2017-06-29/2017-09-29"),
    )
    assert compute(own_workspace, [measure], quarter)[0].value == 0  # alleged
    with pytest.raises(BadInput, match="ZON-001"):
        decide_breach(later, actor(later, "force-staff"), zone.names["zone"], zone.names["market"], "perhaps")
    with pytest.raises(BadInput, match="ZON-002"):
        decide_breach(later, actor(later, "force-staff"), zone.names["market"], zone.names["zone"], "breach")


def test_a_zone_lifted_early_ends_then(own_workspace: Workspace, zone: Play) -> None:
    zone.step(
        {"move": "lift", "of": "zone", "as": "cts-chair", "at": "2017-08-10T12:00:00Z", "reason": "Calm (invented)"}
    )
    assert proposed(own_workspace, zone) == {"first-day", "market"}


def test_both_pages_show_it_and_nobody_outside_is_told(own_workspace: Workspace, zone: Play, sign_in: Any) -> None:
    client = sign_in("force-staff")
    page = client.get(f"/record/{zone.names['zone']}").content.decode()
    assert "Possible breaches" in page and "first-day (invented)" in page and "1 record inside is covered" in page
    at_event = f"/record/{zone.names['market']}"
    assert "Inside a restriction zone" in client.get(at_event).content.decode()
    sent = {"other": zone.names["market"], "decision": "breach", "back": zone.names["market"]}
    answer = client.post(f"/record/{zone.names['zone']}/breach", sent)
    assert (answer.status_code, answer["Location"]) == (302, at_event)
    assert "Inside a restriction zone" not in client.get(at_event).content.decode()
    assert "Violations possibles" in sign_in("force-staff", "fr").get(f"/record/{zone.names['zone']}").content.decode()
    outside = next(key for key, role in own_workspace.mission.roles.items() if role.audience)
    assert all(
        zones_around(own_workspace, actor(own_workspace, role), zone.names["last-day"], "en")
        for role in ("force-staff", "joc-officer")
    )
    with pytest.raises(Exception, match="REC-404"):
        breaches_of(own_workspace, actor(own_workspace, outside), zone.names["zone"], "en")
