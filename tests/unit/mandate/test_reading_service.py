"""Reading as a service: the fixed JSON, several files, nothing half-written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from remit.kernel.errors import BadInput
from remit.services.reading import ReadFile, read_file, save_readings, to_json

TEXT = (
    "S/RES/9999 (2031)\nResolution 9999 (2031)\nAdopted by the Security Council at its 9998th meeting, on 31 January 2031\n"
    "The Security Council,\nRecalling resolution 9998 (2031),\n"
    "1. Decides to extend the mandate of UNXMT until 30 November 2031;\n2. Requests the Secretary-General to report on paragraph 1 above;\n"
)


def test_the_json_keeps_its_names() -> None:
    found = to_json(read_file(TEXT.encode(), "a.txt"))
    assert {
        "symbol",
        "adopted",
        "meeting",
        "provisions",
        "obligations",
        "clocks",
        "limits",
        "citations",
        "references",
        "problems",
    } <= set(found)
    assert (found["symbol"], found["adopted"], found["meeting"]) == ("S/RES/9999 (2031)", "2031-01-31", 9998)
    assert {"role", "path", "text", "verbs", "span", "key"} <= set(found["provisions"][0])
    assert {"path", "addressees", "force", "action", "conditions"} <= set(found["obligations"][0])
    assert {"path", "kind", "dates", "words"} <= set(found["clocks"][0])
    assert found["references"] == [{"path": "2", "to": "1"}]
    assert found["citations"] == [{"path": "pp.1", "symbol": "S/RES/9998 (2031)"}]
    json.dumps(found)


def test_every_obligation_and_clock_points_to_its_characters() -> None:
    reading = read_file(TEXT.encode(), "a.txt")
    (clock,) = reading.asked.clocks
    assert clock.span is not None
    assert reading.document.source[slice(*clock.span)] == "until 30 November 2031"
    for one in reading.asked.obligations:
        assert one.span is not None
        assert reading.document.source[slice(*one.span)].startswith(one.force)


@pytest.mark.parametrize("jobs", [1, 2])
def test_several_files_bad_ones_reported_and_the_others_done(tmp_path: Path, jobs: int) -> None:
    good, bad, absent = tmp_path / "good.txt", tmp_path / "bad.txt", tmp_path / "absent.txt"
    good.write_text(TEXT, "utf-8")
    bad.write_bytes(b"%PDF-1.4")
    told: list[ReadFile] = []
    done = save_readings([good, bad, absent], tmp_path / "out", jobs=jobs, progress=told.append)
    assert [one.issues[0].code if one.issues else "" for one in done] == ["", "TXT-002", "RDG-002"]
    assert list(done) == told
    assert [file.name for file in (tmp_path / "out").iterdir()] == ["good.json"]
    assert json.loads((tmp_path / "out" / "good.json").read_text("utf-8"))["symbol"] == "S/RES/9999 (2031)"


def test_two_files_of_one_stem_are_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as caught:
        save_readings([tmp_path / "a" / "x.txt", tmp_path / "b" / "x.xml"], tmp_path / "out")
    assert caught.value.code == "RDG-001"
    assert not (tmp_path / "out").exists()
