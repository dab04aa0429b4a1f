"""Breakdowns: what a figure may be split by, and the keys of its cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import ibis  # type: ignore[import-untyped]
import ibis.expr.types as ir  # type: ignore[import-untyped]

from remit.kernel.periods import Period
from remit.measures.contributions import AT
from remit.measures.definitions import TIMES
from remit.measures.faults import unknown_name
from remit.measures.scope import Named, Scope

NOT_STATED = ""
"""The key of a cell whose records do not state the field. It is no option's key."""


@dataclass(frozen=True, slots=True)
class Dimension:
    """One breakdown. ``column`` holds its keys; ``many``: one record may stand in several cells."""

    name: str
    column: str
    many: bool = False

    @property
    def time(self) -> bool:
        """Whether its cells are parts of the period."""
        return self.name in TIMES

    def key(self, found: Any) -> str:
        """Return the key of a cell from what stands in the column: ``2017-07``, ``2017-Q3``, ``2017``, or the text."""
        return day_key(self.name, found) if self.time else str(found)


def split(scope: Scope, rows: ir.Table, by: Sequence[str]) -> tuple[ir.Table, tuple[Dimension, ...]]:
    """Add one column of keys for each breakdown; rows of a record with several keys stand once under each.

    Raises:
        BadInput: MEA-012, a breakdown that is neither a time, an area level nor a field.
    """
    found: list[Dimension] = []
    for number, name in enumerate(by):
        column = f"k_{number}"
        if name in TIMES:
            rows = rows.mutate(**{column: time_key(name, rows[AT])})
            found.append(Dimension(name, column))
            continue
        rows, many = _by_field(scope, rows, name, column)
        found.append(Dimension(name, column, many))
    return rows, tuple(found)


def time_key(name: str, at: Any) -> Any:
    """Return the first instant (UTC) of the month, quarter or year of an instant; :meth:`Dimension.key` names it."""
    return at.truncate({"month": "M", "quarter": "Q", "year": "Y"}[name])


def time_parts(name: str, period: Period) -> dict[str, Period]:
    """Return the parts of a period by key, in order; the first and the last may be cut by the period's ends."""
    parts: dict[str, Period] = {}
    for month in period.months():
        key = day_key(name, month.start)
        parts[key] = Period(parts[key].start, month.end) if key in parts else month
    return parts


def day_key(name: str, day: date) -> str:
    """Return the key of a day in a time breakdown."""
    if name == "year":
        return f"{day.year}"
    return f"{day.year}-Q{(day.month + 2) // 3}" if name == "quarter" else f"{day.year}-{day.month:02}"


def _by_field(scope: Scope, rows: ir.Table, name: str, column: str) -> tuple[ir.Table, bool]:
    here = scope.with_table(rows)
    group, dot, inner = name.partition(".")
    if dot and not scope.group and scope.has_group(group):
        items = Scope.items(scope.tables, scope.type, group)
        keys = items.table.select(record_id="record_id", **{column: _text(items.find(inner))}).distinct()
        return _once_each(rows, keys, column), True
    found = here.find(inner) if dot and group == scope.group else _field(here, name)
    if found.kind != "list":
        return rows.mutate(**{column: _text(found)}), False
    empty = found.expr.isnull() | (found.expr.length() == 0)
    filled = ibis.ifelse(empty, ibis.array([ibis.literal(NOT_STATED)]), found.expr)
    return rows.mutate(**{column: filled.unnest()}), True


def _once_each(rows: ir.Table, keys: ir.Table, column: str) -> ir.Table:
    """Join the distinct keys of each record: each of its rows stands once under each key, and none is lost."""
    joined = rows.left_join(keys, "record_id").drop("record_id_right")
    return joined.mutate(**{column: joined[column].fill_null(NOT_STATED)})


def _field(scope: Scope, name: str) -> Named:
    """Return the field itself, or the area level of the field ``place``."""
    columns = scope.table.columns
    if name.replace(".", "_") in columns or (scope.group and name.startswith("record.")):
        return scope.find(name)
    if f"place_{name}" in columns:
        return scope.find(f"place_{name}")
    raise unknown_name("MEA-012", "breakdown", "ventilation", name, [*TIMES, *scope.known()])


def _text(found: Named) -> Any:
    if found.kind == "text":
        return found.expr.fill_null(NOT_STATED)
    if found.kind == "instant":
        return found.expr.date().cast("string").fill_null(NOT_STATED)
    return found.expr.cast("string").fill_null(NOT_STATED)
