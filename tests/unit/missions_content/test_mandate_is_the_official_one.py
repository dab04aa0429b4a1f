"""mandate.yaml of MINUSMA against the official document: same paths, verbs, dates, numbers; not the same sentences."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from remit.mandate.declared import DeclaredInstrument
from remit.text.document import Document
from remit.text.read import read_document
from tests.unit.missions_content.conftest import Loaded

RUN = 9
"""So many words in a row are a copied sentence, not a term of art."""


@pytest.fixture(scope="module")
def mandate(loaded: Loaded) -> DeclaredInstrument:
    return loaded("minusma").instrument


@pytest.fixture(scope="module")
def official(corpus: Path) -> Document:
    file = corpus / "resolutions/akn/S_RES_2364_2017.xml"
    return read_document(file.read_bytes(), file.name)


@pytest.fixture(scope="module")
def gold(corpus: Path) -> list[dict[str, object]]:
    file = corpus / "resolutions/gold/S_RES_2364_2017.json"
    rows = json.loads(file.read_text(encoding="utf-8"))["provisions"]
    return [row for row in rows if row["path"]]


def _in_order(paths: list[str]) -> list[str]:
    return list(dict.fromkeys(paths))


def test_every_paragraph_and_item_stands_in_the_order_of_the_text(
    mandate: DeclaredInstrument, gold: list[dict[str, object]]
) -> None:
    assert list(mandate.provisions) == _in_order([str(row["path"]) for row in gold])


def test_paths_are_those_of_the_official_xml(mandate: DeclaredInstrument, official: Document) -> None:
    assert list(mandate.provisions) == _in_order([p.path for p in official.provisions if p.path])


def test_the_symbol_meeting_and_day_are_those_of_the_official_xml(
    mandate: DeclaredInstrument, official: Document
) -> None:
    assert (mandate.symbol, mandate.adopted) == (official.symbol, official.adopted)
    assert official.meeting in (mandate.meeting, None)


def test_each_paragraph_has_the_leading_verb_of_the_text(
    mandate: DeclaredInstrument, gold: list[dict[str, object]]
) -> None:
    verbs = {str(row["path"]): row["verbs"] for row in gold if row["role"] == "op"}
    assert len(verbs) == 49
    assert {path: mandate.provisions[path].force for path in verbs} == {
        path: found[0] for path, found in verbs.items() if isinstance(found, list)
    }


def test_headings_stand_before_the_paragraphs_that_the_text_puts_them_before(
    mandate: DeclaredInstrument, official: Document
) -> None:
    following = []
    for before, after in zip(official.provisions, official.provisions[1:], strict=False):
        if before.role == "heading" and after.role == "op":
            following.append(after.path)
    assert set(following) == set(mandate.headings)


def test_days_and_numbers_stand_in_the_paragraphs_that_they_are_given_for(
    mandate: DeclaredInstrument, gold: list[dict[str, object]]
) -> None:
    text: dict[str, str] = {}
    for row in gold:
        text[str(row["path"])] = text.get(str(row["path"]), "") + " " + str(row["text"])
    assert "until 30 June 2018" in text["15"]
    assert [f"{limit.amount:,}" in text["16"] for limit in mandate.provisions["16"].limits] == [True, True]
    assert "every three months after the adoption" in text["47"]
    assert "within 180 days after the adoption" in text["48"]
    for path, provision in mandate.provisions.items():
        for day in re.findall(r"\d{1,2} (?:January|February|May|June|July|October) \d{4}", provision.words.en):
            assert day in text[path], (path, day)
        for number in re.findall(r"\d{1,3}(?:,\d{3})+|\b\d{4}\b", provision.words.en):
            assert number in text[path], (path, number)


def test_references_are_those_that_the_text_makes(mandate: DeclaredInstrument, gold: list[dict[str, object]]) -> None:
    declared = {path for path, provision in mandate.provisions.items() if provision.references}
    naming = set()
    for row in gold:
        ours = re.sub(r"paragraphs? \d+ of resolution", "", str(row["text"]))
        if re.search(r"paragraphs? \d+", ours):
            naming.add(str(row["path"]))
    assert declared == naming


def test_damaged_text_leads_to_no_path_that_the_mandate_does_not_know(
    mandate: DeclaredInstrument, corpus: Path
) -> None:
    file = corpus / "resolutions/text/S_RES_2364_2017.txt"
    found = {p.path for p in read_document(file.read_bytes(), file.name).provisions if p.path}
    assert found <= set(mandate.provisions)
    assert {str(n) for n in range(1, 50)} <= found


def test_our_words_are_not_sentences_of_the_text(mandate: DeclaredInstrument, official: Document) -> None:
    source = re.findall(r"\w+", " ".join(p.text for p in official.provisions).lower())
    runs = {tuple(source[i : i + RUN]) for i in range(len(source) - RUN + 1)}
    copied = []
    for path, provision in mandate.provisions.items():
        ours = re.findall(r"\w+", provision.words.en.lower())
        copied += [(path, i) for i in range(len(ours) - RUN + 1) if tuple(ours[i : i + RUN]) in runs]
    assert copied == []
