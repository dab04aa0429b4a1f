"""Spark over the Parquet files of snapshots: for readers of all missions and of global event data, who have a cluster.

Needs pyspark and Java 17. Without the address of a cluster it runs on this machine, on all its processors, and nothing of it
listens beyond.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import warnings
from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Any

from remit.measures.bounds import END, PART_END, PART_START, PARTS, START
from remit.measures.databases import Bounds, Connection, Pool, failed, not_installed, not_reached, unreadable
from remit.measures.lazy import Dialect
from remit.measures.plans import Query
from remit.measures.snapshot import Snapshot

_SETTINGS = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.parquet.inferTimestampNTZ.enabled": "false",  # instants are UTC without a zone, as the session's are
    "spark.sql.shuffle.partitions": "4",
}
_STARTING = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false"}
_HERE = {"spark.driver.bindAddress": "127.0.0.1", "spark.driver.host": "127.0.0.1"}
_LOGGING = """rootLogger.level = error
rootLogger.appenderRef.stderr.ref = console
appender.console.type = Console
appender.console.name = console
appender.console.target = SYSTEM_ERR
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = %m%n
"""
"""Spark says what fails, and nothing else, to whoever asked for figures."""


class SparkDatabase:
    """Spark, started when it is first used, and idle sessions. Shared between threads.

    Args:
        master: the address of a cluster (``spark://host:7077``), whose machines must reach the snapshot's folder under
            the same path; this machine without it.
    """

    dialect: Dialect = "spark"

    def __init__(self, master: str = "") -> None:
        self._master = master
        self._lock = Lock()
        self._spark: Any = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._pool = Pool(self._open)

    def connection(self, snapshot: Snapshot) -> AbstractContextManager[Connection]:
        """Lend a session with a snapshot's tables."""
        return self._pool.lend(snapshot)

    def close(self) -> None:
        """Stop Spark; it starts again when it is used again."""
        self._pool.close()
        with self._lock:
            if self._spark is not None:
                self._spark.stop()
                self._spark = None
            if self._folder is not None:
                self._folder.cleanup()
                self._folder = None

    def _open(self, snapshot: Snapshot) -> SparkTables:
        with self._lock:
            if self._spark is None:
                folder = tempfile.TemporaryDirectory(prefix="remit-spark-")
                try:
                    self._spark = _start(self._master, Path(folder.name))
                except BaseException:
                    folder.cleanup()
                    raise
                self._folder = folder
            session = self._spark.newSession()
        for name, value in _SETTINGS.items():
            session.conf.set(name, value)
        return SparkTables(session, snapshot)


class SparkTables:
    """One session with views over the tables of one snapshot, for one thread at a time."""

    def __init__(self, session: Any, snapshot: Snapshot) -> None:
        self._session, self.snapshot = session, snapshot
        self._views: set[str] = set()
        self._bounds: Bounds | None = None
        self._parts: Sequence[Bounds] | None = None

    def rows(self, query: Query, bounds: Bounds, parts: Sequence[Bounds] = ()) -> list[dict[str, Any]]:
        """Run a query for a period and return its rows, by column (``remit.measures.databases.Connection``)."""
        from py4j.protocol import Py4JError  # type: ignore[import-untyped]  # noqa: PLC0415 - it is there: Spark runs
        from pyspark.errors import PySparkException  # noqa: PLC0415 - as above

        for table in query.tables:
            self._view(table)
        try:
            self._set(bounds, parts if query.parted else None)
            found: list[dict[str, Any]] = self._session.sql(query.sql).toArrow().to_pylist()
        except (PySparkException, Py4JError) as error:
            raise failed("Spark", self.snapshot, error) from error
        return found

    def close(self) -> None:
        """Forget the views; the session goes with Spark."""
        for name in (*self._views, PARTS):
            self._session.catalog.dropTempView(name)

    def _view(self, table: str) -> None:
        if table in self._views:
            return
        path = self.snapshot.folder / f"{table}.parquet"
        if not path.is_file():
            raise unreadable(self.snapshot, FileNotFoundError(path))
        self._session.read.parquet(path.resolve().as_uri()).createOrReplaceTempView(table)
        self._views.add(table)

    def _set(self, bounds: Bounds, parts: Sequence[Bounds] | None) -> None:
        if bounds != self._bounds:
            for name, at in zip((START, END), bounds, strict=True):
                self._session.sql(
                    f"CREATE OR REPLACE TEMPORARY FUNCTION {name}() RETURNS TIMESTAMP RETURN {_literal(at)}"
                )
            self._bounds = bounds
        if parts is None or parts == self._parts:
            return
        given = ", ".join(f"({_literal(a)}, {_literal(b)})" for a, b in parts)
        self._session.sql(
            f"CREATE OR REPLACE TEMPORARY VIEW {PARTS} AS SELECT * FROM VALUES {given} AS p({PART_START}, {PART_END})"  # noqa: S608 - all of it is ours
        )
        self._parts = parts


def _start(master: str, folder: Path) -> Any:
    """Start Spark, or take the one that runs in this process; what it leaves in files goes into ``folder``."""
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        raise not_installed("Spark", "spark", "Java 17")
    try:
        from pyspark.errors import PySparkException  # noqa: PLC0415 - an extra: without it there is DuckDB
        from pyspark.sql import SparkSession  # noqa: PLC0415 - as above
    except ImportError:
        raise not_installed("Spark", "spark") from None
    warnings.filterwarnings("ignore", message="PySpark does not yet fully support pandas")  # it is not used here
    builder = SparkSession.builder.appName("remit")
    logging = folder / "log4j2.properties"
    logging.write_text(_LOGGING, "utf-8")
    own = {
        "spark.driver.extraJavaOptions": f"-Dlog4j2.configurationFile={logging.as_uri()}",
        "spark.sql.warehouse.dir": (folder / "warehouse").as_uri(),
    }
    where = {"spark.master": master} if master else _HERE | {"spark.master": "local[*]"}
    for name, value in (_STARTING | _SETTINGS | own | where).items():
        builder = builder.config(name, value)
    try:
        return builder.getOrCreate()
    except (PySparkException, RuntimeError, OSError) as error:
        raise not_reached("Spark", error) from error


def _literal(at: datetime) -> str:
    return f"TIMESTAMP '{at.isoformat(sep=' ')}'"
