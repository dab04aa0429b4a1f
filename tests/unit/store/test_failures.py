"""When the machine fails: one clear fault, in both languages, and nothing half-written."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from remit.kernel.errors import Fault
from tests.contract.journal_suite import Maker, suite_types


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("JRN-031: journal_entry is only ever added to", "JRN-031"),
        ("database is locked", "JRN-033"),
        ("canceling statement due to lock timeout", "JRN-033"),
        ("database or disk is full", "JRN-034"),
        ("could not extend file: No space left on device", "JRN-034"),
        ("attempt to write a readonly database", "JRN-035"),
        ("permission denied for table journal_entry", "JRN-031"),
        ("permission denied for table person", "JRN-035"),
        ("unable to open database file", "JRN-036"),
        ("database disk image is malformed", "JRN-037"),
        ("file is not a database", "JRN-037"),
        ("no such table: journal_entry", "JRN-038"),
        ("the moon is full of cheese", "JRN-039"),
    ],
)
def test_what_a_database_says__has_a_code_and_a_remedy(said: str, code: str) -> None:
    from remit.store.failures import fault_of

    fault = fault_of(said)
    assert fault.code == code
    issue = fault.issues[0]
    assert issue.remedy is not None
    assert all(words.en and words.fr and words.en != words.fr for words in (issue.message, issue.remedy))


def _journal(folder: Path, **settings: Any) -> Any:
    from remit.store.databases import JOURNAL_FILE, register, sqlite
    from remit.store.journal import DjangoJournal

    database = sqlite(folder / JOURNAL_FILE, busy_seconds=0.05)
    database["OPTIONS"] |= settings.get("options", {})
    database["NAME"] = settings.get("name", database["NAME"])
    return DjangoJournal(register(folder, journal=database), suite_types())


def test_a_lock_held_by_another_program(folder: Path, maker: Maker) -> None:
    journal = _journal(folder)
    other = sqlite3.connect(folder / "journal.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        with pytest.raises(Fault) as caught:
            journal.append([maker.recorded()])
        assert list(journal.entries()) == [], "it may still be read"
    finally:
        other.execute("ROLLBACK")
        other.close()
    assert caught.value.code == "JRN-033"
    journal.append([maker.recorded()])


def test_a_full_disk(folder: Path, maker: Maker, open_journal: Callable[..., Any]) -> None:
    first = maker.recorded(title="Safe")
    open_journal(folder).append([first])
    pages = 20
    with sqlite3.connect(folder / "journal.sqlite3") as raw:
        pages += raw.execute("PRAGMA page_count").fetchone()[0]
    raw.close()
    journal = _journal(folder, options={"init_command": f"PRAGMA max_page_count={pages}"})
    many = [maker.recorded(str(nth), narrative="words " * 200) for nth in range(200)]
    with pytest.raises(Fault) as caught:
        journal.append(many)
    assert caught.value.code == "JRN-034"
    assert list(journal.entries()) == [first]
    assert journal.state_digest() == open_journal(folder).state_digest()


def test_a_database_that_may_only_be_read(folder: Path, maker: Maker) -> None:
    journal = _journal(folder, options={"init_command": "PRAGMA query_only=ON"})
    with pytest.raises(Fault) as caught:
        journal.append([maker.recorded()])
    assert caught.value.code == "JRN-035"
    assert list(journal.entries()) == []


def test_a_journal_opened_for_reading_only(folder: Path, maker: Maker, open_journal: Callable[..., Any]) -> None:
    journal = open_journal(folder, writable=False)
    with pytest.raises(Fault) as caught:
        journal.append([maker.recorded()])
    assert caught.value.code == "JRN-042"


def test_a_file_that_is_no_database(folder: Path, open_journal: Callable[..., Any]) -> None:
    for name in ("journal.sqlite3", "journal.sqlite3-wal", "journal.sqlite3-shm"):
        (folder / name).unlink(missing_ok=True)
    (folder / "journal.sqlite3").write_bytes(b"these are words, not a database" * 100)
    with pytest.raises(Fault) as caught:
        open_journal(folder)
    assert caught.value.code == "JRN-037"
