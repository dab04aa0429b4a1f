"""The folder of a workspace, copied: what goes with the journal, what goes with the keys, what is left out."""

from __future__ import annotations

import secrets
import shutil
from pathlib import Path

from remit.config.folder import CARD, JOURNAL, KEYS, SESSION_KEY, SIGNING_KEY, make_folder
from remit.store.copies import copy_database, copy_databases, copy_files
from remit.store.files import file_failures, write_whole
from remit.store.sites import SITES

ACCOUNTS = "invented-accounts.json"
FOLDERS = ("attachments", "products")
"""Copied as they stand. Snapshots are not: they hold values in plain words, and are built again."""


def copy_folder(folder: Path, target: Path, keys: Path | None) -> None:
    """Copy a workspace into an empty folder, and its keys into another.

    Raises:
        Fault: JRN-033 to JRN-039; WSP-011, WSP-012; BCK-021.
    """
    for made in (target, *([keys] if keys else [])):
        with file_failures(made):
            made.mkdir(parents=True, exist_ok=True, mode=0o700)
    copy_databases(folder / JOURNAL, folder / KEYS, target / JOURNAL, keys / KEYS if keys else None)
    # After the journal: an attachment is kept before the entry that names it.
    for name in FOLDERS:
        copy_files(folder / name, target / name)
    for name in (CARD, SITES):
        if (folder / name).is_file():
            _copy(folder / name, target / name)
    if keys is not None:
        _copy(folder / SIGNING_KEY, keys / SIGNING_KEY)


def copy_beside(source: Path, target: Path) -> None:
    """Copy what lies beside the databases: attachments, products, the signing key, the invented accounts. Sessions begin anew.

    Raises:
        Fault: WSP-011, WSP-012.
    """
    for name in FOLDERS:
        copy_files(source / name, target / name)
    for name in (SIGNING_KEY, SITES, ACCOUNTS):
        if (source / name).is_file():
            _copy(source / name, target / name)
    write_whole(target / SESSION_KEY, secrets.token_hex(32).encode())


def restore_folder(source: Path, keys: Path, folder: Path) -> None:
    """Put a copy and its keys into a folder; sessions begin anew. The card is not among what is put.

    Raises:
        Fault: as for copying.
    """
    make_folder(folder)
    copy_database(source / JOURNAL, folder / JOURNAL)
    copy_database(keys / KEYS, folder / KEYS)
    for name in FOLDERS:
        copy_files(source / name, folder / name)
    if (source / SITES).is_file():
        _copy(source / SITES, folder / SITES)
    _copy(keys / SIGNING_KEY, folder / SIGNING_KEY)
    write_whole(folder / SESSION_KEY, secrets.token_hex(32).encode())


def clear_folder(folder: Path) -> None:
    """Remove what was put into a folder; the folder itself stays.

    Raises:
        Fault: WSP-012.
    """
    with file_failures(folder):
        for found in sorted(folder.iterdir()) if folder.is_dir() else ():
            if found.is_dir():
                shutil.rmtree(found)
            else:
                found.unlink()


def _copy(source: Path, target: Path) -> None:
    with file_failures(source):
        data = source.read_bytes()
    write_whole(target, data)
