"""Guards in the database that keep the journal append-only, whoever writes to it.

SQLite drops triggers silently when Django rebuilds a table; they are put back after each migration, and a workspace is
not opened for writing without them.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connections

from remit.kernel.errors import Fault
from remit.store.failures import GUARD_MARK, failures

GUARDED = {
    "journal_entry": ("seq", "id"),
    "sealed_block": ("number", "digest"),
    "sealed_entry": ("entry",),
    "record_seen": (),
}
"""The guarded tables and their unique columns: a REPLACE that meets a known value would remove the row that stands.
Readings have none: a REPLACE of one takes its like away, and no more."""


def _sqlite(table: str, unique: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    refusal = f"SELECT RAISE(ABORT, '{GUARD_MARK}: {table} is only ever added to')"
    for event in ("UPDATE", "DELETE"):
        name = f"{table}_no_{event.lower()}"
        yield name, f"CREATE TRIGGER {name} BEFORE {event} ON {table} BEGIN {refusal}; END"
    if not unique:  # a reading that is known is passed over, and takes nothing with it
        return
    # Names of our own, above: nothing that anybody typed comes into these statements.
    known = " OR ".join(f"{column} = NEW.{column}" for column in unique)
    name = f"{table}_no_replace"
    yield (
        name,
        f"CREATE TRIGGER {name} BEFORE INSERT ON {table} BEGIN {refusal} WHERE EXISTS (SELECT 1 FROM {table} WHERE {known}); END",  # noqa: S608 - names of our own, above
    )


def _postgresql(table: str) -> Iterator[tuple[str, str]]:
    name = f"{table}_no_change"
    yield (
        name,
        f"CREATE TRIGGER {name} BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION remit_only_added_to()",
    )
    name = f"{table}_no_truncate"
    yield (
        name,
        f"CREATE TRIGGER {name} BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION remit_only_added_to()",
    )


_POSTGRESQL_FUNCTION = f"""
CREATE OR REPLACE FUNCTION remit_only_added_to() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{GUARD_MARK}: % is only ever added to', TG_TABLE_NAME; END $$
"""


def _wanted(vendor: str) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for table, unique in GUARDED.items():
        for name, sql in _sqlite(table, unique) if vendor == "sqlite" else _postgresql(table):
            found[name] = (table, sql)
    return found


def install_guards(alias: str) -> None:
    """Put all guards in place, replacing those that stand."""
    connection = connections[alias]
    with failures(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRESQL_FUNCTION)
        for name, (table, sql) in _wanted(connection.vendor).items():
            on_table = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")
            cursor.execute(sql)


def missing_guards(alias: str) -> tuple[str, ...]:
    """Return the names of the guards that are not there, or not as they should be."""
    connection = connections[alias]
    with failures(), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            standing = dict(cursor.fetchall())
            return tuple(name for name, (_, sql) in _wanted("sqlite").items() if standing.get(name) != sql)
        cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'")
        names = {name for (name,) in cursor.fetchall()}
        return tuple(name for name in _wanted(connection.vendor) if name not in names)


def require_guards(alias: str) -> None:
    """Refuse to go on without the guards.

    Raises:
        Fault: JRN-032, some are missing.
    """
    missing = missing_guards(alias)
    if missing:
        raise Fault.of(
            "JRN-032",
            f"The guards that keep the journal append-only are missing ({', '.join(missing)}): it is not opened for writing.",
            f"Les gardes qui protègent le journal manquent ({', '.join(missing)}) : il n’est pas ouvert en écriture.",
            do_en="Run `remit verify` to see that nothing was changed, then `python -m remit.config.guarding DIR` to put them back.",
            do_fr="Lancez `remit verify` pour voir si rien n’a changé, puis `python -m remit.config.guarding DIR` pour les remettre.",
        )
