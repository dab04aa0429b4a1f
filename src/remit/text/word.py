"""A Word file (.docx) to characters: one line a paragraph, with the numbers that Word itself would print."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, field
from xml.parsers import expat

from remit.kernel.errors import RemitError
from remit.text.decode import refuse
from remit.text.word_numbers import Numbering, read_numbering, read_style_numbers

_LARGEST_PART = 60_000_000
"""Bytes, unpacked; a part that says more is a mistake or an attack."""
_SKIPPED = frozenset(
    {"del", "moveFrom", "instrText", "footnoteReference", "endnoteReference", "Fallback", "txbxContent"}
)


def read_word(data: bytes, name: str) -> str:
    """Return the text of a Word file: its headers first (they hold the symbol), then a line a paragraph.

    Insertions under review are read as accepted, deletions as gone; footnotes and comments are not read.

    Raises:
        BadInput: TXT-003 it is no .docx (another zip, OpenDocument, a spreadsheet) or broken, TXT-010 it unpacks to
            more than a resolution ever has.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if "word/document.xml" not in names:
                raise _no_word(name, names)
            numbering = Numbering(
                read_numbering(_part(archive, "word/numbering.xml", name)) if "word/numbering.xml" in names else {},
                read_style_numbers(_part(archive, "word/styles.xml", name)) if "word/styles.xml" in names else {},
            )
            headers = sorted(one for one in names if re.fullmatch(r"word/header\d*\.xml", one))
            parts = [_paragraphs(_part(archive, one, name), Numbering({}, {})) for one in headers]
            parts.append(_paragraphs(_part(archive, "word/document.xml", name), numbering))
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        RuntimeError,
        EOFError,
        expat.ExpatError,
        KeyError,
        OSError,
    ) as error:
        raise refuse(
            "TXT-003",
            f"The file begins as a Word file but is broken: {error}.",
            f"Le fichier commence comme un fichier Word mais il est endommagé : {error}.",
            name,
            do_en="Open it in a word processor, save it again as .docx, and read that.",
            do_fr="Ouvrez-le dans un traitement de texte, enregistrez-le à nouveau en .docx et lisez ce fichier.",
        ) from None
    seen: list[str] = []
    for part in parts[:-1]:
        seen.extend(line for line in part if line.strip() and line not in seen)
    return "\n".join([*seen, *parts[-1]])


def _no_word(name: str, names: set[str]) -> RemitError:
    kinds = (
        ("content.xml", "an OpenDocument file", "un fichier OpenDocument"),
        ("xl/workbook.xml", "a spreadsheet", "un classeur"),
    )
    en, fr = next(
        ((en, fr) for part, en, fr in kinds if part in names),
        ("a zip file without a Word document", "un fichier zip sans document Word"),
    )
    return refuse(
        "TXT-003",
        f"This is {en}; expected a Word file (.docx), a PDF, text or the official XML.",
        f"C’est {fr} ; un fichier Word (.docx), un PDF, un texte ou le XML officiel est attendu.",
        name,
        do_en="Save it as .docx, or take the resolution out of the archive.",
        do_fr="Enregistrez-le en .docx, ou sortez la résolution de l’archive.",
    )


def _part(archive: zipfile.ZipFile, part: str, name: str) -> bytes:
    """Return a part of the file, never more than the limit, whatever its header says."""
    with archive.open(part) as stream:
        data = stream.read(_LARGEST_PART + 1)
    if len(data) > _LARGEST_PART:
        raise refuse(
            "TXT-010",
            f"{part} in it unpacks to more than {_LARGEST_PART:,} bytes; no resolution is so large.",
            f"{part} s’y décompresse en plus de {_LARGEST_PART:,} octets ; aucune résolution n’est aussi longue.",
            name,
        )
    return data


@dataclass(slots=True)
class _Reader:
    """Collects the words of each paragraph while the parser goes through the part."""

    numbering: Numbering
    lines: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    depth: int = 0
    skipping: int = 0
    in_text: bool = False
    list_id: str | None = None
    list_level: str = "0"
    style: str = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        if self.skipping or tag in _SKIPPED:
            self.skipping += 1
            return
        value = next((attributes[key] for key in attributes if key.rpartition(":")[2] == "val"), "")
        if tag == "p":
            self.open, self.list_id, self.list_level, self.style = [], None, "0", ""
        elif tag == "numId":
            self.list_id = value
        elif tag == "ilvl":
            self.list_level = value
        elif tag == "pStyle":
            self.style = value
        elif tag == "t":
            self.in_text = True
        elif tag in ("tab", "ptab") and not attributes:
            self.open.append("\t")
        elif tag in ("br", "cr"):
            self.open.append("\n")
        elif tag == "noBreakHyphen":
            self.open.append("-")

    def end(self, tag: str) -> None:
        tag = tag.rpartition(":")[2]
        if self.skipping:
            self.skipping -= 1
            return
        if tag == "t":
            self.in_text = False
        elif tag == "p":
            words = "".join(self.open)
            mark = self.numbering.mark(self.list_id, self.list_level, self.style) if words.strip() else ""
            self.lines.append(f"{mark}\t{words}" if mark else words)
            self.open = []

    def data(self, text: str) -> None:
        if self.in_text and not self.skipping:
            self.open.append(text)


def _paragraphs(part: bytes, numbering: Numbering) -> list[str]:
    """Return the lines of a part; a document type is refused by the parser's handler, nothing is fetched."""
    reader = _Reader(numbering)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.data
    parser.StartDoctypeDeclHandler = _no_doctype
    parser.Parse(part, True)
    return reader.lines


def _no_doctype(*_: object) -> None:
    raise RuntimeError("it declares a document type")
