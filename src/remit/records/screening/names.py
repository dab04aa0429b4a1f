"""Names as they are compared: one script, one spelling of what sounds alike, each word weighed by how rare it is.

Two names are compared word by word, each word used once, so that order does not count and repeated words count once. Words
agree by spelling (Jaro-Winkler), by sound (Metaphone), or by their consonants (Arabic writes no short vowels).
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import jellyfish
from anyascii import anyascii
from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

ALIKE = 0.87
"""From which likeness two words are held against each other at all."""
RARE = 3
"""In how many names of the list a word may stand that tells by itself."""
SMALL = frozenset({"al", "el", "ul", "ag", "ould", "uld", "bin", "ben", "ibn", "bint", "de", "du", "la", "le", "les", "the", "of",
                   "and", "et", "des", "ad", "an", "ar", "as", "at", "walad", "wld", "dit", "alias"})  # fmt: skip
"""Particles: they join names and tell nobody from another."""
_SOUNDS: Sequence[tuple[str, str]] = (
    ("ou", "u"), ("oo", "u"), ("ee", "i"), ("dj", "j"), ("dh", "d"), ("th", "t"), ("gh", "g"), ("kh", "k"), ("ph", "f"),
    ("sh", "s"), ("ch", "s"), ("ck", "k"), ("q", "k"), ("c", "k"), ("w", "u"), ("y", "i"), ("e", "i"), ("o", "u"), ("v", "f"),
    ("z", "s"),
)  # fmt: skip
"""Spellings of one sound in the Latin renderings of Arabic, Tamasheq and French."""
_WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Name:
    """A name ready to be compared: its words without particles, in one script."""

    text: str
    words: tuple[str, ...]


_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")
_ALEFS = str.maketrans({"ع": "a", "أ": "a", "إ": "i", "آ": "a", "ا": "a", "ٱ": "a", "ء": None, "ئ": "y", "ؤ": "w", "ى": "a",
                        "ة": "a", "ـ": None})  # fmt: skip
_UNVOCALISED = "*"
"""Marks a word that was written without short vowels: it is compared by its consonants."""
_SERVANT = re.compile(r"^abd(?:u|e|a|ou|o)?(?:l|r|s|n|t|d|z)?(?=[a-z]{3})")
_ARTICLE = re.compile(r"^(?:al|el)(?=[b-df-hj-np-tv-z][a-z]{3})")


@lru_cache(maxsize=65_536)
def name_of(text: str) -> Name:
    """Return a name's words in Latin letters without accents, articles, particles and marks."""
    words: list[str] = []
    for written in unicodedata.normalize("NFKC", text).split():
        arabic = bool(_ARABIC.search(written))
        plain = anyascii(written.translate(_ALEFS) if arabic else written).casefold().replace("'", "").replace("`", "")
        words += [word + (_UNVOCALISED if arabic else "") for word in _WORD.findall(plain)]
    joined = _joined(words)
    told = tuple(
        word for word in joined if word.rstrip(_UNVOCALISED) not in SMALL and len(word.rstrip(_UNVOCALISED)) > 1
    )
    return Name(text, told or tuple(joined))


def _joined(words: Sequence[str]) -> list[str]:
    """Join "Abd" and what follows it, in the many ways it is written, and take articles off their words."""
    found: list[str] = []
    nth = 0
    while nth < len(words):
        word = words[nth]
        bare = word.rstrip(_UNVOCALISED)
        if bare in ("abd", "abdul", "abdel", "abdal", "abdoul", "abdou", "abdur", "abdus") and nth + 1 < len(words):
            follows = nth + 2 if words[nth + 1].rstrip(_UNVOCALISED) in SMALL and nth + 2 < len(words) else nth + 1
            rest = words[follows].rstrip(_UNVOCALISED)
            found.append("abd" + _ARTICLE.sub("", rest, count=1) + word[len(bare) :])
            nth = follows + 1
            continue
        if len(bare) > 6 and bare.startswith("abd"):
            bare = "abd" + _SERVANT.sub("", bare, count=1)
        found.append(_ARTICLE.sub("", bare, count=1) + word[len(word.rstrip(_UNVOCALISED)) :])
        nth += 1
    return found


@lru_cache(maxsize=65_536)
def sound(word: str) -> str:
    """Return a word in one spelling of what sounds alike."""
    for spelt, sounded in _SOUNDS:
        word = word.replace(spelt, sounded)
    return re.sub(r"(.)\1+", r"\1", word)


@lru_cache(maxsize=65_536)
def consonants(word: str) -> str:
    """Return the consonants of a word's sound: what Arabic writes of it, and an h at its end not, which comes and goes."""
    return re.sub(r"[aiu*]|h\*?$", "", sound(word))


