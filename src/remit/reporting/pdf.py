"""A report as a tagged PDF (PDF/UA-1), set by Typst: nothing to install beside the package, no network."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib import resources
from typing import Any

from remit.kernel.wording import Words
from remit.mandate.declared import provision_label
from remit.measures.definitions import Measure
from remit.reporting import wording
from remit.reporting.charts import svg
from remit.reporting.document import Block, Chart, Heading, Paragraph, ReportDocument, Table
from remit.reporting.numbers import day, instant
from remit.reporting.provenance import origins, snapshots
from remit.reporting.sentences import period_words
from remit.reporting.typography import labelled, set_text


def to_pdf(document: ReportDocument, measures: Mapping[str, Measure]) -> bytes:
    """Return the bytes of a PDF: the same blocks as the Word document, tagged, with text for what charts show.

    The internal copy carries figure keys in the margin and an appendix of origins; the public one neither.
    """
    import typst  # noqa: PLC0415 - a large library, and most commands write no PDF

    files: dict[str, bytes] = {"main.typ": _template()}
    blocks = [_block(block, document, files) for block in document.blocks]
    files["report.json"] = json.dumps(_data(document, measures, blocks), ensure_ascii=False).encode()
    done = typst.compile(  # type: ignore[call-overload]  # its stubs lag behind: several files in memory are one input
        files, format="pdf", pdf_standards=["ua-1"], timestamp=int(document.written_at.timestamp())
    )
    assert isinstance(done, bytes)  # noqa: S101 - one file is asked for
    return done


def _template() -> bytes:
    return (resources.files("remit.reporting") / "templates" / "report.typ").read_bytes()


def _data(document: ReportDocument, measures: Mapping[str, Measure], blocks: list[dict[str, Any]]) -> dict[str, Any]:
    language, head = document.language, document.masthead

    def say(words: Words, **values: object) -> str:
        return set_text(words.format(**values).in_(language), language)

    def with_label(words: Words, value: str) -> list[str]:
        return [labelled(say(words), value, language)] if value else []

    about = f"{document.mission} · {period_words(document.period, language)}"
    if document.as_of:
        about += f" · {say(wording.CUT_OFF)} {instant(document.as_of, language)}"
    return {
        "language": language,
        "title": document.title,
        "level": wording.LEVELS[document.level].in_(language),
        "level_key": document.level,
        "invented": say(wording.INVENTED) if document.invented else "",
        "written": [document.written_at.year, document.written_at.month, document.written_at.day],
        "united_nations": say(wording.UNITED_NATIONS),
        "symbol": head.get("symbol") or say(wording.DRAFT),
        "organ": head.get("organ", ""),
        "distribution": [
            *with_label(wording.DISTRIBUTION, head.get("distribution", "")),
            day(document.written_at.date(), language),
            *with_label(wording.ORIGINAL, head.get("original", "")),
        ],
        "about": about,
        "head": labelled(say(wording.HEAD), document.head, language) if document.head else "",
        "internal": document.internal,
        "withheld": say(wording.WITHHELD_NOTE) if document.withheld else "",
        "blocks": blocks,
        "appendix": list(_appendix(document, measures)) if document.internal else [],
    }


def _block(block: Block, document: ReportDocument, files: dict[str, bytes]) -> dict[str, Any]:
    language = document.language
    if isinstance(block, Heading):
        number = block.number if block.annex or not block.number else f"{block.number}."
        return {"kind": "heading", "depth": block.depth, "number": number, "text": block.text, "annex": block.annex}
    if isinstance(block, Paragraph):
        return {
            "kind": "paragraph",
            "number": block.number,
            "runs": [{"text": run.text, "note": run.note} for run in block.runs],
            "margin": list(block.figures),
            "answers": "; ".join(provision_label(path, language) for path in block.answers),
            "unwritten": block.unwritten,
        }
    if isinstance(block, Table):
        label = set_text(wording.TABLE.format(n=block.number).in_(language), language)
        return _cells(block.header, [[text for text, _ in row] for row in block.rows], block) | {
            "kind": "table",
            "title": f"{label}. {block.title}",
            "note": block.note,
        }
    return _chart(block, document, files)


def _chart(block: Chart, document: ReportDocument, files: dict[str, bytes]) -> dict[str, Any]:
    name = f"chart-{block.number}.svg"
    files[name] = svg(block.spec).encode()
    label = set_text(wording.FIGURE.format(n=block.number).in_(document.language), document.language)
    return {"kind": "chart", "title": f"{label}. {block.title}", "file": name, "alt": block.alt, "note": block.note}


def _cells(header: tuple[str, ...], rows: list[list[str]], table: Table) -> dict[str, Any]:
    whole = rows or ([[table.empty, *[""] * (len(header) - 1)]] if table.empty else [])
    return {
        "header": list(header),
        "rows": whole,
        "words": table.words,
        "widths": list(table.widths),
        "total": table.total,
    }


def _appendix(document: ReportDocument, measures: Mapping[str, Measure]) -> Any:
    language = document.language

    def say(words: Words, **values: object) -> str:
        return set_text(words.format(**values).in_(language), language)

    nothing = {"rows": [], "header": [], "words": True, "widths": []}
    if document.unanswered:
        paths = ", ".join(provision_label(path, language) for path in document.unanswered)
        yield nothing | {"title": say(wording.UNANSWERED), "text": say(wording.UNANSWERED_NOTE, paths=paths)}
    if document.figures:
        yield {
            "title": say(wording.PROVENANCE),
            "text": say(wording.SNAPSHOT, names=snapshots(document)),
            "header": [words.in_(language) for words in wording.PROVENANCE_HEADER[:4]],
            "rows": [
                [f"{one.label}\n{one.key}\n{one.definition}", one.value, one.rule, str(one.records)]
                for one in origins(document, measures)
            ],
            "words": True,
            "widths": [4.4, 2, 8, 1.2],
            "small": True,
        }
