"""Write the goldens anew: ``python -m tests.golden.reports.reset``; then read the difference, line by line."""

from __future__ import annotations

import json

from tests.golden.reports.digest import FOLDER, digests


def main() -> None:
    """Write one file a copy, one line a block."""
    for name, golden in digests().items():
        rows = ",\n".join(f" {json.dumps(key)}: {_rows(value)}" for key, value in golden.items())
        (FOLDER / f"{name}.json").write_text("{\n" + rows + "\n}\n", "utf-8")


def _rows(value: object) -> str:
    if not isinstance(value, list) or not value:
        return json.dumps(value)
    return "[\n" + ",\n".join("  " + json.dumps(row, ensure_ascii=False) for row in value) + "]"


if __name__ == "__main__":
    main()
