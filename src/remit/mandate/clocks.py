"""Times in a mandate: until a day, a deadline counted from the adoption, recurring reports; resolved, the rule shown."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from remit.kernel.issues import Issue, Where
from remit.kernel.periods import add_months
from remit.kernel.wording import Words
from remit.mandate.asked import ClockKind, MandateClock
from remit.mandate.vocabulary import AskingVocabulary
from remit.text.document import Document, Provision
from remit.text.furniture import find_day

_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DAY = rf"\d{{1,2}}\s+{_MONTH}\s+\d{{4}}"
_UNIT = r"(?P<unit>day|week|month|year)s?"
_ADOPTION = r"(?:the\s+)?(?:date\s+of\s+)?(?:the\s+)?adoption\s+of\s+(?:this|the\s+present|the)\s+resolution"
_FROM_ADOPTION = re.compile(
    rf"\s+(?:from|after|following)\s+(?:{_ADOPTION}|the\s+date\s+of\s+(?:this|the\s+present)\s+resolution)"
)
_AT_THE_END = re.compile(r"\b(?:at|by|before|prior to) the end of (?:this|that|the present) (?:mandate )?period\b")
_DIGIT = re.compile(r"\d")
_UNTIL = re.compile(
    rf"\b(?:until|up to|through|to expire on|terminating on|ending on|expiring on|to end on)\s+(?:and\s+including\s+)?(?:the\s+)?({_DAY})"
)
_UNTIL_END = re.compile(
    r"\buntil\s+the\s+(?:end|expiry|expiration|termination)\s+of\s+(?:the\s+)?(?:[\w’'-]+\s+){0,4}mandate(?:\s+(?:as\s+)?(?:authorized|set out|extended|renewed|established)\s+in\s+(?:this\s+resolution|paragraph\s+(\d+)(?:\s+above)?))?"
)
_BY = re.compile(rf"\b(?:by|no later than|not later than|before|prior to|on or before|no later)\s+(?:the\s+)?({_DAY})")
_PERIOD_OF = r"\b(?:mandate|extend|renew|establish|authoriz|maintain|prolong|deploy|continue)"
_REPORTING = re.compile(r"\b(?:report|inform|submit|present|brief|update|advise|provide)\b[^;.]{0,120}\Z")
_TOPIC = re.compile(
    r"\s+of\s+(?:the\s+|any\s+|its\s+|their\s+)?(?:progress|status|steps|measures|actions|developments|situation|implementation|results)\b"
)
_EVERY_WORDS = r"(?P<adverb>weekly|monthly|quarterly|bi-?monthly|semi-annually|biannually|annually|yearly)"


class _Patterns:
    """The patterns that need the vocabulary's number words."""

    def __init__(self, numbers: Iterable[str]) -> None:
        words = "|".join(re.escape(word) for word in sorted(numbers, key=len, reverse=True) if len(word) > 1)
        number = rf"(?P<number>\d{{1,3}}|(?:{words})(?![\w-]))"
        self.within = re.compile(
            rf"\b(?:within|in|no later than|not later than|at the latest|not more than)\s+(?:the\s+(?:next\s+)?|a\s+period\s+of\s+)?{number}(?:\s+\(\d+\))?[\s-]+{_UNIT}[’']?"
            rf"(?P<anchor>\s+(?:after|of|from|following)\s+{_ADOPTION}|\s+(?:after|of|from|following)\s+[^,;.]{{3,80}})?",
            re.IGNORECASE,
        )
        self.period = re.compile(
            rf"\bfor\s+(?:a|an|another|one)?\s*(?:further|additional|new|final|initial|interim|second|limited)?\s*(?:and\s+final\s+)?(?:period\s+of\s+(?:up\s+to\s+)?|period\s+not\s+exceeding\s+)(?:a\s+further\s+|another\s+)?{number}(?:\s+\(\d+\))?[\s-]+{_UNIT}"
            rf"|\bfor\s+(?:a\s+further|an\s+additional|another|a\s+final|an\s+initial)\s+(?:period\s+of\s+)?(?P<number2>\d{{1,3}}|(?:{words})(?![\w-]))[\s-]+(?P<unit2>day|week|month|year)s?",
            re.IGNORECASE,
        )
        self.every = re.compile(
            rf"\bevery\s+(?:{number}(?:\s+\(\d+\))?\s+)?{_UNIT}(?:\s+(?:after|from|following|of|starting\s+from|as\s+of|beginning)\s+(?P<anchor>{_ADOPTION}|[^,;.]{{3,80}}))?"
            rf"|\bat\s+(?:least\s+)?(?P<number2>\d{{1,3}}|(?:{words})(?![\w-]))[\s-](?P<unit2>day|week|month|year)(?:ly)?\s+intervals"
            rf"|\bon\s+an?\s+(?P<rhythm>weekly|monthly|quarterly|bi-?monthly|semi-annual|annual|yearly)\s+basis"
            rf"|\breports?\s+(?:to\s+[^,;]{{3,50}}\s+)?{_EVERY_WORDS}\b|\b{_EVERY_WORDS.replace('adverb', 'adverb2')}\s+(?:written\s+|oral\s+)?(?:reports?|updates?|briefings?)",
            re.IGNORECASE,
        )


