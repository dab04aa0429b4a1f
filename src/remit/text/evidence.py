"""What the document and the vocabulary say of words: the evidence by which broken ones are mended."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from remit.text.vocabulary import Vocabulary

_WORD = re.compile(r"[^\W\d_]+")
STANDING = re.compile(r"(?<![\w’'.-])[^\W\d_]+")
"""A word that does not hang on another sign: only such a one can be half of a split word or have lost a hyphen."""
_COMPOUND = re.compile(r"(?<![^\W\d_])[^\W\d_]+(?:[-\u2010\u2011][^\W\d_]+)+")
_HYPHEN = re.compile("[-\u2010\u2011]")
_SUFFIXES = (
    ("s", ""),
    ("es", ""),
    ("ed", ""),
    ("d", ""),
    ("ing", ""),
    ("ly", ""),
    ("er", ""),
    ("ers", ""),
    ("or", ""),
    ("ors", ""),
    ("ion", ""),
    ("ions", ""),
    ("al", ""),
    ("ally", ""),
    ("ment", ""),
    ("ments", ""),
    ("ness", ""),
    ("ity", ""),
    ("able", ""),
    ("ive", ""),
    ("ing", "e"),
    ("ed", "e"),
    ("er", "e"),
    ("ers", "e"),
    ("or", "e"),
    ("ors", "e"),
    ("ion", "e"),
    ("ions", "e"),
    ("ation", "e"),
    ("ations", "e"),
    ("ation", ""),
    ("ations", ""),
    ("able", "e"),
    ("ies", "y"),
    ("ied", "y"),
    ("ily", "y"),
    ("ability", "able"),
    ("ility", "le"),
    ("ly", "le"),
    ("ative", "e"),
    ("ful", ""),
    ("less", ""),
    ("ship", ""),
    ("hood", ""),
    ("ism", ""),
    ("ist", ""),
    ("ists", ""),
)
_BY_LAST_LETTER: dict[str, tuple[tuple[str, str], ...]] = {
    letter: tuple(pair for pair in _SUFFIXES if pair[0][-1] == letter) for letter in {pair[0][-1] for pair in _SUFFIXES}
}
_PREFIXES = ("un", "in", "im", "dis", "mis", "re", "over", "under", "out", "fore")
_SOLID = frozenset(
    [
        "pre",
        "post",
        "anti",
        "inter",
        "counter",
        "multi",
        "sub",
        "co",
        "re",
        "mid",
        "intra",
        "extra",
        "semi",
        "trans",
        "socio",
        "micro",
        "macro",
        "peace",
        "de",
    ]
)
"""First halves that are as often written solid: a solid spelling is no damage, whatever stands elsewhere."""
_KNOWN_AT_MOST = 200_000
"""Words of which it is kept over documents whether the vocabulary holds them; then they are looked up anew."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the document and the vocabulary say of words."""

    words: frozenset[str]
    endings: frozenset[str]
    longest_endings: tuple[str, ...]
    counts: Counter[str]
    hyphened: Counter[str]
    without_hyphen: dict[str, str]
    compounds: dict[str, str]
    solid: frozenset[str]
    text: str
    known: dict[str, bool]
    plain: set[str]
    spread: dict[str, str]
    closed: tuple[str, ...]

    def is_word(self, word: str) -> bool:
        """Tell whether the vocabulary holds the word, affixes allowed for."""
        known = self.known.get(word)
        if known is None:
            small = word.lower()
            if len(small) == 1:
                known = small == "a" or word == "I"
            else:
                known = self.is_listed(small) or (small.startswith(_PREFIXES) and self._is_prefixed(small))
            if len(self.known) > _KNOWN_AT_MOST:
                self.known.clear()
            self.known[word] = known
        return known

    def _is_prefixed(self, small: str) -> bool:
        return any(
            small.startswith(prefix) and len(small) - len(prefix) > 3 and self.is_listed(small[len(prefix) :])
            for prefix in _PREFIXES
        )

    def is_plain(self, text: str) -> bool:
        """Tell whether each word of a text is one of the document's that the vocabulary holds, and no joined compound.

        Nothing is split in such a text, and no word of it lost a hyphen.
        """
        return self.plain.issuperset(STANDING.findall(text))

    def is_listed(self, small: str) -> bool:
        """Tell whether the vocabulary holds a word of small letters, endings allowed for."""
        if small in self.words:
            return True
        for suffix, instead in _BY_LAST_LETTER.get(small[-1:], ()):
            if small.endswith(suffix) and len(small) - len(suffix) >= 3:
                stem = small[: -len(suffix)]
                if suffix == "d" and not stem.endswith("e"):
                    continue
                if stem + instead in self.words or (stem[-1] == stem[-2] and stem[:-1] in self.words and not instead):
                    return True
        return False

    def is_whole(self, word: str) -> bool:
        """Tell whether the word is attested: in the vocabulary, or standing whole in the document."""
        return self.counts[word.lower()] > 0 or self.is_word(word)


def gather_evidence(texts: Iterable[str], vocabulary: Vocabulary) -> Evidence:
    """Count the words and compounds of a document."""
    counts: Counter[str] = Counter()
    hyphened: Counter[str] = Counter()
    listed = list(texts)
    printed: Counter[str] = Counter()
    for text in listed:
        printed.update(_WORD.findall(text))
        if _HYPHEN.search(text):
            hyphened.update(re.sub("[\u2010\u2011]", "-", word).lower() for word in _COMPOUND.findall(text))
    for word, times in printed.items():
        counts[word.lower()] += times
    joined = {word.replace("-", ""): word for word in vocabulary.compounds}
    attested = {word.replace("-", ""): word for word in hyphened if word.split("-")[0] not in _SOLID}
    whole = " ".join(listed).lower()
    evidence = Evidence(
        vocabulary.words,
        vocabulary.endings,
        tuple(sorted(vocabulary.endings, key=len, reverse=True)),
        counts,
        hyphened,
        attested | joined,
        joined,
        frozenset(joined.values()),
        whole,
        vocabulary.known,
        set(),
        {},
        tuple(vocabulary.closed),
    )
    evidence.plain.update(word for word in printed if evidence.is_word(word) and word.lower() not in joined)
    return evidence
