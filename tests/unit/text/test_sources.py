"""PDF and Word: the same provisions as the text, spans in what was extracted, and a message for what cannot be read."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

import pytest

from remit.kernel.errors import BadInput
from remit.text.document import Document
from remit.text.read import read_document

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
HEAD = [
    "United Nations",
    "S/RES/9999 (2031)",
    "Resolution 9999 (2031)",
    "Adopted by the Security Council at its 9998th meeting, on 3 March 2031",
]
LINES = [
    *HEAD,
    "The Security Council,",
    "Recalling its resolution 9998 (2031), and noting that the ferries between the shores have run since January,",
    "The Harbour Accord",
    "1.\tDecides that the mandate of UNXMT shall include the following tasks:",
    "(a)\tTruce and confidence between the shores",
    "To observe the truce and to tell the Council of the breaches of it that the Mission has confirmed;",
    "(b)\tTo support the harbour commissions, notably:",
    "•\tto help them share one register of vessels,",
    "•\tto bring their members together each month;",
    "2.\tRequests the Secretary-General to report every three months;",
]
PLACES = ["", "", "1", "1.a", "1.a", "1.b", "1.b.-1", "1.b.-2", "2"]


def word_file(paragraphs: Sequence[str], **parts: str) -> bytes:
    """A Word file of these paragraphs (or of XML that stands in for one), with further parts."""
    body = "".join(
        one
        if one.startswith("<w:p>")
        else "<w:p><w:r>" + "<w:tab/>".join(f"<w:t>{escape(piece)}</w:t>" for piece in one.split("\t")) + "</w:r></w:p>"
        for one in paragraphs
    )
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>')
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", content)
    return held.getvalue()


def pdf_file(pages: Sequence[Sequence[str]], *, trailer: bytes = b"") -> bytes:
    """A PDF with these lines on each page; "" is the space between two paragraphs."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for lines in pages:
        drawn, y = [], 760.0
        for line in lines:
            y -= 12 if line else 8
            words = line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
            drawn += [f"BT /F1 10 Tf 72 {y} Td ({words}) Tj ET"] if line else []
        content = "\n".join(drawn).encode("latin-1")
        objects.append(b"<< /Length %d >> stream\n%s\nendstream" % (len(content), content))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R /Resources << /Font << /F1 3 0 R >> >> >>"
            % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    held, places = b"%PDF-1.4\n", []
    for index, one in enumerate(objects, 1):
        places.append(len(held))
        held += b"%d 0 obj %s endobj\n" % (index, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(held)
    held += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    return held + b"trailer << /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, trailer, start)


PAGES = [
    [
        *HEAD,
        "",
        "The Security Council,",
        "",
        "Recalling its resolution 9998 (2031), and noting that the ferries",
        "between the shores have run since January,",
        "",
        "The Harbour Accord",
        "",
        "1. Decides that the mandate of UNXMT shall include the following tasks:",
        "",
        "(a) Truce and confidence between the shores",
        "",
        "To observe the truce and to tell the Council of the breaches of it that the",
        "20-90107",
        "1/2",
    ],
    [
        "S/RES/9999 (2031)",
        "",
        "Mission has confirmed;",
        "",
        "(b) To support the harbour commissions, notably:",
        "",
        "- to help them share one register of vessels,",
        "",
        "- to bring their members together each month;",
        "",
        "2. Requests the Secretary-",
        "General to report every three months;",
    ],
]


def check(document: Document) -> None:
    assert [one.path for one in document.provisions] == PLACES
    assert [one.role for one in document.provisions] == [
        "pp",
        "heading",
        "op",
        "sub",
        "cont",
        "sub",
        "sub",
        "sub",
        "op",
    ]
    assert document.provisions[4].text == LINES[9]
    assert document.provisions[-1].text == "Requests the Secretary-General to report every three months;"
    assert (document.symbol, str(document.adopted), document.meeting) == ("S/RES/9999 (2031)", "2031-03-03", 9998)
    for one in document.provisions:
        begin, end = one.source_span(0, 7)
        assert document.source[begin:end] == one.text[:7]


def test_a_word_file() -> None:
    check(read_document(word_file(LINES), "x.docx"))


def test_a_pdf_with_its_text() -> None:
    check(read_document(pdf_file(PAGES), "x.pdf"))


def test_numbers_that_word_prints_itself() -> None:
    def item(text: str, level: int) -> str:
        return f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="3"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'

    levels = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for depth, (kind, text) in enumerate([("decimal", "%1."), ("lowerLetter", "(%2)"), ("lowerRoman", "(%3)")])
    )
    numbering = (
        f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    data = word_file(
        [
            *HEAD,
            "The Security Council,",
            "Recalling boats,",
            item("Decides:", 0),
            item("to wait:", 1),
            item("by day;", 2),
            item("by night;", 2),
            item("to see;", 1),
            item("Urges calm;", 0),
        ],
        numbering=numbering,
    )
    assert [one.path for one in read_document(data, "x.docx").provisions] == [
        "",
        "1",
        "1.a",
        "1.a.i",
        "1.a.ii",
        "1.b",
        "2",
    ]


def test_a_word_file_under_review_reads_as_accepted_and_its_header_gives_the_symbol() -> None:
    reviewed = (
        "<w:p><w:r><w:t xml:space='preserve'>1. Urges </w:t></w:r><w:del><w:r><w:delText>haste</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>calm</w:t></w:r></w:ins><w:r><w:t>;</w:t></w:r></w:p>"
    )
    header = f'<w:hdr xmlns:w="{W}"><w:p><w:r><w:t>S/RES/9999 (2031)</w:t></w:r></w:p></w:hdr>'
    document = read_document(
        word_file(["The Security Council,", "Recalling boats,", reviewed], header1=header), "x.docx"
    )
    assert document.symbol == "S/RES/9999 (2031)"
    assert document.provisions[-1].text == "Urges calm;"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"%PDF-1.7 ...", "TXT-002"),
        (b"PK\x03\x04....", "TXT-003"),
        (pdf_file([[], []]), "TXT-012"),
        (pdf_file([["5"], ["6"]]), "TXT-012"),
        (
            pdf_file(
                PAGES,
                trailer=b"/ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>"
                % (b"ab" * 32, b"cd" * 32),
            ),
            "TXT-011",
        ),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "TXT-011"),
        (b"\xd0\xcf\x11\xe0 an old .doc", "TXT-003"),
        (word_file(["<w:p><w:r><w:t>no end", ""])[:-40], "TXT-003"),
        (word_file(["<w:p><w:r><w:t>no end"]), "TXT-003"),
        ("Le Conseil de sécurité,\nRappelant ses résolutions,\n1. Décide de proroger le mandat;\n".encode(), "TXT-013"),
        ("安全理事会，\n回顾其决议，".encode(), "TXT-013"),
    ],
)
def test_what_cannot_be_read_says_so(data: bytes, code: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_document(data, "given")
    assert caught.value.code == code
    assert caught.value.issues[0].remedy is not None


def test_a_part_that_unpacks_without_end_is_refused() -> None:
    data = word_file(["The Security Council," + " " * 60_000_001])
    with pytest.raises(BadInput) as caught:
        read_document(data, "bomb.docx")
    assert caught.value.code == "TXT-010"


def test_a_resolution_of_the_general_assembly_is_read_and_said_to_be_one() -> None:
    text = (
        "United Nations A/RES/74/901\nGeneral Assembly\nResolution adopted by the General Assembly on 18 December 2019\n"
        "74/901. Boats and harbours\nThe General Assembly,\nRecalling its resolution 73/901 of 5 December 2018,\n"
        "1. Welcomes the work of the harbour commissions;\n19-22222\nA/RES/74/901 Boats and harbours\n2/2\n"
        "2. Requests the Secretary-General to report on it.\n49th plenary meeting\n18 December 2019\n"
    )
    document = read_document(text.encode(), "a.txt")
    assert (document.symbol, document.title, document.meeting) == ("A/RES/74/901", "74/901. Boats and harbours", 49)
    assert [one.path for one in document.provisions] == ["", "1", "2"]
    assert [issue.code for issue in document.problems] == ["TXT-111"]