@functools.cache
def _patterns(numbers: tuple[str, ...]) -> _Patterns:
    return _Patterns(numbers)


def find_clocks(document: Document, vocabulary: AskingVocabulary) -> tuple[tuple[MandateClock, ...], tuple[Issue, ...]]:
    """Return the times of the operative part, in order, and those that could not be resolved to days.

    Recurring times run from the adoption to the mandate's end (the day until which a paragraph extends or establishes
    a mandate); where no such day stands in the document they have no dates and MAN-101 says so.
    """
    patterns = _patterns(tuple(vocabulary.numbers))
    provisions = [one for one in document.provisions if one.role in ("op", "sub", "cont")]
    fixed = {one.key: list(_fixed(one, patterns, document.adopted, vocabulary)) for one in provisions}
    end = mandate_end(provisions, fixed)
    clocks: list[MandateClock] = []
    for one in provisions:
        found = (
            fixed[one.key]
            + list(_resolved_by_end(one, end))
            + list(_at_the_end(one, end))
            + list(_recurring(one, patterns, document.adopted, end, vocabulary))
        )
        clocks.extend(clock for _, clock in sorted(found, key=lambda pair: pair[0]))
    problems = tuple(_unresolved(clock) for clock in clocks if not clock.dates)
    return tuple(clocks), problems


def mandate_end(provisions: Sequence[Provision], fixed: dict[str, list[tuple[int, MandateClock]]]) -> date | None:
    """Return the day until which the mandate runs, ``None`` where no paragraph says one."""
    days = [
        clock.dates[-1]
        for one in provisions
        for _, clock in fixed[one.key]
        if clock.kind == "until"
        and clock.dates
        and re.search(r"\bmandate\b|\bestablish|\bdeploy|\bauthoriz|\bextend|\brenew", one.text)
    ]
    return days[0] if days else None


def _clock(
    one: Provision, match: re.Match[str], kind: ClockKind, dates: Sequence[date], rule: str
) -> tuple[int, MandateClock]:
    start, end = match.span()
    words = one.text[start:end].strip()
    return start, MandateClock(
        one.path or one.key, kind, tuple(dates), words, rule, one.source_span(start, start + len(words))
    )


def _fixed(
    one: Provision, patterns: _Patterns, adopted: date | None, vocabulary: AskingVocabulary
) -> Iterator[tuple[int, MandateClock]]:
    dated = _DIGIT.search(one.text) is not None
    for match in _UNTIL.finditer(one.text) if dated else ():
        day = find_day(match[1])
        if (
            day is not None
            and (adopted is None or day >= adopted)
            and not match.group().startswith(("through", "up to"))
        ):
            yield _clock(one, match, "until", [day], "the day that is written")
    for match in _BY.finditer(one.text) if dated else ():
        day = find_day(match[1])
        if day is not None and (adopted is None or day >= adopted):
            yield _clock(one, match, "deadline", [day], "the day that is written")
    if not _counts_time(one.text):
        return
    yield from _periods(one, patterns, adopted, vocabulary)
    yield from _within(one, patterns, adopted, vocabulary)


def _counts_time(text: str) -> bool:
    """Tell whether a text names a unit of time or a rhythm at all: only then are the long patterns tried."""
    small = text.lower()
    return any(unit in small for unit in ("day", "week", "month", "year", "annual", "quarter"))


def _periods(
    one: Provision, patterns: _Patterns, adopted: date | None, vocabulary: AskingVocabulary
) -> Iterator[tuple[int, MandateClock]]:
    """Find "for a further period of six months", unless the day is written right behind."""
    untils = list(_UNTIL.finditer(one.text))
    for match in patterns.period.finditer(one.text):
        number, unit = match["number"] or match["number2"], match["unit"] or match["unit2"]
        near = one.text[match.end() : match.end() + 60]
        if any(match.end() <= until.start() < match.end() + 60 for until in untils) or re.match(
            r"\s+(?:after|before|following|prior|preceding)", near
        ):
            continue
        opening = r"\b(?:mandate|deploy)" if "up to" in match.group().lower() else _PERIOD_OF
        if not _FROM_ADOPTION.match(near) and not re.search(opening, one.text[: match.start()]):
            continue
        yield _clock(one, match, "until", *_counted(adopted, number, unit, near, vocabulary))


