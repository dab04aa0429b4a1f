"""Copies of a workspace's SQLite files while somebody writes, and what of them must not be copied.

The current state holds values in plain words: it stays out of copies, so that a copy without its keys opens nothing, and one
that was made before a redaction brings nothing back once its keys are gone. It is folded anew when the copy is restored.
"""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from remit.kernel.errors import Fault
from remit.store.failures import fault_of
from remit.store.files import file_failures

LEFT_OUT = ("current_record", "record_facet", "tally", "django_session")
_TRIES = 5
_PAGES = 4096
_PATIENCE_S = 30.0
"""How long a copy waits for a file that stays locked; the library itself would wait for ever."""


class _Patience:
    """Called at each step of a copy: gives up where nothing was copied for long."""

    def __init__(self) -> None:
        self._left, self._since = -1, time.monotonic()

    def __call__(self, status: int, remaining: int, total: int) -> None:
        """Raise the library's own error for a locked file once patience is at its end."""
        del status, total
        if remaining != self._left:
            self._left, self._since = remaining, time.monotonic()
        elif time.monotonic() - self._since > _PATIENCE_S:
            raise sqlite3.OperationalError("database is locked")


def copy_databases(journal: Path, keys: Path, to_journal: Path, to_keys: Path | None) -> None:
    """Copy a journal and its keys, each as it stands at one instant, so that the keys open all that the journal holds.

    A redaction that falls between the two copies would leave values whose key is gone: both are then copied again.

    Raises:
        Fault: JRN-033 to JRN-039, as the database says; WSP-011, WSP-012.
    """
    for _ in range(_TRIES):
        copy_database(journal, to_journal)
        _strip(to_journal)
        if to_keys is None:
            return
        copy_database(keys, to_keys)
        if not _unopened(to_journal, to_keys):
            return
    raise Fault.of(
        "BCK-021",
        "Values in the copy have no key: keys are missing, or somebody redacts without pause.",
        "Des valeurs de la copie n’ont pas de clé : des clés manquent, ou l’on expurge sans relâche.",
        do_en="Run `remit verify`; restore missing keys from their own backup, then back up again.",
        do_fr="Lancez `remit verify` ; rétablissez les clés manquantes depuis leur sauvegarde, puis recommencez.",
    )


def copy_database(source: Path, target: Path) -> None:
    """Copy one database with SQLite's own online backup: a consistent state, while others read and write.

    Raises:
        Fault: JRN-033 to JRN-039; WSP-011, WSP-012.
    """
    with file_failures(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        target.touch(mode=0o600)
        target.write_bytes(b"")
    with (
        _raw_failures(),
        closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True, timeout=15)) as reading,
        closing(sqlite3.connect(target)) as writing,
    ):
        reading.backup(writing, pages=_PAGES, progress=_Patience(), sleep=0.05)
        # One file, without a log beside it: a copy is carried about.
        writing.execute("PRAGMA journal_mode=DELETE")


def copy_files(source: Path, target: Path) -> int:
    """Copy a folder's files where there are any; return how many.

    Raises:
        Fault: WSP-011, WSP-012.
    """
    with file_failures(target):
        copied = 0
        for file in sorted(source.rglob("*")) if source.is_dir() else ():
            if file.is_file() and not file.name.startswith(".new-"):
                place = target / file.relative_to(source)
                place.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, place)
                place.chmod(0o600)
                copied += 1
        return copied


def _strip(journal: Path) -> None:
    with _raw_failures(), closing(sqlite3.connect(journal, isolation_level=None)) as raw:
        raw.execute("PRAGMA secure_delete=ON")
        for table in LEFT_OUT:
            raw.execute(f"DELETE FROM {table}")  # noqa: S608 - names of our own, above
        raw.execute("VACUUM")


def _unopened(journal: Path, keys: Path) -> bool:
    """Return whether the journal holds a value whose key the other file lacks."""
    with _raw_failures(), closing(sqlite3.connect(journal)) as raw:
        raw.execute("ATTACH DATABASE ? AS held", [str(keys)])
        found = raw.execute(
            "SELECT 1 FROM erasable_value v WHERE v.blob IS NOT NULL AND NOT EXISTS "
            "(SELECT 1 FROM held.record_key k WHERE k.record = v.record AND k.generation = v.generation) LIMIT 1"
        )
        return found.fetchone() is not None


@contextmanager
def _raw_failures() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise fault_of(str(error)) from error
