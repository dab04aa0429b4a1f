"""The names in a list of addressees: split, without qualifications, normalised; things that cannot be asked left out."""

from __future__ import annotations

import re

from remit.mandate.vocabulary import AskingVocabulary

_MARK = "\x00"
_SPLIT = re.compile(
    rf",\s+(?:as well as\s+|and\s+|or\s+)?|\s+and\s+(?=(?:the|all|other|any|its|their|his|her|on|upon|to the)\b|[A-Z{_MARK}])|\s+as well as\s+|\s+or\s+(?=the\b)"
)
_ADJECTIVES = re.compile(r"((?:^|\s)[a-z]+(?:al|ive|ant|ary)), (?=(?:[a-z]+,? )*(?:and )?[a-z]+ [a-z]+)")
_AND = re.compile(r"\s+(?:and|or)\s+")
_DETERMINERS = re.compile(
    r"(?:(?:and|or|both|also|that|on|upon|as well as|the|The|an?|its|their|his|her|all|any|each|every|those|these|this|such|two|both|of)\s+)+"
)
_QUALIFIED = re.compile(
    r"\s+(?:which|who|whose|whom|that|where|when|with|from|able|through|by|under|within|without|once|concerning|against|towards?|as|not|while|since|until|upon|during|before|after)\b"
    r"|\s+(?!concerned\b|involved\b)[a-z]+(?:ing|ed)\s+(?=(?:in|with|to|by|for|on|at|from|under|pursuant|against|off|within|into|the|an?|its|their|over|during|through|above|below|or|and|[a-z]+ing|[a-z]+ed)\b)"
    r"|\s+in (?:a position|collaboration|coordination|cooperation|consultation|accordance|order|close|full|particular|good faith|support)\b"
)
_DOING = re.compile(r"\b([\w-]+)\s+(?!(?:concerned|involved)\b)[a-z]+(?:ing|ed)\b")
_MODIFIERS = re.compile(r"(?:(?:[a-z]+(?:ed|al|ive|ant|ary|able|ing|ous|est|er)|and|or)\b,?\s*)+")
_INNER = re.compile(r"\s+(?:of|in|on|to|for|at|between)\s+")
_PLACE = re.compile(
    r"\s+(?:in|of)\s+(?:the\s+)?(?:[A-Z][\w’'-]*\s+)*(?:region|subregion|sub-region|area|country|[A-Z][\w’'-]*(?:(?:\s+and)?(?:\s+the)?(?:\s+of)?(?:\s+the)?\s+[A-Z][\w’'-]*)*)"
)
_OFFICE = re.compile(
    r"(?:mandate|strategic priority|tasks?|role|priorities|responsibilities|functions|composition) of (?:the )?(?=[A-Z])"
)
_FUNCTION = re.compile(
    r"(?:as|to|which|who|whose|whether|if|such as|not|than|nor|but|because|so|here|there|no|in|on|at|by|of)\s"
)
Marked = dict[int, tuple[str, str]]
"""Where a known name begins: as it is given out, and as it stands there."""
_GOVERNMENTS = re.compile(r"Governments of (?P<first>.+)")


def name_addressees(words: str, vocabulary: AskingVocabulary) -> tuple[str, ...]:
    """Return the names in a list of addressees, asides left out, each once, in order.

    A name is known (``vocabulary.addressees``), begins with a capital, or has a head noun that can be asked
    (``vocabulary.heads``). It is given without its article and without what qualifies it ("States whose vessels …"),
    but with the region or the body that it belongs to ("States in the region", "parties to the conflict").
    """
    rest = _without_asides(re.sub(r"\s*\([^()]*\)", "", words), vocabulary)
    marked: Marked = {}
    for name, pattern in vocabulary.addressees:
        for match in reversed(list(pattern.finditer(rest))):
            if _MARK in match.group():
                continue
            bare = name or _bare(match.group(), vocabulary)
            marked[match.start()] = (bare, match.group())
            rest = rest[: match.start()] + _MARK * len(match.group()) + rest[match.end() :]
    joined = _ADJECTIVES.sub("\\1\x01 ", rest)
    names: list[str] = []
    for start, end in _pieces(joined, vocabulary):
        for name in _names_in(joined[start:end].replace("\x01", ","), start, marked, vocabulary):
            if name and name not in names:
                names.append(name)
    return tuple(names)


def _pieces(words: str, vocabulary: AskingVocabulary) -> list[tuple[int, int]]:
    """Return where each name of a list begins and ends."""
    at, found = 0, []
    for part in _SPLIT.finditer(words):
        if re.match(r"\s+and\s+\Z", part.group()) and _goes_on(
            words[at : part.start()], words[part.end() :], vocabulary
        ):
            continue
        found.append((at, part.start()))
        at = part.end()
    found.append((at, len(words)))
    cut: list[tuple[int, int]] = []
    for start, end in found:
        at = start
        for joint in _AND.finditer(words, start, end):
            if _is_headed(words[at : joint.start()], vocabulary) and _is_headed(words[joint.end() : end], vocabulary):
                cut.append((at, joint.start()))
                at = joint.end()
        cut.append((at, end))
    return cut


