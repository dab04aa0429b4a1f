"""A row of another provider's file, and what is wrong with one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from remit.kernel.errors import BadInput
from remit.kernel.issues import Issue, Where
from remit.kernel.wording import Words


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its line in the file (from 1), the provider's identifier, raw values by field key, and the row as given."""

    line: int
    identifier: str
    values: Mapping[str, Any]
    original: Mapping[str, str]


Read = tuple[Sequence[Row], Sequence[Issue]]
"""Good rows, and the issues of the others, each with its line."""


@dataclass(frozen=True, slots=True)
class Provider:
    """A file that somebody else publishes: which records its rows become, whom to cite, and under which terms it may be used."""

    key: str
    type: str
    label: Words
    cite: str
    terms: Words
    read: Callable[[bytes, str], Read]
    caveats: tuple[str, ...] = ()
    """Caveats that each of its rows bears (``originator-control`` where its terms forbid passing rows on)."""


def left_out(code: str, en: str, fr: str, line: int, name: str, *, path: str = "") -> Issue:
    """Return the issue about a row that is not taken in."""
    return Issue(
        code,
        Words(f"This row is left out: {en}.", f"Cette ligne est écartée : {fr}."),
        Words("Correct the row and import the file again; rows already in are passed over.",
              "Corrigez la ligne et importez de nouveau ; les lignes déjà prises sont passées."),
        Where(name, line, path),
    )  # fmt: skip


def already(identifier: str, first: int, line: int, name: str) -> Issue:
    """Return the issue (IMP-016) about a row whose identifier stands in an earlier line."""
    return left_out("IMP-016", f"the identifier {identifier} stands already in line {first}",
                    f"l’identifiant {identifier} figure déjà à la ligne {first}", line, name)  # fmt: skip


def not_such(what: Words, give: Words, name: str, en: str, fr: str) -> BadInput:
    """Return the refusal (IMP-002) of a file that is not what the importer reads; ``give`` says which file to give."""
    return BadInput(
        Issue(
            "IMP-002",
            Words(f"This is no {what.en}: {en}.", f"Ce n’est pas un {what.fr} : {fr}."),
            Words(f"Give {give.en}; nothing was written.", f"Donnez {give.fr} ; rien n’a été écrit."),
            Where(name),
        )
    )
