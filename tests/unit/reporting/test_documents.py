"""Word and HTML: they open, they are whole, and they say what they are."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any

import docx
import pytest
from docx.document import Document as WordDocument

from remit.kernel.errors import BadInput
from remit.measures.definitions import Measure
from remit.reporting.charts import png, svg
from remit.reporting.compose import compose
from remit.reporting.document import Chart, Heading, ReportDocument, Table
from remit.reporting.docx import to_docx
from remit.reporting.html import to_html
from remit.reporting.material import Material
from remit.reporting.outline import Part
from tests.unit.reporting.factories import BEFORE, QUARTER, cells, figure, material, measure, words

SHOTS, MONTHS = (
    figure("shots", 4),
    figure("shots", 4, by=("month",), cells=cells("month", ("2020-03", 0), ("2020-04", 4))),
)
PARTS = (
    Part("section", title=words("What happened", "Ce qui s’est passé"), parts=(
        Part("paragraph", words("There were {figure:shots|shot|shots}.", "Il y a eu {figure:shots|tir|tirs}."), answers=("14.i",)),
        Part("table", title=words("Shots", "Tirs"), figures=("shots",)),
        Part("section", title=words("By month", "Par mois"), parts=(
            Part("table", title=words("Shots by month", "Tirs par mois"), figures=("shots",), by="month"),
            Part("chart", title=words("Shots by month", "Tirs par mois"), figures=("shots",), by="month"),
        )),
    )),
    Part("section", title=words("What was done", "Ce qui a été fait"), parts=(
        Part("paragraph", words("Nothing & <nobody>.", "Rien & <personne> ; vraiment.")),
    )),
)  # fmt: skip


def whole(**named: Any) -> Material:
    """Return a product with every kind of part."""
    return material(*PARTS, figures=(SHOTS, MONTHS), **named)


def composed(language: str = "en", **named: Any) -> tuple[ReportDocument, Mapping[str, Measure]]:
    """Return the composed product, and its measures."""
    given = whole(**named)
    return compose(given, language), given.measures


def word_of(language: str = "en", **named: Any) -> WordDocument:
    """Return the Word document, opened."""
    return docx.Document(io.BytesIO(to_docx(*composed(language, **named))))


class Reader(HTMLParser):
    """Reads a page as strictly as HTML allows: tags that close in order, addresses, and texts of alternatives."""

    VOID = frozenset({"meta", "br", "img", "link"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.addresses: list[str] = []
        self.alternatives: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag that opens."""
        self.tags.append(tag)
        if tag not in self.VOID:
            self.open.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("src", "href", "srcset", "action")]
        self.alternatives += [value or "" for name, value in attrs if name == "alt"]

    def handle_endtag(self, tag: str) -> None:
        """Close the tag that was opened last."""
        assert self.open.pop() == tag


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("audience", ["", "council"])
def test_a_page_is_well_formed_and_fetches_nothing(language: str, audience: str) -> None:
    named = {"audience": audience, "measures": {"shots": measure("shots", audiences=("council",))}} if audience else {}
    page = to_html(*composed(language, **named))
    reader = Reader()
    reader.feed(page)
    reader.close()
    assert reader.open == []
    assert reader.addresses and all(address.startswith("data:image/svg+xml;base64,") for address in reader.addresses)
    assert not re.search(r"url\(\s*['\"]?\s*(https?:)?//|@import", page)
    assert f'<html lang="{language}">' in page and "<script" not in page
    assert all(reader.alternatives)


def test_words_from_outside_cannot_become_markup() -> None:
    page = to_html(*composed())
    assert "<nobody>" not in page and "&lt;nobody&gt;" in page


