"""Disclosure control: what an audience may see of a figure without finding out about single people.

A cell is small when it counts fewer than the smallest cell, but is not zero: it is withheld (primary suppression), and so
are as many others as it takes that no withheld number can be worked out from the totals (complementary suppression).
Totals of rows and columns are taken as known wherever the same measure by that one breakdown would show them, so that
two tables of one figure do not give each other away. A true zero is shown unless the measure declares otherwise.

Method: A. Hundepool et al., Statistical Disclosure Control (Wiley, 2012), ch. 4. It guards against exact deduction, not
against narrow ranges, and not against what a reader knows from elsewhere.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from remit.measures.definitions import OF_TWO, STANDING, TIMES
from remit.measures.exposure import Key, exposed, table_edges
from remit.measures.faults import bad
from remit.measures.figures import Cell, Figure

_BY_RECORDS = ("elapsed", "days-since", "survival", "score")
"""Kinds of which a value says nothing of how many it rests on: they are judged by their records."""
Vector = tuple[float, ...]
"""What must not be found out of a cell: its number, or for a share denominator and numerator."""


@dataclass(frozen=True, slots=True)
class _Rule:
    """What is small, and whether zeros are shown."""

    smallest: int
    zeros_shown: bool
    whole: bool
    nested: bool = True
    """Of a share: what is counted above is part of what is counted below, so that the rest must not be small either."""

    def small(self, vector: Vector) -> bool:
        """Return whether a cell may not be shown: too few counted, too few in the numerator, or too few outside it."""
        rest = [vector[0] - vector[1]] if len(vector) == 2 and self.nested else []
        parts = [abs(part) for part in (*vector, *rest)]
        if self.zeros_shown:
            return any(0 < part < self.smallest for part in parts)
        return any(part < self.smallest for part in parts[:1]) or any(0 < part < self.smallest for part in parts[1:])

    def least(self, system: int) -> float:
        """Return what a reader knows a withheld number to be at least."""
        return 1 if self.zeros_shown and self.whole and system == 0 else 0


def disclose(figure: Figure, smallest_cell: int, *, outside: bool = False, zeros_shown: bool = True) -> Figure:
    """Return the figure as an audience may see it.

    Args:
        figure: the figure as computed, with its records.
        smallest_cell: the smallest number shown; 0 leaves the figure untouched.
        outside: the audience has no access to records: their ids are dropped in any case. Where something may be
            withheld they are dropped too, since they could be counted.
        zeros_shown: whether a true zero may be shown.

    Raises:
        BadInput: MEA-031, an elapsed time does not list its records, so that nobody can say how many it rests on.
    """
    if smallest_cell <= 0:
        return _without_records(figure) if outside else figure
    vectors = {tuple(cell.keys.values()): _vector(figure, cell) for cell in figure.cells}
    known = {key: vector for key, vector in vectors.items() if vector is not None}
    whole = all(float(part).is_integer() for vector in known.values() for part in vector)
    rule = _Rule(smallest_cell, zeros_shown, whole, figure.kind not in OF_TWO)
    total = _vector(figure, figure)
    hidden = total is not None and rule.small(total)
    withheld = _withheld(figure, known, rule, total_shown=not hidden)
    if withheld is None:
        shown: tuple[Cell, ...] = ()
    else:
        shown = tuple(
            _withhold(c) if tuple(c.keys.values()) in withheld else replace(c, record_ids=()) for c in figure.cells
        )
    seen = replace(_without_records(figure), cells=shown)
    if not hidden:
        return seen
    return replace(seen, value=None, numerator=None, denominator=None, unknown=0, withheld=True, lower_bound=False)


def _withheld(figure: Figure, cells: Mapping[Key, Vector], rule: _Rule, *, total_shown: bool) -> set[Key] | None:
    """Return the keys of the cells to withhold; ``None`` where no part of the breakdown can be shown."""
    times = [place for place, name in enumerate(figure.by) if name in TIMES]
    if figure.kind == "cumulative" and times and _steps_are_small(cells, times[0], rule):
        return None
    small = {key for key, vector in cells.items() if rule.small(vector)}
    if not small:
        return small
    if figure.overlapping or figure.kind in _BY_RECORDS or figure.kind == "distinct":
        return small  # their cells do not add up to anything
    if len(figure.by) > 2:
        return None
    if figure.kind not in STANDING or not times:
        return complete(cells, rule, total_shown=total_shown)
    # A stock by month stands once a month: each month is a table of its own, with its own total.
    found: set[Key] = set()
    for time in {key[times[0]] for key in cells}:
        rest = {key[: times[0]] + key[times[0] + 1 :]: v for key, v in cells.items() if key[times[0]] == time}
        if rest.keys() == {()}:
            chosen: set[Key] | None = {()} if rule.small(rest[()]) else set()
        else:
            chosen = complete(rest, rule, total_shown=not rule.small(_sum(rest.values())))
        if chosen is None:
            return None
        found |= {(*key[: times[0]], time, *key[times[0] :]) for key in chosen}
    return found


def _steps_are_small(cells: Mapping[Key, Vector], time: int, rule: _Rule) -> bool:
    """Return whether what came from one part of the period to the next is small: it is told by subtracting running totals."""
    lines: dict[Key, list[tuple[str, Vector]]] = {}
    for key, vector in cells.items():
        lines.setdefault((*key[:time], *key[time + 1 :]), []).append((key[time], vector))
    for line in lines.values():
        ordered = [vector for _, vector in sorted(line)]
        steps = [(after[0] - before[0],) for before, after in itertools.pairwise(ordered)]
        if any(rule.small(step) for step in (*ordered[:1], *steps)):
            return True
    return False


def complete(cells: Mapping[Key, Vector], rule: _Rule, *, total_shown: bool) -> set[Key] | None:
    """Return the small cells and the others that guard them, in a table of one or two dimensions.

    Each guard is the one after which the fewest cells are exposed, the smallest of these. Where none is left,
    all cells are withheld, zeros too; and where even then one could be worked out, ``None``: show no breakdown.
    """
    withheld = {key for key, vector in cells.items() if rule.small(vector)}
    totals = _shown_totals(cells, rule, total_shown)
    if not withheld and all(all(shown.values()) for shown in totals):
        return withheld
    while found := _exposed(cells, withheld, totals, rule, total_shown):
        guards = _guards(found, cells, withheld)
        if not guards:
            everything = set(cells)
            lax = replace(rule, whole=False)
            return None if _exposed(cells, everything, totals, lax, total_shown) else everything
        left = {one: len(_exposed(cells, withheld | {one}, totals, rule, total_shown)) for one in guards}
        withheld |= {min(guards, key=lambda one: (left[one], cells[one], one))}
    return withheld


def _shown_totals(cells: Mapping[Key, Vector], rule: _Rule, total_shown: bool) -> list[dict[str, bool]]:
    """Return, for a table of two dimensions, which totals the tables of one dimension show."""
    if len(next(iter(cells))) == 1:
        return []
    found: list[dict[str, bool]] = []
    for place in (0, 1):
        names = dict.fromkeys(key[place] for key in cells)
        line: dict[Key, Vector] = {
            (name,): _sum(vector for key, vector in cells.items() if key[place] == name) for name in names
        }
        hidden = complete(line, rule, total_shown=total_shown)
        found.append({name: hidden is not None and (name,) not in hidden for name in names})
    return found


def _exposed(
    cells: Mapping[Key, Vector], withheld: set[Key], totals: list[dict[str, bool]], rule: _Rule, total_shown: bool
) -> list[Key]:
    """Return what can be worked out: keys of cells, and of withheld totals with "*" in the other place."""
    found: dict[Key, None] = {}
    for system in range(len(next(iter(cells.values())))):
        numbers = {key: vector[system] for key, vector in cells.items()}
        edges = table_edges(numbers, withheld, shown_totals=totals, least=rule.least(system))
        if not total_shown:
            edges["whole",] = replace(edges["whole",], fixed=False)
        for key in exposed(edges):
            edge = edges[key]
            if not isinstance(key, tuple) or key[0] == "whole" or (edge.value == 0 and rule.zeros_shown):
                continue  # a true zero may be known
            found[key[1] if key[0] == "cell" else ((key[2], "*") if key[1] == 0 else ("*", key[2]))] = None
    return sorted(found)


def _guards(found: list[Key], cells: Mapping[Key, Vector], withheld: set[Key]) -> list[Key]:
    """Return the shown cells that may guard exposed ones; none where all that is not zero is withheld already.

    Of the lines where an exposed one stands alone, else of the first one's row and column, else any.
    """
    free = [key for key, vector in cells.items() if key not in withheld and vector[0] != 0]

    def line(key: Key, place: int) -> list[Key]:
        return [other for other in free if other[place] == key[place]]

    def alone(key: Key, place: int) -> bool:
        return not any(other[place] == key[place] and other != key for other in withheld)

    if len(next(iter(cells))) == 1:
        return free
    lines = [(key, place) for key in found for place in (0, 1) if key[place] != "*"]
    lonely = {other for key, place in lines if alone(key, place) for other in line(key, place)}
    near = {other for key, place in lines if key == found[0] for other in line(key, place)}
    return sorted(lonely) or sorted(near) or free


def _vector(figure: Figure, of: Figure | Cell) -> Vector | None:
    if of.value is None and of.denominator is None:
        return None
    if figure.kind == "share" or figure.kind in OF_TWO:
        return (float(of.denominator or 0), float(of.numerator or 0))
    if figure.kind in _BY_RECORDS:
        if not of.record_ids:
            raise bad(
                "MEA-031",
                f"“{figure.key}” does not list its records: it cannot be said how many it rests on.",
                f"« {figure.key} » ne donne pas ses fiches : on ne peut dire sur combien il repose.",
                "Compute the figure with its records before it is shown to an audience.",
                "Calculez le chiffre avec ses fiches avant de le montrer à un public.",
            )
        return (float(len(of.record_ids)),)
    return (float(of.value or 0),)


def _sum(vectors: Iterable[Vector]) -> Vector:
    return tuple(sum(parts) for parts in zip(*vectors, strict=True))


def _withhold(cell: Cell) -> Cell:
    return Cell(cell.keys, None, withheld=True)


def _without_records(figure: Figure) -> Figure:
    cells = tuple(replace(cell, record_ids=()) for cell in figure.cells)
    return replace(figure, record_ids=(), numerator_ids=(), cells=cells)
