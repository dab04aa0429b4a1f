"""The small invented mission, and what happens in it, for tests of services."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from remit.kernel.periods import Period, parse_period
from remit.records.actors import Actor
from remit.records.record import Record
from remit.services.moving import move
from remit.services.recording import record
from remit.services.workspace import Workspace

QUARTER: Period = parse_period("2020-03-16/2020-06-16")
FERRY = {"name": "Ferry Point", "lat": -40.62, "lon": -119.44, "island": "north-shore"}
QUAY = {"name": "Low Quay", "lat": -41.12, "lon": -118.9, "island": "low-isle"}


@dataclass
class Exercise:
    """A workspace of the exercise, and hands for its roles."""

    workspace: Workspace

    def actor(self, role: str, person: str = "") -> Actor:
        """Return somebody in a role."""
        return Actor(person or role, self.workspace.mission.roles[role])

    def on(self, day: str, hour: int = 9) -> Workspace:
        """Return the workspace with its clock standing on a day."""
        return self.workspace.at(datetime.fromisoformat(day).replace(hour=hour, tzinfo=UTC))

    def incident(self, day: str = "2020-04-02", *, by: str = "field-officer", **values: Any) -> Record:
        """Record an incident on the day on which it happened."""
        raw = {"title": "Shots (invented)", "occurred_on": day, "place": FERRY, "category": "shooting", **values}
        return record(self.on(day), self.actor(by), "incident", raw)

    def verified(self, day: str = "2020-04-02", **values: Any) -> Record:
        """Record an incident, and have it verified by somebody else the day after."""
        made = self.incident(day, **values)
        return self.verify(made, day)

    def verify(self, made: Record, day: str = "2020-04-03") -> Record:
        """Verify an incident."""
        return move(self.on(day, 16), self.actor("joc-officer"), made.id, "verify", values={"means": "patrol"})

    def patrol(self, day: str = "2020-04-10", *, completed: bool = True) -> Record:
        """Record a patrol and, unless said otherwise, have it come home."""
        officer = self.actor("sector-commander")
        raw = {"title": "Patrol (invented)", "occurred_on": day, "place": QUAY, "mode": "boat"}
        made = record(self.on(day, 6), officer, "patrol", raw)
        if not completed:
            return made
        move(self.on(day, 7), officer, made.id, "depart")
        return move(self.on(day, 17), officer, made.id, "complete", values={"villages": 3})

    def count(self) -> int:
        """Return how many entries the journal holds."""
        return sum(1 for _ in self.workspace.journal.entries())
