"""A journal in memory: for worked examples, tests and ``remit check``. It does all that the stores do."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any

from remit.kernel.canonical import canonical, digest
from remit.kernel.conditions import Condition
from remit.kernel.errors import BadInput
from remit.kernel.evaluation import holds
from remit.kernel.identity import Chance
from remit.kernel.issues import Issue
from remit.records.commitments import check_entry, commit_values, require_same, sealed_form
from remit.records.entries import ENTRY_KINDS, Entry
from remit.records.fold import fold, touched
from remit.records.journal import Block, Kept, Query, kept_entry
from remit.records.linked import LinkedRecords
from remit.records.merkle import leaf_hash
from remit.records.projection import digest_of_records
from remit.records.record import Record
from remit.records.searching import in_order, matches, page, search_text
from remit.records.tally import DUE, area, facets, on_marks, tally, tally_facets
from remit.records.types import RecordType


class MemoryJournal:
    """Entries, blocks and current state in dictionaries; a transaction is undone step by step when it fails."""

    def __init__(
        self, types: Mapping[str, RecordType], *, area_levels: Sequence[str] = (), chance: Chance = secrets.token_bytes
    ) -> None:
        self._types, self._chance, self._levels = types, chance, tuple(area_levels)
        self._entries: dict[str, Entry] = {}
        self._sealed: dict[str, dict[str, Any]] = {}
        self._digests: dict[str, str] = {}
        self._opened: dict[str, dict[str, tuple[bytes, Any]]] = {}
        self._of_record: dict[str, list[str]] = {}
        self._records: dict[str, Record] = {}
        self._search: dict[str, str] = {}
        self._numbers: dict[str, int] = {}
        self._blocks: list[Block] = []
        self._in_block: set[str] = set()
        self._undo: list[Callable[[], object]] | None = None

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Keep all of it or none of it; may be nested."""
        outermost = self._undo is None
        if self._undo is None:
            self._undo = []
        steps, mark = self._undo, len(self._undo)
        try:
            yield
        except BaseException:
            while len(steps) > mark:
                steps.pop()()
            raise
        finally:
            if outermost:
                self._undo = None

    def append(self, entries: Sequence[Entry]) -> None:
        """Add entries; known ones are passed over.

        Raises:
            Conflict: JRN-011, a known id with other contents.
            BadInput: JRN-012, an entry that no journal can hold.
        """
        with self.transaction():
            changed: dict[str, None] = {}
            for entry in entries:
                require_sound(entry)
                if entry.id in self._entries:
                    require_same(entry, self._sealed[entry.id], self._opened[entry.id])
                    continue
                self._add(entry)
                changed.update(dict.fromkeys(touched(entry)))
            for record in changed:
                self._refold(record)

    def next_number(self, series: str) -> int:
        """Return the next number of a series."""
        with self.transaction():
            number = self._numbers.get(series, 0) + 1
            self._set(self._numbers, series, number)
        return number

    def entries(self, *, record: str | None = None, until: datetime | None = None) -> Iterator[Entry]:
        """Yield entries as they came, known until an instant."""
        ids = list(self._entries) if record is None else list(self._of_record.get(record, ()))
        for identifier in ids:
            entry = self._entries[identifier]
            if until is None or entry.known_at <= until:
                yield entry

    def entry(self, identifier: str) -> Entry | None:
        """Return one entry."""
        return self._entries.get(identifier)

    def ends_of(self, entry: str) -> tuple[str, str] | None:
        """Return the records at an entry's ends."""
        found = self._entries.get(entry)
        return None if found is None else (found.record, str(found.facts.get("other") or ""))

    def get(self, identifier: str) -> Record | None:
        """Return a record as it stands."""
        return self._records.get(identifier)

    def find(self, query: Query) -> Sequence[Record]:
        """Return the records that meet a query, ordered, its page."""
        return page(in_order(self._meeting(query), query.order), query.offset, query.limit)

    def count(self, query: Query) -> int:
        """Return how many meet it."""
        return sum(1 for _ in self._meeting(query))

    def which(self, query: Query) -> frozenset[str]:
        """Return the ids of those that meet it."""
        return frozenset(record.id for record in self._meeting(query))

    def tally(self, condition: Condition, by: Sequence[str], *, types: Sequence[str] = ()) -> Counter[tuple[Any, ...]]:
        """Return how many records meet a condition on their marks, by marks, month and area."""
        return tally(self._meeting(Query(on_marks(condition), tuple(types))), self._types, self._levels, by)

    def tally_facets(
        self,
        condition: Condition,
        *,
        types: Sequence[str] = (),
        names: Sequence[str] = (),
        sensitive: bool,
    ) -> Counter[tuple[Any, ...]]:
        """Return how many records meet a condition on their marks, by type, name and value of their facets."""
        found = self._meeting(Query(on_marks(condition), tuple(types)))
        counted = tally_facets(found, self._types, self._levels, sensitive=sensitive)
        return Counter({key: count for key, count in counted.items() if not names or key[1] in names})

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
        """Return when running time limits end, and of which records, by time."""
        found = [
            (datetime.fromisoformat(facet.value), record.id)
            for record in self._meeting(Query(on_marks(condition), tuple(types)))
            for facet in facets(record, self._types[record.type], self._levels)
            if facet.name == DUE and not facet.sensitive
        ]
        met = [one for one in found if (not start or one[0] >= start) and (not end or one[0] < end)]
        met.sort(key=lambda one: one[1])
        return sorted(met, key=lambda one: one[0], reverse=latest)[:limit]

    def sealed_form(self, identifier: str) -> dict[str, Any] | None:
        """Return what of an entry is sealed."""
        return self._sealed.get(identifier)

    def check(self, identifier: str) -> Issue | None:
        """Return what is wrong with one entry."""
        gone = frozenset(self._entries[identifier].erased)
        return check_entry(self._sealed[identifier], self._digests[identifier], self._opened[identifier], gone)

    def identifiers(self) -> Iterator[str]:
        """Yield all ids as they came."""
        yield from list(self._entries)

    def leaves(self, identifiers: Iterable[str]) -> Iterator[tuple[str, bytes | None]]:
        """Yield the hash of each entry's leaf."""
        for identifier in identifiers:
            sealed = self._sealed.get(identifier)
            yield identifier, None if sealed is None else leaf_hash(canonical(sealed))

    def kept(self, identifiers: Iterable[str]) -> Iterator[Kept]:
        """Yield each entry, checked."""
        for identifier, leaf in self.leaves(identifiers):
            if leaf is None:
                yield Kept(identifier, None)
            else:
                yield kept_entry(self._sealed[identifier], self._opened[identifier], leaf, self.check(identifier))

    def unsealed(self) -> Sequence[str]:
        """Return the ids that no block holds yet."""
        return [identifier for identifier in self._entries if identifier not in self._in_block]

    def add_block(self, block: Block) -> None:
        """Keep a block."""
        with self.transaction():
            self._blocks.append(block)
            self._in_block.update(block.entries)
            self._later(lambda: self._take_back(block))

    def blocks(self) -> Sequence[Block]:
        """Return all blocks."""
        return tuple(self._blocks)

    def last_block(self) -> Block | None:
        """Return the last block."""
        return self._blocks[-1] if self._blocks else None

    def block_at(self, number: int) -> Block | None:
        """Return a block by its number."""
        return next((block for block in self._blocks if block.number == number), None)

    def touched_since(self, block: int) -> frozenset[str]:
        """Return the ids of the records that entries of later blocks are about."""
        later = (self._entries[entry] for one in self._blocks if one.number > block for entry in one.entries)
        return frozenset(record for entry in later for record in touched(entry))

    def block_of(self, identifier: str) -> Block | None:
        """Return the block that holds an entry."""
        return next((block for block in self._blocks if identifier in block.entries), None)

    def erase(self, record: str, fields: Sequence[str]) -> None:
        """Destroy values for good, and the salts with them."""
        with self.transaction():
            for identifier in self._of_record.get(record, ()):
                entry = self._entries[identifier]
                gone = {name for name in entry.values if not fields or name in fields}
                if entry.record != record or not gone:
                    continue
                left = {name: pair for name, pair in self._opened[identifier].items() if name not in gone}
                self._set(self._opened, identifier, left)
                self._set(self._entries, identifier, _without(entry, gone))
            self._refold(record)

    def rebuild(self) -> int:
        """Fold all anew."""
        with self.transaction():
            for record in list(self._records):
                self._set(self._records, record, None)
                self._set(self._search, record, None)
            for record in list(self._of_record):
                self._refold(record)
        return len(self._records)

    def state_digest(self) -> str:
        """Return a digest of the current state."""
        return digest_of_records(self._records[record] for record in sorted(self._records))

    def _take_back(self, block: Block) -> None:
        self._blocks.remove(block)
        self._in_block.difference_update(block.entries)

    def _meeting(self, query: Query) -> Iterator[Record]:
        for identifier, record in self._records.items():
            if query.types and record.type not in query.types:
                continue
            if query.area and area(record, self._types[record.type], self._levels) != query.area:
                continue
            if query.text and not matches(self._search[identifier], query.text):
                continue
            if holds(query.condition, record.facts_for_conditions(), LinkedRecords(record, self.get)):
                yield record

    def _add(self, entry: Entry) -> None:
        opened = commit_values(entry.values, self._chance)
        sealed = sealed_form(entry, opened)
        self._set(self._entries, entry.id, entry)
        self._set(self._opened, entry.id, opened)
        self._set(self._sealed, entry.id, sealed)
        self._set(self._digests, entry.id, digest(sealed))
        for record in touched(entry):
            ids = self._of_record.setdefault(record, [])
            ids.append(entry.id)
            self._later(ids.pop)

    def _refold(self, record: str) -> None:
        folded = fold(self._types, (self._entries[identifier] for identifier in self._of_record.get(record, ())))
        self._set(self._records, record, folded)
        self._set(self._search, record, None if folded is None else search_text(folded, self._types[folded.type]))

    def _set(self, table: dict[str, Any], key: str, value: Any) -> None:
        before = table.get(key)
        if value is None:
            table.pop(key, None)
        else:
            table[key] = value
        self._later((lambda: table.pop(key, None)) if before is None else (lambda: table.__setitem__(key, before)))

    def _later(self, step: Callable[[], object]) -> None:
        if self._undo is not None:
            self._undo.append(step)


def require_sound(entry: Entry) -> None:
    """Refuse an entry that no journal can hold: a kind unknown, an instant without its clock, an identifier missing.

    Raises:
        BadInput: JRN-012.
    """
    if entry.sound:
        return
    raise BadInput.of(
        "JRN-012",
        f"The entry {entry.id!r} of kind {entry.kind!r} at {entry.at!s} is not one that a journal can hold.",
        f"L’entrée {entry.id!r} de nature {entry.kind!r} au {entry.at!s} ne peut figurer dans un journal.",
        do_en=f"An entry has identifiers, a kind among {', '.join(ENTRY_KINDS)}, and an instant with its offset.",
        do_fr=f"Une entrée a des identifiants, une nature parmi {', '.join(ENTRY_KINDS)} et un instant avec son décalage.",
    )


def _without(entry: Entry, gone: set[str]) -> Entry:
    left = {name: value for name, value in entry.values.items() if name not in gone}
    return replace(entry, values=left, erased=tuple(sorted({*entry.erased, *gone})))
