"""Fill the sentences of an outline with figures, each kept by its key.

Places in words: ``{figure:KEY}``, ``{previous:KEY}``, ``{change:KEY}``, ``{limit:KEY}``, ``{period}``, ``{as_of}``,
``{note:1}``.
With a noun, ``{figure:KEY|finding|findings}`` chooses the form by number; a fourth part ``f`` makes it feminine in French
(``{change:KEY|||f}`` without a noun). A number that the audience may not see stands as ``[…]``, with the noun's plural.
A clause in double brackets, ``[[, and {figure:KEY} of them in time]]``, is left out where its number is not defined.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from remit.kernel.errors import BadInput
from remit.kernel.periods import Period
from remit.measures.definitions import FRACTIONS, Measure
from remit.measures.figures import Figure, Number
from remit.reporting.document import Run
from remit.reporting.numbers import WITHHELD, day, in_words, instant, number, quantity

PLACE = re.compile(r"\{([a-z_]+)(?::([a-z0-9-]+))?((?:\|[^|{}]*)*)\}")
_CLAUSE = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)
PARTS = ("figure", "previous", "change", "limit")
AT_LEAST = {"en": "at least ", "fr": "au moins "}


@dataclass(frozen=True, slots=True)
class Filling:
    """What sentences are filled with."""

    language: str
    period: Period
    as_of: datetime | None
    measures: Mapping[str, Measure]
    figures: Mapping[str, Figure]
    previous: Mapping[str, Figure]
    notes: tuple[str, ...] = ()
    """The texts of the footnotes that ``{note:1}``, ``{note:2}`` … hang where they stand."""


def fill(words: str, filling: Filling) -> tuple[Run, ...]:
    """Return the sentence as runs.

    Raises:
        BadInput: REP-011, a place that names no known thing.
    """
    words = _with_numbers(words, filling)
    runs: list[Run] = []
    at = 0
    for place in PLACE.finditer(words):
        if place.start() > at:
            runs.append(Run(words[at : place.start()]))
        runs.append(_run(place, filling, opens=_opens(words[: place.start()])))
        at = place.end()
    if at < len(words):
        runs.append(Run(words[at:]))
    return tuple(runs)


def _with_numbers(words: str, filling: Filling) -> str:
    """Return the words without the clauses in double brackets that would print a number which is not defined.

    A share of nothing has no value: the clause about it says nothing. A number that is withheld keeps its clause.
    """

    def kept(clause: re.Match[str]) -> str:
        named = [(place[1], place[2]) for place in PLACE.finditer(clause[1]) if place[1] in PARTS]
        known = all(
            key in filling.figures and (value_of(part, key, filling) is not None or _withheld(part, key, filling))
            for part, key in named
        )
        return clause[1] if known else ""

    return _CLAUSE.sub(kept, words)


def period_words(period: Period, language: str) -> str:
    """Return ``29 June to 28 September 2017`` / ``du 29 juin au 28 septembre 2017`` (the last day is in)."""
    last = period.end - timedelta(days=1)
    if last == period.start:
        return f"du {day(last, language)}" if language == "fr" else day(last, language)
    first = day(period.start, language, year=period.start.year != last.year)
    return f"du {first} au {day(last, language)}" if language == "fr" else f"{first} to {day(last, language)}"


def _run(place: re.Match[str], filling: Filling, *, opens: bool) -> Run:
    name, key, nouns = place[1], place[2] or "", (place[3] or "").split("|")[1:]
    if name == "period":
        return Run(period_words(filling.period, filling.language))
    if name == "as_of":
        at = filling.as_of
        return Run(instant(at, filling.language) if at else day(filling.period.last, filling.language))
    if name == "note" and key.isdigit() and 0 < int(key) <= len(filling.notes):
        return Run("", note=filling.notes[int(key) - 1])
    if name not in PARTS or key not in filling.figures:
        raise BadInput.of(
            "REP-011",
            f"The place {place[0]} of the outline names no figure that was computed.",
            f"La place {place[0]} du plan ne nomme aucun chiffre calculé.",
            do_en=f"Use {', '.join('{' + p + ':KEY}' for p in PARTS)}, {{period}} or {{as_of}}.",
            do_fr=f"Employez {', '.join('{' + p + ':CLÉ}' for p in PARTS)}, {{period}} ou {{as_of}}.",
        )
    text = _number(name, key, filling, feminine="f" in nouns[2:])
    if filling.language != "fr" and nouns[:1] not in ([], [""]) and text == "zero":
        text = "no"
    noun = _noun(nouns, value_of(name, key, filling), filling.language)
    if noun:
        text += ("\u00a0" if filling.language == "fr" else " ") + noun
    return Run(text[:1].upper() + text[1:] if opens else text, key, name)


def _noun(nouns: list[str], value: Number | None, language: str) -> str:
    if len(nouns) < 2:
        return ""
    return nouns[0] if _singular(value, language) else nouns[1]


def value_of(part: str, key: str, filling: Filling) -> Number | None:
    """Return the number that a place prints: of the figure, of the period before, the change, or the ceiling."""
    now = filling.figures[key]
    before = filling.previous.get(key)
    if part == "figure":
        return now.value
    if part == "limit":
        return now.limit
    if part == "previous":
        return before.value if before else None
    if now.value is None or before is None or before.value is None:
        return None
    return now.value - before.value


def _number(part: str, key: str, filling: Filling, *, feminine: bool) -> str:
    value = value_of(part, key, filling)
    language = "fr" if filling.language == "fr" else "en"
    kind = filling.measures[key].kind
    if part == "limit":
        return number(value, language)
    if _withheld(part, key, filling):
        return WITHHELD
    if part == "change":
        return change_words(value, language, kind=kind, feminine=feminine)
    figure = filling.previous.get(key) if part == "previous" else filling.figures[key]
    bound = AT_LEAST[language] if figure and figure.lower_bound and value is not None else ""
    return bound + quantity(value, language, kind, words=True, feminine=feminine)


def _withheld(part: str, key: str, filling: Filling) -> bool:
    """Return whether the number of a place is kept from the audience: its own, or one of the two that it is made of."""
    now, before = filling.figures[key].withheld, bool((found := filling.previous.get(key)) and found.withheld)
    return {"figure": now, "previous": before}.get(part, now or before)


_POINTS = {
    "en": ("percentage points more", "percentage points less"),
    "fr": ("points de pourcentage de plus", "points de pourcentage de moins"),
}
_MORE = {"en": ("more", "fewer"), "fr": ("de plus", "de moins")}
_LONGER = {"en": ("more", "less"), "fr": ("de plus", "de moins")}
_SAME = {"en": "no change", "fr": "sans changement"}


def change_words(value: Number | None, language: str, *, kind: str = "count", feminine: bool = False) -> str:
    """Return a change in words: ``three more``, ``two fewer``, ``no change``; of a share in percentage points."""
    language = "fr" if language == "fr" else "en"
    if value is None:
        return number(None, language)
    if value == 0:
        return _SAME[language]
    side = 0 if value > 0 else 1
    if kind == "elapsed":
        return f"{quantity(abs(value), language, kind, words=True)} {_LONGER[language][side]}"
    if kind in FRACTIONS:
        return f"{number(100 * abs(value), language, decimals=1)} {_POINTS[language][side]}"
    return f"{in_words(abs(value), language, feminine=feminine)} {_MORE[language][side]}"


def _singular(value: Number | None, language: str) -> bool:
    return value is not None and (abs(value) < 2 if language == "fr" else abs(value) == 1)


def _opens(before: str) -> bool:
    """Return whether a place begins a sentence."""
    return not before.strip() or before.rstrip().endswith((".", "!", "?"))
