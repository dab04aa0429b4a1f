"""What must hold for any text: nothing is lost, spans increase, reading ends with a document or a refusal."""

from __future__ import annotations

import contextlib
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from remit.kernel.errors import BadInput
from remit.text.document import Document
from remit.text.read import read_document

HEAD = "Resolution 9999 (2031)\nAdopted by the Security Council at its 9998th meeting, on 3 March 2031\nThe Security Council,\n"
WORD = st.sampled_from(
    [
        "harbour",
        "ferry",
        "villages",
        "the",
        "of",
        "and",
        "to",
        "in",
        "Talmara",
        "(a)",
        "(ii)",
        "20",
        "(b),",
        "–",
        "1990",
        "t",
        "o",
        "resolution",
        "paragraph",
        "3.",
        "Secretary-General",
        "cross",
        "-border",
        "Noting",
    ]
)
SENTENCE = st.lists(WORD, min_size=1, max_size=25).map(" ".join)
LINE = st.tuples(
    st.sampled_from(
        ["", "1. Urges ", "2. Requests ", "(a) ", "(i) ", "– ", "• ", "Recalling ", "Decides ", "a. ", " "]
    ),
    SENTENCE,
    st.sampled_from(["", ",", ";", ":", "."]),
).map("".join)
FURNITURE = st.sampled_from(["", "2", "4/14", "17-10886", "S/RES/9999 (2031)", "*1710886*"])
BODY = st.lists(st.one_of(LINE, LINE, LINE, FURNITURE), min_size=1, max_size=25)


def letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text)


@settings(max_examples=60, deadline=None)
@given(BODY)
def test_no_letter_is_lost_and_spans_increase(lines: list[str]) -> None:
    source = HEAD + "Recalling its intention,\n1. Urges calm;\n" + "\n".join(lines)
    document = read_document(source.encode(), "any.txt")
    starts = [one.span[0] for one in document.provisions]
    assert starts == sorted(starts)
    covered: set[int] = set()
    for one in document.provisions:
        assert one.span[0] <= one.parts[0][0]
        assert one.parts[-1][1] <= one.span[1]
        for start, end in one.parts:
            covered.update(range(start, end))
    _no_letter_outside(document, covered)


def _no_letter_outside(document: Document, covered: set[int]) -> None:
    at = document.source.index("Recalling")
    for line in document.source[at:].splitlines(keepends=True):
        if not re.fullmatch(r"\d|4/14|17-10886|S/RES/9999 \(2031\)|\*1710886\*", line.strip()):
            missing = [line[i] for i in range(len(line)) if line[i].isalpha() and at + i not in covered]
            assert not missing, (line, missing)
        at += len(line)


@settings(max_examples=60, deadline=None)
@given(BODY)
def test_only_white_space_and_hyphens_change(lines: list[str]) -> None:
    source = HEAD + "Recalling its intention,\n1. Urges calm;\n" + "\n".join(lines)
    document = read_document(source.encode(), "any.txt")
    for one in document.provisions:
        inside = "".join(document.source[start:end] for start, end in one.parts)
        assert letters(inside).endswith(letters(one.text))


@settings(max_examples=80, deadline=None)
@given(st.one_of(st.text(max_size=400).map(str.encode), st.binary(max_size=200), BODY.map("\n".join).map(str.encode)))
def test_any_bytes_give_a_document_or_a_refusal(data: bytes) -> None:
    with contextlib.suppress(BadInput):
        read_document(data, "any")
