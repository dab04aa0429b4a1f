"""Other instruments that a provision names, their symbols normalised: ``S/RES/1265 (1999)``, ``S/PRST/2015/22``."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from remit.kernel.issues import Issue, Where
from remit.kernel.wording import Words
from remit.mandate.asked import Citation
from remit.mandate.vocabulary import AskingVocabulary
from remit.text.document import Document, Provision

_SYMBOL = re.compile(
    r"\b(?:(S)/RES/(\d{1,4})\s?\((\d{4})\)|(S/PRST/\d{4}/\d{1,3})|(S/(?:19|20)\d{2}/\d{1,4}(?:/Add\.\d+)?)|(A/RES/\d{1,2}/\d{1,3})"
    r"|(A/\d{1,2}/\d{1,4}(?:[-–]S/\d{4}/\d{1,4})?)|(S/\d{4,5})\b)"
)
_DIGIT = re.compile(r"\d")
_NUMBERED = re.compile(r"(?<![\w/.,-])(\d{1,4})\s?\(((?:19|20)\d{2})\)")
_DATED = re.compile(
    r"\bresolutions?\s+(\d{2,4})\s+(?:of|dated)\s+\d{1,2}\s+[A-Z][a-z]+\s+(\d{4})|(?<=\band )(\d{2,4})\s+of\s+\d{1,2}\s+[A-Z][a-z]+\s+(\d{4})"
)
_ASSEMBLY = re.compile(r"\bresolutions?\s+((?:\d{1,2}/\d{1,3}(?:\s*[A-Z])?(?:,\s+(?:and\s+)?|\s+and\s+)?)+)")
_SEVERAL = re.compile(r"(?<![\w/])(\d{3,4}(?:/\d{3,4})+)(?![\w/])")


def find_citations(document: Document, vocabulary: AskingVocabulary) -> tuple[tuple[Citation, ...], tuple[Issue, ...]]:
    """Return the citations of every provision, in order, each symbol once a provision, and what is odd about them.

    A number with the year of another one is kept as it is printed, and reported (MAN-104). A committee named by its
    resolutions ("1267/1989/2253") cites each; their years come from the list of last resolutions a year.
    """
    found: list[Citation] = []
    problems: list[Issue] = []
    seen: set[tuple[str, str]] = set()
    for provision in document.provisions:
        for _, symbol in sorted(_in_provision(provision, vocabulary)):
            if (provision.path or provision.key, symbol) in seen or symbol == document.symbol:
                continue
            seen.add((provision.path or provision.key, symbol))
            found.append(Citation(provision.path or provision.key, symbol))
            problems.extend(_odd_year(provision, symbol, vocabulary))
    return tuple(found), tuple(problems)


def _in_provision(provision: Provision, vocabulary: AskingVocabulary) -> Iterator[tuple[int, str]]:
    if _DIGIT.search(provision.text) is None:
        return
    yield from ((start, symbol) for start, _, symbol in written_out(provision.text))
    yield from _named(provision.text, vocabulary)


def written_out(text: str) -> Iterator[tuple[int, int, str]]:
    """Find symbols and numbers with their year: where each begins and ends in the text, and the symbol."""
    taken: list[tuple[int, int]] = []
    for match in _SYMBOL.finditer(text) if "S/" in text or "A/" in text else ():
        taken.append(match.span())
        if match[1]:
            yield *match.span(), f"S/RES/{int(match[2])} ({match[3]})"
        else:
            yield *match.span(), next(group for group in match.groups()[3:] if group)
    for match in _NUMBERED.finditer(text):
        if not any(start <= match.start() < end for start, end in taken):
            yield *match.span(), f"S/RES/{int(match[1])} ({match[2]})"


def _named(text: str, vocabulary: AskingVocabulary) -> Iterator[tuple[int, str]]:
    """Find resolutions named by date, those of the General Assembly, and committees named by theirs."""
    for match in _DATED.finditer(text):
        number, year = match[1] or match[3], match[2] or match[4]
        if year_of(int(number), vocabulary) == int(year):
            yield match.start(), f"S/RES/{number} ({year})"
    if "/" not in text:
        return
    for match in _ASSEMBLY.finditer(text):
        for number in re.finditer(r"\d{1,2}/\d{1,3}", match[1]):
            yield match.start(1) + number.start(), f"A/RES/{number.group()}"
    for match in _SEVERAL.finditer(text):
        for part in re.finditer(r"\d+", match.group()):
            year = year_of(int(part.group()), vocabulary)
            if year:
                yield match.start() + part.start(), f"S/RES/{int(part.group())} ({year})"


def year_of(number: int, vocabulary: AskingVocabulary) -> int | None:
    """Return the year of a Security Council resolution, ``None`` beyond the list."""
    index = bisect_left(vocabulary.last_of_year, number)
    return 1946 + index if number > 0 and index < len(vocabulary.last_of_year) else None


def _odd_year(provision: Provision, symbol: str, vocabulary: AskingVocabulary) -> Iterator[Issue]:
    match = re.fullmatch(r"S/RES/(\d+) \((\d{4})\)", symbol)
    year = year_of(int(match[1]), vocabulary) if match else None
    if match and year and year != int(match[2]):
        yield Issue(
            "MAN-104",
            Words(
                f"{symbol} is cited as printed, but resolution {match[1]} is of {year}.",
                f"{symbol} est cité tel qu’imprimé, mais la résolution {match[1]} est de {year}.",
            ),
            None,
            Where(path=provision.path or provision.key),
            "note",
        )
