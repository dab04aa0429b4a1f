"""The charts and maps of a product: one specification each for page, Word and PDF."""

from __future__ import annotations

from remit.kernel.wording import Words
from remit.measures.definitions import FRACTIONS, Measure
from remit.measures.figures import Cell
from remit.reporting.charts import Point, chart_spec
from remit.reporting.dimensions import dimension_words, reading_order
from remit.reporting.document import Chart
from remit.reporting.maps import Shape, map_spec
from remit.reporting.material import Material
from remit.reporting.numbers import span
from remit.reporting.outline import Part
from remit.reporting.sentences import period_words
from remit.reporting.tables import cell_text, source_note
from remit.reporting.typography import labelled


def drawable(part: Part, material: Material) -> bool:
    """Return whether there is anything to draw: a chart of nothing says nothing that its paragraph has not said."""
    return any(cell.value for cell in material.broken_down[(part.figures[0], part.dimensions)].cells)


def chart(part: Part, material: Material, language: str, position: int) -> Chart:
    """Return a chart of one figure by one dimension."""
    key = part.figures[0]
    figure = material.broken_down[(key, part.by)]
    measure = material.measures[key]
    names = material.names[(key, part.by)]
    cells = {cell.keys[part.by]: cell for cell in figure.cells}
    named = [
        (dimension_words(part.by, one, names, language), cells[one]) for one in reading_order(cells, names, language)
    ]
    unit, size = measure.unit, 1
    if measure.kind == "elapsed":
        size, _, unit = span(max((abs(cell.value) for cell in figure.cells if cell.value is not None), default=0))
    points = [
        Point(
            name,
            cell.value if cell.value is None or size == 1 else cell.value / size,
            cell_text(cell, measure, language),
        )
        for name, cell in named
    ]
    title = part.title.in_(language) if part.title else measure.label.in_(language)
    said = "; ".join(labelled(name, cell_text(cell, measure, language), language) for name, cell in named)
    return Chart(
        number=position,
        title=title,
        spec=chart_spec(
            points,
            mark=str(part.settings.get("mark", "bar")),
            unit=unit.in_(language),
            share=measure.kind in FRACTIONS,
            language=language,
        ),
        alt=f"{title}, {period_words(material.period, language)}. {said}.",
        note=source_note(material, language),
        figure=key,
    )


def area_map(part: Part, material: Material, language: str, position: int) -> Chart:
    """Return a map of one figure by area: the darker the more, with the number in each area; nothing where none is known."""
    key = part.figures[0]
    figure, measure = material.broken_down[(key, part.by)], material.measures[key]
    found = {cell.keys[part.by]: cell for cell in figure.cells}
    outlines = material.areas.get(part.by, ())
    shapes = [
        Shape(one.label.in_(language), one.rings, *_on_map(found.get(one.key), measure, language)) for one in outlines
    ]
    title = part.title.in_(language) if part.title else measure.label.in_(language)
    names = {one.key: one.label.in_(language) for one in outlines}
    said = "; ".join(
        labelled(names.get(place, place), cell_text(cell, measure, language), language) for place, cell in found.items()
    )
    note = source_note(material, language)
    if any(one.approximate for one in outlines):
        note += _SKETCH.in_(language)
    return Chart(
        number=position,
        title=title,
        spec=map_spec(shapes),
        alt=f"{title}, {period_words(material.period, language)}. {said}.",
        note=note,
        figure=key,
    )


_SKETCH = Words(
    " Areas are approximate; the boundaries and names shown imply no official endorsement or acceptance.",
    " Les zones sont approximatives ; les frontières et noms indiqués n’impliquent ni reconnaissance ni acceptation officielle.",
)


def _on_map(cell: Cell | None, measure: Measure, language: str) -> tuple[float | None, str]:
    return (None, "") if cell is None else (cell.value, cell_text(cell, measure, language))
