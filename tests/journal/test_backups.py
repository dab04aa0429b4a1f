"""A workspace is backed up while it is used; what is restored is verified, and continues the same chain."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from remit.services.backing_up import back_up, restore
from remit.services.verifying import head, seal, verify
from remit.services.workspace import Workspace
from tests.journal.conftest import SECRET, incident
from tests.workspaces import composition

Remit = Callable[..., tuple[int, str, str]]


def test_a_restored_workspace_is_the_same_and_continues_the_chain(
    workspace: Workspace, remit: Remit, tmp_path: Path
) -> None:
    for nth in range(3):
        incident(workspace, f"Title {nth}", narrative="Words")
    sha256 = workspace.attachments.keep(b"a file", "file.txt")
    state, before = workspace.journal.state_digest(), list(workspace.journal.entries())
    status, out, err = remit(
        "backup", "--workspace", workspace.folder, tmp_path / "copy", "--keys", tmp_path / "keys", "--format", "json"
    )
    assert status == 0, err
    made = json.loads(out)
    assert (made["entries"], made["head"]) == (3, head(workspace))
    status, out, err = remit(
        "restore", tmp_path / "copy", "--keys", tmp_path / "keys", "--workspace", tmp_path / "again"
    )
    assert status == 0, err
    again = composition().open(tmp_path / "again")
    assert again.journal.state_digest() == state
    assert list(again.journal.entries()) == before
    assert again.attachments.read(sha256) == b"a file"
    incident(again, "After")
    seal(again)
    found = verify(again, kept_head=made["head"])
    assert found.ok and (found.blocks, found.entries) == (2, 4)
    assert again.signer.public_key == workspace.signer.public_key
    number = again.journal.blocks()[-1].number
    assert number == 2, "numbers and blocks go on where they stood"
    composition().close(again)


def test_a_backup_holds_no_key_and_nothing_that_opens_without_one(
    workspace: Workspace, remit: Remit, tmp_path: Path
) -> None:
    incident(workspace, "Title", narrative=SECRET)
    assert SECRET.encode() in _bytes_of(workspace.folder or tmp_path), "the current state holds it in plain words"
    status, _, err = remit("backup", "--workspace", workspace.folder, tmp_path / "copy")
    assert status == 0 and "keys were not backed up" in err
    assert SECRET.encode() not in _bytes_of(tmp_path / "copy")
    names = {file.name for file in (tmp_path / "copy").rglob("*")}
    assert not {"keys.sqlite3", "signing.key", "session.key"} & names
    status, _, err = remit("restore", tmp_path / "copy", "--workspace", tmp_path / "again")
    assert status == 2 and "BCK-014" in err and not (tmp_path / "again").exists()


def test_places_that_are_not_fit_are_refused(workspace: Workspace, remit: Remit, tmp_path: Path) -> None:
    incident(workspace)
    copy, keys = tmp_path / "copy", tmp_path / "keys"
    for other in (copy, copy / "keys", tmp_path):
        status, _, err = remit("backup", "--workspace", workspace.folder, copy, "--keys", other)
        assert status == 2 and "BCK-012" in err and not copy.exists()
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "something").write_text("else")
    status, _, err = remit("backup", "--workspace", workspace.folder, tmp_path / "full")
    assert status == 2 and "BCK-011" in err
    assert remit("backup", "--workspace", workspace.folder, copy, "--keys", keys)[0] == 0
    status, _, err = remit("restore", copy, "--keys", keys, "--workspace", tmp_path / "full")
    assert status == 2 and "BCK-011" in err
    assert [file.name for file in (tmp_path / "full").iterdir()] == ["something"]
    status, _, err = remit("restore", tmp_path / "full", "--keys", keys, "--workspace", tmp_path / "again")
    assert status == 2 and "BCK-013" in err
    (copy / "backup.json").unlink()
    status, _, err = remit("restore", copy, "--keys", keys, "--workspace", tmp_path / "again")
    assert status == 2 and "BCK-013" in err, "one that was interrupted is none"


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE journal_entry SET body = json_set(body, '$.facts.level', 'unclassified') WHERE seq = 1",
        "DELETE FROM sealed_block WHERE number = 2",
        "DELETE FROM erasable_value WHERE rowid = 1",
    ],
)
def test_a_backup_that_was_changed_is_not_restored(
    workspace: Workspace, remit: Remit, tmp_path: Path, change: str
) -> None:
    incident(workspace)
    seal(workspace)
    incident(workspace)
    copy, keys, again = tmp_path / "copy", tmp_path / "keys", tmp_path / "again"
    remit("backup", "--workspace", workspace.folder, copy, "--keys", keys)
    with sqlite3.connect(copy / "journal.sqlite3") as raw:
        for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            raw.execute(f"DROP TRIGGER {name}")
        raw.execute(change)
    raw.close()
    status, _, err = remit("restore", copy, "--keys", keys, "--workspace", again)
    assert status in (1, 3), err
    assert not again.exists() or not any(again.iterdir()), "nothing is left of it"


def test_backups_are_whole_while_somebody_writes(workspace: Workspace, tmp_path: Path) -> None:
    stop = threading.Event()
    written: list[str] = []
    failed: list[Exception] = []

    def write() -> None:
        from django.db import connections

        try:
            while not stop.is_set():
                written.append(incident(workspace, f"Title {len(written)}").id)
        except Exception as error:  # noqa: BLE001 - told in the main thread
            failed.append(error)
        finally:
            connections.close_all()

    writer = threading.Thread(target=write)
    writer.start()
    made = []
    try:
        for nth in range(3):
            acknowledged = list(written)
            back_up(composition(), workspace, tmp_path / f"copy{nth}", tmp_path / f"keys{nth}")
            made.append(acknowledged)
    finally:
        stop.set()
        writer.join()
    assert not failed and len(written) > len(made[-1])
    for nth, acknowledged in enumerate(made):
        again, found = restore(
            composition(), tmp_path / f"copy{nth}", tmp_path / f"keys{nth}", tmp_path / f"again{nth}"
        )
        assert found.ok and {entry.record for entry in again.journal.entries()} >= set(acknowledged)
        composition().close(again)


def test_the_state_of_a_restored_workspace_is_that_of_rebuilding(workspace: Workspace, tmp_path: Path) -> None:
    incident(workspace, "Title")
    before = workspace.journal.state_digest()
    assert workspace.journal.rebuild() == 1 and workspace.journal.state_digest() == before


def _bytes_of(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())
