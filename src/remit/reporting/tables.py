"""The tables of a product: figures beside the period before, broken down by one dimension or two, and lists."""

from __future__ import annotations

from collections.abc import Sequence

from remit.kernel.wording import Words
from remit.measures.definitions import Measure
from remit.measures.figures import Cell, Figure
from remit.reporting.dimensions import dimension_words, reading_order
from remit.reporting.document import Table
from remit.reporting.material import Listed, Material
from remit.reporting.numbers import WITHHELD, instant, number, quantity
from remit.reporting.outline import Part
from remit.reporting.typography import labelled

WORDS_NONE = Words("Nothing recorded", "Rien d’enregistré")
_TOTAL = Words("Total", "Total")
Row = tuple[tuple[str, str], ...]
_NOT_SHOWN = Words("Not shown", "Non communiqué")
_NOT_LISTED = Words(
    "Records that are stricter than this product, in a compartment or under a caveat are not listed.",
    "Les fiches plus protégées que le présent produit, cloisonnées ou sous réserve n’y figurent pas.",
)
_MORE = Words("{n} more are not listed.", "{n} autres ne figurent pas dans la liste.")


def is_withheld(figure: Figure) -> bool:
    """Return whether something of a figure is kept from the audience: all of it, a cell, or the whole breakdown."""
    gone = bool(figure.by and figure.value and not figure.cells)
    return gone or figure.withheld or any(cell.withheld for cell in figure.cells)


def source_note(material: Material, language: str) -> str:
    """Return the line under tables and charts: where the numbers come from, and as of when."""
    at = instant(material.as_of or material.written_at, language)
    source = labelled("Source", f"{material.mission.in_(language)}, Remit", language)
    return f"{source}. Situation au {at}." if language == "fr" else f"{source}. As of {at}."


_HEADINGS = {
    "en": ("", "This period", "Previous period", "Ceiling", "Share of ceiling"),
    "fr": ("", "Cette période", "Période précédente", "Plafond", "Part du plafond"),
}


def figures_table(part: Part, material: Material, language: str, position: int) -> Table:
    """Return a table of figures: beside the period before, or broken down by one dimension or two."""
    title = part.title.in_(language) if part.title else ""
    note = source_note(material, language)
    if part.across:
        return _crossed(part, material, language, position, title=title, note=note)
    if part.by:
        return _broken_down(part, material, language, position, title=title, note=note)
    rows = []
    limited = any(material.figures[key].limit is not None for key in part.figures)
    header = _HEADINGS["fr" if language == "fr" else "en"]
    for key in part.figures:
        now, before, measure = material.figures[key], material.previous.get(key), material.measures[key]
        row = [
            (measure.label.in_(language), ""),
            (value_text(now, language, measure.kind), key),
            (value_text(before, language, measure.kind), key if before else ""),
        ]
        if limited:
            part_of = now.value / now.limit if now.limit and now.value is not None else None
            row += [
                (number(now.limit, language) if now.limit is not None else "–", ""),
                (number(part_of, language, share=True, decimals=1) if part_of is not None else "–", ""),
            ]
        rows.append(tuple(row))
    return Table(position, title, header if limited else header[:3], tuple(rows), note)


def value_text(figure: Figure | Cell | None, language: str, kind: str) -> str:
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
    names = material.names[(found[0].key, part.by)]
    keys = reading_order((cell.keys[part.by] for figure in found for cell in figure.cells), names, language)
    header = ("", *(material.measures[figure.key].label.in_(language) for figure in found))
    rows = []
    for key in keys:
        cells = [next((c for c in figure.cells if c.keys[part.by] == key), None) for figure in found]
        values = [
            (cell_text(cell, material.measures[figure.key], language), figure.key)
            for cell, figure in zip(cells, found, strict=True)
        ]
        rows.append(((dimension_words(part.by, key, names, language), ""), *values))
    if not rows:
        values = [(WITHHELD if is_withheld(figure) else "–", figure.key) for figure in found]
        label = _NOT_SHOWN if any(is_withheld(figure) for figure in found) else WORDS_NONE
        rows.append(((label.in_(language), ""), *values))
    elif part.total:
        sums = [
            value_text(figure, language, material.measures[figure.key].kind) if _adds_up(figure) else "–"
            for figure in found
        ]
        rows.append(
            ((_TOTAL.in_(language), ""), *((text, figure.key) for text, figure in zip(sums, found, strict=True)))
        )
    return Table(position, title, header, tuple(rows), note, total=bool(part.total and keys))


