"""DuckDB over the Parquet files of snapshots. No extension is fetched, nothing is written, no row is kept in memory.

One database in memory serves all snapshots; each connection to it has views of its own over one snapshot's files.
Connections are used again, by one thread at a time.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from threading import Lock
from typing import Any

import duckdb

from remit.measures.bounds import END, PART_END, PART_START, PARTS, START
from remit.measures.databases import Bounds, Connection, Pool, failed, unreadable
from remit.measures.lazy import Dialect
from remit.measures.plans import Query
from remit.measures.snapshot import Snapshot

_OFFLINE: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}


class Duck:
    """One connection to the tables of one snapshot, for one thread at a time."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, snapshot: Snapshot) -> None:
        self._connection, self.snapshot = connection, snapshot
        self._views: set[str] = set()
        self._bounds: Bounds | None = None
        self._parts: Sequence[Bounds] | None = None
        for name in (START, END):
            connection.execute(f"CREATE TEMP MACRO {name}() AS getvariable('{name}')")

    def rows(self, query: Query, bounds: Bounds, parts: Sequence[Bounds] = ()) -> list[dict[str, Any]]:
        """Run a query for a period and return its rows, by column.

        Args:
            query: what to run.
            bounds: the period's first instant and its end.
            parts: the bounds of its parts, for a query that reads them.

        Raises:
            Fault: MEA-021, with what DuckDB said; MEA-022, a table of the snapshot cannot be read.
        """
        self._view(query.tables)
        try:
            self._set(bounds, parts if query.parted else None)
            found = self._connection.execute(query.sql).fetchall()
        except duckdb.Error as error:
            raise failed("DuckDB", self.snapshot, error) from error
        return [dict(zip(query.columns, row, strict=True)) for row in found]

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def _view(self, tables: Sequence[str]) -> None:
        for table in tables:
            if table in self._views:
                continue
            path = str(self.snapshot.folder / f"{table}.parquet").replace("'", "''")
            try:
                self._connection.execute(f"CREATE TEMP VIEW \"{table}\" AS SELECT * FROM read_parquet('{path}')")  # noqa: S608 - both are ours
            except duckdb.Error as error:
                raise unreadable(self.snapshot, error) from error
            self._views.add(table)

    def _set(self, bounds: Bounds, parts: Sequence[Bounds] | None) -> None:
        if bounds != self._bounds:
            for name, at in zip((START, END), bounds, strict=True):
                self._connection.execute(f"SET VARIABLE {name} = {_literal(at)}")
            self._bounds = bounds
        if parts is None or parts == self._parts:
            return
        given = ", ".join(f"{{'{PART_START}': {_literal(a)}, '{PART_END}': {_literal(b)}}}" for a, b in parts)
        self._connection.execute(f"SET VARIABLE {PARTS} = [{given}]")
        if self._parts is None:
            self._connection.execute(
                f"CREATE TEMP VIEW {PARTS} AS SELECT unnest(getvariable('{PARTS}'), max_depth := 2)"
            )
        self._parts = parts


class DuckDatabase:
    """A DuckDB in memory and its idle connections. Shared between threads; opened when first used."""

    dialect: Dialect = "duckdb"

    def __init__(self) -> None:
        self._lock = Lock()
        self._root: duckdb.DuckDBPyConnection | None = None
        self._pool = Pool(self._open)

    def connection(self, snapshot: Snapshot) -> AbstractContextManager[Connection]:
        """Lend a connection to a snapshot's tables."""
        return self._pool.lend(snapshot)

    def close(self) -> None:
        """Close what is idle, and the database; it opens again when it is used again."""
        self._pool.close()
        with self._lock:
            if self._root is not None:
                self._root.close()
                self._root = None

    def _open(self, snapshot: Snapshot) -> Duck:
        with self._lock:
            if self._root is None:
                self._root = duckdb.connect(":memory:", config=_OFFLINE)
            return Duck(self._root.cursor(), snapshot)


def _literal(at: datetime) -> str:
    return f"TIMESTAMP '{at.isoformat(sep=' ')}'"
