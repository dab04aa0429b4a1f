"""Who saw what of the compartments: kept for every reading of a record that stands in one.

A person who reads one record several times in an hour in one way has read it once: the log stays small, and a page that is
loaded again writes nothing. It is only added to, as the journal is, and not sealed: reading must not wait for a seal.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from remit.records.actors import Actor
from remit.records.record import Record

How = Literal["opened", "listed", "file", "counted"]
"""Opened by itself; in a list, search, map or export; a file of it; in the way back of a figure."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """One reading: who, in which role, of which record and compartment, how, and when first in that hour (UTC)."""

    person: str
    role: str
    record: str
    compartment: str
    how: How
    at: datetime

    @property
    def key(self) -> str:
        """What makes it one: the hour, the person and role, the record and how."""
        return "|".join((f"{self.at:%Y-%m-%dT%H}", self.person, self.role, self.record, self.how))


class Sightings(Protocol):
    """Where readings are kept."""

    def note(self, sightings: Sequence[Sighting]) -> None:
        """Keep readings; one that is known is passed over."""
        ...

    def of(
        self, *, record: str = "", person: str = "", since: datetime | None = None, until: datetime | None = None
    ) -> Sequence[Sighting]:
        """Return readings, the latest first: of one record, by one person, from an instant and before another."""
        ...


def sightings(actor: Actor, records: Iterable[Record], how: How, at: datetime) -> list[Sighting]:
    """Return the readings that an actor makes of those records that stand in a compartment."""
    return [
        Sighting(actor.person, actor.role.key, one.id, one.compartment, how, at) for one in records if one.compartment
    ]
