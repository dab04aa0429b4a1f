"""Values that fill the required fields of any record type, as a form would send them."""

from __future__ import annotations

from typing import Any

from remit.records.types import FieldDefinition, RecordType


def filled(kind: RecordType) -> dict[str, Any]:
    """Return raw values for every required field of a type."""
    return {key: value_of(one) for key, one in kind.fields.items() if one.required}


def value_of(one: FieldDefinition) -> Any:
    """Return a raw value for a field."""
    if one.fields:
        row = {key: value_of(inner) for key, inner in one.fields.items() if inner.required}
        return [row] if one.repeats else row
    if one.options:
        return [one.options[0].key] if one.many or one.kind == "choices" else one.options[0].key
    plain = {
        "integer": "3", "decimal": "3", "money": {"amount": "10", "currency": "USD"}, "date": "2017-07-20",
        "instant": "2017-07-20T10:00:00Z", "place": "Gao", "attachment": {"sha256": "0" * 64, "name": "n.txt"},
    }  # fmt: skip
    value = plain.get(one.kind, "words (invented)")
    return [value] if one.many else value
