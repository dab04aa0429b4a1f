"""Compose a product: the outline filled with figures, for one period, language and audience."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from remit.kernel.errors import BadInput
from remit.kernel.periods import Period
from remit.kernel.wording import Words
from remit.measures.definitions import Measure
from remit.measures.figures import Cell, Figure
from remit.records.types import ClassificationLevel, stricter
from remit.reporting.charts import Point, chart_spec
from remit.reporting.document import Block, Chart, Heading, Paragraph, ReportDocument, Table
from remit.reporting.numbers import WITHHELD, instant, month, number, quantity, roman, span
from remit.reporting.outline import Part, Product
from remit.reporting.sentences import PLACE, Filling, fill, period_words
from remit.reporting.typography import labelled, set_document


@dataclass(frozen=True, slots=True)
class Material:
    """All that a product is made of, computed by the caller.

    ``broken_down`` holds the figures by (measure, dimension) for tables and charts, ``names`` the words of the keys of
    each of them (areas, options).
    """

    product: Product
    mission: Words
    measures: Mapping[str, Measure]
    figures: Mapping[str, Figure]
    previous: Mapping[str, Figure]
    broken_down: Mapping[tuple[str, str], Figure]
    names: Mapping[tuple[str, str], Mapping[str, Words]]
    period: Period
    as_of: datetime | None
    written_at: datetime
    audience: str = ""
    head: str = ""
    invented: bool = False
    level: ClassificationLevel = "unclassified"


def needed(product: Product) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Return the measures that a product prints, and the (measure, dimension) pairs of its tables and charts."""
    keys: dict[str, None] = {}
    pairs: dict[tuple[str, str], None] = {}
    for part in walk(product.parts):
        for words in (part.words, part.otherwise):
            for text in (words.en, words.fr) if words else ():
                keys.update((place[2], None) for place in PLACE.finditer(text) if place[2])
        keys.update(dict.fromkeys([*part.figures, *([part.when] if part.when else [])]))
        if part.by:
            pairs.update(((key, part.by), None) for key in part.figures)
    return tuple(keys), tuple(pairs)


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
    answered: list[str] = field(default_factory=list)


def compose(material: Material, language: str) -> ReportDocument:
    """Fill an outline.

    The level is at least the strictest of the measures printed. Paths that must be answered and are not, are named.

    Raises:
        BadInput: REP-011, a sentence names a figure that was not computed; REP-012, the audience may not see a figure.
    """
    product = material.product
    _allowed(material)
    numbers = _Numbers()
    blocks = tuple(_blocks(product.parts, material, language, numbers, depth=1))
    level = stricter(product.level, material.level)
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
        invented=material.invented or any(f.invented for f in material.figures.values()),
        withheld=any(_is_withheld(figure) for figure in (*material.figures.values(), *material.broken_down.values())),
        labels={key: measure.label.in_(language) for key, measure in material.measures.items()},
    )
    return set_document(composed)


def _is_withheld(figure: Figure) -> bool:
    """Return whether something of a figure is kept from the audience: all of it, a cell, or the whole breakdown."""
    gone = bool(figure.by and figure.value and not figure.cells)
    return gone or figure.withheld or any(cell.withheld for cell in figure.cells)


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
        if part.kind == "section":
            section += 1
            mark = roman(section) if depth == 1 else chr(64 + section)
            yield Heading(depth, mark, part.title.in_(language) if part.title else "")
            yield from _blocks(part.parts, material, language, numbers, depth + 1)
        elif part.kind == "paragraph":
            if paragraph := _paragraph(part, material, language, numbers):
                yield paragraph
        elif part.kind == "table":
            numbers.table += 1
            yield _table(part, material, language, numbers.table)
        elif part.kind == "chart" and _drawable(part, material):
            numbers.chart += 1
            yield _chart(part, material, language, numbers.chart)


def _paragraph(part: Part, material: Material, language: str, numbers: _Numbers) -> Paragraph | None:
    """Write a paragraph. A withheld number is not zero: its sentence stands, with […] in the number's place."""
    words = part.words
    condition = material.figures[part.when] if part.when else None
    if condition is not None and not condition.value and not condition.withheld:
        words = part.otherwise
    if words is None:
        return None
    filling = Filling(language, material.period, material.as_of, material.measures, material.figures, material.previous)
    numbers.paragraph += 1
    numbers.answered.extend(part.answers)
    return Paragraph(numbers.paragraph, fill(words.in_(language), filling), part.answers)


def source_note(material: Material, language: str) -> str:
    """Return the line under tables and charts: where the numbers come from, and as of when."""
    at = instant(material.as_of or material.written_at, language)
    source = labelled("Source", f"{material.mission.in_(language)}, Remit", language)
    return f"{source}. Situation au {at}." if language == "fr" else f"{source}. As of {at}."


_HEADINGS = {
    "en": ("", "This period", "Previous period", "Ceiling", "Share of ceiling"),
    "fr": ("", "Cette période", "Période précédente", "Plafond", "Part du plafond"),
}


