"""Working days: the week that a mission works, and the days that it keeps free."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from remit.kernel.errors import BadInput
from remit.kernel.wording import Words

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
"""As declarations write them; Monday is the first, as ISO 8601 counts."""

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class WorkingWeek:
    """Which days are worked: those of the week (0 is Monday) that are no holidays.

    Raises:
        BadInput: KER-023, no day of the week is worked; a limit in working days would never end.
    """

    days: frozenset[int] = frozenset(range(5))
    holidays: Mapping[date, Words] | None = None

    def __post_init__(self) -> None:
        """Refuse a week without work."""
        if not self.days:
            raise BadInput.of(
                "KER-023",
                "No day of the week is a working day.",
                "Aucun jour de la semaine n’est ouvré.",
                do_en="Name at least one day, for example monday.",
                do_fr="Indiquez au moins un jour, par exemple monday.",
            )

    def works(self, day: date) -> bool:
        """Return whether a day is worked."""
        return day.weekday() in self.days and day not in (self.holidays or {})

    def away(self, day: date, number: int) -> date:
        """Return the working day that lies so many working days after a day (before it where negative).

        The day itself is not counted, worked or not: a request of Friday is one working day old at the end of Monday.
        """
        step = ONE_DAY if number >= 0 else -ONE_DAY
        left = abs(number)
        while left:
            day += step
            left -= self.works(day)
        return day


PLAIN_WEEK = WorkingWeek()
"""Monday to Friday, without holidays: what holds where a mission declares nothing."""
