"""Build a snapshot: records → Parquet tables that measures read. All of it is there, or none of it."""

from __future__ import annotations

import io
import json
import secrets
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from remit.kernel.canonical import digest, digest_of_bytes
from remit.measures.faults import fault
from remit.measures.fingerprint import table_digest, tables_digest
from remit.measures.layout import Kinds, layout_digest, schemas
from remit.measures.rows import Tables
from remit.measures.snapshot import Snapshot
from remit.measures.updating import Layout, Since, changed_tables
from remit.records.fields import field_kinds
from remit.records.record import Record
from remit.records.types import RecordType

MANIFEST = "manifest.json"
_FORM = 2
"""The number of this layout: a snapshot of another one is built anew."""


def build_snapshot(
    records: Iterable[Record],
    types: Mapping[str, RecordType],
    folder_for: Callable[[str], Path],
    *,
    name: str,
    block: int,
    entries: int,
    as_of: datetime | None = None,
    area_levels: Sequence[str] = (),
    kinds: Kinds | None = None,
    previous: Snapshot | None = None,
    since: Since | None = None,
) -> Snapshot:
    """Write a snapshot of records that the caller has folded up to ``as_of``; the same records give the same digest.

    A whole snapshot that stands there under this name for the same block, entries and declarations is returned and
    ``records`` is not read; a damaged, half-written or outdated one is built anew. Withdrawn records are kept, marked.

    Args:
        records: folded up to ``as_of``, in any order.
        types: every record type of the mission, by key; each gets its tables, empty ones too.
        folder_for: gives the folder of a snapshot by its name (it may exist, empty or not).
        name: one of a kind for block and instant; a folder's name.
        block: the sealed block at which it ends.
        entries: how many journal entries the records rest on.
        as_of: the instant at which all of it was known; ``None`` for all that is known.
        area_levels: the mission's area levels, one column each beside a place.
        kinds: the field kinds, where they are not those of ``remit.records.fields``.
        previous: another snapshot, whose files are taken for tables that hold the same; it may be gone by now.
        since: what changed since an earlier snapshot. Where that one stands whole, of the same declarations and of all that
            was known, ``records`` is not read.

    Raises:
        Fault: MEA-002, a record does not fit its type; MEA-003, a record is younger than ``as_of``; OSError is MEA-022.
        BadInput: MEA-001, two fields would need one column.
    """
    known = field_kinds() if kinds is None else kinds
    layout = schemas(types, area_levels, known)
    head = {
        "form": _FORM,
        "name": name,
        "block": block,
        "entries": entries,
        "as_of": as_of.isoformat() if as_of else None,
        "layout": layout_digest(layout),
        "declarations": _declarations(types, area_levels),
    }
    folder = folder_for(name)
    standing = open_snapshot(folder)
    if standing is not None and _manifest(folder).items() >= head.items():
        return standing
    shape = Layout(layout, types, area_levels, known)
    changed = _changed(since, shape, head) if since else None
    filled = shape.filled(_not_later(records, as_of)) if changed is None else None
    if since and filled is None:
        previous = since.snapshot
    part = folder.parent / f".{folder.name}.{secrets.token_hex(4)}.part"
    try:
        part.mkdir(parents=True)
        earlier = _manifest(previous.folder).get("tables", {}) if previous else {}
        written = {
            table: _table(table, part / f"{table}.parquet", shape, filled, changed or {}, previous, earlier.get(table))
            for table in layout
        }
        whole = tables_digest({table: about["digest"] for table, about in written.items()})
        manifest = head | {"digest": whole, "tables": written}
        (part / MANIFEST).write_text(json.dumps(manifest, indent=1, sort_keys=True), encoding="utf-8")
        if _manifest(folder) != manifest or open_snapshot(folder) is None:  # another writer may have been faster
            _put_in_place(part, folder)
    except OSError as error:
        raise fault(
            "MEA-022",
            f"The snapshot {name} cannot be written to {folder}: {error}.",
            f"L’instantané {name} ne peut pas être écrit dans {folder} : {error}.",
            "Check the disk's space and rights, then ask again; nothing was half-written.",
            "Vérifiez l’espace et les droits du disque, puis recommencez ; rien n’a été écrit à moitié.",
        ) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return _snapshot(folder, manifest)


def open_snapshot(folder: Path) -> Snapshot | None:
    """Return the snapshot in a folder; ``None`` where there is none, or where any of its files is missing or damaged."""
    manifest = _manifest(folder)
    tables = manifest.get("tables")
    if manifest.get("form") != _FORM or not isinstance(tables, dict):
        return None
    for table, about in tables.items():
        file = folder / f"{table}.parquet"
        if (
            not file.is_file()
            or file.stat().st_size != about["bytes"]
            or digest_of_bytes(file.read_bytes()) != about["sha256"]
        ):
            return None
    return _snapshot(folder, manifest)


