"""The change of a figure against the period before, by the same rule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from remit.analysis.status import number_words, percent_words, value_words
from remit.kernel.wording import Words
from remit.measures.definitions import ADDITIVE, FRACTIONS, Measure
from remit.measures.figures import Figure, Number

Direction = Literal["up", "down", "same", "unknown"]


@dataclass(frozen=True, slots=True)
class Change:
    """How a figure moved.

    Attributes:
        difference: now less before; for a share in percentage points / 100.
        ratio: the difference as a part of the value before; ``None`` from nothing, of shares and where unknown.
        better: whether it moved to the side that the measure calls better; ``None`` where it names none.
        reason: the change in words, or why the two cannot be compared.
    """

    direction: Direction
    difference: Number | None
    ratio: float | None
    better: bool | None
    reason: Words


def change(measure: Measure, now: Figure, before: Figure) -> Change:
    """Return the change from one figure to a later one of the same measure.

    Periods of other lengths are compared only for what does not add up over time (shares, stocks, elapsed times).
    """
    if now.definition != before.definition:
        return _incomparable("the definition changed in between", "la définition a changé entre-temps")
    if now.value is None or before.value is None:
        return _incomparable(
            "one of the two is not defined or withheld", "l’un des deux n’est pas défini ou est masqué"
        )
    if measure.kind in ADDITIVE and not _alike(now, before):
        return _incomparable("the two periods are not equally long", "les deux périodes n’ont pas la même durée")
    share = measure.kind in FRACTIONS
    difference = round(now.value - before.value, 9)
    direction: Direction = "up" if difference > 0 else "down" if difference < 0 else "same"
    better = None if not measure.better or not difference else (difference > 0) is (measure.better == "higher")
    if not difference:
        return Change(
            direction,
            0,
            None,
            None,
            Words("Unchanged from the period before.", "Inchangé par rapport à la période précédente."),
        )
    size = _size(abs(difference), before.value, share)
    text = {
        "up": Words("Up by {size} from {before}.", "En hausse de {size}, contre {before}."),
        "down": Words("Down by {size} from {before}.", "En baisse de {size}, contre {before}."),
    }[direction]
    words = text.format(size=size, before=value_words(before.value, share))
    ratio = None if share or not before.value else difference / before.value
    return Change(direction, difference, ratio, better, _bounded(words, now, before))


def _alike(now: Figure, before: Figure) -> bool:
    """Return whether two periods are as long: as many days, or each the period just before the other in months."""
    return now.period.days == before.period.days or now.period.previous() == before.period


def _size(difference: Number, before: Number, share: bool) -> Words:
    if share:
        points = number_words(100 * difference)
        return Words("{n} percentage points", "{n} points de pourcentage").format(n=points)
    if not before:
        return number_words(difference)
    return Words("{n} ({share})", "{n} ({share})").format(
        n=number_words(difference), share=percent_words(difference, abs(before))
    )


def _bounded(words: Words, now: Figure, before: Figure) -> Words:
    if not (now.lower_bound or before.lower_bound):
        return words
    note = Words(" Some numbers are “at least”.", " Certains nombres valent « au moins ».")
    return Words(words.en + note.en, words.fr + note.fr)


def _incomparable(en: str, fr: str) -> Change:
    return Change("unknown", None, None, None, Words(f"Not comparable: {en}.", f"Non comparable : {fr}."))
