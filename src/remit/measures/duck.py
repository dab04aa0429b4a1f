"""DuckDB over the Parquet files of snapshots. No extension is fetched, nothing is written, no row is kept in memory.

One database in memory serves all snapshots; each connection to it has views of its own over one snapshot's files.
Connections are used again, by one thread at a time.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from threading import Lock
from typing import Any

import duckdb
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from remit.measures.bounds import END, PART_END, PART_START, PARTS, START
from remit.measures.faults import fault
from remit.measures.plans import Query
from remit.measures.snapshot import Snapshot

_OFFLINE: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}
_IDLE = 8
"""How many connections wait to be used again: two threads may ask for figures of some snapshots each."""

Bounds = tuple[datetime, datetime]


class Schemas(Mapping[str, Any]):
    """The Arrow schemas of a snapshot's tables; a file is opened when its table is first asked for.

    Raises:
        Fault: MEA-022, a table of the snapshot is missing or is no Parquet.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._known: dict[str, Any] = {}

    def __getitem__(self, table: str) -> Any:
        if table not in self._snapshot.tables:
            raise KeyError(table)
        if table not in self._known:
            try:
                self._known[table] = pq.read_schema(self._snapshot.folder / f"{table}.parquet")
            except (OSError, ValueError) as error:
                raise _unreadable(self._snapshot, error) from error
        return self._known[table]

    def __iter__(self) -> Iterator[str]:
        return iter(self._snapshot.tables)

    def __len__(self) -> int:
        return len(self._snapshot.tables)

    def __contains__(self, table: object) -> bool:
        return table in self._snapshot.tables


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
            raise fault(
                "MEA-021",
                f"DuckDB could not compute on the snapshot {self.snapshot.name}: {error}.",
                f"DuckDB n’a pas pu calculer sur l’instantané {self.snapshot.name} : {error}.",
                "If the files are damaged, drop the snapshot; otherwise report the measure and this message.",
                "Si les fichiers sont abîmés, supprimez l’instantané ; sinon signalez la mesure et ce message.",
            ) from error
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
                raise _unreadable(self.snapshot, error) from error
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


class Database:
    """A DuckDB in memory and its idle connections. Shared between threads; opened when first used."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._root: duckdb.DuckDBPyConnection | None = None
        self._idle: deque[Duck] = deque()

    @contextmanager
    def connection(self, snapshot: Snapshot) -> Iterator[Duck]:
        """Lend a connection to a snapshot's tables; it is taken back, or closed where its use failed."""
        duck = self._take(snapshot)
        try:
            yield duck
        except BaseException:
            duck.close()
            raise
        self._take_back(duck)

    def close(self) -> None:
        """Close what is idle, and the database; it opens again when it is used again."""
        with self._lock:
            while self._idle:
                self._idle.pop().close()
            if self._root is not None:
                self._root.close()
                self._root = None

    def _take(self, snapshot: Snapshot) -> Duck:
        with self._lock:
            for duck in self._idle:
                if duck.snapshot == snapshot:
                    self._idle.remove(duck)
                    return duck
            if self._root is None:
                self._root = duckdb.connect(":memory:", config=_OFFLINE)
            connection = self._root.cursor()
        return Duck(connection, snapshot)

    def _take_back(self, duck: Duck) -> None:
        with self._lock:
            self._idle.append(duck)
            gone = [self._idle.popleft() for _ in range(len(self._idle) - _IDLE)]
        for one in gone:
            one.close()


def _literal(at: datetime) -> str:
    return f"TIMESTAMP '{at.isoformat(sep=' ')}'"


def _unreadable(snapshot: Snapshot, error: Exception) -> Exception:
    return fault(
        "MEA-022",
        f"The snapshot {snapshot.name} in {snapshot.folder} cannot be read: {error}.",
        f"L’instantané {snapshot.name} dans {snapshot.folder} ne peut pas être lu : {error}.",
        "Drop it; it is built anew from the journal.",
        "Supprimez-le ; il est reconstruit à partir du journal.",
    )
