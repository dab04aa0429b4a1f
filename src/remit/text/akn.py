"""The official Akoma Ntoso XML to pieces, each with the characters of the file that it was read from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from xml.parsers import expat

from remit.text.decode import refuse
from remit.text.furniture import Masthead
from remit.text.lines import even_spaces
from remit.text.segment import Piece, make_piece
from remit.text.strand import Strand, weave

_BLOCKS = frozenset({"p", "subheading", "heading", "num", "crossHeading"})
_PARTS = frozenset({"preamble", "mainBody", "body", "debateBody", "conclusions"})


@dataclass(slots=True)
class _Handler:
    """Collects text with its place while the parser goes through the file."""

    source: bytes
    name: str
    parser: expat.XMLParserType
    stack: list[str] = field(default_factory=list)
    blocks: list[tuple[str, Strand]] = field(default_factory=list)
    open: list[Strand] = field(default_factory=list)
    facts: dict[str, str] = field(default_factory=dict)
    cover: list[str] = field(default_factory=list)
    byte_at: int = 0
    char_at: int = 0
    root: str = ""

    def _place(self) -> int:
        """Return the character offset of the event, counted on from the last one (the file is UTF-8 here)."""
        here = self.parser.CurrentByteIndex
        self.char_at += len(self.source[self.byte_at : here].decode("utf-8"))
        self.byte_at = here
        return self.char_at

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        self.root = self.root or tag
        self.stack.append(tag)
        for fact, element in (("symbol", "docNumber"), ("adopted", "FRBRdate")):
            if tag == element and fact == "adopted" and attributes.get("name") == "adoption":
                self.facts.setdefault(fact, attributes.get("date", ""))
        if tag == "docDate" and attributes.get("refersTo") == "#adoptionDate":
            self.facts["adopted"] = attributes.get("date", "")
        if tag == "inline" and attributes.get("name") == "adoptionMeeting":
            self.facts["meeting"] = attributes.get("title", "")

    def end(self, tag: str) -> None:
        tag = tag.rpartition(":")[2]
        self.stack.pop()
        if tag in _BLOCKS and self.open:
            self.blocks.append((tag, weave(self.open, "")))
            self.open = []

    def data(self, text: str) -> None:
        if "coverPage" in self.stack:
            if "docNumber" in self.stack:
                self.facts["symbol"] = self.facts.get("symbol", "") + text
            self.cover.append(text)
        if not _PARTS.intersection(self.stack) or not _BLOCKS.intersection(self.stack) or "formula" in self.stack:
            return
        if {"authorialNote", "remark"}.intersection(self.stack):
            return
        self.open.append(Strand.of(text, self._place()))

    def doctype(self, *_: object) -> None:
        raise refuse(
            "TXT-009",
            "The XML declares a document type or entities; expected the plain official Akoma Ntoso file.",
            "Le XML déclare un type de document ou des entités ; le fichier Akoma Ntoso officiel, simple, est attendu.",
            self.name,
            do_en="Remove the DOCTYPE; entities are never expanded and nothing is fetched.",
            do_fr="Retirez le DOCTYPE ; aucune entité n’est développée et rien n’est téléchargé.",
        )


def read_akn(source: str, name: str) -> tuple[Masthead, tuple[Piece, ...]]:
    """Return what the cover says, and the pieces of the preamble and the operative part.

    Entities are refused, nothing is fetched: expat with a handler that stops at a document type.

    Raises:
        BadInput: TXT-007 the XML is broken, TXT-008 it is not Akoma Ntoso, TXT-009 it declares a document type.
    """
    data = re.sub(
        r"^(\s*<\?xml[^>]*?)\sencoding=([\"'])[^\"']*\2", lambda m: m[1] + " " * (len(m[0]) - len(m[1])), source
    ).encode("utf-8")
    parser = expat.ParserCreate("utf-8")
    handler = _Handler(data, name, parser)
    parser.buffer_text = False
    parser.StartElementHandler = handler.start
    parser.EndElementHandler = handler.end
    parser.CharacterDataHandler = handler.data
    parser.StartDoctypeDeclHandler = handler.doctype
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise refuse(
            "TXT-007",
            f"The XML breaks off at line {error.lineno}, column {error.offset}: {expat.ErrorString(error.code)}.",
            f"Le XML est rompu à la ligne {error.lineno}, colonne {error.offset} : {expat.ErrorString(error.code)}.",
            name,
            do_en="Download the file again, or give the text extracted from the PDF.",
            do_fr="Téléchargez le fichier à nouveau, ou donnez le texte extrait du PDF.",
        ) from None
    if handler.root != "akomaNtoso":
        raise refuse(
            "TXT-008",
            f"The XML is <{handler.root}>; expected <akomaNtoso>.",
            f"Le XML est un <{handler.root}> ; <akomaNtoso> est attendu.",
            name,
        )
    return _masthead(handler), _pieces(handler.blocks)


def _masthead(handler: _Handler) -> Masthead:
    symbol = re.sub(r"\s+", " ", handler.facts.get("symbol", "")).strip()
    title = re.search(r"Resolution\s+\d+\s*\(\d{4}\)", " ".join(handler.cover))
    meeting = re.match(r"\d+", handler.facts.get("meeting", ""))
    adopted = handler.facts.get("adopted", "")
    return Masthead(
        symbol=re.sub(r"(\d)\(", r"\1 (", symbol),
        title=re.sub(r"\s+", " ", title.group()) if title else "",
        adopted=date.fromisoformat(adopted) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", adopted) else None,
        meeting=int(meeting.group()) if meeting else None,
        formula=True,
    )


def _pieces(blocks: Sequence[tuple[str, Strand]]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    label: Strand | None = None
    for tag, raw in blocks:
        strand = even_spaces(raw).strip()
        if tag == "num":
            if label is not None:
                pieces.append(make_piece(label))
            label = strand if strand.text else None
            continue
        if not strand.text:
            continue
        whole = strand if label is None else weave((label, strand))
        label = None
        piece = make_piece(whole)
        heading = tag in ("subheading", "heading", "crossHeading") and piece.mark is None
        pieces.append(Piece(piece.mark, piece.strand, piece.whole, heading=heading))
    if label is not None:
        pieces.append(make_piece(label))
    return tuple(pieces)
