"""A PDF's text layer to characters, its lines and the space between its paragraphs kept."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from remit.kernel.errors import RemitError
from remit.text.decode import refuse

_HYPHEN_AT_END = "\ufffe"
"""What PDFium puts where a line ends in a hyphen; it leaves out the break."""
_LINE = re.compile(rf"([^\n\r{_HYPHEN_AT_END}]*)(\r?\n|{_HYPHEN_AT_END}|$)")
_PARAGRAPH = 1.25
"""Times the usual distance of two lines: from here on the space between them parts two paragraphs."""
_FEW = 20
"""Characters a page; a scanned page holds a page number or a stamp, if anything."""
_MOST_PAGES = 2_000


def read_pdf(data: bytes, name: str) -> str:
    """Return the text layer of a PDF: a line each, a blank line between paragraphs, a form feed between pages.

    Raises:
        BadInput: TXT-002 the file is no PDF that can be opened, TXT-010 it has too many pages, TXT-011 it is locked by
            a password, TXT-012 it holds pictures of pages and no text.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD:
            raise locked(name, "PDF") from None
        raise refuse(
            "TXT-002",
            "The file begins as a PDF but cannot be opened: it is cut short or damaged.",
            "Le fichier commence comme un PDF mais ne s’ouvre pas : il est tronqué ou endommagé.",
            name,
            do_en="Download it again, or give the official Akoma Ntoso XML.",
            do_fr="Téléchargez-le à nouveau, ou donnez le XML Akoma Ntoso officiel.",
        ) from None
    try:
        count = len(document)
        if count > _MOST_PAGES:
            raise refuse(
                "TXT-010",
                f"The PDF has {count:,} pages; a resolution never has more than {_MOST_PAGES:,}.",
                f"Le PDF compte {count:,} pages ; une résolution n’en a jamais plus de {_MOST_PAGES:,}.",
                name,
            )
        pages = [_page(document, index) for index in range(count)]
    finally:
        document.close()
    if sum(len("".join(page.split())) for page in pages) < _FEW * max(1, len(pages)):
        raise refuse(
            "TXT-012",
            f"The PDF has {len(pages)} pages and no text layer: it is scanned. Expected a PDF whose words can be selected.",
            f"Le PDF compte {len(pages)} pages et aucun texte : il est numérisé. Un PDF dont le texte peut être sélectionné est attendu.",
            name,
            do_en="Run it through text recognition and check the words, or give the official Akoma Ntoso XML.",
            do_fr="Passez-le à la reconnaissance de texte et vérifiez les mots, ou donnez le XML Akoma Ntoso officiel.",
        )
    return "\f".join(pages)


def locked(name: str, kind: str) -> RemitError:
    """Return the refusal of a file that only opens with a password."""
    return refuse(
        "TXT-011",
        f"The {kind} file is encrypted: it opens only with a password.",
        f"Le fichier {kind} est chiffré : il ne s’ouvre qu’avec un mot de passe.",
        name,
        do_en="Save it without a password and read that; no password is asked for or tried.",
        do_fr="Enregistrez-le sans mot de passe et lisez ce fichier ; aucun mot de passe n’est demandé ni essayé.",
    )


def _page(document: pypdfium2.PdfDocument, index: int) -> str:
    """Return a page's lines, with a blank line wherever there is more space than between lines."""
    page = document[index]
    text_page = page.get_textpage()
    try:
        text: str = text_page.get_text_range()
        starts, lines = _lines(text)
        heights = [_height(text_page, text, start, line) for start, line in zip(starts, lines, strict=True)]
    finally:
        text_page.close()
        page.close()
    return "\n".join(_spaced(lines, heights))


def _lines(text: str) -> tuple[list[int], list[str]]:
    """Cut a page's text into lines, each with the place of its first character on the page."""
    starts: list[int] = []
    lines: list[str] = []
    for match in _LINE.finditer(text):
        starts.append(match.start())
        lines.append(match[1] + ("-" if match[2] == _HYPHEN_AT_END else ""))
    return starts, lines


def _height(page: pypdfium2.PdfTextPage, text: str, start: int, line: str) -> float | None:
    """Return how high on the page the line stands, ``None`` where it cannot be told."""
    place = start + len(line) - len(line.lstrip())
    if not line.strip() or place >= len(text):
        return None
    x, y = ctypes.c_double(), ctypes.c_double()
    found = pdfium.FPDFText_GetCharOrigin(page.raw, place, ctypes.byref(x), ctypes.byref(y))
    return y.value if found else None


def _spaced(lines: Sequence[str], heights: Sequence[float | None]) -> list[str]:
    """Put a blank line between paragraphs: where the distance is clearly larger than the page's usual one."""
    known = [(index, height) for index, height in enumerate(heights) if height is not None]
    down = [before[1] - after[1] for before, after in pairwise(known)]
    steps = [step for step in down if step > 1]
    usual = median(steps) if steps else 0.0
    apart = {after[0] for after, step in zip(known[1:], down, strict=True) if usual and abs(step) > _PARAGRAPH * usual}
    spaced: list[str] = []
    for index, line in enumerate(lines):
        if index in apart:
            spaced.append("")
        spaced.append(line)
    return spaced
