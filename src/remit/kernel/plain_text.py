"""Text as a search sees it: without accents, case, or the differences of typography."""

from __future__ import annotations

import unicodedata

_TYPOGRAPHY = str.maketrans(
    {"’": "'", "‘": "'", "œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "–": "-", "—": "-", "‑": "-"}
)


def plain_text(text: str) -> str:
    """Return the text folded for searching: ``Ménaka`` and ``MENAKA`` give ``menaka``; runs of space become one."""
    if text.isascii():  # most of what is recorded: there is nothing to take apart
        return " ".join(text.lower().split())
    apart = unicodedata.normalize("NFKD", text.translate(_TYPOGRAPHY))
    bare = "".join(character for character in apart if not unicodedata.combining(character))
    return " ".join(bare.casefold().split())
