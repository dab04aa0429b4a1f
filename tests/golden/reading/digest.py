"""What a golden holds of a reading: paths, offsets, digests, days, amounts, symbols and names; never a sentence."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from remit.services.reading import read_file, to_json

FOLDER = Path(__file__).parent
SOURCES = {
    "2364-text": "resolutions/text/S_RES_2364_2017.txt",
    "2364-xml": "resolutions/akn/S_RES_2364_2017.xml",
}


def digest_of_file(file: Path) -> dict[str, Any]:
    """Return the golden form of one file's reading."""
    reading = to_json(read_file(file.read_bytes(), file.name))
    return {
        "symbol": reading["symbol"],
        "adopted": reading["adopted"],
        "meeting": reading["meeting"],
        "provisions": [
            [one["role"], one["path"], one["key"], one["span"], _digest(one["text"])] for one in reading["provisions"]
        ],
        "obligations": [
            [one["path"], one["force"], one["addressees"], one["span"], _digest(one["action"])]
            for one in reading["obligations"]
        ],
        "clocks": [[one["path"], one["kind"], one["dates"], one["span"]] for one in reading["clocks"]],
        "limits": [[one["path"], one["amount"], one["of"], one["span"]] for one in reading["limits"]],
        "citations": [[one["path"], one["symbol"]] for one in reading["citations"]],
        "references": [[one["path"], one["to"]] for one in reading["references"]],
        "problems": [[one["code"], one["path"]] for one in reading["problems"]],
    }


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]
