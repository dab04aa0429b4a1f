"""From records to the rows of a snapshot's tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]

from remit.measures.faults import fault
from remit.measures.layout import Kinds, kind_of, repeating
from remit.measures.snapshot import LINKS, MOVES, RECORDS, table_name
from remit.records.record import Record
from remit.records.types import FieldDefinition, RecordType

_NANO = Decimal("0.000000001")
_BATCH = 20_000


class Tables:
    """Tables being filled: rows go into columns, columns into Arrow batches, so that memory stays small."""

    def __init__(self, schemas: Mapping[str, pa.Schema]) -> None:
        self._schemas = schemas
        self._columns: dict[str, dict[str, list[Any]]] = {t: {c: [] for c in s.names} for t, s in schemas.items()}
        self._readers = {table: {c.name: _reader(c.type) for c in schema} for table, schema in schemas.items()}
        self._waiting: dict[str, int] = dict.fromkeys(schemas, 0)
        self._batches: dict[str, list[pa.RecordBatch]] = {table: [] for table in schemas}

    def add(self, table: str, row: Mapping[str, Any], about: str) -> None:
        """Add a row; a column that it does not name stays empty. ``about`` names the record in an error."""
        readers = self._readers[table]
        for name, values in self._columns[table].items():
            raw = row.get(name)
            if raw is None or raw == "":  # an empty text is missing, as conditions have it
                values.append(None)
                continue
            try:
                values.append(readers[name](raw))
            except (ValueError, TypeError, InvalidOperation, KeyError):
                kind = self._schemas[table].field(name).type
                wanted = f"a value for a column of {kind}", f"une valeur pour une colonne de {kind}"
                raise _unfit(f"{about}, {name}", raw, *wanted) from None
        self._waiting[table] += 1
        if self._waiting[table] >= _BATCH:
            self._flush(table)

    def has_rows(self, table: str) -> bool:
        """Return whether anything was put into a table."""
        return bool(self._waiting[table] or self._batches[table])

    def finished(self, table: str, order: Sequence[str]) -> pa.Table:
        """Return a table with all its rows, sorted by these columns."""
        self._flush(table)
        whole = pa.Table.from_batches(self._batches.pop(table), schema=self._schemas[table])
        return whole.sort_by([(name, "ascending") for name in order]).combine_chunks()

    def _flush(self, table: str) -> None:
        schema, columns = self._schemas[table], self._columns[table]
        arrays = [pa.array(columns[name], schema.field(name).type) for name in schema.names]
        self._batches[table].append(pa.RecordBatch.from_arrays(arrays, schema=schema))
        self._columns[table] = {name: [] for name in schema.names}
        self._waiting[table] = 0


def fill(
    tables: Tables, records: Iterable[Record], types: Mapping[str, RecordType], levels: Sequence[str], kinds: Kinds
) -> None:
    """Put records into the tables.

    Raises:
        Fault: MEA-002, a value that its column cannot hold, or a record of a type that the mission lacks.
    """
    links: dict[tuple[str, str, str], dict[str, Any]] = {}
    for record in records:
        record_type = types.get(record.type)
        if record_type is None or record_type.abstract:
            raise _unfit(record.id, record.type, "a record type of the mission", "un type de fiche de la mission")
        envelope = _envelope(record, record_type)
        tables.add(RECORDS, envelope, record.id)
        tables.add(table_name(record.type), envelope | _fields(record, record_type, levels, kinds), record.id)
        for group in repeating(record_type):
            for item, row in enumerate(record.values.get(group.key) or ()):
                cells = cells_of(row, group.fields, levels, kinds)
                tables.add(
                    table_name(record.type, group.key), {"record_id": record.id, "item": item} | cells, record.id
                )
        for nth, moved in enumerate(record.moves):
            row = {
                "record_id": record.id,
                "type": record.type,
                "move": moved.move,
                "from_state": moved.from_,
                "nth": nth,
            }
            row |= {"to_state": moved.to, "at": moved.at, "person": moved.by.person, "role": moved.by.role}
            tables.add(MOVES, row, record.id)
        for link in record.links:
            ends = (record.id, record.type, link.other, link.other_type)
            from_id, from_type, to_id, to_type = ends if link.outward else (*ends[2:], *ends[:2])
            row = {"from_id": from_id, "from_type": from_type, "relation": link.relation}
            row |= {"to_id": to_id, "to_type": to_type, "at": link.at}
            known = links.setdefault((from_id, link.relation, to_id), row)
            if link.at < known["at"]:
                links[from_id, link.relation, to_id] = row
    for row in links.values():
        tables.add(LINKS, row, row["from_id"])


def cells_of(
    values: Mapping[str, Any],
    fields: Mapping[str, FieldDefinition],
    levels: Sequence[str],
    kinds: Kinds,
    prefix: str = "",
) -> dict[str, Any]:
    """Return the cells of a record's fields, or of one item of a group; what is missing has none."""
    cells: dict[str, Any] = {}
    for definition in fields.values():
        value = values.get(definition.key)
        name = prefix + definition.key
        if value is None or (definition.kind == "group" and definition.repeats):
            continue
        if definition.kind == "group":
            cells |= cells_of(value, definition.fields, levels, kinds, f"{name}_")
        else:
            given = kind_of(definition, kinds).cells(value, definition)
            cells |= {prefix + key: cell for key, cell in given.items()}
            if definition.kind == "place" and isinstance(value, Mapping):
                cells |= {f"{name}_{level}": value[level] for level in levels if value.get(level)}
    return cells


