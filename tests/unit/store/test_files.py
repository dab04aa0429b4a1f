"""Attachments, snapshots and the signing key."""

from __future__ import annotations

import errno
import os
import secrets
from pathlib import Path
from typing import Any

import pytest

from remit.kernel.errors import Fault, Tampered
from remit.records.erasure import MemoryKeys
from remit.records.signing import Ed25519Signer
from remit.store.files import FolderAttachments, FolderSnapshots, write_whole
from remit.store.signing import read_signer, write_signing_key
from remit.store.volatile import MemoryAttachments, TemporarySnapshots


@pytest.mark.parametrize("kind", ["folder", "memory"])
def test_an_attachment_comes_back_by_its_digest(tmp_path: Path, kind: str) -> None:
    attachments = (
        FolderAttachments(tmp_path / "attachments", MemoryKeys(secrets.token_bytes))
        if kind == "folder"
        else MemoryAttachments()
    )
    digest = attachments.keep(b"a photograph", "photo.jpg")
    assert digest == attachments.keep(b"a photograph", "again.jpg")
    assert attachments.read(digest) == b"a photograph"
    assert attachments.read("0" * 64) is None
    assert attachments.read("../../etc/passwd") is None


def test_a_changed_attachment_is_refused(tmp_path: Path) -> None:
    attachments = FolderAttachments(tmp_path, MemoryKeys(secrets.token_bytes))
    digest = attachments.keep(b"a photograph", "photo.jpg")
    (tmp_path / digest[:2] / digest).write_bytes(b"another")
    with pytest.raises(Tampered) as caught:
        attachments.read(digest)
    assert caught.value.code == "WSP-021"


def test_a_full_disk_leaves_no_half_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Fault) as caught:
        write_whole(tmp_path / "file", b"words")
    assert caught.value.code == "WSP-011"
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(Fault) as caught:
        FolderAttachments(tmp_path / "file", MemoryKeys(secrets.token_bytes)).keep(b"words", "words.txt")
    assert caught.value.code == "WSP-012"


@pytest.mark.parametrize("make", [lambda path: FolderSnapshots(path / "snapshots"), lambda path: TemporarySnapshots()])
def test_snapshots_are_folders_that_can_be_dropped(tmp_path: Path, make: Any) -> None:
    snapshots = make(tmp_path)
    snapshots.drop()
    folder = snapshots.folder("block-1")
    assert folder.is_dir() and folder == snapshots.folder("block-1")
    snapshots.drop()
    assert not folder.exists()
    assert snapshots.folder("block-1").is_dir()
    for name in ("../escape", "", "a/b", ".hidden"):
        with pytest.raises(ValueError, match="name of one folder"):
            snapshots.folder(name)


def test_temporary_snapshots_go_with_their_workspace() -> None:
    snapshots = TemporarySnapshots()
    folder = snapshots.folder("one")
    del snapshots
    assert not folder.exists()


def test_the_signing_key_is_kept_for_its_owner_alone(tmp_path: Path) -> None:
    write_signing_key(tmp_path / "signing.key", bytes(range(32)))
    signer = Ed25519Signer(bytes(range(32)))
    assert read_signer(tmp_path / "signing.key").verify(b"block", signer.sign(b"block"))
    assert (tmp_path / "signing.key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("content", "code"), [(b"", "WSP-013"), (b"zz" * 32, "WSP-013"), (b"00" * 31, "WSP-013"), (None, "WSP-012")]
)
def test_a_signing_key_that_cannot_be_read(tmp_path: Path, content: bytes | None, code: str) -> None:
    if content is not None:
        (tmp_path / "key").write_bytes(content)
    with pytest.raises(Fault) as caught:
        read_signer(tmp_path / "key")
    assert caught.value.code == code
