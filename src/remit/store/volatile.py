"""The ports of a workspace that is kept nowhere: worked examples and tests. Imports no Django."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from remit.kernel.canonical import digest_of_bytes
from remit.store.files import FolderSnapshots


class MemoryAttachments:
    """Attachments in memory."""

    def __init__(self) -> None:
        self._files: dict[str, bytes] = {}

    def keep(self, data: bytes, name: str) -> str:
        """Keep a file, return its SHA-256."""
        del name
        sha256 = digest_of_bytes(data)
        self._files[sha256] = data
        return sha256

    def read(self, sha256: str) -> bytes | None:
        """Return the bytes, ``None`` where there are none."""
        return self._files.get(sha256)

    def destroy(self, sha256: str) -> None:
        """Destroy a file."""
        self._files.pop(sha256, None)


class TemporarySnapshots:
    """Snapshots in a folder that is made at the first one and goes with this object."""

    def __init__(self) -> None:
        self._kept: FolderSnapshots | None = None

    def folder(self, name: str) -> Path:
        """Return the folder of a snapshot."""
        if self._kept is None:
            folder = Path(tempfile.mkdtemp(prefix="remit-"))
            weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
            self._kept = FolderSnapshots(folder)
        return self._kept.folder(name)

    def drop(self) -> None:
        """Remove all snapshots."""
        if self._kept is not None:
            self._kept.drop()


class MemoryAccounts:
    """Accounts of a workspace in memory: nobody signs in there, so passwords are not kept."""

    def __init__(self) -> None:
        self._people: dict[str, dict[str, Any]] = {}

    def roles_of(self, person: str) -> Sequence[str]:
        """Return the keys of the roles that a person holds."""
        return list(self._people.get(person, {}).get("roles", ()))

    def add(self, person: str, name: str, roles: Sequence[str], password: str | None, *, invented: bool) -> None:
        """Add or update an account."""
        del password
        self._people[person] = {"person": person, "name": name, "roles": tuple(roles), "invented": invented}

    def people(self) -> Sequence[Mapping[str, Any]]:
        """Return all accounts, by key."""
        return [self._people[key] for key in sorted(self._people)]
