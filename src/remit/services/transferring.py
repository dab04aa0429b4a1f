"""Carry a workspace between databases: files in a folder and a PostgreSQL server. Verified before it is called carried."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from remit.kernel.errors import Tampered
from remit.kernel.issues import Issue
from remit.kernel.wording import Words
from remit.services.verifying import head, seal, verify
from remit.services.workspace import Workspace


class Carrier(Protocol):
    """Carries workspaces; given to the faces by ``remit.config``."""

    def open(self, folder: Path, *, write: bool = True) -> Workspace:
        """Open a workspace."""
        ...

    def carry_over(
        self,
        workspace: Workspace,
        target: Path,
        *,
        database: str = "",
        role: str = "",
        progress: Callable[[int, int], None] | None = None,
    ) -> Workspace:
        """Carry a workspace to other databases; not yet standing."""
        ...

    def keep(self, workspace: Workspace, source: Path) -> None:
        """Let a carried workspace stand."""
        ...

    def discard(self, workspace: Workspace) -> None:
        """Take away what was carried."""
        ...


@dataclass(frozen=True, slots=True)
class Transferred:
    """A workspace that was carried: how many entries and blocks, and the head, which is the same as before."""

    entries: int
    blocks: int
    head: str


def transfer(
    carrier: Carrier,
    workspace: Workspace,
    target: Path,
    *,
    database: str = "",
    role: str = "",
    progress: Callable[[int, int], None] | None = None,
) -> Transferred:
    """Carry a workspace into a new folder whose databases are files, or stand on a server. The old one stays as it is.

    Every entry, value, key, block, account and attachment comes along; the new journal is verified, its head and its
    current state held against the old ones, before the new folder is called a workspace.

    Raises:
        BadInput: the folder or the database holds something; PGS-001 to PGS-004.
        Tampered: TRF-002, the copy is not the same; it is taken away.
        Fault: the store failed; nothing is then left.
    """
    seal(workspace)
    before, state = head(workspace), workspace.journal.state_digest()
    made = carrier.carry_over(workspace, target, database=database, role=role, progress=progress)
    try:
        found = verify(made)
        same = found.ok and head(made) == before and made.journal.state_digest() == state
    except BaseException:
        carrier.discard(made)
        raise
    if not same:
        carrier.discard(made)
        raise Tampered(
            Issue(
                "TRF-002",
                Words(
                    "What was carried over is not the same as what stood there; it was taken away again.",
                    "Ce qui a été transféré diffère de ce qui s’y trouvait ; la copie a été supprimée.",
                ),
                Words(
                    "Run `remit verify` on the workspace: it may be damaged. It was not touched.",
                    "Lancez `remit verify` sur l’espace de travail : il est peut-être endommagé. Il n’a pas été touché.",
                ),
            )
        )
    assert workspace.folder is not None  # noqa: S101 - it was carried out of a folder
    carrier.keep(made, workspace.folder)
    return Transferred(found.entries, found.blocks, before)