def _fields(record: Record, record_type: RecordType, levels: Sequence[str], kinds: Kinds) -> dict[str, Any]:
    """Return the cells of the fields; a field that shares an envelope column fills it alone, even with nothing."""
    cells = cells_of(record.values, record_type.fields, levels, kinds)
    own = {key for key in ("occurred_on", "occurred_at", "reported_at") if key in record_type.fields}
    return dict.fromkeys(own) | cells


def _envelope(record: Record, record_type: RecordType) -> dict[str, Any]:
    occurred = record.occurred or _time(record, record_type, "occurred", ("occurred_at", "occurred_on"))
    reported = record.reported or _time(record, record_type, "reported", ("reported_at",))
    return {
        "record_id": record.id,
        "type": record.type,
        "kind": record.kind,
        "number": record.number,
        "state": record.state,
        "level": record.level,
        "compartment": record.compartment,
        "component": record.component,
        "originator": record.originator,
        "caveats": list(record.caveats),
        "invented": record.invented,
        "withdrawn": record.withdrawn,
        "title": record.title,
        "occurred_on": occurred or None,
        "occurred_at": occurred if "T" in occurred else None,
        "reported_at": reported if "T" in reported else None,
        "recorded_at": record.recorded_at,
        "occurred": occurred or None,
        "reported": reported or None,
        "recorded_by": record.recorded_by.person,
    }


def _time(record: Record, record_type: RecordType, which: str, usual: Sequence[str]) -> str:
    named = record_type.times.get(which)
    for name in (named,) if named else usual:
        value = record.values.get(name)
        found = value.get("on") if isinstance(value, Mapping) else value
        if isinstance(found, str) and found:
            return found
    return ""


def _reader(kind: pa.DataType) -> Callable[[Any], Any]:
    """Return what brings a JSON value to what a column of this type takes."""
    if kind == pa.date32():
        return day_of
    if pa.types.is_timestamp(kind):
        return instant_of
    if pa.types.is_decimal(kind):
        return _decimal
    if kind == pa.int64():
        return _integer
    if pa.types.is_list(kind):
        return _set
    return _boolean if kind == pa.bool_() else _text


def day_of(raw: Any) -> date:
    """Return the day of a date, an instant (in UTC) or their ISO text."""
    if isinstance(raw, Mapping):
        raw = raw["on"]
    if isinstance(raw, datetime) or (isinstance(raw, str) and "T" in raw):
        return instant_of(raw).date()
    return raw if isinstance(raw, date) else date.fromisoformat(raw)


def instant_of(raw: Any) -> datetime:
    """Return an instant in UTC without its zone; a day is its first instant. One without a zone is refused."""
    if isinstance(raw, str) and "T" in raw:
        raw = datetime.fromisoformat(raw)
    if isinstance(raw, datetime):
        if raw.tzinfo is None:
            raise ValueError(raw)
        return raw.astimezone(UTC).replace(tzinfo=None)
    return datetime.combine(day_of(raw), time.min)


def _decimal(raw: Any) -> Decimal:
    return Decimal(str(raw)).quantize(_NANO)


def _set(raw: Any) -> list[str]:
    return list(dict.fromkeys(_text(one) for one in raw))  # [a, a] is one a


def _integer(raw: Any) -> int:
    value = raw["number"] if isinstance(raw, Mapping) else raw
    if isinstance(value, bool) or int(value) != value:
        raise ValueError(raw)
    return int(value)


def _boolean(raw: Any) -> bool:
    if not isinstance(raw, bool):
        raise TypeError(raw)
    return raw


def _text(raw: Any) -> str:
    if isinstance(raw, str):
        return raw
    if isinstance(raw, Mapping | list):
        raise TypeError(raw)
    return str(raw)


def _unfit(about: str, found: object, en: str, fr: str) -> Exception:
    return fault(
        "MEA-002",
        f"{about}: found {found!r}, expected {en}.",
        f"{about} : trouvé {found!r}, attendu {fr}.",
        "The record does not fit its type's declaration: run `remit check` and `remit verify`.",
        "La fiche ne correspond pas à la déclaration de son type : lancez `remit check` et `remit verify`.",
    )
