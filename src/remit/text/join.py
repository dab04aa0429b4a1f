"""Step 4: lines to blocks, one a paragraph, item, title or heading; paragraphs cut at a page or a column are joined."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from remit.text.lines import Line
from remit.text.marks import Mark, parse_mark, successors
from remit.text.strand import Strand, weave
from remit.text.vocabulary import Vocabulary

_ABBREVIATION = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|St|No|Nos|Gen|Col|para|paras|art|vol|cf|p|pp|[A-Z])\.$")
NAMES_A_PLACE = re.compile(
    r"(?:\b(?:sub-?)?paragraphs?|\barticles?|\bsections?|\bitems?|\bannex|\bclauses?|\brules?)(?:\s+\d+|\s*\([a-z]+\)|,|\s+and|\s+or|\s+to)*$",
    re.I,
)
_CONTINUES = re.compile(
    r"(?:provided|except|shall|unless|and|or|but|in accordance|subject to|on condition|as well as|while|with)\b"
)
"""Words with which a continuation under a list begins."""
_CONTINUES_SURELY = re.compile(r"(?:provided that|except that|shall|unless)\b")
_OPENS = re.compile(r"(?:To|In|The|With|On|For|By|As|At|This|These|Within|Upon|Under|Through|Without|Pursuant)\b")
"""Words with a capital that open a sentence and never stand so inside one."""
_OPENS_SURELY = re.compile(r"(?:To|In) [a-z]")
"""Two that no name begins with where a small letter follows."""
_NARROW = 130
"""Characters; a text most of whose lines are shorter was wrapped at a column."""


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together.

    ``scattered``: where the extraction tore a line into single words, the span of the source that holds them.
    """

    strand: Strand
    scattered: tuple[int, int] | None = None

    @property
    def text(self) -> str:
        """The block's characters."""
        return self.strand.text


def ends_sentence(text: str) -> str:
    """Return the mark that ends a text (``, ; : .``), "" where it stops in the middle."""
    bare = text.rstrip(" ”\"’'")
    if bare.endswith((")", "*")) and bare.rstrip(")*0123456789")[-1:] in ";:.":
        bare = bare.rstrip(")*0123456789")
    last = bare[-1:]
    if last == "." and _ABBREVIATION.search(bare):
        return ""
    return last if last in {",", ";", ":", "."} else ""