def _table(part: Part, material: Material, language: str, position: int) -> Table:
    title = part.title.in_(language) if part.title else ""
    note = source_note(material, language)
    if part.by:
        return _broken_down(part, material, language, position, title=title, note=note)
    rows = []
    limited = any(material.figures[key].limit is not None for key in part.figures)
    header = _HEADINGS["fr" if language == "fr" else "en"]
    for key in part.figures:
        now, before, measure = material.figures[key], material.previous.get(key), material.measures[key]
        row = [
            (measure.label.in_(language), ""),
            (_value_text(now, language, measure.kind), key),
            (_value_text(before, language, measure.kind), key if before else ""),
        ]
        if limited:
            part_of = now.value / now.limit if now.limit and now.value is not None else None
            row += [
                (number(now.limit, language) if now.limit is not None else "–", ""),
                (number(part_of, language, share=True, decimals=1) if part_of is not None else "–", ""),
            ]
        rows.append(tuple(row))
    return Table(position, title, header if limited else header[:3], tuple(rows), note)


def _value_text(figure: Figure | Cell | None, language: str, kind: str) -> str:
    """Return a number of a table; an approximate one says so, a withheld one is not told."""
    if figure is None:
        return number(None, language)
    if figure.withheld:
        return WITHHELD
    bound = (
        ("au moins " if language == "fr" else "at least ") if figure.lower_bound and figure.value is not None else ""
    )
    return bound + quantity(figure.value, language, kind)


def _broken_down(part: Part, material: Material, language: str, position: int, *, title: str, note: str) -> Table:
    found = [material.broken_down[(key, part.by)] for key in part.figures]
    keys = sorted({cell.keys[part.by] for figure in found for cell in figure.cells}, key=lambda key: (not key, key))
    names = material.names[(found[0].key, part.by)]
    header = ("", *(material.measures[figure.key].label.in_(language) for figure in found))
    rows = []
    for key in keys:
        cells = [next((c for c in figure.cells if c.keys[part.by] == key), None) for figure in found]
        values = [
            (_cell_text(cell, material.measures[figure.key], language), figure.key)
            for cell, figure in zip(cells, found, strict=True)
        ]
        rows.append(((dimension_words(part.by, key, names, language), ""), *values))
    if not rows:
        values = [(WITHHELD if _is_withheld(figure) else "–", figure.key) for figure in found]
        label = _NOT_SHOWN if any(_is_withheld(figure) for figure in found) else _NOTHING
        rows.append(((label.in_(language), ""), *values))
    return Table(position, title, header, tuple(rows), note)


_NOTHING = Words("Nothing recorded", "Rien d’enregistré")
_NOT_SHOWN = Words("Not shown", "Non communiqué")


def _cell_text(cell: Cell | None, measure: Measure, language: str) -> str:
    return "–" if cell is None else _value_text(cell, language, measure.kind)


def dimension_words(dimension: str, key: str, names: Mapping[str, Words], language: str) -> str:
    """Return the words of a breakdown's key: a month, an area, an option; "not stated" where it is empty."""
    if not key:
        return "non précisé" if language == "fr" else "not stated"
    if dimension == "month":
        return month(date.fromisoformat(f"{key[:7]}-01"), language)
    if dimension == "quarter" and language == "fr":
        return f"{key[-1]}e trimestre {key[:4]}".replace("1e ", "1er ")
    return names[key].in_(language) if key in names else key


def _drawable(part: Part, material: Material) -> bool:
    """Return whether there is anything to draw: a chart of nothing says nothing that its paragraph has not said."""
    return any(cell.value for cell in material.broken_down[(part.figures[0], part.by)].cells)


def _chart(part: Part, material: Material, language: str, position: int) -> Chart:
    key = part.figures[0]
    figure = material.broken_down[(key, part.by)]
    measure = material.measures[key]
    names = material.names[(key, part.by)]
    named = [(dimension_words(part.by, cell.keys[part.by], names, language), cell) for cell in figure.cells]
    unit, size = measure.unit, 1
    if measure.kind == "elapsed":
        size, _, unit = span(max((abs(cell.value) for cell in figure.cells if cell.value is not None), default=0))
    points = [
        Point(
            name,
            cell.value if cell.value is None or size == 1 else cell.value / size,
            _cell_text(cell, measure, language),
        )
        for name, cell in named
    ]
    title = part.title.in_(language) if part.title else measure.label.in_(language)
    said = "; ".join(labelled(name, _cell_text(cell, measure, language), language) for name, cell in named)
    return Chart(
        number=position,
        title=title,
        spec=chart_spec(
            points,
            mark=str(part.settings.get("mark", "bar")),
            unit=unit.in_(language),
            share=measure.kind == "share",
            language=language,
        ),
        alt=f"{title}, {period_words(material.period, language)}. {said}.",
        note=source_note(material, language),
        figure=key,
    )
