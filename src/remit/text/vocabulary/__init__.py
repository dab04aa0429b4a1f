"""The words that the reader knows, as data: one folder a language, loaded by name and given to each step as an argument."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
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
        known: what was found out of words as they were met: whether ``words`` holds them, affixes allowed for.
        words: words that are words.
        compounds: words that are written with a hyphen.
        endings: second halves that a hyphen joins.
        closed: compounds written as one word, whose halves may as well stand apart.
        openers: the words with which what stands behind a comma in ``later`` can begin, in small letters.
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
    openers: frozenset[str]
    known: dict[str, bool] = field(default_factory=dict, compare=False, repr=False)

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
        words = phrase.lower().split(" ")
        for start in range(len(words)):
            for end in range(len(words), start, -1):
                kind = self.kinds.get(" ".join(words[start:end]))
                if kind is not None:
                    return kind
        return ""

    def find_later(self, text: str, at: int = 0) -> Iterator[re.Match[str]]:
        """Return the verb phrases further on in a sentence, as ``later`` finds them one after the other.

        The long pattern is only tried where a word follows with which one of its phrases can begin.
        """
        for before in _BEFORE_LATER.finditer(text, at):
            if before.start() < at or before[1].lower() not in self.openers:
                continue
            match = self.later.match(text, before.start())
            if match is not None:
                at = match.end()
                yield match


_BEFORE_LATER = re.compile(r"(?:[,;:]|\band)(?=\s+([\w-]+))", re.IGNORECASE)
_FIRST_WORD = re.compile(r"[\w-]+")


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
        openers=frozenset(
            first.group().lower()
            for phrase in (
                "and",
                "or",
                "but",
                *raw["asides"],
                *raw["before"],
                *(v[f] for v in raw["verbs"] for f in forms if f in v),
            )
            if (first := _FIRST_WORD.match(phrase))
        ),
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
