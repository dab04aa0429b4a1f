"""What a text search sees of a record, and the order of a list: the same in every store."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from remit.kernel.errors import BadInput
from remit.kernel.nearest import did_you_mean
from remit.kernel.plain_text import plain_text
from remit.records.fields import field_kinds
from remit.records.record import Record
from remit.records.types import RecordType

ORDERS = (
    "recorded_at", "changed_at", "occurred", "reported", "number", "title", "state", "type", "level", "component", "id",
)  # fmt: skip
"""The keys by which lists can be ordered."""


def search_text(record: Record, type_: RecordType) -> str:
    """Return number, title and the words of all fields that are not sensitive, folded (``kernel.plain_text``)."""
    words = [record.number, record.title]
    for key, definition in type_.fields.items():
        value = record.values.get(key)
        if value is not None and not definition.sensitive:
            words.append(field_kinds()[definition.kind].words(value, definition))
    return plain_text(" ".join(words))


def matches(folded: str, text: str) -> bool:
    """Return whether every word of a search stands in a folded text."""
    return all(word in folded for word in plain_text(text).split())


def in_order(records: Iterable[Record], order: str) -> list[Record]:
    """Sort records by a key of :data:`ORDERS`, "-" first for descending; empty ones last, equals by id.

    Raises:
        BadInput: JRN-021, an order that is not known.
    """
    key = order.removeprefix("-")
    if key not in ORDERS:
        remedy = did_you_mean(key, ORDERS)
        raise BadInput.of(
            "JRN-021",
            f"Lists cannot be ordered by “{key}”.",
            f"Les listes ne peuvent être classées par « {key} ».",
            do_en=remedy.en,
            do_fr=remedy.fr,
        )
    by_id = sorted(records, key=lambda record: record.id)
    filled = [record for record in by_id if _sort_value(record, key) not in (None, "")]
    empty = [record for record in by_id if _sort_value(record, key) in (None, "")]
    filled.sort(key=lambda record: _sort_value(record, key), reverse=order.startswith("-"))
    return filled + empty


def _sort_value(record: Record, key: str) -> Any:
    if key == "title":
        return plain_text(record.title)
    return getattr(record, key)


def page(records: list[Record], offset: int, limit: int | None) -> list[Record]:
    """Return one page of a list."""
    return records[offset : None if limit is None else offset + limit]
