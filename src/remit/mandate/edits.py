"""Two wordings of one provision, word by word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import Indel

from remit.mandate.align import fold_words

EditKind = Literal["same", "added", "dropped"]
_ISLAND = 2
"""Words; so few small words that stay between two changes are shown as part of the change."""
SMALL_WORDS = frozenset(
    {
        "the",
        "a",
        "an",
        "of",
        "and",
        "or",
        "to",
        "in",
        "on",
        "for",
        "by",
        "with",
        "its",
        "their",
        "that",
        "as",
        "at",
        "from",
    }
)
"""Words that say little by themselves."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A stretch of words that stayed, came or went, as the text has them."""

    kind: EditKind
    words: str


def split_words(text: str) -> list[str]:
    """Return the words of a text as they stand, each with the punctuation that hangs on it."""
    return re.findall(r"\S+", text)


def word_edits(old: str, new: str) -> tuple[Edit, ...]:
    """Return how ``old`` becomes ``new``: stretches that stay (in the new spelling), go and come, in reading order.

    Case, punctuation and the kind of hyphen or quotation mark are no change of words; a lone comma is shown as it is in
    the new text.
    """
    words_old, words_new = split_words(old), split_words(new)
    folded_old, folded_new = (
        [" ".join(fold_words(word)) or word for word in words] for words in (words_old, words_new)
    )
    steps = [
        ("same" if step.tag == "equal" else "changed", step.src_start, step.src_end, step.dest_start, step.dest_end)
        for step in Indel.opcodes(folded_old, folded_new)
    ]
    merged: list[tuple[str, int, int, int, int]] = []
    for index, (kind, a, b, c, d) in enumerate(steps):
        inner = 0 < index < len(steps) - 1
        if kind == "same" and inner and b - a <= _ISLAND and all(word in SMALL_WORDS for word in folded_old[a:b]):
            kind = "changed"
        if merged and merged[-1][0] == kind:
            _, start, _, begin, _ = merged[-1]
            merged[-1] = (kind, start, b, begin, d)
        else:
            merged.append((kind, a, b, c, d))
    edits: list[Edit] = []
    for kind, a, b, c, d in merged:
        if kind == "same":
            edits.append(Edit("same", " ".join(words_new[c:d])))
            continue
        edits.extend(_changed(words_old[a:b], words_new[c:d]))
    return tuple(edits)


def _changed(gone: Sequence[str], come: Sequence[str]) -> list[Edit]:
    edits: list[Edit] = []
    if gone:
        edits.append(Edit("dropped", " ".join(gone)))
    if come:
        edits.append(Edit("added", " ".join(come)))
    return edits
