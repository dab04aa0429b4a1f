"""Condition → Ibis boolean, in the three-valued logic of ``remit.kernel.evaluation``.

Groups and links are reached by semi-joins (``record_id IN (…)``), so that a condition never multiplies rows. A group's
condition may be unknown (no row meets it for sure, some row might); that third value matters only under ``not``, and
is worked out only there, since a filter drops unknown and false alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import reduce
from typing import Any

import ibis  # type: ignore[import-untyped]

from remit.kernel.conditions import All, AnyOf, Compare, Condition, Elapsed, Exists, Field, Linked, Not, SomeRow
from remit.kernel.errors import BadInput
from remit.measures.faults import bad
from remit.measures.rows import day_of, instant_of
from remit.measures.scope import Named, Scope
from remit.measures.snapshot import LINKS, RECORDS, table_name


def compile_condition(condition: Condition, scope: Scope, *, exact: bool = False) -> Any:
    """Return a boolean expression over the rows of the scope.

    Args:
        condition: what must hold.
        scope: the rows and how names are found in them.
        exact: the difference between false and unknown matters (under ``not``, or where unknown ones are counted).

    Raises:
        BadInput: MEA-011/012, a name that is not there; MEA-013, things compared that cannot be.
    """
    match condition:
        case All(parts):
            done = [compile_condition(part, scope, exact=exact) for part in parts]
            return reduce(lambda a, b: a & b, done) if done else ibis.literal(True)
        case AnyOf(parts):
            return reduce(lambda a, b: a | b, [compile_condition(part, scope, exact=exact) for part in parts])
        case Not(part):
            return ~compile_condition(part, scope, exact=True)
        case Exists(name, wanted):
            found = _exists(name, scope)
            return found if wanted else ~found
        case Compare(name, how, operand):
            return _compare(scope.find(name), how, operand, scope)
        case Elapsed(start, end, how, length):
            return _elapsed(start, end, how, length.total_seconds(), scope)
        case SomeRow(group, part):
            return _some_row(group, part, scope, exact)
        case Linked():
            return _linked(condition, scope)


def seconds_between(start: Named, end: Named) -> Any:
    """Return the seconds from one instant to another, unknown where either is missing.

    Raises:
        BadInput: MEA-013, one of them is no instant.
    """
    for one in (start, end):
        if one.kind != "instant":
            raise _misfit(one.name, one.kind, "an instant", "un instant")
    return end.expr.delta(start.expr, unit="microsecond") / 1_000_000


def _exists(name: str, scope: Scope) -> Any:
    if not scope.parts_of_place(name) and scope.has_group(name):
        return scope.table.record_id.isin(scope.tables.table(table_name(scope.type, name)).record_id)
    if parts := scope.parts_of_place(name):
        return reduce(lambda a, b: a | b, [scope.table[part].notnull() for part in parts])
    found = scope.find(name)
    return (found.expr.length() > 0).fill_null(False) if found.kind == "list" else found.expr.notnull()


def _some_row(group: str, part: Condition, scope: Scope, exact: bool) -> Any:
    items = Scope.items(scope.tables, scope.type, group)
    met = compile_condition(part, items, exact=exact)
    surely = scope.table.record_id.isin(items.table.filter(met).record_id)
    if not exact:
        return surely
    perhaps = scope.table.record_id.isin(items.table.filter(met.isnull()).record_id)
    return ibis.ifelse(surely, True, ibis.ifelse(perhaps, ibis.null("boolean"), False))


def _linked(condition: Linked, scope: Scope) -> Any:
    if condition.at_least <= 0:
        return ibis.literal(True)
    links = scope.tables.table(LINKS)
    mine, other = ("from_id", "to_id") if condition.outward else ("to_id", "from_id")
    if condition.relation is not None:
        links = links.filter(links.relation == condition.relation)
    kind = condition.type
    others = scope.tables.table(table_name(kind) if kind else RECORDS)
    others = others.filter(~others.withdrawn)
    met = compile_condition(condition.where, Scope.records(scope.tables, kind or RECORDS, others))
    links = links.filter(links[other].isin(others.filter(met).record_id))
    if condition.at_least > 1:
        counted = links.group_by(mine).agg(others=links[other].nunique())
        links = counted.filter(counted.others >= condition.at_least)
    return scope.table.record_id.isin(links[mine])


def _elapsed(start: str, end: str, how: str, seconds: float, scope: Scope) -> Any:
    return _apply(how, seconds_between(scope.find(start), scope.find(end)), ibis.literal(seconds))


def _compare(left: Named, how: str, operand: Any, scope: Scope) -> Any:
    if how == "contains":
        return _contains(left, operand, scope)
    if left.kind == "list":
        raise _misfit(
            left.name, "list", "one value; use {contains: …} for a list", "une valeur ; utilisez {contains: …}"
        )
    if how == "in":
        wanted = [_constant(left, one) for one in operand if one is not None]
        return left.expr.isin(wanted) if wanted else ibis.ifelse(left.expr.isnull(), ibis.null("boolean"), False)
    if how != "equals" and left.kind == "boolean":
        raise _misfit(left.name, "boolean", "something that has an order", "une valeur qui a un ordre")
    if isinstance(operand, Field):
        first, second = _alike(left, scope.find(operand.name))
        return _apply(how, first, second)
    if operand is None:
        return ibis.null("boolean")
    if left.kind == "date" and (isinstance(operand, datetime) or "T" in str(operand)):
        return _apply(how, left.expr.cast("timestamp"), ibis.literal(instant_of(operand)))
    return _apply(how, left.expr, _constant(left, operand))


def _contains(left: Named, operand: Any, scope: Scope) -> Any:
    wanted = scope.find(operand.name).expr if isinstance(operand, Field) else ibis.literal(str(operand))
    if left.kind == "list":
        return left.expr.contains(wanted)
    if left.kind == "text":
        return left.expr.lower().contains(wanted.lower())
    raise _misfit(left.name, left.kind, "a text or a list", "un texte ou une liste")


def _alike(left: Named, right: Named) -> tuple[Any, Any]:
    if left.kind == right.kind and left.kind != "list":
        return left.expr, right.expr
    if {left.kind, right.kind} == {"date", "instant"}:
        return left.expr.cast("timestamp"), right.expr.cast("timestamp")
    raise _misfit(
        left.name, left.kind, f"the same as “{right.name}” ({right.kind})", f"comme « {right.name} » ({right.kind})"
    )


def _constant(left: Named, value: Any) -> Any:
    """Return a constant of the column's own kind: nothing is cast in silence."""
    try:
        if left.kind == "date":
            return ibis.literal(day_of(value))
        if left.kind == "instant":
            return ibis.literal(instant_of(value))
    except (ValueError, TypeError):
        raise _misfit(left.name, left.kind, f"not {value!r}", f"et non {value!r}") from None
    number = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
    fits = {"text": isinstance(value, str), "number": number, "boolean": isinstance(value, bool)}[left.kind]
    if left.kind == "number" and isinstance(value, Mapping) and "number" in value:
        return ibis.literal(value["number"])
    if not fits:
        if left.kind == "text" and isinstance(value, date | int | float):
            return ibis.literal(value.isoformat() if isinstance(value, date) else str(value))
        raise _misfit(left.name, left.kind, f"not {value!r}", f"et non {value!r}")
    return ibis.literal(value)


def _apply(how: str, left: Any, right: Any) -> Any:
    match how:
        case "equals":
            return left == right
        case "at_least":
            return left >= right
        case "at_most":
            return left <= right
        case "above":
            return left > right
        case _:
            return left < right


def _misfit(name: str, kind: str, en: str, fr: str) -> BadInput:
    return bad(
        "MEA-013",
        f"“{name}” is a column of kind {kind}; expected {en}.",
        f"« {name} » est une colonne de nature {kind} ; attendu : {fr}.",
        "Compare a field with a constant or a field of its own kind.",
        "Comparez un champ avec une constante ou un champ de même nature.",
    )
