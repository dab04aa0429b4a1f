"""A record as a row of the projection: whole in ``body``, with columns beside it for conditions, search and the map."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from remit.kernel.plain_text import plain_text
from remit.records.projection import record_to_json
from remit.records.record import Record
from remit.records.searching import search_text
from remit.records.tally import area, facets
from remit.records.types import RecordType
from remit.store.models import CurrentRecord, RecordFacet


def to_row(record: Record, type_: RecordType, levels: Sequence[str] = ()) -> CurrentRecord:
    """Return the row of a record. Neither search nor map sees a sensitive value: a hit would tell what it holds."""
    lat, lon = next(_points(record, type_), (None, None))
    return CurrentRecord(
        identifier=record.id,
        type=record.type,
        kind=record.kind,
        number=record.number,
        state=record.state,
        level=record.level,
        compartment=record.compartment,
        component=record.component,
        caveats=f"|{'|'.join(record.caveats)}|" if record.caveats else "",
        originator=record.originator,
        invented=record.invented,
        withdrawn=record.withdrawn,
        title=record.title,
        title_order=plain_text(record.title),
        occurred=record.occurred,
        reported=record.reported,
        recorded_at=record.recorded_at.isoformat(),
        recorded_by=record.recorded_by.person,
        changed_at=record.changed_at.isoformat() if record.changed_at else "",
        search=search_text(record, type_),
        area=area(record, type_, levels),
        lat=lat,
        lon=lon,
        body=record_to_json(record),
    )


def to_facets(record: Record, type_: RecordType, levels: Sequence[str]) -> list[RecordFacet]:
    """Return the rows of a record's facets."""
    return [
        RecordFacet(record=record.id, type=record.type, name=one.name, value=one.value, sensitive=one.sensitive)
        for one in facets(record, type_, levels)
    ]


def _points(record: Record, type_: RecordType) -> Iterator[tuple[float, float]]:
    for key, definition in type_.fields.items():
        value = record.values.get(key)
        if definition.kind == "place" and not definition.sensitive and isinstance(value, dict):
            lat, lon = value.get("lat"), value.get("lon")
            if lat is not None and lon is not None:
                yield float(lat), float(lon)
