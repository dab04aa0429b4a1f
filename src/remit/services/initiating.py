"""Make a workspace for a mission, with its accounts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from remit.records.sites import MAIN
from remit.services.accounts import new_password
from remit.services.workspace import Opener, Workspace
from remit.services.writing import write_whole


@dataclass(frozen=True, slots=True)
class Account:
    """An account made: who, in which roles, and the password shown once ("" where the account stood already)."""

    person: str
    name: str
    roles: tuple[str, ...]
    password: str


def initiate(
    opener: Opener, folder: Path, mission: str, *, database: str = "", role: str = "", site: str = MAIN
) -> tuple[Workspace, tuple[Account, ...]]:
    """Make a workspace, or open the one that stands there, with the accounts that the mission declares.

    Raises:
        BadInput: the folder holds something else, or another mission; the mission cannot be loaded.
    """
    workspace = opener.create(folder, mission, database=database, role=role, site=site)
    return workspace, accounts(workspace)


def accounts(workspace: Workspace) -> tuple[Account, ...]:
    """Make the accounts that the mission declares and that are missing, each with a password of its own.

    They are invented, one per role, and open nothing but this workspace on this machine: their passwords are kept in
    the workspace, readable by its owner only, so that they can be shown again.
    """
    standing = {str(found["person"]) for found in workspace.accounts.people()}
    missing = [person for person in workspace.mission.people.values() if person.key not in standing]
    made = {person.key: new_password() for person in missing}
    _remember(workspace, made)  # before the accounts: an account whose password nobody kept opens nothing
    for person in missing:
        workspace.accounts.add(person.key, person.name, person.roles, made[person.key], invented=True)
    return tuple(
        Account(person.key, person.name, person.roles, made.get(person.key, ""))
        for person in workspace.mission.people.values()
    )


def demonstration_accounts(workspace: Workspace) -> tuple[Account, ...]:
    """Return the invented accounts whose passwords were kept; an account that changed its own is not among them."""
    file = _file(workspace)
    if file is None or not file.exists():
        return ()
    kept: Mapping[str, str] = json.loads(file.read_text("utf-8"))
    return tuple(
        Account(person.key, person.name, person.roles, kept[person.key])
        for person in workspace.mission.people.values()
        if person.key in kept
    )


def _remember(workspace: Workspace, new: Mapping[str, str]) -> None:
    file = _file(workspace)
    if file is None or not new:
        return
    kept = json.loads(file.read_text("utf-8")) if file.exists() else {}
    write_whole(file, json.dumps({**kept, **new}, indent=1).encode(), mode=0o600)


def _file(workspace: Workspace) -> Path | None:
    return workspace.folder / "invented-accounts.json" if workspace.folder else None
