"""A record as a row of the projection: whole in ``body``, with columns beside it for conditions, search and the map."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from remit.records.projection import record_to_json
from remit.records.record import Record
from remit.records.types import RecordType
from remit.store.models import CurrentRecord


def folded(text: str) -> str:
    """Return a text as it is searched: without case and without accents."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


def to_row(record: Record, type_: RecordType | None) -> CurrentRecord:
    """Return the row of a record. Sensitive values are not searched: a hit would tell what they hold."""
    place = next(_points(record.values, type_), None)
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
        occurred=record.occurred,
        reported=record.reported,
        recorded_at=record.recorded_at.isoformat(),
        recorded_by=record.recorded_by.person,
        changed_at=record.changed_at.isoformat() if record.changed_at else "",
        search=searched(record, type_),
        lat=place[0] if place else None,
        lon=place[1] if place else None,
        body=record_to_json(record),
    )


def searched(record: Record, type_: RecordType | None) -> str:
    """Return the text in which a record is searched: number, title, and its values that are not sensitive."""
    hidden = {key for key, field in type_.fields.items() if field.sensitive} if type_ else set()
    words = [record.number, record.title]
    for key, value in record.values.items():
        if key not in hidden:
            words.extend(_texts(value))
    return folded(" ".join(words))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts(part)


def _points(values: Mapping[str, Any], type_: RecordType | None) -> Iterator[tuple[float, float]]:
    for key, value in values.items():
        if type_ is not None and (key not in type_.fields or type_.fields[key].sensitive):
            continue
        if (
            isinstance(value, Mapping)
            and isinstance(value.get("lat"), int | float)
            and isinstance(value.get("lon"), int | float)
        ):
            yield float(value["lat"]), float(value["lon"])
