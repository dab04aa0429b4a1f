"""Records as a CSV table with a row of HXL hashtags: the same columns that an import proposes, so that a table comes back in."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from remit.records.exchange.columns import TableColumn, table_columns
from remit.records.record import Record
from remit.records.types import RecordType
from remit.records.values import to_form

MARKS: Sequence[tuple[str, str, str]] = (
    ("number", "Number", "#meta+number"), ("state", "State", "#status+state"), ("level", "Level", "#meta+level"),
    ("invented", "Invented", "#meta+invented"), ("withdrawn", "Withdrawn", "#meta+withdrawn"), ("id", "Identifier", "#meta+id"),
)  # fmt: skip
"""What every record has before its fields: attribute, header, hashtag."""


def csv_text(records: Sequence[Record], kind: RecordType, areas: Sequence[str], language: str) -> str:
    """Return the table; a cell that a spreadsheet would take for a formula is quoted."""
    columns = list(_columns(records, kind))
    out = io.StringIO()
    writer = csv.writer(out)
    places = [key for key, one in kind.fields.items() if one.kind == "place"]
    head = [name for _, name, _ in MARKS] + [one.label.in_(language) for one, _ in columns]
    tags = [tag for _, _, tag in MARKS] + [tag for _, tag in columns]
    for place in places:
        for nth, level in enumerate(areas, start=1):
            head.append(f"{kind.fields[place].label.in_(language)}: {level}")
            tags.append(f"#adm{nth}+code" + ("" if place == "place" else f"+{place}"))
        head.append(f"{kind.fields[place].label.in_(language)}: p-code")
        tags.append("#loc+code+pcode" + ("" if place == "place" else f"+{place}"))
    writer.writerow(head)
    writer.writerow(tags)
    for record in records:
        writer.writerow([_harmless(cell) for cell in _row(record, kind, columns, places, areas)])
    return out.getvalue()


def _columns(records: Sequence[Record], kind: RecordType) -> Iterator[tuple[TableColumn, str]]:
    """Yield the columns, of a group that repeats as often as its longest has rows."""
    for column in table_columns(kind):
        group, zero, rest = column.target.partition(".0.")
        if not zero:
            yield column, column.tag
            continue
        longest = max((len(record.values.get(group) or ()) for record in records), default=0)
        for nth in range(longest):
            yield _at(column, f"{group}.{nth}.{rest}", nth), f"{column.tag}+i{nth + 1}"


def _at(column: TableColumn, target: str, nth: int) -> TableColumn:
    label = (
        column.label if nth == 0 else type(column.label)(f"{column.label.en} {nth + 1}", f"{column.label.fr} {nth + 1}")
    )
    return TableColumn(target, column.field, column.suffix, label, (target,), column.tag, required=False)


def _row(
    record: Record,
    kind: RecordType,
    columns: Sequence[tuple[TableColumn, str]],
    places: Sequence[str],
    areas: Sequence[str],
) -> Iterator[str]:
    for attribute, _, _ in MARKS:
        value = getattr(record, attribute)
        yield ("yes" if value else "no") if isinstance(value, bool) else str(value)
    sent = to_form(kind.fields, record.values)
    for column, _ in columns:
        cell = sent.get(column.target, "")
        yield "; ".join(cell) if isinstance(cell, list) else str(cell)
    for place in places:
        found = record.values.get(place)
        where: Mapping[str, Any] = found if isinstance(found, Mapping) else {}
        yield from (str(where.get(level, "")) for level in areas)
        yield str(where.get("pcode", ""))


def _harmless(cell: str) -> str:
    if cell[:1] in ("=", "+", "-", "@", "\t", "\r") and not cell[1:].replace(".", "").isdigit():
        return f"'{cell}"
    return cell
