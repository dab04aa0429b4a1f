"""Compose a product: the outline filled with figures, lists and passages, for one period, language and audience."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from remit.kernel.errors import BadInput
from remit.kernel.wording import Words
from remit.records.types import ClassificationLevel, stricter
from remit.reporting.document import Block, Heading, Paragraph, ReportDocument
from remit.reporting.drawings import area_map, chart, drawable
from remit.reporting.material import Material
from remit.reporting.numbers import roman
from remit.reporting.outline import Part, Product
from remit.reporting.sentences import PLACE, Filling, fill
from remit.reporting.tables import figures_table, is_withheld, later_table, listed_table
from remit.reporting.typography import set_document

LISTS = ("records", "tasks", "duties")


def needed(product: Product, passages: Iterable[str] = ()) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Return the measures that a product prints, and the (measure, dimensions) pairs of its tables, charts and maps.

    Args:
        product: whose outline is walked.
        passages: the texts that people wrote for it: figures stand in them as in the outline.
    """
    keys: dict[str, None] = {}
    pairs: dict[tuple[str, str], None] = {}
    for part in walk(product.parts):
        for words in (part.words, part.otherwise):
            for text in (words.en, words.fr) if words else ():
                keys.update(dict.fromkeys(figures_named(text)))
        keys.update(dict.fromkeys([*part.figures, *([part.when] if part.when else [])]))
        if part.by:
            pairs.update(((key, part.dimensions), None) for key in part.figures)
    for text in passages:
        keys.update(dict.fromkeys(figures_named(text)))
    return tuple(keys), tuple(pairs)


def figures_named(text: str) -> Iterator[str]:
    """Yield the keys of the figures that stand in a text, in order."""
    for place in PLACE.finditer(text):
        if place[2] and place[1] != "note":
            yield place[2]


def walk(parts: tuple[Part, ...]) -> Iterator[Part]:
    """Yield every part of an outline, sections before what they hold."""
    for part in parts:
        yield part
        yield from walk(part.parts)


@dataclass
class _Numbers:
    paragraph: int = 0
    table: int = 0
    chart: int = 0
    annex: int = 0
    answered: list[str] = field(default_factory=list)
    unwritten: list[str] = field(default_factory=list)
    level: ClassificationLevel = "unclassified"
    invented: bool = False


def compose(material: Material, language: str) -> ReportDocument:
    """Fill an outline.

    The level is at least the strictest of the measures printed. Paths that must be answered and are not, are named.

    Raises:
        BadInput: REP-011, a sentence names a figure that was not computed; REP-012, the audience may not see a figure.
    """
    product = material.product
    _allowed(material)
    numbers = _Numbers()
    blocks = (
        *_blocks(product.parts, material, language, numbers, depth=1),
        *_known_later(material, language, numbers),
    )
    level = stricter(stricter(product.level, material.level), numbers.level)
    for key in material.figures:
        level = stricter(level, material.measures[key].level)
    masthead = {k: v.in_(language) if isinstance(v, Words) else str(v) for k, v in product.masthead.items()}
    composed = ReportDocument(
        product=product.key,
        version=product.version,
        language=language,
        audience=material.audience,
        title=product.title.in_(language),
        mission=material.mission.in_(language),
        masthead=masthead,
        period=material.period,
        as_of=material.as_of,
        written_at=material.written_at,
        level=level,
        blocks=blocks,
        figures=material.figures,
        previous=material.previous,
        unanswered=tuple(p for p in product.must_answer if not _is_answered(p, numbers.answered)),
        internal=not material.audience,
        head=material.head,
        invented=material.invented or numbers.invented or any(f.invented for f in material.figures.values()),
        withheld=any(is_withheld(figure) for figure in (*material.figures.values(), *material.broken_down.values())),
        labels={key: measure.label.in_(language) for key, measure in material.measures.items()},
        unwritten=tuple(numbers.unwritten),
        word_limit=product.word_limit,
    )
    return set_document(composed)


def _allowed(material: Material) -> None:
    if not material.audience:
        return
    refused = [k for k in material.figures if material.audience not in material.measures[k].audiences]
    if refused:
        raise BadInput.of(
            "REP-012",
            f"The product prints figures that are not for the audience {material.audience}: {', '.join(refused)}.",
            f"Le produit imprime des chiffres qui ne sont pas destinés au public {material.audience} : {', '.join(refused)}.",
            do_en="Take them out of the outline, or declare the audience in the measures.",
            do_fr="Retirez-les du plan, ou déclarez ce public dans les mesures.",
        )


