"""Processes that record without end and say which entries were acknowledged, each killed at a random moment.

    python -m tests.journal.writing_process SEED SETTINGS FOLDER…

One after the other, so that each is killed while it writes and not while it starts: this process has loaded all that a
writer needs, and a writer is a copy of it (``fork``). Each writes into the folder's journal; each line of the file
``acknowledged`` beside it is the id of an entry whose transaction was committed. Every fourth time it seals as well.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from pathlib import Path
from typing import Any

from remit.config.setup import set_up_django
from remit.records.sealing import make_block
from remit.records.signing import Ed25519Signer
from tests.contract.journal_suite import START, Maker, suite_types
from tests.workspaces import SETTINGS

SIGNER = Ed25519Signer(b"k" * 32)


def write(folder: Path, settings: dict[str, Any]) -> None:
    """Write until killed."""
    from remit.store.databases import register
    from remit.store.journal import DjangoJournal

    opened, maker = DjangoJournal(register(folder, **settings), suite_types()), Maker()
    with (folder / "acknowledged").open("w") as out:
        nth = 0
        while True:
            nth += 1
            first = maker.recorded(f"X-{nth}", title=f"Title {nth}", narrative="words " * 50, number_seen=nth)
            entries = [first, maker.amended(first.record, number_seen=nth + 1, _reason="more is known")]
            with opened.transaction():
                opened.next_number("X")
                opened.append(entries)
            out.write("".join(f"{entry.id}\n" for entry in entries))
            out.flush()
            if nth % 4 == 0:
                with opened.transaction():
                    opened.add_block(make_block(opened, opened.unsealed(), SIGNER, START))


def kill_one(folder: Path, after: float, settings: dict[str, Any]) -> None:
    """Start a writer and kill it, so many seconds after its first acknowledgement."""
    writer = os.fork()
    if writer == 0:
        try:
            write(folder, settings)
        finally:
            os._exit(1)  # not reached but by a failure: the other side sees that it ended by itself
    limit = time.monotonic() + 60
    acknowledged = folder / "acknowledged"
    while not (acknowledged.exists() and acknowledged.stat().st_size) and time.monotonic() < limit:
        time.sleep(0.001)
    time.sleep(after)
    os.kill(writer, signal.SIGKILL)
    _, status = os.waitpid(writer, 0)
    if not os.WIFSIGNALED(status):
        sys.exit(f"the writer in {folder} ended by itself")


def main(seed: int, folders: list[Path], settings: dict[str, Any]) -> None:
    """Kill a writer in each folder."""
    set_up_django(SETTINGS)
    import remit.store.journal  # noqa: F401 - loaded here once, not by each writer

    chance = random.Random(seed)
    for folder in folders:
        kill_one(folder, chance.uniform(0.0, 0.15), settings)


if __name__ == "__main__":
    main(int(sys.argv[1]), [Path(one) for one in sys.argv[3:]], json.loads(sys.argv[2]))
