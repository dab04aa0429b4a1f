"""French spacing: no line begins with a mark, and nothing but spaces changes."""

from __future__ import annotations

import pytest

from remit.reporting.compose import compose
from remit.reporting.document import Heading, Paragraph
from remit.reporting.outline import Part
from remit.reporting.typography import labelled, set_text
from tests.unit.reporting.factories import figure, material, words

NBSP, NARROW = "\u00a0", "\u202f"


@pytest.mark.parametrize(
    ("given", "printed"),
    [
        ("Source : mission", f"Source{NBSP}: mission"),
        ("Oui ; non", f"Oui{NARROW}; non"),
        ("Vraiment ?", f"Vraiment{NARROW}?"),
        ("Halte !", f"Halte{NARROW}!"),
        ("dit « confirmé » hier", f"dit «{NBSP}confirmé{NBSP}» hier"),
        ("dit «confirmé» hier", f"dit «{NBSP}confirmé{NBSP}» hier"),
        ("à 12:30, http://x", "à 12:30, http://x"),
        ("50 %", f"50{NBSP}%"),
    ],
)
def test_marks_keep_to_their_word(given: str, printed: str) -> None:
    assert set_text(given, "fr") == printed
    assert set_text(printed, "fr") == printed
    assert set_text(given, "en") == given


def test_labels() -> None:
    assert (labelled("Head", "x", "en"), labelled("Tête", "x", "fr")) == ("Head: x", f"Tête{NBSP}: x")


def test_a_whole_document_is_set() -> None:
    part = Part("paragraph", words("Seen: {figure:boats}; no more.", "Vus : {figure:boats} ; rien de plus."))
    section = Part("section", title=words("Boats: seen", "Bateaux : vus"), parts=(part,))
    document = compose(material(section, figures=(figure(),)), "fr")
    paragraph = next(block for block in document.blocks if isinstance(block, Paragraph))
    heading = next(block for block in document.blocks if isinstance(block, Heading))
    assert paragraph.text == f"Vus{NBSP}: trois{NARROW}; rien de plus."
    assert [run.figure for run in paragraph.runs] == ["", "boats", ""]
    assert heading.text == f"Bateaux{NBSP}: vus"