def _snapshot(folder: Path, manifest: Mapping[str, Any]) -> Snapshot:
    tables = manifest["tables"]
    return Snapshot(
        manifest["name"],
        folder,
        tuple(sorted(tables)),
        manifest["digest"],
        manifest["entries"],
        manifest["block"],
        datetime.fromisoformat(manifest["as_of"]) if manifest["as_of"] else None,
        manifest["layout"],
        {table: about["digest"] for table, about in tables.items()},
    )


def _manifest(folder: Path) -> dict[str, Any]:
    """Return the manifest; empty where it is missing or is not one (the snapshot is then built anew)."""
    try:
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _declarations(types: Mapping[str, RecordType], levels: Sequence[str]) -> str:
    """Return a digest of all that decides, beside records and columns, what stands in the tables."""
    return digest({"types": {t.key: [t.digest, dict(t.times)] for t in types.values()}, "levels": list(levels)})


def _not_later(records: Iterable[Record], as_of: datetime | None) -> Iterator[Record]:
    for record in records:
        latest = max(
            [record.recorded_at, *(m.at for m in record.moves), *([record.changed_at] if record.changed_at else [])]
        )
        if as_of is not None and latest > as_of:
            raise fault(
                "MEA-003",
                f"Record {record.id} knows of {latest.isoformat()}; the snapshot is as of {as_of.isoformat()}.",
                f"La fiche {record.id} va jusqu’au {latest.isoformat()} ; l’instantané est au {as_of.isoformat()}.",
                "Fold only the entries that were known at that instant.",
                "Ne reprenez que les écritures connues à cet instant.",
            )
        yield record


def _changed(since: Since, shape: Layout, head: Mapping[str, Any]) -> Mapping[str, pa.Table] | None:
    """Return the tables that changed; ``None`` where the earlier snapshot cannot be gone on from."""
    manifest = _manifest(since.snapshot.folder)
    alike = ("form", "as_of", "layout", "declarations")
    if head["as_of"] is not None or any(manifest.get(name) != head[name] for name in alike):
        return None
    if open_snapshot(since.snapshot.folder) is None:
        return None
    return changed_tables(since, shape)


def _table(
    table: str,
    file: Path,
    shape: Layout,
    filled: Tables | None,
    changed: Mapping[str, pa.Table],
    previous: Snapshot | None,
    earlier: Mapping[str, Any] | None,
) -> dict[str, Any]:
    """Put one table into its file: filled anew, changed since the snapshot before, or what it was then."""
    if filled is None and table not in changed and previous and earlier:
        if not _shared(previous.folder / file.name, file, earlier["bytes"]):
            shutil.copyfile(previous.folder / file.name, file)
        return dict(earlier)
    if filled is None or filled.has_rows(table):
        rows = changed[table] if filled is None else filled.finished(table, shape.order(table))
        return _write(rows, file, previous, earlier)
    return _write_empty(shape.schemas[table], file, previous, earlier)


def _write(table: pa.Table, file: Path, previous: Snapshot | None, earlier: Mapping[str, Any] | None) -> dict[str, Any]:
    """Put a table into a file, or have it share the earlier file of the same contents; return what the manifest says."""
    contents = table_digest(table)
    if earlier and _same_file(contents, file, previous, earlier):
        return dict(earlier)
    pq.write_table(table, file)
    data = file.read_bytes()
    return {"rows": table.num_rows, "bytes": len(data), "sha256": digest_of_bytes(data), "digest": contents}


def _write_empty(
    schema: pa.Schema, file: Path, previous: Snapshot | None, earlier: Mapping[str, Any] | None
) -> dict[str, Any]:
    """Put a table without rows into a file. A mission has many of them, and they are the same in every snapshot."""
    data, about = _empty(schema.serialize().to_pybytes())
    if not _same_file(about["digest"], file, previous, earlier):
        file.write_bytes(data)
    return dict(about)


def _same_file(contents: str, file: Path, previous: Snapshot | None, earlier: Mapping[str, Any] | None) -> bool:
    """Have a table share the file of the snapshot before, if its contents are the same; return whether it does."""
    if previous is None or earlier is None or earlier["digest"] != contents:
        return False
    return _shared(previous.folder / file.name, file, earlier["bytes"])


@lru_cache(maxsize=1024)
def _empty(schema: bytes) -> tuple[bytes, dict[str, Any]]:
    table = pa.ipc.read_schema(pa.py_buffer(schema)).empty_table()
    out = io.BytesIO()
    pq.write_table(table, out)
    data = out.getvalue()
    return data, {"rows": 0, "bytes": len(data), "sha256": digest_of_bytes(data), "digest": table_digest(table)}


def _shared(earlier: Path, file: Path, size: int) -> bool:
    """Have two names for one file, where the file system can; files of snapshots are never written again."""
    try:
        if earlier.stat().st_size != size:
            return False
        file.hardlink_to(earlier)
    except OSError:
        return False
    return True


def _put_in_place(part: Path, folder: Path) -> None:
    """Move the finished folder to its place; what stood there is moved aside first and then removed."""
    aside = part.with_suffix(".old")
    if folder.exists():
        folder.rename(aside)
    part.rename(folder)
    shutil.rmtree(aside, ignore_errors=True)
