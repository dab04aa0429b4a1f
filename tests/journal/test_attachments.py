"""Attachments lie encrypted, each under its own key kept apart; a lost key says so; what is destroyed opens nowhere."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from remit.config.folder import FORMAT
from remit.kernel.canonical import digest_of_bytes
from remit.kernel.errors import Fault, Tampered
from remit.services.backing_up import back_up, restore
from remit.services.redacting import redact
from remit.services.workspace import Workspace
from tests.journal.conftest import SECRET, actor
from tests.journal.test_redaction import left, report
from tests.workspaces import composition

Remit = Callable[..., tuple[int, str, str]]
PHOTOGRAPH = f"{SECRET}: a photograph (invented)".encode() * 50


def folder_of(workspace: Workspace) -> Path:
    """Return the folder of a workspace."""
    assert workspace.folder is not None
    return workspace.folder


def file_of(workspace: Workspace, sha256: str) -> Path:
    """Return where a file lies."""
    return folder_of(workspace) / "attachments" / sha256[:2] / sha256


def test_nobody_reads_it_on_the_disk(workspace: Workspace) -> None:
    sha256 = workspace.attachments.keep(PHOTOGRAPH, "photo.txt")
    assert sha256 == digest_of_bytes(PHOTOGRAPH)
    assert left(folder_of(workspace), SECRET) == []
    assert workspace.attachments.read(sha256) == PHOTOGRAPH
    before = file_of(workspace, sha256).read_bytes()
    assert workspace.attachments.keep(PHOTOGRAPH, "again.txt") == sha256
    assert file_of(workspace, sha256).read_bytes() == before, "the same file twice is once"
    assert composition().open(folder_of(workspace)).attachments.read(sha256) == PHOTOGRAPH


def test_a_lost_key_says_so(workspace: Workspace) -> None:
    sha256 = workspace.attachments.keep(PHOTOGRAPH, "photo.txt")
    with sqlite3.connect(folder_of(workspace) / "keys.sqlite3") as raw:
        raw.execute("DELETE FROM record_key WHERE record LIKE 'file:%'")
    raw.close()
    with pytest.raises(Fault) as told:
        workspace.attachments.read(sha256)
    assert told.value.code == "WSP-022" and "backup" in told.value.issues[0].text("en")
    assert "sauvegarde" in told.value.issues[0].text("fr")


@pytest.mark.parametrize("cut", [0, 1, 20, 200])
def test_a_file_that_was_changed_or_cut_off_is_refused(workspace: Workspace, cut: int) -> None:
    sha256 = workspace.attachments.keep(PHOTOGRAPH, "photo.txt")
    path = file_of(workspace, sha256)
    data = path.read_bytes()
    path.write_bytes(data[:-cut] if cut else data[:-1] + bytes([data[-1] ^ 1]))
    with pytest.raises(Tampered) as told:
        workspace.attachments.read(sha256)
    assert told.value.code == "WSP-021"


def test_one_file_in_the_place_of_another_is_refused(workspace: Workspace) -> None:
    one, other = (workspace.attachments.keep(PHOTOGRAPH + mark, "photo.txt") for mark in (b"1", b"2"))
    file_of(workspace, one).write_bytes(file_of(workspace, other).read_bytes())
    with pytest.raises(Tampered):
        workspace.attachments.read(one)


def test_what_is_destroyed_opens_from_no_copy(workspace: Workspace) -> None:
    sha256 = workspace.attachments.keep(PHOTOGRAPH, "photo.txt")
    made = report(workspace, sha256)
    copy = file_of(workspace, sha256).read_bytes()
    redact(workspace, actor(workspace, "records-officer"), made.id, ["source_file"], reason="order 12")
    assert workspace.attachments.read(sha256) is None
    file_of(workspace, sha256).parent.mkdir(exist_ok=True)
    file_of(workspace, sha256).write_bytes(copy)
    with pytest.raises(Fault) as told:
        workspace.attachments.read(sha256)
    assert told.value.code == "WSP-022"


def test_a_backup_opens_with_its_keys_and_not_without(workspace: Workspace, tmp_path: Path) -> None:
    sha256 = workspace.attachments.keep(PHOTOGRAPH, "photo.txt")
    report(workspace, sha256)
    back_up(composition(), workspace, tmp_path / "copy", tmp_path / "keys")
    assert left(tmp_path / "copy", SECRET) == []
    again, _ = restore(composition(), tmp_path / "copy", tmp_path / "keys", tmp_path / "again")
    assert again.attachments.read(sha256) == PHOTOGRAPH
    composition().close(again)


def test_files_of_an_older_workspace_are_read_and_then_encrypted(workspace: Workspace) -> None:
    folder, sha256 = folder_of(workspace), digest_of_bytes(PHOTOGRAPH)
    path = file_of(workspace, sha256)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(PHOTOGRAPH)
    assert workspace.attachments.read(sha256) == PHOTOGRAPH
    composition().close(workspace)
    card = json.loads((folder / "workspace.json").read_text("utf-8"))
    (folder / "workspace.json").write_text(json.dumps({**card, "format": FORMAT - 1}), "utf-8")
    opened = composition().open(folder)
    assert left(folder, SECRET) == []
    assert opened.attachments.read(sha256) == PHOTOGRAPH
    composition().close(opened)
