"""What is marked inside a provision's text: citations, references, dates, quantities, roles, organizations."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Literal

import yaml

from remit.mandate.asked import Limit
from remit.mandate.citations import written_out
from remit.mandate.references import paragraph_tokens
from remit.text.furniture import find_days

MarkKind = Literal["citation", "reference", "date", "quantity", "role", "organization"]
_FIRST: Mapping[str, int] = {"citation": 0, "reference": 1, "date": 2, "quantity": 3, "role": 4, "organization": 5}


@dataclass(frozen=True, slots=True)
class Marked:
    """A stretch of a text (half-open) and what it is.

    ``value``: the symbol cited, the path referred to, the day (ISO), the amount, or the name of role or organization;
    ``show``: how the ontology writes it out.
    """

    kind: MarkKind
    start: int
    end: int
    value: str
    show: str = ""


@functools.cache
def _named(language: str) -> tuple[tuple[MarkKind, str, str, re.Pattern[str]], ...]:
    raw = yaml.safe_load(files("remit.mandate.vocabulary").joinpath(language, "marked.yaml").read_text("utf-8"))
    kinds: tuple[tuple[MarkKind, str], ...] = (("role", "roles"), ("organization", "organizations"))
    return tuple(
        (kind, one["name"], one["show"], re.compile(rf"(?<![\w-])(?:{one['pattern']})(?![\w-])"))
        for kind, part in kinds
        for one in raw[part]
    )


def find_marks(text: str, limits: Sequence[Limit], language: str = "en") -> tuple[Marked, ...]:
    """Return what is marked in a provision's text, in order; no two overlap (a citation goes before a date in it).

    Args:
        text: the provision's text.
        limits: the ceilings found in it.
        language: of the text.
    """
    found = sorted(_all(text, limits, language), key=lambda one: (_FIRST[one.kind], one.start, -one.end))
    kept: list[Marked] = []
    for one in found:
        if all(one.end <= other.start or one.start >= other.end for other in kept):
            kept.append(one)
    return tuple(sorted(kept, key=lambda one: one.start))


def _all(text: str, limits: Sequence[Limit], language: str) -> Iterator[Marked]:
    for start, end, symbol in written_out(text):
        yield Marked("citation", start, end, symbol)
    for start, end, to in paragraph_tokens(text):
        yield Marked("reference", start, end, to)
    for start, end, day in find_days(text):
        yield Marked("date", start, end, day.isoformat())
    for limit in limits:
        for match in re.finditer(rf"(?<![\d,])(?:{limit.amount:,}|{limit.amount})(?![\d,]*\d)", text):
            yield Marked("quantity", *match.span(), str(limit.amount), limit.of)
    for kind, name, show, pattern in _named(language):
        for match in pattern.finditer(text):
            yield Marked(kind, *match.span(), name, show)
