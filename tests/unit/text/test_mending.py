"""Broken and joined words: mended by evidence only, and what stood there is kept."""

from __future__ import annotations

import pytest

from remit.text.join import Block
from remit.text.mend import mend_words
from remit.text.strand import Strand
from remit.text.vocabulary import load_vocabulary


def mend(text: str, elsewhere: str = "") -> tuple[str, list[tuple[str, str]]]:
    blocks = (Block(Strand.of(text, 0)), Block(Strand.of(elsewhere, 10_000)))
    block, damage = mend_words(blocks, load_vocabulary("en"))[0]
    return block.text, [(one.found, one.read_as) for one in damage]


@pytest.mark.parametrize(
    ("text", "elsewhere", "expected"),
    [
        ("the humani tarian need", "", "the humanitarian need"),
        ("t o the north", "", "to the north"),
        ("the ir boats a nd nets", "", "their boats and nets"),
        ("in Talm ara today", "the people of Talmara", "in Talmara today"),
        ("cross -border and ill -treatment", "", "cross-border and ill-treatment"),
        ("the SecretaryGeneral", "the Secretary-General", "the Secretary-General"),
        ("confidencebuilding and longterm work", "", "confidence-building and long-term work"),
        ("of peaceand security-related work", "", "of peace- and security-related work"),
        ("the Secretary-Gener al", "the Secretary-General", "the Secretary-General"),
        ("a consultative d ialogue", "", "a consultative dialogue"),
    ],
)
def test_broken_words_are_mended(text: str, elsewhere: str, expected: str) -> None:
    mended, damage = mend(text, elsewhere)
    assert mended == expected
    assert damage


@pytest.mark.parametrize(
    "text",
    [
        "to day or in deed, for ward and with in",
        "are able and have been able to go on",
        "short- and long-term needs",
        "peacekeeping, airspace, timelines, forthcoming and nationwide",
        "the Secretary General of the Harbour League",
        "Al Mourab and Ansar Edd",
        "non governmental bodies",
        "demands that they cease fire",
        "to over spray the crops",
        "30 -45 boats",
    ],
)
def test_words_that_are_words_stay(text: str) -> None:
    assert mend(text) == (text, [])


def test_what_stood_there_is_kept_with_its_place() -> None:
    text = "the humani tarian need"
    block, damage = mend_words((Block(Strand.of(text, 100)),), load_vocabulary("en"))[0]
    (one,) = damage
    assert (one.code, one.found, one.read_as) == ("TXT-201", "humani tarian", "humanitarian")
    assert text[one.span[0] - 100 : one.span[1] - 100] == one.found
    assert block.strand.origin(block.text.index("tarian")) == 100 + text.index("tarian")
