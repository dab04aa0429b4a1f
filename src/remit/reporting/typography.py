"""How words are set: French spacing, as the Lexique des règles typographiques of the Imprimerie nationale has it.

A no-break space before a colon and inside guillemets, a narrow one before ; ! ?: no line begins with a mark.
"""

from __future__ import annotations

import re
from dataclasses import replace

from remit.reporting.document import Block, Chart, Heading, Paragraph, ReportDocument, Run, Table

NO_BREAK, NARROW = "\u00a0", "\u202f"
_HIGH = re.compile(r" ([;!?])")
_COLON = re.compile(r" :(?!\S)")
_OPEN, _CLOSE = re.compile(r"« ?(?=\S)"), re.compile(r"(?<=\S) ?»")
_PERCENT = re.compile(r"(?<=\d) (?=%)")


def set_text(text: str, language: str) -> str:
    """Return the text as it is printed in a language; only spaces change."""
    if language != "fr":
        return text
    text = _HIGH.sub(NARROW + r"\1", text)
    text = _COLON.sub(NO_BREAK + ":", text)
    text = _PERCENT.sub(NO_BREAK, text)
    return _CLOSE.sub(NO_BREAK + "»", _OPEN.sub("«" + NO_BREAK, text))


def labelled(label: str, value: str, language: str) -> str:
    """Return ``Label: value``, with the space that French sets before a colon."""
    return f"{label}{NO_BREAK if language == 'fr' else ''}: {value}"


def set_document(document: ReportDocument) -> ReportDocument:
    """Return the document with every text of it set in its language."""
    language = document.language
    if language != "fr":
        return document
    return replace(
        document,
        title=set_text(document.title, language),
        mission=set_text(document.mission, language),
        masthead={key: set_text(text, language) for key, text in document.masthead.items()},
        blocks=tuple(_set_block(block, language) for block in document.blocks),
        labels={key: set_text(text, language) for key, text in document.labels.items()},
    )


def _set_block(block: Block, language: str) -> Block:
    if isinstance(block, Heading):
        return replace(block, text=set_text(block.text, language))
    if isinstance(block, Paragraph):
        return replace(block, runs=_set_runs(block.runs, language))
    if isinstance(block, Chart):
        return replace(
            block,
            title=set_text(block.title, language),
            alt=set_text(block.alt, language),
            note=set_text(block.note, language),
        )
    return _set_table(block, language)


def _set_runs(runs: tuple[Run, ...], language: str) -> tuple[Run, ...]:
    """Set a sentence as a whole, so that a mark at the start of a run finds the space before it; then cut it again."""
    runs = tuple(replace(run, note=set_text(run.note, language)) if run.note else run for run in runs)
    whole = set_text("".join(run.text for run in runs), language)
    if len(whole) != sum(len(run.text) for run in runs):
        return tuple(replace(run, text=set_text(run.text, language)) for run in runs)
    found, at = [], 0
    for run in runs:
        found.append(replace(run, text=whole[at : at + len(run.text)]))
        at += len(run.text)
    return tuple(found)


def _set_table(block: Table, language: str) -> Table:
    return replace(
        block,
        title=set_text(block.title, language),
        header=tuple(set_text(text, language) for text in block.header),
        rows=tuple(tuple((set_text(text, language), key) for text, key in row) for row in block.rows),
        note=set_text(block.note, language),
        empty=set_text(block.empty, language),
    )
