"""Step 5: broken and joined words are mended, only by evidence; what stood there is kept.

Evidence is the same word whole elsewhere in the document, or the vocabulary with its affixes. Two words that are both
words are never drawn together, and one word is never changed into another: only white space and hyphens move.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from remit.text.document import Damage
from remit.text.evidence import STANDING, Evidence, gather_evidence
from remit.text.join import Block
from remit.text.strand import Strand
from remit.text.vocabulary import Vocabulary

_PAIR = re.compile(r"(?<![\w’'./-])(?=([^\W\d_]+) ([a-zà-ÿ]+)(?![\w’'-]*[\w-]))")
_THIRD = re.compile(r" ([a-zà-ÿ]+)\b")
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
        for step, rounds in _STEPS:
            for _ in range(rounds):
                edits = step(strand.text, evidence)
                for start, end, by, code in reversed(edits):
                    whole = strand.cut(start, end)
                    damage.append(Damage(code, whole.span, whole.text, by))
                    strand = _apply(strand, start, end, by)
                if not edits:
                    break  # another round would find the same: nothing
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
    if " -" not in text and "- " not in text:
        return []
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
    for at in () if evidence.is_plain(text) else _beside_unknown(text, evidence):
        match = _PAIR.match(text, at)
        if match is None or at < last or not _is_split(match[1], match[2], evidence):
            continue
        first, second = match[1], match[2]
        third = _THIRD.match(text, match.end(2))
        if third and evidence.is_word(first) and _is_split(second, third[1], evidence):
            later = evidence.counts[(second + third[1]).lower()] >= evidence.counts[(first + second).lower()]
            if later or not evidence.is_word(third[1]):
                continue
        last = match.end(2)
        edits.append((at, last, first + second, "TXT-201"))
    for match in _SPLIT_COMPOUND.finditer(text) if "-" in text else ():
        first, second = match[1] or match[3], match[2] or match[4]
        whole = (first + second).lower()
        attested = evidence.hyphened[whole] > 0 or whole in evidence.solid
        loose = second if "-" in first else first
        other = first if "-" in first else second
        if attested and not (evidence.is_word(loose) and evidence.hyphened[other.lower()] > 1):
            edits.append((match.start(), match.end(), first + second, "TXT-201"))
    return _apart(edits)


def _beside_unknown(text: str, evidence: Evidence) -> list[int]:
    """Return where a pair may begin that is not two words of the vocabulary: two such words are never one that was split."""
    unknown = {word for word in set(STANDING.findall(text)) - evidence.plain if not evidence.is_word(word)}
    if not unknown:
        return []
    starts: list[int] = []
    before = -1
    for match in STANDING.finditer(text):
        at = match.start()
        if match.group() in unknown:
            if before >= 0 and (not starts or starts[-1] != before):
                starts.append(before)
            starts.append(at)
        before = at
    return starts


def _is_split(first: str, second: str, evidence: Evidence) -> bool:
    is_first, is_second = evidence.is_word(first), evidence.is_word(second)
    if (is_first and is_second) or (first.isupper() and len(first) > 1):
        return False
    for part, known in ((first, is_first), (second, is_second)):
        if not known and len(part) > 3 and evidence.counts[part.lower()] > 2:
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
    lone = second if is_first else first if is_second else ""
    if len(lone) > 2 and whole.lower().startswith(evidence.closed):
        return False  # "cease fire" may be meant: a word that the vocabulary lacks beside one that it holds
    return evidence.is_word(whole) or not _stands_alone(first, second, is_first, is_second, evidence)


def _stands_alone(first: str, second: str, is_first: bool, is_second: bool, evidence: Evidence) -> bool:
    """Tell whether a half that is no word of the vocabulary stands by itself elsewhere, so that it may be a name."""
    for part, known in ((first, is_first), (second, is_second)):
        often = evidence.counts[part.lower()]
        if not known and ((len(part) > 3 and often > 1) or (len(part) == 1 and part.isupper() and often > 3)):
            return True
    return False


def _seams(text: str, evidence: Evidence) -> list[Edit]:
    if "-" not in text:
        return []
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
    for match in () if evidence.is_plain(text) else _LONG.finditer(text):
        word = match[1]
        if word in evidence.plain:
            continue
        by = evidence.spread.get(word)
        if by is None:
            whole = evidence.is_word(word) and word.lower() not in evidence.compounds
            by = evidence.spread[word] = "" if whole else _with_hyphen(word, evidence)
        if by:
            edits.append((match.start(), match.end(), by, "TXT-203"))
    for match in _SPACED_NAME.finditer(text):
        if not evidence.hyphened[f"{match[1]}-{match[2]}".lower()]:
            continue
        around = re.search(r"(\w+ \w+ )$", text[: match.start()]), re.match(r" \w+", text[match.end() :])
        if around[0] is None or around[1] is None:
            continue
        if f"{around[0][1]}{match[1]}-{match[2]}{around[1][0]}".lower() in evidence.text:
            edits.append((match.start(), match.end(), f"{match[1]}-{match[2]}", "TXT-203"))
    return _apart(edits + _half_lost(text, evidence)) if "-" in text else _apart(edits)


def _half_lost(text: str, evidence: Evidence) -> list[Edit]:
    """Return the edits of compounds that kept one of two hyphens, and of a hyphen that was suspended."""
    edits: list[Edit] = []
    for match in _HALF_JOINED.finditer(text):
        compound = evidence.compounds.get(match.group().replace("-", "").lower())
        if compound and compound != match.group().lower():
            edits.append((match.start(), match.end(), _spread(match.group().replace("-", ""), compound), "TXT-203"))
    for match in _SUSPENDED.finditer(text):
        if evidence.is_word(match[1]) and not evidence.is_word(match.group()):
            edits.append((match.start(), match.end(), f"{match[1]}- {match[2]}", "TXT-203"))
    return edits


_STEPS: tuple[tuple[Callable[[str, Evidence], list[Edit]], int], ...] = (
    (_loose_hyphens, 1),
    (_split_words, 3),
    (_seams, 1),
    (_lost_hyphens, 1),
)
"""What is done to a text, and how often at most: a word may have been split twice."""


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
    small = word.lower()
    for ending in evidence.longest_endings if small.endswith(evidence.longest_endings) else ():
        head = word[: -len(ending)]
        if small.endswith(ending) and len(head) > 3 and evidence.is_word(head):
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
