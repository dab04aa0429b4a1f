"""Step 7: pieces to roles: preamble, numbered paragraphs, items, continuations, headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from remit.text.document import ProvisionRole
from remit.text.join import ends_sentence
from remit.text.segment import Piece
from remit.text.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Numbered:
    """A piece with its role, and the number of the paragraph that it belongs to ("" before the first)."""

    piece: Piece
    role: ProvisionRole
    number: str


def number(pieces: Sequence[Piece], vocabulary: Vocabulary) -> tuple[Numbered, ...]:
    """Return each piece with its role and paragraph number."""
    has_numbers = any(piece.mark is not None and piece.mark.kind == "number" for piece in pieces)
    found: list[Numbered] = []
    current = ""
    operative = False
    for index, piece in enumerate(pieces):
        following = _marked_after(pieces, index)
        role: ProvisionRole
        if piece.mark is not None and piece.mark.kind == "number":
            role, current, operative = "op", piece.mark.label, True
        elif piece.mark is not None:
            role = "sub"
        elif piece.heading or _is_heading(piece, following, found):
            role = "heading"
        elif _is_preambular(piece, operative, has_numbers, vocabulary):
            role = "pp"
        else:
            role = "cont"
            operative = operative or vocabulary.starts_operative(piece.text)
        found.append(Numbered(piece, role, current))
    return tuple(found)


def _marked_after(pieces: Sequence[Piece], index: int) -> Piece | None:
    """Return the marked piece before which this one stands, headings between them allowed; ``None`` where text comes first."""
    for piece in pieces[index + 1 : index + 4]:
        if piece.mark is not None:
            return piece
        if ends_sentence(piece.text) or len(piece.text) > 250:
            return None
    return None


def _is_heading(piece: Piece, following: Piece | None, found: Sequence[Numbered]) -> bool:
    """Tell a heading: a few words without an end, before a numbered paragraph or an item, not under an item's mark."""
    text = piece.text
    if following is None or len(text) > 250 or ends_sentence(text) or following.mark is None:
        return False
    if re.fullmatch(r"[\W_]+", text):
        return True
    previous = found[-1].piece.text if found else ""
    return (
        bool(ends_sentence(previous))
        or (bool(found) and found[-1].role == "heading")
        or re.search(r"\band$|\bor$", previous) is not None
    )


def _is_preambular(piece: Piece, operative: bool, has_numbers: bool, vocabulary: Vocabulary) -> bool:
    if not operative:
        if vocabulary.starts_operative(piece.text):
            return has_numbers and ends_sentence(piece.text) == ","
        return has_numbers or vocabulary.starts_preambular(piece.text) or ends_sentence(piece.text) == ","
    return vocabulary.starts_preambular(piece.text) and ends_sentence(piece.text) == ","
