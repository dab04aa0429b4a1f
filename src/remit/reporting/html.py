"""A report as one HTML file that needs nothing beside it."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from importlib import resources

import jinja2

from remit.mandate.declared import provision_label
from remit.measures.definitions import Measure
from remit.reporting import wording
from remit.reporting.charts import svg
from remit.reporting.document import Chart, Heading, Paragraph, ReportDocument, Table
from remit.reporting.numbers import day, instant
from remit.reporting.provenance import origins, snapshots
from remit.reporting.sentences import period_words
from remit.reporting.typography import labelled, set_text


def to_html(document: ReportDocument, measures: Mapping[str, Measure]) -> str:
    """Return the whole page: style, words and charts in one file, readable without network and printable on A4."""
    language = document.language
    source = resources.files("remit.reporting") / "templates" / "report.html.jinja"
    environment = jinja2.Environment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined
    )
    template = environment.from_string(source.read_text("utf-8"))
    notes: list[str] = []

    def footnote(text: str) -> int:
        notes.append(text)
        return len(notes)

    return template.render(
        d=document,
        footnote=footnote,
        footnotes=notes,
        language=language,
        blocks=[(_kind(block), block) for block in document.blocks],
        chart=lambda block: "data:image/svg+xml;base64," + base64.b64encode(svg(block.spec).encode()).decode(),
        say=lambda name, **values: set_text(getattr(wording, name).format(**values).in_(language), language),
        labelled=lambda name, value: labelled(getattr(wording, name).in_(language), value, language),
        level=wording.LEVELS[document.level].in_(language),
        period=period_words(document.period, language),
        as_of=instant(document.as_of, language) if document.as_of else "",
        written=day(document.written_at.date(), language),
        answers=lambda paths: ", ".join(provision_label(path, language) for path in paths),
        origins=list(origins(document, measures)) if document.internal else [],
        snapshots=snapshots(document),
        origin_header=[words.in_(language) for words in wording.PROVENANCE_HEADER],
    )


def _kind(block: object) -> str:
    return {Heading: "heading", Paragraph: "paragraph", Table: "table", Chart: "chart"}[type(block)]
