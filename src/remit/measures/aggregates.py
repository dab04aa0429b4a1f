"""The rows that count → values: what each kind of measure adds up, and what it says of no rows at all."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import ibis.expr.types as ir  # type: ignore[import-untyped]

from remit.measures.contributions import HIT, LOW, VALUE, missing_setting
from remit.measures.definitions import Measure
from remit.measures.faults import bad
from remit.measures.figures import Number

_PERCENTILE = re.compile(r"p(\d{1,2})")


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
    if ids:
        out["ids"] = rows.record_id.collect(distinct=several)
    if measure.kind == "share":
        out |= {"hits": rows[HIT].fill_null(False).sum(), "open": rows[HIT].isnull().sum()}
        if ids:
            out["hit_ids"] = rows.record_id.collect(where=rows[HIT].fill_null(False), distinct=several)
    elif measure.kind == "elapsed":
        out["total"] = _statistic(measure, rows[VALUE])
    elif measure.kind == "distinct":
        out |= {"total": rows[VALUE].nunique(), "open": rows[VALUE].isnull().sum()}
    elif measure.value:
        out |= {"total": rows[VALUE].sum(), "open": rows[VALUE].isnull().sum(), "low": rows[LOW].any()}
        if (currency := f"{measure.value}_currency") in rows.columns:
            out["currencies"] = rows[currency].nunique()
    return out


def total(measure: Measure, row: Mapping[str, Any]) -> Total:
    """Read one row of an aggregation.

    No rows: 0 for count, sum and distinct; not defined for share, stock and elapsed. Rows of which none states its
    number: not defined, since 0 would be a claim.
    """
    ids = tuple(sorted(row.get("ids") or ()))
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
    if measure.kind == "count" or (measure.kind == "stock" and not measure.value):
        return Total(n, **common)
    value = None if open_ == n else plain(row["total"])
    return Total(value, lower_bound=bool(row.get("low")), **common)


def nothing(measure: Measure) -> Total:
    """Return what a part of the period without any record says."""
    empty = Total(_of_nothing(measure), ())
    return Total(None, (), numerator=0, denominator=0) if measure.kind == "share" else empty


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
    return 0 if measure.kind in ("count", "sum", "distinct") else None


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
