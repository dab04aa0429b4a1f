"""Words in the mission's working languages.

Everything shown to a person is a :class:`Words`: English and French side by side, in one place.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Language = Literal["en", "fr"]
LANGUAGES: tuple[Language, ...] = ("en", "fr")


@dataclass(frozen=True, slots=True)
class Words:
    """One wording in English and French."""

    en: str
    fr: str

    def in_(self, language: str) -> str:
        """Return the wording in ``language``; English where the language is not one of ours."""
        return self.fr if language == "fr" else self.en

    def format(self, **values: object) -> Words:
        """Fill the named places of both languages.

        A value that is itself a :class:`Words` is filled in the language of each side.
        """
        return Words(
            en=self.en.format(**{k: v.en if isinstance(v, Words) else v for k, v in values.items()}),
            fr=self.fr.format(**{k: v.fr if isinstance(v, Words) else v for k, v in values.items()}),
        )


def same(text: str) -> Words:
    """Return a wording that reads the same in every language (a name, a symbol, a number)."""
    return Words(en=text, fr=text)
