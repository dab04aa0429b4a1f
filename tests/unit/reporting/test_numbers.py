"""Numbers, dates, times and shares as the United Nations writes them, in both languages."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from remit.kernel.periods import Period
from remit.reporting.numbers import day, duration, in_words, instant, month, number, quantity, roman
from remit.reporting.sentences import change_words, period_words


def plain(text: str) -> str:
    """Return text with plain spaces, for comparing words."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("value", "en", "fr"),
    [
        (0, "zero", "zéro"),
        (1, "one", "un"),
        (9, "nine", "neuf"),
        (10, "10", "10"),
        (2.0, "two", "deux"),
        (2.5, "2.5", "2,5"),
        (1234, "1,234", "1 234"),
        (1234567, "1,234,567", "1 234 567"),
        (-3, "-3", "-3"),
        (None, "not available", "non disponible"),
    ],
)
def test_a_number_in_a_sentence(value: float | None, en: str, fr: str) -> None:
    assert (in_words(value, "en"), plain(in_words(value, "fr"))) == (en, fr)


def test_one_is_feminine_where_the_noun_is() -> None:
    assert in_words(1, "fr", feminine=True) == "une"
    assert (in_words(1, "en", feminine=True), in_words(2, "fr", feminine=True)) == ("one", "deux")


@pytest.mark.parametrize(
    ("value", "en", "fr"),
    [
        (0.5, "50 per cent", "50 pour cent"),
        (2 / 3, "66.7 per cent", "66,7 pour cent"),
        (1, "100 per cent", "100 pour cent"),
        (0, "0 per cent", "0 pour cent"),
        (None, "not available", "non disponible"),
    ],
)
def test_a_share_is_said_in_per_cent_and_never_in_words(value: float | None, en: str, fr: str) -> None:
    assert (quantity(value, "en", "share", words=True), plain(quantity(value, "fr", "share", words=True))) == (en, fr)


@pytest.mark.parametrize(
    ("seconds", "en", "fr"),
    [
        (0, "zero minutes", "zéro minute"),
        (60, "one minute", "une minute"),
        (90 * 60, "1.5 hours", "1,5 heure"),
        (2 * 3600, "two hours", "deux heures"),
        (36 * 3600, "36 hours", "36 heures"),
        (5 * 86400, "five days", "cinq jours"),
        (12.5 * 86400, "12.5 days", "12,5 jours"),
        (None, "not available", "non disponible"),
    ],
)
def test_a_time_is_told_in_the_unit_that_people_use(seconds: float | None, en: str, fr: str) -> None:
    assert duration(seconds, "en", words=True) == en
    assert plain(duration(seconds, "fr", words=True)) == fr


def test_numbers_in_tables_are_figures() -> None:
    assert (number(3, "en"), number(10742, "en"), number(10742, "fr")) == ("3", "10,742", "10\u202f742")
    assert number(0.805, "en", share=True, decimals=1) == "80.5 per cent"
    assert quantity(5 * 86400, "en", "elapsed") == "5 days"


@pytest.mark.parametrize(
    ("value", "kind", "en", "fr"),
    [
        (3, "count", "three more", "trois de plus"),
        (-2, "count", "two fewer", "deux de moins"),
        (0, "count", "no change", "sans changement"),
        (12, "count", "12 more", "12 de plus"),
        (0.051, "share", "5.1 percentage points more", "5,1 points de pourcentage de plus"),
        (-0.5, "share", "50.0 percentage points less", "50,0 points de pourcentage de moins"),
        (0.0, "share", "no change", "sans changement"),
        (-7200, "elapsed", "two hours less", "deux heures de moins"),
        (None, "count", "not available", "non disponible"),
    ],
)
def test_changes_are_said_in_words(value: float | None, kind: str, en: str, fr: str) -> None:
    assert (change_words(value, "en", kind=kind), plain(change_words(value, "fr", kind=kind))) == (en, fr)


def test_a_change_of_one_is_feminine_where_the_noun_is() -> None:
    assert change_words(1, "fr", feminine=True) == "une de plus"


def test_dates_months_and_instants() -> None:
    on = date(2017, 9, 28)
    assert (day(on, "en"), day(on, "fr")) == ("28\u00a0September 2017", "28\u00a0septembre 2017")
    assert day(date(2017, 8, 1), "fr") == "1er\u00a0août 2017" and day(date(2017, 8, 1), "en") == "1\u00a0August 2017"
    assert (month(on, "en"), month(on, "fr")) == ("September 2017", "septembre 2017")
    at = datetime(2017, 9, 28, 6, 5, tzinfo=UTC)
    assert plain(instant(at, "en")) == "28 September 2017, 06:05 UTC"
    assert plain(instant(at, "fr")) == "28 septembre 2017, 6 h 05 UTC"
    east = datetime(2017, 9, 29, 1, 30, tzinfo=timezone(timedelta(hours=2)))
    assert plain(instant(east, "en")) == "28 September 2017, 23:30 UTC"


@pytest.mark.parametrize(
    ("start", "end", "en", "fr"),
    [
        (date(2017, 6, 29), date(2017, 9, 29), "29 June to 28 September 2017", "du 29 juin au 28 septembre 2017"),
        (date(2017, 12, 30), date(2018, 1, 2), "30 December 2017 to 1 January 2018", "du 30 décembre 2017 au 1er janvier 2018"),
        (date(2017, 7, 1), date(2017, 7, 2), "1 July 2017", "du 1er juillet 2017"),
    ],
    ids=["quarter", "over New Year", "one day"],
)  # fmt: skip
def test_a_period_is_said_with_its_last_day(start: date, end: date, en: str, fr: str) -> None:
    period = Period(start, end)
    assert (plain(period_words(period, "en")), plain(period_words(period, "fr"))) == (en, fr)


def test_sections_are_counted_in_roman_figures() -> None:
    assert [roman(n) for n in (1, 4, 9, 10, 14, 39)] == ["I", "IV", "IX", "X", "XIV", "XXXIX"]
