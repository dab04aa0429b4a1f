"""The journal protocol: what every store of entries does (memory, SQLite, PostgreSQL), held by one contract suite."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from remit.kernel.conditions import Condition
from remit.kernel.issues import Issue
from remit.records.entries import Entry
from remit.records.record import Record


@dataclass(frozen=True, slots=True)
class Block:
    """A sealed block: the ids of its entries in order, their Merkle root (RFC 9162), chained and signed (Ed25519).

    ``digest`` is the SHA-256 of the canonical block without digest and signature; ``previous`` the digest before it
    ("" for the first); ``size`` the number of entries in the journal up to and including it.
    """

    number: int
    entries: tuple[str, ...]
    root: str
    previous: str
    size: int
    at: datetime
    digest: str
    signature: str


@dataclass(frozen=True, slots=True)
class Kept:
    """An entry as a journal keeps it.

    Attributes:
        entry: its id.
        leaf: the hash of its leaf; ``None`` where it is not there.
        problem: what is wrong with it.
        record: the record that it belongs to.
        erased: the names of its values that are gone.
        redacts: what it says was redacted, of a ``redacted`` entry: names of values, or none for all.
    """

    entry: str
    leaf: bytes | None
    problem: Issue | None = None
    record: str = ""
    erased: tuple[str, ...] = ()
    redacts: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Query:
    """Which records are wanted: a condition over envelope and values, a text searched, an order, a page.

    ``condition`` already holds what the reader may see. ``order`` names an envelope key, ``title`` or ``changed_at``,
    "-" first for descending; equals stand by id. Every word of ``text`` must stand in the record's search text
    (``remit.records.searching``). Withdrawn records are found like others.
    """

    condition: Condition
    types: tuple[str, ...] = ()
    text: str = ""
    order: str = "-recorded_at"
    limit: int | None = None
    offset: int = 0
    area: str = ""
    """Only those of an area of the coarsest level (``remit.records.tally.area``)."""


def kept_entry(sealed: Mapping[str, Any], opened: Collection[str], leaf: bytes, problem: Issue | None) -> Kept:
    """Return what a journal keeps of an entry: its sealed form and the names of the values that it still opens."""
    if problem is not None:
        return Kept(str(sealed.get("id", "")), leaf, problem)
    gone = tuple(sorted(set(sealed["commitments"]).difference(opened)))
    redacts = tuple(sealed["facts"].get("fields", ())) if sealed["kind"] == "redacted" else None
    return Kept(sealed["id"], leaf, None, sealed["record"], gone, redacts)


class Journal(Protocol):
    """Where entries are kept. Every method raises ``Fault`` when the store itself fails; nothing is then half-written."""

    def transaction(self) -> AbstractContextManager[None]:
        """Group what is appended: all of it is kept or none of it. May be nested."""
        ...

    def append(self, entries: Sequence[Entry]) -> None:
        """Add entries, sealing values apart, and bring the current state up to date. Known ids are passed over (idempotent).

        Raises:
            Conflict: JRN-011, a known id with other contents.
        """
        ...

    def next_number(self, series: str) -> int:
        """Return the next number of a series (``MINUSMA-EVT-2017``), from 1; given back if the transaction fails."""
        ...

    def entries(self, *, record: str | None = None, until: datetime | None = None) -> Iterator[Entry]:
        """Yield entries in the order in which they came, of one record or of all, known at an instant (inclusive) or now.

        Of one record: its own, and the links that other records made to it, so that folding them gives the record.
        """
        ...

    def entry(self, identifier: str) -> Entry | None:
        """Return one entry."""
        ...

    def ends_of(self, entry: str) -> tuple[str, str] | None:
        """Return the record of an entry, and for a link the record it points to ("" otherwise); ``None`` for no such entry."""
        ...

    def get(self, identifier: str) -> Record | None:
        """Return a record as it stands."""
        ...

    def find(self, query: Query) -> Sequence[Record]:
        """Return the records that meet a query."""
        ...

    def count(self, query: Query) -> int:
        """Return how many records meet a query, whatever its page."""
        ...

    def which(self, query: Query) -> frozenset[str]:
        """Return the ids of the records that meet a query, whatever its page; reads no record where it need not."""
        ...

    def tally(self, condition: Condition, by: Sequence[str], *, types: Sequence[str] = ()) -> Counter[tuple[Any, ...]]:
        """Return how many records meet a condition, by some of ``records.tally.MARKS`` and ``WHEN_AND_WHERE``.

        The condition reads nothing but those marks. What it costs does not grow with the number of records.

        Raises:
            ValueError: the condition asks for more.
        """
        ...

    def tally_facets(
        self,
        condition: Condition,
        *,
        types: Sequence[str] = (),
        names: Sequence[str] = (),
        sensitive: bool,
    ) -> Counter[tuple[Any, ...]]:
        """Return how many records meet such a condition, by (type, name, value) of their facets.

        Of those that are sensitive, or of those that are not; of some ``names`` alone where they are given.
        """
        ...

    def due(
        self,
        condition: Condition,
        *,
        types: Sequence[str] = (),
        start: datetime | None = None,
        end: datetime | None = None,
        latest: bool = False,
        limit: int | None = None,
    ) -> Sequence[tuple[datetime, str]]:
        """Return when running time limits end, and of which records: of those that meet a condition on their marks.

        Between two instants (half-open), the earliest first, or the ``latest``; reckoned from no sensitive field.
        """
        ...

    def sealed_form(self, identifier: str) -> dict[str, Any] | None:
        """Return what of an entry is sealed (commitments in place of values): the leaf of the tree is its canonical JSON."""
        ...

    def check(self, identifier: str) -> Issue | None:
        """Return what is wrong with one entry as it is kept (``remit.records.commitments.check_entry``), ``None`` if nothing."""
        ...

    def identifiers(self) -> Iterator[str]:
        """Yield the ids of all entries in the order in which they came, opening none."""
        ...

    def leaves(self, identifiers: Iterable[str]) -> Iterator[tuple[str, bytes | None]]:
        """Yield, for each entry named and in that order, the hash of its leaf; ``None`` where it is not in the journal.

        Reads many at a time, and no values.
        """
        ...

    def kept(self, identifiers: Iterable[str]) -> Iterator[Kept]:
        """Yield each entry named, in that order, checked as ``check`` does; reads many at a time."""
        ...

    def unsealed(self) -> Sequence[str]:
        """Return the ids of committed entries that no block holds yet, in the order in which they came."""
        ...

    def add_block(self, block: Block) -> None:
        """Keep a sealed block."""
        ...

    def blocks(self) -> Sequence[Block]:
        """Return all blocks, the first first."""
        ...

    def last_block(self) -> Block | None:
        """Return the block that was sealed last; reads no other."""
        ...

    def block_at(self, number: int) -> Block | None:
        """Return a block by its number."""
        ...

    def touched_since(self, block: int) -> frozenset[str]:
        """Return the ids of the records that entries of later blocks are about, both ends of each link."""
        ...

    def block_of(self, identifier: str) -> Block | None:
        """Return the block that holds an entry; ``None`` while none does."""
        ...

    def erase(self, record: str, fields: Sequence[str]) -> None:
        """Destroy values for good: named fields, or with none named all of the record's (its key is destroyed).

        Only values that stand in entries now; the ``redacted`` entry that says so is appended by the caller, before.
        The sealed forms stay as they are.
        """
        ...

    def rebuild(self) -> int:
        """Drop the current state and fold all entries anew; return how many records there are."""
        ...

    def state_digest(self) -> str:
        """Return a digest of the whole current state, the same after ``rebuild``."""
        ...
