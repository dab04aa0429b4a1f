"""What must not leave is found in a text, however it is written; what is harmless is mostly left alone."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remit.records.exposure import Guarded

GUARDED = Guarded(
    ["Aïssata Touré (invented)", "Ibrahim ag Mossa", "src-0417", "x"],
    ["The man who sold fuel to both sides lives behind the old customs house (invented)."],
    {"originator controlled": "orcon", "ne pas transmettre à des tiers": "not-onward"},
)


def found(text: str) -> list[tuple[str, str]]:
    """Return what is found in a text."""
    return [(one.what, one.excerpt) for one in GUARDED.findings(text)]


@pytest.mark.parametrize(
    "written",
    [
        "16.2716, -0.0447", "16.2716 N 0.0447 W", "16.27/-0.04", "16,2716° N, 0,0447° O", "16°16'17\"N 0°2'41\"W",
        "16° 16′ 17″ N", "16 deg 16 min N", "30QYC1234567890", "30Q YC 12345 67890", "30QZC 0974", "30P 756123 1801234",
        "8Q3R+GX", "N 16°16'", "16.2716;0.0447",
    ],
)  # fmt: skip
def test_coordinates_are_found_in_every_form(written: str) -> None:
    for sentence in (
        f"They met at {written} before dawn.",
        f"Ils se sont vus à {written}, avant l’aube.",
        f"({written})",
    ):
        assert ("coordinate") in [what for what, _ in found(sentence)], sentence


@pytest.mark.parametrize(
    "harmless",
    [
        "10,659 military personnel of 13,289, and 1,742 police.", "On 18 September 2017 at 14.30 hours, 3.5 per cent.",
        "resolution 2364 (2017), paragraph 20 (d) (ii)", "15 MAY 2017 and 18 JUN 2017", "Between 1.5 and 2.5 kilometres", "12 of 340 and 5,000 in all",
        "Une hausse de 3,5 points, soit 12,5 pour cent", "S/2017/811", "The 2.75 million 1.2 tonnes",
    ],
)  # fmt: skip
def test_numbers_that_are_no_coordinates_are_left_alone(harmless: str) -> None:
    assert found(harmless) == []


@pytest.mark.parametrize(
    ("text", "excerpt"),
    [
        ("It was told by Aissata Toure in Gao.", "Aissata Toure"),
        ("TOURÉ, Aïssata (invented) was heard.", "TOURÉ, Aïssata (invented"),
        ("Ibrahim Ag Moussa came.", "Ibrahim Ag Moussa"),
        ("according to SRC-0417.", "SRC-0417"),
    ],
)
def test_names_are_found_in_other_spellings_and_orders(text: str, excerpt: str) -> None:
    assert any((what == "name" and one in excerpt) or excerpt in one for what, one in found(text)), found(text)


def test_markings_and_words_of_closed_records_are_found() -> None:
    assert ("marking", "Originator-controlled") not in found("Known to all.")
    assert found("(ORIGINATOR CONTROLLED) A convoy left.") == [("marking", "ORIGINATOR CONTROLLED")]
    assert found("Ne pas transmettre a des tiers.") == [("marking", "Ne pas transmettre a des tiers")]
    [(what, excerpt)] = found("We hear that the man who sold fuel to both sides lives in town.")
    assert (what, excerpt) == ("passage", "the man who sold fuel to both sides lives")


WORDS = st.lists(
    st.sampled_from(["the", "patrol", "met", "traders", "on", "road", "near", "river", "and", "saw", "two", "boats"]),
    max_size=12,
)


@given(WORDS, WORDS, st.sampled_from(["Aïssata Touré", "Ibrahim ag Mossa", "src-0417"]), st.booleans(), st.booleans())
def test_a_name_is_found_wherever_it_stands(
    before: list[str], after: list[str], name: str, upper: bool, bare: bool
) -> None:
    written = name.upper() if upper else name
    if bare:
        written = "".join(c for c in unicodedata.normalize("NFKD", written) if not unicodedata.combining(c))
    text = " ".join([*before, written, *after])
    assert any(what == "name" and written in one for what, one in found(text))


@given(WORDS, WORDS, st.floats(-89, 89), st.floats(-179, 179), st.integers(3, 6))
def test_a_point_is_found_wherever_it_stands(
    before: list[str], after: list[str], lat: float, lon: float, places: int
) -> None:
    written = f"{lat:.{places}f}, {lon:.{places}f}"
    assert any(what == "coordinate" for what, _ in found(" ".join([*before, written, *after])))


@given(st.text(max_size=200))
def test_any_text_can_be_looked_through(text: str) -> None:
    for one in GUARDED.findings(text):
        assert one.excerpt in text
