"""What must not stand in a text that leaves: gathered from the records that hold it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from remit.records.exposure import Guarded
from remit.records.record import Record
from remit.records.types import FieldDefinition, RecordType
from remit.services.kept_products import RELEASE
from remit.services.sight import all_of
from remit.services.workspace import Workspace

_TEXTS = ("text", "narrative", "person")


def guarded(workspace: Workspace) -> Guarded:
    """Return what is looked for: all that stands in sensitive fields or names a person, and the words of closed records.

    Closed is a record in a compartment, one that is strictly confidential, under a caveat, or of another originator.
    """
    types = workspace.mission.record_types
    secrets: list[str] = []
    closed: list[str] = []
    for record in all_of(workspace):
        kind = types.get(record.type)
        if kind is None or kind.system:
            continue
        secrets += _secrets(record.values, kind.fields)
        if _is_closed(record):
            closed += _texts(record.values, kind)
    return Guarded(secrets, closed, _markings(types.get(RELEASE)))


def _is_closed(record: Record) -> bool:
    strict = record.level == "strictly-confidential"
    return bool(record.compartment or record.caveats or record.originator) or strict


def _secrets(values: Mapping[str, Any], fields: Mapping[str, FieldDefinition]) -> Iterator[str]:
    for key, value in values.items():
        definition = fields.get(key)
        if definition is None:
            continue
        if definition.fields:
            for row in value if isinstance(value, list) else [value]:
                yield from _secrets(row, definition.fields)
        elif definition.kind in _TEXTS and (definition.sensitive or definition.kind == "person"):
            yield from (str(one) for one in (value if isinstance(value, list) else [value]))


def _texts(values: Mapping[str, Any], kind: RecordType) -> Iterator[str]:
    for key, value in values.items():
        definition = kind.fields.get(key)
        if definition is not None and definition.kind in ("text", "narrative") and isinstance(value, str):
            yield value


def _markings(kind: RecordType | None) -> Mapping[str, str]:
    if kind is None:
        return {}
    options = kind.fields["findings"].fields["marking"].options
    return {words: option.key for option in options for words in (option.label.en, option.label.fr)}