class Joiner:
    """Decides at each line whether a new block begins there, from what stands before and behind it."""

    def __init__(self, lines: Sequence[Line], vocabulary: Vocabulary) -> None:
        self.lines = lines
        self.vocabulary = vocabulary
        self.marks = [parse_mark(line.text) for line in lines]
        self.column = _column(lines)
        self.scattered = _scattered(lines)
        self.number = 0
        self.label = ""
        self.operative = False

    def blocks(self) -> tuple[Block, ...]:
        """Return the blocks, in order."""
        groups: list[list[int]] = []
        for index in range(len(self.lines)):
            if not groups or self._begins(index, groups[-1]):
                groups.append([index])
                self._note(index)
            else:
                groups[-1].append(index)
        return tuple(self._block(group) for group in groups)

    def _note(self, index: int) -> None:
        mark = self.marks[index]
        if mark is not None and mark.kind == "number":
            self.number, self.operative, self.label = int(mark.label), True, ""
        elif mark is not None and mark.kind == "item":
            self.label = mark.label

    def _block(self, group: Sequence[int]) -> Block:
        woven = self.lines[group[0]].strand
        for index in group[1:]:
            following = self.lines[index].strand
            hyphen = (
                woven.text.endswith("-")
                and re.search(r"\w-$", woven.text[-2:])
                and re.match(r"[a-z]", following.text)
                and not _suspended(following.text)
            )
            woven = weave((woven, following), "" if hyphen else " ")
        loose = [index for index in group if index in self.scattered]
        span = (self.lines[loose[0]].strand.span[0], self.lines[loose[-1]].strand.span[1]) if loose else None
        return Block(woven, span)

    def _short(self, index: int) -> bool:
        """Tell whether the next line's first word would still have fitted on this line."""
        if self.column is None:
            return True
        following = self.lines[index + 1].text.split(" ", 1)[0] if index + 1 < len(self.lines) else ""
        return len(self.lines[index].text) + 1 + len(following) < 0.84 * self.column

    def _begins(self, index: int, group: Sequence[int]) -> bool:
        """Tell whether the line begins a new block, the last block being ``group``."""
        line, before = self.lines[index], self.lines[index - 1]
        mark, first = self.marks[index], self.marks[group[0]]
        if index in self.scattered or (mark is None and index + 1 in self.scattered):
            return False
        if first is not None and len(group) == 1 and self._mark_alone(group):
            return mark is not None and (mark.kind == "number" or (mark.kind == "item" and first.kind == "number"))
        ended = ends_sentence(before.text)
        hard = not line.cut_before and self._short(index - 1)
        if mark is not None and mark.kind == "number":
            return self._number_begins(index, mark, ended, hard)
        if mark is not None:
            return self._item_begins(index, mark, hard, group)
        return self._words_begin(index, group, ended, hard)

    def _words_begin(self, index: int, group: Sequence[int], ended: str, hard: bool) -> bool:
        """Tell whether a line without a mark begins a new block."""
        line, before, first = self.lines[index], self.lines[index - 1], self.marks[group[0]]
        upper = re.match(r"[\W_]*[A-ZÀ-Þ]", line.text) is not None
        if self._title_goes_on(index, group):
            return False
        if line.cut_before:
            return self._begins_after_cut(index, ended, upper, group)
        if not upper:
            return bool(ended in {";", ":"} and hard and (self.column is None or line.blank_before)) or (
                ended == ","
                and self.operative
                and hard
                and first is not None
                and first.kind != "number"
                and _CONTINUES.match(line.text) is not None
            )
        if not ended:
            if first is not None and first.kind == "item" and self._opens_under_title(index, group):
                return True
            if (
                self.column is None
                and self.vocabulary.starts_provision(line.text)
                and not re.search(r"\b(?:and|or|of|the|to)$", before.text)
            ):
                return True
            return hard and (self._is_title(group) or (self.column is None and len(before.text) < _NARROW))
        if self.vocabulary.starts_provision(line.text):
            return True
        return hard or line.blank_before or self._heading_ahead(index)

    def _opens_under_title(self, index: int, group: Sequence[int]) -> bool:
        """Tell whether a sentence opens here under an item's title (or bare mark): "(d) Human rights" / "To monitor …"."""
        line, before = self.lines[index], self.lines[index - 1]
        if not _OPENS.match(line.text):
            return False
        if self._mark_alone(group):
            return True
        surely = line.blank_before or _OPENS_SURELY.match(line.text) is not None
        return (
            self._titled(group) and surely and not re.search(r"\b(?:and|or|of|the|to|in|for|by|with|on)$", before.text)
        )

    def _titled(self, group: Sequence[int]) -> bool:
        """Tell whether the block so far is an item's title: a few words with a capital and nothing at the end."""
        mark = self.marks[group[0]]
        capital = (
            mark is not None
            and mark.kind == "item"
            and self.lines[group[0]].text[mark.length : mark.length + 1].isupper()
        )
        return capital and self._is_title(group) and not ends_sentence(self.lines[group[-1]].text)

    def _told_in_sentence(self, index: int, mark: Mark) -> bool:
        """Tell whether an item that stands at a line's beginning by chance belongs to a list inside a sentence.

        The next label then stands in the middle of a line, with a small letter or a comma before it and one behind.
        """
        following = successors(mark.label)
        for ahead in range(index, min(index + 6, len(self.lines))):
            other = self.marks[ahead]
            if ahead > index and other is not None and (other.kind == "number" or other.label in following):
                return False
            inside = re.search(r"[a-z,] \(([a-z]{1,5})\) [a-z]", self.lines[ahead].text)
            if inside is not None:
                return inside[1] in following
        return False

    def _mark_alone(self, group: Sequence[int]) -> bool:
        mark = self.marks[group[0]]
        return mark is not None and mark.length >= len(self.lines[group[0]].text)

    def _begins_after_cut(self, index: int, ended: str, upper: bool, group: Sequence[int]) -> bool:
        line, first = self.lines[index], self.marks[group[0]]
        if ended in {";", ":", "."}:
            return upper
        if not ended and first is not None and first.kind == "item" and self._opens_under_title(index, group):
            return True
        if ended == ",":
            if not upper:
                return first is not None and first.kind == "item" and _CONTINUES_SURELY.match(line.text) is not None
            return self.vocabulary.starts_provision(line.text) or self._heading_ahead(index)
        return False

    def _number_begins(self, index: int, mark: Mark, ended: str, hard: bool) -> bool:
        line = self.lines[index]
        rest = line.text[mark.length :]
        if not rest and index + 1 < len(self.lines):
            rest = self.lines[index + 1].text
        expected = int(mark.label) == self.number + 1
        verb = self.vocabulary.starts_provision(rest)
        if expected:
            return verb or hard or bool(ended) or not rest[:1].islower()
        return verb and (bool(ended) or hard)

    def _item_begins(self, index: int, mark: Mark, hard: bool, group: Sequence[int]) -> bool:
        before = self.lines[index - 1].text
        ended = ends_sentence(before)
        listed = bool(re.search(r"(?:[,;:]|\W(?:and/or|and|or))$", before))
        first = self.marks[group[0]]
        if mark.kind == "item" and NAMES_A_PLACE.search(before):
            return False
        if mark.kind == "item" and self._runs_in(mark, group):
            return False
        if (
            mark.kind == "item"
            and first is not None
            and first.kind == "item"
            and self._mark_alone(group)
            and self._is_title(group)
        ):
            return True
        if mark.kind == "item" and self._told_in_sentence(index, mark) and ended not in {";", ":", "."}:
            return False
        if (
            mark.label in {"i", "a"}
            and self._titled(group)
            and self.lines[index].text[mark.length : mark.length + 1].isupper()
        ):
            return True
        if mark.kind == "dash" and not (ended or listed):
            return hard and (self.column is None or (first is not None and first == mark))
        return bool(ended) or listed or hard

    def _runs_in(self, mark: Mark, group: Sequence[int]) -> bool:
        """Tell whether the item before this one stands inside the running sentence, so that this one does too."""
        text = " ".join(self.lines[index].text for index in group)
        inside = re.findall(r"(?<=[a-z,;] )\(([a-z]{1,5})\) (?=[a-z])", text)
        return bool(inside) and mark.label in successors(inside[-1]) and f": ({inside[0]})" not in text

    def _is_title(self, group: Sequence[int]) -> bool:
        """Tell whether the block so far is a title: an item's few words, or a heading, with nothing at the end."""
        first = self.marks[group[0]]
        text = " ".join(self.lines[index].text for index in group)
        return (first is not None and first.kind == "item" and len(text) < 160) or (
            first is None and len(text) < 160 and self.column is not None
        )

    def _title_goes_on(self, index: int, group: Sequence[int]) -> bool:
        """Tell whether a title under an item runs on in this line: itself short, without an end, and text follows."""
        if self.column is None or ends_sentence(self.lines[index - 1].text) or not self._is_title(group):
            return False
        text = self.lines[index].text
        together = len(self.lines[index - 1].text) + 1 + len(text)
        if text[:1].isupper() and self.marks[group[0]] is None and together < 0.55 * self.column:
            return False  # both would have stood on one line: two titles
        return not ends_sentence(text) and self._short(index) and index + 1 < len(self.lines)

    def _heading_ahead(self, index: int) -> bool:
        """Tell whether from here a few lines without an end lead to the next numbered paragraph, or behind ";" to the next item."""
        items = (
            successors(self.label)
            if self.label and ends_sentence(self.lines[index - 1].text) in {";", ":", "."}
            else frozenset()
        )
        for ahead in range(index, min(index + 4, len(self.lines))):
            mark = self.marks[ahead]
            if ahead > index and mark is not None and mark.kind == "number" and int(mark.label) == self.number + 1:
                return True
            if ahead > index and mark is not None and mark.kind == "item" and mark.label in items:
                return True
            if mark is not None or ends_sentence(self.lines[ahead].text):
                return False
        return False


