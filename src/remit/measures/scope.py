"""Names of a definition → columns of a snapshot's tables, as Ibis expressions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import ibis  # type: ignore[import-untyped]
import ibis.expr.types as ir  # type: ignore[import-untyped]
import pyarrow as pa  # type: ignore[import-untyped]

from remit.measures.faults import bad, unknown_name
from remit.measures.layout import ENVELOPE
from remit.measures.snapshot import table_name

ColumnKind = Literal["text", "number", "date", "instant", "boolean", "list"]
PARENT = "record__"
"""Put before a record's column where a repeated item has one of the same name."""


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables of a snapshot, without data: expressions are built on them and compiled for an engine."""

    schemas: Mapping[str, pa.Schema]

    def table(self, name: str) -> ir.Table:
        """Return a table.

        Raises:
            BadInput: MEA-011, the snapshot has none of that name.
        """
        if name not in self.schemas:
            raise unknown_name("MEA-011", "table of records", "table de fiches", name, self.schemas)
        return ibis.table(ibis.Schema.from_pyarrow(self.schemas[name]), name=name)

    def has(self, name: str) -> bool:
        """Return whether there is such a table."""
        return name in self.schemas


@dataclass(frozen=True, slots=True)
class Named:
    """What a name stands for: a column of one of the kinds that conditions compare."""

    name: str
    expr: Any
    kind: ColumnKind


@dataclass(frozen=True, slots=True)
class Scope:
    """One set of rows and how names are found in it.

    ``table`` has one row a record, or with ``group`` one row a repeated item beside its record's columns. A name is
    looked for in the item first, then in the record; ``record.state`` asks for the record's.
    """

    tables: Tables
    table: ir.Table
    type: str
    group: str = ""

    @classmethod
    def of(cls, tables: Tables, what: str) -> Scope:
        """Return the scope of ``type`` or ``type.group``; withdrawn records are not in it.

        Raises:
            BadInput: MEA-011, there is no such table.
        """
        type_key, _, group = what.partition(".")
        records = tables.table(table_name(type_key))
        records = records.filter(~records.withdrawn)
        if not group:
            return cls(tables, records, type_key)
        items = tables.table(table_name(type_key, group))
        taken = set(items.columns) - {"record_id"}
        parent = records.rename({f"{PARENT}{name}": name for name in records.columns if name in taken})
        # One record per item, by its identity: the join cannot multiply rows.
        return cls(tables, items.inner_join(parent, "record_id"), type_key, group)

    @classmethod
    def items(cls, tables: Tables, type_key: str, group: str) -> Scope:
        """Return the scope of the repeated items alone, as ``{victims: {any: …}}`` looks at them."""
        return cls(tables, tables.table(table_name(type_key, group)), type_key, group)

    @classmethod
    def records(cls, tables: Tables, type_key: str, table: ir.Table) -> Scope:
        """Return the scope of rows that were already chosen."""
        return cls(tables, table, type_key)

    def with_table(self, table: ir.Table) -> Scope:
        """Return the same scope over changed rows."""
        return Scope(self.tables, table, self.type, self.group)

    def find(self, name: str) -> Named:
        """Return what a name stands for.

        Raises:
            BadInput: MEA-012, there is no such field.
        """
        for column in self._spellings(name):
            if column in self.table.columns:
                return Named(name, self.table[column], kind_of(self.table[column]))
        raise unknown_name(
            "MEA-012", f"field of “{self.label}” named", f"champ de « {self.label} » nommé", name, self.known()
        )

    @property
    def label(self) -> str:
        """How people name the rows: ``type`` or ``type.group``."""
        return f"{self.type}.{self.group}" if self.group else self.type

    def known(self) -> Iterable[str]:
        """Return the names that may be asked for."""
        return [name.replace(PARENT, "record.") for name in self.table.columns]

    def has_group(self, name: str) -> bool:
        """Return whether a name is a repeating group of the record type."""
        return self.tables.has(table_name(self.type, name))

    def parts_of_place(self, name: str) -> list[str]:
        """Return the columns of a place, empty where the name is not one."""
        base = name.replace(".", "_")
        if f"{base}_lat" not in self.table.columns:
            return []
        longer = [c for c in self.table.columns if c.startswith(f"{base}_")]
        return [c for c in longer if c != f"{base}_uncertainty_m"]

    def _spellings(self, name: str) -> list[str]:
        if name == "id":
            return ["record_id"]
        head, _, rest = name.partition(".")
        if head == "record" and rest:
            return [PARENT + rest.replace(".", "_"), rest.replace(".", "_")]
        found = [name.replace(".", "_")]
        if rest in (
            "on",
            "number",
            "amount",
        ):  # the day of a date, the number of an approximate integer, money's amount
            found.append(head)
        return found


def kind_of(column: Any) -> ColumnKind:
    """Return how a column is compared."""
    kind = column.type()
    if kind.is_string():
        return "text"
    if kind.is_boolean():
        return "boolean"
    if kind.is_numeric():
        return "number"
    if kind.is_date():
        return "date"
    if kind.is_timestamp():
        return "instant"
    if kind.is_array():
        return "list"
    raise bad(
        "MEA-013",
        f"A column of {kind} cannot be compared.",
        f"Une colonne de {kind} ne peut pas être comparée.",
        "Use another field.",
        "Utilisez un autre champ.",
    )


def envelope_names() -> frozenset[str]:
    """Return the names of the envelope's columns: a record type's field may not take one of them, but four (see layout)."""
    return frozenset(ENVELOPE)
