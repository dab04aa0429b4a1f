"""Let one writer at a time at a record."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connections

from remit.kernel.batches import batches


def lock_records(alias: str, records: Iterable[str]) -> None:
    """Hold records until the transaction ends, so that no two writers fold the same one. To be called inside one.

    SQLite has one writer at a time anyway. PostgreSQL takes advisory locks, in one order for all, so that writers never
    wait for each other in a ring.
    """
    connection = connections[alias]
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for some in batches(sorted(set(records))):
            cursor.execute(
                "SELECT pg_advisory_xact_lock(hashtextextended(record, 0)) FROM unnest(%s::text[]) AS record ORDER BY record",
                [some],
            )
