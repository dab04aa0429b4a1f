"""Files beside the journal: attachments by their SHA-256, and snapshot folders."""

from __future__ import annotations

import errno
import os
import re
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from remit.kernel.canonical import digest_of_bytes
from remit.kernel.errors import Fault, Tampered
from remit.kernel.identity import Chance
from remit.records.erasure import KeyStore, lock_bytes, unlock_bytes

SERVER_FILE = "database.json"
"""In the folder of a workspace whose databases stand on a server: where."""
_ENCRYPTED = b"remit-file-1\n"
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
    """Attachments in a folder, ``ab/abcdef…``: the file's name is the SHA-256 of what it holds, which is encrypted.

    Each has a key of its own (AES-256-GCM, bound to its name), kept apart. One that an older Remit kept in plain words is
    read as it is until ``encrypt_all``.
    """

    def __init__(self, folder: Path, keys: KeyStore, chance: Chance = secrets.token_bytes) -> None:
        self._folder, self._keys, self._chance = folder, keys, chance

    def _path(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / sha256

    def keep(self, data: bytes, name: str) -> str:
        """Keep a file, return its SHA-256; a known one is passed over. The name is the record's to keep, not the file's.

        Raises:
            Fault: WSP-011, WSP-012; the store of keys failed.
        """
        del name
        sha256 = digest_of_bytes(data)
        if not self._path(sha256).exists():
            self._write(sha256, data)
        return sha256

    def encrypt_all(self) -> int:
        """Encrypt what an older Remit kept in plain words; return how many files. One that was changed stays as it is.

        Raises:
            Fault: WSP-011, WSP-012; the store of keys failed.
        """
        done = 0
        for path in sorted(self._folder.glob("??/*")) if self._folder.is_dir() else ():
            if not _SHA256.fullmatch(path.name):
                continue
            with file_failures(path):
                data = path.read_bytes()
            if data.startswith(_ENCRYPTED) or digest_of_bytes(data) != path.name:
                continue
            with file_failures(path):
                old = path.rename(path.with_name(f".new-{path.name}"))
            self._write(path.name, data)
            self._overwrite(old)
            with file_failures(old):
                old.unlink()
            done += 1
        return done

    def _write(self, sha256: str, data: bytes) -> None:
        # The key is kept first: a failure between the two leaves a key that nothing uses.
        key = self._keys.make(_key_name(sha256))
        write_whole(self._path(sha256), _ENCRYPTED + lock_bytes(data, key, sha256, self._chance))

    def _opened(self, sha256: str, data: bytes) -> bytes | None:
        """Return what a file holds, ``None`` where it was changed.

        Raises:
            Fault: WSP-022, its key is missing.
        """
        if not data.startswith(_ENCRYPTED):
            return data
        key = self._keys.get(_key_name(sha256))
        if key is None:
            raise Fault.of(
                "WSP-022",
                f"The key of the attachment {sha256} is missing: it cannot be opened.",
                f"La clé de la pièce jointe {sha256} manque : elle ne peut être ouverte.",
                do_en="Restore the keys from their own backup; without them nobody opens it.",
                do_fr="Rétablissez les clés depuis leur propre sauvegarde ; sans elles, personne ne peut l’ouvrir.",
            )
        return unlock_bytes(data.removeprefix(_ENCRYPTED), key, sha256)

    def read(self, sha256: str) -> bytes | None:
        """Return the bytes, ``None`` where there are none.

        Raises:
            Tampered: WSP-021, the file is no longer what it was when it was kept.
            Fault: WSP-012, it cannot be read; WSP-022, its key is missing.
        """
        path = self._path(sha256)
        if not _SHA256.fullmatch(sha256) or not path.is_file():
            return None
        with file_failures(path):
            data = path.read_bytes()
        opened = self._opened(sha256, data)
        if opened is None or digest_of_bytes(opened) != sha256:
            raise Tampered.of(
                "WSP-021",
                f"The attachment {sha256} was changed after it was kept.",
                f"La pièce jointe {sha256} a été modifiée après son dépôt.",
                do_en="Restore it from a backup; the journal holds its digest.",
                do_fr="Restaurez-la depuis une sauvegarde ; le journal en garde l’empreinte.",
            )
        return opened

    def destroy(self, sha256: str) -> None:
        """Destroy a file: it is overwritten and removed, then its key. What the disk or a backup keeps of it opens no more.

        Raises:
            Fault: WSP-012.
        """
        path = self._path(sha256)
        if not _SHA256.fullmatch(sha256) or not path.is_file():
            return
        self._overwrite(path)
        with file_failures(path):
            path.unlink()
        self._keys.destroy(_key_name(sha256))

    def _overwrite(self, path: Path) -> None:
        with file_failures(path), path.open("r+b") as file:
            file.write(bytes(path.stat().st_size))
            file.flush()
            os.fsync(file.fileno())


def _key_name(sha256: str) -> str:
    """Return the name of a file's key: as long as a record's may be, and never one's."""
    return f"file:{sha256[:30]}"


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
