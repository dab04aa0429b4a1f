"""A snapshot made from the one before it: only what changed since is put into tables anew, so that cost follows what is new."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import reduce

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from remit.measures.layout import Kinds, repeating
from remit.measures.rows import Tables, fill
from remit.measures.snapshot import LINKS, MOVES, RECORDS, Snapshot, table_name
from remit.records.record import Record
from remit.records.types import RecordType


@dataclass(frozen=True, slots=True)
class Since:
    """What changed since an earlier snapshot of all that was known.

    Attributes:
        snapshot: the earlier one.
        changed: the ids of all records that entries came for since, both ends of each link.
        records: these records as they stand now.
    """

    snapshot: Snapshot
    changed: Set[str]
    records: Sequence[Record]


@dataclass(frozen=True, slots=True)
class Layout:
    """What tables there are, and how records become their rows."""

    schemas: Mapping[str, pa.Schema]
    types: Mapping[str, RecordType]
    levels: Sequence[str]
    kinds: Kinds

    def order(self, table: str) -> tuple[str, ...]:
        """Return the columns by which a table is sorted: no two rows are equal in them."""
        if table == MOVES:
            return ("record_id", "nth")
        if table == LINKS:
            return ("from_id", "relation", "to_id")
        return ("record_id", "item") if "item" in self.schemas[table].names and table != RECORDS else ("record_id",)

    def filled(self, records: Iterable[Record]) -> Tables:
        """Return tables filled with records."""
        made = Tables(self.schemas)
        fill(made, records, self.types, self.levels, self.kinds)
        return made


def changed_tables(since: Since, layout: Layout) -> dict[str, pa.Table] | None:
    """Return the tables that are not what they were, whole; ``None`` where the earlier snapshot's files cannot be read.

    Args:
        since: what changed.
        layout: the tables, as the earlier snapshot has them too.
    """
    own = layout.filled(since.records)
    concerned = {RECORDS, MOVES, LINKS}
    for record in since.records:
        record_type = layout.types[record.type]
        concerned |= {table_name(record.type), *(table_name(record.type, g.key) for g in repeating(record_type))}
    changed = pa.array(sorted(since.changed), pa.string())
    found: dict[str, pa.Table] = {}
    for table in sorted(concerned):
        before = _read(since.snapshot, table, layout.schemas[table])
        if before is None:
            return None
        ends = ("from_id", "to_id") if table == LINKS else ("record_id",)
        gone = reduce(pc.or_, (pc.is_in(before[end], value_set=changed) for end in ends))
        order = layout.order(table)
        both = pa.concat_tables([before.filter(pc.invert(gone)), own.finished(table, order)])
        found[table] = both.sort_by([(name, "ascending") for name in order]).combine_chunks()
    return found


def _read(snapshot: Snapshot, table: str, schema: pa.Schema) -> pa.Table | None:
    """Return a table of a snapshot, ``None`` where its file cannot be read."""
    try:
        return pq.read_table(snapshot.folder / f"{table}.parquet").cast(schema)
    except (OSError, ValueError):
        return None
