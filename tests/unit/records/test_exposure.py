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
        "18,4411 ; 1,4078", "18.4411 1.4078", "18,44° N, 1,41° O", "N 18.4411 E 1.4078", "18°26,4’ Nord", "N18°26.4'", "182624N 0012434E",
        "1826N 00124W", "lat 18.44 lon 1.41", "latitude : 18,44, longitude : -1,41", "30q ye 1234 5678", "30Q YE", "-12.34, −56.78", "16°N",
        "16,25° Nord", "18\u00a0°\u202f26\u00a0′ N", "18 degrés 26 minutes Nord", "18 degrees 26 minutes north",
    ],
)  # fmt: skip
def test_coordinates_are_found_in_every_form(written: str) -> None:
    for sentence in (
        f"They met at {written} before dawn.",
        f"Ils se sont vus à {written}, avant l’aube.",
        f"({written})",
    ):
        held = [excerpt for what, excerpt in found(sentence) if what == "coordinate"]
        assert any(written.strip("N ") in one for one in held), (sentence, held)


@pytest.mark.parametrize(
    "harmless",
    [
        "10,659 military personnel of 13,289, and 1,742 police.", "On 18 September 2017 at 14.30 hours, 3.5 per cent.",
        "resolution 2364 (2017), paragraph 20 (d) (ii)", "15 MAY 2017 and 18 JUN 2017", "Between 1.5 and 2.5 kilometres", "12 of 340 and 5,000 in all",
        "Une hausse de 3,5 points, soit 12,5 pour cent", "S/2017/811", "The 2.75 million 1.2 tonnes",
        "A turn of 90 degrees.", "It was 45 °C.", "1.250.000 francs", "le 12.05.2017", "10 men and 3 women", "at 12:00 UTC, 18 UTC and 18 JUN",
        "Le taux est 12,5 est reste à 3,25 pour cent.", "13,289, 1,742 and 3,001",
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


@pytest.mark.parametrize(
    ("held", "written"),
    [
        ("Amadou ag Ibrahim", "Amadou Ibrahim"), ("Abd al-Rahman Diallo", "Abdelrahman Diallo"), ("Abd al-Rahman Diallo", "Abd el Rahman Dialo"),
        ("Moussa Keïta", "Musa Keita"), ("Ousmane Coulibaly", "Usman Koulibaly"), ("Moussa Keïta", "موسى كيتا"), ("Élise N’Diaye", "N'Diaye Elise"),
        ("Fatoumata Traoré", "Fatoumata Aminata Traore"),
    ],
)  # fmt: skip
def test_names_are_found_by_their_sound_as_screening_finds_them(held: str, written: str) -> None:
    guard = Guarded([held], [], {})
    for text in (f"The commander told {written}, in Gao, that it was over.", written, f"Selon {written}"):
        assert any(one.what == "name" and written in one.excerpt for one in guard.findings(text)), text
    assert not guard.findings("The commander met traders of Gao and Moussa Diarra on the road.")


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


@given(
    WORDS, WORDS, st.floats(-89, 89), st.floats(-179, 179), st.sampled_from(["dms", "semicolon", "signs", "labels"]), st.booleans()
)  # fmt: skip
def test_a_point_is_found_in_the_writing_of_either_language(
    before: list[str], after: list[str], lat: float, lon: float, form: str, french: bool
) -> None:
    def degrees(value: float, sides: str) -> str:
        seconds = round(abs(value) * 3600)
        return f"{seconds // 3600}°{seconds // 60 % 60:02}′{seconds % 60:02}″{sides[value < 0]}"

    north, east = (f"{value:.4f}".replace(".", "," if french else ".") for value in (lat, lon))
    written = {
        "dms": f"{degrees(lat, 'NS')} {degrees(lon, 'EO' if french else 'EW')}",
        "semicolon": f"{north} ; {east}",
        "signs": f"{north.strip('-')}° {'NS'[lat < 0]}, {east.strip('-')}° {'EO'[lon < 0]}",
        "labels": f"latitude : {north}, longitude : {east}" if french else f"lat {north} long {east}",
    }[form]
    text = " ".join([*before, written, *after])
    digits = "".join(c for c in written if c.isdigit())
    held = "".join(c for what, one in found(text) if what == "coordinate" for c in one if c.isdigit())
    assert digits in held, found(text)


@given(st.text(max_size=200))
def test_any_text_can_be_looked_through(text: str) -> None:
    for one in GUARDED.findings(text):
        assert one.excerpt in text
