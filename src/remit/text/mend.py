"""Step 5: broken and joined words are mended, only by evidence; what stood there is kept.

Evidence is the same word whole elsewhere in the document, or the vocabulary with its affixes. Two words that are both
words are never drawn together, and one word is never changed into another: only white space and hyphens move.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from remit.text.document import Damage
from remit.text.join import Block
from remit.text.strand import Strand
from remit.text.vocabulary import Vocabulary

_WORD = re.compile(r"[^\W\d_]+")
_COMPOUND = re.compile(r"[^\W\d_]+(?:[-\u2010\u2011][^\W\d_]+)+")
_PAIR = re.compile(r"(?<![\w’'./-])(?=([^\W\d_]+) ([a-zà-ÿ]+)(?![\w’'-]*[\w-]))")
_SPLIT_COMPOUND = re.compile(
    r"(?<![\w’'.-])((?:[^\W\d_]+-)+[^\W\d_]+) ([a-zà-ÿ]+)(?![\w-])|(?<![\w’'.-])([^\W\d_]+) ((?:[a-zà-ÿ]+-)+[^\W\d_]+)(?![\w-])"
)
_LOOSE_HYPHEN = re.compile(r"(?<=[^\W\d_]) (?=-[^\W\d_])|(?<=\d) (?=-[a-z])")
_HYPHEN_SPACE = re.compile(r"(?<![\w-])([^\W\d_]+)- ([^\W\d_]+)")
_LONG = re.compile(r"(?<![\w’'.-])([^\W\d_]{6,})(?=[’']s\b|(?![\w’'-]))")
_HALF_JOINED = re.compile(r"(?<![\w’'-])[^\W\d_]+(?:-[^\W\d_]+)+(?![\w-])")
_SPACED_NAME = re.compile(r"\b([A-Z][a-z]+) ([A-Z][a-z]+)\b")
_SUSPENDED = re.compile(r"(?<![\w-])([a-z]{3,}?)(and|or)(?= [a-z]+-[a-z])")
_SEAM = re.compile(r"(?<![\w-])([^\W\d_]+)-([a-z]+)(?![\w-])")
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
_JOINERS = ("non", "self", "well", "two", "three", "high", "low")
_PARTICLES = frozenset(
    [
        "non",
        "pre",
        "post",
        "anti",
        "inter",
        "counter",
        "multi",
        "sub",
        "ex",
        "co",
        "re",
        "un",
        "mid",
        "intra",
        "extra",
        "semi",
        "pro",
        "trans",
        "socio",
        "self",
        "quasi",
        "micro",
        "macro",
    ]
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the document and the vocabulary say of words."""

    words: frozenset[str]
    endings: frozenset[str]
    counts: Counter[str]
    hyphened: Counter[str]
    without_hyphen: dict[str, str]
    compounds: dict[str, str]
    text: str
    known: dict[str, bool]
    closed: tuple[str, ...]

    def is_word(self, word: str) -> bool:
        """Tell whether the vocabulary holds the word, affixes allowed for."""
        small = word.lower()
        if len(small) == 1:
            return small == "a" or word == "I"
        if small not in self.known:
            self.known[small] = self.is_listed(small) or any(
                small.startswith(prefix) and len(small) - len(prefix) > 3 and self.is_listed(small[len(prefix) :])
                for prefix in _PREFIXES
            )
        return self.known[small]

    def is_listed(self, small: str) -> bool:
        """Tell whether the vocabulary holds a word of small letters, endings allowed for."""
        if small in self.words:
            return True
        for suffix, instead in _SUFFIXES:
            if small.endswith(suffix) and len(small) - len(suffix) >= 3:
                stem = small[: -len(suffix)] if suffix else small
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
    for text in listed:
        counts.update(word.lower() for word in _WORD.findall(text))
        hyphened.update(re.sub("[\u2010\u2011]", "-", word).lower() for word in _COMPOUND.findall(text))
    joined = {word.replace("-", ""): word for word in vocabulary.compounds}
    attested = {word.replace("-", ""): word for word in hyphened if word.split("-")[0] not in _SOLID}
    whole = " ".join(listed).lower()
    return Evidence(
        vocabulary.words,
        vocabulary.endings,
        counts,
        hyphened,
        attested | joined,
        joined,
        whole,
        {},
        tuple(vocabulary.closed),
    )


