"""The records that meet a query: found by columns as far as they go, decided one by one where they do not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from django.db.models import Case, Exists, F, OuterRef, QuerySet, Value, When
from django.db.models.functions import Coalesce

from remit.kernel.conditions import All, Compare, Condition, fields_of
from remit.kernel.evaluation import holds
from remit.kernel.plain_text import plain_text
from remit.records.journal import Query
from remit.records.linked import LinkedRecords
from remit.records.projection import record_from_json
from remit.records.record import Record
from remit.records.searching import in_order
from remit.records.tally import MARKS
from remit.store.conditions import translate
from remit.store.models import CurrentRecord, RecordFacet
from remit.store.tally import tallied

_COLUMNS = {"id": "identifier", "title": "title_order"}
_NEVER_EMPTY = ("id", "type", "level", "recorded_at", "changed_at")
"""Ordered by the column alone, which an index then serves."""


class Selection:
    """One query against the projection of a workspace; ``get`` reaches linked records."""

    def __init__(
        self,
        alias: str,
        query: Query,
        get: Callable[[str], Record | None],
        facet_names: Mapping[str, str] | None = None,
    ) -> None:
        self._alias = alias
        self._query = query
        self._get = get
        self._facets, self._rest = _apart(query.condition, facet_names or {})
        condition = translate(self._rest)
        self._exact = condition.exact
        rows = CurrentRecord.objects.using(alias).filter(condition.met)
        if len(query.types) > 1 and query.limit is not None:
            # Not the column itself: an index on it would have the rows of all these types sorted to give one page of them.
            rows = rows.annotate(any_of=Coalesce("type", Value(""))).filter(any_of__in=query.types)
        elif query.types:
            rows = rows.filter(type__in=query.types)
        if query.area:
            rows = rows.filter(area=query.area)
        for facet in self._facets:
            having = RecordFacet.objects.using(alias).filter(
                record=OuterRef("identifier"), type=query.types[0], name=facet.field, value=facet.operand
            )
            rows = rows.filter(Exists(having))
        for word in plain_text(query.text).split():
            rows = rows.filter(search__contains=word)
        self._rows = rows

    def records(self) -> Sequence[Record]:
        """Return the page asked for.

        Raises:
            BadInput: JRN-021, an order that is not known.
        """
        rows = self._ordered()
        start, limit = self._query.offset, self._query.limit
        end = None if limit is None else start + limit
        if self._exact:
            return [record_from_json(body) for body in rows[start:end].values_list("body", flat=True)]
        return list(self._decided(rows))[start:end]

    def count(self) -> int:
        """Return how many there are in all: from the counts that are kept, as far as they go."""
        if self._exact and not self._query.text.strip() and fields_of(self._rest) <= set(MARKS):
            if not self._facets:
                by = ("area",) if self._query.area else ()
                found = tallied(self._alias, self._rest, self._query.types, by)
                return found[(self._query.area,) if by else ()]
            if len(self._facets) == 1 and not self._query.area:
                wanted = (self._facets[0].field, self._facets[0].operand)
                return sum(
                    tallied(
                        self._alias, self._rest, self._query.types, ("name", "value"), sensitive=one, names=wanted[:1]
                    )[wanted]
                    for one in (False, True)
                )
        return self._rows.count() if self._exact else sum(1 for _ in self._decided(self._rows))

    def identifiers(self) -> frozenset[str]:
        """Return the ids of all of them."""
        if self._exact:
            return frozenset(self._rows.values_list("identifier", flat=True))
        return frozenset(record.id for record in self._decided(self._rows))

    def _ordered(self) -> QuerySet[CurrentRecord]:
        """Put the rows in order as ``records.searching`` does: empty ones last, equals by id."""
        in_order((), self._query.order)  # raises where the order is not known
        key = self._query.order.removeprefix("-")
        column = _COLUMNS.get(key, key)
        wanted = F(column).desc() if self._query.order.startswith("-") else F(column).asc()
        if key in _NEVER_EMPTY or self._query.order.startswith("-"):
            # Descending, "" comes last by itself: an index on the column serves.
            return self._rows.order_by(wanted, "identifier")
        return self._rows.order_by(Case(When(**{column: ""}, then=Value(1)), default=Value(0)), wanted, "identifier")

    def _decided(self, rows: QuerySet[CurrentRecord]) -> Iterator[Record]:
        for body in rows.values_list("body", flat=True).iterator():
            record = record_from_json(body)
            if holds(self._query.condition, record.facts_for_conditions(), LinkedRecords(record, self._get)):
                yield record


def _apart(condition: Condition, names: Mapping[str, str]) -> tuple[list[Compare], Condition]:
    """Return what a condition asks of facets, which their index answers, and the rest of it."""
    if isinstance(condition, All):
        parts = [_apart(part, names) for part in condition.parts]
        return [one for found, _ in parts for one in found], All(tuple(rest for _, rest in parts))
    if (
        isinstance(condition, Compare)
        and names.get(condition.field) == condition.how
        and isinstance(condition.operand, str)
        and condition.operand
    ):
        return [condition], All(())
    return [], condition
