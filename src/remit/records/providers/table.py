"""A table as people send it, CSV or Excel: a header, and rows of text with the line on which each stands.

Nothing is guessed: text must be UTF-8 unless another encoding is named, numbers and days of a workbook become plain text
(``2017-12-31``, ``45``), and what cannot be read is told with its line.
"""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from remit.kernel.errors import BadInput
from remit.kernel.issues import Issue
from remit.kernel.wording import Words
from remit.records.providers.row import left_out, not_such

TABLE = Words("table", "tableau")
GIVE = Words("a CSV file or an Excel workbook (.xlsx)", "un fichier CSV ou un classeur Excel (.xlsx)")
ENCODINGS = ("utf-8", "cp1252")
DELIMITERS = ",;\t|"
_LARGEST = 512 * 1024 * 1024
"""Bytes of a packed file once unpacked: more is not opened, however small it came."""


@dataclass(frozen=True, slots=True)
class Table:
    """A header, the rows under it, and the issues of lines that could not be read.

    ``rows`` hold the line (from 1, in the file or the sheet) and the text under each column; ``tags`` are the HXL hashtags
    by column where the first row under the header is one of them.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[int, Mapping[str, str]], ...]
    issues: tuple[Issue, ...] = ()
    tags: Mapping[str, str] | None = None
    sheet: str = ""


def read_table(
    data: bytes, name: str, *, what: Words = TABLE, give: Words = GIVE, encoding: str = "utf-8", sheet: str = ""
) -> Table:
    """Read a table; the first row that is not empty is its header.

    Raises:
        BadInput: IMP-002, empty, not text, no workbook, no header, two columns of one name, no such sheet.
    """
    if not data.strip():
        raise not_such(what, give, name, "it is empty", "il est vide")
    if data[:2] == b"\x1f\x8b":
        data = _unpacked(data, name, what, give)
    if data[:4] == b"PK\x03\x04":
        sheet, found = _sheet(data, name, what, give, sheet)
        lines: Iterator[tuple[int, Sequence[str]]] | Sequence[tuple[int, Sequence[str]]] = found
        issues: list[Issue] = []
    else:
        lines, issues = _csv_lines(_decoded(data, name, what, give, encoding), name, what, give)
    return _table(list(lines), issues, name, what, give, sheet)


def _table(
    lines: Sequence[tuple[int, Sequence[str]]], issues: list[Issue], name: str, what: Words, give: Words, sheet: str
) -> Table:
    if not lines:
        raise not_such(what, give, name, "no row holds anything", "aucune ligne ne contient quoi que ce soit")
    header = tuple(" ".join(cell.split()) for cell in lines[0][1])
    named = [cell for cell in header if cell]
    if len(set(named)) < len(named):
        twice = next(cell for cell in named if named.count(cell) > 1)
        raise not_such(what, give, name, f"two columns are called “{twice}”", f"deux colonnes s’appellent « {twice} »")
    body = list(lines[1:])
    tags = _tags(header, body[0][1]) if body else None
    if tags:
        body = body[1:]
    rows = []
    for line, cells in body:
        if (len(cells) != len(header) and any(cell.strip() for cell in cells[len(header) :])) or len(cells) < len(
            header
        ):
            issues.append(left_out("IMP-011", "it has not as many values as the header has columns",
                                   "elle n’a pas autant de valeurs que l’en-tête a de colonnes", line, name))  # fmt: skip
            continue
        rows.append((line, {column: cell for column, cell in zip(header, cells, strict=False) if column}))
    return Table(tuple(named), tuple(rows), tuple(issues), tags, sheet)


def _tags(header: Sequence[str], cells: Sequence[str]) -> Mapping[str, str] | None:
    """Return HXL hashtags by column, where the row is one of them: every cell that is filled starts with #."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    if not filled or not all(cell.startswith("#") for cell in filled):
        return None
    return {column: cell.strip() for column, cell in zip(header, cells, strict=False) if column and cell.strip()}


def _decoded(data: bytes, name: str, what: Words, give: Words, encoding: str) -> str:
    if b"\x00" in data[:4096]:
        raise not_such(what, give, name, "it is a binary file", "c’est un fichier binaire")
    try:
        return data.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    except UnicodeDecodeError as fault:
        raise not_such(
            what,
            give,
            name,
            f"byte {fault.start} is not {encoding.upper()} text",
            f"l’octet {fault.start} n’est pas du texte {encoding.upper()}",
        ) from None


