"""Two records that may be one event: proposed for reasons, dropped where time or place forbid it, sought without squares."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remit.records.alike import PROPOSED, Trace, compare, distance_km, killed_of, near, pairs, proposals
from remit.records.providers import PROVIDERS

DAY = date(2020, 4, 2)
BASE = Trace(
    "a",
    DAY,
    DAY,
    16.27,
    -0.04,
    3.0,
    "Gao",
    ("gao", "gao-cercle"),
    ("Group one (invented)",),
    (3, 3.0),
    "shots at the northern checkpoint (invented)",
)


def other(**changes: object) -> Trace:
    """Return a second trace that differs in what is named."""
    return replace(BASE, id="b", **changes)  # type: ignore[arg-type]


def test_the_same_day_place_actors_and_numbers_are_proposed_with_every_reason() -> None:
    found = compare(BASE, other())
    assert found is not None and found.score == 1.0
    assert {reason.aspect for reason in found.reasons} == {"time", "place", "actors", "casualties", "text"}
    assert "The same day." in found.why("en") and "Le même jour." in found.why("fr")


@pytest.mark.parametrize(
    "changes",
    [
        {"first": DAY + timedelta(5), "last": DAY + timedelta(5)}, {"lat": 18.4, "lon": 1.4}, {"first": None, "last": None},
        {"lat": None, "lon": None, "areas": ("kidal",)}, {"first": date(2020, 1, 1), "last": date(2020, 12, 31)},
    ],
)  # fmt: skip
def test_time_and_place_may_forbid_it(changes: dict[str, object]) -> None:
    assert compare(BASE, other(**changes)) is None


def test_what_differs_speaks_against() -> None:
    found = compare(
        BASE,
        other(
            actors=("Somebody else (invented)",),
            killed=(40, 40.0),
            text="",
            first=DAY + timedelta(1),
            last=DAY + timedelta(1),
        ),
    )
    assert found is not None and found.score < PROPOSED
    assert [r.speaks_for for r in found.reasons if r.aspect in ("actors", "casualties")] == [False, False]


def test_a_vague_place_is_not_held_against_an_exact_one() -> None:
    found = compare(BASE, other(lat=16.45, radius_km=25.0))
    assert found is not None and found.score >= PROPOSED and "within what both places allow" in found.why("en")


def test_rows_of_one_data_set_are_not_each_others_duplicates() -> None:
    assert compare(replace(BASE, source="ucdp"), other(source="ucdp")) is None
    assert compare(replace(BASE, source="ucdp"), other(source="acled")) is not None


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"deaths_low": 2, "deaths_best": 3, "deaths_high": 5}, (2, 5.0)), ({"killed": {"number": 6, "qualifier": "at-least"}}, (6, float("inf"))),
        ({"victims": [{"killed": 2}, {"killed": 1}]}, (3, 3.0)), ({"injured": 4}, None), ({}, None),
    ],
)  # fmt: skip
def test_numbers_killed_are_found_where_a_type_keeps_them(values: dict[str, object], expected: object) -> None:
    assert killed_of(values) == expected


TRACES = st.lists(
    st.builds(
        lambda day, lat, lon, spread: Trace("", DAY + timedelta(day), DAY + timedelta(day + spread), lat, lon, 5.0),
        st.integers(0, 40), st.floats(-60, 60), st.floats(-179.9, 179.9), st.integers(0, 3),
    ),
    max_size=25,
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(TRACES, st.floats(-0.05, 0.05), st.integers(-1, 1))
def test_blocks_lose_no_pair_that_comparing_all_with_all_would_propose(
    traces: list[Trace], shift: float, days: int
) -> None:
    moved = [
        replace(
            t,
            lat=(t.lat or 0) + shift,
            first=t.first and t.first + timedelta(days),
            last=t.last and t.last + timedelta(days),
        )
        for t in traces
    ]
    whole = [replace(t, id=str(n)) for n, t in enumerate(traces + moved)]
    slow = {
        (a.id, b.id)
        for n, a in enumerate(whole)
        for b in whole[n + 1 :]
        if (c := compare(a, b)) and c.score >= PROPOSED
    }
    fast = {(one.one, one.other) for one in pairs(whole)}
    assert fast == slow


@settings(max_examples=50, deadline=None)
@given(TRACES)
def test_a_comparison_is_the_same_from_both_sides(traces: list[Trace]) -> None:
    for one, two in pairwise(traces):
        there, back = (
            compare(replace(one, id="1"), replace(two, id="2")),
            compare(replace(two, id="2"), replace(one, id="1")),
        )
        assert (there and there.score) == (back and back.score)


def test_a_degree_of_latitude_is_111_km() -> None:
    assert abs(distance_km(0, 0, 1, 0) - 111.2) < 0.5


def _traces(corpus: Path, name: str) -> list[Trace]:
    rows, _ = PROVIDERS["ucdp"].read((corpus / "data/ucdp" / name).read_bytes(), name)
    made = []
    for row in rows:
        values, place = row.values, row.values["place"]
        day = date.fromisoformat(values["occurred_on"]["on"])
        made.append(
            Trace(
                row.identifier,
                day,
                day,
                place["lat"],
                place["lon"],
                25.0,
                "",
                (),
                (values["side_a"], values["side_b"]),
                (values["deaths_low"], float(values["deaths_high"])),
            )
        )
    return made


def test_on_real_events_the_work_grows_with_their_number_and_not_with_its_square(corpus: Path) -> None:
    traces = _traces(corpus, "ged211_whereprec12_sahel.csv")
    compared = sum(1 for _ in near(traces))
    assert compared < 5 * len(traces) < len(traces) ** 2 / 1000


def test_a_second_report_of_a_real_event_finds_it_first(corpus: Path) -> None:
    """An officer's report of the same event: eight kilometres off, a casualty more, only one side named."""
    traces = _traces(corpus, "ged211_whereprec12_mali.csv")
    asked = traces[::9]
    first = 0
    for trace in asked:
        low = (trace.killed or (0, 0))[0] + 1
        report = replace(
            trace, id="r", lat=(trace.lat or 0) + 0.07, radius_km=3.0, actors=trace.actors[1:], killed=(low, float(low))
        )
        first += [one.other for one in proposals(report, traces)][:1] == [trace.id]
    assert first / len(asked) > 0.85
