"""A summary or a speech beside the resolution that it is about: what it renders, where it departs, what it leaves out."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz.distance import Indel

from remit.mandate.align import fold_words
from remit.mandate.edits import SMALL_WORDS
from remit.text.document import Document, Provision

_PARAGRAPH = re.compile(r"[^\n](?:[^\n]|\n(?!\s*\n|\s*[•·▪●–—*-]\s))*")
_CLAUSE = re.compile(r"(?:[^.;:]|[.:](?=\S)|(?<=\b[A-Z])\.)+[.;:]?")
_STEM = 6
"""Letters; words that begin with so many alike are taken for forms of one word (protect, protection)."""
_RENDERS = 0.52
_COVERS = 0.45
_TOLD = 0.3
"""Shares of the words that count: of a clause in a provision, of a provision in a paragraph, of one in its own clause."""
_RUN = 7
"""Words; so many in one run that only one provision has are taken from it."""
_FEW = 4
"""Words; a shorter clause says too little to be set beside a provision."""
_EMPTY = SMALL_WORDS | {
    "this",
    "these",
    "those",
    "which",
    "who",
    "be",
    "is",
    "are",
    "was",
    "were",
    "has",
    "have",
    "had",
    "it",
    "other",
    "such",
    "all",
    "any",
    "not",
    "will",
    "would",
    "shall",
    "council",
    "security",
    "resolution",
}


@dataclass(frozen=True, slots=True)
class Departure:
    """Words of a statement that the provision has not, or has otherwise, inside wording that is else the same.

    ``written``: what the statement says; ``official``: what the provision says there, "" where it says nothing.
    """

    key: str
    written: str
    official: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A clause of the summary.

    Attributes:
        words: as they stand.
        span: their characters in the summary, half-open.
        renders: keys of the provisions whose words it gives, the nearest first; empty where none is found.
        departures: where it departs from the nearest.
    """

    words: str
    span: tuple[int, int]
    renders: tuple[str, ...]
    departures: tuple[Departure, ...]


@dataclass(frozen=True, slots=True)
class SummaryComparison:
    """A summary beside a resolution.

    ``left_out``: the operative provisions (no titles) of which the summary gives less than half of the words that count.
    """

    document: Document
    summary: str
    statements: tuple[Statement, ...]
    left_out: tuple[Provision, ...]


def compare_summary(document: Document, summary: str) -> SummaryComparison:
    """Set each clause of a summary beside the provisions that it renders; clauses that render none are kept as such."""
    provisions = [one for one in document.provisions if one.role in ("op", "sub", "cont")]
    weights = _Weights([one.text for one in provisions])
    bags = [weights.bag(one.text) for one in provisions]
    runs = [_runs(one.text) for one in provisions]
    often = Counter(run for row in runs for run in row)
    owner = {run: index for index, row in enumerate(runs) for run in row if often[run] == 1}
    statements: list[Statement] = []
    retold: set[int] = set()
    covered: list[Counter[str]] = [Counter() for _ in provisions]
    for block in _PARAGRAPH.finditer(summary):
        whole = weights.bag(block.group())
        for index, bag in enumerate(bags):
            if _share(bag, whole) > _share(bag, covered[index]):
                covered[index] = Counter({stem: weight for stem, weight in bag.items() if stem in whole})
        for match in _CLAUSE.finditer(block.group()):
            words = match.group().strip(" \n\t•·▪●–—*-")
            if len(fold_words(words)) < _FEW:
                continue
            start = block.start() + match.start() + match.group().index(words)
            told = dict.fromkeys(owner[run] for run in _runs(words) if run in owner)
            nearest = _nearest(weights.bag(words), bags)
            nearest += sorted(index for index in told if index not in nearest)
            retold.update(told)
            retold.update(index for index in nearest if _share(bags[index], weights.bag(words)) >= _TOLD)
            departures = _departures(words, provisions[nearest[0]]) if nearest else ()
            statements.append(
                Statement(
                    words, (start, start + len(words)), tuple(provisions[index].key for index in nearest), departures
                )
            )
    left = [
        one
        for index, one in enumerate(provisions)
        if not _is_title(one) and index not in retold and _share(bags[index], covered[index]) < _COVERS
    ]
    return SummaryComparison(document, summary, tuple(statements), tuple(left))


