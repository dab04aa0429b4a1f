"""Destroy values for good, and keep the rest readable."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from remit.kernel.identity import Chance
from remit.records.erasure import key_is_gone, lock, unlock
from remit.store.databases import empty_log
from remit.store.keys import RecordKeys
from remit.store.models import ErasableValue, JournalEntry


def erase_values(alias: str, keys: RecordKeys, chance: Chance, record: str, fields: Sequence[str]) -> None:
    """Destroy named values of a record's entries, or with none named all of them. To be called inside a transaction.

    What stays is encrypted anew under the next key; the former keys are destroyed once the transaction is committed, so
    that the old bytes which may lie in free pages, logs and backups open no more. A failure in between loses nothing.

    Raises:
        Fault: ERA-011, ERA-012, what is to stay cannot be decrypted.
    """
    rows = list(ErasableValue.objects.using(alias).filter(record=record).exclude(blob=None))
    if not rows:
        return
    held = keys.all_of([record])
    # The next key is made even where nothing stays: what is recorded later must not use one that is about to go.
    new = keys.renew(record)
    if not fields:
        sealed = JournalEntry.objects.using(alias).filter(identifier__in=[row.entry for row in rows])
        names = {row.identifier: sorted(row.body["commitments"]) for row in sealed}
        for row in rows:
            row.blob, row.erased = None, names[row.entry]
    else:
        for row in rows:
            if (record, row.generation) not in held:
                raise key_is_gone(record)
            opened = unlock(bytes(row.blob or b""), held[record, row.generation], row.entry)
            row.erased = sorted({*row.erased, *(name for name in opened if name in fields)})
            kept = {name: both for name, both in opened.items() if name not in fields}
            row.blob = lock(kept, new.key, row.entry, chance)
            row.generation = new.generation
    ErasableValue.objects.using(alias).bulk_update(rows, ["blob", "erased", "generation"], batch_size=100)

    def after() -> None:
        keys.destroy(record, before=new.generation)
        empty_log(alias)
        empty_log(keys.alias)

    transaction.on_commit(after, using=alias)
