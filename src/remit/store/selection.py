"""The records that meet a query: found by columns as far as they go, decided one by one where they do not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from remit.kernel.errors import BadInput
from remit.kernel.evaluation import holds
from remit.records.journal import Query
from remit.records.projection import record_from_json
from remit.records.record import Record
from remit.store.conditions import TEXT, TRUTH, translate
from remit.store.models import CurrentRecord
from remit.store.projection import folded

ORDERS: Mapping[str, str] = {**TEXT, **{key: key for key in (*TRUTH, "title", "changed_at")}}


class Selection:
    """One query against the projection of a workspace."""

    def __init__(self, alias: str, query: Query) -> None:
        self._alias = alias
        self._query = query
        condition = translate(query.condition)
        self._exact = condition.exact
        rows = CurrentRecord.objects.using(alias).filter(condition.met)
        if query.types:
            rows = rows.filter(type__in=query.types)
        for word in folded(query.text).split():
            rows = rows.filter(search__contains=word)
        self._rows = rows

    def records(self) -> Sequence[Record]:
        """Return the page asked for.

        Raises:
            BadInput: JRN-043, an order that is not one of the envelope's keys.
        """
        rows = self._ordered()
        start, limit = self._query.offset, self._query.limit
        end = None if limit is None else start + limit
        if self._exact:
            return [record_from_json(body) for body in rows[start:end].values_list("body", flat=True)]
        return list(self._decided(rows))[start:end]

    def count(self) -> int:
        """Return how many there are in all."""
        return self._rows.count() if self._exact else sum(1 for _ in self._decided(self._rows))

    def _ordered(self) -> QuerySet[CurrentRecord]:
        key, down = self._query.order.lstrip("-"), self._query.order.startswith("-")
        if key not in ORDERS:
            raise BadInput.of(
                "JRN-043",
                f"Records cannot be put in the order of “{key}”.",
                f"Les fiches ne peuvent pas être rangées selon « {key} ».",
                do_en=f"Use one of: {', '.join(ORDERS)}; with “-” before it for the last first.",
                do_fr=f"Employez l’un de : {', '.join(ORDERS)} ; précédé de « - » pour commencer par la fin.",
            )
        sign = "-" if down else ""
        return self._rows.order_by(f"{sign}{ORDERS[key]}", f"{sign}identifier")

    def _decided(self, rows: QuerySet[CurrentRecord]) -> Iterator[Record]:
        for body in rows.values_list("body", flat=True).iterator():
            record = record_from_json(body)
            if holds(self._query.condition, record.facts_for_conditions(), _LinkedRows(self._alias, record)):
                yield record


class _LinkedRows:
    """Reaches the records linked to one, withdrawn ones left out."""

    def __init__(self, alias: str, record: Record) -> None:
        self._alias = alias
        self._record = record

    def linked(self, *, type: str | None, relation: str | None, outward: bool) -> Sequence[Mapping[str, Any]]:
        """Return envelope and values of each."""
        wanted = [
            link.other
            for link in self._record.links
            if link.outward is outward and relation in (None, link.relation) and type in (None, link.other_type)
        ]
        rows = CurrentRecord.objects.using(self._alias).filter(identifier__in=wanted, withdrawn=False)
        return [record_from_json(row.body).facts_for_conditions() for row in rows.order_by("identifier")]
