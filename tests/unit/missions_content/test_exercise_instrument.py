"""The invented resolution is damaged as real ones are, and the exercise's mandate restates it."""

from __future__ import annotations

from pathlib import Path

import pytest

from remit.text.document import Document
from remit.text.read import read_document
from tests.unit.missions_content.conftest import Loaded

LOST = "7"
"""The paragraph whose opening line is lost."""
SCRAMBLED = "15.i"


@pytest.fixture(scope="module")
def document(missions_folder: Path) -> Document:
    file = missions_folder / "exercise/instrument.txt"
    return read_document(file.read_bytes(), file.name)


def test_it_says_that_it_is_invented(missions_folder: Path) -> None:
    assert (
        (missions_folder / "exercise/instrument.txt").read_text(encoding="utf-8").startswith("Invented for exercises.")
    )


def test_head_and_paths_are_those_of_the_mandate(document: Document, loaded: Loaded) -> None:
    mandate = loaded("exercise").instrument
    assert (document.symbol, document.adopted, document.meeting) == (mandate.symbol, mandate.adopted, mandate.meeting)
    assert list(dict.fromkeys(p.path for p in document.provisions if p.path)) == list(mandate.provisions)


def test_leading_verbs_are_those_of_the_mandate_where_they_survive(document: Document, loaded: Loaded) -> None:
    provisions = loaded("exercise").instrument.provisions
    for provision in document.provisions:
        if provision.role == "op" and provision.path != LOST:
            assert provision.verbs[0] == provisions[provision.path].force, provision.path


def test_the_damage_is_reported_and_not_filled_in(document: Document) -> None:
    by_path = {p.path: p for p in document.provisions if p.role in ("op", "sub")}
    assert by_path[LOST].verbs == ()
    assert by_path[LOST].text == "tasks:"
    lost, torn = (next(i for i in document.problems if i.code == code) for code in ("TXT-101", "TXT-102"))
    assert lost.level != "note"
    assert torn.level != "note"
    torn_item = document.source[slice(*by_path[SCRAMBLED].span)]
    assert sorted(torn_item.split()[1:]) == sorted(by_path[SCRAMBLED].text.split())


def test_furniture_leaves_no_trace_inside_sentences(document: Document) -> None:
    words = " ".join(p.text for p in document.provisions)
    assert [trace for trace in ("20-90107", "/4", "S/RES/") if trace in words] == []


def test_numbers_and_days_survive(document: Document) -> None:
    by_path = {p.path: p.text for p in document.provisions if p.role == "op"}
    assert "15 March 2021" in by_path["4"]
    assert "2,480" in by_path["5"]
    assert "415" in by_path["5"]
    assert "every three months" in by_path["14"]
    assert "within 90 days after the adoption" in by_path["15"]
