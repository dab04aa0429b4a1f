"""The keys that encrypt records' values, in a database of their own so that they are backed up apart.

A key is on the disk before anything that it encrypts: a failure between the two leaves a key that nothing uses, never a
value that nothing opens.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction

from remit.kernel.batches import batches
from remit.kernel.errors import Fault
from remit.kernel.identity import Chance
from remit.records.erasure import KEY_BYTES
from remit.store.failures import failures
from remit.store.models import RecordKey


@dataclass(frozen=True, slots=True)
class HeldKey:
    """A key of a record. Erasing some of its values begins a new generation."""

    generation: int
    key: bytes


class RecordKeys:
    """The keys of a workspace, by the alias of their database."""

    def __init__(self, alias: str, chance: Chance) -> None:
        self.alias = alias
        self._chance = chance

    def all_of(self, records: Iterable[str]) -> Mapping[tuple[str, int], bytes]:
        """Return the keys of records by record and generation; those destroyed or lost are absent."""
        found: dict[tuple[str, int], bytes] = {}
        with failures():
            for some in batches(records):
                rows = RecordKey.objects.using(self.alias).filter(record__in=some)
                for record, generation, key in rows.values_list("record", "generation", "key"):
                    found[record, generation] = bytes(key)
        return found

    def ensure(self, records: Iterable[str]) -> Mapping[str, HeldKey]:
        """Return the newest key of each record, made and committed where it has none.

        To be called while the records are held (``locks``): nobody else then makes a key for them.
        """
        wanted = sorted(set(records))
        newest = self._newest(wanted)
        made = {record: HeldKey(1, self._chance(KEY_BYTES)) for record in wanted if record not in newest}
        if made:
            rows = [RecordKey(record=record, generation=new.generation, key=new.key) for record, new in made.items()]
            with failures():
                RecordKey.objects.using(self.alias).bulk_create(rows, batch_size=200)
        return {**newest, **made}

    def renew(self, record: str) -> HeldKey:
        """Make and commit a new generation of a record's key; the old ones stay until they are destroyed."""
        with failures(), transaction.atomic(using=self.alias):
            standing = self._newest([record]).get(record)
            made = HeldKey(standing.generation + 1 if standing else 1, self._chance(KEY_BYTES))
            RecordKey.objects.using(self.alias).create(record=record, generation=made.generation, key=made.key)
        return made

    def destroy(self, record: str, *, before: int) -> None:
        """Destroy the keys of a record that are of generations before one, for good."""
        with failures():
            RecordKey.objects.using(self.alias).filter(record=record, generation__lt=before).delete()

    def _newest(self, records: Iterable[str]) -> dict[str, HeldKey]:
        newest: dict[str, HeldKey] = {}
        for (record, generation), key in sorted(self.all_of(records).items()):
            newest[record] = HeldKey(generation, key)
        return newest


class FileKeys:
    """The keys of attachments, one each, beside those of records (``remit.records.erasure.KeyStore``)."""

    def __init__(self, keys: RecordKeys) -> None:
        self._keys = keys

    def get(self, name: str) -> bytes | None:
        """Return a key, ``None`` where there is none: never made, destroyed or lost."""
        held = self._keys.all_of([name])
        return held[max(held)] if held else None

    def make(self, name: str) -> bytes:
        """Make and commit a key; return the one that stands where there is one.

        Raises:
            Fault: the store failed.
        """
        try:
            return self._keys.ensure([name])[name].key
        except Fault:
            # Somebody may have kept the same file at this very moment.
            if (standing := self.get(name)) is None:
                raise
            return standing

    def destroy(self, name: str) -> None:
        """Destroy a key for good; an unknown one is passed over."""
        held = self._keys.all_of([name])
        if held:
            self._keys.destroy(name, before=max(generation for _, generation in held) + 1)
