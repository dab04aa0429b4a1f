"""The one model that measures read: tables of a snapshot.

Tables (Parquet files in a folder, one table a file):

``<type>`` (hyphens kept as underscores: ``ceasefire_finding``), one row a record, the envelope columns
    ``record_id, type, kind, number, state, level, compartment, component, originator, caveats (list), invented,
    withdrawn, title, occurred_on (date), occurred_at, reported_at, recorded_at, occurred, reported (timestamps),
    recorded_by``
    then one column a field (``<field>``; a date field is a date; a place gives ``<field>_lat, _lon, _uncertainty_m,
    _name`` and one column per area level ``<field>_region``; an approximate integer gives ``<field>`` and
    ``<field>_qualifier``; choices and references-to-many a list of text; a group that does not repeat gives
    ``<group>_<field>``);
``<type>__<group>`` one row a repeated item: ``record_id, item`` (from 0) and its fields;
``moves`` ``record_id, type, move, from_state, to_state, at, person, role, nth`` (from 0);
``links`` ``from_id, from_type, relation, to_id, to_type, at``;
``records`` the envelope of every record of every type.

Timestamps carry no zone and are UTC, so that no engine converts them. ``occurred`` is the instant that puts a record
into a period: the type's ``times``, else ``occurred_at``, else ``occurred_on`` at 00:00; ``reported`` likewise.
Money and other decimals are exact (28 digits, 9 after the point), so that a sum does not depend on the order of rows.

A snapshot is named by the sealed block at which it ends and, where it was asked as of an instant, that instant. It
holds values in plain: after a redaction it is dropped and built anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

MOVES, LINKS, RECORDS = "moves", "links", "records"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A folder of Parquet tables.

    Attributes:
        digest: over the contents of all tables, not over file bytes.
        layout: over the tables' names and columns: queries written for one serve all snapshots that have the same.
        digests: of each table's contents, by table.
    """

    name: str
    folder: Path
    tables: tuple[str, ...]
    digest: str
    entries: int
    block: int
    as_of: datetime | None = None
    layout: str = ""
    digests: Mapping[str, str] = field(default_factory=dict, hash=False)


def table_name(type_key: str, group: str = "") -> str:
    """Return the table of a record type, or of one of its repeating groups."""
    name = type_key.replace("-", "_")
    return f"{name}__{group}" if group else name
