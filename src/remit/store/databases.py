"""The two databases of a workspace (journal, keys), each under a Django alias of its own.

An alias is made of the workspace's folder, so that two workspaces that are open in one process never meet: each journal
names its alias in every query. What Django itself reads (accounts, sessions) goes to the workspace that is attached.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any, NamedTuple

from django.db import connections

from remit.store.server import read_server

JOURNAL_FILE = "journal.sqlite3"
KEYS_FILE = "keys.sqlite3"
_JOURNAL, _KEYS = "journal-", "keys-"

# WAL: readers never wait for a writer. FULL: a commit is on the disk before it is acknowledged. secure_delete: what is
# erased is overwritten. recursive_triggers: a REPLACE meets the guards against deletion too.
_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
    "PRAGMA secure_delete=ON; PRAGMA recursive_triggers=ON;"
)
BUSY_SECONDS = 15.0


class Aliases(NamedTuple):
    """The Django aliases of a workspace's databases."""

    journal: str
    keys: str


def is_journal(alias: str) -> bool:
    """Return whether an alias is that of a journal database."""
    return alias.startswith(_JOURNAL)


def is_keys(alias: str) -> bool:
    """Return whether an alias is that of a keys database."""
    return alias.startswith(_KEYS)


def aliases_for(folder: Path) -> Aliases:
    """Return the aliases of the workspace in a folder."""
    name = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:16]
    return Aliases(_JOURNAL + name, _KEYS + name)


def sqlite(path: Path, *, busy_seconds: float = BUSY_SECONDS) -> dict[str, Any]:
    """Return Django's settings for an SQLite file."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": busy_seconds, "init_command": _PRAGMAS},
    }


def register(folder: Path, *, journal: dict[str, Any] | None = None, keys: dict[str, Any] | None = None) -> Aliases:
    """Make the databases of a workspace known to Django and return their aliases. Opens nothing yet.

    Args:
        folder: the workspace's.
        journal: Django's settings for its database; those that the folder names, unless given: a server's, or its file.
        keys: the same for the keys.
    """
    aliases = aliases_for(folder)
    server = read_server(folder) if journal is None or keys is None else None
    here = server.settings() if server else sqlite(folder / JOURNAL_FILE)
    apart = server.settings(keys=True) if server else sqlite(folder / KEYS_FILE)
    wanted = {aliases.journal: journal or here, aliases.keys: keys or apart}
    complete = connections.configure_settings({"default": {}, **wanted})
    for alias in aliases:
        if connections.databases.get(alias) != complete[alias]:
            close(alias)
            connections.databases[alias] = complete[alias]
    return aliases


def empty_log(alias: str) -> None:
    """Have SQLite move its write-ahead log into the database and empty it: erased values would stay readable there.

    Where somebody else is reading, the log is emptied as soon as the last of them is done.
    """
    connection = connections[alias]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def close(alias: str) -> None:
    """Close this thread's connection to a database and forget it."""
    for connection in connections.all(initialized_only=True):
        if connection.alias == alias:
            connection.close()
            del connections[alias]


def forget(aliases: Aliases) -> None:
    """Close a workspace's databases for this thread and take them off Django's list."""
    for alias in aliases:
        close(alias)
        connections.databases.pop(alias, None)


class WorkspaceRouter:
    """Sends what names no database (accounts, sessions) to the attached workspace, and keys to theirs."""

    attached: Aliases | None = None

    def db_for_read(self, model: type[Any], **_: Any) -> str | None:
        """Return where a model is read."""
        return self._alias(model)

    def db_for_write(self, model: type[Any], **_: Any) -> str | None:
        """Return where a model is written."""
        return self._alias(model)

    def _alias(self, model: type[Any]) -> str | None:
        if WorkspaceRouter.attached is None:
            return None
        return WorkspaceRouter.attached.keys if model.__name__ == "RecordKey" else WorkspaceRouter.attached.journal

    def allow_migrate(self, db: str, app_label: str, model_name: str | None = None, **_: Any) -> bool:
        """Return whether a database holds a model: keys hold ``RecordKey`` and nothing else, a journal all but it."""
        is_key = app_label == "remit_store" and model_name == "recordkey"
        if is_keys(db):
            return is_key
        return is_journal(db) and not is_key


def attach(aliases: Aliases | None) -> None:
    """Have what Django itself reads and writes go to this workspace."""
    WorkspaceRouter.attached = aliases
