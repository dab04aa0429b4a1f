"""Write what was tested, transitive packages too, into ``[tool.uv] constraint-dependencies`` of pyproject.toml.

    uv run python scripts/pin.py [--upgrade]

What is pinned stays as it is, and what is new is pinned beside it; ``--upgrade`` takes the newest of everything.

A lock file would name package hosts, which this repository does not; constraints pin the same versions.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

FILE = Path(__file__).parents[1] / "pyproject.toml"
START, END = "# pinned: begin (scripts/pin.py)", "# pinned: end"


def main() -> None:
    """Ask uv for the whole resolution and write it between the two marks."""
    text = FILE.read_text("utf-8")
    bare = re.sub(f"\n*{re.escape(START)}.*?{re.escape(END)}\n", "\n", text, flags=re.DOTALL)
    upgrade = "--upgrade" in sys.argv[1:]
    if upgrade:
        FILE.write_text(bare, "utf-8")
    done = subprocess.run(
        ["uv", "export", "--quiet", "--no-hashes", "--no-emit-project", "--all-extras", "--all-groups", "--no-annotate",
         "--no-header", *(["--upgrade"] if upgrade else [])],
        cwd=FILE.parent, capture_output=True, text=True, check=True,
    )  # fmt: skip
    rows = sorted(line.strip() for line in done.stdout.splitlines() if "==" in line)
    quoted = "\n".join(f'    "{row}",' for row in rows)
    FILE.write_text(
        f"{bare.rstrip()}\n\n{START}\n[tool.uv]\nconstraint-dependencies = [\n{quoted}\n]\n{END}\n", "utf-8"
    )
    print(f"{len(rows)} versions pinned")


if __name__ == "__main__":
    main()
