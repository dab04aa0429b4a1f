"""Breakdowns: what a figure may be split by, and the keys of its cells."""

from __future__ import annotations

from calendar import isleap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import ibis  # type: ignore[import-untyped]
import ibis.expr.types as ir  # type: ignore[import-untyped]

from remit.kernel.periods import Period, add_months
from remit.measures.contributions import AT
from remit.measures.definitions import BUDGET_YEAR, TIMES
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
    year_from: tuple[int, int] = (1, 1)

    @property
    def time(self) -> bool:
        """Whether its cells are parts of the period."""
        return self.name in TIMES

    def key(self, found: Any) -> str:
        """Return the key of a cell from what stands in the column: ``2017-07``, ``2017-Q3``, ``2017``, or the text."""
        return _key_of_start(self.name, found, self.year_from) if self.time else str(found)


def split(
    scope: Scope, rows: ir.Table, by: Sequence[str], year_from: tuple[int, int] = (1, 1)
) -> tuple[ir.Table, tuple[Dimension, ...]]:
    """Add one column of keys for each breakdown; rows of a record with several keys stand once under each.

    Args:
        scope: how names are found.
        rows: the rows that count.
        by: the breakdowns.
        year_from: the month and day on which the mandate's years begin.

    Raises:
        BadInput: MEA-012, a breakdown that is neither a time, an area level nor a field.
    """
    found: list[Dimension] = []
    for number, name in enumerate(by):
        column = f"k_{number}"
        if name in TIMES:
            rows = rows.mutate(**{column: time_key(name, rows[AT], year_from)})
            found.append(Dimension(name, column, year_from=year_from))
            continue
        rows, many = _by_field(scope, rows, name, column)
        found.append(Dimension(name, column, many))
    return rows, tuple(found)


def time_key(name: str, at: Any, year_from: tuple[int, int] = (1, 1)) -> Any:
    """Return the instant (UTC) that stands for the part in which an instant lies; :meth:`Dimension.key` names it.

    It is the first of the day, week (Monday), month, quarter or year; of a year that begins on another day it is the
    1 January of its first calendar year.
    """
    if name not in ("mandate-year", "budget-year"):
        return at.truncate({"day": "D", "week": "W", "month": "M", "quarter": "Q", "year": "Y"}[name])
    month, day = _beginning(name, year_from)
    # Days first, then months: the day that the year begins on becomes the first of a month, which no shift of months cuts.
    if day > 1:
        at = at - ibis.interval(days=day - 1)
    return (at - ibis.interval(months=month - 1) if month > 1 else at).truncate("Y")


def time_parts(name: str, period: Period, year_from: tuple[int, int] = (1, 1)) -> dict[str, Period]:
    """Return the parts of a period by key, in order; the first and the last may be cut by the period's ends."""
    parts: dict[str, Period] = {}
    at = period.start
    while at < period.end:
        following = min(_next_start(name, at, year_from), period.end)
        parts[day_key(name, at, year_from)] = Period(at, following)
        at = following
    return parts


def day_key(name: str, day: date, year_from: tuple[int, int] = (1, 1)) -> str:
    """Return the key of a day in a time breakdown: ``2017-07-14, 2017-W28, 2017-07, 2017-Q3, 2017``, ``2017-18``."""
    if name in ("mandate-year", "budget-year"):
        start = _beginning(name, year_from)
        return _year_key(day.year - ((day.month, day.day) < start), start)
    if name == "year":
        return f"{day.year}"
    if name == "quarter":
        return f"{day.year}-Q{(day.month + 2) // 3}"
    if name == "week":
        return f"{day:%G-W%V}"
    return f"{day.year}-{day.month:02}" + (f"-{day.day:02}" if name == "day" else "")


def _key_of_start(name: str, found: Any, year_from: tuple[int, int]) -> str:
    """Return the key of a part from the instant that stands for it (:func:`time_key`)."""
    if name in ("mandate-year", "budget-year"):
        return _year_key(found.year, _beginning(name, year_from))
    return day_key(name, found)


def _year_key(year: int, start: tuple[int, int]) -> str:
    return f"{year}-{(year + 1) % 100:02}" if start != (1, 1) else f"{year}"


def _next_start(name: str, day: date, year_from: tuple[int, int]) -> date:
    """Return the first day after one on which the next part begins."""
    match name:
        case "day":
            return day + timedelta(days=1)
        case "week":
            return day + timedelta(days=7 - day.weekday())
        case "month":
            return add_months(day.replace(day=1), 1)
        case "quarter":
            return add_months(day.replace(month=3 * ((day.month - 1) // 3) + 1, day=1), 3)
        case _:
            beginning = _beginning(name, year_from)
            start = _first_day(day.year, beginning)
            return start if day < start else _first_day(day.year + 1, beginning)


def _beginning(name: str, year_from: tuple[int, int]) -> tuple[int, int]:
    """Return the month and day on which a kind of year begins."""
    return {"year": (1, 1), "budget-year": BUDGET_YEAR}.get(name, year_from)


def _first_day(year: int, beginning: tuple[int, int]) -> date:
    """Return the day on which a year begins; one that begins on 29 February begins on 1 March where there is none."""
    if beginning == (2, 29) and not isleap(year):
        return date(year, 3, 1)
    return date(year, *beginning)


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
