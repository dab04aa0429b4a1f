"""Entries as rows, and rows as entries: the sealed form in the journal, the values apart, encrypted."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from remit.kernel.batches import batches
from remit.kernel.canonical import canonical, digest
from remit.kernel.errors import Fault, Tampered
from remit.kernel.identity import Chance
from remit.kernel.issues import Issue, Where
from remit.records.commitments import Opened, check_entry, commit_values, sealed_form
from remit.records.entries import Author, Entry
from remit.records.erasure import key_is_gone, lock, unlock
from remit.records.journal import Kept, kept_entry
from remit.records.merkle import leaf_hash
from remit.store.failures import failures
from remit.store.keys import HeldKey, RecordKeys
from remit.store.models import ErasableValue, JournalEntry


def to_rows(entry: Entry, key: HeldKey | None, chance: Chance) -> tuple[JournalEntry, ErasableValue | None]:
    """Return the rows of a new entry; the second is there where it has values, and ``key`` must be then."""
    opened = commit_values(entry.values, chance)
    body = sealed_form(entry, opened)
    row = JournalEntry(
        identifier=entry.id,
        kind=entry.kind,
        record=entry.record,
        other=str(entry.facts.get("other", "")) if entry.kind == "linked" else "",
        type=entry.type,
        version=entry.version,
        at=entry.at,
        came=entry.came,
        via=entry.via or None,
        person=entry.by.person,
        role=entry.by.role,
        digest=digest(body),
        body=body,
    )
    if key is None:
        return row, None
    blob = lock(opened, key.key, entry.id, chance)
    return row, ErasableValue(entry=entry.id, record=entry.record, generation=key.generation, blob=blob)


class Opening:
    """Opens the values of entries: their blobs and keys, fetched for many entries at once."""

    def __init__(self, alias: str, keys: RecordKeys) -> None:
        self._alias = alias
        self._keys = keys

    def opened(self, rows: Sequence[JournalEntry]) -> Mapping[str, Opened]:
        """Return the values with their salts, by entry; erased ones are absent.

        Raises:
            Fault: ERA-011 values that were changed, ERA-012 a key that is missing, JRN-040 values gone without a redaction.
            Tampered: JRN-041, as ``sealed_body``.
        """
        wanted = [row.identifier for row in rows if sealed_body(row)["commitments"]]
        held = self._held(wanted)
        keys = self._keys.all_of({one.record for one in held.values() if one.blob is not None})
        return {entry: self._open(entry, held.get(entry), keys) for entry in wanted}

    def check(self, row: JournalEntry) -> Issue | None:
        """Return what is wrong with one entry as it is kept."""
        return next(self.kept([row.identifier], {row.identifier: row})).problem

    def kept(self, identifiers: Sequence[str], rows: Mapping[str, JournalEntry]) -> Iterator[Kept]:
        """Yield entries in the order named, checked: their rows, values and keys are fetched for all of them at once."""
        try:
            with failures():
                held = self._held(identifiers)
                keys = self._keys.all_of({one.record for one in held.values() if one.blob is not None})
        except Fault as error:
            # One of them cannot even be read: asked one by one, it is named and the others are checked.
            if len(identifiers) == 1:
                wrong = replace(error.issues[0], where=Where(path=identifiers[0]))
                row = rows.get(identifiers[0])
                yield Kept(identifiers[0], leaf_hash(canonical(row.body)) if row else None, wrong if row else None)
                return
            for identifier in identifiers:
                yield from self.kept([identifier], rows)
            return
        for identifier in identifiers:
            row = rows.get(identifier)
            if row is None:
                yield Kept(identifier, None)
                continue
            try:
                form = canonical(row.body)
            except ValueError:  # a number that no journal ever wrote
                yield Kept(identifier, None, check_entry({"id": identifier}, row.digest, {}))
                continue
            yield self._kept(row, form, held.get(identifier), keys)

    def _kept(
        self, row: JournalEntry, form: bytes, held: ErasableValue | None, keys: Mapping[tuple[str, int], bytes]
    ) -> Kept:
        leaf = leaf_hash(form)
        try:
            body = sealed_body(row)
            opened = self._open(row.identifier, held, keys) if body["commitments"] or held else {}
        except (Tampered, Fault) as error:
            return Kept(row.identifier, leaf, replace(error.issues[0], where=Where(path=row.identifier)))
        wrong = check_entry(body, row.digest, opened, frozenset(held.erased) if held else frozenset(), form=form)
        return kept_entry(body, opened, leaf, wrong)

    def _held(self, entries: Sequence[str]) -> dict[str, ErasableValue]:
        held: dict[str, ErasableValue] = {}
        for some in batches(entries):
            held.update(ErasableValue.objects.using(self._alias).in_bulk(some))
        return held

    def _open(self, entry: str, held: ErasableValue | None, keys: Mapping[tuple[str, int], bytes]) -> Opened:
        if held is None:
            raise Fault.of(
                "JRN-040",
                f"The values of entry {entry} are gone, though nobody redacted them.",
                f"Les valeurs de l’entrée {entry} ont disparu sans que personne les ait expurgées.",
                do_en="Run `remit verify` to see what else is missing, then restore the last backup.",
                do_fr="Lancez `remit verify` pour voir ce qui manque encore, puis restaurez la dernière sauvegarde.",
            )
        if held.blob is None:
            return {}
        key = keys.get((held.record, held.generation))
        if key is None:
            raise key_is_gone(held.record)
        return unlock(bytes(held.blob), key, entry)

    def entries(self, rows: Sequence[JournalEntry], known: Mapping[str, Entry] | None = None) -> list[Entry]:
        """Return the rows as readable entries, in their order; those ``known`` (just written) are not opened again.

        Raises:
            Tampered: JRN-041, a row whose columns are not those of its sealed form.
            Fault: as ``opened``.
        """
        known = known or {}
        opened = self.opened([row for row in rows if row.identifier not in known])
        return [known.get(row.identifier) or _to_entry(row, opened.get(row.identifier, {})) for row in rows]


def sealed_body(row: JournalEntry) -> dict[str, Any]:
    """Return the sealed form of a row, held against the columns by which it is found.

    Raises:
        Tampered: JRN-041, they differ.
    """
    body: dict[str, Any] = row.body
    found = (row.identifier, row.kind, row.record, row.other, row.type, row.version, row.person, row.role, row.at)
    try:
        sealed = _columns_of(body)
    except (KeyError, TypeError, ValueError, AttributeError):
        sealed = ()
    if found != sealed:
        raise Tampered.of(
            "JRN-041",
            f"The row of entry {row.identifier} was changed: its columns are not those of what was sealed.",
            f"La ligne de l’entrée {row.identifier} a été modifiée : ses colonnes ne sont pas celles qui furent scellées.",
            do_en="Copy the folder aside as it is, then restore the last backup.",
            do_fr="Mettez une copie du dossier de côté telle quelle, puis restaurez la dernière sauvegarde.",
        )
    return body


def _columns_of(body: dict[str, Any]) -> tuple[Any, ...]:
    by, facts = body["by"], body["facts"]
    other = str(facts.get("other", "")) if body["kind"] == "linked" else ""
    body["commitments"].items()
    return (
        body["id"], body["kind"], body["record"], other, body["type"], body["version"], by["person"], by["role"],
        datetime.fromisoformat(body["at"]),
    )  # fmt: skip


def as_read_back(entry: Entry) -> Entry:
    """Return a new entry as it will be read: facts and values as JSON has them, the instant in UTC."""
    facts, values = json.loads(json.dumps([dict(entry.facts), dict(entry.values)]))
    return replace(entry, facts=facts, values=values, at=entry.at.astimezone(UTC))


def _to_entry(row: JournalEntry, opened: Opened) -> Entry:
    body = sealed_body(row)
    return Entry(
        id=body["id"],
        kind=body["kind"],
        record=body["record"],
        type=body["type"],
        version=body["version"],
        at=datetime.fromisoformat(body["at"]),
        by=Author(**body["by"]),
        facts=body["facts"],
        values={name: value for name, (_, value) in opened.items()},
        erased=tuple(sorted(set(body["commitments"]) - set(opened))),
        came=row.came,
        via=row.via or "",
    )
