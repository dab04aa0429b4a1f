"""The words that the reader knows, as data: one folder a language, loaded by name and given to each step as an argument."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of one language.

    Attributes:
        formulas: enacting formulas without their comma.
        preambular: matches a leading phrase of the preamble, at the start of a text.
        operative: the same of the operative part.
        later: matches a further phrase inside a sentence, behind a comma or "and" (group ``phrase``).
        kinds: what kind of provision a verb makes, by its form in small letters.
        words: words that are words.
        compounds: words that are written with a hyphen.
        endings: second halves that a hyphen joins.
        closed: compounds written as one word, whose halves may as well stand apart.
    """

    language: str
    formulas: tuple[str, ...]
    preambular: re.Pattern[str]
    operative: re.Pattern[str]
    later: re.Pattern[str]
    kinds: Mapping[str, str]
    words: frozenset[str]
    compounds: frozenset[str]
    endings: frozenset[str]
    closed: frozenset[str]

    def starts_preambular(self, text: str) -> bool:
        """Tell whether a text begins, with a capital, as a paragraph of the preamble does."""
        return text[:1].isupper() and self.preambular.match(text) is not None

    def starts_operative(self, text: str) -> bool:
        """Tell whether a text begins, with a capital, as an operative paragraph does."""
        return text[:1].isupper() and self.operative.match(text) is not None

    def starts_provision(self, text: str) -> bool:
        """Tell whether a text begins as a paragraph of either part does."""
        if self.starts_operative(text) or self.starts_preambular(text):
            return True
        return text[:1].isupper() and self.later.match(", " + text) is not None

    def kind_of(self, phrase: str) -> str:
        """Return what kind of provision a verb phrase makes, "" where no verb of it is known."""
        small = f" {phrase.lower()} "
        found = [
            (small.find(f" {verb} "), -len(verb), kind) for verb, kind in self.kinds.items() if f" {verb} " in small
        ]
        return min(found)[2] if found else ""


@functools.cache
def load_vocabulary(language: str = "en") -> Vocabulary:
    """Load the words of a language from ``text/vocabulary/<language>/``."""
    folder = files(__name__).joinpath(language)
    raw: dict[str, Any] = yaml.safe_load(folder.joinpath("verbs.yaml").read_text("utf-8"))
    compounds = _listed(folder.joinpath("hyphens.txt"))
    forms = ("preambular", "operative")
    preambular, operative = (_phrase(raw, form) for form in forms)
    return Vocabulary(
        language=language,
        formulas=tuple(raw["formulas"]),
        preambular=re.compile(preambular + r"(?![-\w])", re.IGNORECASE),
        operative=re.compile(operative + r"(?![-\w])", re.IGNORECASE),
        later=re.compile(
            rf"(?:[,;:]\s+(?:(?:and|or|but)\s+)?|\band\s+)(?:{_any(raw['asides'])}\s*,?\s+)?"
            rf"(?P<phrase>{operative}|{preambular})(?![-\w])",
            re.IGNORECASE,
        ),
        kinds={verb[form].lower(): verb["kind"] for verb in raw["verbs"] for form in forms if form in verb},
        words=_listed(folder.joinpath("words.txt")),
        compounds=frozenset(word for word in compounds if word[0] not in "-+"),
        endings=frozenset(word[1:] for word in compounds if word.startswith("-")),
        closed=frozenset(word[1:] for word in compounds if word.startswith("+")),
    )


def _listed(file: Traversable) -> frozenset[str]:
    lines = file.read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def _any(words: Iterable[str]) -> str:
    """Return a pattern of one of the words, the longest first."""
    return "(?:" + "|".join(sorted((re.escape(word) for word in set(words)), key=lambda word: (-len(word), word))) + ")"


def _phrase(raw: Mapping[str, Any], form: str) -> str:
    """Return the pattern of a whole verb phrase: adverbs, verb, another verb, adverbs, particle, what is expressed and how."""
    verbs = [verb for verb in raw["verbs"] if form in verb]
    before = f"(?:{_any(raw['before'])}(?:\\s*,\\s*|\\s+))*"
    after = rf"(?:\s+{_any(raw['after'])}\b)*"
    nouns = (
        rf"(?:{_any(raw['complement_openers'])}\s+)?(?:{_any(raw['complement_adjectives'])}(?:\s*,\s*|\s+)(?:and\s+)?)*"
        rf"{_any(raw['complement_nouns'])}\b"
    )
    expressed = rf"(?:\s+{nouns}(?:\s+and\s+{nouns})?(?:\s+{_any(raw['complement_after'])}\b)?)?"
    manner = rf"(?:,?\s+with\s+(?:{_any(raw['manner_adjectives'])}\s+)*{_any(raw['manner_nouns'])}\b)?"
    kinds = [
        rf"{_any(verb[form] for verb in verbs if verb[form] in raw['complement_verbs'])}\b{after}{expressed}",
        *(rf"{re.escape(v[form])}\b{after}(?:\s+{_any(v['particles'])}\b)?" for v in verbs if "particles" in v),
        rf"{_any(verb[form] for verb in verbs)}\b{after}",
    ]
    one = "(?:" + "|".join(kinds) + ")"
    return rf"{before}{one}(?:\s+and\s+{before}{one})?{manner}"