def test_a_word_document_has_headings_numbered_paragraphs_tables_and_a_picture_with_words() -> None:
    word = word_of()
    headings = [
        (p.style.name, p.text) for p in word.paragraphs if p.style is not None and p.style.name.startswith("Heading")
    ]
    assert headings[:3] == [
        ("Heading 1", "I.\tWhat happened"),
        ("Heading 2", "A.\tBy month"),
        ("Heading 1", "II.\tWhat was done"),
    ]
    black = {str(run.font.color.rgb) for p in word.paragraphs if p.text in dict(headings).values() for run in p.runs}
    assert black <= {"000000"}
    numbers = [int(found[1]) for p in word.paragraphs if (found := re.match(r"(\d+)\.\t", p.text))]
    assert numbers == [1, 2]
    assert [[cell.text for cell in row.cells] for row in word.tables[2].rows][1:] == [
        ["March 2020", "0"],
        ["April 2020", "4"],
    ]
    pictures = word.element.xpath("//wp:docPr")
    assert [p.get("descr") for p in pictures] == [
        "Shots by month, 16\u00a0March to 15\u00a0June 2020. March 2020: 0; April 2020: 4."
    ]


def test_both_forms_say_whose_it_is_and_that_it_is_invented() -> None:
    word, page = word_of("fr", invented=True), to_html(*composed("fr", invented=True))
    head = word.tables[0]
    assert head.cell(0, 0).text == "Nations Unies" and head.cell(1, 0).text == "Conseil"
    assert "Distr.\u00a0: Générale" in head.cell(1, 1).text
    assert "Inventé" in word.sections[0].header.paragraphs[0].text and "Inventé" in page
    assert "Inventé" not in to_html(*composed("fr"))
    assert "Tête du journal\u00a0: 2:20:abc" in word.sections[0].footer.paragraphs[0].text
    assert "Tête du journal\u00a0: 2:20:abc" in page


@pytest.mark.parametrize(
    ("level", "en", "fr"),
    [
        ("unclassified", "", ""),
        ("confidential", "CONFIDENTIAL", "CONFIDENTIEL"),
        ("strictly-confidential", "STRICTLY CONFIDENTIAL", "STRICTEMENT CONFIDENTIEL"),
    ],
)
def test_the_level_stands_on_every_page_and_is_that_of_the_strictest_figure(level: Any, en: str, fr: str) -> None:
    measures = {"shots": measure("shots", level=level)}
    for language, said in (("en", en), ("fr", fr)):
        header = word_of(language, measures=measures).sections[0].header.paragraphs[0].text
        assert header == said
        assert (said in to_html(*composed(language, measures=measures))) if said else True


def test_the_internal_copy_says_where_figures_come_from_and_the_public_one_does_not() -> None:
    public = {"audience": "council", "measures": {"shots": measure("shots", audiences=("council",))}}
    inside, outside = (" ".join(texts(word_of(**named))) for named in ({}, public))  # type: ignore[arg-type]
    for mark in ("[shots; para. 14 (i)]", "block-000001-aaaa", "All of them; none twice.", "0123456789ab"):
        assert mark in inside and mark not in outside
    page_in, page_out = to_html(*composed()), to_html(*composed(**public))
    for mark in ('class="margin"', 'class="answers"', "block-000001-aaaa", "0123456789ab"):
        assert mark in page_in and mark not in page_out


def texts(word: WordDocument) -> list[str]:
    """Return all that a Word document says."""
    return [p.text for p in word.paragraphs] + [
        cell.text for table in word.tables for row in table.rows for cell in row.cells
    ]


def test_a_duty_without_an_answer_is_named_in_the_internal_copy() -> None:
    document, measures = composed(must_answer=("14", "14.i", "15"))
    assert document.unanswered == ("15",)  # a paragraph that answers an item answers its paragraph too
    assert "para. 15" in to_html(document, measures)
    assert any("para. 15" in text for text in texts(docx.Document(io.BytesIO(to_docx(document, measures)))))


def test_a_figure_that_is_not_for_the_audience_is_refused_by_name() -> None:
    with pytest.raises(BadInput) as refused:
        composed(audience="council")
    assert refused.value.code == "REP-012" and "shots" in refused.value.text()


