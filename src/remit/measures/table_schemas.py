"""The Arrow schemas of a snapshot's tables, read from its Parquet files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow.parquet as pq  # type: ignore[import-untyped]

from remit.measures.databases import unreadable
from remit.measures.snapshot import Snapshot


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
                raise unreadable(self._snapshot, error) from error
        return self._known[table]

    def __iter__(self) -> Iterator[str]:
        return iter(self._snapshot.tables)

    def __len__(self) -> int:
        return len(self._snapshot.tables)

    def __contains__(self, table: object) -> bool:
        return table in self._snapshot.tables
