"""Step 6: blocks to pieces: mark and words taken apart, paragraphs and items that share a line divided."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from remit.text.document import Damage
from remit.text.join import Block
from remit.text.marks import Mark, parse_mark
from remit.text.strand import Strand
from remit.text.vocabulary import Vocabulary

_NUMBER_INSIDE = re.compile(r"(?<=[;.,:])\s+(?=(\d{1,3})\s?\.\s+[A-Z])")


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


def segment(blocks: Iterable[tuple[Block, tuple[Damage, ...]]], vocabulary: Vocabulary) -> tuple[Piece, ...]:
    """Return the pieces of the blocks, in order."""
    pieces: list[Piece] = []
    number = 0
    for block, damage in blocks:
        for strand in _divide(block.strand, number, vocabulary):
            mark = parse_mark(strand.text)
            inner: Sequence[Strand] = (strand,)
            if mark is not None and mark.kind == "number":
                number = int(mark.label)
                inner = _mark_behind_mark(strand, mark)
            for part in inner:
                pieces.append(make_piece(part, damage, block.scattered))
    return tuple(piece for piece in pieces if piece.text or piece.mark)


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


def _divide(strand: Strand, number: int, vocabulary: Vocabulary) -> tuple[Strand, ...]:
    """Divide a block where the next numbered paragraph begins inside it."""
    for match in _NUMBER_INSIDE.finditer(strand.text):
        rest = strand.text[match.end() :]
        mark = parse_mark(rest)
        if mark is None or mark.kind != "number" or not vocabulary.starts_operative(rest[mark.length :]):
            continue
        here = parse_mark(strand.text)
        at = int(here.label) if here is not None and here.kind == "number" else number
        if int(mark.label) == at + 1:
            return (strand.cut(0, match.start()), *_divide(strand.cut(match.end()), at, vocabulary))
    return (strand,)
