"""Footnotes of a Word document (ECMA-376, 17.11): python-docx has no interface for them, so their part is written here."""

from __future__ import annotations

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml
from docx.text.paragraph import Paragraph as WordParagraph
from lxml import etree

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_EMPTY = f"""<w:footnotes {nsdecls("w")}>
<w:footnote w:type="separator" w:id="-1"><w:p><w:pPr><w:spacing w:after="0"/></w:pPr><w:r><w:separator/></w:r></w:p></w:footnote>
<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:pPr><w:spacing w:after="0"/></w:pPr><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>
</w:footnotes>"""


class Footnotes:
    """The footnotes of one document, numbered as they are hung. ``close`` adds their part where there is any."""

    def __init__(self, word: WordDocument) -> None:
        self._word = word
        self._root = parse_xml(_EMPTY)
        self._last = 0

    def hang(self, paragraph: WordParagraph, text: str) -> None:
        """Hang a footnote at the end of what the paragraph holds so far."""
        self._last += 1
        self._root.append(self._note(self._last, text))
        reference = OxmlElement("w:footnoteReference")
        reference.set(qn("w:id"), str(self._last))
        run = paragraph.add_run()
        run.font.superscript = True
        run._r.append(reference)  # noqa: SLF001 - as said above

    def close(self) -> None:
        """Add the part to the document, if a footnote was hung."""
        if not self._last:
            return
        data = etree.tostring(self._root, xml_declaration=True, encoding="UTF-8", standalone=True)
        package = self._word.part.package
        part = Part(PackURI("/word/footnotes.xml"), _TYPE, data, package)
        self._word.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)

    @staticmethod
    def _note(number: int, text: str) -> etree._Element:
        note = parse_xml(
            f"""<w:footnote {nsdecls("w")} w:id="{number}"><w:p><w:pPr><w:spacing w:after="40"/></w:pPr>
            <w:r><w:rPr><w:vertAlign w:val="superscript"/><w:sz w:val="17"/></w:rPr><w:footnoteRef/></w:r>
            <w:r><w:rPr><w:sz w:val="17"/></w:rPr><w:t xml:space="preserve"></w:t></w:r></w:p></w:footnote>"""
        )
        next(note.iter(qn("w:t"))).text = f" {text}"
        return note
