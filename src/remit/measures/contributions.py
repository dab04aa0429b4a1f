"""Measure → the rows that count: one expression with a fixed set of columns, before any aggregation.

Columns: ``record_id``; ``c_at`` (the instant that puts it into a period); ``c_value`` (what is summed, told apart or
measured; missing where unknown), ``c_low`` (the value is "at least" so many), ``c_hit`` (share: in the numerator,
missing where unknown), ``c_to`` (survival: the instant at which it ended, missing while it holds); ``invented``; beside
them the columns of the record and item, for breakdowns.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis  # type: ignore[import-untyped]
import ibis.expr.types as ir  # type: ignore[import-untyped]

from remit.kernel.conditions import ALWAYS
from remit.measures.bounds import PART_END, PART_START, period_end, period_parts, period_start
from remit.measures.compile import compile_condition, seconds_between
from remit.measures.definitions import LATEST, STANDING, Measure, When
from remit.measures.faults import bad
from remit.measures.rows import instant_of
from remit.measures.scope import PARENT, Named, Scope, Tables
from remit.measures.snapshot import MOVES

AT, VALUE, LOW, HIT, RANK, TO = "c_at", "c_value", "c_low", "c_hit", "c_rank", "c_to"


def contributions(measure: Measure, tables: Tables) -> Scope:
    """Return the rows that the inclusion rule lets in, over all time, with the columns named above.

    Raises:
        BadInput: MEA-011, -012, -013 for names; MEA-015 for a setting that the kind of measure needs.
    """
    scope = Scope.of(tables, measure.of)
    scope = scope.with_table(scope.table.filter(compile_condition(measure.where, scope)))
    scope, at = _instant(measure.when, scope)
    columns: dict[str, Any] = {AT: at, LOW: ibis.literal(False), HIT: ibis.null("boolean"), VALUE: ibis.null("int64")}
    if measure.kind == "share":
        numerator = measure.numerator if measure.numerator is not None else ALWAYS
        columns[HIT] = compile_condition(numerator, scope, exact=True)
    elif measure.kind == "elapsed":
        scope, seconds, columns[AT] = _elapsed(measure, scope, measure.when)
        columns[VALUE] = seconds
    elif measure.kind == "survival":
        scope, columns[TO] = _end(measure, scope, "to")
        columns[AT] = _instant(measure.when, scope)[1] if measure.when.how != "moved" else scope.table["c_moved"]
    elif measure.kind == "score":
        columns[VALUE] = _points(measure, scope)
    elif measure.value:
        found = _value(measure, scope)
        columns[VALUE] = _each(found.expr) if found.kind == "list" else found.expr
        qualifier = f"{measure.value.replace('.', '_')}_qualifier"
        if qualifier in scope.table.columns:
            columns[LOW] = (scope.table[qualifier] == "at-least").fill_null(False)
    elif measure.kind in ("sum", "distinct"):
        raise missing_setting(measure, "value")
    return scope.with_table(scope.table.mutate(**columns))


def in_period(measure: Measure, scope: Scope) -> ir.Table:
    """Return the rows of the half-open period; of what stands at its end all up to then (of a stock the latest)."""
    rows = _since(measure, scope).filter(scope.table[AT] < period_end())
    if measure.kind in LATEST:
        return _latest(measure, scope, rows)
    return rows if measure.kind in STANDING else rows.filter(rows[AT] >= period_start())


def at_each_end(measure: Measure, scope: Scope) -> ir.Table:
    """Return the rows of what stands at the end of each part of the period, with the part's bounds."""
    parts = period_parts()
    rows = _since(measure, scope)
    rows = rows.join(parts, rows[AT] < parts[PART_END])
    return _latest(measure, scope, rows, PART_START) if measure.kind in LATEST else rows


def end_of(rows: ir.Table) -> Any:
    """Return the instant at which rows stand: the end of their part, or of the period."""
    return rows[PART_END] if PART_END in rows.columns else period_end()


def _since(measure: Measure, scope: Scope) -> ir.Table:
    """Return the rows from the day on that ``settings.since`` names, all without it."""
    since = measure.settings.get("since")
    if not since:
        return scope.table
    return scope.table.filter(scope.table[AT] >= ibis.literal(instant_of(str(since))))


def _latest(measure: Measure, scope: Scope, rows: ir.Table, *each: str) -> ir.Table:
    """Return the rows of the latest record of each group that ``latest_by`` names (one group without it).

    Later is by the measure's time, then by when it became known, then by identity, so that one record wins.
    """
    here = scope.with_table(rows)
    groups = [*(rows[name] for name in each), *(here.find(str(name)).expr for name in _latest_by(measure))]
    order = [rows[AT].desc(), rows.recorded_at.desc(), rows.record_id.desc()]
    window = ibis.window(group_by=groups or None, order_by=order)
    ranked = rows.mutate(**{RANK: ibis.rank().over(window)})
    return ranked.filter(ranked[RANK] == 0)


