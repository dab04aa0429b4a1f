"""Read raw values (from YAML, a form or a table) into the JSON values of a record: all problems at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from remit.kernel.issues import Issue
from remit.kernel.nearest import did_you_mean
from remit.kernel.wording import Words
from remit.records.field_kind import Context, is_empty, issue
from remit.records.fields import field_kinds
from remit.records.fields.group import parts_of
from remit.records.types import FieldDefinition, RecordType


def read_values(
    type_: RecordType, raw: Mapping[str, Any], context: Context
) -> tuple[dict[str, Any], tuple[Issue, ...]]:
    """Read all fields of a new record.

    Returns:
        The values by field key, empty ones left out; and the issues: REC-011 an unknown field, REC-012 a required one
        that is missing, REC-013 to REC-022 a value that cannot be used. ``where.path`` is the field's path.
    """
    values, issues = _read(type_, raw, context)
    refused = {problem.where.path.split(".")[0] for problem in issues}
    missing = [
        _missing(definition)
        for key, definition in type_.fields.items()
        if definition.required and values.get(key) is None and key not in refused
    ]
    return {key: value for key, value in values.items() if value is not None}, (*issues, *missing)


def read_changes(
    type_: RecordType, raw: Mapping[str, Any], context: Context
) -> tuple[dict[str, Any], tuple[Issue, ...]]:
    """Read the fields that an amendment or a move changes: those given only; an empty one is cleared (``None``)."""
    values, issues = _read(type_, raw, context)
    cleared = [
        _missing(type_.fields[key]) for key, value in values.items() if value is None and type_.fields[key].required
    ]
    return values, (*issues, *cleared)


def from_form(fields: Mapping[str, FieldDefinition], sent: Mapping[str, Any]) -> dict[str, Any]:
    """Return the raw values that a form sent: its input names are ``field``, ``field.suffix`` and ``group.0.field``.

    A field of which the form sent nothing at all is left out; one that was sent blank is there, blank.
    """
    raw: dict[str, Any] = {}
    for key, definition in fields.items():
        if parts := parts_of(sent, key):
            raw[key] = field_kinds()[definition.kind].from_inputs(parts)
    return raw


def to_form(fields: Mapping[str, FieldDefinition], values: Mapping[str, Any]) -> dict[str, str | list[str]]:
    """Return what a form shows for a record's values, by input name: the reverse of :func:`from_form`."""
    return {
        f"{key}.{suffix}".rstrip("."): shown
        for key, definition in fields.items()
        for suffix, shown in field_kinds()[definition.kind].to_inputs(values.get(key), definition).items()
    }


def show_value(value: Any, definition: FieldDefinition, language: str) -> str:
    """Return a value in words; "" for none."""
    return field_kinds()[definition.kind].show(value, definition, language)


def schema_of(type_: RecordType) -> dict[str, Any]:
    """Return the JSON Schema of a record type's values."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"{type_.key}@{type_.version}",
        "title": type_.label.en,
        "type": "object",
        "properties": {key: field_kinds()[one.kind].schema(one) for key, one in type_.fields.items()},
        "required": [key for key, one in type_.fields.items() if one.required],
        "additionalProperties": False,
    }


def _read(type_: RecordType, raw: Mapping[str, Any], context: Context) -> tuple[dict[str, Any], tuple[Issue, ...]]:
    values: dict[str, Any] = {}
    issues: list[Issue] = []
    for key, given in raw.items():
        definition = type_.fields.get(key)
        if definition is None:
            message = Words(
                f"“{key}” is not a field of {type_.label.en} ({type_.key}).",
                f"« {key} » n’est pas un champ de {type_.label.fr} ({type_.key}).",
            )
            issues.append(issue("REC-011", str(key), message, did_you_mean(str(key), type_.fields)))
            continue
        value, found = (
            (None, ()) if is_empty(given) else field_kinds()[definition.kind].read(given, definition, context)
        )
        issues += found
        if not found:
            values[key] = value
    return values, tuple(issues)


def _missing(definition: FieldDefinition) -> Issue:
    message = Words(f"“{definition.label.en}” is missing.", f"« {definition.label.fr} » manque.")
    return issue("REC-012", definition.key, message, Words("Fill it in.", "Renseignez ce champ."))
