"""Which provision of one text answers which of another: one to one, by words, place and neighbours."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from remit.text.document import Provision

_ROUNDS = (0.92, 0.80, 0.70, 0.60, 0.50, 0.42)
"""The likeness from which two provisions are paired, round by round: sure pairs first, they help to judge the others."""
_FLOOR = 0.25
"""Likeness of the words alone below which no place and no neighbour makes a pair."""
_SHORT = 6
"""Words; below this a title must be nearly the same: too little is said to be alike by chance."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two provisions that answer each other, by their place in their lists, and how alike their words are (0 to 1)."""

    old: int
    new: int
    likeness: float


@dataclass(frozen=True, slots=True)
class Weighed:
    """The words of a provision, for comparing: folded, and as one character each (so that edits count words)."""

    listed: tuple[str, ...]
    signs: str
    weights: Mapping[str, float]
    length: float


def fold_words(text: str) -> tuple[str, ...]:
    """Return the words of a text, small, without punctuation; hyphens and quotation marks of every kind alike."""
    even = re.sub(r"[\u2010-\u2015\u2212]", "-", re.sub(r"[\u2018\u2019]", "'", text.lower()))
    return tuple(re.findall(r"[\w'][\w'-]*", even))


def weigh(*documents: Sequence[Provision]) -> list[list[Weighed]]:
    """Return the words of each provision of each document; a word that many provisions share weighs little."""
    folded = [[fold_words(one.text) for one in document] for document in documents]
    everywhere = Counter(word for document in folded for words in document for word in set(words))
    total = sum(map(len, folded)) or 1
    signs = {word: chr(0x10000 + number) for number, word in enumerate(everywhere)}
    rarity = {word: math.log(1 + total / count) for word, count in everywhere.items()}
    found: list[list[Weighed]] = []
    for document in folded:
        row: list[Weighed] = []
        for words in document:
            weights = {word: count * rarity[word] for word, count in Counter(words).items()}
            length = math.sqrt(sum(weight * weight for weight in weights.values()))
            row.append(Weighed(words, "".join(signs[word] for word in words), weights, length))
        found.append(row)
    return found


def likeness(first: Weighed, second: Weighed) -> float:
    """Return how alike two provisions are, 0 to 1: the same words in the same order, the same rare words, one in the other."""
    if not first.listed or not second.listed:
        return 0.0
    if first.signs == second.signs:
        return 1.0
    product = sum(weight * second.weights[word] for word, weight in first.weights.items() if word in second.weights)
    rare = product / (first.length * second.length)
    if rare < 0.15:
        return 0.0
    total = len(first.signs) + len(second.signs)
    common = (total - Indel.distance(first.signs, second.signs)) / 2
    inside = common / min(len(first.signs), len(second.signs))
    sure = min(1.0, min(len(first.signs), len(second.signs)) / 12)
    return 0.45 * (2 * common / total) + 0.35 * rare + 0.20 * inside * sure


def align(old: Sequence[Provision], new: Sequence[Provision]) -> tuple[Pair, ...]:
    """Return the pairs, in the order of ``new``; each provision is in one pair at most.

    Headings answer headings only; a paragraph may have gone from the preamble to the operative part or back, where its
    words say so. Pairs that are sure are made first; the next rounds also look at what stands around: the paragraph
    above, the neighbours, the heading. At the end titles are paired whose items are.
    """
    words_old, words_new = weigh(old, new)
    alike = _candidates(old, new, words_old, words_new)
    around = _Around(old, new)
    to_new: dict[int, int] = {}
    to_old: dict[int, int] = {}
    for least in _ROUNDS:
        ranked = sorted(
            (
                (score + around.bonus(i, j, to_new, to_old), score, -abs(i / len(old) - j / len(new)), i, j)
                for (i, j), score in alike.items()
                if i not in to_new and j not in to_old
            ),
            reverse=True,
        )
        for score, _, _, i, j in ranked:
            if score >= least and i not in to_new and j not in to_old:
                to_new[i], to_old[j] = j, i
    if old and new and 0 not in to_new and 0 not in to_old and _both_recall(old[0], new[0]):
        to_new[0], to_old[0] = 0, 0
    for i, j in around.titles(to_new, to_old):
        to_new[i], to_old[j] = j, i
    return tuple(
        Pair(to_old[j], j, alike.get((to_old[j], j), likeness(words_old[to_old[j]], words_new[j])))
        for j in sorted(to_old)
    )