Edit = tuple[int, int, str, str]
"""Start, end, what is put there, and the code of the damage."""


def mend_words(blocks: Sequence[Block], vocabulary: Vocabulary) -> tuple[tuple[Block, tuple[Damage, ...]], ...]:
    """Return each block with its words mended, and each mended place: code, span in the source, what stood there.

    Codes: TXT-201 a word was split, TXT-202 a hyphen stood loose, TXT-203 a hyphen was lost.
    """
    evidence = gather_evidence((block.text for block in blocks), vocabulary)
    mended = []
    for block in blocks:
        strand, damage = block.strand, []
        steps: tuple[Callable[[str, Evidence], list[Edit]], ...] = (
            _loose_hyphens,
            _split_words,
            _split_words,
            _split_words,
            _seams,
            _lost_hyphens,
        )
        for step in steps:
            for start, end, by, code in reversed(step(strand.text, evidence)):
                whole = strand.cut(start, end)
                damage.append(Damage(code, whole.span, whole.text, by))
                strand = _apply(strand, start, end, by)
        mended.append((replace(block, strand=strand), tuple(sorted(damage, key=lambda one: one.span))))
    return tuple(mended)


def _apply(strand: Strand, start: int, end: int, by: str) -> Strand:
    """Change only the characters that differ, so that every letter keeps its own place."""
    old = strand.text[start:end]
    head = 0
    while head < min(len(old), len(by)) and old[head] == by[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(by)) - head and old[-1 - tail] == by[-1 - tail]:
        tail += 1
    return strand.replace(start + head, end - tail, by[head : len(by) - tail])


def _loose_hyphens(text: str, evidence: Evidence) -> list[Edit]:
    edits: list[Edit] = []
    for match in _LOOSE_HYPHEN.finditer(text):
        head = re.search(r"\w+$", text[: match.start()])
        tail = re.match(r"-\w+", text[match.end() :])
        if head is not None and tail is not None:
            edits.append((head.start(), match.end() + tail.end(), head.group() + tail.group(), "TXT-202"))
    for match in _HYPHEN_SPACE.finditer(text):
        first, second = match[1], match[2]
        compound = f"{first}-{second}".lower()
        known = evidence.hyphened[compound] > 0 or evidence.without_hyphen.get(compound.replace("-", "")) == compound
        if known and second not in ("and", "or", "to", "nor"):
            edits.append((match.start(), match.end(), f"{first}-{second}", "TXT-202"))
    return _apart(edits)


def _split_words(text: str, evidence: Evidence) -> list[Edit]:
    edits: list[Edit] = []
    last = -1
    for match in _PAIR.finditer(text):
        first, second = match[1], match[2]
        if match.start() < last or not _is_split(first, second, evidence):
            continue
        third = re.match(r" ([a-zà-ÿ]+)\b", text[match.end(2) :])
        if third and evidence.is_word(first) and _is_split(second, third[1], evidence):
            later = evidence.counts[(second + third[1]).lower()] >= evidence.counts[(first + second).lower()]
            if later or not evidence.is_word(third[1]):
                continue
        last = match.end(2)
        edits.append((match.start(), last, first + second, "TXT-201"))
    for match in _SPLIT_COMPOUND.finditer(text):
        first, second = match[1] or match[3], match[2] or match[4]
        whole = (first + second).lower()
        attested = evidence.hyphened[whole] > 0 or whole in evidence.compounds.values()
        loose = second if "-" in first else first
        other = first if "-" in first else second
        if attested and not (evidence.is_word(loose) and evidence.hyphened[other.lower()] > 1):
            edits.append((match.start(), match.end(), first + second, "TXT-201"))
    return _apart(edits)


def _is_split(first: str, second: str, evidence: Evidence) -> bool:
    is_first, is_second = evidence.is_word(first), evidence.is_word(second)
    if is_first and is_second:
        return False
    whole = first + second
    if not evidence.is_whole(whole):
        return False
    if (
        first.lower() in _PARTICLES
        and is_second
        and not evidence.counts[whole.lower()]
        and whole.lower() not in evidence.words
    ):
        return False
    if first.isupper() and len(first) > 1:
        return False
    lone = second if is_first else first if is_second else ""
    if len(lone) > 2 and whole.lower().startswith(evidence.closed):
        return False  # "cease fire" may be meant: a word that the vocabulary lacks beside one that it holds
    listed = evidence.is_word(whole)
    for part, known in ((first, is_first), (second, is_second)):
        often = evidence.counts[part.lower()]
        if not known and len(part) > 3 and often > (2 if listed else 1):
            return False
        if not known and len(part) == 1 and part.isupper() and often > 3 and not listed:
            return False
    return True


