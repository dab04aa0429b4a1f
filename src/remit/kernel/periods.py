"""Half-open periods of whole days: ``2017-06-29/2017-09-29`` holds 28 September and not 29 September."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from remit.kernel.errors import BadInput

EARLIEST, LATEST = 1900, 2999
"""Years between which periods lie: whatever else was typed is a slip."""
_SHORT = re.compile(r"(\d{4})(?:-Q([1-4])|-(0[1-9]|1[0-2]))?")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_WEEK = re.compile(r"(\d{4})-W(\d{2})")
_BUDGET = re.compile(r"(\d{4})/(\d{2})")
"""A budget year as the Organization writes it: 2017/18 is 1 July 2017 to 30 June 2018."""


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Days from ``start`` (in) to ``end`` (out)."""

    start: date
    end: date

    def __str__(self) -> str:
        return f"{self.start.isoformat()}/{self.end.isoformat()}"

    @property
    def start_at(self) -> datetime:
        """The first instant, UTC."""
        return datetime.combine(self.start, time.min, UTC)

    @property
    def end_at(self) -> datetime:
        """The first instant after the period, UTC."""
        return datetime.combine(self.end, time.min, UTC)

    @property
    def last(self) -> date:
        """The last day that lies in the period."""
        return self.end - timedelta(days=1)

    @property
    def days(self) -> int:
        """How many days the period has."""
        return (self.end - self.start).days

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end

    def previous(self) -> Period:
        """Return the period just before: as many months where it starts and ends on one day of the month, else as many days."""
        months = (self.end.year - self.start.year) * 12 + self.end.month - self.start.month
        if months > 0 and self.start.day == self.end.day:
            return Period(add_months(self.start, -months), self.start)
        return Period(self.start - (self.end - self.start), self.start)

    def months(self) -> tuple[Period, ...]:
        """Split the period at calendar months; the first and the last may be parts of one."""
        parts, at = [], self.start
        while at < self.end:
            following = add_months(at.replace(day=1), 1)
            parts.append(Period(at, min(following, self.end)))
            at = following
        return tuple(parts)


def years(period: Period) -> float:
    """Return how many years a period has: whole ones by the calendar, leap or not, and the part of the year that follows."""
    whole = 0
    while add_months(period.start, 12 * (whole + 1)) <= period.end:
        whole += 1
    at = add_months(period.start, 12 * whole)
    following = add_months(period.start, 12 * (whole + 1))
    return whole + (period.end - at).days / (following - at).days


def add_months(day: date, months: int) -> date:
    """Return the same day so many months later; the month's last day where it has no such day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    first_after = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(day.day, (first_after - timedelta(days=1)).day))


def parse_day(text: str) -> date:
    """Read ``YYYY-MM-DD``.

    Raises:
        BadInput: KER-011, with what was found and what was expected.
    """
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            raise ValueError(text)
        return date.fromisoformat(text)
    except ValueError:
        raise BadInput.of(
            "KER-011",
            f"“{text}” is not a date that exists.",
            f"« {text} » n’est pas une date qui existe.",
            do_en="Write it as year-month-day, for example 2017-06-29.",
            do_fr="Écrivez-la année-mois-jour, par exemple 2017-06-29.",
        ) from None


def parse_period(text: str) -> Period:
    """Read ``2017-06-29/2017-09-29`` (half-open), ``2017-Q3``, ``2017-07``, ``2017``, a day, a week or a budget year.

    ``2017-07-14`` is one day, ``2017-W28`` the week of Monday 10 July, ``2017/18`` the year from 1 July 2017.

    Raises:
        BadInput: KER-011 for a date that does not exist, KER-012 for any other form, KER-013 for an end before its start,
            KER-018 for years in which nobody counts.
    """
    if short := _SHORT.fullmatch(text):
        period = _short(int(short[1]), short[2], short[3]) if EARLIEST <= int(short[1]) < LATEST else None
    elif (other := _named_otherwise(text)) is not None:
        period = other
    else:
        period = _from_days(text)
    if period is None or period.start.year < EARLIEST or period.end.year > LATEST:
        raise BadInput.of(
            "KER-018",
            f"The period {text} lies outside the years {EARLIEST} to {LATEST}.",
            f"La période {text} sort des années {EARLIEST} à {LATEST}.",
            do_en="Check the year; write the first day and the day after the last, 2017-06-29/2017-09-29.",
            do_fr="Vérifiez l’année ; écrivez le premier jour et le lendemain du dernier, 2017-06-29/2017-09-29.",
        )
    return period


def _short(year: int, quarter: str | None, month: str | None) -> Period:
    start = date(year, 3 * int(quarter) - 2 if quarter else int(month or 1), 1)
    return Period(start, add_months(start, 3 if quarter else 1 if month else 12))


def _named_otherwise(text: str) -> Period | None:
    """Return a week, a budget year or a day; ``None`` for any other form."""
    if (week := _WEEK.fullmatch(text)) and EARLIEST <= int(week[1]) < LATEST:
        try:
            monday = date.fromisocalendar(int(week[1]), int(week[2]), 1)
        except ValueError:
            return None  # told as a period that cannot be read
        return Period(monday, monday + timedelta(days=7))
    if (budget := _BUDGET.fullmatch(text)) and EARLIEST <= int(budget[1]) < LATEST - 1:
        first = int(budget[1])
        return Period(date(first, 7, 1), date(first + 1, 7, 1)) if (first + 1) % 100 == int(budget[2]) else None
    if _DAY.fullmatch(text):
        day = parse_day(text)
        return Period(day, day + timedelta(days=1))
    return None


def _from_days(text: str) -> Period:
    first, slash, last = text.partition("/")
    if not slash or _BUDGET.fullmatch(text):
        raise BadInput.of(
            "KER-012",
            f"“{text}” is not a period.",
            f"« {text} » n’est pas une période.",
            do_en="Write the first day and the day after the last, 2017-06-29/2017-09-29; or 2017, 2017-Q3, 2017-07, the week 2017-W28, "
            "the day 2017-07-14, the budget year 2017/18.",
            do_fr="Écrivez le premier jour et le lendemain du dernier, 2017-06-29/2017-09-29 ; ou 2017, 2017-Q3, 2017-07, la semaine "
            "2017-W28, le jour 2017-07-14, l’exercice budgétaire 2017/18.",
        )
    period = Period(parse_day(first), parse_day(last))
    if period.end <= period.start:
        raise BadInput.of(
            "KER-013",
            f"The period {text} ends before it starts.",
            f"La période {text} finit avant de commencer.",
            do_en="The second date is the day after the last one counted and must be later than the first.",
            do_fr="La seconde date est le lendemain du dernier jour compté et doit suivre la première.",
        )
    return period
