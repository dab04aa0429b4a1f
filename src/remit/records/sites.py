"""The sites of one mission that record apart, and what each may hold."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from remit.kernel.canonical import digest_of_bytes
from remit.records.record import Record
from remit.records.types import LEVELS, ClassificationLevel

MAIN = "main"
"""The name of a workspace that was given none: the mission's own."""
SITE_NAME = re.compile(r"[a-z][a-z0-9-]{0,30}")


@dataclass(frozen=True, slots=True)
class SiteCard:
    """What one site hands to another so that they can exchange: no secret, but to be compared by voice."""

    mission: str
    site: str
    public_key: str

    @property
    def fingerprint(self) -> str:
        """The SHA-256 of the key in eight groups of four, short enough to be read aloud."""
        digest = digest_of_bytes(bytes.fromhex(self.public_key))
        return " ".join(digest[start : start + 4] for start in range(0, 32, 4))


@dataclass(frozen=True, slots=True)
class Site:
    """Another site, as this workspace knows it.

    Attributes:
        card: its name and key.
        level: the strictest level that it may hold.
        compartments: the compartments that it may hold; none unless somebody said so.
        sent: how many entries of this journal, from its beginning, the site has said that it took.
        taken: how many of its own it had when it wrote the last bundle that was taken here.
        last_taken: when that was.
    """

    card: SiteCard
    level: ClassificationLevel = "confidential"
    compartments: tuple[str, ...] = ()
    sent: int = 0
    taken: int = 0
    last_taken: datetime | None = None

    def may_hold(self, record: Record) -> bool:
        """Return whether a record may go there: not above its level, not in a compartment that it does not hold."""
        within = LEVELS.index(record.level) <= LEVELS.index(self.level)
        return within and (not record.compartment or record.compartment in self.compartments)


class Sites(Protocol):
    """The other sites that a workspace knows."""

    def all(self) -> dict[str, Site]:
        """Return them by name."""
        ...

    def keep(self, site: Site) -> None:
        """Add one or write it anew."""
        ...
