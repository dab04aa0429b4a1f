"""Place names as they are spelt and misspelt: one key for the spellings of one name, and the nearest names for one that is not known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz, process

from remit.missions.locate import folded

_SPELLINGS: Sequence[tuple[str, str]] = (
    ("ou", "u"), ("oo", "u"), ("w", "u"), ("dj", "j"), ("dia", "ja"), ("dy", "j"), ("gn", "ni"), ("ny", "ni"), ("gh", "g"), ("kh", "k"),
    ("th", "t"), ("ph", "f"), ("c", "k"), ("q", "k"), ("y", "i"), ("é", "e"), ("ee", "i"), ("h", ""),
)  # fmt: skip
"""Spellings of one sound in French, English and local renderings of names."""


def spelling(name: str) -> str:
    """Return a name in one spelling of what sounds alike: ``Djenné``, ``Jenne`` and ``Djenne`` give one key."""
    plain = folded(name)
    for spelt, sounded in _SPELLINGS:
        plain = plain.replace(spelt, sounded)
    return re.sub(r"(.)\1+", r"\1", plain).replace(" ", "")


def nearest_names(
    wanted: str, names: Iterable[str], *, limit: int = 5, at_least: float = 75
) -> list[tuple[str, float]]:
    """Return the names most like one, with their likeness of 100."""
    found = process.extract(
        folded(wanted), {name: folded(name) for name in names}, scorer=fuzz.WRatio, limit=limit, score_cutoff=at_least
    )
    return [(key, round(score, 1)) for _, score, key in found]