def _csv_lines(text: str, name: str, what: Words, give: Words) -> tuple[list[tuple[int, Sequence[str]]], list[Issue]]:
    """Return rows that hold something, each with the line on which it starts; what CSV cannot read ends the file."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(DELIMITERS, key=first.count) if any(mark in first for mark in DELIMITERS) else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    found: list[tuple[int, Sequence[str]]] = []
    issues: list[Issue] = []
    before = 0
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                found.append((before + 1, cells))
            before = reader.line_num
    except csv.Error as fault:
        if not found:
            raise not_such(
                what, give, name, f"its header is not CSV ({fault})", f"son en-tête n’est pas du CSV ({fault})"
            ) from None
        issues.append(left_out("IMP-017", f"from here on the file is not CSV ({fault})",
                               f"à partir d’ici le fichier n’est pas du CSV ({fault})", before + 1, name))  # fmt: skip
    return found, issues


def _unpacked(data: bytes, name: str, what: Words, give: Words) -> bytes:
    """Return the file that gzip packed."""
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
            whole = packed.read(_LARGEST + 1)
    except (OSError, EOFError, zlib.error):
        raise not_such(what, give, name, "it is packed and damaged", "il est compressé et endommagé") from None
    if len(whole) > _LARGEST:
        raise not_such(what, give, name, "unpacked it is too large", "décompressé, il est trop grand")
    if not whole.strip():
        raise not_such(what, give, name, "it is empty", "il est vide")
    return whole


def _sheet(data: bytes, name: str, what: Words, give: Words, sheet: str) -> tuple[str, list[tuple[int, Sequence[str]]]]:
    """Return the rows of one sheet that hold something; the first sheet unless one is named."""
    from openpyxl import load_workbook  # noqa: PLC0415 - a third of a second that only workbooks need

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(member.file_size for member in archive.infolist()) > _LARGEST:
                raise not_such(what, give, name, "unpacked it is too large", "décompressé, il est trop grand")
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except BadInput:
        raise
    except Exception:  # noqa: BLE001 - the library raises whatever a broken archive makes it trip over
        raise not_such(what, give, name, "it is no Excel workbook", "ce n’est pas un classeur Excel") from None
    try:
        names = [str(found.title) for found in book.worksheets]
        if not names or (sheet and sheet not in names):
            listed = ", ".join(names) or "–"
            raise not_such(
                what,
                give,
                name,
                f"it has no sheet “{sheet}” (it has: {listed})",
                f"il n’a pas de feuille « {sheet} » (il a : {listed})",
            )
        chosen = sheet or names[0]
        rows = [(number, [_cell(cell) for cell in cells])
                for number, cells in enumerate(book[chosen].iter_rows(values_only=True), start=1)]  # fmt: skip
    except BadInput:
        raise
    except Exception:  # noqa: BLE001 - as above: a broken sheet trips the library anywhere
        raise not_such(what, give, name, "a sheet of it cannot be read", "une de ses feuilles est illisible") from None
    finally:
        book.close()
    return chosen, _squared([(number, cells) for number, cells in rows if any(cell.strip() for cell in cells)])


def _squared(rows: list[tuple[int, list[str]]]) -> list[tuple[int, Sequence[str]]]:
    """Fill short rows up: a workbook leaves empty cells at the end of a row out."""
    width = max((len(cells) for _, cells in rows), default=0)
    return [(number, [*cells, *[""] * (width - len(cells))]) for number, cells in rows]


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value).strip()


def columns_of(
    table: Table, wanted: Mapping[str, Sequence[str]], needed: Sequence[str], name: str, what: Words, give: Words
) -> dict[str, str]:
    """Return by key the column that a table has under one of its names, compared without case, dots and spaces.

    Raises:
        BadInput: IMP-002, naming each needed one that is missing.
    """
    given = {folded(column): column for column in table.header}
    found = {key: given[folded(one)] for key, names in wanted.items() for one in names if folded(one) in given}
    if missing := [" or ".join(wanted[key]) for key in needed if key not in found]:
        seen = ", ".join(table.header[:8]) or "nothing"
        raise not_such(
            what,
            give,
            name,
            f"its header lacks {'; '.join(missing)} (it has: {seen})",
            f"il manque à son en-tête : {'; '.join(missing)} (il a : {seen})",
        )
    return found


@dataclass(frozen=True, slots=True)
class Layout:
    """The file that an importer reads: how it is called, which one to give, its columns' names by key, and those needed."""

    what: Words
    give: Words
    columns: Mapping[str, Sequence[str]]
    needed: Sequence[str]

    def read(self, data: bytes, name: str) -> Lines:
        """Read a file.

        Raises:
            BadInput: IMP-002, no such file, or one that lacks a column needed.
        """
        table = read_table(data, name, what=self.what, give=self.give)
        return Lines(table, columns_of(table, self.columns, self.needed, name, self.what, self.give))


@dataclass(frozen=True, slots=True)
class Lines:
    """A file that was read: its table, and by key the columns that it has."""

    table: Table
    columns: Mapping[str, str]

    def __iter__(self) -> Iterator[tuple[int, dict[str, str], Mapping[str, str]]]:
        """Yield of each row its line, its cells by key without the space around them, and the row as given."""
        for line, raw in self.table.rows:
            yield line, {key: raw.get(column, "").strip() for key, column in self.columns.items()}, raw


def folded(column: str) -> str:
    """Return a column's name without case and everything that is neither letter nor digit."""
    return "".join(character for character in column.casefold() if character.isalnum())
