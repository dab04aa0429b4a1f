"""PostgreSQL over the Parquet files of snapshots: each table that a query reads is copied into a temporary table first.

Temporary tables are seen by their own session alone and go with it; the application's role needs no right but to make
them. PostgreSQL serves those who have it and nothing else, and is the second opinion on every figure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from remit.measures.bounds import END, PART_END, PART_START, PARTS, START
from remit.measures.databases import Bounds, Connection, Pool, failed, not_installed, not_reached, unreadable
from remit.measures.lazy import Dialect
from remit.measures.plans import Query
from remit.measures.snapshot import Snapshot

_BATCH = 10_000
"""How many rows are read from a file at once."""


class PostgresDatabase:
    """A server's database and its idle connections. Shared between threads.

    Args:
        address: what libpq takes: ``postgresql://user@host:port/name`` or ``host=… dbname=…``. A password comes from
            ``~/.pgpass`` or PGPASSWORD.
    """

    dialect: Dialect = "postgresql"

    def __init__(self, address: str) -> None:
        self._address = address
        self._pool = Pool(self._open, most=2)

    def connection(self, snapshot: Snapshot) -> AbstractContextManager[Connection]:
        """Lend a connection to a snapshot's tables."""
        return self._pool.lend(snapshot)

    def close(self) -> None:
        """Close what is idle: with the sessions go their tables."""
        self._pool.close()

    def _open(self, snapshot: Snapshot) -> PostgresTables:
        try:
            import psycopg  # noqa: PLC0415 - an extra: without it there is DuckDB
        except ImportError:
            raise not_installed("PostgreSQL", "postgres") from None
        try:
            session = psycopg.connect(
                self._address,
                autocommit=True,
                connect_timeout=15,
                options="-c timezone=UTC -c client_min_messages=error",
            )
        except psycopg.Error as error:
            raise not_reached("PostgreSQL", error) from None
        return PostgresTables(session, snapshot)


class PostgresTables:
    """One session with the tables of one snapshot, for one thread at a time."""

    def __init__(self, session: Any, snapshot: Snapshot) -> None:
        self._session, self.snapshot = session, snapshot
        self._loaded: set[str] = set()
        self._parts: Sequence[Bounds] | None = None

    def rows(self, query: Query, bounds: Bounds, parts: Sequence[Bounds] = ()) -> list[dict[str, Any]]:
        """Run a query for a period and return its rows, by column (``remit.measures.databases.Connection``)."""
        import psycopg  # noqa: PLC0415 - it is there: the session is open

        try:
            with self._session.cursor() as cursor:
                for table in query.tables:
                    self._load(cursor, table)
                for name, at in zip((START, END), bounds, strict=True):
                    cursor.execute("SELECT set_config(%s, %s, false)", [f"remit.{name}", at.isoformat(sep=" ")])
                if query.parted:
                    self._set_parts(cursor, parts)
                found = cursor.execute(query.sql.encode()).fetchall()
        except psycopg.Error as error:
            raise failed("PostgreSQL", self.snapshot, error) from error
        return [dict(zip(query.columns, row, strict=True)) for row in found]

    def close(self) -> None:
        """Close the session."""
        self._session.close()

    def _load(self, cursor: Any, table: str) -> None:
        """Copy a table of the snapshot, once a session."""
        if table in self._loaded:
            return
        try:
            file = pq.ParquetFile(self.snapshot.folder / f"{table}.parquet")
        except (OSError, ValueError) as error:
            raise unreadable(self.snapshot, error) from error
        with file:
            types = [_type_of(column.type) for column in file.schema_arrow]
            columns = ", ".join(f'"{name}" {kind}' for name, kind in zip(file.schema_arrow.names, types, strict=True))
            cursor.execute(f'CREATE TEMP TABLE "{table}" ({columns})')
            with cursor.copy(f'COPY "{table}" FROM STDIN (FORMAT BINARY)') as copy:
                copy.set_types(types)
                for row in _rows_of(file, self.snapshot):
                    copy.write_row(row)
        cursor.execute(f'ANALYZE "{table}"')
        self._loaded.add(table)

    def _set_parts(self, cursor: Any, parts: Sequence[Bounds]) -> None:
        if parts == self._parts:
            return
        cursor.execute(f"CREATE TEMP TABLE IF NOT EXISTS {PARTS} ({PART_START} timestamp, {PART_END} timestamp)")
        cursor.execute(f"TRUNCATE {PARTS}")
        with cursor.copy(f"COPY {PARTS} FROM STDIN") as copy:
            for part in parts:
                copy.write_row(part)
        self._parts = parts


def _rows_of(file: pq.ParquetFile, snapshot: Snapshot) -> Iterator[tuple[Any, ...]]:
    try:
        for batch in file.iter_batches(_BATCH):
            yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)
    except (OSError, ValueError) as error:
        raise unreadable(snapshot, error) from error


def _type_of(kind: pa.DataType) -> str:
    """Return PostgreSQL's type for one of those that a snapshot's columns have (``remit.measures.layout.ARROW``)."""
    if pa.types.is_decimal(kind):
        return "numeric"
    if pa.types.is_list(kind):
        return "text[]"
    known = {
        pa.string(): "text", pa.int64(): "bigint", pa.date32(): "date", pa.bool_(): "boolean", pa.timestamp("us"): "timestamp",
    }  # fmt: skip
    return known[kind]
