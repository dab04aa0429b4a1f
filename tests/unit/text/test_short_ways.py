"""The short ways of reading find the same as the long ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remit.text.evidence import _BY_LAST_LETTER, _SUFFIXES, gather_evidence
from remit.text.join import Block
from remit.text.mend import mend_words
from remit.text.strand import Strand
from remit.text.vocabulary import load_vocabulary

VOCABULARY = load_vocabulary("en")
PIECES = st.sampled_from(
    ["requests", "and", ",", ";", "or", "in this regard,", "further", "urges", "the boats", "calls upon", "Recalling", "bears in mind",
     "noting", "with deep concern", "decides-not", "AND", "expresses its intention", "\n", "that", "but", "also", "welcoming"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=14))
def test_later_verbs_are_those_that_the_whole_pattern_finds(pieces: list[str]) -> None:
    text = " ".join(pieces)
    long_way = [(match.start(), match.group("phrase")) for match in VOCABULARY.later.finditer(text)]
    assert [(match.start(), match.group("phrase")) for match in VOCABULARY.find_later(text)] == long_way


def test_every_ending_is_looked_for_by_its_last_letter() -> None:
    assert sorted(pair for pairs in _BY_LAST_LETTER.values() for pair in pairs) == sorted(_SUFFIXES)


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [("calls upon", "urges"), ("further decides", "decides"), ("bears in mind", "affirms"), ("paddles", "")],
)
def test_the_kind_of_a_phrase_is_that_of_its_first_longest_verb(phrase: str, kind: str) -> None:
    assert VOCABULARY.kind_of(phrase) == kind


def test_what_was_found_out_of_words_is_kept_over_documents_and_changes_nothing() -> None:
    def read(text: str) -> list[str]:
        return [block.strand.text for block, _ in mend_words([Block(Strand.of(text, 0), None)], VOCABULARY)]

    first = read("Requests the govern ment to re port on the develop ment of the region.")
    assert first == ["Requests the government to report on the development of the region."]
    read("The govern and the ment are names here: ment, ment, ment and ment.")
    assert read("Requests the govern ment to re port on the develop ment of the region.") == first


def test_a_text_of_known_words_is_plain_and_one_with_a_broken_word_is_not() -> None:
    evidence = gather_evidence(["The Council requests a report.", "A govern ment report."], VOCABULARY)
    assert evidence.is_plain("requests a report")
    assert not evidence.is_plain("A govern ment report.")
