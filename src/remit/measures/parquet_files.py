"""Records of one type as Parquet files: the table that measures read, and one for each group that repeats."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence

import pyarrow.parquet as pq  # type: ignore[import-untyped]

from remit.measures.layout import repeating, schemas
from remit.measures.rows import Tables, fill
from remit.measures.snapshot import table_name
from remit.records.fields import field_kinds
from remit.records.record import Record
from remit.records.types import RecordType


def parquet_files(records: Iterable[Record], kind: RecordType, area_levels: Sequence[str]) -> Mapping[str, bytes]:
    """Return the files by table name; columns as in a snapshot.

    Raises:
        Fault: MEA-002, a value that its column cannot hold.
    """
    types = {kind.key: kind}
    tables = Tables(schemas(types, area_levels, field_kinds()))
    fill(tables, records, types, area_levels, field_kinds())
    wanted = {table_name(kind.key): ["record_id"]} | {
        table_name(kind.key, group.key): ["record_id", "item"] for group in repeating(kind)
    }
    found = {}
    for name, order in wanted.items():
        out = io.BytesIO()
        pq.write_table(tables.finished(name, order), out, compression="zstd")
        found[name] = out.getvalue()
    return found
