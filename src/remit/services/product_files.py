"""Products as files: Word, HTML and PDF."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from remit.kernel.errors import BadInput
from remit.reporting.document import ReportDocument
from remit.reporting.docx import to_docx
from remit.reporting.html import to_html
from remit.reporting.pdf import to_pdf
from remit.services.workspace import Workspace
from remit.services.writing import require_writable, write_whole

FORMATS: Mapping[str, str] = {".docx": "Word", ".html": "HTML", ".pdf": "PDF"}
_WRITERS = {".docx": to_docx, ".html": lambda document, measures: to_html(document, measures).encode(), ".pdf": to_pdf}


def render(workspace: Workspace, document: ReportDocument) -> dict[str, bytes]:
    """Return the document in every format, by file suffix."""
    return {suffix: written(workspace, document, suffix) for suffix in FORMATS}


def written(workspace: Workspace, document: ReportDocument, suffix: str) -> bytes:
    """Return the document in one of the formats."""
    return _WRITERS[suffix](document, workspace.mission.measures)


def save(workspace: Workspace, document: ReportDocument, file: Path) -> None:
    """Write the document as the file's suffix says; the file appears whole or not at all.

    Raises:
        BadInput: REP-021, a suffix that cannot be written; OUT-001, a place that cannot be written to.
    """
    write_whole(file, written(workspace, document, suffix_of(file)))


def suffix_of(file: Path) -> str:
    """Return which of our formats a file's suffix asks for.

    Raises:
        BadInput: REP-021, none.
    """
    suffix = file.suffix.lower()
    if suffix not in FORMATS:
        raise BadInput.of(
            "REP-021",
            f"A report cannot be written as “{suffix or file.name}”.",
            f"Un rapport ne peut pas être écrit en « {suffix or file.name} ».",
            do_en=f"Give a file that ends in one of {', '.join(FORMATS)}.",
            do_fr=f"Donnez un fichier qui finit par l’un de : {', '.join(FORMATS)}.",
        )
    return suffix


def require_place(file: Path) -> None:
    """Refuse a file that could not be written, before anything is computed or kept for it.

    Raises:
        BadInput: REP-021, its suffix; OUT-001, its place.
    """
    suffix_of(file)
    require_writable(file)


def file_stem(document: ReportDocument) -> str:
    """Return the stem of a product's files: outline, period, language, audience."""
    parts = [document.product, document.period.start.isoformat(), document.period.last.isoformat(), document.language]
    return "_".join([*parts, *([document.audience] if document.audience else [])])
