"""The errors of this room, each with its code, in English and French."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import process

from remit.kernel.errors import BadInput, Fault
from remit.kernel.issues import Issue
from remit.kernel.wording import Words


def bad(code: str, en: str, fr: str, do_en: str, do_fr: str) -> BadInput:
    """Return an error of the definition or of the arguments given."""
    return BadInput(Issue(code, Words(en, fr), Words(do_en, do_fr)))


def fault(code: str, en: str, fr: str, do_en: str, do_fr: str) -> Fault:
    """Return a failure of the engine or of the files that it reads."""
    return Fault(Issue(code, Words(en, fr), Words(do_en, do_fr)))


def unknown_name(code: str, what_en: str, what_fr: str, name: str, known: Iterable[str]) -> BadInput:
    """Return the error of a name that is not there, with the nearest that is."""
    names = sorted(set(known))
    near = process.extractOne(name, names, score_cutoff=60)
    listed = ", ".join(names[:30])
    return bad(
        code,
        f"There is no {what_en} “{name}”.",
        f"Il n’y a pas de {what_fr} « {name} ».",
        f"Did you mean “{near[0]}”?" if near else f"Known: {listed or 'none'}.",
        f"Vouliez-vous dire « {near[0]} » ?" if near else f"Connus : {listed or 'aucun'}.",
    )
