"""Check that measures can be computed, before there is any record: every name, kind and breakdown is compiled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from remit.kernel.errors import BadInput
from remit.kernel.issues import Issue, Where
from remit.measures.aggregates import aggregations
from remit.measures.breakdowns import split
from remit.measures.contributions import contributions
from remit.measures.definitions import OF_TWO, Measure
from remit.measures.layout import Kinds, schemas
from remit.measures.scope import Tables
from remit.records.fields import field_kinds
from remit.records.types import RecordType


def check_measures(
    measures: Iterable[Measure],
    types: Mapping[str, RecordType],
    area_levels: Sequence[str] = (),
    kinds: Kinds | None = None,
) -> tuple[Issue, ...]:
    """Return what forbids to compute each measure, with its file; every measure is looked at.

    Raises:
        BadInput: MEA-001, the record types themselves give no tables.
    """
    tables = Tables(schemas(types, area_levels, field_kinds() if kinds is None else kinds))
    found: list[Issue] = []
    for measure in measures:
        if measure.kind in OF_TWO:
            continue  # its parts are measures of their own; that they can be divided is checked where they are named
        try:
            scope = contributions(measure, tables)
            aggregations(measure, scope.table, ids=True)
        except BadInput as error:
            found += _placed(error, measure, "")
            continue
        for name in measure.by:
            try:
                split(scope, scope.table, (name,))
            except BadInput as error:
                found += _placed(error, measure, "by")
    return tuple(found)


def _placed(error: BadInput, measure: Measure, path: str) -> list[Issue]:
    return [replace(issue, where=Where(file=measure.file or measure.key, path=path)) for issue in error.issues]
