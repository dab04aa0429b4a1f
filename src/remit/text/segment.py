"""Step 6: blocks to pieces: mark and words taken apart, paragraphs and items that share a line divided."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from remit.text.document import Damage
from remit.text.join import NAMES_A_PLACE, Block, ends_sentence
from remit.text.marks import Mark, parse_mark, successors
from remit.text.strand import Strand
from remit.text.vocabulary import Vocabulary

_NUMBER_INSIDE = re.compile(r"(?<!paragraph)(?<!paragraphs)(?<!article)\s+(?=(\d{1,3})\s?\.\s+[A-Z])")
_BULLET_INSIDE = re.compile(r"(?<=\S)\s+(?=[\u00ad•·▪●\uf0b7]\s?\w)")
_ITEM_INSIDE = re.compile(r"\s(?=(?:\(([a-z]{1,4}|\d{1,2})\)|([a-h])\.)\s)")
_TITLES = frozenset({"acting", "following", "concerned", "supporting"})
"""Words that a name or title may begin with ("Acting Special Representative")."""
_PARTED = re.compile(r"[;,:.](?:\s+(?:and|or|and/or))?$")
_VERB_INSIDE = re.compile(r"(?<=[,;])\s+(?=[A-Z][a-z])")


@dataclass(frozen=True, slots=True)
class Piece:
    """One paragraph, item, title or heading before it has its place.

    ``strand`` holds its words, ``whole`` the mark too.
    """

    mark: Mark | None
    strand: Strand
    whole: Strand
    damage: tuple[Damage, ...] = ()
    scattered: tuple[int, int] | None = None
    heading: bool = False

    @property
    def text(self) -> str:
        """The piece's words."""
        return self.strand.text


@dataclass(slots=True)
class _Place:
    """Where the division stands: the last paragraph's number, the last item's label, and whether items can follow."""

    number: int = 0
    label: str = ""


def segment(blocks: Iterable[tuple[Block, tuple[Damage, ...]]], vocabulary: Vocabulary) -> tuple[Piece, ...]:
    """Return the pieces of the blocks, in order."""
    pieces: list[Piece] = []
    place = _Place()
    listed = list(blocks)
    for index, (block, damage) in enumerate(listed):
        following = parse_mark(listed[index + 1][0].text) if index + 1 < len(listed) else None
        rest: Strand | None = block.strand
        while rest is not None:
            strand, rest = _divide(rest, place, vocabulary)
            if rest is None and following is not None:
                strand, rest = _heading_behind(strand)
            mark = parse_mark(strand.text)
            inner: Sequence[Strand] = (strand,)
            if mark is not None and mark.kind == "number":
                inner = _mark_behind_mark(strand, mark)
            pieces.extend(make_piece(part, damage, block.scattered) for part in inner)
            for piece in pieces[-len(inner) :]:
                _step(place, piece.mark)
    return tuple(piece for piece in pieces if piece.text or piece.mark)


def _step(place: _Place, mark: Mark | None) -> None:
    if mark is not None and mark.kind == "number":
        place.number, place.label = int(mark.label), ""
    elif mark is not None and mark.kind == "item":
        place.label = mark.label


def make_piece(strand: Strand, damage: Sequence[Damage] = (), scattered: tuple[int, int] | None = None) -> Piece:
    """Return a piece: the mark taken off, and the damage that lies inside kept."""
    mark = parse_mark(strand.text)
    words = strand.cut(mark.length).strip() if mark is not None else strand
    start, end = strand.span
    inside = tuple(one for one in damage if start <= one.span[0] < end)
    torn = scattered if scattered is not None and start <= scattered[0] < end else None
    return Piece(mark, words, strand, inside, torn)


def _mark_behind_mark(strand: Strand, mark: Mark) -> Sequence[Strand]:
    """Divide ``20. (a) To …``: the item stands on its paragraph's line."""
    behind = parse_mark(strand.text[mark.length :])
    if behind is None or behind.kind != "item" or behind.label not in {"a", "i", "A", "1"}:
        return (strand,)
    return (strand.cut(0, mark.length), strand.cut(mark.length))


