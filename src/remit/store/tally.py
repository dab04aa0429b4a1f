"""Counts kept beside the current state, so that asking how many there are costs the same however many there are.

Each change adds rows of plus and minus one: writers never wait for one another. Now and then they are summed up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connections
from django.db.models import Exists, OuterRef, Sum

from remit.kernel.conditions import Condition
from remit.records.tally import DUE, MARKS, WHEN_AND_WHERE, counted, on_marks
from remit.store.conditions import translate
from remit.store.models import CurrentRecord, RecordFacet, Tally

KEYS = (*MARKS, *WHEN_AND_WHERE, "name", "value", "sensitive")
_PAGE = 500
_SPREAD = 5_000
"""After so many rows they are summed up."""

Counts = Counter[tuple[Any, ...]]


def counts(rows: Iterable[CurrentRecord], facets: Iterable[RecordFacet]) -> Counts:
    """Return what rows of the current state and their facets count for, by :data:`KEYS`."""
    found: Counts = Counter()
    marks: dict[str, tuple[Any, ...]] = {}
    for row in rows:
        marks[row.identifier] = tuple(getattr(row, name) for name in MARKS)
        found[(*marks[row.identifier], row.occurred[:7], row.area, "", "", False)] += 1
    for facet in facets:
        found[(*marks[facet.record], "", "", facet.name, counted(facet.name, facet.value), facet.sensitive)] += 1
    return found


def add(alias: str, before: Counts, after: Counts) -> None:
    """Keep what changed in the counts; inside a transaction."""
    after.subtract(before)
    rows = [Tally(**dict(zip(KEYS, key, strict=True)), n=n) for key, n in after.items() if n]
    made = Tally.objects.using(alias).bulk_create(rows, batch_size=_PAGE)
    if made and made[-1].pk // _SPREAD > (made[0].pk - 1) // _SPREAD:
        _sum_up(alias)


def _sum_up(alias: str) -> None:
    """Put the rows of the same keys into one each; those that another writer sums up just now are left to him."""
    rows = Tally.objects.using(alias)
    held = list(rows.select_for_update(skip_locked=True).order_by("id")) if _locks(alias) else list(rows.order_by("id"))
    whole: Counts = Counter()
    for row in held:
        whole[tuple(getattr(row, name) for name in KEYS)] += row.n
    for start in range(0, len(held), _PAGE):
        rows.filter(pk__in=[row.pk for row in held[start : start + _PAGE]]).delete()
    made = [Tally(**dict(zip(KEYS, key, strict=True)), n=n) for key, n in whole.items() if n]
    rows.bulk_create(made, batch_size=_PAGE)


def tallied(
    alias: str,
    condition: Condition,
    types: Sequence[str],
    by: Sequence[str],
    *,
    sensitive: bool | None = None,
    names: Sequence[str] = (),
) -> Counts:
    """Return how many there are by some of :data:`KEYS`: of records, or of their facets that are (not) sensitive."""
    rows = Tally.objects.using(alias).filter(translate(on_marks(condition)).met)
    if sensitive is None:
        rows = rows.filter(name="")
    else:
        rows = rows.filter(sensitive=sensitive)
        rows = rows.filter(name__in=names) if names else rows.exclude(name="")
    if types:
        rows = rows.filter(type__in=types)
    if not by:
        return Counter({(): rows.aggregate(whole=Sum("n"))["whole"] or 0})
    found = rows.order_by().values_list(*by).annotate(whole=Sum("n"))
    return Counter({tuple(key): whole for *key, whole in found if whole})


def due(
    alias: str, condition: Condition, types: Sequence[str], start: str, end: str, *, latest: bool, limit: int | None
) -> list[tuple[str, str]]:
    """Return when time limits end and of which records, between two instants, the earliest first (or the latest)."""
    met = CurrentRecord.objects.using(alias).filter(translate(on_marks(condition)).met, identifier=OuterRef("record"))
    rows = RecordFacet.objects.using(alias).filter(Exists(met), name=DUE, sensitive=False)
    if types:
        rows = rows.filter(type__in=types)
    if start:
        rows = rows.filter(value__gte=start)
    if end:
        rows = rows.filter(value__lt=end)
    ordered = rows.order_by("-value", "record") if latest else rows.order_by("value", "record")
    return list(ordered.values_list("value", "record")[:limit])


def _locks(alias: str) -> bool:
    return connections[alias].features.has_select_for_update_skip_locked
