"""Which withheld cells of a table can be worked out from what is shown.

A table with totals is a circulation in a network: *source → rows → columns → sink → source*. A cell is an edge from its
row to its column; a row's total is the edge from the source to it, a column's from it to the sink, the grand total the
edge back. Shown numbers are fixed; withheld ones may vary above what the reader knows to be their least. A withheld cell
can be worked out exactly when no circulation through its edge is possible, that is, when its ends do not lie on a cycle
of the residual network beside the edge itself. This finds every exact deduction that the totals allow, chains of
subtractions and "they must all be one" alike, without solving anything; it costs one search of the network per cell.
(L. H. Cox, "Network models for complementary cell suppression", JASA 90, 1995, has the same network.)
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

Node = Hashable
Key = tuple[str, ...]
SOURCE, SINK = "source", "sink"


@dataclass(frozen=True, slots=True)
class Edge:
    """One number of the table. ``least`` is what a reader knows that it cannot fall below; ``fixed``: it is shown."""

    start: Node
    end: Node
    value: float
    fixed: bool
    least: float = 0


def exposed(edges: Mapping[Hashable, Edge]) -> set[Hashable]:
    """Return the keys of edges that are not fixed and have only one possible value."""
    moves = _residual(edges)
    found: set[Hashable] = set()
    for key, edge in edges.items():
        if edge.fixed:
            continue
        up = _reaches(moves, edge.end, edge.start, key)
        down = edge.value > edge.least and _reaches(moves, edge.start, edge.end, key)
        if not up and not down:
            found.add(key)
    return found


def table_edges(
    cells: Mapping[Key, float], withheld: set[Key], *, shown_totals: Sequence[Mapping[str, bool]], least: float
) -> dict[Hashable, Edge]:
    """Return the network of a table of one or two dimensions.

    Args:
        cells: numbers by key; of one dimension, keys have one part.
        withheld: the keys of cells that are not shown.
        shown_totals: for a table of two dimensions, whether the total of each row and of each column is known;
            the grand total always is.
        least: what readers know a withheld cell to be at least (1 where zeros are shown).
    """
    edges: dict[Hashable, Edge] = {}
    for key, value in cells.items():
        start: Node = SOURCE if len(key) == 1 else ("row", key[0])
        end: Node = SINK if len(key) == 1 else ("column", key[1])
        edges["cell", key] = Edge(start, end, value, key not in withheld, least)
    for place, known in enumerate(shown_totals):
        for name, shown in known.items():
            value = sum(number for key, number in cells.items() if key[place] == name)
            start, end = (SOURCE, ("row", name)) if place == 0 else (("column", name), SINK)
            edges["total", place, name] = Edge(start, end, value, shown)
    edges["whole",] = Edge(SINK, SOURCE, sum(cells.values()), True)
    return edges


def _residual(edges: Mapping[Hashable, Edge]) -> dict[Node, list[tuple[Node, Hashable]]]:
    """Return where one unit may be pushed: along any edge that is not fixed, and back where it stands above its least."""
    moves: dict[Node, list[tuple[Node, Hashable]]] = {}
    for key, edge in edges.items():
        if edge.fixed:
            continue
        moves.setdefault(edge.start, []).append((edge.end, key))
        if edge.value > edge.least:
            moves.setdefault(edge.end, []).append((edge.start, key))
    return moves


def _reaches(moves: Mapping[Node, list[tuple[Node, Hashable]]], start: Node, goal: Node, but: Hashable) -> bool:
    seen, waiting = {start}, [start]
    while waiting:
        at = waiting.pop()
        if at == goal:
            return True
        for following, key in moves.get(at, ()):
            if key != but and following not in seen:
                seen.add(following)
                waiting.append(following)
    return False
