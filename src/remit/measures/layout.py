"""Which tables and columns a snapshot has: from the mission's record types to Arrow schemas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import pyarrow as pa  # type: ignore[import-untyped]

from remit.kernel.canonical import digest
from remit.measures.faults import bad, unknown_name
from remit.measures.snapshot import LINKS, MOVES, RECORDS, table_name
from remit.records.types import FieldDefinition, RecordType

INSTANT = pa.timestamp("us")
DECIMAL = pa.decimal128(28, 9)
LIST = pa.list_(pa.string())
ARROW: Mapping[str, pa.DataType] = {
    "text": pa.string(),
    "integer": pa.int64(),
    "decimal": DECIMAL,
    "date": pa.date32(),
    "instant": INSTANT,
    "boolean": pa.bool_(),
    "list": LIST,
}
"""The Arrow type of each column type that a field kind may name."""

ENVELOPE: Mapping[str, pa.DataType] = {
    "record_id": pa.string(),
    "type": pa.string(),
    "kind": pa.string(),
    "number": pa.string(),
    "state": pa.string(),
    "level": pa.string(),
    "compartment": pa.string(),
    "component": pa.string(),
    "originator": pa.string(),
    "caveats": LIST,
    "invented": pa.bool_(),
    "withdrawn": pa.bool_(),
    "title": pa.string(),
    "occurred_on": pa.date32(),
    "occurred_at": INSTANT,
    "reported_at": INSTANT,
    "recorded_at": INSTANT,
    "occurred": INSTANT,
    "reported": INSTANT,
    "recorded_by": pa.string(),
}
SHARED = frozenset({"title", "occurred_on", "occurred_at", "reported_at"})
"""Envelope columns that a field of the same name fills itself, where a type has one."""

MOVE_COLUMNS: Mapping[str, pa.DataType] = {
    "record_id": pa.string(),
    "type": pa.string(),
    "move": pa.string(),
    "from_state": pa.string(),
    "to_state": pa.string(),
    "at": INSTANT,
    "person": pa.string(),
    "role": pa.string(),
    "nth": pa.int64(),
}
LINK_COLUMNS: Mapping[str, pa.DataType] = {
    "from_id": pa.string(),
    "from_type": pa.string(),
    "relation": pa.string(),
    "to_id": pa.string(),
    "to_type": pa.string(),
    "at": INSTANT,
}
ITEM: Mapping[str, pa.DataType] = {"record_id": pa.string(), "item": pa.int64()}


class ColumnShape(Protocol):
    """A column that a field kind gives: its name and one of the types of :data:`ARROW`."""

    @property
    def name(self) -> str:
        """The column's name, beginning with the field's key."""
        ...

    @property
    def type(self) -> str:
        """One of text, integer, decimal, date, instant, boolean, list."""
        ...


class Tabular(Protocol):
    """What of a field kind a snapshot needs (``remit.records.fields``)."""

    def columns(self, definition: FieldDefinition) -> Sequence[ColumnShape]:
        """Return the columns of one field."""
        ...

    def cells(self, value: object, definition: FieldDefinition) -> Mapping[str, object]:
        """Return what stands in these columns for one value."""
        ...


Kinds = Mapping[str, Tabular]


def schemas(types: Mapping[str, RecordType], area_levels: Sequence[str], kinds: Kinds) -> dict[str, pa.Schema]:
    """Return the schema of every table of a mission, by table name.

    Raises:
        BadInput: MEA-001, two tables or columns of one name; MEA-012, a field kind that nobody knows.
    """
    found: dict[str, pa.Schema] = {
        MOVES: pa.schema(MOVE_COLUMNS.items()),
        LINKS: pa.schema(LINK_COLUMNS.items()),
        RECORDS: pa.schema(ENVELOPE.items()),
    }
    for record_type in types.values():
        if record_type.abstract:
            continue
        tables = {"": _columns(record_type.fields, dict(ENVELOPE), record_type.key, area_levels, kinds)}
        for group in repeating(record_type):
            tables[group.key] = _columns(group.fields, dict(ITEM), f"{record_type.key}.{group.key}", area_levels, kinds)
        for group_key, columns in tables.items():
            name = table_name(record_type.key, group_key)
            if name in found:
                raise _clash(name, record_type.key)
            found[name] = pa.schema(columns.items())
    return found


def layout_digest(layout: Mapping[str, pa.Schema]) -> str:
    """Return a digest of the names of tables, and of the names and types of their columns."""
    return digest({table: [[f.name, str(f.type)] for f in schema] for table, schema in layout.items()})


def repeating(record_type: RecordType) -> tuple[FieldDefinition, ...]:
    """Return the fields that have a table of their own."""
    return tuple(field for field in record_type.fields.values() if field.kind == "group" and field.repeats)


def field_columns(
    definition: FieldDefinition, area_levels: Sequence[str], kinds: Kinds, prefix: str = ""
) -> dict[str, pa.DataType]:
    """Return the columns of one field (none for a repeating group)."""
    if definition.kind == "group":
        if definition.repeats:
            return {}
        inner: dict[str, pa.DataType] = {}
        for part in definition.fields.values():
            inner |= field_columns(part, area_levels, kinds, f"{prefix}{definition.key}_")
        return inner
    columns = {prefix + c.name: ARROW[c.type] for c in kind_of(definition, kinds).columns(definition)}
    if definition.kind == "place" and not definition.many:
        columns |= {f"{prefix}{definition.key}_{level}": pa.string() for level in area_levels}
    return columns


def kind_of(definition: FieldDefinition, kinds: Kinds) -> Tabular:
    """Return the field's kind.

    Raises:
        BadInput: MEA-012, there is no such kind.
    """
    if definition.kind not in kinds:
        raise unknown_name("MEA-012", "field kind", "nature de champ", definition.kind, kinds)
    return kinds[definition.kind]


def _columns(
    fields: Mapping[str, FieldDefinition],
    columns: dict[str, pa.DataType],
    where: str,
    area_levels: Sequence[str],
    kinds: Kinds,
) -> dict[str, pa.DataType]:
    own = dict(columns)
    for definition in fields.values():
        for name, kind in field_columns(definition, area_levels, kinds).items():
            shared = name in SHARED and name in own and own[name] == kind
            if name in columns and not shared:
                raise _clash(name, where)
            columns[name] = kind
    return columns


def _clash(name: str, where: str) -> Exception:
    return bad(
        "MEA-001",
        f"“{where}” would have two tables or columns named “{name}”.",
        f"« {where} » aurait deux tables ou colonnes nommées « {name} ».",
        "Give the field another key: envelope names (state, level, number, component …) are taken.",
        "Donnez une autre clé au champ : les noms de l’enveloppe (state, level, number, component…) sont pris.",
    )
