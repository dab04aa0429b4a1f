"""Where a running text names a point on the ground, in the ways in which English and French write it.

Decimal degrees with a point or a comma, degrees with minutes and seconds, the form without signs (182624N), *lat* and *lon*, grid
references (MGRS), UTM and plus codes. No audience has anything finer than an area, so that any point is found, however coarse. It finds
too much rather than too little: an angle, or two amounts side by side, may be taken for one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mgrs import MGRS  # type: ignore[import-untyped]

_NUMBER = r"\d{1,3}(?:[.,]\d+)?"
_SIGN = r"[-+\u2212\u2013]?"
_SIDE = r"(?:(?:N(?:ord|orth)?|S(?:ud|outh)?|E(?:st|ast)?|W(?:est)?|O(?:uest)?)(?![^\W\d_]))"
_WRITTEN = r"(?-i:(?:[NSEWO]|[Nn]ord|NORD|[Nn]orth|NORTH|[Ss]ud|SUD|[Ss]outh|SOUTH|Est|EST|[Ee]ast|EAST|[Ww]est|WEST|[Oo]uest|OUEST)(?![^\W\d_]))"
"""A side beside a bare number: "est" in small letters is a verb."""
_DEGREE = r"(?:°|º|˚|\bdeg(?:r[eé](?:e?s?))?\b\.?)"
_MINUTE = r"(?:['’′‘´]|\bmin(?:utes?)?\b\.?)"
_SECOND = r"(?:[\"”″“]|''|’’|′′|\bsec(?:ond(?:e?s?))?\b\.?)"
_BETWEEN = rf"(?:\s*°?\s*{_SIDE}\s*[,;/|]?\s*|\s*°?\s*[,;/|]\s*|\s+(?:(?:et|and)\s+)?)"
_FINE = rf"{_SIGN}\d{{1,3}}[.,]\d{{2,}}"
_THOUSANDS = r"(?!\d{1,3},\d{3}(?:,\s*|\s+and\s+)\d{1,3},\d{3}\b)"
"""13,289, 1,742: English thousands. French sets decimals with a comma apart by a semicolon."""


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


_ANGLE = _pattern(
    rf"(?:\b{_SIDE}\s*)?(?<!\d){_SIGN}{_NUMBER}\s*{_DEGREE}(?!\s*[CF]\b)\s*(?:{_NUMBER}\s*{_MINUTE}\s*)?(?:{_NUMBER}\s*{_SECOND}\s*)?{_SIDE}?"
)
_POINTS = (
    _pattern(rf"(?<![\d.,]){_THOUSANDS}{_FINE}{_BETWEEN}{_FINE}(?![\d.]\d)(?:\s*°?\s*{_SIDE})?"),
    _pattern(rf"(?<![\d.,])\d{{1,3}}[.,]\d+\s*{_WRITTEN}"),
    _pattern(rf"\b{_WRITTEN}\s*\d{{1,3}}[.,]\d+"),
    _pattern(rf"\b(?:lat|long?)(?:itude)?\b\.?\s*(?:[:=]|de|of|is|est)?\s*{_SIGN}{_NUMBER}"),
    _pattern(r"\b\d{4,7}(?:[.,]\d+)?\s*[NS]\s*[,;/]?\s*\d{5,8}(?:[.,]\d+)?\s*[EWO]\b"),
    _pattern(r"\b\d{1,2}\s?[C-HJ-NP-X]\s*\d{6}(?:[.,]\d+)?\s*(?:m?E)?[\s,;]+\d{6,7}\b"),
    re.compile(r"\b[23456789CFGHJMPQRVWX]{4,8}\+[23456789CFGHJMPQRVWX]{2,3}\b"),
)
_GRID = _pattern(
    r"(?<![\d:.,])((?:0?[1-9]|[1-5]\d|60)\s?[C-HJ-NP-X])[\s-]?([A-HJ-NP-Z][A-HJ-NP-V])(?:[\s-]?((?:\d[\s-]?){2,10})(?!\d)|\b)"
)
_MONTHS = frozenset(
    [
        "JAN",
        "FEB",
        "MAR",
        "APR",
        "MAY",
        "JUN",
        "JUL",
        "AUG",
        "SEP",
        "OCT",
        "NOV",
        "DEC",
        "AVR",
        "MAI",
        "JUI",
        "AOU",
        "UTC",
        "GMT",
    ]
)


def points(text: str) -> Iterator[tuple[int, int]]:
    """Yield the first character of each point that a text names, and the one after it; they may overlap."""
    for pattern in _POINTS:
        for match in pattern.finditer(text):
            yield match.span()
    for match in _ANGLE.finditer(text):
        if _is_point(match[0]):
            yield match.span()
    for match in _GRID.finditer(text):
        if _is_grid(match):
            yield match.start(), match.start() + len(match[0].rstrip(" -\u00a0"))


def _is_point(angle: str) -> bool:
    """Return whether an angle has minutes, decimals or a side: "a turn of 90 degrees" has none."""
    rest = re.sub(_DEGREE, "°", angle, flags=re.IGNORECASE)
    return bool(re.search(rf"[.,]\d|{_MINUTE}|{_SIDE}", rest, re.IGNORECASE))


def _is_grid(match: re.Match[str]) -> bool:
    """Return whether it is a grid reference, and not a day ("18 JUN 2017") or two words ("10 men"), which name squares too.

    Of few digits, or none, it must be in capitals and name a square that exists.
    """
    zone, square, digits = match[1], match[2], re.sub(r"\D", "", match[3] or "")
    letters = zone[-1] + square
    if len(digits) % 2 or (letters.upper() in _MONTHS and (not digits or digits.startswith(("19", "20")))):
        return False
    return len(digits) > 4 or _exists(zone, square, digits)


def _exists(zone: str, square: str, digits: str) -> bool:
    plain = re.sub(r"\s", "", zone) + square
    if not digits and not plain.isupper():
        return False
    try:
        MGRS().toLatLon(plain.upper() + digits)
    except Exception:  # noqa: BLE001 - the library raises its own of no common kind
        return False
    return True
