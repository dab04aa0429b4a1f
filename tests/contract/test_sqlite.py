"""The journal on SQLite does what every journal does."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count
from pathlib import Path

import pytest

from remit.records.journal import Journal
from remit.records.types import RecordType
from tests.contract.journal_suite import JournalSuite, MakeJournal, Maker, suite_types
from tests.workspaces import copy_tables


@pytest.fixture
def make_journal(tmp_path: Path) -> MakeJournal:
    """Return how to make an empty journal in a folder of its own."""
    numbers = count(1)

    def make(types: Mapping[str, RecordType]) -> Journal:
        folder = tmp_path / str(next(numbers))
        copy_tables(folder)
        from remit.store.databases import register
        from remit.store.journal import DjangoJournal

        return DjangoJournal(register(folder), types)

    return make


class TestSQLiteJournal(JournalSuite):
    """The suite, on SQLite."""

    @pytest.fixture
    def make_journal(self, make_journal: MakeJournal) -> MakeJournal:
        """Return how to make an empty one."""
        return make_journal


def test_a_thousand_entries_come_in_one_call(make_journal: MakeJournal) -> None:
    journal, maker = make_journal(suite_types()), Maker()
    values = {f"value_{nth}": f"some words of no great length {nth}" for nth in range(10)}
    entries = [maker.recorded(str(nth), title="Title", number_seen=nth, **values) for nth in range(1000)]
    journal.append(entries)
    assert [entry.id for entry in journal.entries()] == [entry.id for entry in entries]
