"""Days and instants as people write and read them in English and French; an ambiguous form is refused, not guessed."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Literal

from remit.kernel.errors import BadInput
from remit.kernel.periods import parse_day
from remit.kernel.plain_text import plain_text

Precision = Literal["day", "month", "quarter", "year"]

_ENGLISH = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_FRENCH = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
_MONTHS = {plain_text(name): number for names in (_ENGLISH, _FRENCH) for number, name in enumerate(names, 1)}
_WORDED = re.compile(r"(?:(\d{1,2})(?:er)? )?([^\W\d]+) (\d{4})")
_NUMBERED = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}")
_TIMED = re.compile(r"(.+?),?[ T](\d{1,2})(?::| h )(\d{2})(?::(\d{2}))? ?(?:Z|UTC|GMT|TU)")


def read_day(text: str) -> tuple[date, Precision]:
    """Read ``2017-07-14``, ``2017-07``, ``2017``, ``14 July 2017``, ``14 juillet 2017``, ``July 2017`` or ``juillet 2017``.

    Returns:
        The day (the first one where only the month or the year is known) and how precise it is.

    Raises:
        BadInput: KER-011, a day that does not exist; KER-014, a form that can be read in two ways; KER-015, any other.
    """
    found = " ".join(text.split())
    if re.fullmatch(r"\d{4}", found):
        return parse_day(f"{found}-01-01"), "year"
    if re.fullmatch(r"\d{4}-\d{2}", found):
        return parse_day(f"{found}-01"), "month"
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", found):
        return parse_day(found), "day"
    if _NUMBERED.fullmatch(found):
        raise _unread(
            "KER-014", found, "can be read in two ways (day first or month first)", "peut se lire de deux façons"
        )
    if (worded := _WORDED.fullmatch(found)) and (month := _MONTHS.get(plain_text(worded[2]))):
        if worded[1] is None:
            return parse_day(f"{worded[3]}-{month:02}-01"), "month"
        try:
            return date(int(worded[3]), month, int(worded[1])), "day"
        except ValueError:
            raise _unread("KER-011", found, "is not a date that exists", "n’est pas une date qui existe") from None
    raise _unread("KER-015", found, "is not a date", "n’est pas une date")


def read_instant(text: str) -> datetime:
    """Read ``2017-07-14T02:10Z`` (any offset) or ``14 July 2017, 02:10 UTC``.

    Raises:
        BadInput: KER-016, no offset stated; else as :func:`read_day`, and KER-017 for a time of day that does not exist.
    """
    found = " ".join(text.split())
    if timed := _TIMED.fullmatch(found):
        day, precision = read_day(timed[1])
        if precision == "day":
            try:
                return datetime(
                    day.year, day.month, day.day, int(timed[2]), int(timed[3]), int(timed[4] or 0), tzinfo=UTC
                )
            except ValueError:
                raise _unread(
                    "KER-017", found, "has a time of day that does not exist", "porte une heure qui n’existe pas"
                ) from None
    try:
        instant = datetime.fromisoformat(found)
    except ValueError:
        day_part = re.split(r"[T ](?=\d{1,2}[:h])", found)[0]
        if day_part != found:
            read_day(day_part)
            raise _unread(
                "KER-017", found, "has a time that cannot be read", "porte une heure qui ne peut être lue"
            ) from None
        read_day(found)
        raise _instant_wanted(found) from None
    if instant.tzinfo is None:
        raise _instant_wanted(found)
    return instant.astimezone(UTC)


def show_day(day: date, language: str, precision: str = "day") -> str:
    """Return ``14 July 2017`` or ``1er juillet 2017``, as precisely as it is known."""
    if precision == "year":
        return str(day.year)
    if precision == "quarter":
        quarter = (day.month + 2) // 3
        return (
            f"{quarter}e trimestre {day.year}".replace("1e ", "1er ") if language == "fr" else f"Q{quarter} {day.year}"
        )
    month = (_FRENCH if language == "fr" else _ENGLISH)[day.month - 1]
    if precision == "month":
        return f"{month} {day.year}"
    number = "1er" if language == "fr" and day.day == 1 else str(day.day)
    return f"{number} {month} {day.year}"


def show_instant(instant: datetime, language: str) -> str:
    """Return ``14 July 2017, 02:10 UTC`` or ``14 juillet 2017, 02 h 10 UTC``."""
    at = instant.astimezone(UTC)
    time = f"{at.hour:02}\u00a0h\u00a0{at.minute:02}" if language == "fr" else f"{at.hour:02}:{at.minute:02}"
    return f"{show_day(at.date(), language)}, {time} UTC"


def _instant_wanted(found: str) -> BadInput:
    return BadInput.of(
        "KER-016",
        f"“{found}” does not say at which time and against which clock.",
        f"« {found} » ne dit pas à quelle heure ni selon quelle horloge.",
        do_en="Add the time and the offset, for example 2017-07-14T02:10Z for 02:10 UTC.",
        do_fr="Ajoutez l’heure et le décalage, par exemple 2017-07-14T02:10Z pour 02 h 10 UTC.",
    )


def _unread(code: str, found: str, en: str, fr: str) -> BadInput:
    return BadInput.of(
        code,
        f"“{found}” {en}.",
        f"« {found} » {fr}.",
        do_en="Write it 2017-07-14 or 14 July 2017.",
        do_fr="Écrivez-la 2017-07-14 ou 14 juillet 2017.",
    )
