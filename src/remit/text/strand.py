"""Text that remembers where each of its characters stood in the source."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

Run = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Strand:
    """A text and the runs that it was woven from.

    Attributes:
        text: the characters.
        runs: pairs (place in ``text``, place in the source), ascending; between two pairs both count on together.
            A character that was put in (the space where two lines meet) counts with the run before it.
    """

    text: str
    runs: tuple[Run, ...]

    @classmethod
    def of(cls, text: str, at: int) -> Strand:
        """Return a strand whose first character stood at ``at``."""
        return cls(text, ((0, at),))

    def origin(self, place: int) -> int:
        """Return where in the source the character at ``place`` stood."""
        start, at = self.runs[max(0, bisect_right(self.runs, (place, 1 << 60)) - 1)]
        return at + place - start

    @property
    def span(self) -> tuple[int, int]:
        """The source characters from the first to the last, half-open; empty where the strand is."""
        if not self.text:
            return (self.runs[0][1], self.runs[0][1])
        return (self.runs[0][1], self.origin(len(self.text) - 1) + 1)

    def cut(self, start: int, end: int | None = None) -> Strand:
        """Return the characters from ``start`` to ``end``."""
        end = len(self.text) if end is None else end
        first = self.origin(start)
        inner = tuple((place - start, at) for place, at in self.runs if start < place < end)
        return Strand(self.text[start:end], ((0, first), *inner))

    def strip(self) -> Strand:
        """Return the strand without white space at its ends."""
        left = len(self.text) - len(self.text.lstrip())
        right = len(self.text.rstrip())
        return self if (left, right) == (0, len(self.text)) else self.cut(min(left, right), right)

    def replace(self, start: int, end: int, by: str) -> Strand:
        """Return the strand with other characters from ``start`` to ``end``; they keep the old place in the source."""
        moved = len(by) - (end - start)
        before = tuple(run for run in self.runs if run[0] <= start)
        after = tuple((place + moved, at) for place, at in self.runs if place > end)
        seam = () if end >= len(self.text) else ((start + len(by), self.origin(end)),)
        if seam and before and before[-1][0] == seam[0][0]:
            before = before[:-1]
        return Strand(self.text[:start] + by + self.text[end:], before + seam + after)

    def parts(self) -> tuple[tuple[int, int], ...]:
        """Return the stretches of the source that the strand was woven from, half-open, ascending."""
        ends = [*self.runs, (len(self.text), 0)]
        stretches: list[tuple[int, int]] = []
        for (place, at), (following, _) in pairwise(ends):
            end = at + following - place
            if stretches and at <= stretches[-1][1] + 1:
                stretches[-1] = (stretches[-1][0], max(stretches[-1][1], end))
            else:
                stretches.append((at, end))
        return tuple(stretches)


def weave(strands: Iterable[Strand], between: str = " ") -> Strand:
    """Join strands, in order, with ``between``."""
    texts: list[str] = []
    runs: list[Run] = []
    length = 0
    for strand in strands:
        if texts:
            texts.append(between)
            length += len(between)
        runs.extend((place + length, at) for place, at in strand.runs)
        texts.append(strand.text)
        length += len(strand.text)
    return Strand("".join(texts), tuple(runs))
