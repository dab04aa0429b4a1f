"""Build published figures and quantities from their shapes."""

from __future__ import annotations

from collections.abc import Mapping

from remit.analysis.published import Printed, Quantity
from remit.missions.declarations.published import PublishedDeclared
from remit.missions.labels import Labels
from remit.missions.link.names import Read


def built_printed(published: Mapping[str, Read[PublishedDeclared]], labels: Labels) -> tuple[Printed, ...]:
    """Return every printed figure, by document and in declared order."""
    found = []
    for name, read in published.items():
        declared = read.whole
        if declared.known_on is None:
            continue
        document = labels.of(declared.label, declared.document or name, read.source) if declared.figures else None
        for key, one in declared.figures.items():
            assert document is not None  # noqa: S101 - there are figures
            found.append(
                Printed(
                    key=f"{name}/{key}",
                    document=declared.document,
                    title=document,
                    known_on=declared.known_on,
                    seen=declared.seen,
                    label=one.label.words,
                    value=one.value,
                    period=one.period,
                    paragraph=one.paragraph,
                    measure=one.measure,
                    differs=one.differs.words if one.differs else None,
                    parts=dict(one.parts),
                )
            )
    return tuple(found)


def built_quantities(published: Mapping[str, Read[PublishedDeclared]]) -> tuple[Quantity, ...]:
    """Return every quantity that several measures count."""
    return tuple(
        Quantity(key, one.label.words, tuple(one.measures), one.differs.words)
        for read in published.values()
        for key, one in read.whole.quantities.items()
    )