def _candidates(
    old: Sequence[Provision], new: Sequence[Provision], words_old: Sequence[Weighed], words_new: Sequence[Weighed]
) -> dict[tuple[int, int], float]:
    """Return how alike each two provisions are that may be a pair at all."""
    alike: dict[tuple[int, int], float] = {}
    for i, one in enumerate(old):
        for j, other in enumerate(new):
            if "heading" in (one.role, other.role) and one.role != other.role:
                continue
            score = likeness(words_old[i], words_new[j])
            shorter = min(len(words_old[i].listed), len(words_new[j].listed))
            if score >= _FLOOR and (shorter >= _SHORT or score >= 0.75):
                alike[i, j] = score
    return alike


def _both_recall(one: Provision, other: Provision) -> bool:
    """Tell whether two preambles open by recalling resolutions: these answer each other though no number is the same."""
    return (
        one.role == other.role == "pp"
        and one.verbs[:1] == other.verbs[:1] != ()
        and "resolution" in one.text
        and "resolution" in other.text
    )


class _Around:
    """What stands around a provision: the paragraph above, the heading, the neighbours."""

    def __init__(self, old: Sequence[Provision], new: Sequence[Provision]) -> None:
        self.old, self.new = old, new
        self.above_old, self.above_new = above(old), above(new)
        self.heading_old, self.heading_new = headings(old), headings(new)

    def bonus(self, i: int, j: int, to_new: Mapping[int, int], to_old: Mapping[int, int]) -> float:
        """Return what the place adds to (or takes from) the likeness, given the pairs made so far."""
        one, other = self.old[i], self.new[j]
        added = 0.0
        if (one.role == "pp") != (other.role == "pp"):
            added -= 0.12
        added += 0.03 if _opens_list(one) == _opens_list(other) else -0.05
        up, over = self.above_old[i], self.above_new[j]
        if up is not None and over is not None and to_new.get(up) == over:
            added += 0.08
        if (up is None) != (over is None):
            added -= 0.06
        title, head = self.heading_old[i], self.heading_new[j]
        if title is not None and head is not None:
            added += 0.04 if to_new.get(title) == head else -0.02 if title in to_new and head in to_old else 0.0
        if i and j and to_new.get(i - 1) == j - 1:
            added += 0.05
        if i + 1 < len(self.old) and j + 1 < len(self.new) and to_new.get(i + 1) == j + 1:
            added += 0.05
        if one.role == other.role == "op" and one.verbs[:1] == other.verbs[:1]:
            added += 0.03
        if one.path and one.path == other.path:
            added += 0.02
        return added

    def titles(self, to_new: Mapping[int, int], to_old: Mapping[int, int]) -> list[tuple[int, int]]:
        """Return the pairs of provisions, not paired yet, under which most of the same items stand; deepest first."""
        made: list[tuple[int, int]] = []
        for old_row, new_row in ((self.above_old, self.above_new), (self.heading_old, self.heading_new)):
            common = Counter((old_row[i], new_row[j]) for i, j in to_new.items())
            inside_old, inside_new = Counter(old_row), Counter(new_row)
            for (up, over), count in common.most_common():
                if (
                    up is None
                    or over is None
                    or up in to_new
                    or over in to_old
                    or any(up == i or over == j for i, j in made)
                ):
                    continue
                if 2 * count > min(inside_old[up], inside_new[over]) and self.old[up].role == self.new[over].role:
                    made.append((up, over))
        return made


def _opens_list(one: Provision) -> bool:
    return one.text.rstrip().endswith(":")


def within(part: Weighed, whole: Weighed) -> float:
    """Return how much of a provision's words, the rare ones counting more, another one holds, 0 to 1."""
    total = sum(part.weights.values())
    held = sum(min(weight, whole.weights.get(word, 0.0)) for word, weight in part.weights.items())
    return held / total if total else 0.0


def above(provisions: Sequence[Provision]) -> list[int | None]:
    """Return, for each item, the place of the paragraph or item under which it stands; ``None`` for all others."""
    places = {one.path: index for index, one in reversed(list(enumerate(provisions))) if one.role in ("op", "sub")}
    return [
        places.get(one.path if one.role == "cont" and one.path in places else one.path.rpartition(".")[0])
        if one.role in ("sub", "cont") and one.path
        else None
        for one in provisions
    ]


def headings(provisions: Sequence[Provision]) -> list[int | None]:
    """Return, for each provision, the place of the last heading before it."""
    found: list[int | None] = []
    last: int | None = None
    for index, one in enumerate(provisions):
        if one.role == "heading":
            last = index
        found.append(last)
    return found
