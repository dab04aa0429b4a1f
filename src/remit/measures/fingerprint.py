"""A digest of a table's contents: the same rows give the same digest on every machine and with every writer.

Arrow's layout is a published format; validity, lengths and values are hashed column by column with missing values set
to nothing, so that neither padding, offsets nor the bytes behind a missing value matter. It costs a memory pass.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]


def table_digest(table: pa.Table) -> str:
    """Return the SHA-256 of a table's column names, types and contents, as 64 hexadecimal characters."""
    sums = hashlib.sha256()
    sums.update(json.dumps([[f.name, str(f.type)] for f in table.schema] + [table.num_rows]).encode())
    for column in table.columns if table.num_rows else ():
        _hash(column.combine_chunks(), sums)
    return sums.hexdigest()


def tables_digest(digests: Mapping[str, str]) -> str:
    """Return the digest of several tables from each one's."""
    return hashlib.sha256(json.dumps(sorted(digests.items())).encode()).hexdigest()


def _hash(column: Any, sums: Any) -> None:
    array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    sums.update(_bytes(pc.cast(pc.is_valid(array), pa.uint8())))
    if pa.types.is_list(array.type):
        sums.update(_bytes(pc.fill_null(pc.list_value_length(array), 0)))
        _hash(pc.list_flatten(array), sums)
    elif pa.types.is_string(array.type):
        filled = pc.fill_null(array, "")
        sums.update(_bytes(pc.binary_length(filled)))
        sums.update(_text(filled))
    elif pa.types.is_boolean(array.type):
        sums.update(_bytes(pc.cast(pc.fill_null(array, False), pa.uint8())))
    elif pa.types.is_decimal(array.type):
        sums.update("|".join("" if v is None else str(v) for v in array.to_pylist()).encode())
    else:
        whole = pc.cast(array, pa.int32() if pa.types.is_date(array.type) else pa.int64())
        sums.update(_bytes(pc.fill_null(whole, 0)))


def _text(array: Any) -> Any:
    """Return the bytes of all texts of an array without missing ones, one after the other: UTF-8, as Arrow holds them."""
    _, offsets, data = array.buffers()
    if data is None or not len(array):
        return b""
    ends = memoryview(offsets).cast("i")
    return memoryview(data)[ends[array.offset] : ends[array.offset + len(array)]]


def _bytes(array: Any) -> Any:
    """Return the exact values of a fixed-width array without missing ones."""
    width = array.type.bit_width // 8
    data = array.buffers()[1]
    return b"" if data is None else memoryview(data)[array.offset * width : (array.offset + len(array)) * width]
