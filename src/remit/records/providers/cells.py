"""Cells that several providers' files have: counts, coordinates, years, days of a workbook."""

from __future__ import annotations

import math
import re
from datetime import date

from remit.kernel.issues import Issue
from remit.records.providers.row import left_out


def number(text: str) -> float | None:
    """Return a number; ``None`` where it is none, or not finite."""
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def whole(
    text: str, column: str, line: int, name: str, *, missing: frozenset[str] = frozenset()
) -> tuple[int | None, list[Issue]]:
    """Return a count; ``None`` without an issue where the file says by one of ``missing`` that it is not known."""
    if text in missing:
        return None, []
    value = number(text)
    if value is not None and value.is_integer() and 0 <= value <= 1e8:
        return int(value), []
    return None, [left_out("IMP-015", f"{column} is “{text}”, not a whole number from 0",
                           f"{column} vaut « {text} », non un nombre entier à partir de 0", line, name)]  # fmt: skip


def coordinates(lat: str, lon: str, line: int, name: str) -> tuple[dict[str, float], list[Issue]]:
    """Return ``{lat, lon}`` in degrees."""
    found = {"lat": number(lat), "lon": number(lon)}
    for key, limit in (("lat", 90), ("lon", 180)):
        value = found[key]
        if value is None or abs(value) > limit:
            given = lat if key == "lat" else lon
            return {}, [left_out("IMP-015", f"{key} is “{given}”, not a number from -{limit} to {limit}",
                                 f"{key} vaut « {given} », non un nombre de -{limit} à {limit}", line, name)]  # fmt: skip
    return {key: value for key, value in found.items() if value is not None}, []


_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?|(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")


def day_of(text: str) -> date | None:
    """Return a day written ``2017-12-31`` or, day first, ``31-12-2017``.

    A day that could be read month first as well (``03-04-2017``) is not taken: a file that writes so needs a mapping.
    """
    form = _DAY.fullmatch(text.strip())
    if form is None:
        return None
    if form[1]:
        year, month, day = int(form[1]), int(form[2]), int(form[3])
    else:
        day, month, year = int(form[4]), int(form[5]), int(form[6])
        if day <= 12 and day != month:
            return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
