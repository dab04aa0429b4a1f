"""What in a text must not leave: names of people to be protected, coordinates, marked passages, words of closed records.

Finding is all this does: a person decides on each (``remit.services.releasing``). It finds too much rather than too little.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from rapidfuzz import fuzz, process

from remit.kernel.plain_text import plain_text
from remit.records.points_in_text import points
from remit.records.screening.names import ALIKE, Name, Vocabulary, likeness, name_of

What = Literal["name", "coordinate", "marking", "passage"]

SPELLING = 88
"""From which likeness (0 to 100; order of words, and names beyond two, aside) two spellings are taken for one name."""
PHRASE = 6
"""So many words in a row that also stand in a closed record are taken for words of it."""
_LONGEST_NAME, _SHORTEST_KEY = 5, 4
_WORD = re.compile(r"[^\W_]+(?:['’_-][^\W_]+)*")


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
        spans += self._sounding(text, words)
        for start, end in _joined(spans):
            yield Finding("name", text[start:end], start)

    @cached_property
    def _by_word(self) -> tuple[Vocabulary, dict[str, list[Name]]]:
        """Names of several words as screening compares them, by their longest word."""
        found: dict[str, list[Name]] = {}
        for secret in self._secrets:
            name = name_of(secret)
            if 1 < len(name.words) <= _LONGEST_NAME:
                found.setdefault(max(name.words, key=len), []).append(name)
        return Vocabulary.of(Name(word, (word,)) for word in found), found

    def _sounding(self, text: str, words: Sequence[tuple[str, int, int]]) -> Iterator[tuple[int, int]]:
        """Yield where all words of a name stand close together, alike in sound, in any order, in any script."""
        vocabulary, names = self._by_word
        told = [name_of(text[start:end]).words for _, start, end in words]
        near = {word: vocabulary.near(word) for word in {one for each in told for one in each}} if names else {}
        for at, each in enumerate(told):
            # "Abd al-Rahman" is three words when written and one when compared: of two that stand together too.
            pair = name_of(text[words[at][1] : words[min(at + 2, len(words) - 1)][2]]).words if "abd" in each else ()
            keys = {key for word in (*each, *pair) for key in near.get(word) or vocabulary.near(word)} if names else ()
            for name in (name for key in keys for name in names[key]):
                for first in range(max(0, at - len(name.words)), at + 1):
                    last = min(len(words), first + len(name.words) + 2)
                    if last > at and _holds(name, name_of(text[words[first][1] : words[last - 1][2]]).words):
                        yield words[first][1], words[last - 1][2]
                        break

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


def _holds(name: Name, told: Sequence[str]) -> bool:
    """Return whether each word of a name has one of its own that is alike."""
    left = list(told)
    for word in sorted(name.words, key=len, reverse=True):
        best = max(left, key=lambda one: likeness(one, word), default="")
        if not best or likeness(best, word) < ALIKE:
            return False
        left.remove(best)
    return True


def _coordinates(text: str) -> Iterator[Finding]:
    for start, end in _joined(points(text), gap=3):
        told = text[start:end].strip(" ,;/")
        yield Finding("coordinate", told, text.index(told, start))


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
