"""The rows that count → values: what each kind of measure adds up, and what it says of no rows at all."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import ibis  # type: ignore[import-untyped]
import ibis.expr.types as ir  # type: ignore[import-untyped]

from remit.measures.bounds import PART_END
from remit.measures.contributions import AT, HIT, LOW, TO, VALUE, end_of, missing_setting
from remit.measures.definitions import Measure
from remit.measures.faults import bad
from remit.measures.figures import Number

_PERCENTILE = re.compile(r"p(\d{1,2})")
_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Total:
    """What one row of an aggregation says."""

    value: Number | None
    ids: tuple[str, ...]
    numerator: Number | None = None
    denominator: Number | None = None
    numerator_ids: tuple[str, ...] = ()
    unknown: int = 0
    lower_bound: bool = False
    invented: bool = False


def aggregations(measure: Measure, rows: ir.Table, *, ids: bool) -> dict[str, Any]:
    """Return the aggregate columns of a measure over rows of ``contributions``.

    Args:
        measure: its definition.
        rows: what :func:`~remit.measures.contributions.in_period` or ``at_each_end`` let in.
        ids: also list the records; without it a figure cannot be walked back (benchmarks, tiles).

    Raises:
        BadInput: MEA-015, an unknown statistic.
    """
    out: dict[str, Any] = {"n": rows.count(), "invented": rows.invented.any()}
    several = "item" in rows.columns or measure.kind == "distinct"  # one record may give several rows
    if measure.kind == "days-since":
        return out | _since_last(rows, ids=ids)
    if ids:
        out["ids"] = rows.record_id.collect(distinct=several)
    if measure.kind == "share":
        out |= {"hits": rows[HIT].fill_null(False).sum(), "open": rows[HIT].isnull().sum()}
        if ids:
            out["hit_ids"] = rows.record_id.collect(where=rows[HIT].fill_null(False), distinct=several)
        return out
    return out | _of_kind(measure, rows)


def _of_kind(measure: Measure, rows: ir.Table) -> dict[str, Any]:
    """Return what the kinds add up that have a number of their own."""
    open_ = rows[VALUE].isnull().sum()
    if measure.kind == "elapsed":
        return {"total": _statistic(measure, rows[VALUE])}
    if measure.kind == "distinct":
        return {"total": rows[VALUE].nunique(), "open": open_}
    if measure.kind == "survival":
        return _followed(rows)
    if measure.kind == "score":
        return {"total": rows[VALUE].mean(), "open": open_}
    if not measure.value:
        return {}
    out = {"total": rows[VALUE].sum(), "open": open_, "low": rows[LOW].any()}
    if (currency := f"{measure.value}_currency") in rows.columns:
        out["currencies"] = rows[currency].nunique()
    return out


def total(measure: Measure, row: Mapping[str, Any]) -> Total:
    """Read one row of an aggregation.

    No rows: 0 for count, sum and distinct; not defined for share, stock and elapsed. Rows of which none states its
    number: not defined, since 0 would be a claim.
    """
    ids = tuple(sorted(one for one in row.get("ids") or () if one is not None))
    n, open_ = int(row["n"]), int(row.get("open") or 0)
    common: dict[str, Any] = {"ids": ids, "unknown": open_, "invented": bool(row["invented"])}
    if measure.kind == "share":
        hits = int(row["hits"] or 0)
        hit_ids = tuple(sorted(row.get("hit_ids") or ()))
        return Total(hits / n if n else None, numerator=hits, denominator=n, numerator_ids=hit_ids, **common)
    if int(row.get("currencies") or 0) > 1:
        raise bad(
            "MEA-018",
            f"Measure “{measure.key}” would add amounts in {row['currencies']} currencies.",
            f"La mesure « {measure.key} » additionnerait des montants en {row['currencies']} monnaies.",
            f"Let its “where” choose one: {{{measure.value}_currency: USD}}.",
            f"Que son « where » en choisisse une : {{{measure.value}_currency: USD}}.",
        )
    if n == 0:
        return Total(_of_nothing(measure), **common)
    if measure.kind == "days-since":
        return Total(int(row["total"]) if row["total"] is not None else None, **common)
    if measure.kind == "survival":
        within = float(measure.settings.get("within") or 0)
        return Total(surviving(row["followed"] or (), row["ended"] or (), within), **common)
    if measure.kind == "score":
        most = float(measure.settings["most"])
        return Total(None if row["total"] is None else plain(100 * float(row["total"]) / most), **common)
    if measure.kind == "stock" and measure.settings.get("statistic") == "mean":
        return Total(plain(row["total"]), lower_bound=bool(row.get("low")), **common)
    if measure.kind == "count" or (measure.kind in ("stock", "cumulative") and not measure.value):
        return Total(n, **common)
    value = None if open_ == n else plain(row["total"])
    return Total(value, lower_bound=bool(row.get("low")), **common)


def nothing(measure: Measure) -> Total:
    """Return what a part of the period without any record says."""
    empty = Total(_of_nothing(measure), ())
    return Total(None, (), numerator=0, denominator=0) if measure.kind == "share" else empty


def surviving(followed: Sequence[float], ended: Sequence[float], within: float) -> float | None:
    """Return the share that still holds after some days, as Kaplan and Meier estimate it from incomplete observation.

    Args:
        followed: for each one, the days for which it was followed: until it ended, or until the end of observation.
        ended: the days of those that ended.
        within: the days asked about.

    Returns:
        A fraction of 1; ``None`` where nobody was followed that long and some still held when last seen.
    """
    if not followed:
        return None
    share, by_length = 1.0, sorted(followed)
    for day, ending in sorted(Counter(one for one in ended if one <= within).items()):
        share *= 1 - ending / (len(by_length) - bisect_left(by_length, day))
    return None if share and by_length[-1] < within else round(share, 9)


def plain(value: Any) -> Number | None:
    """Return a whole number as ``int``, any other as ``float``."""
    if value is None:
        return None
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, float):
        value = round(value, 6)
        return int(value) if value.is_integer() else value
    return int(value)


def _of_nothing(measure: Measure) -> Number | None:
    return 0 if measure.kind in ("count", "sum", "distinct", "cumulative") else None


def _since_last(rows: ir.Table, *, ids: bool) -> dict[str, Any]:
    """Return the days from the latest row's day to the last day of its period: 0 on that day; and its record."""
    last = rows[AT].max().truncate("D")
    end = rows[PART_END].max() if PART_END in rows.columns else end_of(rows)
    found: dict[str, Any] = {"total": end.delta(last, unit="second") / _DAY - 1}
    if ids:
        found["ids"] = ibis.array([rows.record_id.argmax(rows[AT])])
    return found


def _followed(rows: ir.Table) -> dict[str, Any]:
    """Return how many days each row was followed, and those of the rows that ended within observation."""
    end = end_of(rows)
    over = (rows[TO] < end).fill_null(False)
    days = ibis.ifelse(over, rows[TO], end).delta(rows[AT], unit="second") / _DAY
    return {"followed": days.collect(), "ended": days.collect(where=over)}


def _statistic(measure: Measure, value: Any) -> Any:
    name = str(measure.settings.get("statistic", "median"))
    if found := _PERCENTILE.fullmatch(name):
        return value.quantile(int(found[1]) / 100)
    match name:
        case "median":
            return value.quantile(0.5)
        case "mean":
            return value.mean()
        case "longest":
            return value.max()
        case _:
            raise missing_setting(measure, "statistic")
