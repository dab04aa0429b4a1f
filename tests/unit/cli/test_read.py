"""``remit read``: the shapes that tools are built on, several files, a folder to write into, standard input."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from tests.unit.cli.conftest import Remit, listing

TEXT = Path(__file__).parents[3] / "missions" / "exercise" / "instrument.txt"
KEYS = {
    "provisions": {"role", "path", "text", "verbs", "span"},
    "obligations": {"path", "addressees", "force", "action", "conditions"},
    "clocks": {"path", "kind", "dates", "words"},
    "limits": {"path", "amount", "of", "words"},
    "citations": {"path", "symbol"},
    "references": {"path", "to"},
    "problems": {"code", "path", "message"},
}


def test_one_file_is_one_object_with_the_keys_that_tools_rely_on(remit: Remit) -> None:
    done = remit("read", TEXT)
    assert done.status == 0
    read = json.loads(done.out)
    assert (read["symbol"], read["adopted"], read["meeting"]) == ("S/RES/9901 (2020)", "2020-03-16", 9907)
    for name, keys in KEYS.items():
        assert read[name], name
        assert all(keys <= set(row) for row in read[name]), name
    source = TEXT.read_bytes().decode()
    assert all(0 <= row["span"][0] < row["span"][1] <= len(source) for row in read["provisions"])
    assert {row["kind"] for row in read["clocks"]} <= {"until", "deadline", "recurring"}


def test_several_files_are_a_list(remit: Remit, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_bytes(TEXT.read_bytes())
    done = remit("read", TEXT, other)
    assert done.status == 0 and [one["symbol"] for one in json.loads(done.out)] == ["S/RES/9901 (2020)"] * 2


def test_standard_input_is_a_file_called_dash(remit: Remit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.read_bytes())))
    assert json.loads(remit("read", "-").out)["symbol"] == "S/RES/9901 (2020)"
    refused = remit("read", "-", TEXT)
    assert refused.status == 2 and "CLI-022" in refused.err


def test_a_folder_gets_one_file_each_under_the_same_stem(remit: Remit, tmp_path: Path) -> None:
    done = remit("read", "--out", tmp_path / "read", "--jobs", 2, TEXT)
    assert done.status == 0 and done.out == ""
    assert "1 of 1" in done.err and list(listing(tmp_path / "read")) == ["instrument.json"]
    assert json.loads((tmp_path / "read" / "instrument.json").read_text("utf-8"))["symbol"] == "S/RES/9901 (2020)"


def test_an_outline_is_for_people(remit: Remit) -> None:
    done = remit("read", "--format", "text", "--language", "fr", TEXT)
    assert done.status == 0
    assert done.out.startswith("S/RES/9901 (2020)") and "para. 7" in done.out and "échéance" in done.out


BAD: dict[str, tuple[bytes | None, str]] = {
    "absent": (None, "CLI-021|RDG-002"),
    "empty": (b"", "TXT-001"),
    "binary": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, "TXT-004"),
    "no resolution": (b"Dear all,\n\nthe meeting is at noon.\n", "TXT-006"),
    "not UTF-8": (b"The Security Council,\n1. D\xe9cide que tout va bien;\n", "TXT-005"),
    "broken XML": (b"<akomaNtoso><debate", "TXT-007"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_resolution_is_said_with_file_and_remedy_and_nothing_is_written(
    remit: Remit, tmp_path: Path, name: str
) -> None:
    data, codes = BAD[name]
    file = tmp_path / "given.txt"
    if data is not None:
        file.write_bytes(data)
    out = tmp_path / "out"
    for arguments in (["read", file], ["read", "--language", "fr", file], ["read", "--out", out, file]):
        done = remit(*arguments)
        assert done.status == 2 and done.out == ""
        assert any(f"[{code}]" in done.err for code in codes.split("|")), done.err
        assert "given.txt" in done.err
    assert listing(out) == {}


def test_a_bad_file_does_not_keep_the_good_ones_from_being_read(remit: Remit, tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_bytes(b"")
    done = remit("read", tmp_path / "bad.txt", TEXT)
    assert done.status == 2 and "bad.txt" in done.err
    assert [one["symbol"] for one in json.loads(done.out)] == ["S/RES/9901 (2020)"]


def test_two_files_of_one_stem_are_refused_before_anything_is_written(remit: Remit, tmp_path: Path) -> None:
    (tmp_path / "instrument.xml").write_bytes(TEXT.read_bytes())
    done = remit("read", "--out", tmp_path / "out", TEXT, tmp_path / "instrument.xml")
    assert done.status == 2 and "RDG-001" in done.err
    assert not (tmp_path / "out").exists()


def test_a_folder_in_the_place_of_a_file_and_a_file_in_the_place_of_a_folder(remit: Remit, tmp_path: Path) -> None:
    assert "CLI-018" in remit("read", tmp_path).err
    assert "CLI-019" in remit("read", "--out", TEXT, TEXT).err
    (tmp_path / "file").write_text("here")
    done = remit("read", "--out", tmp_path / "file" / "deeper", TEXT)
    assert done.status == 2 and "CLI-023" in done.err