def _goes_on(before: str, after: str, vocabulary: AskingVocabulary) -> bool:
    """Tell whether a name runs on behind "and": "Peace and Security Council", "Government of Bosnia and Herzegovina"."""
    if not after[:1].isupper():
        return False
    last = before.rsplit(None, 1)[-1] if before.split() else ""
    return last in vocabulary.halves or re.search(r"\bGovernments of [^,]*\Z", before) is not None


def _is_headed(piece: str, vocabulary: AskingVocabulary) -> bool:
    """Tell whether a piece in small letters is a whole name: a few words with a head noun at the end."""
    bare = re.split(r"\s+(?:in|of|to|concerned|involved|with|from)\b", piece.strip())[0].split()
    return bool(bare) and len(bare) <= 6 and (bare[-1].lower() in vocabulary.heads or bare[-1].strip(_MARK) == "")


def _names_in(piece: str, at: int, marked: Marked, vocabulary: AskingVocabulary) -> tuple[str, ...]:
    bare, start = _without_determiners(piece)
    every = "all " if re.match(r"[ ,]*(?:(?:and|or|both|also|that|on|upon|as well as)\s+)*all\s", piece) else ""
    if bare.startswith(_MARK):
        known = marked.get(at + start)
        if known is None:
            return ()
        name, stands = known
        tail = _PLACE.match(bare, len(stands)) if re.search(r"(?:States|countries|organizations)\Z", name) else None
        return (every + name + (tail.group() if tail else ""),)
    if _MARK in bare:
        before = bare.partition(_MARK)[0].strip()
        if not _is_name(re.sub(r"\s+(?:of|to|in|for)\Z", "", before), vocabulary) and not _MODIFIERS.fullmatch(before):
            return _office(bare, at + start, marked)
        bare = _restore(bare, at + start, marked)
    if vocabulary.asides.match(bare) or _FUNCTION.match(bare) or re.match(rf"{vocabulary.subjunctives}\s", bare):
        return ()
    governments = _GOVERNMENTS.match(bare)
    if governments:
        places = re.split(r",\s+(?:and\s+)?(?:of\s+)?|\s+and\s+(?:of\s+)?", governments["first"])
        return tuple(
            f"Government of {place.strip()}"
            for place in places
            if place.strip()[:1].isupper() or place.startswith("the ")
        )
    name = _bare(bare, vocabulary)
    return (every + name,) if _is_name(name, vocabulary) else ()


def _office(bare: str, at: int, marked: Marked) -> tuple[str, ...]:
    """Return who is known behind "the mandate of"."""
    office = _OFFICE.match(_restore(bare, at, marked))
    first = bare.index(_MARK)
    return (marked[at + first][0],) if office and at + first in marked else ()


def _restore(bare: str, at: int, marked: Marked) -> str:
    """Put the known names back where they stood."""
    out, place = "", 0
    while place < len(bare):
        if bare[place] == _MARK and at + place in marked:
            stands = marked[at + place][1]
            out += stands
            place += len(stands)
        else:
            out += bare[place]
            place += 1
    return out


def _without_determiners(piece: str) -> tuple[str, int]:
    """Return a piece without articles and the like, and how many characters were left out in front."""
    lead = len(piece) - len(piece.lstrip(" ,"))
    match = _DETERMINERS.match(piece, lead)
    start = match.end() if match else lead
    return piece[start:].rstrip(" ,:;."), start


def _bare(piece: str, vocabulary: AskingVocabulary) -> str:
    """Return one name without its article and without what qualifies it."""
    text, _ = _without_determiners(piece)
    text = re.sub(r"\bstates\b", "States", _OFFICE.sub("", text))
    text = re.sub(r"[’']s? mandate$", "", text)
    cut = _QUALIFIED.search(text)
    text = text[: cut.start()] if cut else text
    doing = next((one for one in _DOING.finditer(text) if one[1].lower() in vocabulary.heads), None)
    text = text[: doing.end(1)] if doing else text
    head = _head(text)
    if head and head[0].islower():
        # A small head keeps the body or region it belongs to, not what it is for or on.
        inner = re.search(r"\s+(?:on|for|at|between)\s", text)
        text = text[: inner.start()] if inner else text
    return re.sub(
        r"\s+(?:and|or|also|immediately|urgently|once again|again|further|strongly|therefore|thereafter|then|now|fully|likewise|alike)$",
        "",
        text.strip(" ,"),
    )


def _head(name: str) -> str:
    """Return the noun at the head: the last word before "of", "in" and the like."""
    front = _INNER.split(name, maxsplit=1)[0].split()
    while len(front) > 1 and (
        front[-1] in ("concerned", "involved", "themselves", "alike") or front[-1].endswith("ly")
    ):
        front.pop()
    return front[-1] if front else ""


def _is_name(name: str, vocabulary: AskingVocabulary) -> bool:
    """Tell whether a name is of somebody who can be asked."""
    head = re.sub(r"[’']s?$", "", _head(name))
    if not re.search(r"[A-Za-z]{2}", name) or len(name) > 120:
        return False
    if head.lower() in vocabulary.heads:
        return True
    possession = re.search(r"[’']s\Z|\d{4}|[’']s? [a-z]+\Z", name)
    return not possession and head[:1].isupper() and head not in vocabulary.no_actors


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