def test_sections_and_tables_are_counted_and_headings_nest() -> None:
    document, _ = composed("fr")
    assert [(b.depth, b.number) for b in document.blocks if isinstance(b, Heading)] == [(1, "I"), (2, "A"), (1, "II")]
    assert [b.number for b in document.blocks if isinstance(b, Table | Chart)] == [1, 2, 1]


def test_what_is_unlikely_is_left_out_or_put_otherwise() -> None:
    none, some = figure("shots", 0), Part("paragraph", words("Shots: {figure:shots}."), words("No shot."), when="shots")
    silent = Part("paragraph", words("Shots."), when="shots")
    document = compose(material(some, silent, figures=(none,)), "en")
    assert [p.text for p in document.paragraphs()] == ["No shot."]
    withheld = figure("shots", None, withheld=True)
    document = compose(material(some, silent, figures=(withheld,)), "en")
    assert [p.text for p in document.paragraphs()] == ["Shots: […].", "Shots."]
    assert document.withheld


def test_a_chart_of_nothing_is_not_drawn_and_a_gap_is_not_zero() -> None:
    part = Part("chart", figures=("shots",), by="month")
    empty = figure("shots", 0, by=("month",), cells=cells("month", ("2020-03", 0), ("2020-04", 0)))
    assert not compose(material(part, figures=(empty,)), "en").blocks
    gap = figure("shots", 3, by=("month",), cells=cells("month", ("2020-03", 3), ("2020-04", None), ("2020-05…", None)))
    [chart] = compose(material(part, figures=(gap,)), "fr").blocks
    assert isinstance(chart, Chart)
    assert [row["value"] for row in chart.spec["data"]["values"]] == [3, None, None]
    assert "avril 2020\u00a0: non disponible" in chart.alt and "mai 2020\u00a0: […]" in chart.alt
    drawing = svg(chart.spec)
    assert all(name in drawing for name in ("mars 2020", "avril 2020", "mai 2020", "[…]"))
    assert png(chart.spec).startswith(b"\x89PNG")


def test_a_table_against_a_ceiling_and_the_period_before() -> None:
    now, before = figure("shots", 1500, limit=2000, lower_bound=True), figure("shots", 900, period=BEFORE)
    given = material(Part("table", figures=("shots",)), figures=(now,), previous={"shots": before})
    [table] = compose(given, "en").blocks
    assert isinstance(table, Table)
    assert table.header == ("", "This period", "Previous period", "Ceiling", "Share of ceiling")
    assert [text for text, _ in table.rows[0]] == ["Shots", "at least 1,500", "900", "2,000", "75.0 per cent"]


def test_a_breakdown_says_its_keys_in_words_and_puts_the_unstated_last() -> None:
    part = Part("table", figures=("shots",), by="island")
    by = figure("shots", 3, by=("island",), cells=cells("island", ("", 1), ("north", 2), ("zzz", 0)))
    names = {("shots", "island"): {"north": words("North Isle", "Île du Nord")}}
    [table] = compose(material(part, figures=(by,), names=names), "fr").blocks
    assert isinstance(table, Table)
    assert [row[0][0] for row in table.rows] == ["Île du Nord", "zzz", "non précisé"]


def test_a_breakdown_of_nothing_and_one_that_may_not_be_shown_are_told_apart() -> None:
    part = Part("table", figures=("shots",), by="island")
    names: dict[tuple[str, str], dict[str, Any]] = {("shots", "island"): {}}
    for value, label, shown in ((0, "Nothing recorded", "–"), (3, "Not shown", "[…]")):
        [table] = compose(material(part, figures=(figure("shots", value, by=("island",)),), names=names), "en").blocks
        assert isinstance(table, Table)
        assert [text for text, _ in table.rows[0]] == [label, shown]


def test_the_period_stands_in_the_title_line() -> None:
    assert QUARTER.last.day == 15
    assert "16\u00a0March to 15\u00a0June 2020" in to_html(*composed())
