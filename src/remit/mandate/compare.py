"""One mandate beside the next: what was kept, reworded, added, dropped, moved, made stronger or weaker."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import Literal, TypeVar

from remit.mandate.align import Pair, Weighed, above, align, fold_words, headings, weigh, within
from remit.mandate.asked import Asked, Limit, MandateClock, Obligation
from remit.mandate.edits import Edit, word_edits
from remit.mandate.force import force_step
from remit.text.document import Document, Provision

T = TypeVar("T")
ChangeKind = Literal["kept", "reworded", "added", "dropped"]
_WITHIN = 0.62
"""Share of a provision's words, the rare ones counting more, from which it is said to stand in another one."""
_ENOUGH = 6
"""Words; below this nothing is said of where they went."""
_PARAGRAPH = re.compile(r"(\bparagraphs?\s+)(\d{1,3})")


@dataclass(frozen=True, slots=True)
class ForceChange:
    """The verb under which a provision asks, before and after, and which way it went."""

    before: str
    after: str
    direction: Literal["strengthened", "weakened"]


@dataclass(frozen=True, slots=True)
class LimitChange:
    """A ceiling before and after; ``None`` where it came or went."""

    of: str
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class ClockChange:
    """A time before and after, in days; empty where it came or went, or has no days."""

    kind: str
    before: tuple[date, ...]
    after: tuple[date, ...]
    words_before: str
    words_after: str


@dataclass(frozen=True, slots=True)
class ProvisionChange:
    """What became of one provision.

    Attributes:
        kind: kept (the same words, numbers of paragraphs apart), reworded, added or dropped.
        old, new: the provision in either text; ``None`` where it is not there.
        likeness: of the words, 0 to 1.
        moved: it stands elsewhere: out of the order of the others, or under another paragraph or heading.
        edits: word by word; empty unless reworded.
        elsewhere: of one added or dropped, the key of the provision in the other text that holds most of its words.
    """

    kind: ChangeKind
    old: Provision | None
    new: Provision | None
    likeness: float = 0.0
    moved: bool = False
    edits: tuple[Edit, ...] = ()
    force: ForceChange | None = None
    limits: tuple[LimitChange, ...] = ()
    clocks: tuple[ClockChange, ...] = ()
    conditions_added: tuple[str, ...] = ()
    conditions_dropped: tuple[str, ...] = ()
    elsewhere: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two texts, provision by provision, in the order of the new one; what was dropped stands where it stood."""

    old: Document
    new: Document
    changes: tuple[ProvisionChange, ...]


def compare(old: Document, old_asked: Asked, new: Document, new_asked: Asked) -> Comparison:
    """Set two documents beside each other. Nothing is left out: each provision of either stands in one change."""
    pairs = align(old.provisions, new.provisions)
    judge = _Judge(old, old_asked, new, new_asked, pairs)
    paired = {pair.new: judge.pair(pair) for pair in pairs}
    words_old, words_new = weigh(old.provisions, new.provisions)
    to_old = {pair.new: pair.old for pair in pairs}
    dropped = [index for index in range(len(old.provisions)) if index not in set(to_old.values())]
    gone = {
        index: ProvisionChange(
            "dropped", old.provisions[index], None, elsewhere=_holder(words_old[index], words_new, new.provisions)
        )
        for index in dropped
    }
    changes: list[ProvisionChange] = []
    waiting = list(dropped)
    for index, provision in enumerate(new.provisions):
        change = paired.get(index)
        if change is None:
            changes.append(
                ProvisionChange(
                    "added", None, provision, elsewhere=_holder(words_new[index], words_old, old.provisions)
                )
            )
            continue
        if not change.moved:
            while waiting and waiting[0] < to_old[index]:
                changes.append(gone[waiting.pop(0)])
        changes.append(change)
    changes.extend(gone[index] for index in waiting)
    return Comparison(old, new, tuple(changes))


def _holder(part: Weighed, wholes: Sequence[Weighed], provisions: Sequence[Provision]) -> str:
    """Return the key of the provision that holds most of one's words, "" where none does."""
    if len(part.listed) < _ENOUGH:
        return ""
    share, index = max(((within(part, whole), -index) for index, whole in enumerate(wholes)), default=(0.0, 0))
    return provisions[-index].key if share >= _WITHIN else ""


