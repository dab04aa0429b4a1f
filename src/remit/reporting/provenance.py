"""The rows of the source appendix of an internal copy: each figure, what it counts, and what it was made from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from remit.measures.definitions import Measure
from remit.reporting.document import ReportDocument
from remit.reporting.numbers import quantity
from remit.reporting.typography import set_text


@dataclass(frozen=True, slots=True)
class Origin:
    """Where one figure of a document comes from."""

    key: str
    label: str
    value: str
    rule: str
    records: int
    definition: str


def origins(document: ReportDocument, measures: Mapping[str, Measure]) -> Iterator[Origin]:
    """Yield the origin of every figure of a document, in the order in which they were declared."""
    for key, figure in document.figures.items():
        measure = measures[key]
        yield Origin(
            key=key,
            label=set_text(measure.label.in_(document.language), document.language),
            value=quantity(figure.value, document.language, measure.kind),
            rule=set_text(measure.rule.in_(document.language), document.language),
            records=len(figure.record_ids),
            definition=f"v{figure.version}\u00a0{figure.definition[:12]}",
        )


def snapshots(document: ReportDocument) -> str:
    """Return the names of the snapshots that the figures were computed from; one, as a rule."""
    return ", ".join(dict.fromkeys(figure.snapshot for figure in document.figures.values()))
