"""A record as it stands: the fold of its entries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from remit.records.entries import Author
from remit.records.types import ClassificationLevel, Kind


@dataclass(frozen=True, slots=True)
class Link:
    """A link between two records, as seen from one of them. ``outward``: this record points to the other."""

    relation: str
    other: str
    other_type: str
    outward: bool
    entry: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Moved:
    """One move that was made."""

    move: str
    from_: str
    to: str
    at: datetime
    by: Author
    entry: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """The state of one record after some of its entries (all of them, or those up to an instant).

    ``values`` are JSON values by field key. ``revision`` counts the entries folded: an amendment or a move names the
    revision it was made on, and is refused as a conflict when it is no longer the last. Links that other records make
    to this one stand in ``links`` but are not counted: they do not change what an editor has before him.
    """

    id: str
    type: str
    version: int
    kind: Kind
    number: str
    state: str
    level: ClassificationLevel
    values: Mapping[str, Any]
    recorded_at: datetime
    recorded_by: Author
    compartment: str = ""
    component: str = ""
    caveats: tuple[str, ...] = ()
    originator: str = ""
    invented: bool = False
    links: tuple[Link, ...] = ()
    moves: tuple[Moved, ...] = ()
    entries: tuple[str, ...] = ()
    erased: tuple[str, ...] = ()
    withdrawn: bool = False
    changed_at: datetime | None = None
    title: str = ""
    occurred: str = ""
    """ISO day or instant at which it occurred, from the type's ``times``; "" where unknown."""
    reported: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    amended_by: tuple[str, ...] = ()
    """The persons who amended it, each once: they are not a second person for its verification."""
    heads: tuple[str, ...] = ()
    """Its last entries: one, or several where sites that worked apart changed it."""
    disputed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What was set apart to different values (``remit.records.branches``), and by which entries."""

    @property
    def revision(self) -> int:
        """How many entries this state rests on."""
        return len(self.entries)

    def envelope(self) -> dict[str, Any]:
        """Return the parts that conditions of access, lists and measures may name beside the fields.

        Keys: ``id, type, kind, number, state, level, compartment, component, caveats, originator, invented,
        withdrawn, recorded_at, recorded_by, occurred, reported``.
        """
        return {
            "id": self.id,
            "type": self.type,
            "kind": self.kind,
            "number": self.number,
            "state": self.state,
            "level": self.level,
            "compartment": self.compartment,
            "component": self.component,
            "caveats": list(self.caveats),
            "originator": self.originator,
            "invented": self.invented,
            "withdrawn": self.withdrawn,
            "recorded_at": self.recorded_at.isoformat(),
            "recorded_by": self.recorded_by.person,
            "occurred": self.occurred,
            "reported": self.reported,
        }

    def facts_for_conditions(self) -> dict[str, Any]:
        """Return envelope and values in one mapping, the envelope winning."""
        return {**self.values, **self.envelope()}
