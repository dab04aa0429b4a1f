"""``python -m remit.config.guarding DIR``: put back the guards that keep a workspace's journal append-only."""

from __future__ import annotations

import sys
from pathlib import Path

from remit.config.composition import Composition
from remit.kernel.errors import RemitError


def main(arguments: list[str]) -> int:
    """Put the guards of the workspace named back; return the exit status."""
    if len(arguments) != 1:
        sys.stderr.write("python -m remit.config.guarding DIR\n")
        return 2
    try:
        Composition().restore_guards(Path(arguments[0]))
    except RemitError as error:
        sys.stderr.write(error.text() + "\n")
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
