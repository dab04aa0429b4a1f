"""The rows of the source appendix of an internal copy: each figure, what it counts, and what it was made from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from remit.measures.definitions import Measure
from remit.reporting.document import ReportDocument
from remit.reporting.numbers import quantity


@dataclass(frozen=True, slots=True)
class Origin:
    """Where one figure of a document comes from."""

    key: str
    label: str
    value: str
    rule: str
    records: int
    snapshot: str
    definition: str


def origins(document: ReportDocument, measures: Mapping[str, Measure]) -> Iterator[Origin]:
    """Yield the origin of every figure of a document, in the order in which they were declared."""
    for key, figure in document.figures.items():
        measure = measures[key]
        yield Origin(
            key=key,
            label=measure.label.in_(document.language),
            value=quantity(figure.value, document.language, measure.kind),
            rule=measure.rule.in_(document.language),
            records=len(figure.record_ids),
            snapshot=figure.snapshot,
            definition=f"v{figure.version} {figure.definition[:12]}",
        )
