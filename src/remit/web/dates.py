"""Days and instants as people read them, in both languages. Instants are UTC and say so."""

from __future__ import annotations

from datetime import UTC, date, datetime

from remit.kernel.periods import Period

MONTHS = {
    "en": ("January", "February", "March", "April", "May", "June",
           "July", "August", "September", "October", "November", "December"),
    "fr": ("janvier", "février", "mars", "avril", "mai", "juin",
           "juillet", "août", "septembre", "octobre", "novembre", "décembre"),
}  # fmt: skip


def month_name(number: int, language: str) -> str:
    """Return a month's name, 1 to 12."""
    return MONTHS["fr" if language == "fr" else "en"][number - 1]


def day_text(value: date | str | None, language: str, *, year: bool = True) -> str:
    """Return ``29 June 2017``; a text is read as an ISO day, month or year, and given back where it is none."""
    if not value:
        return ""
    if isinstance(value, str):
        parts = value[:10].split("-")
        if len(parts) == 1 or not all(part.isdigit() for part in parts):
            return value
        if len(parts) == 2:
            return f"{month_name(int(parts[1]), language)} {parts[0]}"
        value = date(int(parts[0]), int(parts[1]), int(parts[2]))
    first = "1er" if language == "fr" and value.day == 1 else str(value.day)
    text = f"{first}\u00a0{month_name(value.month, language)}"
    return f"{text}\u00a0{value.year}" if year else text


def instant_text(value: datetime | str | None, language: str) -> str:
    """Return ``14 July 2017, 02:10 UTC``."""
    if not value:
        return ""
    if isinstance(value, str):
        if len(value) <= 10:
            return day_text(value, language)
        value = datetime.fromisoformat(value)
    value = value.astimezone(UTC)
    clock = f"{value:%H:%M}\u00a0UTC" if language != "fr" else f"{value.hour}\u00a0h\u00a0{value:%M} UTC"
    return f"{day_text(value.date(), language)}, {clock}"


def period_text(period: Period, language: str) -> str:
    """Return ``29 June – 28 September 2017``: the days that lie in the period."""
    last = period.last
    same_year = period.start.year == last.year
    return f"{day_text(period.start, language, year=not same_year)} – {day_text(last, language)}"
