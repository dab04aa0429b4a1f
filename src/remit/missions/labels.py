"""Words for what was declared without any: the key, made readable, and a note that says so."""

from __future__ import annotations

from remit.kernel.issues import Issue
from remit.kernel.wording import Words, same
from remit.missions.declarations.values import Wording
from remit.missions.problems import problem
from remit.missions.read import Source


def humanised(key: str) -> str:
    """Return a key as words: ``ceasefire-finding`` is "Ceasefire finding"."""
    text = key.replace("-", " ").replace("_", " ")
    return text[:1].upper() + text[1:]


class Labels:
    """Gives words, and keeps a note for each that had to be made."""

    def __init__(self) -> None:
        self._notes: dict[Issue, None] = {}

    def of(self, wording: Wording | None, key: str, source: Source, *steps: str | int, what: str = "label") -> Words:
        """Return the words declared; the readable key in both languages where there are none."""
        if wording is not None:
            return wording.words
        self.note(source, *steps, what=what, shown=humanised(key))
        return same(humanised(key))

    def note(self, source: Source, *steps: str | int, what: str, shown: str) -> None:
        """Keep a note (MIS-071) that something is shown for words that were not declared."""
        self._notes[
            problem(
                "MIS-071",
                source.where(*steps),
                f"No “{what}” is declared; “{shown}” is shown in every language.",
                f"Aucun « {what} » n’est déclaré ; « {shown} » s’affiche dans toutes les langues.",
                "Write it as {en: …, fr: …}.",
                "Écrivez-le sous la forme {en: …, fr: …}.",
                level="note",
            )
        ] = None

    def notes(self) -> tuple[Issue, ...]:
        """Return the notes kept."""
        return tuple(self._notes)


def code_of(key: str) -> str:
    """Return the code of a type that declares and inherits none: the first letters of its words, or of its only word."""
    words = key.split("-")
    return ("".join(word[0] for word in words)[:4] if len(words) > 1 else key[:3]).upper()