def _is_title(one: Provision) -> bool:
    return (
        one.role == "sub"
        and len(one.text) < 160
        and one.text[:1].isupper()
        and re.search(r"[;:,.]$|\b(?:and|or)$", one.text) is None
    )


def _stem(word: str) -> str:
    """Return a word in one spelling (defence, centre, -ization), cut to the letters that its forms share."""
    even = word.replace("defense", "defence").replace("center", "centre").replace("'s", "")
    return re.sub(r"is(e|ation|ing|ed)\b", r"iz\1", even)[:_STEM]


class _Weights:
    """How much each word counts: the fewer provisions hold it, the more."""

    def __init__(self, texts: Sequence[str]) -> None:
        held = Counter(stem for text in texts for stem in {_stem(word) for word in fold_words(text)})
        self.total = len(texts) or 1
        self.rarity: Mapping[str, float] = {stem: math.log(1 + self.total / count) for stem, count in held.items()}

    def bag(self, text: str) -> Counter[str]:
        """Return the stems that count in a text, each with its weight."""
        stems = {_stem(word) for word in fold_words(text) if word not in _EMPTY}
        return Counter({stem: self.rarity.get(stem, math.log(1 + self.total)) for stem in stems})


def _share(part: Mapping[str, float], whole: Mapping[str, float]) -> float:
    total = sum(part.values())
    return sum(weight for stem, weight in part.items() if stem in whole) / total if total else 0.0


def _nearest(clause: Mapping[str, float], bags: Sequence[Mapping[str, float]]) -> list[int]:
    """Return the provisions that a clause renders: it gives most of their words, or they hold most of its own."""
    scored: list[tuple[float, int]] = []
    for index, bag in enumerate(bags):
        own, theirs = _share(clause, bag), _share(bag, clause)
        if (own >= _RENDERS and (theirs >= 0.15 or own >= 0.75)) or (theirs >= _RENDERS and len(bag) >= _FEW):
            scored.append((own + theirs, index))
    best = max(scored, default=(0.0, 0))[0]
    return [index for score, index in sorted(scored, key=lambda pair: (-pair[0], pair[1])) if score >= 0.7 * best][:4]


def _departures(words: str, provision: Provision) -> tuple[Departure, ...]:
    """Return where a few words differ between stretches of the same wording; what is only left out is no departure."""
    written, official = re.findall(r"[\w'’-]+", words), re.findall(r"[\w'’-]+", provision.text)
    mine, theirs = [
        [_stem(word) for word in (" ".join(fold_words(one)) or one for one in row)] for row in (written, official)
    ]
    same = [
        (step.src_start, step.src_end, step.dest_start, step.dest_end)
        for step in Indel.opcodes(mine, theirs)
        if step.tag == "equal"
    ]
    found: list[Departure] = []
    for (a, b, _, d), (e, f, g, _) in pairwise(same):
        gap, other = written[b:e], official[d:g]
        close = min(b - a, f - e) >= 1 and (b - a) + (f - e) >= 3
        if not close or not gap or len(gap) > 3 or len(other) > 3 or not _says_more(gap, provision.text):
            continue
        found.append(Departure(provision.key, " ".join(gap), " ".join(other)))
    return tuple(found)


def _says_more(gap: Sequence[str], text: str) -> bool:
    """Tell whether words say what the provision nowhere does: no other form, order or spelling of its own words."""
    held = {word[:4] for word in re.findall(r"[a-z]+", " ".join(fold_words(text)))}
    return any(
        word[:4] not in held
        for word in re.findall(r"[a-z]+", " ".join(fold_words(" ".join(gap))))
        if word not in _EMPTY
    )


def _runs(text: str) -> set[tuple[str, ...]]:
    """Return each run of words of a text that is long enough to be told again."""
    stems = [_stem(word) for word in fold_words(text)]
    return {tuple(stems[at : at + _RUN]) for at in range(len(stems) - _RUN + 1)}
