"""The journal on PostgreSQL does what every journal does. A real server, started from a package; skipped without it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from remit.kernel.errors import Fault
from remit.records.journal import Block, Journal
from remit.records.types import RecordType
from tests.contract.journal_suite import START, JournalSuite, MakeJournal, Maker, suite_types
from tests.postgres import new_pair, server, template

__all__ = ["new_pair", "server", "template"]

pytestmark = pytest.mark.full


@pytest.fixture
def make_journal(new_pair: Callable[[], Any], tmp_path: Path) -> Iterator[MakeJournal]:
    """Return how to make an empty journal in databases of its own."""
    from remit.store.databases import forget, register
    from remit.store.journal import DjangoJournal

    numbers, opened = count(1), []

    def make(types: Mapping[str, RecordType]) -> Journal:
        there = new_pair()
        aliases = register(tmp_path / str(next(numbers)), journal=there.settings(), keys=there.settings(keys=True))
        opened.append(aliases)
        return DjangoJournal(aliases, types)

    yield make
    for aliases in opened:
        forget(aliases)


class TestPostgreSQLJournal(JournalSuite):
    """The suite, on PostgreSQL."""

    @pytest.fixture
    def make_journal(self, make_journal: MakeJournal) -> MakeJournal:
        """Return how to make an empty one."""
        return make_journal


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_entry SET person = 'x'",
        "DELETE FROM journal_entry",
        "TRUNCATE journal_entry",
        "DELETE FROM sealed_block",
    ],
)
def test_a_change_is_refused(make_journal: MakeJournal, tmp_path: Path, statement: str) -> None:
    from django.db import connections

    from remit.store.databases import aliases_for
    from remit.store.failures import failures

    journal, maker = make_journal(suite_types()), Maker()
    first = maker.recorded(title="Kept")
    journal.append([first])
    journal.add_block(Block(1, (first.id,), "r" * 64, "", 1, START, "d" * 64, "s" * 128))
    with (
        pytest.raises(Fault) as caught,
        failures(),
        connections[aliases_for(tmp_path / "1").journal].cursor() as cursor,
    ):
        cursor.execute(statement)
    assert caught.value.code == "JRN-031"
    assert list(journal.entries()) == [first]
