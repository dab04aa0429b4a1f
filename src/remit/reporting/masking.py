"""The words of a document, place by place, and a copy of it in which some of them are masked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from remit.reporting.document import Block, Chart, Heading, Paragraph, ReportDocument, Run, Table
from remit.reporting.numbers import WITHHELD


def texts(document: ReportDocument) -> Iterator[tuple[str, str]]:
    """Yield every text of a document with where it stands: ``§``, ``¶ 12``, ``tab. 3``, ``fig. 2``."""
    yield "§", document.title
    for block in document.blocks:
        if isinstance(block, Heading):
            yield "§", block.text
        elif isinstance(block, Paragraph):
            yield f"¶ {block.number}", block.text
            for run in block.runs:
                if run.note:
                    yield f"¶ {block.number}", run.note
        elif isinstance(block, Table):
            for text in (block.title, *block.header, *(text for row in block.rows for text, _ in row)):
                yield f"tab. {block.number}", text
        else:
            for text in (block.title, block.alt):
                yield f"fig. {block.number}", text


def withheld(document: ReportDocument) -> Mapping[str, int]:
    """Return how many numbers are withheld, by where they would stand."""
    found: dict[str, int] = {}
    for where, text in texts(document):
        if WITHHELD in text and not where.startswith("fig."):
            found[where] = found.get(where, 0) + text.count(WITHHELD)
    return found


def masked(document: ReportDocument, words: Iterable[str]) -> ReportDocument:
    """Return the document with ``[…]`` in the place of each of these stretches, wherever they stand."""
    gone = sorted({one for one in words if one.strip()}, key=len, reverse=True)
    if not gone:
        return document
    blocks = tuple(_block(block, gone) for block in document.blocks)
    return replace(document, title=_text(document.title, gone), blocks=blocks)


def _text(text: str, gone: Sequence[str]) -> str:
    for one in gone:
        text = text.replace(one, WITHHELD)
    return text


def _block(block: Block, gone: Sequence[str]) -> Block:
    if isinstance(block, Heading):
        return replace(block, text=_text(block.text, gone))
    if isinstance(block, Paragraph):
        return replace(block, runs=_runs(block, gone))
    if isinstance(block, Table):
        rows = tuple(tuple((_text(text, gone), key) for text, key in row) for row in block.rows)
        header = tuple(_text(text, gone) for text in block.header)
        return replace(block, title=_text(block.title, gone), header=header, rows=rows)
    return _chart(block, gone)


def _runs(block: Paragraph, gone: Sequence[str]) -> tuple[Run, ...]:
    runs = tuple(replace(run, text=_text(run.text, gone), note=_text(run.note, gone)) for run in block.runs)
    text = "".join(run.text for run in runs)
    if not any(one in text for one in gone):
        return runs
    # It goes over the edge of a run: the paragraph becomes one, its notes behind it.
    return (Run(_text(text, gone)), *(Run("", note=run.note) for run in runs if run.note))


def _chart(block: Chart, gone: Sequence[str]) -> Chart:
    spec = {key: _inside(value, gone) for key, value in block.spec.items()}
    return replace(block, title=_text(block.title, gone), alt=_text(block.alt, gone), spec=spec)


def _inside(value: Any, gone: Sequence[str]) -> Any:
    if isinstance(value, str):
        return _text(value, gone)
    if isinstance(value, Mapping):
        return {key: _inside(one, gone) for key, one in value.items()}
    return [_inside(one, gone) for one in value] if isinstance(value, list) else value
