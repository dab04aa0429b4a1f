"""What an instrument asks, as found in its words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from remit.kernel.issues import Issue

ClockKind = Literal["until", "deadline", "recurring"]


@dataclass(frozen=True, slots=True)
class Obligation:
    """What a provision asks: of whom, with which force (the operative verb), to do what, on which conditions."""

    path: str
    addressees: tuple[str, ...]
    force: str
    action: str
    conditions: tuple[str, ...] = ()
    unclassified: str = ""
    """Why no rule classifies it, "" where one does."""
    kind: str = ""
    """decides, requests, urges or affirms; "" where unclassified."""
    span: tuple[int, int] | None = None
    """The characters of the source (half-open) in which it is asked."""


@dataclass(frozen=True, slots=True)
class MandateClock:
    """A time in the mandate: ``until`` a day, a ``deadline`` counted from the adoption, or ``recurring`` days."""

    path: str
    kind: ClockKind
    dates: tuple[date, ...]
    words: str
    rule: str = ""
    """How the days were found, in words; where there are none, why."""
    span: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Limit:
    """A ceiling: how many of what."""

    path: str
    amount: int
    of: str
    words: str
    span: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """Another instrument that a provision names."""

    path: str
    symbol: str


@dataclass(frozen=True, slots=True)
class Reference:
    """Another paragraph of the same instrument that a provision names."""

    path: str
    to: str


@dataclass(frozen=True, slots=True)
class Asked:
    """All that was found in one document."""

    obligations: tuple[Obligation, ...] = ()
    clocks: tuple[MandateClock, ...] = ()
    limits: tuple[Limit, ...] = ()
    citations: tuple[Citation, ...] = ()
    references: tuple[Reference, ...] = ()
    problems: tuple[Issue, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)