def _adds_up(figure: Figure) -> bool:
    """Return whether a breakdown may be summed: nothing is kept back, and nothing is in two of its cells or in none."""
    known = [cell.value for cell in figure.cells]
    return not is_withheld(figure) and None not in known and sum(value or 0 for value in known) == figure.value


def _crossed(part: Part, material: Material, language: str, position: int, *, title: str, note: str) -> Table:
    """Return one figure by two dimensions: rows by the first, columns by the second, without sums of what overlaps."""
    key = part.figures[0]
    figure, measure = material.broken_down[(key, part.dimensions)], material.measures[key]
    found = {(cell.keys[part.by], cell.keys[part.across]): cell for cell in figure.cells}
    names, heads = material.names[(key, part.by)], material.names[(key, part.across)]
    rows = reading_order((row for row, _ in found), names, language)
    columns = reading_order((column for _, column in found), heads, language)
    header = ("", *(dimension_words(part.across, column, heads, language) for column in columns))
    lines = []
    for row in rows:
        values = [(cell_text(found.get((row, column)), measure, language), key) for column in columns]
        lines.append(((dimension_words(part.by, row, names, language), ""), *values))
    total = bool(part.total and lines and _adds_up(figure))
    if total:
        header, lines = _with_sums(figure, (rows, columns), header, lines, language)
    if not lines:
        label = _NOT_SHOWN if is_withheld(figure) else WORDS_NONE
        header, lines = ("", measure.label.in_(language)), [((label.in_(language), ""), ("–", key))]
    return Table(position, title, header, tuple(lines), note, total=total)


def _with_sums(
    figure: Figure,
    keys: tuple[Sequence[str], Sequence[str]],
    header: tuple[str, ...],
    lines: Sequence[Row],
    language: str,
) -> tuple[tuple[str, ...], list[Row]]:
    """Return the heading and rows of a crossed table with a column and a row of their sums."""

    def summed(key: str, by: str) -> tuple[str, str]:
        return number(sum(cell.value or 0 for cell in figure.cells if cell.keys[by] == key), language), figure.key

    by, across = figure.by
    rows, columns = keys
    word = _TOTAL.in_(language)
    wider: list[Row] = [(*line, summed(row, by)) for row, line in zip(rows, lines, strict=True)]
    last: Row = (
        (word, ""),
        *(summed(column, across) for column in columns),
        (number(figure.value, language), figure.key),
    )
    return (*header, word), [*wider, last]


def listed_table(part: Part, listed: Listed, material: Material, language: str, position: int) -> Table:
    """Return a list of records, tasks or duties as a table of words."""
    assert part.listing is not None  # noqa: S101 - a part of these kinds has one
    note = source_note(material, language)
    if part.kind == "records":
        note = f"{note} {_NOT_LISTED.in_(language)}"
    if listed.more:
        note = f"{_MORE.format(n=number(listed.more, language)).in_(language)} {note}"
    title = part.title.in_(language) if part.title else ""
    empty = (part.listing.empty or WORDS_NONE).in_(language)
    rows = tuple(tuple((text, "") for text in row) for row in listed.rows)
    return Table(position, title, listed.header, rows, note, words=True, widths=part.listing.widths, empty=empty)


def later_table(material: Material, language: str, position: int) -> Table:
    """Return the figures that are others now than at the cut-off: in the product, and now."""
    rows = []
    for key, now in material.later.items():
        measure, then = material.measures[key], material.figures[key]
        values = (value_text(then, language, measure.kind), value_text(now, language, measure.kind))
        rows.append(((measure.label.in_(language), ""), *((text, key) for text in values)))
    header = tuple(words.in_(language) for words in _LATER)
    return Table(position, _LATER_TITLE.in_(language), header, tuple(rows), _LATER_NOTE.in_(language))


_LATER = (Words("", ""), Words("At the cut-off", "À la date de clôture"), Words("Now", "À présent"))
_LATER_TITLE = Words("Figures that have changed since", "Chiffres modifiés depuis")
_LATER_NOTE = Words(
    "Not in the text above; told to the Council orally, or in the next report.",
    "Ne figure pas dans le texte ci-dessus ; à communiquer au Conseil oralement, ou dans le prochain rapport.",
)


def cell_text(cell: Cell | None, measure: Measure, language: str) -> str:
    """Return a cell in words, a dash where there is none."""
    return "–" if cell is None else value_text(cell, language, measure.kind)
