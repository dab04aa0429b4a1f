"""In which of the official languages a document is written, told by the words with which resolutions open."""

from __future__ import annotations

import functools
import re
from importlib.resources import files

import yaml

from remit.kernel.wording import Words
from remit.text.decode import refuse
from remit.text.vocabulary import Vocabulary

_HEAD = 20_000
"""Characters; the enacting formula stands on the first page."""


@functools.cache
def _formulas() -> tuple[tuple[Words, re.Pattern[str]], ...]:
    raw = yaml.safe_load(files("remit.text.vocabulary").joinpath("languages.yaml").read_text("utf-8"))
    return tuple(
        (
            Words(one["name"]["en"], one["name"]["fr"]),
            re.compile("|".join(re.escape(words).replace(r"\ ", r"\s+") for words in one["formulas"])),
        )
        for one in raw
    )


def require_language(source: str, vocabulary: Vocabulary, name: str) -> None:
    """Refuse a document that opens as a resolution in a language whose words are not known.

    Raises:
        BadInput: TXT-013.
    """
    own = re.compile("|".join(re.escape(words).replace(r"\ ", r"\s+") for words in vocabulary.formulas), re.IGNORECASE)
    head = source[:_HEAD]
    if own.search(head):
        return
    for language, pattern in _formulas():
        if pattern.search(head):
            raise refuse(
                "TXT-013",
                f"The resolution is in {language.en}; only English is read today.",
                f"La résolution est en {language.fr} ; seul l’anglais est lu à ce jour.",
                name,
                do_en="Give the English text: all official languages stand under the same symbol.",
                do_fr="Donnez le texte anglais : toutes les langues officielles portent la même cote.",
            )
