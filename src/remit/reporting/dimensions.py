"""The keys of a breakdown as a reader meets them: in words, and in the order in which one looks for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from remit.kernel.plain_text import plain_text
from remit.kernel.wording import Words
from remit.reporting.numbers import day, month

REST = ("other", "unknown")
"""What the keys of those options begin with that stand for all the rest."""


def dimension_words(dimension: str, key: str, names: Mapping[str, Words], language: str) -> str:
    """Return the words of a breakdown's key: a month, an area, an option; "not stated" where it is empty."""
    if not key:
        return "non précisé" if language == "fr" else "not stated"
    if dimension == "month":
        return month(date.fromisoformat(f"{key[:7]}-01"), language)
    if dimension == "day":
        return day(date.fromisoformat(key), language)
    if dimension == "week":
        return f"{'semaine' if language == 'fr' else 'week'} {int(key[-2:])}, {key[:4]}"
    if dimension in ("budget-year", "mandate-year"):
        return key.replace("-", "/")
    if dimension == "quarter" and language == "fr":
        return f"{key[-1]}e trimestre {key[:4]}".replace("1e ", "1er ")
    return names[key].in_(language) if key in names else key


def reading_order(keys: Iterable[str], names: Mapping[str, Words], language: str) -> list[str]:
    """Return keys in the order of their list, times in theirs, and what is not stated last.

    A list that is declared in alphabetical order is alphabetical in every language; any other order was meant (the steps
    of a process, degrees of a threat) and is kept. What stands for the rest comes after the alphabet.
    """
    named = [key for key in names if key and not key.startswith(REST)]
    english = [plain_text(names[key].en) for key in named]
    if english == sorted(english):
        named.sort(key=lambda key: plain_text(names[key].in_(language)))
        named += [key for key in names if key.startswith(REST)]
    else:
        named = list(names)
    place = {key: position for position, key in enumerate(named)}
    return sorted(set(keys), key=lambda key: (not key, place.get(key, len(place)), key))
