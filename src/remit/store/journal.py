"""The journal in a database: entries in their order, values apart, the current state beside them."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import connections, transaction
from django.db.models import Exists, OuterRef, Q

from remit.kernel.batches import batches
from remit.kernel.canonical import canonical
from remit.kernel.conditions import Condition
from remit.kernel.errors import Fault
from remit.kernel.identity import Chance
from remit.kernel.issues import Issue, Where
from remit.records.commitments import require_same, sealed_form
from remit.records.entries import Entry
from remit.records.fold import fold, touched
from remit.records.journal import Block, Kept, Query
from remit.records.memory import require_sound
from remit.records.merkle import leaf_hash
from remit.records.projection import digest_of_records, record_from_json
from remit.records.record import Record
from remit.records.tally import facet_names, instant
from remit.records.types import RecordType
from remit.store.databases import Aliases
from remit.store.failures import failures
from remit.store.guards import require_guards
from remit.store.keys import RecordKeys
from remit.store.locks import lock_records
from remit.store.models import (
    CurrentRecord,
    ErasableValue,
    JournalEntry,
    RecordFacet,
    SealedBlock,
    SealedEntry,
    Tally,
)
from remit.store.projection import to_facets, to_row
from remit.store.redaction import erase_values
from remit.store.sealed import Opening, as_read_back, to_rows
from remit.store.selection import Selection
from remit.store.tally import add, counts, due, tallied

_FIELDS = CurrentRecord._meta.concrete_fields  # noqa: SLF001 - Django's documented interface
_COLUMNS = tuple(field.name for field in _FIELDS if not field.primary_key)
_PAGE = 500
_IDENTIFIERS = 20_000
_NEAR = 5_000
"""So many of the last places are counted to see whether anything came."""
_NEXT = "INSERT INTO series (name, last) VALUES (%s, 1) ON CONFLICT (name) DO UPDATE SET last = series.last + 1 RETURNING last"


class DjangoJournal:
    """The journal of one workspace, by the aliases of its databases (SQLite or PostgreSQL).

    Args:
        aliases: where entries and where keys lie.
        types: the mission's record types by key.
        area_levels: the mission's, the coarsest first: records are found and counted by them.
        writable: refuse to write where not; the guards must stand where so.

    Raises:
        Fault: JRN-032, the guards are missing.
    """

    def __init__(
        self,
        aliases: Aliases,
        types: Mapping[str, RecordType],
        *,
        area_levels: Sequence[str] = (),
        writable: bool = True,
        chance: Chance = secrets.token_bytes,
    ) -> None:
        self._alias = aliases.journal
        self._types = types
        self._levels = tuple(area_levels)
        self._writable = writable
        self._chance = chance
        self._keys = RecordKeys(aliases.keys, chance)
        self._opening = Opening(self._alias, self._keys)
        self._nothing_waits_at: tuple[int, int] | None = None
        self._last: Block | None = None
        if writable:
            require_guards(self._alias)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Group what is appended: all of it is kept or none of it. May be nested."""
        if not self._writable:
            raise Fault.of(
                "JRN-042",
                "The workspace was opened for reading only.",
                "L’espace de travail a été ouvert en lecture seule.",
                do_en="Open it for writing.",
                do_fr="Ouvrez-le en écriture.",
            )
        with failures(), transaction.atomic(using=self._alias):
            yield

    def append(self, entries: Sequence[Entry]) -> None:
        """Add entries, sealing values apart, and bring the current state up to date. Known ids are passed over.

        Raises:
            Conflict: JRN-011, a known id with other contents.
            BadInput: JRN-012, an entry that no journal can hold.
        """
        with self.transaction():
            lock_records(self._alias, (record for entry in entries for record in touched(entry)))
            for entry in entries:
                require_sound(entry)
            new = self._unknown(entries)
            keys = self._keys.ensure(entry.record for entry in new if entry.values)
            made = [to_rows(entry, keys[entry.record] if entry.values else None, self._chance) for entry in new]
            JournalEntry.objects.using(self._alias).bulk_create([row for row, _ in made], batch_size=_PAGE)
            values = [row for _, row in made if row is not None]
            ErasableValue.objects.using(self._alias).bulk_create(values, batch_size=_PAGE)
            written = {entry.id: as_read_back(entry) for entry in new}
            self._project({record for entry in new for record in touched(entry)}, written)

    def _unknown(self, entries: Sequence[Entry]) -> list[Entry]:
        """Return the entries that are not in the journal yet, each once; hold the known ones against those that stand."""
        new: dict[str, Entry] = {}
        again: list[Entry] = []
        standing = self._rows(entry.id for entry in entries)
        for entry in entries:
            if entry.id in standing or entry.id in new:
                again.append(entry)
            else:
                new[entry.id] = entry
        opened = self._opening.opened([standing[entry.id] for entry in again if entry.id in standing])
        for entry in again:
            if entry.id in standing:
                require_same(entry, standing[entry.id].body, opened.get(entry.id, {}))
            else:
                first = new[entry.id]
                opened_first = {name: (b"", value) for name, value in first.values.items()}
                require_same(entry, sealed_form(first, opened_first), opened_first)
        return list(new.values())

    def _rows(self, identifiers: Iterable[str]) -> dict[str, JournalEntry]:
        found: dict[str, JournalEntry] = {}
        for some in batches(identifiers):
            for row in JournalEntry.objects.using(self._alias).filter(identifier__in=some):
                found[row.identifier] = row
        return found

    def _project(self, records: Iterable[str], known: Mapping[str, Entry] | None = None) -> int:
        """Fold records anew and write them into the projection; return how many there are."""
        written = 0
        for some in batches(sorted(records)):
            wanted = set(some)
            by_record: dict[str, list[Entry]] = {}
            for entry in self._opening.entries(self._touching(some), known):
                for record in wanted.intersection(touched(entry)):
                    by_record.setdefault(record, []).append(entry)
            folded = [fold(self._types, by_record.get(record, ())) for record in some]
            made = [one for one in folded if one is not None]
            self._put(some, made)
            written += len(made)
        return written

    def _touching(self, records: Sequence[str]) -> list[JournalEntry]:
        """Return the entries of records, and the links that others made to them, in the order in which they came.

        Two questions: asked as one, with "or", the database reads the whole journal.
        """
        rows = JournalEntry.objects.using(self._alias)
        own, links = rows.filter(record__in=records), rows.filter(other__in=records).exclude(other="")
        return sorted({row.seq: row for row in (*own, *links)}.values(), key=lambda row: row.seq)

    def _put(self, identifiers: Sequence[str], records: Sequence[Record]) -> None:
        """Write records into the projection in place of what stands there of these ids, and keep the counts."""
        rows = CurrentRecord.objects.using(self._alias)
        facets = RecordFacet.objects.using(self._alias)
        standing = list(rows.filter(identifier__in=identifiers).defer("body", "search"))
        before = counts(standing, list(facets.filter(record__in=identifiers)) if standing else ())
        current = [to_row(one, self._types[one.type], self._levels) for one in records]
        found = [facet for one in records for facet in to_facets(one, self._types[one.type], self._levels)]
        rows.bulk_create(
            current, update_conflicts=True, unique_fields=["identifier"], update_fields=_COLUMNS, batch_size=40
        )
        if standing:
            facets.filter(record__in=identifiers).delete()
        facets.bulk_create(found, batch_size=100)
        add(self._alias, before, counts(current, found))

    def next_number(self, series: str) -> int:
        """Return the next number of a series, from 1; given back if the transaction fails."""
        # One statement of both databases' own: an import asks for a number for each of its rows.
        with self.transaction(), connections[self._alias].cursor() as cursor:
            cursor.execute(_NEXT, [series])
            return int(cursor.fetchone()[0])

    def entries(self, *, record: str | None = None, until: datetime | None = None) -> Iterator[Entry]:
        """Yield entries in the order in which they came: all, or those of one record and the links made to it."""
        rows = JournalEntry.objects.using(self._alias).order_by("seq")
        if record is not None:
            rows = rows.filter(seq__in=[row.seq for row in self._touching([record])])
        if until is not None:
            rows = rows.filter(Q(came__isnull=True, at__lte=until) | Q(came__lte=until))
        last = 0
        while True:
            with failures():
                page = list(rows.filter(seq__gt=last)[:_PAGE])
                found = self._opening.entries(page)
            yield from found
            if len(page) < _PAGE:
                return
            last = page[-1].seq

    def entry(self, identifier: str) -> Entry | None:
        """Return one entry."""
        with failures():
            rows = list(self._rows([identifier]).values())
            return self._opening.entries(rows)[0] if rows else None

    def ends_of(self, entry: str) -> tuple[str, str] | None:
        """Return the records at an entry's ends."""
        with failures():
            rows = JournalEntry.objects.using(self._alias).filter(identifier=entry)
            return rows.values_list("record", "other").first()

    def get(self, identifier: str) -> Record | None:
        """Return a record as it stands."""
        with failures():
            row = CurrentRecord.objects.using(self._alias).filter(identifier=identifier).first()
            return record_from_json(row.body) if row else None

    def _selection(self, query: Query) -> Selection:
        names = facet_names(self._types[query.types[0]], self._levels) if len(query.types) == 1 else {}
        return Selection(self._alias, query, self.get, names)

    def find(self, query: Query) -> Sequence[Record]:
        """Return the records that meet a query."""
        with failures():
            return self._selection(query).records()

    def count(self, query: Query) -> int:
        """Return how many records meet a query, whatever its page."""
        with failures():
            return self._selection(query).count()

    def which(self, query: Query) -> frozenset[str]:
        """Return the ids of the records that meet a query, whatever its page."""
        with failures():
            return self._selection(query).identifiers()

    def tally(self, condition: Condition, by: Sequence[str], *, types: Sequence[str] = ()) -> Counter[tuple[Any, ...]]:
        """Return how many records meet a condition on their marks, by marks, month and area."""
        with failures():
            return tallied(self._alias, condition, types, by)

    def tally_facets(
        self,
        condition: Condition,
        *,
        types: Sequence[str] = (),
        names: Sequence[str] = (),
        sensitive: bool,
    ) -> Counter[tuple[Any, ...]]:
        """Return how many records meet a condition on their marks, by type, name and value of their facets."""
        with failures():
            return tallied(self._alias, condition, types, ("type", "name", "value"), sensitive=sensitive, names=names)

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
        first, last = (instant(one) if one else "" for one in (start, end))
        with failures():
            found = due(self._alias, condition, types, first, last, latest=latest, limit=limit)
        return [(datetime.fromisoformat(at), record) for at, record in found]

    def sealed_form(self, identifier: str) -> dict[str, Any] | None:
        """Return what of an entry is sealed, as it is kept; ``check`` tells whether that is what was written."""
        with failures():
            row = self._rows([identifier]).get(identifier)
            return row.body if row else None

    def check(self, identifier: str) -> Issue | None:
        """Return what is wrong with one entry as it is kept: its sealed form, its values and their salts."""
        with failures():
            row = self._rows([identifier]).get(identifier)
            return None if row is None else self._opening.check(row)

    def identifiers(self) -> Iterator[str]:
        """Yield the ids of all entries in the order in which they came, opening none."""
        rows = JournalEntry.objects.using(self._alias).order_by("seq").values_list("seq", "identifier")
        last = 0
        while True:
            with failures():
                page = list(rows.filter(seq__gt=last)[:_IDENTIFIERS])
            yield from (identifier for _, identifier in page)
            if len(page) < _IDENTIFIERS:
                return
            last = page[-1][0]

    def leaves(self, identifiers: Iterable[str]) -> Iterator[tuple[str, bytes | None]]:
        """Yield the hash of each entry's leaf; ``None`` where it is not in the journal."""
        for some in batches(identifiers):
            rows = JournalEntry.objects.using(self._alias).filter(identifier__in=some)
            with failures():
                bodies = dict(rows.values_list("identifier", "body"))
            for identifier in some:
                yield identifier, leaf_hash(canonical(bodies[identifier])) if identifier in bodies else None

    def kept(self, identifiers: Iterable[str]) -> Iterator[Kept]:
        """Yield each entry, checked: its sealed form, its values and their salts."""
        for some in batches(identifiers):
            try:
                with failures():
                    rows = self._rows(some)
            except Fault as error:
                # The body of one of them is no JSON any more: asked one by one, it is named.
                if len(some) == 1:
                    yield Kept(some[0], None, replace(error.issues[0], where=Where(path=some[0])))
                else:
                    for identifier in some:
                        yield from self.kept([identifier])
                continue
            yield from self._opening.kept(some, rows)

    def unsealed(self) -> Sequence[str]:
        """Return the ids of entries that no block holds yet, in the order in which they came.

        Where nothing came since nothing waited, no entry is looked at: each figure asks.
        """
        with failures():
            end = self._end()
        if end == self._nothing_waits_at:
            return []
        held = SealedEntry.objects.using(self._alias).filter(entry=OuterRef("identifier"))
        rows = JournalEntry.objects.using(self._alias).filter(~Exists(held)).order_by("seq")
        with failures():
            found = list(rows.values_list("identifier", flat=True))
        # Inside a transaction a block may still be taken back.
        self._nothing_waits_at = None if found or connections[self._alias].in_atomic_block else end
        return found

    def _end(self) -> tuple[int, int]:
        """Return where the journal ends: its last place, and how many entries stand near it.

        Two writers at once may commit in another order than their places: the second number then differs.
        """
        rows = JournalEntry.objects.using(self._alias)
        last = rows.order_by("-seq").values_list("seq", flat=True).first() or 0
        return last, rows.filter(seq__gt=last - _NEAR).count()

    def add_block(self, block: Block) -> None:
        """Keep a sealed block.

        Raises:
            Fault: JRN-031, its number or one of its entries is in a block already.
        """
        with self.transaction():
            SealedBlock.objects.using(self._alias).create(
                number=block.number,
                entries=list(block.entries),
                root=block.root,
                previous=block.previous,
                size=block.size,
                at=block.at,
                digest=block.digest,
                signature=block.signature,
            )
            members = [SealedEntry(entry=entry, block=block.number) for entry in block.entries]
            SealedEntry.objects.using(self._alias).bulk_create(members, batch_size=_PAGE)

    def blocks(self) -> Sequence[Block]:
        """Return all blocks, the first first."""
        with failures():
            return [_block(row) for row in SealedBlock.objects.using(self._alias).order_by("number")]

    def last_block(self) -> Block | None:
        """Return the block that was sealed last; a long one is read once."""
        rows = SealedBlock.objects.using(self._alias).order_by("-number")
        with failures():
            found = rows.values_list("number", "digest").first()
            if found is None:
                return None
            last = self._last
            if last is None or (last.number, last.digest) != found:
                last = self._last = _block(rows.get(number=found[0]))
            return last

    def block_at(self, number: int) -> Block | None:
        """Return a block by its number."""
        with failures():
            row = SealedBlock.objects.using(self._alias).filter(number=number).first()
            return _block(row) if row else None

    def touched_since(self, block: int) -> frozenset[str]:
        """Return the ids of the records that entries of later blocks are about, both ends of each link."""
        later = SealedBlock.objects.using(self._alias).filter(number__gt=block).order_by("number")
        found: set[str] = set()
        with failures():
            for row in later:
                for some in batches(_block(row).entries):
                    held = JournalEntry.objects.using(self._alias).filter(identifier__in=some)
                    found.update(*zip(*held.values_list("record", "other"), strict=True))
        return frozenset(found - {""})

    def block_of(self, identifier: str) -> Block | None:
        """Return the block that holds an entry; ``None`` while none does."""
        held = SealedEntry.objects.using(self._alias).filter(entry=identifier)
        with failures():
            row = SealedBlock.objects.using(self._alias).filter(number__in=held.values("block")).first()
            return _block(row) if row else None

    def erase(self, record: str, fields: Sequence[str]) -> None:
        """Destroy values for good: named fields, or with none named all of the record's (its key is destroyed)."""
        with self.transaction():
            lock_records(self._alias, [record])
            erase_values(self._alias, self._keys, self._chance, record, fields)
            self._project({record})

    def rebuild(self) -> int:
        """Drop the current state and fold all entries anew; return how many records there are."""
        with self.transaction():
            for projection in (CurrentRecord, RecordFacet, Tally):
                projection.objects.using(self._alias).all().delete()
            rows = JournalEntry.objects.using(self._alias)
            return self._project(rows.values_list("record", flat=True).distinct())

    def state_digest(self) -> str:
        """Return a digest of the whole current state, the same after ``rebuild``."""
        rows = CurrentRecord.objects.using(self._alias).order_by("identifier")
        with failures():
            return digest_of_records(record_from_json(body) for body in rows.values_list("body", flat=True).iterator())


def _block(row: SealedBlock) -> Block:
    return Block(row.number, tuple(row.entries), row.root, row.previous, row.size, row.at, row.digest, row.signature)
