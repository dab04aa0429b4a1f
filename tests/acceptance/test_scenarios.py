"""Four days in the life of a mission, played as the named roles hour by hour: records, clocks, refusals, figures, readers.

The first is the worked scenario of the field reference (section 29b): a warning, an attack on a weekly market, one event and
its separate findings. All of it is invented.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest

from remit.kernel.errors import BadInput, Forbidden, Hidden, Refused
from remit.kernel.periods import Period, parse_period
from remit.measures.lazy import LazyEngine
from remit.missions.mission import Mission
from remit.records.actors import Actor
from remit.records.record import Record
from remit.records.released import released
from remit.services.desk import desk
from remit.services.figuring import compute, disclosed
from remit.services.looking import find, see
from remit.services.moving import move
from remit.services.playing import Play
from remit.services.recording import record
from remit.services.reporting import write
from remit.services.workspace import Workspace
from tests.workspaces import composition

QUARTER, NEXT = parse_period("2017-06-29/2017-09-29"), parse_period("2017-09-29/2017-12-29")
KORO = {"name": "Koro", "lat": 14.12, "lon": -3.02, "uncertainty_m": 2000, "region": "mopti", "cercle": "koro"}
Step = Mapping[str, Any]


@dataclass
class Day:
    """A workspace of the reference mission and what was played in it."""

    workspace: Workspace
    play: Play = field(init=False)

    def __post_init__(self) -> None:
        self.play = Play(self.workspace)

    def go(self, *steps: Step) -> None:
        """Play steps, each with its instant."""
        for step in steps:
            self.play.step(step)

    def at(self, instant: str) -> Workspace:
        """Return the workspace with its clock at an instant."""
        return self.workspace.at(datetime.fromisoformat(instant).replace(tzinfo=UTC))

    def actor(self, role: str, person: str = "") -> Actor:
        """Return somebody in a role."""
        return Actor(person or role, self.workspace.mission.roles[role])

    def the(self, name: str) -> Record:
        """Return a record as it stands, by the name that it was given."""
        found = self.workspace.journal.get(self.play.names[name])
        assert found is not None
        return found

    def clocks(self, name: str, role: str, instant: str) -> dict[str, str]:
        """Return the clocks of a record as a role sees them at an instant."""
        seen = see(self.at(instant), self.actor(role), self.play.names[name])
        return {one.move: one.status for one in seen.clocks}

    def figure(self, key: str, period: Period = QUARTER, by: Sequence[str] = ()) -> Any:
        """Return a figure, whoever asks."""
        return compute(self.workspace, [self.workspace.mission.measures[key]], period, by=by)[0]

    def hidden(self, name: str, *roles: str) -> None:
        """Hold that a record does not exist for roles: by its id, in lists, in search."""
        made = self.the(name)
        for role in roles:
            with pytest.raises(Hidden):
                see(self.workspace, self.actor(role), made.id)
            listed = find(self.workspace, self.actor(role), types=[made.type], limit=None)
            assert made.id not in [one.id for one in listed.records]
            assert listed.total == len(listed.records)


@pytest.fixture(scope="module")
def mission() -> Mission:
    """The reference mission."""
    return composition().load("minusma")


@pytest.fixture
def day(mission: Mission) -> Day:
    """An empty workspace of it."""
    made = composition().in_memory(mission)
    assert isinstance(made.engine, LazyEngine)
    return Day(made)


def told(mission: Mission, *names: str) -> list[Step]:
    """Return the steps of the demonstration until the end of July that are about records of these names."""
    found = []
    for step in mission.demonstration:
        link = step.get("link") or {}
        about = {str(step.get("id") or step.get("of") or ""), str(link.get("from", "")), str(link.get("to", ""))} - {""}
        if about and about <= set(names) and str(step["at"]) < "2017-08-01":
            found.append(step)
    return found


@pytest.mark.para("20.c.ii")
def test_an_attack_on_a_market_is_one_event_with_many_findings(day: Day, mission: Mission) -> None:
    story = ("market-alert", "route-device", "market", "market-patrol", "market-partner", "market-community",
             "market-ceasefire", "market-rights")  # fmt: skip
    steps = told(mission, *story)
    by_night = [s for s in steps if str(s["at"]) < "2017-07-14T02:42"]
    day.go(*by_night)

    # 02:41 – the alert was raised at 02:10 and logged at 02:14; the commander decided and tasked at 02:40.
    alert = day.the("market-alert")
    assert (alert.state, alert.values["grade"], alert.values["urgency"]) == ("decided", "c3", "imminent")
    assert day.clocks("market-alert", "joc-officer", "2017-07-14T02:41")["decide"] == "met"
    assert [one.line.id for one in desk(day.at("2017-07-14T02:41"), day.actor("sector-commander"), "en").decide] == [
        alert.id
    ]
    day.go(*[s for s in steps if s not in by_night])

    # The same morning: who was hurt on the road is brought out within two hours, and not within the first.
    day.go(
        {"id": "incident", "type": "security-incident", "over": "route-device", "as": "joc-officer", "at": "2017-07-14T04:30:00Z",
         "record": {"title": "Force struck on its way (invented)", "occurred_at": "2017-07-14T04:20:00Z",
                    "reported_at": "2017-07-14T04:26:00Z", "place": KORO, "targeted": "yes"}},
        {"move": "flash", "of": "incident", "as": "joc-officer", "at": "2017-07-14T04:40:00Z", "set": {"flash_at": "2017-07-14T04:35:00Z"}},
        {"move": "report-initial", "of": "incident", "as": "joc-officer", "at": "2017-07-14T18:00:00Z",
         "set": {"initial_at": "2017-07-14T17:00:00Z", "cause": "malicious", "personnel": [{"staff": "military", "sex": "male", "injured": 2}]}},
        {"id": "device", "type": "explosive-hazard", "as": "joc-officer", "at": "2017-07-14T04:45:00Z",
         "record": {"title": "Device on the track (invented)", "occurred_at": "2017-07-14T04:20:00Z",
                    "reported_at": "2017-07-14T04:26:00Z", "place": KORO, "item": "ied", "detection": "detonation", "target": "united-nations",
                    "initiation": "pressure", "route": "Track to the market, kilometre 41 (invented)", "injured": 2}},
        {"id": "patient", "type": "casevac", "as": "joc-officer", "at": "2017-07-14T04:27:00Z",
         "record": {"title": "Patient 1 (invented)", "place": KORO, "injured_at": "2017-07-14T04:20:00Z",
                    "alerted_at": "2017-07-14T04:26:00Z", "priority": "alpha", "cause": "device"}},
        {"move": "aid", "of": "patient", "as": "joc-officer", "at": "2017-07-14T04:36:00Z", "set": {"first_aid_at": "2017-07-14T04:28:00Z"}},
        {"move": "launch", "of": "patient", "as": "chief-of-staff", "at": "2017-07-14T04:41:00Z", "set": {"decided_at": "2017-07-14T04:40:00Z", "means": "helicopter"}},
        {"move": "pick-up", "of": "patient", "as": "joc-officer", "at": "2017-07-14T05:35:00Z", "set": {"departed_at": "2017-07-14T04:52:00Z", "picked_up_at": "2017-07-14T05:33:00Z"}},
        {"move": "reach-care", "of": "patient", "as": "medical-officer", "at": "2017-07-14T05:37:00Z", "set": {"advanced_care_at": "2017-07-14T05:36:00Z", "delays": ["distance"]}},
        {"move": "operate", "of": "patient", "as": "medical-officer", "at": "2017-07-14T06:16:00Z", "set": {"surgery_at": "2017-07-14T06:15:00Z", "facility": "Level II (invented)"}},
        {"id": "patient-2", "type": "casevac", "as": "joc-officer", "at": "2017-07-14T04:27:00Z",
         "record": {"title": "Patient 2 (invented)", "place": KORO, "injured_at": "2017-07-14T04:20:00Z",
                    "alerted_at": "2017-07-14T04:26:00Z", "priority": "alpha", "cause": "device"}},
        {"move": "aid", "of": "patient-2", "as": "joc-officer", "at": "2017-07-14T04:37:00Z", "set": {"first_aid_at": "2017-07-14T04:29:00Z"}},
        {"move": "launch", "of": "patient-2", "as": "chief-of-staff", "at": "2017-07-14T04:41:00Z", "set": {"decided_at": "2017-07-14T04:40:00Z", "means": "helicopter"}},
        {"move": "pick-up", "of": "patient-2", "as": "joc-officer", "at": "2017-07-14T05:35:00Z", "set": {"departed_at": "2017-07-14T04:52:00Z", "picked_up_at": "2017-07-14T05:33:00Z"}},
        {"move": "reach-care", "of": "patient-2", "as": "medical-officer", "at": "2017-07-14T05:37:00Z", "set": {"advanced_care_at": "2017-07-14T05:36:00Z", "delays": ["distance"]}},
        {"move": "operate", "of": "patient-2", "as": "medical-officer", "at": "2017-07-14T06:19:00Z", "set": {"surgery_at": "2017-07-14T06:18:00Z", "facility": "Level II (invented)"}},
    )  # fmt: skip
    for name in ("patient", "patient-2"):  # ten minutes yes, one hour no, two hours yes
        kept = day.clocks(name, "medical-officer", "2017-07-14T07:00")
        assert (kept["aid"], kept["reach-care"], kept["operate"]) == ("met", "missed", "met")
    shares = [day.figure(f"evacuations-{part}-in-time").value for part in ("first-aid", "care", "surgery")]
    assert shares == [1.0, 0.0, 1.0]
    assert day.the("device").values["initiation"] == "pressure"
    assert "route" in see(day.workspace, day.actor("political-officer"), day.play.names["device"]).hidden

    # 06:50 – on the scene 4 h 36 after the alert was logged, after the attack, and why is recorded.
    alert = day.the("market-alert")
    took = datetime.fromisoformat(alert.values["arrived_at"]) - datetime.fromisoformat(alert.values["received_at"])
    assert took.total_seconds() == 4 * 3600 + 36 * 60
    decided = datetime.fromisoformat(alert.values["decided_at"]) - datetime.fromisoformat(alert.values["received_at"])
    assert decided.total_seconds() == 26 * 60
    assert (alert.values["delay_reason"], alert.values["effect"], alert.values["feedback"]) == (
        "route-device",
        "after",
        "yes",
    )
    timed = day.clocks("market-alert", "joc-officer", "2017-07-17T08:00")
    assert timed == {
        "assess": "met",
        "decide": "met",
        "task": "met",
        "depart": "met",
        "arrive": "missed",
        "judge": "met",
        "close": "met",
    }
    assert day.figure("protection-alert-response-rate").value == 1.0  # responded …
    assert day.figure("protection-alerts-responded-in-time").value == 0.0  # … and not in time

    # The days after: children, survivors, aid, justice, support to others, a name on a list – each its own finding.
    later: list[Step] = [
        {"id": "outside", "type": "external-report", "as": "joc-officer", "at": "2017-08-20T08:00:00Z",
         "record": {"title": "Event of a provider (invented)", "occurred_on": "2017-07-14", "place": KORO, "provider": "acled",
                    "provider_id": "MLI0000 (invented)", "deaths_best": 9}},
        {"link": {"from": "outside", "relation": "same-event", "to": "market"}, "as": "joc-officer", "at": "2017-08-20T08:05:00Z"},
        {"id": "observers", "type": "field-report", "as": "sector-commander", "at": "2017-07-15T11:00:00Z",
         "record": {"title": "Military observers at the market (invented)", "occurred_on": "2017-07-14", "reported_at": "2017-07-15T10:30:00Z",
                    "place": KORO, "source_kind": "patrol", "grade": "a2", "victims": [{"sex": "unknown", "age_band": "unknown", "killed": 7}]}},
        {"link": {"from": "observers", "relation": "same-event", "to": "market"}, "as": "joc-officer", "at": "2017-07-15T11:05:00Z"},
        {"id": "kept-out", "type": "movement-restriction", "as": "joc-officer", "at": "2017-07-18T19:00:00Z",
         "record": {"title": "Verification team kept out for a day (invented)", "began_at": "2017-07-18T08:00:00Z", "reported_at": "2017-07-18T18:00:00Z",
                    "place": KORO, "restriction": "access", "movement": "verification"}},
        {"move": "lift", "of": "kept-out", "as": "joc-officer", "at": "2017-07-19T10:00:00Z",
         "set": {"ended_at": "2017-07-19T09:00:00Z", "resolution": "liaison"}},
        {"id": "displaced", "type": "population-movement", "as": "humanitarian-officer", "at": "2017-07-16T09:00:00Z",
         "record": {"title": "Families who left the place (invented)", "occurred_on": "2017-07-15", "place": KORO, "movement": "displacement",
                    "individuals": {"number": 400, "qualifier": "about"}}},
        {"link": {"from": "market", "relation": "caused", "to": "displaced"}, "as": "humanitarian-officer", "at": "2017-07-16T09:05:00Z"},
        {"id": "school", "type": "mrm-finding", "over": "market", "as": "child-protection-adviser", "at": "2017-07-16T08:30:00Z",
         "record": {"title": "School burned (invented)", "occurred_on": "2017-07-14", "reported_at": "2017-07-15T12:00:00Z",
                    "quarter_ends_on": "2017-09-30", "place": KORO, "violation": "school-hospital"}},
        {"move": "verify-focal-point", "of": "school", "as": "child-protection-adviser", "at": "2017-08-01T09:00:00Z",
         "set": {"source_test": "own-observation", "focal_point_on": "2017-08-01",
                 "school_hospital": {"facility": "school", "attack": "arson", "weapon": "fire", "impact": "total"}}},
        {"id": "killed", "type": "mrm-finding", "over": "market", "as": "child-protection-adviser", "at": "2017-07-16T08:00:00Z",
         "record": {"title": "Two girls killed (invented)", "occurred_on": "2017-07-14", "reported_at": "2017-07-15T12:00:00Z",
                    "quarter_ends_on": "2017-09-30", "place": KORO, "violation": "killing-maiming"}},
        {"move": "verify-focal-point", "of": "killed", "as": "child-protection-adviser", "at": "2017-08-01T08:00:00Z",
         "set": {"source_test": "primary-witness", "primary_sources": 2, "focal_point_on": "2017-08-01",
                 "children": [{"sex": "female", "number_of_children": 2, "killed": "yes"}],
                 "killing": {"weapon": "small-arm", "attack": "shooting"}, "sharing_consent": "yes", "services": "no"}},
        {"id": "survivors", "type": "crsv-finding", "over": "market", "as": "women-protection-adviser", "at": "2017-07-20T08:00:00Z",
         "record": {"title": "Case 1 (invented)", "occurred_on": "2017-07", "reported_at": "2017-07-20T07:00:00Z",
                    "disclosed_at": "2017-07-20T06:00:00Z", "place": {"region": "mopti", "cercle": "koro"}, "form": "rape"}},
        {"move": "refer", "of": "survivors", "as": "women-protection-adviser", "at": "2017-07-20T09:00:00Z",
         "set": {"services_wanted": ["medical"], "referred_at": "2017-07-20T08:30:00Z"}},
        {"move": "record-consent", "of": "survivors", "as": "women-protection-adviser", "at": "2017-07-22T09:00:00Z",
         "set": {"consent": "yes", "consent_at": "2017-07-22T08:00:00Z"}},
        {"move": "verify", "of": "survivors", "as": "women-protection-adviser", "person": "second-adviser", "at": "2017-08-15T09:00:00Z",
         "set": {"source_test": "primary-witness", "conflict_link": ["perpetrator"], "standard_of_proof": "reasonable-grounds",
                 "survivors": [{"sex": "female", "age_band": "adult", "survivors_number": 3}], "decided_by": "Working group (invented)"}},
        {"id": "access", "type": "access-incident", "as": "joc-officer", "at": "2017-07-15T08:00:00Z",
         "record": {"title": "Aid held back (invented)", "occurred_on": "2017-07-14", "reported_at": "2017-07-14T18:00:00Z",
                    "place": KORO, "constraint": "within-country", "organization_kind": "ingo"}},
        {"move": "confirm", "of": "access", "as": "humanitarian-officer", "at": "2017-07-16T08:00:00Z"},
        {"id": "case", "type": "accountability-case", "as": "justice-officer", "at": "2017-07-25T08:00:00Z",
         "record": {"title": "Referral to the prosecutor (invented)", "as_of": "2017-07-25", "crime": "war-crime",
                    "jurisdiction": "specialized", "complaint_on": "2017-07-24", "sexual_violence": "yes"}},
        {"id": "support", "type": "hrddp-request", "as": "support-officer", "at": "2017-07-15T09:00:00Z",
         "record": {"title": "Transport of a company the next day (invented)", "received_at": "2017-07-15T08:00:00Z",
                    "recipient": "mdsf", "unit": "Company (invented)", "support": "transport", "purpose": "Secure the place (invented)"}},
        {"move": "scope", "of": "support", "as": "human-rights-officer", "at": "2017-07-15T10:00:00Z"},
        {"id": "name", "type": "sanctions-screening", "as": "jmac-analyst", "at": "2017-07-28T09:00:00Z",
         "record": {"title": "Named leader (invented)", "screened_at": "2017-07-28T08:00:00Z", "purpose": "support",
                    "subject": "File 0001 (invented)", "list_version": "2017-07-20"}},
        {"move": "propose", "of": "name", "as": "jmac-analyst", "at": "2017-07-28T09:10:00Z",
         "set": {"candidates": [{"reference_number": "XXi.000 (invented)", "score": 0.71, "explanation": "One part of the name alike (invented)"}]}},
    ]  # fmt: skip
    day.go(*later)

    # One event; the alert, two accounts of our own and one from outside are linked to it as the same event, none merged.
    market = see(day.workspace, day.actor("chief-of-staff"), day.play.names["market"])
    same = [one for link, one in market.linked if link.relation == "same-event"]
    assert sorted(one.type for one in same) == [
        "external-report",
        *["field-report"] * 3,
        "protection-alert",
    ]  # five told of it
    assert (
        day.the("market").values["category"] == "armed-attack" and "civilians" in day.the("market").values["affected"]
    )
    findings = {one.type: one for one in see(day.workspace, day.actor("human-rights-chief"), market.record.id).findings}
    assert set(findings) == {"ceasefire-finding", "human-rights-finding"}
    children = see(day.workspace, day.actor("child-protection-adviser"), market.record.id).findings
    assert [one.type for one in children].count("mrm-finding") == 2 and "crsv-finding" not in {
        one.type for one in children
    }
    day.hidden("school", "joc-officer", "human-rights-officer", "reporting-officer", "delegation", "liaison-officer")
    day.hidden("killed", "joc-officer", "human-rights-officer", "reporting-officer", "delegation", "liaison-officer")
    day.hidden("survivors", "child-protection-adviser", "joc-officer", "chief-of-staff", "country-team-member")
    day.hidden("name", "reporting-officer", "joc-officer", "liaison-officer")
    day.hidden("market-partner", "liaison-officer", "delegation", "researcher")

    # Ceasefire: the team was kept out for a day, the Commission confirmed, attributed to nobody, with a reservation.
    ceasefire = day.the("market-ceasefire")
    assert (ceasefire.state, ceasefire.values["verification_access"]) == ("confirmed", "delayed")
    assert not ceasefire.values.get("attributed_to") and ceasefire.values["reservation"]
    assert "reservation" in see(day.workspace, day.actor("political-officer"), ceasefire.id).hidden
    assert day.figure("ceasefire-findings-confirmed").value == 1
    assert disclosed(day.workspace, "council", day.figure("ceasefire-findings-confirmed")).value == 1
    # The Council is told the number; the finding itself is confidential until somebody lowers its level, and stays inside.
    day.hidden("market-ceasefire", "delegation", "liaison-officer", "researcher")

    # Keeping the team out is a matter of its own, under paragraph 6: more than a day, so its limit was missed.
    assert day.figure("movement-restrictions").value == 1
    assert day.figure("movement-restrictions-lifted-in-a-day").value == 0.0
    assert day.clocks("kept-out", "joc-officer", "2017-07-19T12:00")["lift"] == "missed"
    table = write(day.at("2017-09-28T20:00"), day.actor("reporting-officer"), "ceasefire-table", QUARTER)
    listed = next(block for block in table.blocks if getattr(block, "title", "") == "Confirmed")
    assert [row[0][0] for row in listed.rows] == [ceasefire.number]  # type: ignore[union-attr]

    # The liaison of another force: of the event what the rule of release names, coarse; of who told it, nothing.
    outside = day.workspace.mission.audiences["liaison"]
    kinds = day.workspace.mission.record_types
    gone = released(day.the("market"), kinds["security-event"], outside, day.workspace.mission.area_levels)
    assert "narrative" not in gone.values and "title" not in gone.values and not gone.links
    assert set(gone.values["place"]) <= {"region", "cercle"}
    for name in ("market-patrol", "market-partner", "market-community", "observers"):
        with pytest.raises(Hidden):
            released(day.the(name), kinds["field-report"], outside, day.workspace.mission.area_levels)
    day.go({"id": "note", "type": "information-transfer", "as": "jmac-analyst", "at": "2017-07-21T09:00:00Z",
            "record": {"title": "Note for the liaison of the joint force (invented)", "collected_at": "2017-07-21T08:00:00Z", "recipient": "fc-g5s",
                       "basis": "Paragraph 42", "grade": "b2", "content": "Movement of an armed group (invented)", "third_party": "no"}})  # fmt: skip
    with pytest.raises(Refused, match="REC-033"):  # with the sources in it nothing is passed on
        move(day.at("2017-07-22T09:00"), day.actor("jmac-analyst"), day.play.names["note"], "sanitise",
             values={"sources_removed": "no", "victims_protected": "yes"})  # fmt: skip
    with pytest.raises(Refused, match="REC-034"):
        move(day.at("2017-07-22T09:05"), day.actor("jmac-analyst"), day.play.names["note"], "transmit",
             values={"channel": "liaison", "transmitted_at": "2017-07-22T09:05:00Z"})  # fmt: skip
    assert day.figure("information-transfers").value == 0

    # Support to a unit the next day: until the risk is assessed again and the head of mission decides, no order to deliver.
    with pytest.raises(Refused, match="REC-034"):
        move(day.at("2017-07-15T11:00"), day.actor("support-officer"), day.play.names["support"], "deliver",
             values={"delivered_on": "2017-07-15"})  # fmt: skip
    assert day.clocks("support", "srsg", "2017-07-15T11:00") == {"scope": "met", "screen": "running"}
    assert day.figure("hrddp-breaches").value == 0 and day.figure("support-delivered").value == 0
    assert day.the("case").state == "complaint"

    # Human rights: still under investigation, so the report of the Secretary-General counts nobody killed.
    rights = day.the("market-rights")
    assert rights.state == "under-investigation" and set(rights.values["violations"]) >= {"killing", "abduction"}
    assert sum(row.get("killed", {"number": 0})["number"] for row in rights.values["victims"]) == 7
    assert (
        day.figure("human-rights-findings-established").value == 0
        and day.figure("civilians-killed-documented").value == 0
    )
    draft = write(day.at("2017-09-28T20:00"), day.actor("reporting-officer"), "quarterly-report", QUARTER,
                  cut_off=datetime(2017, 9, 18, 23, 59, tzinfo=UTC), audience="council")  # fmt: skip
    words = " ".join(paragraph.text for paragraph in draft.paragraphs())
    assert "confirmed one violation" in words and "no investigation with an established finding" in words
    assert draft.figures["ceasefire-findings-confirmed"].snapshot and not draft.internal

    # Children: not verified before the task force decided; decided after the quarter, they count then, as late.
    assert day.figure("children-grave-violations-verified").value == 0
    assert day.figure("grave-violation-incidents-verified").value == 0
    assert day.figure("grave-violations-unverified").value == 2  # told apart, never added
    day.go(
        {"move": "agree-technical", "of": "killed", "as": "child-protection-adviser", "person": "chair", "at": "2017-09-20T08:00:00Z", "set": {"technical_on": "2017-09-20"}},
        {"move": "verify", "of": "killed", "as": "child-protection-adviser", "person": "secretary", "at": "2017-11-03T08:00:00Z",
         "set": {"verified_on": "2017-11-03", "decided_by": "Co-chairs (invented)"}},
    )  # fmt: skip
    assert day.figure("children-grave-violations-verified").value == 0
    assert day.figure("children-grave-violations-verified", NEXT).value == 2
    assert day.figure("grave-violations-verified-late", NEXT).value == 1.0
    assert day.figure("children-grave-violations-verified-late", NEXT).value == 2
    assert day.figure("grave-violation-incidents-verified", NEXT).value == 0  # the school waits for the task force
    assert day.figure("grave-violations-unverified").value == 1

    # Survivors: three, told to the public as nothing at all, in the figure and in its table.
    whole = day.figure("sexual-violence-verified", by=("form",))
    assert whole.value == 3
    for audience in ("public", "council"):
        told_outside = disclosed(day.workspace, audience, whole)
        assert told_outside.withheld and all(cell.withheld or cell.value is None for cell in told_outside.cells)
        assert told_outside.record_ids == ()

    # The screening stays open: a name alone confirms nothing; the referral waits for the prosecutor.
    with pytest.raises(Refused):
        move(day.at("2017-07-29T09:00"), day.actor("legal-adviser"), day.play.names["name"], "confirm", reason="Alike",
             values={"identifiers": ["name"], "decided_at": "2017-07-29T09:00:00Z"})  # fmt: skip
    move(day.at("2017-07-30T09:00"), day.actor("jmac-analyst"), day.play.names["name"], "leave-open", reason="Too little (invented)",
         values={"decided_at": "2017-07-30T09:00:00Z"})  # fmt: skip
    assert day.figure("personnel-injured-by-malicious-acts").value == 2
    assert day.the("name").state == "inconclusive"
    assert day.figure("access-incidents").value == 1


@pytest.mark.para("20.a.ii.-1")
def test_a_ceasefire_case_from_allegation_to_report(day: Day) -> None:
    raw = {"title": "Alleged movement (invented)", "occurred_on": "2017-08-03", "reported_at": "2017-08-03T12:00:00Z", "place": KORO,
           "instrument": "arrangement-2015-06-05", "category": "armed-clash", "alleged_by": "community"}  # fmt: skip
    day.go(
        {"id": "event", "type": "security-event", "as": "joc-officer", "at": "2017-08-03T11:00:00Z",
         "record": {"title": "Clash (invented)", "occurred_on": "2017-08-03", "place": KORO, "category": "armed-clash", "affected": ["signatory-groups"]}},
        {"id": "case", "type": "ceasefire-finding", "over": "event", "as": "joc-officer", "at": "2017-08-03T13:00:00Z", "record": raw},
    )  # fmt: skip
    case = day.play.names["case"]
    assert day.clocks("case", "joc-officer", "2017-08-03T14:00")["register"] == "running"
    assert day.clocks("case", "joc-officer", "2017-08-05T14:00")["register"] == "overdue"
    with pytest.raises(Refused):  # nobody verifies what was not registered
        move(
            day.at("2017-08-04T08:00"),
            day.actor("emov-member"),
            case,
            "report",
            values={"verification_access": "granted"},
        )
    with pytest.raises(Forbidden):
        move(day.at("2017-08-04T08:00"), day.actor("field-officer"), case, "register")
    day.go(
        {"move": "register", "of": "case", "as": "joc-officer", "at": "2017-08-04T09:00:00Z"},
        {"move": "task", "of": "case", "as": "force-commander", "at": "2017-08-05T08:00:00Z"},
    )
    assert day.figure("ceasefire-findings-alleged").value == 1 and day.figure("ceasefire-findings-confirmed").value == 0
    day.go(
        {"id": "patrol", "type": "field-report", "as": "emov-member", "at": "2017-08-07T10:00:00Z",
         "record": {"title": "Verification (invented)", "reported_at": "2017-08-07T09:30:00Z", "place": KORO, "source_kind": "patrol", "grade": "a2"}},
        {"move": "report", "of": "case", "as": "emov-member", "at": "2017-08-08T10:00:00Z",
         "set": {"verification_access": "granted", "observed": [{"means": "patrol", "number": {"number": 30, "qualifier": "about"}, "grade": "a2"}]}},
    )  # fmt: skip
    decision = {
        "standard_of_proof": "balance-of-probabilities",
        "decision_basis": "consensus",
        "decided_by": "Commission (invented)",
    }
    with pytest.raises(Refused):  # no report is linked to it as evidence
        move(day.at("2017-08-20T10:00"), day.actor("cts-chair"), case, "confirm", values=decision)
    day.go(
        {
            "link": {"from": "patrol", "relation": "evidence-for", "to": "case"},
            "as": "emov-member",
            "at": "2017-08-20T10:05:00Z",
        }
    )
    with pytest.raises((Refused, Forbidden)):  # who verified it does not decide on it
        move(day.at("2017-08-20T10:10"), day.actor("cts-chair", "emov-member"), case, "confirm", values=decision)
    day.go({"move": "confirm", "of": "case", "as": "cts-chair", "at": "2017-08-21T10:00:00Z", "set": decision})
    assert day.figure("ceasefire-findings-alleged").value == 0 and day.figure("ceasefire-findings-confirmed").value == 1
    by = day.figure("ceasefire-findings-confirmed", by=("region",))
    assert {cell.keys["region"]: cell.value for cell in by.cells} == {"mopti": 1}
    table = write(day.at("2017-09-28T20:00"), day.actor("reporting-officer"),
                  "ceasefire-table", QUARTER)  # fmt: skip
    listed = [block for block in table.blocks if getattr(block, "title", "") == "Confirmed"]
    assert [row[0][0] for row in listed[0].rows] == [day.the("case").number]  # type: ignore[union-attr]
    assert table.unanswered == ()


@pytest.mark.para("26")
def test_support_refused_after_screening_and_delivered_all_the_same(day: Day) -> None:
    day.go(
        {"id": "request", "type": "hrddp-request", "as": "support-officer", "at": "2017-08-01T09:00:00Z",
         "record": {"title": "Fuel for an operation (invented)", "received_at": "2017-08-01T08:00:00Z", "recipient": "mdsf",
                    "unit": "Company (invented)", "support": "logistic", "purpose": "Operation (invented)"}},
        {"move": "scope", "of": "request", "as": "human-rights-officer", "at": "2017-08-02T09:00:00Z"},
    )  # fmt: skip
    request = day.play.names["request"]
    with pytest.raises(Refused, match="REC-034"):  # the order to deliver while nobody decided
        move(
            day.at("2017-08-02T10:00"),
            day.actor("support-officer"),
            request,
            "deliver",
            values={"delivered_on": "2017-08-02"},
        )
    day.go(
        {"move": "screen", "of": "request", "as": "human-rights-officer", "at": "2017-08-05T09:00:00Z",
         "set": {"screened": [{"subject": "Company (invented)", "consulted": "Files (invented)", "result": "concern", "grade": "b2"}]}},
        {"move": "assess", "of": "request", "as": "human-rights-officer", "at": "2017-08-08T09:00:00Z",
         "set": {"risks": [{"factor": "Killings not answered for (invented)", "rating": "high", "residual": "high"}], "risk": "high",
                 "substantial_grounds": "yes", "corrective_measures": "no"}},
    )  # fmt: skip
    with pytest.raises(Refused, match="REC-033"):  # substantial grounds without corrective measures: no approval
        move(
            day.at("2017-08-09T08:00"),
            day.actor("srsg"),
            request,
            "approve",
            values={"decided_at": "2017-08-09T08:00:00Z", "valid_until": "2017-11-01"},
        )
    day.go({"move": "refuse", "of": "request", "as": "srsg", "at": "2017-08-10T08:00:00Z", "reason": "Substantial grounds (invented)",
            "set": {"decided_at": "2017-08-10T08:00:00Z"}})  # fmt: skip
    with pytest.raises(Refused):
        move(
            day.at("2017-08-12T08:00"),
            day.actor("support-officer"),
            request,
            "deliver",
            values={"delivered_on": "2017-08-12"},
        )
    day.go({"id": "breach", "type": "hrddp-breach", "as": "field-officer", "at": "2017-08-12T18:00:00Z",
            "record": {"title": "Fuel handed over after the refusal (invented)", "occurred_on": "2017-08-12", "reported_at": "2017-08-12T17:30:00Z",
                       "recipient": "mdsf", "support": "logistic", "request": "request"}})  # fmt: skip
    breach = day.the("breach")
    for role in ("srsg", "human-rights-chief", "human-rights-officer"):
        assert see(day.at("2017-08-12T18:01"), day.actor(role), breach.id).record.id == breach.id
    head = desk(day.at("2017-08-12T18:01"), day.actor("srsg"), "en")
    assert (
        breach.id in [one.line.id for one in head.decide]
        and day.clocks("breach", "srsg", "2017-08-12T18:01")["take-note"] == "running"
    )
    assert day.figure("hrddp-breaches").value == 1 and day.figure("support-delivered").value == 0
    draft = write(day.at("2017-09-28T20:00"), day.actor("reporting-officer"), "quarterly-report", QUARTER)
    assert "support was delivered without clearance in one case" in " ".join(p.text for p in draft.paragraphs())


@pytest.mark.para("34.-4")
def test_an_evacuation_that_misses_its_second_hour(day: Day) -> None:
    day.go(
        {"id": "patient", "type": "casevac", "as": "joc-officer", "at": "2017-08-09T10:05:00Z",
         "record": {"title": "Patient 2 (invented)", "place": KORO, "injured_at": "2017-08-09T10:00:00Z", "alerted_at": "2017-08-09T10:04:00Z",
                    "priority": "alpha", "cause": "device"}},
        {"move": "aid", "of": "patient", "as": "sector-commander", "at": "2017-08-09T10:10:00Z", "set": {"first_aid_at": "2017-08-09T10:08:00Z"}},
    )  # fmt: skip
    assert day.clocks("patient", "medical-officer", "2017-08-09T10:12")["aid"] == "met"
    with pytest.raises(Forbidden):
        move(day.at("2017-08-09T10:15"), day.actor("joc-officer"), day.play.names["patient"], "launch")
    day.go(
        {"move": "launch", "of": "patient", "as": "medical-officer", "at": "2017-08-09T10:20:00Z", "set": {"decided_at": "2017-08-09T10:18:00Z", "means": "helicopter"}},
        {"move": "pick-up", "of": "patient", "as": "joc-officer", "at": "2017-08-09T10:45:00Z", "set": {"departed_at": "2017-08-09T10:25:00Z", "picked_up_at": "2017-08-09T10:43:00Z"}},
        {"move": "reach-care", "of": "patient", "as": "medical-officer", "at": "2017-08-09T10:58:00Z", "set": {"advanced_care_at": "2017-08-09T10:57:00Z"}},
    )  # fmt: skip
    assert day.clocks("patient", "medical-officer", "2017-08-09T11:50")["operate"] in ("running", "due-soon")
    assert day.clocks("patient", "medical-officer", "2017-08-09T12:01")["operate"] == "overdue"
    waiting = desk(day.at("2017-08-09T12:01"), day.actor("medical-officer"), "fr").decide
    assert waiting and waiting[0].line.id == day.play.names["patient"] and waiting[0].overdue
    day.go({"move": "operate", "of": "patient", "as": "medical-officer", "at": "2017-08-09T12:45:00Z",
            "set": {"surgery_at": "2017-08-09T12:40:00Z", "facility": "Level II (invented)", "delays": ["weather"]}})  # fmt: skip
    kept = day.clocks("patient", "medical-officer", "2017-08-09T13:00")
    assert (kept["aid"], kept["reach-care"], kept["operate"]) == ("met", "met", "missed")
    shares = [day.figure(f"evacuations-{part}-in-time").value for part in ("first-aid", "care", "surgery")]
    assert shares == [1.0, 1.0, 0.0]
    with pytest.raises(BadInput):
        record(day.at("2017-08-10T08:00"), day.actor("joc-officer"), "casevac", {"title": "Without a time (invented)"})
