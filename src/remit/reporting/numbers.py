"""Numbers and dates as the United Nations writes them, in English and in French.

Editorial Manual of the United Nations: numbers under ten in words inside sentences, "per cent" spelt out,
thousands set off by a comma in English and a narrow no-break space in French, dates as 28 September 2017.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

from remit.kernel.wording import Words
from remit.measures.definitions import FRACTIONS
from remit.measures.figures import Number

_WORDS = {
    "en": ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    "fr": ("zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf"),
}
_MONTHS = {
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December"),
    "fr": ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
           "novembre", "décembre"),
}  # fmt: skip
NOT_AVAILABLE = {"en": "not available", "fr": "non disponible"}
WITHHELD = "[…]"
"""Stands for a number that the audience may not see: not for zero, and not for one that is missing."""
NO_BREAK, NARROW = "\u00a0", "\u202f"


def number(value: Number | None, language: str, *, share: bool = False, decimals: int | None = None) -> str:
    """Return a number in figures: ``10,742`` / ``10 742``; a share as ``66.7 per cent`` / ``66,7 pour cent``."""
    language = "fr" if language == "fr" else "en"
    if value is None:
        return NOT_AVAILABLE[language]
    shown = 100 * value if share else value
    whole = float(shown).is_integer()
    places = decimals if decimals is not None else (0 if whole else 1)
    text = f"{shown:,.{places}f}"
    if language == "fr":
        text = text.replace(",", NARROW).replace(".", ",")
    if share:
        text += " per cent" if language == "en" else "\u00a0pour\u00a0cent"
    return text


def in_words(value: Number | None, language: str, *, share: bool = False, feminine: bool = False) -> str:
    """Return a number as it stands in a sentence: whole numbers under ten in words, all others in figures."""
    if value is not None and not share and float(value).is_integer() and 0 <= value < 10:
        if language == "fr" and feminine and value == 1:
            return "une"
        return _WORDS["fr" if language == "fr" else "en"][int(value)]
    return number(value, language, share=share)


_SPANS = (
    (86_400, Words("day", "jour"), Words("days", "jours")),
    (3_600, Words("hour", "heure"), Words("hours", "heures")),
    (60, Words("minute", "minute"), Words("minutes", "minutes")),
)


def span(seconds: Number) -> tuple[int, Words, Words]:
    """Return the unit in which a time is told, in seconds, with its words for one and for several.

    Days from two days on, hours from one hour on, minutes below.
    """
    size = abs(seconds)
    return _SPANS[0] if size >= 2 * 86_400 else _SPANS[1] if size >= 3_600 else _SPANS[2]


def duration(seconds: Number | None, language: str, *, words: bool = False) -> str:
    """Return a time: ``5 days``, ``1.5 hours`` / ``1,5 heure``; ``words`` writes whole numbers under ten in words."""
    if seconds is None:
        return number(None, language)
    unit, one, several = span(seconds)
    value = round(seconds / unit, 1)
    feminine = unit < 86_400
    told = in_words(value, language, feminine=feminine) if words else number(value, language)
    noun = one if (abs(value) < 2 if language == "fr" else abs(value) == 1) else several
    return f"{told}{NO_BREAK if language == 'fr' else ' '}{noun.in_(language)}"


def quantity(value: Number | None, language: str, kind: str, *, words: bool = False, feminine: bool = False) -> str:
    """Return the value of a measure of a kind: a share in per cent, an elapsed time in its unit, else a number.

    Args:
        value: as in the figure: a share is a fraction of 1, an elapsed time is in seconds.
        language: en or fr.
        kind: the measure's kind.
        words: as in a sentence, whole numbers under ten in words.
        feminine: the noun counted is feminine in French.
    """
    if kind == "elapsed":
        return duration(value, language, words=words)
    if words:
        return in_words(value, language, share=kind in FRACTIONS, feminine=feminine)
    return number(value, language, share=kind in FRACTIONS)


def day(on: date, language: str, *, year: bool = True) -> str:
    """Return ``28 September 2017`` / ``28 septembre 2017`` (``1er`` for the first of a French month).

    The day and its month stand on one line.
    """
    language = "fr" if language == "fr" else "en"
    first = "1er" if language == "fr" and on.day == 1 else str(on.day)
    text = f"{first}{NO_BREAK}{_MONTHS[language][on.month - 1]}"
    return f"{text} {on.year}" if year else text


def month(on: date, language: str) -> str:
    """Return ``July 2017`` / ``juillet 2017``."""
    return f"{_MONTHS['fr' if language == 'fr' else 'en'][on.month - 1]} {on.year}"


def instant(at: datetime, language: str) -> str:
    """Return ``28 September 2017, 18:00 UTC`` / ``28 septembre 2017, 18 h 00 UTC`` (with no-break spaces in the hour)."""
    at = at.astimezone(UTC)
    clock = f"{at.hour}\u00a0h\u00a0{at:%M}" if language == "fr" else f"{at:%H:%M}"
    return f"{day(at.date(), language)}, {clock} UTC"


def roman(value: int) -> str:
    """Return a number from 1 to 39 in Roman figures."""
    tens, ones = divmod(value, 10)
    return "X" * tens + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[ones]
