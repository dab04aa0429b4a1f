"""The engine, loaded when the first figure is asked for: half a second that commands without figures do not pay."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Literal, Protocol, get_args

from remit.kernel.periods import Period
from remit.measures.definitions import Measure
from remit.measures.figures import Figure, Number
from remit.measures.snapshot import Snapshot
from remit.records.record import Record
from remit.records.types import RecordType

if TYPE_CHECKING:
    from remit.measures.databases import Database

Dialect = Literal["duckdb", "postgresql", "spark"]
"""What computes: DuckDB over the snapshot's files, a PostgreSQL server, or Spark."""
DIALECTS: tuple[Dialect, ...] = get_args(Dialect)


class FigureEngine(Protocol):
    """What computes figures; ``remit.measures.engine.Engine`` says how."""

    def compute(
        self,
        measure: Measure,
        snapshot: Snapshot,
        period: Period,
        *,
        by: Sequence[str] = (),
        as_of: datetime | None = None,
        limit: Number | None = None,
        ids: bool = True,
    ) -> Figure:
        """Return the value of a measure for a period."""
        ...

    def compute_all(
        self,
        measures: Iterable[Measure],
        snapshot: Snapshot,
        period: Period,
        *,
        by: Sequence[str] = (),
        as_of: datetime | None = None,
        limits: Mapping[str, Number] | None = None,
        ids: bool = True,
    ) -> dict[str, Figure]:
        """Return the figures of several measures by key; breakdowns that one does not name are passed over."""
        ...

    def close(self) -> None:
        """Close all connections; the engine may be used again."""
        ...


class LazyEngine:
    """Stands for the engine until it is needed.

    Args:
        queries: the folder in which it keeps queries for other processes; in memory only without one.
        dialect: which database computes.
        address: of PostgreSQL's server, or of a Spark cluster.
    """

    def __init__(self, queries: Path | None = None, dialect: Dialect = "duckdb", address: str = "") -> None:
        self._queries, self._dialect, self._address = queries, dialect, address
        self._engine: FigureEngine | None = None
        self._lock = Lock()

    def compute(
        self,
        measure: Measure,
        snapshot: Snapshot,
        period: Period,
        *,
        by: Sequence[str] = (),
        as_of: datetime | None = None,
        limit: Number | None = None,
        ids: bool = True,
    ) -> Figure:
        """Return the value of a measure for a period, as the engine does."""
        return self._loaded().compute(measure, snapshot, period, by=by, as_of=as_of, limit=limit, ids=ids)

    def compute_all(
        self,
        measures: Iterable[Measure],
        snapshot: Snapshot,
        period: Period,
        *,
        by: Sequence[str] = (),
        as_of: datetime | None = None,
        limits: Mapping[str, Number] | None = None,
        ids: bool = True,
    ) -> dict[str, Figure]:
        """Return the figures of several measures by key, as the engine does."""
        return self._loaded().compute_all(measures, snapshot, period, by=by, as_of=as_of, limits=limits, ids=ids)

    def close(self) -> None:
        """Close the engine's connections, where it was needed."""
        if self._engine is not None:
            self._engine.close()

    def forget(self) -> None:
        """Drop the engine and all that it keeps: after a redaction nothing is answered from before it."""
        with self._lock:
            engine, self._engine = self._engine, None
        if engine is not None:
            engine.close()

    def _loaded(self) -> FigureEngine:
        with self._lock:  # two threads that ask at once share what one of them compiles
            if self._engine is None:
                from remit.measures.engine import Engine  # noqa: PLC0415 - heavy, so loaded when first needed
                from remit.measures.query_files import QueryFiles  # noqa: PLC0415 - as above

                files = QueryFiles(self._queries) if self._queries else None
                self._engine = Engine(files, _database(self._dialect, self._address))
            return self._engine


def _database(dialect: Dialect, address: str) -> Database:
    """Return the database that computes; only its own libraries are loaded."""
    match dialect:
        case "postgresql":
            from remit.measures.postgresql import PostgresDatabase  # noqa: PLC0415 - loaded when it is chosen

            return PostgresDatabase(address)
        case "spark":
            from remit.measures.spark import SparkDatabase  # noqa: PLC0415 - as above

            return SparkDatabase(address)
        case _:
            from remit.measures.duck import DuckDatabase  # noqa: PLC0415 - as above

            return DuckDatabase()


def parquet_files(records: Iterable[Record], kind: RecordType, area_levels: Sequence[str]) -> Mapping[str, bytes]:
    """Return records of one type as Parquet files (``remit.measures.parquet_files``), the library loaded when it is asked for.

    Raises:
        Fault: MEA-002, a value that its column cannot hold.
    """
    from remit.measures.parquet_files import parquet_files as write  # noqa: PLC0415 - the library takes a third of a second

    return write(records, kind, area_levels)