def _seams(text: str, evidence: Evidence) -> list[Edit]:
    edits: list[Edit] = []
    for match in _SEAM.finditer(text):
        first, second = match[1], match[2]
        if first.lower() in _PARTICLES or evidence.hyphened[match.group().lower()] > 1:
            continue
        if (evidence.is_word(first) and evidence.is_word(second)) or second in evidence.endings:
            continue
        if evidence.is_listed((first + second).lower()):
            edits.append((match.start(), match.end(), first + second, "TXT-202"))
    return edits


def _lost_hyphens(text: str, evidence: Evidence) -> list[Edit]:
    edits: list[Edit] = []
    for match in _LONG.finditer(text):
        word = match[1]
        by = "" if evidence.is_word(word) and word.lower() not in evidence.compounds else _with_hyphen(word, evidence)
        if by:
            edits.append((match.start(), match.end(), by, "TXT-203"))
    for match in _SPACED_NAME.finditer(text):
        around = re.search(r"(\w+ \w+ )$", text[: match.start()]), re.match(r" \w+", text[match.end() :])
        if around[0] is None or around[1] is None:
            continue
        if f"{around[0][1]}{match[1]}-{match[2]}{around[1][0]}".lower() in evidence.text:
            edits.append((match.start(), match.end(), f"{match[1]}-{match[2]}", "TXT-203"))
    for match in _HALF_JOINED.finditer(text):
        compound = evidence.compounds.get(match.group().replace("-", "").lower())
        if compound and compound != match.group().lower():
            edits.append((match.start(), match.end(), _spread(match.group().replace("-", ""), compound), "TXT-203"))
    for match in _SUSPENDED.finditer(text):
        if evidence.is_word(match[1]) and not evidence.is_word(match.group()):
            edits.append((match.start(), match.end(), f"{match[1]}- {match[2]}", "TXT-203"))
    return _apart(edits)


def _apart(edits: list[Edit]) -> list[Edit]:
    """Return the edits in order, without those that overlap the one before."""
    kept: list[Edit] = []
    for edit in sorted(edits):
        if not kept or edit[0] >= kept[-1][1]:
            kept.append(edit)
    return kept


def _with_hyphen(word: str, evidence: Evidence) -> str:
    compound = evidence.without_hyphen.get(word.lower())
    if compound and evidence.counts[word.lower()] <= max(2, evidence.hyphened[compound]):
        return _spread(word, compound)
    for ending in sorted(evidence.endings, key=len, reverse=True):
        head = word[: -len(ending)]
        if word.lower().endswith(ending) and len(head) > 3 and evidence.is_word(head):
            return f"{head}-{word[-len(ending) :]}"
    return _two_words(word, evidence)


def _two_words(word: str, evidence: Evidence) -> str:
    """Divide a word that is none, standing once, at a capital inside it or behind a first half that never stands solid."""
    if evidence.counts[word.lower()] > 2:
        return ""
    inner = re.fullmatch(r"([^\W\d_]*[a-zà-ÿ])([A-ZÀ-Þ][a-zà-ÿ]{3,})", word)
    if inner is not None:
        known = inner[1].lower() in _PARTICLES or (
            len(inner[1]) > 3 and evidence.is_whole(inner[1]) and evidence.is_whole(inner[2])
        )
        return f"{inner[1]}-{inner[2]}" if known else ""
    for first in _JOINERS:
        rest = word[len(first) :]
        if word.islower() and word.startswith(first) and len(rest) > 4 and evidence.is_word(rest):
            return f"{first}-{rest}"
    return ""


def _spread(word: str, compound: str) -> str:
    parts, at = [], 0
    for part in compound.split("-"):
        parts.append(word[at : at + len(part)])
        at += len(part)
    return "-".join(parts)
