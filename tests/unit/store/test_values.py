"""Values stand apart from what is sealed, encrypted; their keys stand apart from both."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from remit.kernel.errors import Fault
from tests.contract.journal_suite import Maker


def _tables(file: Path) -> set[str]:
    with sqlite3.connect(file) as raw:
        found = {name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    raw.close()
    return found


def _bytes(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.iterdir() if file.name.startswith("journal.sqlite3"))


def test_keys_stand_in_a_file_of_their_own(folder: Path) -> None:
    assert "record_key" not in _tables(folder / "journal.sqlite3")
    ours = _tables(folder / "keys.sqlite3") - {"django_migrations", "sqlite_sequence"}
    assert ours == {"record_key"}


def test_the_journal_without_its_projection_holds_no_plain_value(journal: Any, folder: Path, maker: Maker) -> None:
    journal.append([maker.recorded(title="Unmistakable heron")])
    with sqlite3.connect(folder / "journal.sqlite3") as raw:
        rows = [*raw.execute("SELECT body FROM journal_entry"), *raw.execute("SELECT blob FROM erasable_value")]
    raw.close()
    assert rows
    assert not any(b"heron" in (cell if isinstance(cell, bytes) else cell.encode()) for (cell,) in rows)


@pytest.mark.parametrize("fields", [["title"], []])
def test_an_erased_value_is_in_no_byte_of_the_files(
    journal: Any, folder: Path, maker: Maker, fields: list[str]
) -> None:
    first = maker.recorded(title="Unmistakable heron", narrative="Kept stork")
    journal.append([first, maker.recorded("X-2", title="Beside")])
    assert b"Unmistakable heron" in _bytes(folder)
    journal.erase(first.record, fields)
    assert b"nmistakable heron" not in _bytes(folder)
    assert (b"Kept stork" in _bytes(folder)) is bool(fields)


def test_an_erasure_that_is_undone_with_its_transaction_destroys_no_key(journal: Any, maker: Maker) -> None:
    first = maker.recorded(title="Still there")
    journal.append([first])
    for fields in (["title"], []):
        with pytest.raises(ZeroDivisionError), journal.transaction():
            journal.erase(first.record, fields)
            _ = 1 // 0
        assert journal.entry(first.id) == first
    journal.append([maker.amended(first.record, number_seen=2)])
    journal.erase(first.record, ["title"])
    assert journal.get(first.record).values == {"number_seen": 2}


def test_what_is_recorded_in_the_transaction_after_an_erasure_can_be_read(journal: Any, maker: Maker) -> None:
    first = maker.recorded(title="Gone")
    journal.append([first])
    later = maker.amended(first.record, narrative="Stays")
    with journal.transaction():
        journal.erase(first.record, [])
        journal.append([later])
    assert journal.entry(later.id) == later
    assert journal.get(first.record).values == {"narrative": "Stays"}


def test_a_lost_key_is_said__and_takes_no_other_record_with_it(
    journal: Any, folder: Path, maker: Maker, open_journal: Callable[..., Any]
) -> None:
    first, second = maker.recorded(title="Locked"), maker.recorded("X-2", title="Open")
    journal.append([first, second])
    with sqlite3.connect(folder / "keys.sqlite3") as raw:
        raw.execute("DELETE FROM record_key WHERE record = ?", [first.record])
    raw.close()
    with pytest.raises(Fault) as caught:
        journal.entry(first.id)
    assert caught.value.code == "ERA-012"
    assert journal.check(first.id).code == "ERA-012"
    assert journal.entry(second.id) == second
    assert journal.check(second.id) is None


def test_values_that_vanish_without_a_redaction_are_noticed(journal: Any, folder: Path, maker: Maker) -> None:
    first = maker.recorded(title="Here")
    journal.append([first])
    with sqlite3.connect(folder / "journal.sqlite3") as raw:
        raw.execute("DELETE FROM erasable_value")
    raw.close()
    with pytest.raises(Fault) as caught:
        list(journal.entries())
    assert caught.value.code == "JRN-040"
    assert journal.check(first.id).code == "JRN-040"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ("UPDATE journal_entry SET record = 'another'", "JRN-041"),
        ("UPDATE journal_entry SET at = '2031-01-01 00:00:00'", "JRN-041"),
        ("UPDATE journal_entry SET body = replace(body, 'unclassified', 'confidential')", "SEA-011"),
        ("UPDATE journal_entry SET body = '{}'", "JRN-041"),
        ("UPDATE journal_entry SET body = '[1]'", "JRN-041"),
        ("UPDATE erasable_value SET blob = CAST(x'00' || substr(blob, 2) AS BLOB)", "ERA-011"),
        ("UPDATE erasable_value SET blob = x'ff00' || 'text'", "JRN-037"),
        ("UPDATE erasable_value SET blob = NULL", "SEA-013"),
    ],
)
def test_a_change_behind_the_guards_is_found(journal: Any, folder: Path, maker: Maker, change: str, code: str) -> None:
    first = maker.recorded(title="Here")
    journal.append([first])
    with sqlite3.connect(folder / "journal.sqlite3") as raw:
        raw.execute("DROP TRIGGER journal_entry_no_update")
        raw.execute(change)
    raw.close()
    assert journal.check(first.id).code == code
