"""What somebody changes in the file, past the guards, the seal shows."""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from remit.records.sealing import make_block, verify_journal
from remit.records.signing import Ed25519Signer
from tests.contract.journal_suite import START, Maker

SIGNER = Ed25519Signer(bytes(range(32)))


@pytest.fixture
def sealed(journal: Any, maker: Maker) -> Any:
    """Return a journal of three blocks of two entries, and one entry that waits."""
    for nth in range(3):
        first = maker.recorded(f"X-{nth}", title=f"Title {nth}")
        journal.append([first, maker.amended(first.record, number_seen=nth)])
        journal.add_block(make_block(journal, journal.unsealed(), SIGNER, START))
    journal.append([maker.recorded("X-3", title="Waiting")])
    return journal


def test_an_untouched_journal_verifies(sealed: Any) -> None:
    found = verify_journal(sealed, SIGNER)
    assert (found.ok, found.blocks, found.entries, found.unsealed) == (True, 3, 6, 1)


def test_it_verifies_after_a_redaction(sealed: Any, maker: Maker) -> None:
    record = next(iter(sealed.entries())).record
    sealed.append([maker.entry("redacted", record, {}, {"fields": []})])
    sealed.erase(record, [])
    assert verify_journal(sealed, SIGNER).ok


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE journal_entry SET body = json_set(body, '$.facts.level', 'confidential') WHERE seq = 3",
        "UPDATE journal_entry SET body = json_set(body, '$.by.person', 'x'), person = 'x' WHERE seq = 3",
        "UPDATE journal_entry SET digest = 'f' || substr(digest, 2) WHERE seq = 3",
        "UPDATE journal_entry SET person = 'x' WHERE seq = 7",
        "DELETE FROM journal_entry WHERE seq = 3",
        "UPDATE journal_entry SET body = substr(body, 2) WHERE seq = 3",
        "UPDATE journal_entry SET body = replace(body, '\"version\": 1', '\"version\": 1e999') WHERE seq = 3",
        "UPDATE journal_entry SET body = '{' WHERE seq = 7",
        "UPDATE sealed_block SET entries = '[' WHERE number = 2",
        "UPDATE erasable_value SET blob = NULL, erased = '[\"title\"]' WHERE entry = (SELECT id FROM journal_entry WHERE seq = 1)",
        "DELETE FROM erasable_value WHERE entry = (SELECT id FROM journal_entry WHERE seq = 3)",
        "DELETE FROM sealed_block WHERE number = 2",
        "UPDATE sealed_block SET number = 12 - number; UPDATE sealed_block SET number = number - 8",
        "UPDATE sealed_block SET entries = '[]' WHERE number = 2",
        "UPDATE sealed_block SET signature = (SELECT signature FROM sealed_block WHERE number = 1) WHERE number = 2",
    ],
)
def test_tampering_is_found(sealed: Any, folder: Path, change: str) -> None:
    with sqlite3.connect(folder / "journal.sqlite3") as raw:
        raw.execute("PRAGMA ignore_check_constraints = ON")
        for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            raw.execute(f"DROP TRIGGER {name}")
        raw.executescript(change)
    raw.close()
    found = verify_journal(sealed, SIGNER)
    assert not found.ok
    assert found.first_problem is not None


def test_a_removed_mark_of_sealing_puts_the_entry_back_into_the_tail(sealed: Any, folder: Path) -> None:
    with sqlite3.connect(folder / "journal.sqlite3") as raw:
        raw.execute("DROP TRIGGER sealed_entry_no_delete")
        raw.execute("DELETE FROM sealed_entry WHERE block = 3")
    raw.close()
    assert len(sealed.unsealed()) == 3, "it is sealed twice rather than never"


@pytest.mark.parametrize("seed", range(40))
def test_any_changed_byte_of_what_is_sealed_is_found(sealed: Any, folder: Path, seed: int) -> None:
    chance = random.Random(seed)
    table, column, key = chance.choice([
        ("journal_entry", "body", "seq"), ("sealed_block", "entries", "number"), ("sealed_block", "root", "number"),
        ("sealed_block", "signature", "number"), ("sealed_block", "previous", "number"), ("erasable_value", "blob", "rowid"),
    ])  # fmt: skip
    with sqlite3.connect(folder / "journal.sqlite3") as raw:
        raw.execute("PRAGMA ignore_check_constraints = ON")
        for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            raw.execute(f"DROP TRIGGER {name}")
        rows = raw.execute(f"SELECT {key}, {column} FROM {table} WHERE length({column}) > 0").fetchall()
        row, value = chance.choice(rows)
        data = bytearray(value if isinstance(value, bytes) else value.encode())
        place = chance.randrange(len(data))
        data[place] = chance.choice([one for one in b"0123456789abcdef{}[],x" if one != data[place]])
        raw.execute(
            f"UPDATE {table} SET {column} = ? WHERE {key} = ?",
            [bytes(data) if isinstance(value, bytes) else data.decode(), row],
        )
    raw.close()
    found = verify_journal(sealed, SIGNER)
    assert not found.ok and found.first_problem is not None, (table, column, row, place)