def _divide(strand: Strand, place: _Place, vocabulary: Vocabulary) -> tuple[Strand, Strand | None]:
    """Cut a block at the first place inside it where another paragraph or item begins."""
    text = strand.text
    mark = parse_mark(text)
    start = mark.length if mark is not None else 0
    number, label = place.number, place.label
    if mark is not None and mark.kind == "number":
        number, label = int(mark.label), ""
    elif mark is not None and mark.kind == "item":
        label = mark.label
    cuts = [*_numbers(text, start, number, vocabulary), *_items(text, start, label, mark)]
    cuts += [match.span() for match in _BULLET_INSIDE.finditer(text, start)][:1]
    if mark is None and number == 0:
        cuts += _verbs(text, vocabulary)
    if not cuts:
        return strand, None
    end, begin = min(cuts)
    return strand.cut(0, end).strip(), strand.cut(begin)


def _heading_behind(strand: Strand) -> tuple[Strand, Strand | None]:
    """Cut off a heading that stands behind an item on its line: no end, and it begins with a capital behind a comma."""
    text = strand.text
    mark = parse_mark(text)
    if mark is None or mark.kind == "number" or ends_sentence(text) or re.search(r"\b(?:and|or)$", text):
        return strand, None
    last = max(text.rfind(sign) for sign in ",;")
    tail = text[last + 1 :].strip()
    if last < mark.length or not tail[:1].isupper() or len(tail) > 140 or len(tail.split()) < 2:
        return strand, None
    return strand.cut(0, last + 1), strand.cut(last + 1).strip()


def _numbers(text: str, start: int, number: int, vocabulary: Vocabulary) -> list[tuple[int, int]]:
    for match in _NUMBER_INSIDE.finditer(text, start):
        mark = parse_mark(text[match.end() :])
        if mark is None or mark.kind != "number" or int(mark.label) != number + 1:
            continue
        if vocabulary.starts_provision(text[match.end() + mark.length :]) or text[match.start() - 1] in ";:.,":
            return [match.span()]
    return []


def _verbs(text: str, vocabulary: Vocabulary) -> list[tuple[int, int]]:
    """Find, before the first number, where a further paragraph of the preamble begins on the same line."""
    for match in _VERB_INSIDE.finditer(text):
        phrase = vocabulary.preambular.match(text, match.end()) or vocabulary.operative.match(text, match.end())
        title = re.match(r"\s+[A-Z]", text[phrase.end() :]) if phrase is not None else None
        if phrase is not None and not (title and phrase.group().lower() in _TITLES):
            return [match.span()]
    return []


def _runs_on(text: str, first: re.Match[str]) -> bool:
    """Tell whether a later mark of the list that ``first`` opens stands behind words without a sign before them."""
    label = first[1] or first[2]
    for match in _ITEM_INSIDE.finditer(text, first.end()):
        before = text[: match.start()]
        if match[2] or match[1] not in successors(label) or NAMES_A_PLACE.search(before):
            continue
        if not _PARTED.search(before):
            return True
        label = match[1]
    return False


def _items(text: str, start: int, label: str, mark: Mark | None) -> list[tuple[int, int]]:
    """Find where a list begins behind a colon, or where the next item of the open list stands.

    A list inside a sentence stays in it: it has no colon before it ("… with regard to (i) … and (ii) …"), or one of its
    marks stands behind bare words ("… conditions: (i) …, (ii) … and (iii) …").
    """
    for match in _ITEM_INSIDE.finditer(text, start):
        found = match[1] or match[2]
        before = text[: match.start()]
        if NAMES_A_PLACE.search(before):
            continue
        if found in ("a", "i", "1") and before.endswith(":"):
            if _runs_on(text, match):
                continue
            return [match.span()]
        follows = bool(label) and found in successors(label)
        if not follows or (match[2] and not before.endswith((";", ",", ":"))):
            continue
        if mark is not None and mark.kind != "number" and re.search(r"[;,:](?:\s+(?:and|or|and/or))?$", before):
            return [match.span()]
        titled = (
            mark is None
            and len(before) < 160
            and ";" not in before
            and text[match.end() :].lstrip("()abcdefghijklmnopqrstuvwxyz ")[:1].isupper()
        )
        if titled:
            return [match.span()]
    return []
