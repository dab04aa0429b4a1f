"""What in a text must not leave: names of people to be protected, coordinates, marked passages, words of closed records.

Finding is all this does: a person decides on each (``remit.services.releasing``). It finds too much rather than too little.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from mgrs import MGRS  # type: ignore[import-untyped]
from rapidfuzz import fuzz, process

from remit.kernel.plain_text import plain_text

What = Literal["name", "coordinate", "marking", "passage"]

SPELLING = 88
"""From which likeness (0 to 100; order of words, and names beyond two, aside) two spellings are taken for one name."""
PHRASE = 6
"""So many words in a row that also stand in a closed record are taken for words of it."""
_LONGEST_NAME, _SHORTEST_KEY = 5, 4
_WORD = re.compile(r"[^\W_]+(?:['’_-][^\W_]+)*")

_NUMBER = r"[+-]?\d{1,3}[.,]\d{2,}"
_SIDE = r"\s*°?\s*[NSEWO]\b"
_COORDINATES = (
    # 16.2716, -0.0447 · 16.2716 N 0.0447 W · 16,2716° N, 0,0447° O
    re.compile(
        rf"(?<![\d.,])[+-]?\d{{1,2}}\.\d{{2,}}(?:{_SIDE})?\s*[,;/ ]\s*[+-]?\d{{1,3}}\.\d{{2,}}(?![\d.])(?:{_SIDE})?"
    ),
    re.compile(rf"(?<![\d.,]){_NUMBER}(?:{_SIDE}|\s*°)\s*[,;/ ]?\s*{_NUMBER}(?:{_SIDE}|\s*°)?"),
    # 16°16'17"N 0°2'41"W · 16 deg 16 min N
    re.compile(
        r"\b\d{1,3}\s*(?:°|º|deg\.?|degr\w*)\s*\d{1,2}(?:[.,]\d+)?\s*(?:['′’]|min\.?\w*)\s*(?:\d{1,2}(?:[.,]\d+)?\s*(?:[\"″”]|''|’’|sec\.?\w*)\s*)?[NSEWO]?"
    ),
    # 30P 756123 1801234 · 8Q3R+GX
    re.compile(r"\b\d{1,2}\s?[C-HJ-NP-X]\s+\d{6}\s*[mE]?\s+\d{6,7}\b"),
    re.compile(r"\b[23456789CFGHJMPQRVWX]{4,8}\+[23456789CFGHJMPQRVWX]{2,3}\b"),
)
_MONTHS = frozenset(
    ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC", "AVR", "MAI", "JUI", "AOU"]
)
_GRID = re.compile(r"\b(\d{1,2}\s?[C-HJ-NP-X])\s?([A-HJ-NP-Z]{2})\s?((?:\d\s?){4,10})(?!\d)")


@dataclass(frozen=True, slots=True)
class Finding:
    """One stretch of a text: what it is, its words as they stand, where they begin, and the marking where it is one."""

    what: What
    excerpt: str
    start: int
    marking: str = ""


class Guarded:
    """What must not stand in a text that leaves.

    Args:
        secrets: what stands in sensitive fields: names, keys, pseudonyms, and longer texts.
        texts: narratives of records that the audience may not have.
        markings: words of an originator's marking, to the marking's key.
    """

    def __init__(self, secrets: Iterable[str], texts: Iterable[str], markings: Mapping[str, str]) -> None:
        self._secrets, self._texts = list(secrets), list(texts)
        self._markings = {tuple(plain_text(words).split()): key for words, key in markings.items() if words.strip()}

    @cached_property
    def _names(self) -> dict[str, None]:
        """Short secrets, folded: two to five words that may be spelt otherwise, or one key."""
        found: dict[str, None] = {}
        for secret in self._secrets:
            words = [word for word, _, _ in _words(secret)]
            if 0 < len(words) <= _LONGEST_NAME and (len(words) > 1 or len(words[0]) >= _SHORTEST_KEY):
                found[" ".join(words)] = None
        return found

    @cached_property
    def _phrases(self) -> set[tuple[str, ...]]:
        return {
            tuple(words[at : at + PHRASE])
            for text in (*self._texts, *self._secrets)
            for words in [[word for word, _, _ in _words(text)]]
            for at in range(len(words) - PHRASE + 1)
        }

    def findings(self, text: str) -> Sequence[Finding]:
        """Return what is found in a text, in the order in which it stands there; overlapping finds of a kind are one."""
        words = list(_words(text))
        found = [*_coordinates(text), *self._named(text, words), *self._marked(text, words), *self._quoted(text, words)]
        return sorted(found, key=lambda one: (one.start, one.what))

    def _named(self, text: str, words: Sequence[tuple[str, int, int]]) -> Iterator[Finding]:
        names = self._names
        if not names:
            return
        several = [name for name in names if " " in name]
        spans = []
        for at in range(len(words)):
            if words[at][0] in names:
                spans.append((words[at][1], words[at][2]))
            for length in range(2, min(_LONGEST_NAME, len(words) - at) + 1):
                window = " ".join(word for word, _, _ in words[at : at + length])
                alike = process.extractOne(window, several, scorer=fuzz.token_set_ratio, score_cutoff=SPELLING)
                if alike:
                    spans.append((words[at][1], words[at + length - 1][2]))
        for start, end in _joined(spans):
            yield Finding("name", text[start:end], start)

    def _marked(self, text: str, words: Sequence[tuple[str, int, int]]) -> Iterator[Finding]:
        plain = [word for word, _, _ in words]
        for phrase, key in self._markings.items():
            for at in range(len(plain) - len(phrase) + 1):
                if tuple(plain[at : at + len(phrase)]) == phrase:
                    start, end = words[at][1], words[at + len(phrase) - 1][2]
                    yield Finding("marking", text[start:end], start, key)

    def _quoted(self, text: str, words: Sequence[tuple[str, int, int]]) -> Iterator[Finding]:
        plain = [word for word, _, _ in words]
        spans = [
            (words[at][1], words[at + PHRASE - 1][2])
            for at in range(len(plain) - PHRASE + 1)
            if tuple(plain[at : at + PHRASE]) in self._phrases
        ]
        for start, end in _joined(spans):
            yield Finding("passage", text[start:end], start)


def _coordinates(text: str) -> Iterator[Finding]:
    spans = [one.span() for pattern in _COORDINATES for one in pattern.finditer(text)]
    for one in _GRID.finditer(text):
        digits = one[3].replace(" ", "")
        if one[1][-1] + one[2] in _MONTHS and digits.startswith(("19", "20")):
            continue  # a day: "18 JUN 2017" names a square too
        if len(digits) % 2 == 0 and (len(digits) > 4 or _is_square(one[1].replace(" ", "") + one[2] + digits)):
            spans.append((one.start(), one.start() + len(one[0].rstrip())))
    for start, end in _joined(spans, gap=3):
        yield Finding("coordinate", text[start:end].strip(" ,;/"), start)


def _is_square(reference: str) -> bool:
    try:
        MGRS().toLatLon(reference)
    except Exception:  # noqa: BLE001 - the library raises its own of no common kind
        return False
    return True


def _words(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield each word folded, with where it begins and ends in the text."""
    for one in _WORD.finditer(text):
        yield plain_text(one[0]), one.start(), one.end()


def _joined(spans: Iterable[tuple[int, int]], gap: int = 0) -> Iterator[tuple[int, int]]:
    """Yield spans, those that overlap or lie no further apart than so many characters as one."""
    last: tuple[int, int] | None = None
    for start, end in sorted(spans):
        if last is not None and start <= last[1] + gap:
            last = (last[0], max(last[1], end))
            continue
        if last is not None:
            yield last
        last = (start, end)
    if last is not None:
        yield last
