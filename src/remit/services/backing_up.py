"""Back a workspace up while it is used, and restore one: verified before it is called restored."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Protocol

from remit.kernel.errors import BadInput, Tampered
from remit.records.sealing import Verification
from remit.services.verifying import head, seal, verify
from remit.services.workspace import Workspace
from remit.services.writing import write_whole

CARD = "backup.json"
"""Written last: a folder without it is no backup."""


class Copier(Protocol):
    """Copies workspaces; given to the faces by ``remit.config``."""

    def open(self, folder: Path, *, write: bool = True) -> Workspace:
        """Open a workspace."""
        ...

    def copy(self, workspace: Workspace, target: Path, keys: Path | None) -> None:
        """Copy a workspace's journal and files, and its keys into a folder of their own."""
        ...

    def restore(self, source: Path, keys: Path, folder: Path) -> Workspace:
        """Make a workspace of a copy and its keys, with its current state folded anew; not yet standing."""
        ...

    def keep(self, workspace: Workspace, source: Path) -> None:
        """Let a restored workspace stand."""
        ...

    def discard(self, workspace: Workspace) -> None:
        """Take away what was restored."""
        ...


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds: the head of the chain, how many entries and blocks, when (the workspace's clock), with which keys."""

    head: str
    entries: int
    blocks: int
    at: str
    public_key: str
    mission: str


def back_up(copier: Copier, workspace: Workspace, target: Path, keys: Path | None) -> Backup:
    """Copy a workspace while it is used. The journal is sealed first, so that all of it can be verified.

    Raises:
        BadInput: BCK-011 a folder that is not empty; BCK-012 keys that would lie with what they open.
        Fault: the disk, the database, or BCK-021.
    """
    if keys is not None:
        _require_apart(target, keys)
    for folder in (target, *([keys] if keys else [])):
        _require_empty(folder)
    seal(workspace)
    copier.copy(workspace, target, keys)
    last = workspace.journal.last_block()
    made = Backup(
        head(workspace),
        last.size if last else 0,
        last.number if last else 0,
        workspace.sources.clock().isoformat(timespec="seconds"),
        workspace.signer.public_key,
        workspace.mission.key,
    )
    data = json.dumps(asdict(made), ensure_ascii=False, indent=2).encode() + b"\n"
    if keys is not None:
        write_whole(keys / CARD, data, mode=0o600)
    write_whole(target / CARD, data, mode=0o600)
    return made


def restore(copier: Copier, source: Path, keys: Path | None, folder: Path) -> tuple[Workspace, Verification]:
    """Make a workspace of a backup: the same chain, continued with the same key. It stands once all of it has verified.

    Raises:
        BadInput: BCK-013 no backup there; BCK-014 its keys are not given; BCK-015 keys of another workspace;
            BCK-011 the folder is not empty.
        Tampered: SEA-…, what was restored does not verify; nothing is left of it.
    """
    kept = read_backup(source)
    if keys is None:
        raise BadInput.of(
            "BCK-014",
            "A backup is restored with its keys; without them no value could be read.",
            "Une sauvegarde se restaure avec ses clés ; sans elles, aucune valeur ne serait lisible.",
            do_en="Give the folder of the keys with --keys: they are backed up apart.",
            do_fr="Donnez le dossier des clés par --keys : elles sont sauvegardées à part.",
        )
    if read_backup(keys).public_key != kept.public_key:
        raise BadInput.of(
            "BCK-015",
            f"The keys in {keys} are those of another workspace.",
            f"Les clés de {keys} sont celles d’un autre espace de travail.",
            do_en="Give the keys that were backed up together with this backup.",
            do_fr="Donnez les clés sauvegardées en même temps que cette sauvegarde.",
        )
    _require_empty(folder)
    workspace = copier.restore(source, keys, folder)
    try:
        found = verify(workspace, kept_head=kept.head)
        if found.first_problem is not None:
            raise Tampered(found.first_problem)
    except BaseException:
        copier.discard(workspace)
        raise
    copier.keep(workspace, source)
    return workspace, found


def read_backup(folder: Path) -> Backup:
    """Read what a backup says of itself.

    Raises:
        BadInput: BCK-013, there is none, or it was not finished.
    """
    try:
        return Backup(**json.loads((folder / CARD).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        raise BadInput.of(
            "BCK-013",
            f"There is no whole backup in {folder}.",
            f"Il n’y a pas de sauvegarde entière dans {folder}.",
            do_en=f"Name the folder that `remit backup` wrote; {CARD} is written last, an interrupted backup lacks it.",
            do_fr=f"Indiquez le dossier écrit par `remit backup` ; {CARD} est écrit en dernier, une sauvegarde interrompue ne l’a pas.",
        ) from None


def _require_empty(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BadInput.of(
            "BCK-011",
            f"{folder} is not empty.",
            f"{folder} n’est pas vide.",
            do_en="Name an empty folder, or one that does not exist yet; nothing was touched.",
            do_fr="Indiquez un dossier vide, ou qui n’existe pas encore ; rien n’a été touché.",
        )


def _require_apart(target: Path, keys: Path) -> None:
    one, other = target.resolve(), keys.resolve()
    if one == other or one in other.parents or other in one.parents:
        raise BadInput.of(
            "BCK-012",
            "The keys would lie with what they open.",
            "Les clés seraient avec ce qu’elles ouvrent.",
            do_en="Name another folder for --keys, best on another disk; keep it for a short time only.",
            do_fr="Indiquez un autre dossier pour --keys, de préférence sur un autre disque ; ne le gardez que peu de temps.",
        )
