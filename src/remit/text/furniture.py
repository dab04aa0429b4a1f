"""Step 3: page furniture and masthead are set aside; what they say (symbol, date, meeting) is kept."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from remit.text.lines import Line
from remit.text.vocabulary import Vocabulary

_SYMBOL = re.compile(r"\b([SA])/RES/(\d{1,4})\s*\((\d{4})\)")
_ASSEMBLY = re.compile(r"\bA/RES/(?:[A-Z]+-)?\d{1,3}/\d{1,3}(?:\s?[A-Z]\b)?")
_ASSEMBLY_TITLE = re.compile(r"^(\d{1,3}/\d{1,3}(?:\s?[A-Z])?)\.\s+[A-Z].*")
_TITLE = re.compile(r"^Resolution\s+(\d{1,4})\s*\((\d{3,4})\)", re.I)
_MEETING = re.compile(r"\b(\d{1,5})\s?(?:st|nd|rd|th)\s+(?:\(?closed\)?\s+|plenary\s+)?meeting")
_PAGE_NUMBER = re.compile(r"\d{1,3}|\d{1,3}\s*/\s*\d{1,3}|[Pp]age\s+\d{1,3}(?:\s+of\s+\d{1,3})?|-\s?\d{1,3}\s?-")
_JOB = re.compile(r"(?:\d{1,3}(?:/\d{1,3})?\s+)?\d{2}-\d{5}\*{0,2}(?:\s*\([A-Z]\))?[\s\d`*/.-]*(?:\(E\))?")
_HEADER = re.compile(
    r"(?:\d{1,3}(?:/\d{1,3})?\s+)?(?:\d{2}-\d{5}\s+)?S/RES/\d{1,4}\s*\(\d{4}\)\*{0,3}(?:\s*(?:[Pp]age\s+\d{1,3}|\d{1,3}/\d{1,3}))?(?:\s+\d{2}-\d{5})?"
    r"|(?:\d{1,3}(?:/\d{1,3})?\s+)?A/RES/\d{1,3}/\d{1,3}(?:\s*\d{1,3}/\d{1,3})?"
)
_OTHER = re.compile(
    r"\*\d{6,8}\*|[`\s]+|/\s?\.\.\.|-{3,}|_{3,}|\*{1,3}\s*(?:Second |Third )?[Rr]e-?issued? for.*|_{5,}.*|Please recycle.*"
    r"|\*{1,3}\s*The present document.*"
)
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_DAY = re.compile(rf"\b(\d{{1,2}})\s+({'|'.join(_MONTHS)})\s+(\d{{4}})\b")
_RUNS_ON = re.compile(rf"(?:{'|'.join(_MONTHS)})\b|per cent|days\b|months\b|years\b|of\b|and\b|to\b")


@dataclass(frozen=True, slots=True)
class Masthead:
    """What the furniture says of the document; empty where it does not."""

    symbol: str = ""
    symbol_from_title: bool = False
    title: str = ""
    adopted: date | None = None
    meeting: int | None = None
    formula: bool = False


def find_day(text: str) -> date | None:
    """Return the first day written out in the text (``29 June 2017``), if it exists in the calendar."""
    return next((day for _, _, day in find_days(text)), None)


def find_days(text: str) -> Iterator[tuple[int, int, date]]:
    """Find each day written out in the text that exists in the calendar: where it begins and ends, and the day."""
    for match in _DAY.finditer(text):
        try:
            yield *match.span(), date(int(match[3]), _MONTHS.index(match[2]) + 1, int(match[1]))
        except ValueError:
            continue


def write_day(day: date) -> str:
    """Return a day as the texts write it: ``29 June 2017``."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def is_furniture(text: str, following: str = "") -> bool:
    """Tell whether a line is page furniture: page number, job number, running head, bar code, reissue note."""
    if _PAGE_NUMBER.fullmatch(text):
        return not _RUNS_ON.match(following)
    return bool(_JOB.fullmatch(text) or _HEADER.fullmatch(text) or _OTHER.fullmatch(text))


