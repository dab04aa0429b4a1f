"""Of whom something is asked: where the addressees of a clause end, and who they are."""

from __future__ import annotations

import functools
import re

from remit.mandate.names import name_addressees
from remit.mandate.vocabulary import AskingVocabulary

_ACTION = r"\s+(?:(?:also|further|continue|immediately|urgently|fully|strictly|promptly|rapidly|duly|actively),?\s+)*(?:not\s+)?to\s+(?:\w+ly\s+)?(?!(?:the|this|that|these|those|its|their|all|any|which|whom|paragraph|resolution|a|an)\b)[a-z][\w-]+|,?\s+that\b|\s+(?:shall|should|must|will|may|continues|is|are|remains?|has|have)\b"
_LINKS = re.compile(
    r"(?:with a view|in order|pursuant|contrary|due|according|subject|prior|related|relating|attention|regard|respect|access|support|able|so as|as|assistance|threats?|committed|contribut\w+|commitment|continue)$"
)
_STATES = ("is", "are", "remains", "remain", "has", "have", "continues")
_RELATIVE = re.compile(r"\b(?:which|who|whose|whom|where|when|those|whether|what)\b|,")
_OPENING = re.compile(r"that\b(?:\s*,)?\s*|on\s+|upon\s+|to\s+(?=the\s|all\s|[A-Z])|for\s+(?=the\s|all\s|[A-Z])")
_ASIDE = re.compile(
    r"(?:in this regard|in this context|in that regard|in this connection|in particular|further|also|again|once again|therefore|to this end|accordingly)\b,?\s+"
)
_EXPRESSED = re.compile(r"(?:as\s+)?(?:expressed|contained|made|set out|stated)\s[^;]{3,140}?\bthat\s+")
_NUMBERED = re.compile(r"\d")


def find_addressees(
    words: str, vocabulary: AskingVocabulary, before: tuple[str, ...] = (), *, subjunctive: bool = False
) -> tuple[tuple[str, ...], int]:
    """Return the addressees with which a clause begins, and where what is asked of them begins; ``((), 0)`` for none.

    Args:
        words: the clause behind its verb ("the Secretary-General to report …", "that the Mission shall …").
        vocabulary: the names of addressees and the words of asides.
        before: of whom the clause before it in the paragraph asks: "and requests him to …" asks of them too.
        subjunctive: whether the verb already holds its "that" ("reiterates its demand that").
    """
    start = len(words) - len(words.lstrip(" ,"))
    earlier = _EXPRESSED.match(words, start)
    start = _skip_aside(words, earlier.end() if earlier else start, vocabulary)
    opening = _OPENING.match(words, start)
    that = subjunctive or earlier is not None or (opening is not None and opening.group().startswith("that"))
    start = opening.end() if opening else start
    start = _skip_aside(words, start, vocabulary)
    verb = rf"(?:to\s|{vocabulary.subjunctives}\b)" if that else r"to\s"
    pronoun = re.match(rf"(\w+)\s+(?=(?:\w+ly\s+)?{verb})", words[start:])
    if pronoun and pronoun[1] in vocabulary.pronouns:
        return (before, start + len(pronoun[1])) if before else ((), 0)
    if that:
        for name, pattern in vocabulary.addressees:
            if (named := pattern.match(words, start)) and re.match(r"\s+[a-z]+s\s", words[named.end() :]):
                return name_addressees(name or named.group(), vocabulary), named.end()
    for match in _actions(vocabulary.subjunctives if that else "").finditer(words, start):
        named_by = words[start : match.start()]
        if match.group().strip(" ,") in _STATES:
            if _RELATIVE.search(named_by):
                continue
            return (), 0
        if _is_inside(named_by):
            continue
        if vocabulary.standing.match(words, match.end()):
            return (), 0
        names = tuple(name for name in name_addressees(named_by, vocabulary) if not vocabulary.things.match(name))
        return (names, match.start()) if names else ((), 0)
    return (), 0


@functools.cache
def _actions(subjunctives: str) -> re.Pattern[str]:
    """Return the pattern of what may begin an action; ``subjunctives`` are the verbs that may do so without "to"."""
    return re.compile(rf"{_ACTION}|,?\s+(?:\w+ly,?\s+)*{subjunctives}\b(?!\s+of\b)" if subjunctives else _ACTION)


def _is_inside(before: str) -> bool:
    """Tell whether an action belongs to the name or to an aside, not to the clause."""
    if _LINKS.search(before) or before.count("(") > before.count(")") or len(before) > 400:
        return True
    if before.rstrip().endswith(","):
        return False
    last = before.rsplit(", ", 1)[-1] if ", " in before else ""
    # An aside that is still open: "States, whose vessels may …".
    return (
        bool(last) and re.match(r"(?:which|who|whose|whom|where|when|in cases when|for which|if)\b", last) is not None
    )


def name_all(words: str, vocabulary: AskingVocabulary) -> tuple[str, ...]:
    """Return the addressees of a clause that is nothing but their names ("Calls upon all parties concerned: (a) …")."""
    start = len(words) - len(words.lstrip(" ,"))
    start = _skip_aside(words, start, vocabulary)
    bare = words[start:].strip(" ,:;.")
    if words.rstrip().endswith(":"):
        bare = re.sub(r"^that\s+", "", bare)
    if len(bare) > 160 or _NUMBERED.search(bare) or re.search(r"\bthat\b", bare):
        return ()
    return name_addressees(bare, vocabulary)


def _skip_aside(words: str, start: int, vocabulary: AskingVocabulary) -> int:
    """Skip ", in this regard," and other asides before the addressees."""
    while match := _ASIDE.match(words, start):
        start = match.end()
    while True:
        aside = vocabulary.asides.match(words, start)
        comma = words.find(", ", start)
        if not aside or not 0 < comma - start < 160 or words.startswith(("on ", "upon "), start):
            return start
        start = comma + 2
