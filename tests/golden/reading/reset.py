"""Write the goldens anew: ``REMIT_CORPUS=… python -m tests.golden.reading.reset``; then review the difference."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from tests.golden.reading.digest import FOLDER, SOURCES, digest_of_file


def main() -> int:
    corpus = os.environ.get("REMIT_CORPUS", "")
    if not corpus:
        sys.stderr.write("REMIT_CORPUS is not set: it names the folder with the real texts.\n")
        return 2
    for name, source in SOURCES.items():
        golden = digest_of_file(Path(corpus) / source)
        rows = ",\n".join(f" {json.dumps(key)}: " + _rows(value) for key, value in golden.items())
        (FOLDER / f"{name}.json").write_text("{\n" + rows + "\n}\n", "utf-8")
    return 0


def _rows(value: object) -> str:
    if not isinstance(value, list):
        return json.dumps(value)
    return "[\n" + ",\n".join("  " + json.dumps(row, ensure_ascii=False) for row in value) + "]"


if __name__ == "__main__":
    raise SystemExit(main())
