"""Files beside the journal: attachments by their SHA-256, and snapshot folders."""

from __future__ import annotations

import errno
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from remit.kernel.canonical import digest_of_bytes
from remit.kernel.errors import Fault, Tampered

SERVER_FILE = "database.json"
"""In the folder of a workspace whose databases stand on a server: where."""
_SHA256 = re.compile(r"[0-9a-f]{64}")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]*")


def write_whole(path: Path, data: bytes, *, mode: int = 0o600) -> None:
    """Write a file whole or not at all, and have it on the disk before returning.

    Raises:
        Fault: WSP-011 the disk is full; WSP-012 it cannot be written.
    """
    with file_failures(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(name).chmod(mode)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise


@contextmanager
def file_failures(path: Path) -> Iterator[None]:
    """Turn what the file system refuses into one fault of ours: WSP-011 the disk is full; WSP-012 anything else."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise Fault.of(
                "WSP-011",
                f"The disk is full: {path} was not written.",
                f"Le disque est plein : {path} n’a pas été écrit.",
                do_en="Free some space and try again; nothing was half-written.",
                do_fr="Libérez de la place et réessayez ; rien n’est resté à moitié écrit.",
            ) from error
        raise Fault.of(
            "WSP-012",
            f"{path} cannot be read or written: {error.strerror or error}.",
            f"{path} ne peut être ni lu ni écrit : {error.strerror or error}.",
            do_en="Check that the folder exists and who owns it, or choose another with --workspace.",
            do_fr="Vérifiez que le dossier existe et à qui il appartient, ou choisissez-en un autre avec --workspace.",
        ) from error


class FolderAttachments:
    """Attachments in a folder, ``ab/abcdef…``: the file's name is its SHA-256."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def _path(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / sha256

    def keep(self, data: bytes, name: str) -> str:
        """Keep a file, return its SHA-256; a known one is passed over. The name is the record's to keep, not the file's.

        Raises:
            Fault: WSP-011, WSP-012.
        """
        del name
        sha256 = digest_of_bytes(data)
        if not self._path(sha256).exists():
            write_whole(self._path(sha256), data)
        return sha256

    def read(self, sha256: str) -> bytes | None:
        """Return the bytes, ``None`` where there are none.

        Raises:
            Tampered: WSP-021, the file is no longer what it was when it was kept.
            Fault: WSP-012, it cannot be read.
        """
        path = self._path(sha256)
        if not _SHA256.fullmatch(sha256) or not path.is_file():
            return None
        with file_failures(path):
            data = path.read_bytes()
        if digest_of_bytes(data) != sha256:
            raise Tampered.of(
                "WSP-021",
                f"The attachment {sha256} was changed after it was kept.",
                f"La pièce jointe {sha256} a été modifiée après son dépôt.",
                do_en="Restore it from a backup; the journal holds its digest.",
                do_fr="Restaurez-la depuis une sauvegarde ; le journal en garde l’empreinte.",
            )
        return data

    def destroy(self, sha256: str) -> None:
        """Destroy a file: it is overwritten, then removed. What the disk itself keeps of it is beyond reach.

        Raises:
            Fault: WSP-012.
        """
        path = self._path(sha256)
        if not _SHA256.fullmatch(sha256) or not path.is_file():
            return
        with file_failures(path):
            with path.open("r+b") as file:
                file.write(bytes(path.stat().st_size))
                file.flush()
                os.fsync(file.fileno())
            path.unlink()


class FolderSnapshots:
    """Snapshots in a folder, one folder each. Dropping them loses nothing."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def folder(self, name: str) -> Path:
        """Return the folder of a snapshot, made where it is missing.

        Raises:
            ValueError: a name that is not one plain folder name.
            Fault: WSP-011, WSP-012.
        """
        if not _NAME.fullmatch(name):
            raise ValueError(f"not the name of one folder: {name!r}")
        path = self._folder / name
        with file_failures(path):
            path.mkdir(parents=True, exist_ok=True)
        return path

    def drop(self) -> None:
        """Remove all snapshots.

        Raises:
            Fault: WSP-012.
        """
        with file_failures(self._folder):
            if self._folder.exists():
                shutil.rmtree(self._folder)