def drop_furniture(lines: Sequence[Line], vocabulary: Vocabulary) -> tuple[Masthead, tuple[Line, ...]]:
    """Return what the masthead and the furniture say, and the lines that are the resolution itself."""
    start, rest = _find_formula(lines, vocabulary)
    head = lines[: start if start is not None else _first_provision(lines, vocabulary)]
    body = list(lines[len(head) + 1 :]) if start is not None else list(lines[len(head) :])
    if start is not None and rest is not None:
        body.insert(0, rest)
    kept: list[Line] = []
    cut = False
    footnotes = _footnotes(body)
    closing = _assembly_closing(head, body)
    for index, line in enumerate(body):
        following = body[index + 1].text if index + 1 < len(body) else ""
        if is_furniture(line.text, following) or index in footnotes or index in closing:
            cut = True
            continue
        kept.append(replace(line, cut_before=cut) if cut else line)
        cut = False
    return _masthead(head, lines, start is not None), tuple(kept)


def _assembly_closing(head: Sequence[Line], body: Sequence[Line]) -> frozenset[int]:
    """Find what only resolutions of the General Assembly have: running heads with the title, the meeting at the end."""
    if not any(_ASSEMBLY.search(line.text) for line in head):
        return frozenset()
    found: set[int] = set()
    for index, line in enumerate(body):
        if re.fullmatch(r"\d{1,3}(?:st|nd|rd|th) plenary meeting", line.text):
            found.add(index)
            if index + 1 < len(body) and _DAY.fullmatch(body[index + 1].text):
                found.add(index + 1)
        elif re.fullmatch(r"A/RES/\d{1,3}/\d{1,3}\s+[A-Z][^,;.]{0,120}", line.text):
            found.add(index)
    return frozenset(found)


def _footnotes(body: Sequence[Line]) -> frozenset[int]:
    """Find footnotes at the foot of a page: ``* Words …`` down to the furniture, where the text has a ``word*``."""
    if not any(re.search(r"[a-z]\*", line.text) for line in body):
        return frozenset()
    found: set[int] = set()
    for index, line in enumerate(body):
        if not line.text.startswith("*") or not re.match(r"\*{1,3}\s+[A-Z]", line.text):
            continue
        for end in range(index + 1, min(index + 8, len(body))):
            if is_furniture(body[end].text):
                found.update(range(index, end))
                break
    return frozenset(found)


def _find_formula(lines: Sequence[Line], vocabulary: Vocabulary) -> tuple[int | None, Line | None]:
    """Find the enacting formula, and what stands behind it on its line."""
    for index, line in enumerate(lines[:80]):
        for formula in vocabulary.formulas:
            if not line.text.lower().startswith(formula.lower()):
                continue
            rest = line.text[len(formula) :].lstrip(" ,:")
            if not rest:
                return index, None
            if line.text[len(formula) : len(formula) + 1] in ",:" and vocabulary.starts_provision(rest):
                return index, replace(line, strand=line.strand.cut(len(line.text) - len(rest)))
    return None, None


def _first_provision(lines: Sequence[Line], vocabulary: Vocabulary) -> int:
    for index, line in enumerate(lines):
        if re.match(r"1\s?\.(?:\s|$)", line.text) or vocabulary.starts_provision(line.text):
            return index
    return len(lines)


def _masthead(head: Sequence[Line], lines: Sequence[Line], formula: bool) -> Masthead:
    text = " ".join(line.text for line in head)
    title = next((match for line in head if (match := _TITLE.match(line.text))), None)
    headers = [line.text for line in lines if _HEADER.fullmatch(line.text)]
    symbol = _SYMBOL.search(" ".join([*(line.text for line in head if "S/RES" in line.text), *headers]))
    adopted_at = max(text.find("dopted by the Security Council"), text.find("dopted by the General Assembly"))
    closing = [line.text for line in lines[-6:] if "plenary meeting" in line.text]
    meeting = _MEETING.search(" ".join([text, *closing]))
    named = f"{symbol[1]}/RES/{symbol[2]} ({symbol[3]})" if symbol else ""
    assembly = _ASSEMBLY.search(" ".join([text, *headers])) if not named and title is None else None
    headline = (
        next((match for line in head if (match := _ASSEMBLY_TITLE.match(line.text))), None) if title is None else None
    )
    if assembly is not None:
        named = re.sub(r"\s+", " ", assembly.group())
    elif headline is not None and not named:
        named = f"A/RES/{headline[1]}"
    from_title = not named and title is not None
    if from_title and title is not None:
        named = f"S/RES/{title[1]} ({title[2]})"
    return Masthead(
        symbol=named,
        symbol_from_title=from_title,
        title=f"Resolution {title[1]} ({title[2]})" if title else headline.group() if headline else "",
        adopted=find_day(text[adopted_at:] if adopted_at >= 0 else text),
        meeting=int(meeting[1]) if meeting else None,
        formula=formula,
    )