class _Judge:
    """Says of each pair what changed."""

    def __init__(self, old: Document, old_asked: Asked, new: Document, new_asked: Asked, pairs: Sequence[Pair]) -> None:
        self.old, self.new = old.provisions, new.provisions
        self.asked_old, self.asked_new = _ByPlace(old_asked), _ByPlace(new_asked)
        self.to_new = {pair.old: pair.new for pair in pairs}
        self.keys = {self.old[i].path: self.new[j].path for i, j in self.to_new.items() if self.old[i].path}
        self.above_old, self.above_new = above(self.old), above(self.new)
        self.heading_old, self.heading_new = headings(self.old), headings(self.new)
        self.in_order = _longest_in_order(pairs)

    def pair(self, pair: Pair) -> ProvisionChange:
        one, other = self.old[pair.old], self.new[pair.new]
        place, there = one.path or one.key, other.path or other.key
        edits = word_edits(one.text, other.text)
        kept = all(edit.kind == "same" for edit in edits) or self._only_renumbered(place, there, edits)
        before, after = self.asked_old, self.asked_new
        gone = {fold_words(self._renumber(words)) for words in before.conditions(place)}
        come = {fold_words(words) for words in after.conditions(there)}
        return ProvisionChange(
            "kept" if kept else "reworded",
            one,
            other,
            pair.likeness,
            self._moved(pair),
            () if kept else edits,
            _force(before.obligations.get(place, ()), after.obligations.get(there, ())),
            _limits(before.limits.get(place, ()), after.limits.get(there, ())),
            _clocks(before.clocks.get(place, ()), after.clocks.get(there, ())),
            () if kept else tuple(words for words in after.conditions(there) if fold_words(words) not in gone),
            ()
            if kept
            else tuple(words for words in before.conditions(place) if fold_words(self._renumber(words)) not in come),
        )

    def _only_renumbered(self, place: str, there: str, edits: Sequence[Edit]) -> bool:
        """Tell whether only numbers of paragraphs differ, and each names the paragraph that answers the old one."""
        before, after = self.asked_old.references.get(place, ()), self.asked_new.references.get(there, ())
        if not before or [self.keys.get(path) for path in before] != list(after):
            return False
        changed = [word for edit in edits if edit.kind != "same" for word in fold_words(edit.words)]
        return all(word.isdigit() or len(word) <= 3 for word in changed)

    def _renumber(self, words: str) -> str:
        """Return a phrase with the paragraphs that it names numbered as in the new text."""
        return _PARAGRAPH.sub(lambda match: match[1] + (self.keys.get(match[2]) or match[2]), words)

    def _moved(self, pair: Pair) -> bool:
        one, other = self.old[pair.old], self.new[pair.new]
        if pair.new not in self.in_order or (one.role == "pp") != (other.role == "pp"):
            return True
        up, over = self.above_old[pair.old], self.above_new[pair.new]
        if (up is None) != (over is None) or (
            up is not None and over is not None and self.to_new.get(up, over) != over
        ):
            return True
        title, head = self.heading_old[pair.old], self.heading_new[pair.new]
        if one.role != "op" or title is None or head is None:
            return False
        return title in self.to_new and head in self.to_new.values() and self.to_new[title] != head


class _ByPlace:
    """What a document asks, by the place where it asks it."""

    def __init__(self, asked: Asked) -> None:
        self.obligations = _grouped(asked.obligations, lambda one: one.path)
        self.limits = _grouped(asked.limits, lambda one: one.path)
        self.clocks = _grouped(asked.clocks, lambda one: one.path)
        references: dict[str, list[str]] = {}
        for one in asked.references:
            references.setdefault(one.path, []).append(one.to)
        self.references: Mapping[str, Sequence[str]] = references

    def conditions(self, place: str) -> tuple[str, ...]:
        """Return the conditions of all that is asked at a place."""
        return tuple(words for one in self.obligations.get(place, ()) for words in one.conditions)


def _grouped(rows: Sequence[T], place: Callable[[T], str]) -> Mapping[str, Sequence[T]]:
    found: dict[str, list[T]] = {}
    for row in rows:
        found.setdefault(place(row), []).append(row)
    return found


def _longest_in_order(pairs: Sequence[Pair]) -> frozenset[int]:
    """Return the new places of the longest run of pairs that stand in the same order in both texts."""
    tails: list[int] = []
    ends: list[int] = []
    back: dict[int, int | None] = {}
    for number, pair in enumerate(pairs):
        depth = bisect_left(tails, pair.old)
        back[number] = ends[depth - 1] if depth else None
        tails[depth : depth + 1] = [pair.old]
        ends[depth : depth + 1] = [number]
    found: set[int] = set()
    at = ends[-1] if ends else None
    while at is not None:
        found.add(pairs[at].new)
        at = back[at]
    return frozenset(found)


def _force(before: Sequence[Obligation], after: Sequence[Obligation]) -> ForceChange | None:
    """Return how the leading verb's force changed, ``None`` where it did not or cannot be told."""
    if not before or not after:
        return None
    first, second = before[0], after[0]
    low, high = force_step(first.force, first.kind), force_step(second.force, second.kind)
    if low is None or high is None or low == high:
        return None
    if low in {force_step(one.force, one.kind) for one in after} or high in {
        force_step(one.force, one.kind) for one in before
    }:
        return None  # the same verb stands further on in the sentence: what it asks is still asked so
    return ForceChange(first.force, second.force, "strengthened" if high > low else "weakened")


def _limits(before: Sequence[Limit], after: Sequence[Limit]) -> tuple[LimitChange, ...]:
    """Return the ceilings that differ, those of one thing beside each other."""
    old = {one.of.lower(): one for one in reversed(before)}
    new = {one.of.lower(): one for one in reversed(after)}
    return tuple(
        LimitChange(of, old[of].amount if of in old else None, new[of].amount if of in new else None)
        for of in [*old, *(of for of in new if of not in old)]
        if (old[of].amount if of in old else None) != (new[of].amount if of in new else None)
    )


def _clocks(before: Sequence[MandateClock], after: Sequence[MandateClock]) -> tuple[ClockChange, ...]:
    """Return the times that differ; those of one kind are set beside each other in order."""
    found: list[ClockChange] = []
    for kind in dict.fromkeys([*(one.kind for one in before), *(one.kind for one in after)]):
        old = [one for one in before if one.kind == kind]
        new = [one for one in after if one.kind == kind]
        for first, second in zip_longest(old, new):
            days, later = first.dates if first else (), second.dates if second else ()
            words, anew = first.words if first else "", second.words if second else ""
            if days != later or fold_words(words) != fold_words(anew):
                found.append(ClockChange(kind, days, later, words, anew))
    return tuple(found)
