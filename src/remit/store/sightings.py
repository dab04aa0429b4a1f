"""Readings of records in compartments, in the journal's database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from remit.records.sightings import How, Sighting
from remit.store.failures import failures
from remit.store.models import RecordSeen


class DjangoSightings:
    """Readings of one workspace, by its database's alias; none are kept where it is open for reading only."""

    def __init__(self, alias: str, *, writable: bool) -> None:
        self._alias, self._writable = alias, writable

    def note(self, sightings: Sequence[Sighting]) -> None:
        """Keep readings; one that is known is passed over."""
        if not sightings or not self._writable:
            return
        with failures():
            rows = RecordSeen.objects.using(self._alias)
            known = set(rows.filter(key__in=[one.key for one in sightings]).values_list("key", flat=True))
            new = {one.key: _row(one) for one in sightings if one.key not in known}
            rows.bulk_create(new.values(), ignore_conflicts=True, batch_size=500)

    def of(
        self, *, record: str = "", person: str = "", since: datetime | None = None, until: datetime | None = None
    ) -> Sequence[Sighting]:
        """Return readings, the latest first."""
        asked: dict[str, Any] = {"record": record, "person": person, "at__gte": since, "at__lt": until}
        wanted = {name: value for name, value in asked.items() if value}
        with failures():
            found = RecordSeen.objects.using(self._alias).filter(**wanted).order_by("-at", "key")
            return [
                Sighting(one.person, one.role, one.record, one.compartment, cast(How, one.how), one.at) for one in found
            ]


def _row(one: Sighting) -> RecordSeen:
    return RecordSeen(
        key=one.key,
        at=one.at,
        person=one.person,
        role=one.role,
        record=one.record,
        compartment=one.compartment,
        how=one.how,
    )