def _within(
    one: Provision, patterns: _Patterns, adopted: date | None, vocabulary: AskingVocabulary
) -> Iterator[tuple[int, MandateClock]]:
    """Find "within 180 days after the adoption", and those that count from something else."""
    for match in patterns.within.finditer(one.text):
        anchor = match["anchor"] or ""
        if match.group().lower().startswith("in ") and "adoption" not in anchor:
            continue
        if _TOPIC.match(anchor) and _REPORTING.search(one.text[: match.start()]):
            anchor = ""
        to_adoption = re.search(r"adoption|date of (?:this|the present) resolution", anchor) and not re.search(
            r"prior|before", anchor
        )
        if not anchor and re.match(r"\s+(?:before|prior|preceding)", one.text[match.end() :]):
            continue
        if to_adoption:
            days, rule = _counted(adopted, match["number"], match["unit"], "", vocabulary)
            yield _clock(one, match, "deadline", days, rule)
        elif not anchor and match["unit"].lower() != "day" and _REPORTING.search(one.text[: match.start()]):
            days, rule = _counted(adopted, match["number"], match["unit"], "", vocabulary)
            yield _clock(
                one, match, "deadline", days, f"{rule}; no start is written, and a report is counted from there"
            )
        elif not anchor:
            yield _clock(one, match, "deadline", (), "the text does not say from when it counts")
        else:
            yield _clock(one, match, "deadline", (), f"it counts from an event without a day: {anchor.strip()}")


def _counted(
    adopted: date | None, number: str, unit: str, near: str, vocabulary: AskingVocabulary
) -> tuple[list[date], str]:
    """Return the day so long after the adoption (or after the first day that is written right behind), and the rule."""
    amount = int(number) if number.isdigit() else vocabulary.numbers.get(number.lower(), 0)
    first = re.match(
        rf"[\s,]*(?:beginning|starting|commencing|from|as of|effective)\s+(?:on\s+|from\s+)?({_DAY})", near
    )
    start = find_day(first[1]) if first else adopted
    if start is None or not amount:
        return [], "the day of adoption is not known"
    what = first[1] if first else "the adoption"
    return [_later(start, amount, unit)], f"{amount} {unit}s after {what} ({start.isoformat()})"


def _later(start: date, amount: int, unit: str) -> date:
    if unit.lower() in ("day", "week"):
        return start + timedelta(days=amount * (7 if unit.lower() == "week" else 1))
    return add_months(start, amount * (12 if unit.lower() == "year" else 1))


def _resolved_by_end(one: Provision, end: date | None) -> Iterator[tuple[int, MandateClock]]:
    for match in _UNTIL_END.finditer(one.text) if "until" in one.text else ():
        yield _clock(
            one,
            match,
            "until",
            [end] if end else [],
            "the end of the mandate in this resolution" if end else "no paragraph says when the mandate ends",
        )


def _at_the_end(one: Provision, end: date | None) -> Iterator[tuple[int, MandateClock]]:
    """Find "at the end of this period": the day until which the mandate is extended."""
    for match in _AT_THE_END.finditer(one.text) if "the end of" in one.text else ():
        rule = "the end of the mandate in this resolution" if end else "no paragraph says when the period ends"
        yield _clock(one, match, "deadline", [end] if end else [], rule)


def _recurring(
    one: Provision, patterns: _Patterns, adopted: date | None, end: date | None, vocabulary: AskingVocabulary
) -> Iterator[tuple[int, MandateClock]]:
    for match in patterns.every.finditer(one.text) if _counts_time(one.text) else ():
        parts = match.groupdict()
        rhythm = parts["rhythm"] or parts["adverb"] or parts["adverb2"]
        if rhythm:
            step = dict(vocabulary.rhythms[rhythm.lower()])
            amount, unit = (step["days"], "day") if "days" in step else (step["months"], "month")
        else:
            number = parts["number"] or parts["number2"] or "one"
            amount = int(number) if number.isdigit() else vocabulary.numbers.get(number.lower(), 0)
            unit = (parts["unit"] or parts["unit2"]).lower()
        anchor = parts["anchor"] or ""
        if anchor and "adoption" not in anchor:
            yield _clock(one, match, "recurring", (), f"it counts from an event without a day: {anchor}")
        elif adopted is None or end is None or not amount:
            why = "the day of adoption is not known" if adopted is None else "no paragraph says when the mandate ends"
            yield _clock(one, match, "recurring", (), why)
        else:
            days = [_later(adopted, amount * times, unit) for times in range(1, 400)]
            yield _clock(
                one,
                match,
                "recurring",
                [day for day in days if day <= end],
                f"every {amount} {unit}s after the adoption ({adopted.isoformat()}) up to the mandate’s end ({end.isoformat()})",
            )


def _unresolved(clock: MandateClock) -> Issue:
    return Issue(
        "MAN-101",
        Words(
            f"“{clock.words}” was not resolved to a day: {clock.rule}.",
            f"« {clock.words} » n’a pas pu être ramené à une date ({clock.rule}).",
        ),
        None,
        Where(path=clock.path),
        "note",
    )
