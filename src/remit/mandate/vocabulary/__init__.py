"""Whom the Council addresses, on which conditions, what it counts: data, one folder a language."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class AskingVocabulary:
    """The words in which mandates ask.

    Attributes:
        addressees: names as given out, each with the pattern of how the text writes it; the longest first.
        asides: matches a word that opens an aside among the addressees.
        listing_asides: matches one that goes on over commas; ``subjunctives``: verbs that need no "shall".
        heads: nouns at the head of a name that can be asked; ``no_actors`` names in capitals that cannot; ``halves`` first
            halves of names that go on behind "and"; ``pronouns`` words that point back to those who were asked before.
        standing: matches what says how things stand behind "shall" ("be subject to"): nobody is asked.
        things: matches a subject that nothing can be asked of ("the measures imposed by …", "it").
        conditions: matches a phrase that limits what is asked.
        quantities: nouns that are counted; ``ceilings`` the words before a number that make it a ceiling.
        numbers: number words; ``rhythms`` words that mean every so many days or months.
        last_of_year: the last resolution of each year from 1946.
    """

    addressees: tuple[tuple[str, re.Pattern[str]], ...]
    asides: re.Pattern[str]
    listing_asides: re.Pattern[str]
    subjunctives: str
    heads: frozenset[str]
    no_actors: frozenset[str]
    halves: frozenset[str]
    pronouns: frozenset[str]
    things: re.Pattern[str]
    standing: re.Pattern[str]
    conditions: re.Pattern[str]
    quantities: str
    ceilings: str
    numbers: Mapping[str, int]
    rhythms: Mapping[str, Mapping[str, int]]
    last_of_year: tuple[int, ...]


@functools.cache
def load_asking_vocabulary(language: str = "en") -> AskingVocabulary:
    """Load the words of a language from ``mandate/vocabulary/<language>/asked.yaml``."""
    raw: dict[str, Any] = yaml.safe_load(files(__name__).joinpath(language, "asked.yaml").read_text("utf-8"))
    return AskingVocabulary(
        addressees=tuple((one["name"], re.compile(one["pattern"] + r"(?![\w-])")) for one in raw["addressees"]),
        asides=re.compile(rf"(?:and\s+)?{_any(raw['asides'])}\b"),
        listing_asides=re.compile(rf"(?:and\s+)?{_any(raw['listing_asides'])}\b"),
        subjunctives=_any(raw["subjunctives"]),
        heads=frozenset(raw["heads"]),
        no_actors=frozenset(raw["no_actors"]),
        halves=frozenset(raw["halves"]),
        pronouns=frozenset(raw["pronouns"]),
        standing=re.compile(rf"\s+(?:not\s+)?{_any(raw['standing'])}\b"),
        things=re.compile(rf"{_any(raw['things'])}\b"),
        conditions=re.compile("(?<![\\w-])(?:" + "|".join(raw["conditions"]) + ")(?![\\w-])", re.IGNORECASE),
        quantities=_any(raw["quantities"]),
        ceilings=_any(raw["ceilings"]),
        numbers=raw["numbers"],
        rhythms=raw["rhythms"],
        last_of_year=tuple(raw["last_of_year"]),
    )


def _any(words: Iterable[str]) -> str:
    return "(?:" + "|".join(sorted((re.escape(word) for word in words), key=lambda word: (-len(word), word))) + ")"
