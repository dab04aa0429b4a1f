"""A report as a Word document in the United Nations' form."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table as WordTable
from docx.table import _Cell as Cell
from docx.text.paragraph import Paragraph as WordParagraph

from remit.kernel.wording import Words
from remit.mandate.declared import provision_label
from remit.measures.definitions import Measure
from remit.reporting import wording
from remit.reporting.charts import png
from remit.reporting.document import Chart, Heading, Paragraph, ReportDocument, Table
from remit.reporting.footnotes import Footnotes
from remit.reporting.numbers import day, instant
from remit.reporting.provenance import origins, snapshots
from remit.reporting.sentences import period_words
from remit.reporting.typography import labelled, set_text

SERIF, SANS = "Times New Roman", "Arial"
TEXT_CM = 15.4
"""Width between the margins of the page, in centimetres."""
INK, PALE = "1B2126", "C9D0D6"
GREY, RED, AMBER = RGBColor(0x5A, 0x64, 0x6D), RGBColor(0xB3, 0x26, 0x1E), RGBColor(0x9A, 0x5B, 0x00)


def to_docx(document: ReportDocument, measures: Mapping[str, Measure]) -> bytes:
    """Return the bytes of a .docx: masthead, numbered paragraphs, tables, charts, level on every page.

    The internal copy carries figure keys after each paragraph and an appendix of origins; the public one neither.
    """
    word = docx.Document()
    _page(word, document)
    _masthead(word, document)
    _title(word, document)
    footnotes = Footnotes(word)
    for block in document.blocks:
        if isinstance(block, Heading):
            _heading(word, block)
        elif isinstance(block, Paragraph):
            _paragraph(word, block, document, footnotes)
        elif isinstance(block, Table):
            _table(word, block, document)
        elif isinstance(block, Chart):
            _chart(word, block, document)
    if document.withheld:
        _run(word.add_paragraph(), _say(wording.WITHHELD_NOTE, document), size=8, color=GREY, font=SANS)
    if document.internal:
        _unanswered(word, document)
        _origins(word, document, measures)
    footnotes.close()
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def _say(words: Words, document: ReportDocument, **values: object) -> str:
    return set_text(words.format(**values).in_(document.language), document.language)


def _labelled(words: Words, value: str, document: ReportDocument) -> str:
    return labelled(_say(words, document), value, document.language) if value else ""


def _page(word: WordDocument, document: ReportDocument) -> None:
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.8)
    section.top_margin = section.bottom_margin = Cm(2.3)
    normal = word.styles["Normal"]
    normal.font.name, normal.font.size = SERIF, Pt(10.5)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), SERIF)
    normal.paragraph_format.space_after = Pt(6)
    normal.paragraph_format.line_spacing = 1.12
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "fr-FR" if document.language == "fr" else "en-GB")
    normal.element.rPr.append(language)
    word.core_properties.title = document.title
    word.core_properties.author = "Remit"
    word.core_properties.created = word.core_properties.modified = document.written_at.replace(tzinfo=None)
    level = wording.LEVELS[document.level].in_(document.language)
    top = section.header.paragraphs[0]
    top.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if level:
        _run(
            top, level, size=9, bold=True, color=RED if document.level == "strictly-confidential" else AMBER, font=SANS
        )
    if document.invented:
        _run(top, ("\n" if level else "") + _say(wording.INVENTED, document), size=8, bold=True, color=AMBER, font=SANS)
    bottom = section.footer.paragraphs[0]
    bottom.paragraph_format.tab_stops.clear_all()
    bottom.paragraph_format.tab_stops.add_tab_stop(Cm(TEXT_CM), WD_TAB_ALIGNMENT.RIGHT)
    if document.head:
        _run(
            bottom,
            labelled(_say(wording.HEAD, document), document.head, document.language),
            size=7,
            color=GREY,
            font=SANS,
        )
    _run(bottom, "\t", size=9)
    _page_number(bottom)


def _page_number(paragraph: WordParagraph) -> None:
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run = paragraph.add_run()  # a run each: readers take the look of the number from the first
        run.font.size, run.font.name = Pt(9), SERIF
        run._r.append(element)  # noqa: SLF001 - python-docx has no interface for fields


def _masthead(word: WordDocument, document: ReportDocument) -> None:
    head = document.masthead
    table = word.add_table(rows=2, cols=2)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    _widths(table, [10.9, 4.5])
    _fill(table.cell(0, 0), _say(wording.UNITED_NATIONS, document), size=12)
    _fill(table.cell(0, 1), head.get("symbol") or _say(wording.DRAFT, document), size=15, right=True)
    _fill(table.cell(1, 0), head.get("organ", ""), size=18, bold=True)
    lines = [
        _labelled(wording.DISTRIBUTION, head.get("distribution", ""), document),
        day(document.written_at.date(), document.language),
        _labelled(wording.ORIGINAL, head.get("original", ""), document),
    ]
    _fill(table.cell(1, 1), "\n".join(line for line in lines if line), size=10)
    for cell in table.rows[0].cells:
        _border(cell, "bottom", 18)
    for cell in table.rows[1].cells:
        _border(cell, "bottom", 6)


def _title(word: WordDocument, document: ReportDocument) -> None:
    title = word.add_paragraph()
    title.paragraph_format.space_before = Pt(16)
    title.paragraph_format.keep_with_next = True
    _run(title, document.title, size=15, bold=True)
    about = f"{document.mission} · {period_words(document.period, document.language)}"
    if document.as_of:
        about += f" · {_say(wording.CUT_OFF, document)} {instant(document.as_of, document.language)}"
    _run(word.add_paragraph(), about, size=9, color=GREY, font=SANS)
    if document.internal:
        _run(word.add_paragraph(), _say(wording.INTERNAL_WORD, document), size=8, color=GREY, font=SANS)


def _heading(word: WordDocument, block: Heading) -> WordParagraph:
    heading: WordParagraph = word.add_heading(level=min(block.depth, 3))
    heading.paragraph_format.space_before = Pt(14 if block.depth == 1 else 10)
    heading.paragraph_format.space_after = Pt(5)
    heading.paragraph_format.page_break_before = block.annex or None
    heading.paragraph_format.tab_stops.add_tab_stop(Cm(2.4 if block.annex else 1.1))
    _run(
        heading,
        block.text if not block.number else f"{block.number}{'' if block.annex else '.'}\t{block.text}",
        size=13 if block.depth == 1 else 11.5,
        bold=True,
        color=RGBColor(0, 0, 0),
    )
    return heading


def _paragraph(word: WordDocument, block: Paragraph, document: ReportDocument, footnotes: Footnotes) -> None:
    paragraph = word.add_paragraph()
    paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(1.1))
    paragraph.add_run(f"{block.number}.\t")
    for run in block.runs:
        if block.unwritten:
            _run(paragraph, run.text, size=9, color=AMBER, font=SANS)
        else:
            paragraph.add_run(run.text)
        if run.note:
            footnotes.hang(paragraph, run.note)
    if document.internal and (block.figures or block.answers):
        notes = [*block.figures, *(provision_label(path, document.language) for path in block.answers)]
        _run(paragraph, "  [" + "; ".join(notes) + "]", size=7, color=GREY, font=SANS)


def _table(word: WordDocument, block: Table, document: ReportDocument) -> None:
    caption = word.add_paragraph()
    caption.paragraph_format.keep_with_next = True
    caption.paragraph_format.space_before = Pt(8)
    _run(caption, f"{_say(wording.TABLE, document, n=block.number)}. {block.title}", size=9.5, bold=True, font=SANS)
    if not block.header:
        return
    table = word.add_table(rows=1, cols=len(block.header))
    _widths(table, _column_widths(block))
    small = 1.0 if len(block.header) > 5 else 0.0
    for position, (cell, text) in enumerate(zip(table.rows[0].cells, block.header, strict=True)):
        right = position > 0 and bool(text) and not block.words
        _fill(cell, text, size=8.5 - small, bold=True, right=right, font=SANS)
        _border(cell, "bottom", 8)
    _repeat(table.rows[0]._tr)  # noqa: SLF001 - python-docx has no interface for repeated header rows
    nothing = ((block.empty, ""), *[("", "")] * (len(block.header) - 1))
    rows = block.rows or ((nothing,) if block.empty else ())
    for at, row in enumerate(rows, start=1):
        sums = block.total and at == len(rows)
        added = table.add_row()
        _unbroken(added._tr)  # noqa: SLF001 - python-docx has no interface for rows that stay whole
        cells = added.cells
        for position, (cell, (text, _)) in enumerate(zip(cells, row, strict=True)):
            _fill(cell, text, size=9 - small, bold=sums, right=position > 0 and not block.words, font=SANS)
            _border(cell, "bottom", 4, color=PALE)
    _run(word.add_paragraph(), block.note, size=8, color=GREY, font=SANS)


def _column_widths(block: Table) -> list[float]:
    """Return the widths of a table's columns in centimetres: as declared, else a wide first one, of words equal ones."""
    count = len(block.header)
    if block.widths or block.words:
        shares = block.widths or (1.0,) * count
        return [TEXT_CM * share / sum(shares) for share in shares]
    first = min(6.4 if count > 3 else 7.4, TEXT_CM if count == 1 else TEXT_CM * 0.6)
    return [first, *[(TEXT_CM - first) / (count - 1)] * (count - 1)] if count > 1 else [TEXT_CM]


