"""Several writers at once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from threading import Thread
from typing import Any

from remit.kernel.conditions import ALWAYS
from remit.records.journal import Query
from tests.contract.journal_suite import Maker

ROOT = Path(__file__).parents[3]
WRITE = """
import sys
from pathlib import Path
from remit.config.setup import set_up_django
from tests.workspaces import SETTINGS
set_up_django(SETTINGS)
from remit.store.databases import register
from remit.store.journal import DjangoJournal
from tests.contract.journal_suite import Maker, suite_types
journal, maker = DjangoJournal(register(Path(sys.argv[1])), suite_types()), Maker()
for _ in range(15):
    with journal.transaction():
        entry = maker.recorded(f"X-{journal.next_number('X')}", title="Written")
        journal.append([entry, maker.amended(sys.argv[2], number_seen=1)])
    print(entry.id, flush=True)
"""


def test_two_processes_write_at_once__and_both_succeed(journal: Any, folder: Path, maker: Maker) -> None:
    shared = maker.recorded("X-0", title="Shared")
    journal.append([shared])
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITE, str(folder), shared.record], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    acknowledged = [line for writer in writers for line in writer.communicate(timeout=60)[0].split()]
    assert [writer.returncode for writer in writers] == [0, 0]
    assert len(acknowledged) == 30
    assert all(journal.entry(entry) is not None for entry in acknowledged)
    numbers = sorted(int(r.number[2:]) for r in journal.find(Query(ALWAYS)))
    assert numbers == list(range(31)), "no number is given twice, and none is lost"
    assert journal.get(shared.record).revision == 31, "the state holds what both wrote"
    before = journal.state_digest()
    assert journal.rebuild() == 31
    assert journal.state_digest() == before


def test_threads_write_at_once(journal: Any, maker: Maker) -> None:
    from django.db import connections

    lots = [[maker.recorded(f"{lot}-{nth}") for nth in range(10)] for lot in range(4)]

    def write(lot: list[Any]) -> None:
        for entry in lot:
            journal.append([entry])
        connections.close_all()

    threads = [Thread(target=write, args=[lot]) for lot in lots]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert journal.count(Query(ALWAYS)) == 40
