"""A writing process is killed at random moments: what it acknowledged is there, nothing is half there, the seal verifies.

This is ``kill -9``, not a power cut: the kernel still writes out what it was given. What guards against a power cut are
``synchronous=FULL`` (SQLite) and ``synchronous_commit=on`` with ``fsync=on`` (PostgreSQL), as far as the disk keeps its word.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from remit.config.setup import set_up_django
from remit.records.sealing import verify_journal
from tests.contract.journal_suite import suite_types
from tests.journal.writing_process import SIGNER
from tests.workspaces import SETTINGS, copy_tables

ROOT = Path(__file__).parents[2]


def kill_writers(folders: list[Path], seed: int, settings: dict[str, Any] | None = None) -> dict[Path, list[str]]:
    """Kill a writer in each folder at a moment of its own, and return what each acknowledged."""
    path = os.pathsep.join([str(ROOT), *sys.path])
    command = [sys.executable, "-m", "tests.journal.writing_process", str(seed), json.dumps(settings or {})]
    done = subprocess.run(
        [*command, *map(str, folders)], cwd=ROOT, env={**os.environ, "PYTHONPATH": path}, check=False,
        capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return {folder: (folder / "acknowledged").read_text().split() for folder in folders}


def hold(journal: Any, acknowledged: list[str]) -> int:
    """Hold a journal against what was acknowledged; return how many entries stand beyond it."""
    entries = {entry.id: entry for entry in journal.entries()}
    whole = [one for one in acknowledged if len(one) == 36]
    assert set(whole) <= set(entries), "an acknowledged entry is lost"
    found = verify_journal(journal, SIGNER)
    assert found.ok, found.first_problem
    by_record: dict[str, list[str]] = {}
    for entry in entries.values():
        by_record.setdefault(entry.record, []).append(entry.kind)
    assert all(kinds == ["recorded", "amended"] for kinds in by_record.values()), "a transaction is half there"
    standing = journal.state_digest()
    assert journal.rebuild() == len(by_record)
    assert journal.state_digest() == standing, "the current state fell behind its entries"
    assert journal.next_number("X") == len(by_record) + 1
    return len(entries) - len(whole)


def kill_and_hold(tmp_path: Path, times: int, seed: int, new_pair: Callable[[], Any] | None = None) -> None:
    """Kill so many writers, each in a workspace of its own (on a server, where one is given), and hold each journal."""
    set_up_django(SETTINGS)
    from remit.store.databases import forget, register
    from remit.store.journal import DjangoJournal

    folders = [tmp_path / str(nth) for nth in range(times)]
    from remit.store.server import write_server

    for folder in folders:
        if new_pair is None:
            copy_tables(folder)
        else:
            write_server(folder, new_pair())
    acknowledged = kill_writers(folders, seed)
    for folder in folders:
        aliases = register(folder)
        hold(DjangoJournal(aliases, suite_types()), acknowledged[folder])
        forget(aliases)
    assert sum(map(len, acknowledged.values())) >= 2 * times, "they were killed before they wrote"


def test_what_was_acknowledged_survives_kill_9(tmp_path: Path) -> None:
    kill_and_hold(tmp_path, 20, seed=9)


@pytest.mark.full
def test_what_was_acknowledged_survives_200_kills(tmp_path: Path) -> None:
    kill_and_hold(tmp_path, 200, seed=random.randrange(10**6))


def test_what_was_acknowledged_on_a_server_survives_kill_9(tmp_path: Path, new_pair: Callable[[], Any]) -> None:
    kill_and_hold(tmp_path, 20, 9, new_pair)


@pytest.mark.full
def test_what_was_acknowledged_on_a_server_survives_200_kills(tmp_path: Path, new_pair: Callable[[], Any]) -> None:
    kill_and_hold(tmp_path, 200, random.randrange(10**6), new_pair)
