"""Two figures → their ratio: so many of one to so many of the other, for the total and for each cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from remit.kernel.periods import Period, years
from remit.measures.aggregates import plain
from remit.measures.breakdowns import time_parts
from remit.measures.definitions import TIMES, Measure
from remit.measures.figures import Cell, Figure, Number


def ratio(measure: Measure, above: Figure, below: Figure) -> Figure:
    """Return the ratio of two figures of one period and one snapshot: above / below × ``settings.per``.

    With ``settings.yearly`` what stands below is a number of people or things that stood all the time, and is counted in
    years: 12,000 personnel over half a year are 6,000 personnel-years.

    Not defined where either is not, or where nothing stands below: no rate is 0 because nobody was there to be counted.
    The records above are those of the numerator; those of the figure are of both.
    """
    lengths = _lengths(measure, above)
    others = {tuple(cell.keys.values()): cell for cell in below.cells}
    keys = dict.fromkeys((*(tuple(cell.keys.values()) for cell in above.cells), *others))
    firsts = {tuple(cell.keys.values()): cell for cell in above.cells}
    order = [name for name in above.by if name in TIMES]
    cells = [
        _cell(measure, dict(zip(above.by, key, strict=True)), firsts.get(key), others.get(key), lengths) for key in keys
    ]
    whole = years(above.period) if measure.settings.get("yearly") else 1
    denominator = _denominator(below.value, whole)
    return replace(
        above,
        key=measure.key,
        kind=measure.kind,
        value=_over(measure, above.value, denominator),
        unit=measure.unit.en,
        rule=measure.rule.en,
        version=measure.version,
        definition=measure.digest,
        record_ids=tuple(sorted({*above.record_ids, *below.record_ids})),
        numerator=above.value,
        denominator=denominator,
        numerator_ids=above.record_ids,
        cells=tuple(sorted(cells, key=lambda cell: tuple(cell.keys.values()))) if order else tuple(cells),
        lower_bound=above.lower_bound and not below.lower_bound,
        limit=None,
        invented=above.invented or below.invented,
        unknown=above.unknown + below.unknown,
        overlapping=above.overlapping or below.overlapping,
    )


def _cell(
    measure: Measure, keys: Mapping[str, str], above: Cell | None, below: Cell | None, lengths: Mapping[str, float]
) -> Cell:
    length = next((lengths[key] for name, key in keys.items() if name in TIMES and key in lengths), lengths.get("", 1))
    # A breakdown of what stands above without anything in a cell is 0 there, where its total is known at all.
    numerator = above.value if above else 0
    denominator = _denominator(below.value if below else None, length)
    ids = {*(above.record_ids if above else ()), *(below.record_ids if below else ())}
    return Cell(
        keys,
        _over(measure, numerator, denominator),
        tuple(sorted(ids)),
        numerator=numerator,
        denominator=denominator if denominator is not None else 0,
        lower_bound=bool(above and above.lower_bound and not (below and below.lower_bound)),
    )


def _lengths(measure: Measure, above: Figure) -> dict[str, float]:
    """Return the years of the period (under "") and of its parts by key; 1 where the ratio is not of years."""
    if not measure.settings.get("yearly"):
        return {"": 1}
    found: dict[str, float] = {"": years(above.period)}
    for name in above.by:
        if name in TIMES:
            parts: Mapping[str, Period] = time_parts(name, above.period, measure.year_from)
            found |= {key: years(part) for key, part in parts.items()}
    return found


def _denominator(value: Number | None, length: float) -> Number | None:
    return None if value is None else value if length == 1 else plain(float(value) * length)


def _over(measure: Measure, above: Number | None, below: Number | None) -> Number | None:
    if above is None or not below:
        return None
    return plain(float(above) / float(below) * float(measure.settings.get("per", 1)))
