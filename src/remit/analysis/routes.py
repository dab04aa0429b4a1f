"""The way from one place to another over segments with a length and a threat: the best, the alternatives, and why.

Segments are edges of a graph (``networkx``); each stands as a node of its own between its two places, so that two roads between the
same places are two ways. Closed segments are left out and told: which of them would shorten the way if they were open.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Literal

import networkx as nx

from remit.kernel.plain_text import plain_text
from remit.kernel.wording import Words

By = Literal["balanced", "shortest", "safest"]
WAYS: Sequence[By] = ("balanced", "shortest", "safest")
TRIED = 60
"""How many ways are looked at for alternatives."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One stretch of road. ``threat`` is its rank from 0 (least); ``record`` and ``number`` the route that it stands in."""

    key: str
    from_: str
    to: str
    km: float
    threat: int
    threat_words: Words
    open: bool
    record: str = ""
    number: str = ""
    route: str = ""
    escort: bool = False
    cleared_on: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """One way: its segments in order, how long it is, and how many kilometres at each threat (rank to kilometres)."""

    segments: tuple[Segment, ...]
    km: float
    at_threat: Mapping[int, float]
    shared: tuple[str, ...] = ()
    """Keys of segments that it shares with the way chosen: what blocks these blocks both."""

    @property
    def worst(self) -> int:
        """The highest threat on it."""
        return max((segment.threat for segment in self.segments), default=0)


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen and why; ``way`` is ``None`` where nothing leads there.

    ``critical`` are segments without which nothing leads there at all; ``closed`` those whose opening would give a better way.
    """

    way: Way | None
    alternatives: tuple[Way, ...]
    critical: tuple[Segment, ...]
    closed: tuple[Segment, ...]
    reasons: tuple[Words, ...] = field(default=())


class UnknownPlaceError(LookupError):
    """No segment begins or ends at a place; ``near`` are the places there are."""

    def __init__(self, place: str, near: Sequence[str]) -> None:
        super().__init__(place)
        self.place, self.near = place, tuple(near)


def choose(segments: Iterable[Segment], start: str, end: str, *, by: By = "balanced", others: int = 3) -> Choice:
    """Choose the way from a place to another.

    Args:
        segments: all stretches known, closed ones too.
        start: from where.
        end: to where.
        by: ``balanced`` weighs each kilometre by its threat (1, 2, 3 …); ``safest`` looks at the kilometres of the highest threat
            first, then of the next; ``shortest`` at the length alone.
        others: how many alternatives to give.

    Raises:
        UnknownPlaceError: no segment touches one of the places.
    """
    known = list(segments)
    names = {plain_text(name): name for one in known for name in (one.from_, one.to)}
    for place in (start, end):
        if plain_text(place) not in names:
            raise UnknownPlaceError(place, sorted(names.values()))
    first, last = plain_text(start), plain_text(end)
    open_now = _graph([one for one in known if one.open], by)
    ways = _ways(open_now, first, last)
    best = ways[0] if ways else None
    alternatives = _alternatives(best, ways[1:], others) if best else ()
    critical = _critical(open_now, first, last, best)
    closed = _worth_opening(known, first, last, by, best)
    return Choice(best, alternatives, critical, closed, _reasons(best, alternatives, critical, closed, by))


def _graph(segments: Iterable[Segment], by: By) -> nx.Graph[Any]:
    graph: nx.Graph[Any] = nx.Graph()
    for one in segments:
        middle = ("segment", one.key)
        cost = _cost(one, by)
        graph.add_node(middle, segment=one)
        graph.add_edge(plain_text(one.from_), middle, cost=cost / 2)
        graph.add_edge(middle, plain_text(one.to), cost=cost / 2)
    return graph


def _cost(one: Segment, by: By) -> float:
    km = max(one.km, 0.001)
    if by == "shortest":
        return km
    return km * (one.threat + 1) if by == "balanced" else km * 10_000.0**one.threat


def _ways(graph: nx.Graph[Any], first: str, last: str) -> list[Way]:
    if first not in graph or last not in graph or first == last:
        return []
    try:
        paths = list(islice(nx.shortest_simple_paths(graph, first, last, weight="cost"), TRIED))
    except nx.NetworkXNoPath:
        return []
    return [_way([graph.nodes[node]["segment"] for node in path if "segment" in graph.nodes[node]]) for path in paths]


def _way(segments: Sequence[Segment]) -> Way:
    at_threat: dict[int, float] = {}
    for one in segments:
        at_threat[one.threat] = round(at_threat.get(one.threat, 0.0) + one.km, 1)
    return Way(tuple(segments), round(sum(one.km for one in segments), 1), dict(sorted(at_threat.items())))


def _alternatives(best: Way, ways: Sequence[Way], count: int) -> tuple[Way, ...]:
    """Return the next ways, those that share least with the chosen one first: an alternative is what still stands when it fails."""
    used = {one.key for one in best.segments}
    marked = [
        Way(way.segments, way.km, way.at_threat, tuple(s.key for s in way.segments if s.key in used)) for way in ways
    ]
    ranked = sorted(enumerate(marked), key=lambda pair: (len(pair[1].shared), pair[0]))
    return tuple(way for _, way in ranked[:count])


def _critical(graph: nx.Graph[Any], first: str, last: str, best: Way | None) -> tuple[Segment, ...]:
    """Return the segments of the way without which nothing leads there."""
    found = []
    for one in best.segments if best else ():
        without = graph.copy()
        without.remove_node(("segment", one.key))
        if first not in without or last not in without or not nx.has_path(without, first, last):
            found.append(one)
    return tuple(found)


def _worth_opening(known: Sequence[Segment], first: str, last: str, by: By, best: Way | None) -> tuple[Segment, ...]:
    """Return the closed segments that stand on the way that would be chosen if all were open."""
    if all(one.open for one in known):
        return ()
    whole = _ways(_graph(known, by), first, last)
    return tuple(one for one in whole[0].segments if not one.open) if whole and whole[0] != best else ()


def _reasons(
    best: Way | None, alternatives: Sequence[Way], critical: Sequence[Segment], closed: Sequence[Segment], by: By
) -> tuple[Words, ...]:
    if best is None:
        said = [Words("No open segment leads there.", "Aucun tronçon ouvert n’y mène.")]
    else:
        aims = {
            "balanced": Words("each kilometre weighed by its threat", "chaque kilomètre pondéré par sa menace"),
            "shortest": Words("the length alone", "la seule longueur"),
            "safest": Words(
                "the fewest kilometres at the highest threat", "le moins de kilomètres à la menace la plus élevée"
            ),
        }
        aim = aims[by]
        said = [Words(f"Chosen by {aim.en}: {best.km:g} km, {_threats(best, 'en')}.",
                      f"Choisi selon {aim.fr} : {best.km:g} km, {_threats(best, 'fr')}.")]  # fmt: skip
        shorter = [way for way in alternatives if way.km < best.km]
        said += [Words(f"A way of {way.km:g} km is shorter and was not chosen: {_threats(way, 'en')}.",
                       f"Une voie de {way.km:g} km est plus courte et n’a pas été retenue : {_threats(way, 'fr')}.")
                 for way in shorter]  # fmt: skip
        if not alternatives:
            said.append(Words("There is no other way.", "Il n’y a pas d’autre voie."))
    said += [
        Words(f"Without {one.from_} – {one.to} nothing leads there.", f"Sans {one.from_} – {one.to}, rien n’y mène.")
        for one in critical
    ]
    said += [Words(f"{one.from_} – {one.to} is closed; open, it would give a better way.",
                   f"{one.from_} – {one.to} est fermé ; ouvert, il offrirait une meilleure voie.") for one in closed]  # fmt: skip
    if best:
        said += [Words(f"{one.from_} – {one.to} needs an escort.", f"{one.from_} – {one.to} exige une escorte.")
                 for one in best.segments if one.escort]  # fmt: skip
    return tuple(said)


def _threats(way: Way, language: str) -> str:
    names = {one.threat: one.threat_words.in_(language) for one in way.segments}
    of = "at threat" if language == "en" else "de menace"
    return ", ".join(f"{km:g} km {of} “{names[rank]}”" if language == "en" else f"{km:g} km {of} « {names[rank]} »"
                     for rank, km in sorted(way.at_threat.items(), reverse=True))  # fmt: skip
