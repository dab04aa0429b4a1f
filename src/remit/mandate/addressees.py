"""Of whom something is asked: every addressee, by one name each."""

from __future__ import annotations

import re

from remit.mandate.vocabulary import AskingVocabulary

_ACTION = re.compile(
    r"\s+(?:(?:also|further|continue|immediately|urgently|fully|strictly|promptly|rapidly|duly|actively),?\s+)*(?:not\s+)?to\s+(?:\w+ly\s+)?(?!(?:the|this|that|these|those|its|their|all|any|which|whom|paragraph|resolution|a|an)\b)[a-z][\w-]+|,?\s+that\s|\s+(?:shall|should|must|will|may|continues?|is|are|remains?|has|have)\s"
)
_LINKS = re.compile(
    r"(?:with a view|in order|pursuant|contrary|due|according|subject|prior|related|relating|attention|regard|respect|access|support|able|so as|as|assistance|threats?|committed|contribut\w+|commitment|continue)$"
)
_SPLIT = re.compile(
    r",\s+(?:as well as\s+|and\s+|or\s+)?|\s+and\s+(?=(?:the|all|other|any|its|Member|States)\b|[A-Z])|\s+as well as\s+|\s+or\s+(?=the\b)"
)


def find_addressees(words: str, vocabulary: AskingVocabulary) -> tuple[tuple[str, ...], int]:
    """Return the addressees with which a clause begins, and where what is asked of them begins; ``((), 0)`` for none.

    Args:
        words: the clause behind its verb ("the Secretary-General to report …", "that the Mission shall …").
        vocabulary: the names of addressees and the words of asides.
    """
    start = len(words) - len(words.lstrip(" ,"))
    opening = re.match(r"that\s+(?:,\s+)?|on\s+|upon\s+|to\s+(?=the\s|all\s|[A-Z])", words[start:])
    start += opening.end() if opening else 0
    start = _skip_aside(words, start, vocabulary)
    action = _ACTION
    if opening and opening.group().startswith("that"):
        action = re.compile(rf"{_ACTION.pattern}|\s+(?:\w+ly\s+)?(?:{vocabulary.subjunctives})\b")
        for name, pattern in vocabulary.addressees:
            if (named := pattern.match(words, start)) and re.match(r"\s+[a-z]+s\s", words[named.end() :]):
                return (name or _plain(named.group()),), named.end()
    for match in action.finditer(words, start):
        before = words[start : match.start()]
        if match.group().strip() in ("is", "are", "remains", "remain", "has", "have", "continues", "continue"):
            return (), 0
        if _LINKS.search(before) or before.count("(") > before.count(")") or len(before) > 400:
            continue
        names = tuple(name for name in name_addressees(before, vocabulary) if not vocabulary.things.match(name))
        return (names, match.start()) if names else ((), 0)
    return (), 0


def _skip_aside(words: str, start: int, vocabulary: AskingVocabulary) -> int:
    """Skip ", in this regard," before the addressees."""
    while match := re.compile(
        r"(?:in this regard|in this context|in that regard|in this connection|in particular|further|also|again|once again|therefore|to this end|accordingly)\b,?\s+"
    ).match(words, start):
        start = match.end()
    aside = vocabulary.asides.match(words, start)
    comma = words.find(", ", start)
    return comma + 2 if aside and 0 < comma - start < 160 else start


def name_addressees(words: str, vocabulary: AskingVocabulary) -> tuple[str, ...]:
    """Return the names in a list of addressees, asides left out, each once, in order."""
    rest = _without_asides(re.sub(r"\s*\([^()]*\)", "", words), vocabulary)
    found: list[tuple[int, str]] = []
    for name, pattern in vocabulary.addressees:
        for match in reversed(list(pattern.finditer(rest))):
            if "\x00" in match.group():
                continue
            found.append((match.start(), name or _plain(match.group())))
            rest = rest[: match.start()] + "\x00" * len(match.group()) + rest[match.end() :]
    at = 0
    rest = re.sub(r"((?:^|\s)[a-z]+(?:al|ive|ant|ary)), (?=(?:[a-z]+,? )*(?:and )?[a-z]+ [a-z]+)", "\\1\x01 ", rest)
    for part in [*_SPLIT.finditer(rest), None]:
        end = part.start() if part is not None else len(rest)
        piece = rest[at:end].replace("\x01", ",")
        if "\x00" not in piece and (name := _plain(piece)):
            found.append((at, name))
        at = part.end() if part is not None else end
    names: list[str] = []
    for _, name in sorted(found):
        if name not in names:
            names.append(name)
    return tuple(names)


def _without_asides(words: str, vocabulary: AskingVocabulary) -> str:
    """Leave out stretches between commas that open like an aside."""
    kept: list[str] = []
    pieces = re.split(r"(,\s+)", words)
    listing = False
    for index in range(0, len(pieces), 2):
        piece = pieces[index]
        if listing and not piece.startswith("as well as") and not _names_one(piece, vocabulary):
            continue
        listing = vocabulary.listing_asides.match(piece) is not None
        if index > 0 and vocabulary.asides.match(piece):
            continue
        kept.append(("" if not kept else pieces[index - 1]) + piece)
    return "".join(kept).strip(" ,")


def _names_one(piece: str, vocabulary: AskingVocabulary) -> bool:
    """Tell whether "and …" goes on with an addressee that is known, so that the aside before it is over."""
    return piece.startswith("and ") and any(pattern.match(piece, 4) for _, pattern in vocabulary.addressees)


def _plain(piece: str) -> str:
    """Return one addressee without its article."""
    bare = re.sub(r"^(?:and|or|both|also|that|on|upon|to)\s+", "", piece.strip(" ,"))
    bare = re.sub(
        r"^(?:the |as well as )?(?:mandate|strategic priority|strength|tasks?|role|members?) of (?:the )?(?=[A-Z]{3})",
        "",
        bare,
    )
    bare = re.sub(r"[’']s mandate$", "", bare)
    bare = re.sub(r"^(?:as well as\s+)?(?:the|The|a|an|its|their)\s+", "", bare).strip(" ,")
    return bare if re.search(r"[A-Za-z]{2}", bare) and len(bare) < 160 else ""
