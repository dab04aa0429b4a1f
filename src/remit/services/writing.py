"""Files that people get: each appears whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from remit.kernel.errors import BadInput
from remit.kernel.machine import said


def write_whole(file: Path, data: bytes, *, mode: int = 0o644) -> None:
    """Write a file beside its place, then put it there; folders that are missing are made.

    Raises:
        BadInput: OUT-001, it cannot be written there; nothing is then left of it.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=file.parent, prefix=".new-")
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(data)
            Path(name).chmod(mode)
            Path(name).replace(file)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as fault:
        reason = said(fault)
        raise _unwritable(file, reason.en, reason.fr) from fault


def require_writable(file: Path) -> None:
    """Refuse a place where no file can be written, before long work is done for it.

    Raises:
        BadInput: OUT-001.
    """
    folder = file.absolute().parent
    while not folder.exists():
        folder = folder.parent
    if not folder.is_dir():
        raise _unwritable(file, f"{folder} is a file, not a folder", f"{folder} est un fichier, non un dossier")
    if file.is_dir():
        raise _unwritable(file, "it is a folder", "c’est un dossier")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise _unwritable(
            file, f"the folder {folder} may not be written to", f"le dossier {folder} est en lecture seule"
        )


def _unwritable(file: Path, en: str, fr: str) -> BadInput:
    return BadInput.of(
        "OUT-001",
        f"{file} cannot be written: {en}.",
        f"{file} ne peut pas être écrit : {fr}.",
        do_en="Choose another file or folder.",
        do_fr="Choisissez un autre fichier ou dossier.",
    )
