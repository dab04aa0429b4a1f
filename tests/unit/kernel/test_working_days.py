"""Working days: weekends and holidays are passed over, forward and back."""

from __future__ import annotations

from datetime import date

import pytest

from remit.kernel.errors import BadInput
from remit.kernel.wording import same
from remit.kernel.working_days import PLAIN_WEEK, WorkingWeek

FRIDAY, MONDAY = date(2030, 3, 1), date(2030, 3, 4)
HOLIDAY = WorkingWeek(holidays={MONDAY: same("Invented day")})


@pytest.mark.parametrize(
    ("week", "day", "number", "reached"),
    [
        (PLAIN_WEEK, FRIDAY, 1, MONDAY),
        (PLAIN_WEEK, date(2030, 3, 2), 1, MONDAY),  # from a Saturday as from the Friday before
        (PLAIN_WEEK, FRIDAY, 10, date(2030, 3, 15)),
        (HOLIDAY, FRIDAY, 1, date(2030, 3, 5)),
        (HOLIDAY, MONDAY, 1, date(2030, 3, 5)),  # a holiday itself is not counted either
        (PLAIN_WEEK, MONDAY, -1, FRIDAY),
        (HOLIDAY, date(2030, 3, 5), -2, date(2030, 2, 28)),
        (WorkingWeek(frozenset({6, 0, 1, 2, 3})), date(2030, 2, 28), 1, date(2030, 3, 3)),  # Sunday to Thursday
        (PLAIN_WEEK, FRIDAY, 0, FRIDAY),
    ],
)
def test_so_many_working_days_away(week: WorkingWeek, day: date, number: int, reached: date) -> None:
    assert week.away(day, number) == reached


def test_a_week_without_work_is_refused() -> None:
    with pytest.raises(BadInput) as refused:
        WorkingWeek(frozenset())
    assert refused.value.issues[0].code == "KER-023"
