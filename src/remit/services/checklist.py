"""What a product still lacks before it can be submitted, each with the words that say so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from remit.kernel.wording import Words
from remit.mandate.declared import provision_label
from remit.reporting.document import ReportDocument
from remit.reporting.numbers import number


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that must hold before submission."""

    key: Literal["answers", "passages", "words"]
    ok: bool
    words: Words
    paths: tuple[str, ...] = ()
    passages: tuple[str, ...] = ()


def checklist(document: ReportDocument) -> Iterator[Check]:
    """Yield what must hold: every duty answered (47 and those embedded), every passage written, the word limit kept."""
    paths = {
        language: ", ".join(provision_label(p, language) for p in document.unanswered) for language in ("en", "fr")
    }
    yield Check(
        "answers",
        not document.unanswered,
        Words(f"Not answered: {paths['en']}.", f"Sans réponse : {paths['fr']}.")
        if document.unanswered
        else Words("Every duty is answered.", "Toutes les obligations ont une réponse."),
        paths=document.unanswered,
    )
    missing = len(document.unwritten)
    yield Check(
        "passages",
        not missing,
        Words(
            f"{missing} passage{'' if missing == 1 else 's'} not written yet.",
            f"{missing} passage{'' if missing == 1 else 's'} à rédiger.",
        )
        if missing
        else Words("Every passage is written.", "Tous les passages sont rédigés."),
        passages=document.unwritten,
    )
    if document.word_limit:
        count = document.word_count()
        en, fr = (f"{number(count, x)} / {number(document.word_limit, x)}" for x in ("en", "fr"))
        yield Check("words", count <= document.word_limit, Words(f"{en} words.", f"{fr} mots."))
