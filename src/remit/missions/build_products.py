"""Build products from their shapes."""

from __future__ import annotations

from remit.kernel.canonical import digest
from remit.missions.declarations.product import PartDeclared, ProductDeclared
from remit.missions.labels import Labels
from remit.missions.link.names import Read
from remit.reporting.outline import Part, Product


def built_product(key: str, read: Read[ProductDeclared], labels: Labels) -> Product:
    """Return a product."""
    declared, source = read.shape, read.source
    assert declared is not None
    masthead = {name: wording.words for name, wording in declared.masthead if wording is not None}
    return Product(
        key=key,
        version=declared.version,
        label=labels.of(declared.label, key, source),
        title=declared.title.words,
        answers=tuple(declared.answers),
        must_answer=tuple(declared.must_answer),
        parts=tuple(_part(part) for part in declared.parts),
        level=declared.level,
        audiences=tuple(declared.audiences),
        masthead=masthead,
        record_by=tuple(declared.record_by),
        file=source.file,
        digest=digest({"key": key, "declaration": source.data}),
    )


def _part(declared: PartDeclared) -> Part:
    if section := declared.section:
        return Part("section", title=section.title.words, parts=tuple(_part(part) for part in section.parts))
    if paragraph := declared.paragraph:
        return Part(
            "paragraph",
            words=paragraph.words.words,
            otherwise=paragraph.otherwise.words if paragraph.otherwise else None,
            when=paragraph.when,
            answers=tuple(paragraph.answers),
        )
    if table := declared.table:
        return Part(
            "table", figures=tuple(table.figures), by=table.by, title=table.title.words, answers=tuple(table.answers)
        )
    chart = declared.chart
    assert chart is not None
    return Part(
        "chart",
        figures=tuple(chart.figures),
        by=chart.by,
        title=chart.title.words,
        answers=tuple(chart.answers),
        settings={"mark": chart.mark},
    )
