"""Journal entries: what was added, when, by whom. Entries are never changed and never removed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

EntryKind = Literal["recorded", "amended", "moved", "linked", "withdrawn", "redacted"]
ENTRY_KINDS: tuple[EntryKind, ...] = ("recorded", "amended", "moved", "linked", "withdrawn", "redacted")


@dataclass(frozen=True, slots=True)
class Author:
    """Who acted: a person's key, in which role, of which component, on behalf of which site."""

    person: str
    role: str
    component: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry, readable.

    Attributes:
        id: UUIDv7 of the entry.
        kind: what it did.
        record: UUIDv7 of the record.
        type: the record type's key.
        version: the declaration's version under which it was made.
        at: when it was made (UTC).
        by: who made it.
        facts: what is sealed as it stands and cannot be erased: ``level``, ``compartment``, ``component``, ``caveats``,
            ``originator``, ``invented``, ``number`` (recorded); ``move``, ``from``, ``to`` (moved);
            ``after`` (all but recorded and linked): the ids of the record's last entries that its author had before him;
            ``relation``, ``other``, ``other_type`` (linked); ``fields`` (redacted; empty list means all).
            An amendment may change ``level``, ``compartment``, ``caveats`` and ``originator``.
        values: what may be erased later: field values by key, and ``_reason`` (free text of a move, amendment,
            withdrawal). A value that was erased is absent here and named in ``erased``. ``None`` in an amendment
            clears the field.
        erased: the names of values that were redacted.
        came: when it came into this journal (UTC) where another site made it; ``None`` for one made here. Not sealed with
            the entry: the block that holds it bears a later instant.
        via: the site that it came from.
    """

    id: str
    kind: EntryKind
    record: str
    type: str
    version: int
    at: datetime
    by: Author
    facts: Mapping[str, Any] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)
    erased: tuple[str, ...] = ()
    came: datetime | None = None
    via: str = ""

    @property
    def sound(self) -> bool:
        """Whether a journal can hold it: a kind that is known, identifiers and a type, an instant with its offset."""
        named = bool(self.id and self.record and self.type)
        return named and self.kind in ENTRY_KINDS and self.at.tzinfo is not None

    @property
    def known_at(self) -> datetime:
        """From when on it is known here: what a cut-off goes by."""
        return self.came or self.at
