"""Days, instants, numbers, keys and searches as people write them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remit.kernel.days import read_day, read_instant, show_day, show_instant
from remit.kernel.errors import BadInput, Refused
from remit.kernel.identity import Sources, uuid7
from remit.kernel.nearest import did_you_mean, nearest
from remit.kernel.numbers import digits, read_number, show_number
from remit.kernel.periods import Period, add_months, parse_period
from remit.kernel.plain_text import plain_text


@settings(max_examples=60, deadline=None)
@given(st.dates(min_value=date(1000, 1, 1)), st.sampled_from(["en", "fr"]))
def test_a_day_that_is_shown_reads_as_itself(day: date, language: str) -> None:
    assert read_day(show_day(day, language)) == (day, "day")
    assert read_day(show_day(day, language, "month")) == (day.replace(day=1), "month")


@settings(max_examples=60, deadline=None)
@given(st.datetimes(min_value=datetime(1000, 1, 1), timezones=st.just(UTC)), st.sampled_from(["en", "fr"]))
def test_an_instant_that_is_shown_reads_as_itself(at: datetime, language: str) -> None:
    assert read_instant(show_instant(at, language)) == at.replace(second=0, microsecond=0)
    assert read_instant(at.astimezone(timezone(timedelta(hours=-3))).isoformat()) == at


@settings(max_examples=60, deadline=None)
@given(
    st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**12), max_value=10**12),
    st.sampled_from(["en", "fr"]),
)
def test_a_number_that_is_shown_reads_as_itself(number: Decimal, language: str) -> None:
    assert read_number(show_number(number, language)) == number


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2017-13-01", "KER-011"),
        ("2017-02-29", "KER-011"),
        ("29 February 2017", "KER-011"),
        ("14/07/2017", "KER-014"),
        ("7-8-2017", "KER-014"),
        ("14 Jully 2017", "KER-015"),
        ("", "KER-015"),
        ("tomorrow", "KER-015"),
    ],
)
def test_days_that_cannot_be_read(text: str, code: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_day(text)
    assert caught.value.code == code


@pytest.mark.parametrize("text", ["1,234", "12,345"])
def test_a_number_of_two_readings_is_refused_unless_it_can_only_be_whole(text: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_number(text)
    assert caught.value.code == "KER-032"
    assert read_number(text, whole=True) == int(text.replace(",", ""))
    assert read_number("0,234") == Decimal("0.234")


def test_searching_and_keys() -> None:
    assert plain_text("  MÉNAKA’s Œuvre – 3 ") == "menaka's oeuvre - 3"
    assert nearest("titel", ["title", "state"]) == "title"
    assert nearest("start_date", ["start-date"]) == "start-date"
    assert nearest("zzz", ["title"]) == "" and "title" in did_you_mean("zzz", ["title"]).fr


def test_identifiers_rise_with_time() -> None:
    at = datetime(2030, 1, 1, tzinfo=UTC)
    low, high = (lambda size: b"\x00" * size), (lambda size: b"\xff" * size)
    made = [uuid7(at + timedelta(milliseconds=nth), (high, low)[nth % 2]) for nth in range(4)]
    assert made == sorted(made) and all(one[14] == "7" and one[19] in "89ab" for one in made)
    assert len({Sources().identifier() for _ in range(100)}) == 100


def test_periods() -> None:
    quarter = parse_period("2017-06-29/2017-09-29")
    assert (quarter.days, quarter.last, quarter.previous()) == (
        92,
        date(2017, 9, 28),
        Period(date(2017, 3, 29), date(2017, 6, 29)),
    )
    assert [str(part) for part in quarter.months()][0::3] == ["2017-06-29/2017-07-01", "2017-09-01/2017-09-29"]
    assert date(2017, 9, 28) in quarter and date(2017, 9, 29) not in quarter
    assert (parse_period("2017-Q3"), parse_period("2017-07").days, parse_period("2017").days) == (
        Period(date(2017, 7, 1), date(2017, 10, 1)),
        31,
        365,
    )
    assert add_months(date(2017, 11, 30), 3) == date(2018, 2, 28)
    for text, code in (
        ("2017-02-30/2017-03-01", "KER-011"),
        ("2017-W1", "KER-012"),
        ("2017-03-01/2017-03-01", "KER-013"),
    ):
        with pytest.raises(BadInput) as caught:
            parse_period(text)
        assert caught.value.code == code


def test_an_error_keeps_its_kind_and_says_all() -> None:
    error = Refused.of("REC-031", "No.", "Non.", do_en="Ask.", do_fr="Demandez.")
    assert isinstance(error, Refused) and error.code == "REC-031"
    assert (error.text(), error.text("fr")) == ("No. Ask. [REC-031]", "Non. Demandez. [REC-031]")


@pytest.mark.parametrize(
    ("text", "expected"),
    [("12", 12), ("0", 0), ("", None), ("²", None), ("٣", None), ("-1", None), ("9" * 19, None), (" 1", None)],
)
def test_digits__only_what_a_form_of_ours_can_have_sent(text: str, expected: int | None) -> None:
    assert digits(text) == expected
