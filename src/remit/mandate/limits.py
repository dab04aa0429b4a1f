"""Ceilings: how many of what ("up to 13,289 military personnel and 1,920 police personnel")."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from remit.mandate.asked import Limit
from remit.mandate.vocabulary import AskingVocabulary
from remit.text.document import Document, Provision

_NUMBER = r"\d{1,3}(?:[,  ]\d{3})+|\d+"


def find_limits(document: Document, vocabulary: AskingVocabulary) -> tuple[Limit, ...]:
    """Return the ceilings of the operative part, in order; a chain ("… and 1,920 police personnel") gives one each.

    How long something may last ("for a limited period of up to 30 days") is a ceiling too.
    """
    opening, going_on, lasting = _patterns(tuple(vocabulary.numbers), vocabulary.quantities, vocabulary.ceilings)
    found = [
        limit
        for provision in document.provisions
        if provision.role in ("op", "sub", "cont")
        for limit in (
            *_in_provision(provision, opening, going_on, vocabulary),
            *_in_provision(provision, lasting, going_on, vocabulary),
        )
    ]
    return tuple(found)


@functools.cache
def _patterns(numbers: tuple[str, ...], quantities: str, ceilings: str) -> tuple[re.Pattern[str], ...]:
    """Return how a ceiling opens, how a chain of them goes on, and how long something may last."""
    words = "|".join(re.escape(word) for word in sorted(numbers, key=len, reverse=True) if len(word) > 2)
    number = rf"(?:{_NUMBER}|(?:{words})(?![\w-]))"
    thing = rf"(?:(?:additional|more|other)\s+)?(?P<of>(?:(?!and\b|or\b|to\b|of\b|in\b)[A-Za-z][\w’'/-]*\s+(?:and\s+(?=\w+\s+(?:{quantities})\b))?){{0,5}}?{quantities})\b(?!\s+{quantities}\b)"
    opening = re.compile(
        rf"(?<![\w-]){ceilings}\s+(?:(?:a|the)\s+)?(?:(?:maximum|total|level|strength)\s+(?:level\s+)?(?:of\s+)?)?(?:up\s+to\s+)?(?P<amount>{number})\s+{thing}",
        re.IGNORECASE,
    )
    going_on = re.compile(
        rf"(?:,?\s+(?:and|as well as|including|plus)|,)\s+(?:(?:an?|the)\s+)?(?:additional\s+)?(?:(?:appropriate|corresponding)\s+)?(?:a\s+maximum\s+of\s+|up\s+to\s+)?(?P<amount>{number})\s+{thing}",
        re.IGNORECASE,
    )
    lasting = re.compile(
        rf"(?<!within )\b(?:up to|not exceeding|not to exceed|no more than|not more than|a maximum of)\s+(?P<amount>{number})(?:\s+\(\d+\))?\s+(?P<of>(?:days|weeks|months|years)\b)(?!\s+(?:after|from|before|prior|following|of)\b)",
        re.IGNORECASE,
    )
    return opening, going_on, lasting


def _in_provision(
    provision: Provision, opening: re.Pattern[str], going_on: re.Pattern[str], vocabulary: AskingVocabulary
) -> Iterator[Limit]:
    at = 0
    while (match := opening.search(provision.text, at)) is not None:
        upto = re.search(r"up to\s", match.group())
        start = match.start() + (upto.start() if upto else 0)
        chain = [match]
        while (following := going_on.match(provision.text, chain[-1].end())) is not None:
            chain.append(following)
        end = chain[-1].end()
        for one in chain:
            amount = read_number(one["amount"], vocabulary)
            if amount is None or (
                amount < 2000 and one["amount"].isdigit() and len(one["amount"]) == 4 and amount > 1900
            ):
                continue
            yield Limit(
                provision.path or provision.key,
                amount,
                re.sub(r"\s+", " ", one["of"]),
                provision.text[start:end],
                provision.source_span(start, end),
            )
        at = end


def read_number(text: str, vocabulary: AskingVocabulary) -> int | None:
    """Read a number in figures (``13,289``) or in words (``twelve``); ``None`` where it is neither."""
    bare = re.sub(r"[,\s\u00a0\u202f]", "", text)
    return int(bare) if bare.isdigit() else vocabulary.numbers.get(text.lower())