@lru_cache(maxsize=262_144)
def likeness(one: str, other: str) -> float:
    """Return how alike two words are, from 0 to 1."""
    if one == other:
        return 1.0
    unvocalised = one.endswith(_UNVOCALISED) or other.endswith(_UNVOCALISED)
    first, second = sound(one), sound(other)
    if unvocalised:
        first, second = consonants(one), consonants(other)
        return 0.95 if first == second and len(first) > 1 else 0.9 * float(JaroWinkler.similarity(first, second))
    if first == second:
        return 0.97
    near = float(JaroWinkler.similarity(first, second))
    if len(first) > 3 and len(second) > 3 and jellyfish.metaphone(first) == jellyfish.metaphone(second):
        return max(0.92, near)
    if len(bare := consonants(one)) > 2 and bare == consonants(other):
        return max(0.89, near)
    return near if min(len(first), len(second)) > 3 else near * 0.9  # short words are alike by chance


@dataclass(frozen=True)
class Vocabulary:
    """The words of a list, and how much each tells: a word that many bear tells little."""

    counts: Mapping[str, int]
    total: int
    words: Sequence[str] = field(default=())
    sounds: Sequence[str] = field(default=())
    by_consonants: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, names: Iterable[Name]) -> Vocabulary:
        """Count in how many names each sound stands."""
        counts: Counter[str] = Counter()
        words: dict[str, str] = {}
        total = 0
        for name in names:
            total += 1
            counts.update({sound(word) for word in name.words})
            words.update({word: sound(word) for word in name.words})
        bare: dict[str, list[str]] = {}
        for word in words:
            bare.setdefault(consonants(word), []).append(word)
        return cls(counts, max(total, 1), tuple(words), tuple(words.values()), bare)

    def weight(self, word: str) -> float:
        """Return how much a word tells, from about 0.15 (very common) to 1 (nobody else bears it)."""
        seen = self.counts.get(sound(word), 0)
        return max(0.15, 1 - math.log1p(seen) / math.log1p(self.total))

    def near(self, word: str) -> dict[str, float]:
        """Return the words of the list that are alike."""
        close = process.extract(
            sound(word), self.sounds, scorer=JaroWinkler.similarity, limit=None, score_cutoff=0.8, processor=None
        )
        found = {self.words[index]: likeness(word, self.words[index]) for _, _, index in close}
        bare = consonants(word)
        if len(bare) > 1:
            found |= {other: likeness(word, other) for other in self.by_consonants.get(bare, ()) if other not in found}
        return {other: value for other, value in found.items() if value >= ALIKE}


@dataclass(frozen=True, slots=True)
class NameMatch:
    """How two names agree: a score from 0 to 1, and the pairs of words that agree, each with its likeness."""

    score: float
    pairs: tuple[tuple[str, str, float], ...]
    only_given: tuple[str, ...]
    only_listed: tuple[str, ...]


def compare_names(given: Name, listed: Name, vocabulary: Vocabulary) -> NameMatch:
    """Compare two names: the best pairing of their words, weighed by what each word tells.

    The score is mostly how much of the shorter name is in the longer one, less what the longer one has besides. One word
    alone, where the other name has more, is at most 0.7: many bear it; 0.85 if next to nobody on the list does.
    """
    options = sorted(
        ((likeness(g, w), i, j) for i, g in enumerate(given.words) for j, w in enumerate(listed.words)), reverse=True
    )
    used_given: set[int] = set()
    used_listed: set[int] = set()
    pairs = []
    for value, i, j in options:
        if value < ALIKE:
            break
        if i in used_given or j in used_listed:
            continue
        used_given.add(i)
        used_listed.add(j)
        pairs.append((given.words[i], listed.words[j], round(value, 2)))
    of_given = _covered(given.words, {g: v for g, _, v in pairs}, vocabulary)
    of_listed = _covered(listed.words, {w: v for _, w, v in pairs}, vocabulary)
    fuller, other = max(of_given, of_listed), min(of_given, of_listed)
    score = 0.75 * fuller + 0.25 * other
    if min(len(given.words), len(listed.words)) == 1 and len(given.words) != len(listed.words):
        score = _alone(score, given, listed, pairs, vocabulary)
    return NameMatch(
        round(score, 3),
        tuple(pairs),
        tuple(word for i, word in enumerate(given.words) if i not in used_given),
        tuple(word for j, word in enumerate(listed.words) if j not in used_listed),
    )


def _alone(
    score: float, given: Name, listed: Name, pairs: Sequence[tuple[str, str, float]], vocabulary: Vocabulary
) -> float:
    """Return the score of one word against several: many bear a word, but some words next to nobody else bears."""
    word = (given.words if len(given.words) == 1 else listed.words)[0].rstrip(_UNVOCALISED)
    longest = 4 if len(given.words) == 1 else 7
    same = bool(pairs) and pairs[0][2] >= 0.97
    if same and len(word) >= longest and vocabulary.counts.get(sound(word), 0) <= RARE:
        return 0.85
    return min(score, 0.7)


def _covered(words: Sequence[str], found: Mapping[str, float], vocabulary: Vocabulary) -> float:
    weights = {word: vocabulary.weight(word) for word in words}
    whole = sum(weights[word] for word in words)
    return sum(weights[word] * found.get(word, 0.0) for word in words) / whole if whole else 0.0
