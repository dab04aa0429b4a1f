"""Names in many spellings and scripts, birth dates and documents: who is proposed, how strongly, and why."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remit.kernel.errors import BadInput, RemitError
from remit.records.screening.candidates import Candidate, Screen, Subject
from remit.records.screening.listed import compare_lists, read_consolidated
from remit.records.screening.names import Vocabulary, compare_names, name_of

LIST = """<?xml version="1.0" encoding="UTF-8"?>
<CONSOLIDATED_LIST dateGenerated="{on}T00:00:00"><INDIVIDUALS>
<INDIVIDUAL><DATAID>1</DATAID><FIRST_NAME>Abdelkarim</FIRST_NAME><SECOND_NAME>Zarwali</SECOND_NAME><UN_LIST_TYPE>Exercise</UN_LIST_TYPE>
<REFERENCE_NUMBER>XXi.001</REFERENCE_NUMBER><NAME_ORIGINAL_SCRIPT>عبد الكريم زروالي</NAME_ORIGINAL_SCRIPT>
<INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>Abou Zarwal</ALIAS_NAME></INDIVIDUAL_ALIAS>
<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>1971-05-04</DATE></INDIVIDUAL_DATE_OF_BIRTH>
<NATIONALITY><VALUE>Malian</VALUE></NATIONALITY><INDIVIDUAL_DOCUMENT><NUMBER>AB 12-34</NUMBER></INDIVIDUAL_DOCUMENT>
<COMMENTS1>{comment}</COMMENTS1></INDIVIDUAL>
<INDIVIDUAL><DATAID>2</DATAID><FIRST_NAME>Mohamed</FIRST_NAME><SECOND_NAME>Tindari</SECOND_NAME><REFERENCE_NUMBER>XXi.002</REFERENCE_NUMBER>
<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>Approximately</TYPE_OF_DATE><YEAR>1960</YEAR></INDIVIDUAL_DATE_OF_BIRTH></INDIVIDUAL>
{more}</INDIVIDUALS><ENTITIES>
<ENTITY><DATAID>9</DATAID><FIRST_NAME>Movement of the Dunes (MODUN)</FIRST_NAME><REFERENCE_NUMBER>XXe.001</REFERENCE_NUMBER></ENTITY>
</ENTITIES></CONSOLIDATED_LIST>"""


def listing(on: str = "2020-01-01", comment: str = "", more: str = "") -> bytes:
    """Return an invented list."""
    return LIST.format(on=on, comment=comment, more=more).encode()


@pytest.fixture(scope="module")
def screen() -> Screen:
    return Screen(read_consolidated(listing(), "list.xml")[0])


def ask(screen: Screen, *names: str, kind: str = "person", **known: object) -> tuple[Candidate, ...]:
    """Return the candidates for somebody."""
    return screen.candidates(Subject("F", kind, names, **known))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "name",
    [
        "Abdelkarim Zarwali",
        "ZARWALI, Abd al-Karim",
        "Abdoul Karim Zarouali",
        "Abdulkareem Zaruali",
        "عبدالكريم زروالي",
        "Зарвали Абделькарим",
    ],
)
def test_one_person_is_found_under_many_spellings_and_scripts(screen: Screen, name: str) -> None:
    found = ask(screen, name)
    assert [one.entry.reference for one in found] == ["XXi.001"] and found[0].score >= 0.8


@pytest.mark.parametrize(
    "name", ["Moussa Traoré", "Mohamed Keita", "Karim Diallo", "Fatoumata Touré", "Abdelkader Maïga"]
)
def test_a_common_word_alone_proposes_nobody(screen: Screen, name: str) -> None:
    assert ask(screen, name) == ()


def test_a_name_alone_is_possible_a_day_of_birth_makes_it_strong_and_another_weak(screen: Screen) -> None:
    strengths = [
        ask(screen, "Abdelkarim Zarwali", born=born)[0].strength for born in ("", "1971", "1971-05-04", "1985")
    ]
    assert strengths == ["possible", "possible", "strong", "weak"]
    assert "birth-date" not in ask(screen, "Abdelkarim Zarwali", born="1971")[0].identifiers


def test_an_approximate_year_is_near_within_two_years(screen: Screen) -> None:
    agreements = {born: next(e.agreement for e in ask(screen, "Mohamed Tindari", born=born)[0].elements if e.identifier == "birth-date")
                  for born in ("1960", "1962", "1963")}  # fmt: skip
    assert agreements == {"1960": "near", "1962": "near", "1963": "differs"}


def test_a_document_proposes_under_any_name(screen: Screen) -> None:
    found = ask(screen, "Somebody Else", documents=("ab1234",))
    assert [(one.entry.reference, one.strength) for one in found] == [("XXi.001", "strong")]
    assert "name" not in found[0].identifiers and "document" in found[0].identifiers


def test_every_candidate_says_what_agrees_and_what_does_not_in_both_languages(screen: Screen) -> None:
    found = ask(screen, "Abdoul Karim Zarouali", born="1985", nationality="Mali")[0]
    english, french = found.explanation("en"), found.explanation("fr")
    assert (
        "zarouali ~ zarwali" in english
        and "differs: 1985 against 1971-05-04" in english
        and "Nationality agrees" in english
    )
    assert "diffère" in french and "concorde" in french


def test_a_low_quality_alias_never_agrees_as_a_name(screen: Screen) -> None:
    assert "name" not in ask(screen, "Abou Zarwal")[0].identifiers


def test_units_are_found_by_name_and_acronym_and_never_as_persons(screen: Screen) -> None:
    assert [one.entry.reference for one in ask(screen, "MODUN", kind="unit")] == ["XXe.001"]
    assert ask(screen, "Movement of the Dunes", kind="person") == ()


def test_two_dates_are_compared_and_a_list_printed_otherwise_did_not_change() -> None:
    first = read_consolidated(listing(), "a.xml")[0]
    again = read_consolidated(listing("2020-02-01").replace(b"Abdelkarim", b"ABDELKARIM"), "b.xml")[0]
    assert compare_lists(first, again).changed == {}
    more = "<INDIVIDUAL><FIRST_NAME>New</FIRST_NAME><SECOND_NAME>Tarkani</SECOND_NAME><REFERENCE_NUMBER>XXi.003</REFERENCE_NUMBER></INDIVIDUAL>"
    later = read_consolidated(listing("2020-03-01", "Reported dead (invented).", more), "c.xml")[0]
    found = compare_lists(first, later)
    assert (found.added, found.removed, dict(found.changed)) == (("XXi.003",), (), {"XXi.001": ("comments",)})


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<a/>",
        b"not xml",
        b"<CONSOLIDATED_LIST/>",
        b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>",
    ],
)
def test_what_is_no_list_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(BadInput) as raised:
        read_consolidated(data, "x.xml")
    assert raised.value.code == "IMP-002"


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300).map(lambda tail: listing()[: 400 - len(tail)] + tail))
def test_no_damage_to_a_list_makes_more_than_an_error_of_ours(data: bytes) -> None:
    try:
        entries = read_consolidated(data, "x.xml")[0].entries
    except RemitError:
        entries = {}
    assert all(entry.names for entry in entries.values())


WORDS = st.text(st.characters(categories=["L"]), min_size=2, max_size=9)


@settings(max_examples=100, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=4), st.randoms())
def test_a_name_agrees_with_itself_in_any_order_and_a_repeated_word_counts_once(
    words: list[str], order: object
) -> None:
    vocabulary = Vocabulary.of([name_of(" ".join(words))])
    other = list(words)
    order.shuffle(other)  # type: ignore[attr-defined]
    there = compare_names(name_of(" ".join(words)), name_of(" ".join(other)), vocabulary)
    back = compare_names(name_of(" ".join(other)), name_of(" ".join(words)), vocabulary)
    assert abs(there.score - back.score) < 0.2 and 0 <= there.score <= 1
    repeated = compare_names(name_of(" ".join(words[:1] * 3)), name_of(" ".join(words)), vocabulary)
    assert len(repeated.pairs) <= max(1, len(name_of(" ".join(words)).words))


def test_the_two_published_lists_are_read_whole(corpus: Path) -> None:
    dates = []
    for name, persons, units in (("2015-03-27", 622, 424), ("2018-10-29", 703, 390)):
        listed, issues = read_consolidated((corpus / f"data/sanctions/un_consolidated_{name}.xml").read_bytes(), name)
        assert (listed.on.isoformat(), listed.count("person"), listed.count("unit"), len(issues)) == (
            name,
            persons,
            units,
            0,
        )
        dates.append(listed)
    found = compare_lists(*dates)
    assert (len(found.added), len(found.removed)) == (243, 196)


def test_most_names_in_their_own_script_find_their_entry_without_it(corpus: Path) -> None:
    """Each entry's name in Arabic script against its Latin names only: seven of ten are among the candidates."""
    listed, _ = read_consolidated((corpus / "data/sanctions/un_consolidated_2018-10-29.xml").read_bytes(), "l")
    vocabulary = Vocabulary.of(name_of(one.text) for entry in listed.entries.values() for one in entry.names)
    hits, asked = 0, 0
    for entry in list(listed.entries.values())[::5]:
        scripts = [one.text for one in entry.names if one.quality == "script"]
        latin = [one.text for one in entry.names if one.quality != "script"]
        if entry.kind == "person" and scripts and latin:
            asked += 1
            hits += max(compare_names(name_of(scripts[0]), name_of(one), vocabulary).score for one in latin) >= 0.8
    assert asked > 50 and hits / asked > 0.65