def missing_setting(measure: Measure, name: str) -> Exception:
    """Return the error of a setting that a measure's kind needs and that it lacks."""
    return bad(
        "MEA-015",
        f"Measure “{measure.key}” ({measure.kind}) lacks a usable “{name}”.",
        f"La mesure « {measure.key} » ({measure.kind}) n’a pas de « {name} » utilisable.",
        "docs/reference/measures.md says what each kind of measure needs.",
        "docs/reference/measures.md dit ce qu’il faut à chaque genre de mesure.",
    )


def _latest_by(measure: Measure) -> list[Any]:
    given = measure.settings.get("latest_by", [])
    if isinstance(given, str):
        return [given]
    if not isinstance(given, list | tuple):
        raise missing_setting(measure, "latest_by")
    return list(given)


def _value(measure: Measure, scope: Scope) -> Named:
    found = scope.find(measure.value)
    own = scope.tables.table(measure.of.replace("-", "_").replace(".", "__")).columns
    if scope.group and measure.kind != "distinct" and found.expr.get_name() not in own:
        raise bad(
            "MEA-016",
            f"Measure “{measure.key}” would add the record's “{measure.value}” once per item of “{scope.group}”.",
            f"La mesure « {measure.key} » ajouterait « {measure.value} » de la fiche une fois par élément de « {scope.group} ».",
            f"Sum a field of “{scope.group}”, or measure “{scope.type}” itself.",
            f"Additionnez un champ de « {scope.group} », ou mesurez « {scope.type} » lui-même.",
        )
    if measure.kind in ("sum", "stock", "cumulative") and found.kind != "number":
        raise missing_setting(measure, "value")
    return found


def _each(column: Any) -> Any:
    """Return the members of a list, one a row; an empty list keeps its row, with nothing."""
    none = ibis.array([ibis.null("string")])
    return ibis.ifelse(column.isnull() | (column.length() == 0), none, column).unnest()


def _instant(when: When, scope: Scope) -> tuple[Scope, Any]:
    """Return the rows and the instant that puts each into a period."""
    match when.how:
        case "moved":
            return _first_move(when.name, scope, "c_moved")
        case "field":
            return scope, _as_instant(scope.find(when.name))
        case _:
            name = "recorded_at" if when.how == "known" else when.how
            column = f"{PARENT}{name}" if f"{PARENT}{name}" in scope.table.columns else name
            return scope, scope.table[column]


def _as_instant(found: Named) -> Any:
    if found.kind not in ("date", "instant"):
        raise bad(
            "MEA-013",
            f"“{found.name}” is neither a day nor an instant.",
            f"« {found.name} » n’est ni un jour ni un instant.",
            "Name a field of kind date or instant.",
            "Nommez un champ de nature date ou instant.",
        )
    return found.expr.cast("timestamp") if found.kind == "date" else found.expr


def _first_move(move: str, scope: Scope, column: str) -> tuple[Scope, Any]:
    """Join the first time that a move was made: one row a record, so that nothing is multiplied."""
    moves = scope.tables.table(MOVES)
    first = moves.filter(moves.move == move).group_by("record_id").agg(**{column: moves["at"].min()})
    joined = scope.with_table(scope.table.left_join(first, "record_id").drop("record_id_right"))
    return joined, joined.table[column]


def _elapsed(measure: Measure, scope: Scope, when: When) -> tuple[Scope, Any, Any]:
    scope, first = _named_end(measure, scope, "from")
    scope, last = _named_end(measure, scope, "to")
    start, end = scope.find(first), scope.find(last)
    scope = scope.with_table(scope.table.filter(start.expr.notnull() & end.expr.notnull()))
    start, end = scope.find(first), scope.find(last)
    again, at = _instant(when, scope) if when.how != "moved" else (scope, scope.table["c_moved"])
    return again, seconds_between(start, end), at


def _named_end(measure: Measure, scope: Scope, end: str) -> tuple[Scope, str]:
    """Return the rows, with the first time of a move joined where ``settings`` names one, and the name of the instant."""
    given = measure.settings.get(end)
    if isinstance(given, Mapping) and set(given) == {"moved"}:
        return _first_move(str(given["moved"]), scope, f"c_{end}_move")[0], f"c_{end}_move"
    if not isinstance(given, str):
        raise missing_setting(measure, end)
    return scope, given


def _end(measure: Measure, scope: Scope, end: str) -> tuple[Scope, Any]:
    scope, name = _named_end(measure, scope, end)
    return scope, _as_instant(scope.find(name))


def _points(measure: Measure, scope: Scope) -> Any:
    """Return the points of each row: those that ``settings.points`` gives its option, or the number as it stands."""
    found = scope.find(measure.value) if measure.value else None
    points = measure.settings.get("points")
    if found is None or not measure.settings.get("most"):
        raise missing_setting(measure, "settings.most" if found else "value")
    if isinstance(points, Mapping) and found.kind == "text":
        return ibis.cases(*((found.expr == option, ibis.literal(float(n))) for option, n in points.items()))
    if found.kind != "number":
        raise missing_setting(measure, "settings.points")
    return found.expr.cast("float64")