def _chart(word: WordDocument, block: Chart, document: ReportDocument) -> None:
    caption = word.add_paragraph()
    caption.paragraph_format.keep_with_next = True
    _run(caption, f"{_say(wording.FIGURE, document, n=block.number)}. {block.title}", size=9.5, bold=True, font=SANS)
    holder = word.add_paragraph()
    holder.paragraph_format.keep_with_next = True
    shape = holder.add_run().add_picture(io.BytesIO(png(block.spec)), width=Cm(12.5))
    shape._inline.docPr.set("descr", block.alt)  # noqa: SLF001 - python-docx has no interface for alternative text
    _run(word.add_paragraph(), block.note, size=8, color=GREY, font=SANS)


def _unanswered(word: WordDocument, document: ReportDocument) -> None:
    if not document.unanswered:
        return
    _heading(word, Heading(1, "", _say(wording.UNANSWERED, document)))
    paths = ", ".join(provision_label(path, document.language) for path in document.unanswered)
    word.add_paragraph(_say(wording.UNANSWERED_NOTE, document, paths=paths))


def _origins(word: WordDocument, document: ReportDocument, measures: Mapping[str, Measure]) -> None:
    _heading(word, Heading(1, "", _say(wording.PROVENANCE, document))).paragraph_format.page_break_before = True
    from_ = _say(wording.SNAPSHOT, document, names=snapshots(document))
    _run(word.add_paragraph(), from_, size=8, color=GREY, font=SANS)
    header = [words.in_(document.language) for words in wording.PROVENANCE_HEADER]
    table = word.add_table(rows=1, cols=len(header))
    _widths(table, [3.6, 2.0, 5.7, 1.3, 2.8])
    for cell, text in zip(table.rows[0].cells, header, strict=True):
        _fill(cell, text, size=8, bold=True, font=SANS)
        _border(cell, "bottom", 8)
    _repeat(table.rows[0]._tr)  # noqa: SLF001 - as above
    for origin in origins(document, measures):
        added = table.add_row()
        _unbroken(added._tr)  # noqa: SLF001 - as above
        cells = added.cells
        texts = (f"{origin.label}\n{origin.key}", origin.value, origin.rule, str(origin.records), origin.definition)
        for cell, text in zip(cells, texts, strict=True):
            _fill(cell, text, size=7.5, font=SANS)
            _border(cell, "bottom", 4, color=PALE)


