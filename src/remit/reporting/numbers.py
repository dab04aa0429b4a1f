"""Numbers and dates as the United Nations writes them, in English and in French.

Editorial Manual of the United Nations: numbers under ten in words inside sentences, "per cent" spelt out,
thousands set off by a comma in English and a narrow no-break space in French, dates as 28 September 2017.
"""

from __future__ import annotations

from datetime import date, datetime

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
NARROW = "\u202f"


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
        text += " per cent" if language == "en" else "\u00a0pour cent"
    return text


def in_words(value: Number | None, language: str, *, share: bool = False, feminine: bool = False) -> str:
    """Return a number as it stands in a sentence: whole numbers under ten in words, all others in figures."""
    if value is not None and not share and float(value).is_integer() and 0 <= value < 10:
        if language == "fr" and feminine and value == 1:
            return "une"
        return _WORDS["fr" if language == "fr" else "en"][int(value)]
    return number(value, language, share=share)


def day(on: date, language: str, *, year: bool = True) -> str:
    """Return ``28 September 2017`` / ``28 septembre 2017`` (``1er`` for the first of a French month)."""
    language = "fr" if language == "fr" else "en"
    first = "1er" if language == "fr" and on.day == 1 else str(on.day)
    text = f"{first} {_MONTHS[language][on.month - 1]}"
    return f"{text} {on.year}" if year else text


def month(on: date, language: str) -> str:
    """Return ``July 2017`` / ``juillet 2017``."""
    return f"{_MONTHS['fr' if language == 'fr' else 'en'][on.month - 1]} {on.year}"


def instant(at: datetime, language: str) -> str:
    """Return ``28 September 2017, 18:00 UTC`` / ``28 septembre 2017, 18 h 00 UTC``."""
    clock = f"{at:%H} h {at:%M}" if language == "fr" else f"{at:%H:%M}"
    return f"{day(at.date(), language)}, {clock} UTC"


def roman(value: int) -> str:
    """Return a number from 1 to 39 in Roman figures."""
    tens, ones = divmod(value, 10)
    return "X" * tens + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[ones]
