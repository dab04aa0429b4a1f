"""What became of each provision from one mandate to the next, as rows of keys; no words of theirs.

Write the goldens anew: ``REMIT_CORPUS=… python -m tests.golden.comparing.pairs``; then review the difference.
"""

from __future__ import annotations

import json
import os
import sys
from itertools import pairwise
from pathlib import Path

from remit.services.comparing import Comparison, compare_files

FOLDER = Path(__file__).parent
MANDATES = ("S_RES_2295_2016", "S_RES_2364_2017", "S_RES_2423_2018", "S_RES_2480_2019")


def compared(corpus: Path, first: str, second: str) -> Comparison:
    """Return two mandates of the corpus beside each other."""
    old, new = (corpus / "resolutions" / "akn" / f"{name}.xml" for name in (first, second))
    found = compare_files(old.read_bytes(), old.name, new.read_bytes(), new.name)
    if not isinstance(found, Comparison):
        raise TypeError(f"{new.name} was read as a summary")
    return found


def rows_of(found: Comparison) -> list[list[str]]:
    """Return a row a provision: its key in the old text, in the new one, what became of it."""
    return [
        [one.old.key if one.old else "", one.new.key if one.new else "", one.kind + (" moved" if one.moved else "")]
        for one in found.changes
    ]


def main() -> int:
    corpus = os.environ.get("REMIT_CORPUS", "")
    if not corpus:
        sys.stderr.write("REMIT_CORPUS is not set: it names the folder with the real texts.\n")
        return 2
    for first, second in pairwise(MANDATES):
        rows = ",\n".join(" " + json.dumps(row) for row in rows_of(compared(Path(corpus), first, second)))
        (FOLDER / f"{first[6:]}-{second[6:]}.json").write_text(f"[\n{rows}\n]\n", "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
