"""Ways over segments: the best for an aim, alternatives that do not fail with it, closed segments, and why."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remit.analysis.routes import Segment, UnknownPlaceError, choose
from remit.kernel.wording import Words

THREATS = [Words("Low", "Faible"), Words("Medium", "Moyenne"), Words("High", "Élevée")]


def road(
    key: str, from_: str, to: str, km: float, threat: int = 0, *, open_: bool = True, escort: bool = False
) -> Segment:
    return Segment(key, from_, to, km, threat, THREATS[threat], open_, escort=escort)


ROADS = [
    road("ab", "A", "B", 100, 2),
    road("ac", "A", "C", 90),
    road("cb", "C", "B", 90, 1, escort=True),
    road("bd", "B", "D", 50),
]


def keys(way: object) -> list[str]:
    return [one.key for one in way.segments] if way else []  # type: ignore[attr-defined]


def test_the_aim_decides_and_the_reason_is_told() -> None:
    balanced, shortest = choose(ROADS, "a", "D"), choose(ROADS, "A", "D", by="shortest")
    assert keys(balanced.way) == ["ac", "cb", "bd"] and keys(shortest.way) == ["ab", "bd"]
    said = " ".join(words.en for words in balanced.reasons)
    assert "230 km" in said and "A way of 150 km is shorter and was not chosen: 100 km at threat “High”" in said
    assert "C – B needs an escort" in said and "Without B – D nothing leads there" in said


def test_two_roads_between_the_same_places_are_two_ways() -> None:
    found = choose([*ROADS, road("ab2", "A", "B", 120)], "A", "D")
    assert keys(found.way) == ["ab2", "bd"] and ["ab", "bd"] in [keys(way) for way in found.alternatives]


def test_what_is_closed_is_left_out_and_told_if_it_would_help() -> None:
    closed = [road(one.key, one.from_, one.to, one.km, one.threat, open_=one.key != "cb") for one in ROADS]
    found = choose(closed, "A", "D")
    assert keys(found.way) == ["ab", "bd"] and [one.key for one in found.closed] == ["cb"]
    assert any("is closed; open, it would give a better way" in words.en for words in found.reasons)
    none = choose([road("ab", "A", "B", 1, open_=False)], "A", "B")
    assert none.way is None and "No open segment" in none.reasons[0].en and "Aucun tronçon" in none.reasons[0].fr


def test_a_place_that_no_segment_touches_is_said_with_those_there_are() -> None:
    with pytest.raises(UnknownPlaceError) as raised:
        choose(ROADS, "A", "Z")
    assert raised.value.place == "Z" and raised.value.near == ("A", "B", "C", "D")


NETWORKS = st.lists(
    st.tuples(st.integers(0, 4), st.integers(0, 4), st.integers(1, 50), st.integers(0, 2)), min_size=1, max_size=9
)


@settings(max_examples=120, deadline=None)
@given(NETWORKS)
def test_no_way_is_better_than_the_one_chosen(edges: list[tuple[int, int, int, int]]) -> None:
    """Held against all ways there are, tried one by one."""
    roads = [road(str(n), f"p{a}", f"p{b}", km, threat) for n, (a, b, km, threat) in enumerate(edges) if a != b]
    names = {name for one in roads for name in (one.from_, one.to)}
    if not {"p0", "p1"} <= names:
        return
    best = None
    for size in range(1, len(roads) + 1):
        for order in permutations(roads, size):
            at, seen = "p0", {"p0"}
            for one in order:
                at = one.to if one.from_ == at else one.from_ if one.to == at else ""
                if not at or at in seen:
                    break
                seen.add(at)
            else:
                if at == "p1":
                    cost = sum(one.km * (one.threat + 1) for one in order)
                    best = cost if best is None else min(best, cost)
        if size >= 4:
            break
    found = choose(roads, "p0", "p1").way
    got = sum(one.km * (one.threat + 1) for one in found.segments) if found else None
    assert got == best
