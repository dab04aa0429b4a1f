"""Other paragraphs of the same instrument that a provision names, told apart from paragraphs of other documents."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from remit.kernel.issues import Issue, Where
from remit.kernel.wording import Words
from remit.mandate.asked import Reference
from remit.text.document import Document
from remit.text.marks import roman, write_roman

_ITEM = r"\s?\([a-z]{1,5}\)"
_ONE = rf"\d{{1,3}}(?:{_ITEM})*"
_NEXT = rf"(?:,\s+(?:and\s+|or\s+)?|\s+(?:and|or|to|through|and/or|as well as)\s+|\s?[-–]\s?)(?:{_ONE}|\([a-z]{{1,5}}\)(?:{_ITEM})*)(?![\w/])(?!\s+\w+\s+\d{{4}})"
_PARAGRAPHS = re.compile(rf"\b(?:operative\s+)?(?:sub)?-?paragraphs?\s+({_ONE}(?:{_NEXT})*)", re.IGNORECASE)
_SUBPARAGRAPHS = re.compile(rf"\bsub-?paragraphs?\s+(\([a-z]{{1,5}}\)(?:{_ITEM})*(?:{_NEXT})*)", re.IGNORECASE)
_ITS = re.compile(r"\b(?:its|his|her|their|whose)\s+$")
_TOKEN = re.compile(r"(\d{1,3})|\(([a-z]{1,5})\)|(\bto\b|\bthrough\b|[-–])|(,|\band\b|\bor\b)")
_OURS = re.compile(
    r",?\s*(?:respectively,?\s*)?(?:above|below|of (?:this|the present) (?:resolution|paragraph)|herein)\b"
)
_OTHERS = re.compile(
    r",?\s*(?:\([^)]*\)\s*)?(?:,?\s*(?:inclusive|respectively|above|below|thereof),?)?\s*(?:and\s+annex\s+\w+\s+)?(?:of|in|to|from|under|contained in|set out in)\s+"
    r"(?!this resolution|the present resolution|this paragraph|\w+ing\b)(?:Security Council |General Assembly |its |that |the |his |her |their |those |an |annex|resolution|document|Article|Chapter|S/|A/|Council)"
)


def find_references(document: Document) -> tuple[tuple[Reference, ...], tuple[Issue, ...]]:
    """Return the internal references of every provision, one row a paragraph or item (a range gives one each).

    A reference to a path that the document does not hold is kept, and reported (MAN-103).
    """
    paths = {provision.path for provision in document.provisions if provision.path}
    found: list[Reference] = []
    problems: list[Issue] = []
    seen: set[tuple[str, str]] = set()
    for provision in document.provisions:
        at = provision.path or provision.key
        for to in _in_text(provision.text, provision.path):
            if (provision.path or provision.key, to) in seen:
                continue
            seen.add((provision.path or provision.key, to))
            found.append(Reference(at, to))
            if to not in paths:
                problems.append(
                    Issue(
                        "MAN-103",
                        Words(
                            f"Paragraph {to}, which is referred to here, was not found.",
                            f"Le paragraphe {to}, visé ici, n’a pas été trouvé.",
                        ),
                        None,
                        Where(path=at),
                        "warning",
                    )
                )
    return tuple(found), tuple(problems)


def _in_text(text: str, path: str) -> Iterator[str]:
    matches = [(match, False) for match in _PARAGRAPHS.finditer(text)] + [
        (match, True) for match in _SUBPARAGRAPHS.finditer(text)
    ]
    for match, sub in sorted(matches, key=lambda pair: pair[0].start()):
        behind = text[match.end() :]
        if _of_another(text, match) and not _OURS.match(behind):
            continue
        head = path.split(".", maxsplit=1)[0] if sub and path else ""
        if sub and not head:
            continue
        yield from expand(match[1], head)


def paragraph_tokens(text: str) -> Iterator[tuple[int, int, str]]:
    """Find each paragraph of the same instrument that is named with its number: its place in the text, and its path."""
    for match in _PARAGRAPHS.finditer(text):
        if _of_another(text, match) and not _OURS.match(text[match.end() :]):
            continue
        for token in re.finditer(_ONE, match[1]):
            (to, *_) = expand(token.group())
            yield match.start(1) + token.start(), match.start(1) + token.end(), to


def _of_another(text: str, named: re.Match[str]) -> bool:
    """Tell whether the paragraphs belong to another document: "of resolution 2253 (2015)", "his report, its paragraph 5"."""
    return _OTHERS.match(text[named.end() :]) is not None or _ITS.search(text[: named.start()]) is not None


def expand(words: str, head: str = "") -> tuple[str, ...]:
    """Return the paths that a list of paragraph numbers names: ``20 (a) (ii)``, ``31 to 36``, ``12 (b) and (c)``.

    Args:
        words: the list, without the word "paragraphs".
        head: the paragraph that bare items belong to.
    """
    paths: list[list[str]] = []
    current: list[str] = [head] if head else []
    opened = False
    ranged = False
    for match in _TOKEN.finditer(words):
        if match[1]:
            current = [match[1]]
            paths.extend(_range(paths[-1], current) if ranged and paths else [current])
            opened, ranged = True, False
        elif match[2]:
            label = match[2]
            if opened and paths:
                paths[-1] = current = [*paths[-1], label]
            else:
                current = _sibling(current, label)
                paths.extend(_range(paths[-1], current) if ranged and paths else [current])
            opened, ranged = True, False
        elif match[3]:
            opened, ranged = False, True
        else:
            opened = False
    return tuple(".".join(path) for path in paths)


def _sibling(current: Sequence[str], label: str) -> list[str]:
    """Return the path of an item named without its paragraph: after ``12 (b)``, ``(c)`` is 12 (c)."""
    if len(current) <= 1:
        return [*current, label]
    alike = [depth for depth in range(1, len(current)) if _kind(current[depth]) == _kind(label)]
    depth = alike[-1] if alike else len(current) - 1
    return [*current[:depth], label]


def _kind(label: str) -> str:
    return "roman" if roman(label) is not None and (len(label) > 1 or label in "iv") else "letter"


def _range(first: Sequence[str], last: Sequence[str]) -> list[list[str]]:
    """Return what stands behind ``first`` up to ``last``; only ``last`` where they are no range."""
    if len(first) != len(last) or first[:-1] != last[:-1]:
        return [list(last)]
    low, high = first[-1], last[-1]
    if low.isdigit() and high.isdigit() and 0 < int(high) - int(low) < 100:
        return [[*first[:-1], str(number)] for number in range(int(low) + 1, int(high) + 1)]
    start, end = roman(low), roman(high)
    if start is not None and end is not None and start < end and _kind(low) == "roman":
        return [[*first[:-1], write_roman(number)] for number in range(start + 1, end + 1)]
    if len(low) == len(high) == 1 and low < high:
        return [[*first[:-1], chr(code)] for code in range(ord(low) + 1, ord(high) + 1)]
    return [list(last)]
