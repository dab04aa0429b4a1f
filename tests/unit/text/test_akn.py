"""The official XML: the same provisions, and spans that point into the file."""

from __future__ import annotations

from remit.text.read import read_document

XML = """<?xml version="1.0" encoding="UTF-8"?>
<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><statement name="resolution">
<meta><identification><FRBRWork><FRBRdate date="2031-03-03" name="adoption"/></FRBRWork></identification></meta>
<coverPage><p><docNumber>S/RES/9999 (2031)</docNumber></p><p><docTitle>Resolution 9999 (2031)</docTitle></p>
<p>at its <inline name="adoptionMeeting" title="9998th">9998th meeting</inline></p></coverPage>
<preamble><formula><p>The Security Council,</p></formula>
<container><p><span>Recalling</span> boats &amp; nets,</p></container></preamble>
<mainBody>
<paragraph><content><p>General principles</p></content></paragraph>
<paragraph><num>1.</num><list><intro><p>Urges calm at Çesme:</p></intro>
<point><num>(a)</num><content><p>Harbours</p></content></point></list></paragraph>
<paragraph><content><p>To keep them open;</p></content></paragraph>
<paragraph><num>2.</num><content><p>Decides to remain seized.</p></content></paragraph>
</mainBody></statement></akomaNtoso>"""


def test_provisions_and_facts() -> None:
    document = read_document(XML.encode(), "x.xml")
    assert [(one.role, one.path, one.text) for one in document.provisions] == [
        ("pp", "", "Recalling boats & nets,"),
        ("heading", "", "General principles"),
        ("op", "1", "Urges calm at Çesme:"),
        ("sub", "1.a", "Harbours"),
        ("cont", "1.a", "To keep them open;"),
        ("op", "2", "Decides to remain seized."),
    ]
    assert (document.symbol, str(document.adopted), document.meeting) == ("S/RES/9999 (2031)", "2031-03-03", 9998)
    assert document.problems == ()


def test_spans_point_into_the_file() -> None:
    document = read_document(XML.encode(), "x.xml")
    first = document.provisions[2]
    start = first.text.index("Çesme")
    begin, end = first.source_span(start, start + 5)
    assert document.source[begin:end] == "Çesme"
    last = document.provisions[-1]
    assert document.source[last.span[0] : last.span[1]].startswith("2.</num>")
