"""What a golden holds of a report: its blocks, numbers, keys and digests of its words; never a sentence."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Mapping
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

import docx

from remit.reporting.document import Block, Chart, Heading, Paragraph, ReportDocument
from remit.services.demonstrating import end_of, period_of, record_demonstration, reporter
from remit.services.product_files import render
from remit.services.reporting import write
from tests.workspaces import composition

FOLDER = Path(__file__).parent
COPIES = {"exercise-en": ("en", ""), "exercise-fr": ("fr", ""), "exercise-council": ("en", "council")}


def digests() -> dict[str, Any]:
    """Return the golden form of the exercise's first quarterly note, of each copy."""
    workspace = composition().in_memory(composition().load("exercise"))
    record_demonstration(workspace, lambda _: None)
    standing = workspace.at(end_of(workspace.mission))
    period = period_of(workspace.mission)
    cut_off = datetime.combine(period.last, time(12), UTC)
    product = "quarterly-note"
    found = {}
    for name, (language, audience) in COPIES.items():
        document = write(
            standing, reporter(workspace), product, period, cut_off=cut_off, language=language, audience=audience
        )
        found[name] = _digest_of(document, render(workspace, document))
    return found


def _digest_of(document: ReportDocument, pages: dict[str, bytes]) -> dict[str, Any]:
    snapshot = next(iter(document.figures.values())).snapshot
    page = pages[".html"].decode().replace(document.head, "HEAD").replace(snapshot, "SNAPSHOT")
    word = docx.Document(io.BytesIO(pages[".docx"]))
    return {
        "product": document.product,
        "period": str(document.period),
        "level": document.level,
        "invented": document.invented,
        "unanswered": list(document.unanswered),
        "figures": {key: [figure.value, len(figure.record_ids)] for key, figure in document.figures.items()},
        "blocks": [_block(block) for block in document.blocks],
        # Charts are left out, since their text is measured with the fonts of the machine; the style, since it is looked at.
        "html": _digest(re.sub(r'src="data:[^"]*"|<style>.*?</style>', "", page, flags=re.DOTALL)),
        "word": [[p.style.name if p.style else "", _digest(p.text)] for p in word.paragraphs if snapshot not in p.text],
    }


def _block(block: Block) -> list[Any]:
    if isinstance(block, Heading):
        return ["heading", block.depth, block.number, _digest(block.text)]
    if isinstance(block, Paragraph):
        return ["paragraph", block.number, list(block.figures), list(block.answers), _digest(block.text)]
    if isinstance(block, Chart):
        return [
            "chart",
            block.number,
            block.figure,
            _values(block.spec),
            _digest(block.alt),
        ]
    return ["table", block.number, [[key for _, key in row] for row in block.rows], _digest(repr(block.rows))]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _values(spec: Mapping[str, Any]) -> list[Any]:
    """Return the numbers of a chart, or of a map's areas."""
    if "data" in spec:
        return [row["value"] for row in spec["data"]["values"]]
    areas = {
        shape["properties"]["name"]: shape["properties"]["value"]
        for layer in spec["layer"]
        for shape in layer.get("data", {}).get("values", ())
        if "properties" in shape
    }
    return [areas[name] for name in sorted(areas)]
