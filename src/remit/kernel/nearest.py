"""The nearest right key, for messages about one that is not known."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from remit.kernel.wording import Words


def nearest(found: str, known: Iterable[str]) -> str:
    """Return the known key most like the one found; "" where none is near."""
    plain = {key.casefold().replace("-", "_"): key for key in known}
    close = difflib.get_close_matches(found.casefold().replace("-", "_"), list(plain), n=1, cutoff=0.6)
    return plain[close[0]] if close else ""


def did_you_mean(found: str, known: Iterable[str]) -> Words:
    """Return what to do about an unknown key: the nearest one, or the list of those there are."""
    known = list(known)
    if near := nearest(found, known):
        return Words(f"Did you mean “{near}”?", f"Vouliez-vous dire « {near} » ?")
    listed = ", ".join(known) or "–"
    return Words(f"Known here: {listed}.", f"Connus ici : {listed}.")
