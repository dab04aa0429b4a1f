"""DuckDB over the Parquet files of a snapshot. No extension is fetched and nothing is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import TracebackType
from typing import Any, Self

import duckdb
import ibis  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from remit.measures.faults import fault
from remit.measures.scope import Tables
from remit.measures.snapshot import Snapshot

_OFFLINE: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}


class _Schemas(Mapping[str, Any]):
    """The schemas of a snapshot's tables; a file is opened when its table is first asked for."""

    def __init__(self, snapshot: Snapshot, connection: duckdb.DuckDBPyConnection) -> None:
        self._snapshot, self._connection = snapshot, connection
        self._known: dict[str, Any] = {}

    def __getitem__(self, table: str) -> Any:
        if table not in self._snapshot.tables:
            raise KeyError(table)
        if table not in self._known:
            file = self._snapshot.folder / f"{table}.parquet"
            try:
                self._known[table] = pq.read_schema(file)
                path = str(file).replace("'", "''")
                self._connection.execute(f"CREATE VIEW \"{table}\" AS SELECT * FROM read_parquet('{path}')")  # noqa: S608 - both are ours
            except (OSError, ValueError, duckdb.Error) as error:
                raise _unreadable(self._snapshot, error) from error
        return self._known[table]

    def __iter__(self) -> Iterator[str]:
        return iter(self._snapshot.tables)

    def __len__(self) -> int:
        return len(self._snapshot.tables)

    def __contains__(self, table: object) -> bool:
        return table in self._snapshot.tables


class Duck:
    """One connection to the tables of one snapshot; to be closed, or used with ``with``. Not shared between threads.

    Raises:
        Fault: MEA-022, a table of the snapshot is missing or is no Parquet; MEA-021, DuckDB failed.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._connection = duckdb.connect(":memory:", config=_OFFLINE)
        self.tables = Tables(_Schemas(snapshot, self._connection))

    def rows(self, expression: Any) -> list[dict[str, Any]]:
        """Run an Ibis table expression and return its rows, by column.

        Raises:
            Fault: MEA-021, with what DuckDB said.
        """
        try:
            found = self._connection.execute(self.sql(expression)).fetchall()
        except duckdb.Error as error:
            raise fault(
                "MEA-021",
                f"DuckDB could not compute on the snapshot {self._snapshot.name}: {error}.",
                f"DuckDB n’a pas pu calculer sur l’instantané {self._snapshot.name} : {error}.",
                "If the files are damaged, drop the snapshot; otherwise report the measure and this message.",
                "Si les fichiers sont abîmés, supprimez l’instantané ; sinon signalez la mesure et ce message.",
            ) from error
        return [dict(zip(expression.columns, row, strict=True)) for row in found]

    @staticmethod
    def sql(expression: Any) -> str:
        """Return the SQL that the expression compiles to."""
        return str(ibis.duckdb.compile(expression))

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _unreadable(snapshot: Snapshot, error: Exception) -> Exception:
    return fault(
        "MEA-022",
        f"The snapshot {snapshot.name} in {snapshot.folder} cannot be read: {error}.",
        f"L’instantané {snapshot.name} dans {snapshot.folder} ne peut pas être lu : {error}.",
        "Drop it; it is built anew from the journal.",
        "Supprimez-le ; il est reconstruit à partir du journal.",
    )
