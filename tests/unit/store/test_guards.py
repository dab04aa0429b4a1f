"""Nothing in the journal is changed or removed, whoever tries."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from remit.kernel.errors import Fault
from remit.records.journal import Block
from tests.contract.journal_suite import START, Maker

CHANGES = [
    "UPDATE journal_entry SET person = 'somebody else'",
    "UPDATE journal_entry SET seq = seq + 100",
    "DELETE FROM journal_entry",
    "REPLACE INTO journal_entry SELECT * FROM journal_entry",
    "INSERT OR REPLACE INTO journal_entry (seq, id, kind, record, other, type, version, at, person, role, digest, body)"
    " SELECT 99, id, kind, record, other, type, version, at, 'x', role, digest, body FROM journal_entry",
    "UPDATE sealed_block SET root = ''",
    "DELETE FROM sealed_block",
    "REPLACE INTO sealed_block SELECT * FROM sealed_block",
    "UPDATE sealed_entry SET block = 7",
    "DELETE FROM sealed_entry",
]


@pytest.fixture
def filled(journal: Any, maker: Maker) -> Any:
    """Return a journal of one sealed entry."""
    first = maker.recorded(title="Kept")
    journal.append([first])
    journal.add_block(Block(1, (first.id,), "r" * 64, "", 1, START, "d" * 64, "s" * 128))
    return journal


@pytest.mark.parametrize("statement", CHANGES)
def test_a_change_is_refused__through_django(filled: Any, folder: Path, statement: str) -> None:
    from django.db import connections

    from remit.store.databases import aliases_for
    from remit.store.failures import failures

    with pytest.raises(Fault) as caught, failures(), connections[aliases_for(folder).journal].cursor() as cursor:
        cursor.execute(statement)
    assert caught.value.code == "JRN-031"
    assert [entry.by.person for entry in filled.entries()] == ["clerk-a"]


@pytest.mark.parametrize("statement", CHANGES)
def test_a_change_is_refused__through_any_other_program(filled: Any, folder: Path, statement: str) -> None:
    with sqlite3.connect(folder / "journal.sqlite3") as raw, pytest.raises(sqlite3.IntegrityError, match="JRN-031"):
        raw.execute(statement)
    raw.close()
    assert len(list(filled.entries())) == len(filled.blocks()) == 1


def test_django_loses_the_guards_when_it_rebuilds_a_table__and_migrating_puts_them_back(
    filled: Any, folder: Path, open_journal: Callable[..., Any], maker: Maker
) -> None:
    from django.db import connections, models

    from remit.config.opening import migrate
    from remit.store.databases import aliases_for
    from remit.store.guards import missing_guards
    from remit.store.models import JournalEntry

    alias = aliases_for(folder).journal
    assert missing_guards(alias) == ()
    longer = models.CharField(max_length=32)
    longer.set_attributes_from_name("kind")
    longer.model = JournalEntry
    with connections[alias].schema_editor() as editor:
        editor.alter_field(JournalEntry, JournalEntry._meta.get_field("kind"), longer)
    assert set(missing_guards(alias)) == {f"journal_entry_no_{what}" for what in ("update", "delete", "replace")}

    with pytest.raises(Fault) as caught:
        open_journal(folder)
    assert caught.value.code == "JRN-032"
    assert len(list(open_journal(folder, writable=False).entries())) == 1, "it may still be read"

    migrate(folder)
    assert missing_guards(alias) == ()
    open_journal(folder).append([maker.recorded("X-2")])


def test_a_guard_that_was_weakened_is_noticed(filled: Any, folder: Path, open_journal: Callable[..., Any]) -> None:
    with sqlite3.connect(folder / "journal.sqlite3") as raw:
        raw.execute("DROP TRIGGER journal_entry_no_delete")
        raw.execute("CREATE TRIGGER journal_entry_no_delete BEFORE DELETE ON journal_entry BEGIN SELECT 1; END")
    raw.close()
    with pytest.raises(Fault, match="journal_entry_no_delete"):
        open_journal(folder)


def test_each_guarded_table_is_one_of_ours() -> None:
    from remit.store.guards import GUARDED
    from remit.store.models import JournalEntry, RecordSeen, SealedBlock, SealedEntry

    assert set(GUARDED) == {model._meta.db_table for model in (JournalEntry, RecordSeen, SealedBlock, SealedEntry)}
