"""Grid references (MGRS): text to coordinates and an uncertainty.

The reference names a square, and the library gives its south-western corner: we take the square's centre and half its
diagonal as the uncertainty.
"""

from __future__ import annotations

import math
import re
import warnings
from dataclasses import dataclass

from mgrs import MGRS  # type: ignore[import-untyped]
from mgrs.core import MGRSError  # type: ignore[import-untyped]

from remit.kernel.errors import BadInput

_FORM = re.compile(r"(\d{1,2}[C-HJ-NP-X])([A-HJ-NP-Z][A-HJ-NP-V])(\d*)")


@dataclass(frozen=True, slots=True)
class GridSquare:
    """The square that a reference names: its centre in WGS84 degrees, and half its diagonal in metres."""

    lat: float
    lon: float
    uncertainty_m: float


def read_grid(text: str) -> GridSquare:
    """Read an MGRS reference, spaced or not: ``30Q YE 12345 67890`` down to ``30Q YE`` (a square of 100 km).

    Raises:
        BadInput: GEO-001, the text is not such a reference; GEO-002, it names a square that does not exist.
    """
    plain = re.sub(r"[\s\u00a0-]", "", text).upper()
    form = _FORM.fullmatch(plain)
    if form is None or len(form[3]) % 2 or len(form[3]) > 10:
        raise BadInput.of(
            "GEO-001",
            f"“{text}” is not a grid reference.",
            f"« {text} » n’est pas une coordonnée de carroyage.",
            do_en="Write zone, square, and as many digits east as north, for example 30Q YE 1234 5678.",
            do_fr="Écrivez le fuseau, le carré, et autant de chiffres à l’est qu’au nord, par exemple 30Q YE 1234 5678.",
        )
    zone, square, digits = form.groups()
    half = len(digits) // 2
    side = 10 ** (5 - half)
    east, north = (int(part.ljust(5, "0")) if half else 0 for part in (digits[:half], digits[half:]))
    middle = f"{zone}{square}{min(east + side // 2, 99_999):05d}{min(north + side // 2, 99_999):05d}"
    try:
        with warnings.catch_warnings():  # the middle of a square that its band cuts may lie just beyond the band
            warnings.simplefilter("ignore", RuntimeWarning)
            lat, lon = MGRS().toLatLon(middle)
    except MGRSError:
        raise BadInput.of(
            "GEO-002",
            f"There is no grid square {zone} {square} (“{text}”).",
            f"Il n’existe pas de carré {zone} {square} (« {text} »).",
            do_en="Check the zone and the two letters against the map.",
            do_fr="Vérifiez le fuseau et les deux lettres sur la carte.",
        ) from None
    return GridSquare(round(lat, 6), round(lon, 6), round(math.hypot(side, side) / 2, 1))
