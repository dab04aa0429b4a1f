"""A document as read: its provisions, each with the span of the source characters that it was read from."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from typing import Literal

from remit.kernel.issues import Issue

ProvisionRole = Literal["pp", "op", "sub", "cont", "heading"]


@dataclass(frozen=True, slots=True)
class Damage:
    """A place where the source is damaged: what kind, which characters (start, end), and whether it could be mended."""

    code: str
    span: tuple[int, int]
    found: str
    read_as: str


@dataclass(frozen=True, slots=True)
class Provision:
    """One numbered piece of an instrument.

    Attributes:
        role: pp preambular, op operative, sub item, cont unnumbered continuation, heading.
        path: its place, ``20.a.ii.-1`` is paragraph 20 (a) (ii), first dash; "" for preamble and headings.
        key: unique within the document: ``20.a.ii.-1``; a continuation under a titled item ends in ``~1``;
            preambular paragraphs are ``pp.1`` …, headings ``h.1`` ….
        text: the words, furniture removed, broken words mended.
        verbs: leading verb phrases, the first one first; empty for items.
        span: characters of ``Document.source`` from which it was read (half-open).
        damage: places inside that were mended or could not be.
        parts: the stretches of the source inside ``span`` without the page furniture between them.
        runs: pairs (place in ``text``, place in the source), ascending: where each word of ``text`` stood.
    """

    role: ProvisionRole
    path: str
    key: str
    text: str
    verbs: tuple[str, ...]
    span: tuple[int, int]
    damage: tuple[Damage, ...] = ()
    parts: tuple[tuple[int, int], ...] = ()
    runs: tuple[tuple[int, int], ...] = ()

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the source characters (half-open) of ``text[start:end]``; the whole span where no runs are kept."""
        if not self.runs or end <= start:
            return self.span
        return self._origin(start), self._origin(end - 1) + 1

    def _origin(self, place: int) -> int:
        run = self.runs[max(0, bisect_right(self.runs, (place, 1 << 60)) - 1)]
        return run[1] + place - run[0]


@dataclass(frozen=True, slots=True)
class Document:
    """What was read from one file.

    Attributes:
        source: the characters that the spans count in (the text as given; for XML the decoded file).
        symbol: ``S/RES/2364 (2017)``, "" where it could not be read.
        problems: what was damaged, missing or uncertain; never filled in silently.
    """

    symbol: str
    title: str
    adopted: date | None
    meeting: int | None
    language: str
    source: str
    provisions: tuple[Provision, ...]
    problems: tuple[Issue, ...]