def _fill(cell: Cell, text: str, *, size: float, bold: bool = False, right: bool = False, font: str = SERIF) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _run(paragraph, text, size=size, bold=bold, font=font)


def _run(
    paragraph: WordParagraph,
    text: str,
    *,
    size: float,
    bold: bool = False,
    color: RGBColor | None = None,
    font: str = SERIF,
) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.font.bold, run.font.name = Pt(size), bold, font
    if color is not None:
        run.font.color.rgb = color


def _widths(table: WordTable, widths: Sequence[float]) -> None:
    """Set column widths in centimetres; readers differ in whether they follow the column, the grid or the cell."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = Cm(width)


def _border(cell: Cell, side: str, eighths: int, *, color: str = INK) -> None:
    properties = cell._tc.get_or_add_tcPr()  # noqa: SLF001 - python-docx has no interface for borders
    borders = properties.first_child_found_in("w:tcBorders")
    if borders is None:
        borders = OxmlElement("w:tcBorders")
        properties.append(borders)
    edge = OxmlElement(f"w:{side}")
    for name, value in (("val", "single"), ("sz", str(eighths)), ("color", color)):
        edge.set(qn(f"w:{name}"), value)
    borders.append(edge)


def _repeat(row: Any) -> None:
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row.get_or_add_trPr().append(mark)


def _unbroken(row: Any) -> None:
    row.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
