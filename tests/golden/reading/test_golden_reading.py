"""Resolution 2364 (2017), as extracted and as official XML, against what was reviewed.

The goldens hold paths, offsets, digests, days, amounts, symbols and names, never sentences. After a change that is
meant: ``REMIT_CORPUS=… python -m tests.golden.reading.reset``, and review the difference.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from remit.services.reading import read_file, to_json
from tests.golden.reading.digest import FOLDER, SOURCES, digest_of_file


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_reading_is_as_reviewed(corpus: Path, name: str) -> None:
    expected = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    found = json.loads(json.dumps(digest_of_file(corpus / SOURCES[name])))
    for part, rows in expected.items():
        assert found[part] == rows, part


@pytest.fixture(scope="module")
def readings(corpus: Path) -> dict[str, dict[str, Any]]:
    return {name: to_json(read_file((corpus / source).read_bytes(), name)) for name, source in SOURCES.items()}


def test_the_extracted_text_has_every_place_of_the_official_xml(readings: dict[str, dict[str, Any]]) -> None:
    places = {name: [(one["role"], one["path"]) for one in reading["provisions"]] for name, reading in readings.items()}
    assert places["2364-text"] == places["2364-xml"]


def test_the_words_are_the_same_but_for_the_two_damaged_places(readings: dict[str, dict[str, Any]]) -> None:
    text, xml = (
        {one["key"]: one["text"].replace("\u2011", "-") for one in readings[name]["provisions"]}
        for name in ("2364-text", "2364-xml")
    )
    assert {key for key in xml if text.get(key) != xml[key]} == {"20", "48.i"}
    damaged = {one["path"] for one in readings["2364-text"]["problems"] if one["code"] in ("TXT-101", "TXT-102")}
    assert damaged == {"20", "48.i"}


def test_what_the_mandate_sets(readings: dict[str, dict[str, Any]]) -> None:
    for reading in readings.values():
        assert (reading["symbol"], reading["adopted"], reading["meeting"]) == ("S/RES/2364 (2017)", "2017-06-29", 7991)
        assert [(one["path"], one["kind"], one["dates"]) for one in reading["clocks"]] == [
            ("15", "until", ["2018-06-30"]),
            ("37", "until", ["2018-06-30"]),
            ("47", "recurring", ["2017-09-29", "2017-12-29", "2018-03-29", "2018-06-29"]),
            ("48", "deadline", ["2017-12-26"]),
        ]
        assert [(one["path"], one["amount"], one["of"]) for one in reading["limits"]] == [
            ("16", 13289, "military personnel"),
            ("16", 1920, "police personnel"),
        ]
        assert [one["to"] for one in reading["references"] if one["path"] == "47.ii"] == [
            "31",
            "32",
            "33",
            "34",
            "35",
            "36",
        ]
        assert {"path": "45", "to": "20.a.ii"} in reading["references"]
        assert not [one for one in reading["references"] if one["path"] == "22.d"]


def test_the_press_summary_is_no_resolution(corpus: Path) -> None:
    file = corpus / "resolutions" / "summary_2364.txt"
    with pytest.raises(Exception, match="TXT-006"):
        read_file(file.read_bytes(), file.name)
