"""The mandate as a mission declares it: every operative paragraph and item restated in its own words, and the plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from remit.kernel.wording import Words
from remit.mandate.asked import ClockKind

ProvisionKind = Literal["decides", "requests", "urges", "affirms"]
Priority = Literal["strategic", "priority", "other", "cross-cutting", "none"]


@dataclass(frozen=True, slots=True)
class DeclaredClock:
    """A clock of the mandate, with its days."""

    kind: ClockKind
    dates: tuple[date, ...]
    label: Words
    duty: bool = False
    """Whether it is a duty to the Council (a report or plan that is due)."""
    product: str = ""
    """The product that answers it, by key."""


@dataclass(frozen=True, slots=True)
class DeclaredLimit:
    """A ceiling of the mandate. ``measure`` is the key of the measure that is held against it."""

    key: str
    amount: int
    of: Words
    measure: str = ""


@dataclass(frozen=True, slots=True)
class DeclaredProvision:
    """One operative paragraph or item in our own short words.

    ``path`` as in the text; ``force`` the operative verb as the text has it (English); ``kind`` as in the field's
    coverage table: D decides/authorizes, R requests the Secretary-General or the mission, U urges parties or States,
    A affirms or encourages.
    """

    path: str
    words: Words
    force: str
    kind: ProvisionKind
    addressees: tuple[str, ...]
    conditions: tuple[str, ...] = ()
    clocks: tuple[DeclaredClock, ...] = ()
    limits: tuple[DeclaredLimit, ...] = ()
    references: tuple[str, ...] = ()
    watched: tuple[str, ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class DeclaredInstrument:
    """The instrument that gives the mandate. ``key`` is ``s-res-2364-2017``."""

    key: str
    symbol: str
    title: Words
    adopted: date
    expires: date
    meeting: int | None
    provisions: Mapping[str, DeclaredProvision]
    headings: Mapping[str, Words] = field(default_factory=dict)
    """Section headings in our own words, by the path of the paragraph before which they stand."""


@dataclass(frozen=True, slots=True)
class Task:
    """The mission's plan for an obligation."""

    key: str
    path: str
    label: Words
    lead: str
    partners: tuple[str, ...] = ()
    priority: Priority = "none"
    measures: tuple[str, ...] = ()
    records: tuple[str, ...] = ()
    review: str = ""
    line: int = 0


def provision_label(path: str, language: str = "en") -> str:
    """Return how people read a path: ``20.a.ii.-1`` is "para. 20 (a) (ii), first dash"."""
    head, *rest = path.split(".")
    text = f"para. {head}"
    for part in rest:
        if part.startswith("-"):
            text += ", " + _ordinal(int(part[1:]), language)
        else:
            text += f" ({part})"
    return text


_ORDINALS = {
    "en": ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"),
    "fr": ("premier", "deuxième", "troisième", "quatrième", "cinquième", "sixième", "septième", "huitième", "neuvième"),
}


def _ordinal(number: int, language: str) -> str:
    words = _ORDINALS["fr" if language == "fr" else "en"]
    word = words[number - 1] if number <= len(words) else f"{number}"
    return f"{word} tiret" if language == "fr" else f"{word} dash"