def _suspended(text: str) -> bool:
    return re.match(r"(?:and|or|to|nor)\b", text) is not None


def _column(lines: Sequence[Line]) -> int | None:
    """Return the width at which the text was wrapped, ``None`` where each paragraph stands on a line of its own."""
    lengths = sorted(len(line.text) for line in lines)
    if not lengths or lengths[int(len(lengths) * 0.92)] > _NARROW:
        return None
    if len(lengths) < 12:
        broken = any(len(line.text) >= 60 and not ends_sentence(line.text) for line in lines[:-1])
        return lengths[-1] if lengths[-1] <= 110 and (broken or sum(length >= 60 for length in lengths) >= 3) else None
    return lengths[int(len(lengths) * 0.92)]


def _scattered(lines: Sequence[Line]) -> frozenset[int]:
    """Find runs of three and more lines of one small word each: a justified line that the extraction tore apart."""
    loose = {
        i for i, line in enumerate(lines) if re.fullmatch(r"[a-z][a-z’'-]*[,;.]?", line.text) and line.blank_before
    }
    return frozenset(i for i in loose if {i - 2, i - 1} <= loose or {i - 1, i + 1} <= loose or {i + 1, i + 2} <= loose)


def join_lines(lines: Sequence[Line], vocabulary: Vocabulary) -> tuple[Block, ...]:
    """Return the blocks of a resolution's lines, in order; no line is lost."""
    return Joiner(lines, vocabulary).blocks()
