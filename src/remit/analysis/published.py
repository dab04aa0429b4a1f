"""Figures that others printed, and what explains that ours differ: the parts, the day they were known, the definition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from remit.kernel.periods import Period
from remit.kernel.wording import Words
from remit.measures.figures import Number

Verdict = Literal["same", "late", "differs", "unknown", "not-counted"]
"""``same``: the same number; ``late``: the same as ours was known then, and not now; ``differs``: neither; ``unknown``: ours is
not defined; ``not-counted``: no measure of ours counts it."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A number that a document printed."""

    key: str
    document: str
    title: Words
    known_on: date
    seen: str
    label: Words
    value: Number
    period: Period
    paragraph: str = ""
    measure: str = ""
    differs: Words | None = None
    parts: Mapping[str, Number] = field(default_factory=dict)

    @property
    def gap(self) -> Number:
        """How much the parts as printed lack of the whole as printed; 0 where they add up, or none are given."""
        return self.value - sum(self.parts.values()) if self.parts else 0


@dataclass(frozen=True, slots=True)
class Quantity:
    """One quantity that several measures count, each from its own source, and why they may differ."""

    key: str
    label: Words
    measures: tuple[str, ...]
    differs: Words


def verdict(printed: Number, then: Number | None, now: Number | None, *, counted: bool) -> Verdict:
    """Return what a printed number is beside ours.

    Args:
        printed: as printed.
        then: ours, from what was known on the document's day.
        now: ours, from all that is known.
        counted: whether a measure of ours counts the same thing.
    """
    if not counted:
        return "not-counted"
    if now is None:
        return "unknown"
    if printed == now:
        return "same"
    return "late" if then is not None and printed == then else "differs"
