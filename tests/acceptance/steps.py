"""The walk of the spine, step by step, as a person of each role takes it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

from remit.kernel.periods import Period, parse_period
from remit.records.actors import Actor
from remit.records.record import Record
from remit.services.linking import link
from remit.services.moving import move
from remit.services.recording import record
from remit.services.workspace import Workspace

QUARTER: Period = parse_period("2017-06-29/2017-09-29")
CUT_OFF = datetime(2017, 9, 18, 23, 59, tzinfo=UTC)
PLACE = {"name": "Bourem", "lat": 16.95, "lon": -0.35}


@dataclass
class Walk:
    """A workspace and the records made on the way, by name."""

    workspace: Workspace
    made: dict[str, Record] = field(default_factory=dict)

    def actor(self, role: str, person: str = "") -> Actor:
        """Return somebody in a role."""
        return Actor(person or role, self.workspace.mission.roles[role])

    def at(self, instant: str) -> Workspace:
        """Return the workspace with its clock standing at an instant."""
        return self.workspace.at(datetime.fromisoformat(instant))

    def record_event(self) -> None:
        """The event, and a typed field report with victims by sex and age, linked to it."""
        self.made["event"] = record(
            self.at("2017-07-18T09:00:00+00:00"),
            self.actor("joc-officer"),
            "security-event",
            {
                "title": "Clash near a crossing (invented)",
                "occurred_on": "2017-07-17",
                "place": PLACE,
                "category": "armed-clash",
                "affected": ["signatory-groups"],
            },
            invented=True,
        )
        self.made["report"] = record(
            self.at("2017-07-18T10:00:00+00:00"),
            self.actor("field-officer"),
            "field-report",
            {
                "title": "Account of residents (invented)",
                "occurred_on": "2017-07-17",
                "reported_at": "2017-07-18T09:30:00+00:00",
                "place": PLACE,
                "source_kind": "community",
                "grade": "b2",
                "victims": [
                    {"sex": "female", "age_band": "child", "killed": 1},
                    {
                        "sex": "male",
                        "age_band": "adult",
                        "killed": {"number": 2, "qualifier": "at-least"},
                        "injured": 3,
                    },
                ],
            },
            invented=True,
        )
        link(
            self.at("2017-07-18T10:05:00+00:00"),
            self.actor("joc-officer"),
            self.made["report"].id,
            "same-event",
            self.made["event"].id,
        )

    def record_finding(self, name: str, category: str, by: str = "joc-officer") -> Record:
        """A ceasefire finding over the event, with the field report as its evidence."""
        made = record(
            self.at("2017-07-18T11:00:00+00:00"),
            self.actor(by),
            "ceasefire-finding",
            {
                "title": f"{name} (invented)",
                "occurred_on": "2017-07-17",
                "reported_at": "2017-07-18T08:00:00+00:00",
                "place": PLACE,
                "instrument": "arrangement-2015-06-05",
                "category": category,
            },
            over=self.made["event"].id,
            invented=True,
        )
        link(self.at("2017-07-18T11:05:00+00:00"), self.actor(by), self.made["report"].id, "evidence-for", made.id)
        self.made[name] = made
        return made

    def verify(self, name: str) -> None:
        """Register, task and report: all that goes before the decision."""
        identifier = self.made[name].id
        move(self.at("2017-07-18T12:00:00+00:00"), self.actor("joc-officer"), identifier, "register")
        move(self.at("2017-07-19T08:00:00+00:00"), self.actor("force-commander"), identifier, "task")
        move(
            self.at("2017-07-24T16:00:00+00:00"),
            self.actor("emov-member"),
            identifier,
            "report",
            values={"verification_access": "granted", "observed": [{"means": "patrol", "number": 40, "grade": "a2"}]},
        )

    def confirm(self, name: str, instant: str, person: str = "cts-chair") -> Record:
        """The decision, by the Chair of the commission."""
        self.made[name] = move(
            self.at(instant), self.actor("cts-chair", person), self.made[name].id, "confirm",
            values={"standard_of_proof": "balance-of-probabilities", "decision_basis": "consensus"},
        )  # fmt: skip
        return self.made[name]