def _is_answered(path: str, answered: list[str]) -> bool:
    return any(a == path or a.startswith(path + ".") or path.startswith(a + ".") for a in answered)


def _blocks(
    parts: tuple[Part, ...], material: Material, language: str, numbers: _Numbers, depth: int
) -> Iterator[Block]:
    section = 0
    for part in parts:
        title = part.title.in_(language) if part.title else ""
        if part.kind == "annex":
            numbers.annex += 1
            yield Heading(1, f"{ANNEX.in_(language)} {roman(numbers.annex)}", title, annex=True)
            yield from _blocks(part.parts, material, language, numbers, 2)
        elif part.kind == "section":
            section += 1
            yield Heading(depth, roman(section) if depth == 1 else chr(64 + section), title)
            yield from _blocks(part.parts, material, language, numbers, depth + 1)
        elif part.kind == "paragraph":
            if paragraph := _paragraph(part, material, language, numbers):
                yield paragraph
        elif part.kind == "passage":
            yield from _passage(part, material, language, numbers)
        else:
            yield from _drawn(part, material, language, numbers)


ANNEX = Words("Annex", "Annexe")


def _known_later(material: Material, language: str, numbers: _Numbers) -> Iterator[Block]:
    """Yield, in an internal draft, the figures that changed after the cut-off: they are not in the text above."""
    if material.later:
        numbers.table += 1
        yield Heading(1, "", LATER.in_(language), annex=True)
        yield later_table(material, language, numbers.table)


LATER = Words("Became known after the cut-off", "Connu après la date de clôture")


def _drawn(part: Part, material: Material, language: str, numbers: _Numbers) -> Iterator[Block]:
    """Yield a table, a list, a chart or a map."""
    if part.kind in LISTS:
        listed = material.listed(part, language)
        numbers.table += 1
        numbers.level, numbers.invented = stricter(numbers.level, listed.level), numbers.invented or listed.invented
        if listed.rows:
            numbers.answered.extend(part.answers)
        yield listed_table(part, listed, material, language, numbers.table)
    elif part.kind == "table":
        numbers.table += 1
        yield figures_table(part, material, language, numbers.table)
    elif drawable(part, material):
        numbers.chart += 1
        draw = area_map if part.kind == "map" else chart
        yield draw(part, material, language, numbers.chart)


def _filling(part: Part, material: Material, language: str) -> Filling:
    return Filling(
        language, material.period, material.as_of, material.measures, material.figures, material.previous,
        tuple(note.in_(language) for note in part.notes),
    )  # fmt: skip


def _paragraph(part: Part, material: Material, language: str, numbers: _Numbers) -> Paragraph | None:
    """Write a paragraph. A withheld number is not zero: its sentence stands, with […] in the number's place."""
    words = part.words
    condition = material.figures[part.when] if part.when else None
    if condition is not None and not condition.value and not condition.withheld:
        words = part.otherwise
    if words is None:
        return None
    numbers.paragraph += 1
    numbers.answered.extend(part.answers)
    return Paragraph(numbers.paragraph, fill(words.in_(language), _filling(part, material, language)), part.answers)


def _passage(part: Part, material: Material, language: str, numbers: _Numbers) -> Iterator[Paragraph]:
    """Yield the paragraphs that somebody wrote; where nobody did, what is wanted stands in the internal copy."""
    assert part.passage is not None  # noqa: S101 - a part of this kind has one
    text = material.passages.get((part.key, language), "")
    if not text.strip():
        if part.passage.required:
            numbers.unwritten.append(part.key)
        if not material.audience:
            numbers.paragraph += 1
            runs = fill(part.passage.prompt.in_(language), _filling(part, material, language))
            yield Paragraph(numbers.paragraph, runs, part.answers, part.key, unwritten=True)
        return
    numbers.answered.extend(part.answers)
    for block in text.replace("\r\n", "\n").split("\n\n"):
        if block.strip():
            numbers.paragraph += 1
            runs = fill(" ".join(block.split()), _filling(part, material, language))
            yield Paragraph(numbers.paragraph, runs, part.answers, part.key)
