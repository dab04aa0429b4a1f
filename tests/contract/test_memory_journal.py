"""The journal in memory does what every journal does."""

from __future__ import annotations

import pytest

from remit.records.memory import MemoryJournal
from tests.contract.journal_suite import JournalSuite, MakeJournal, Maker, suite_types


class TestMemoryJournal(JournalSuite):
    """The suite, on the journal in memory."""

    @pytest.fixture
    def make_journal(self) -> MakeJournal:
        """Return how to make an empty one."""
        return MemoryJournal


def test_a_thousand_entries_come_in_one_call() -> None:
    journal, maker = MemoryJournal(suite_types()), Maker()
    values = {f"value_{nth}": f"some words of no great length {nth}" for nth in range(10)}
    entries = [maker.recorded(str(nth), title="Title", number_seen=nth, **values) for nth in range(1000)]
    journal.append(entries)
    assert [entry.id for entry in journal.entries()] == [entry.id for entry in entries]
