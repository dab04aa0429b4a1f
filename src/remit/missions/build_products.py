"""Build products from their shapes."""

from __future__ import annotations

from remit.kernel.canonical import digest
from remit.missions.declarations.product import PartDeclared, ProductDeclared
from remit.missions.labels import Labels
from remit.missions.link.names import Read
from remit.reporting.outline import Part, Product


def built_product(key: str, read: Read[ProductDeclared], labels: Labels) -> Product:
    """Return a product."""
    declared, source = read.whole, read.source
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
    if table := declared.table:
        figures, title = tuple(table.figures), table.title.words
        return Part("table", figures=figures, by=table.by, title=title, answers=tuple(table.answers))
    if chart := declared.chart:
        return Part(
            "chart",
            figures=tuple(chart.figures),
            by=chart.by,
            title=chart.title.words,
            answers=tuple(chart.answers),
            settings={"mark": chart.mark},
        )
    if paragraph := declared.paragraph:
        return Part(
            "paragraph",
            words=paragraph.words.words,
            otherwise=paragraph.otherwise.words if paragraph.otherwise else None,
            when=paragraph.when,
            answers=tuple(paragraph.answers),
        )
    raise LookupError("a part of an outline is none of the kinds known")
