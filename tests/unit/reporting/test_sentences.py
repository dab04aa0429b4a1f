"""Sentences of an outline, filled: forms by number, withheld numbers, and places that name nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from remit.kernel.errors import BadInput
from remit.measures.figures import Figure, Number
from remit.reporting.sentences import Filling, fill
from tests.unit.reporting.factories import BEFORE, QUARTER, figure, measure


def filled(text: str, now: Figure, before: Figure | None = None, *, language: str = "en", **named: Any) -> str:
    """Return a sentence filled with one figure, with plain spaces."""
    filling = Filling(
        language,
        QUARTER,
        named.get("as_of"),
        {now.key: measure(now.key, kind=now.kind)},
        {now.key: now},
        {before.key: before} if before else {},
    )
    return "".join(run.text for run in fill(text, filling)).replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("value", "en", "fr"),
    [
        (0, "We saw no boats.", "Vu : zéro barque."),
        (1, "We saw one boat.", "Vu : une barque."),
        (2, "We saw two boats.", "Vu : deux barques."),
        (1200, "We saw 1,200 boats.", "Vu : 1 200 barques."),
        (None, "We saw not available boats.", "Vu : non disponible barques."),
    ],
)
def test_the_noun_follows_the_number_and_its_gender(value: Number | None, en: str, fr: str) -> None:
    assert filled("We saw {figure:boats|boat|boats}.", figure(value=value)) == en
    assert filled("Vu : {figure:boats|barque|barques|f}.", figure(value=value), language="fr") == fr


def test_a_number_that_opens_a_sentence_is_capital_and_after_a_colon_it_is_not() -> None:
    assert filled("{figure:boats} came. {figure:boats} left.", figure()) == "Three came. Three left."
    assert filled("Boats: {figure:boats}", figure()) == "Boats: three"
    assert filled("{figure:boats} came.", figure(lower_bound=True)) == "At least three came."


def test_a_lower_bound_says_so_and_a_missing_number_does_not() -> None:
    assert filled("We saw {figure:boats}.", figure(lower_bound=True), language="en") == "We saw at least three."
    assert filled("Vu : {figure:boats}.", figure(lower_bound=True), language="fr") == "Vu : au moins trois."
    assert filled("We saw {figure:boats}.", figure(value=None, lower_bound=True)) == "We saw not available."


def test_previous_change_and_limit() -> None:
    now, before = figure(value=12, limit=1500), figure(value=14, period=BEFORE)
    text = "{figure:boats} of {limit:boats}, {previous:boats} before ({change:boats})"
    assert filled(text, now, before) == "12 of 1,500, 14 before (two fewer)"
    assert filled(text, now) == "12 of 1,500, not available before (not available)"


def test_a_share_and_a_time() -> None:
    assert filled("{figure:boats} of them", figure(value=0.5, kind="share")) == "50 per cent of them"
    assert filled("after {figure:boats}", figure(value=7200, kind="elapsed")) == "after two hours"


def test_a_withheld_number_is_neither_told_nor_worked_out() -> None:
    withheld, shown = figure(value=None, withheld=True), figure(value=9, period=BEFORE)
    text = "{figure:boats|boat|boats}, before {previous:boats}, {change:boats}"
    assert filled(text, withheld, shown) == "[…] boats, before nine, […]"
    assert (
        filled(text, figure(value=9), figure(value=None, withheld=True, period=BEFORE)) == "Nine boats, before […], […]"
    )


def test_the_period_and_the_cut_off() -> None:
    at = datetime(2020, 6, 15, 12, tzinfo=UTC)
    assert filled("From {period}.", figure()) == "From 16 March to 15 June 2020."
    assert filled("La période {period}.", figure(), language="fr") == "La période du 16 mars au 15 juin 2020."
    assert filled("As of {as_of}.", figure(), as_of=at) == "As of 15 June 2020, 12:00 UTC."
    assert filled("As of {as_of}.", figure()) == "As of 15 June 2020."


@pytest.mark.parametrize("place", ["{figure:ships}", "{figure}", "{weather}", "{forecast:boats}"])
def test_a_place_that_names_nothing_is_refused_with_what_there_is(place: str) -> None:
    with pytest.raises(BadInput) as refused:
        filled(f"We saw {place}.", figure())
    assert refused.value.code == "REP-011"
    assert place in refused.value.text("en") and "{figure:CLÉ}" in refused.value.text("fr")


def test_each_number_keeps_its_figure_and_part() -> None:
    filling = Filling("en", QUARTER, None, {"boats": measure()}, {"boats": figure(limit=9)}, {})
    runs = fill("We saw {figure:boats} of {limit:boats} boats.", filling)
    assert [(run.figure, run.part) for run in runs] == [
        ("", ""),
        ("boats", "figure"),
        ("", ""),
        ("boats", "limit"),
        ("", ""),
    ]
