"""Make a workspace for a mission, with its accounts."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from remit.services.workspace import Opener, Workspace


@dataclass(frozen=True, slots=True)
class Account:
    """An account made: who, in which roles, and the password shown once ("" where the account stood already)."""

    person: str
    name: str
    roles: tuple[str, ...]
    password: str


def initiate(opener: Opener, folder: Path, mission: str) -> tuple[Workspace, tuple[Account, ...]]:
    """Make a workspace, or open the one that stands there, with the accounts that the mission declares.

    Raises:
        BadInput: the folder holds something else, or another mission; the mission cannot be loaded.
    """
    workspace = opener.create(folder, mission)
    return workspace, accounts(workspace)


def accounts(workspace: Workspace) -> tuple[Account, ...]:
    """Make the accounts that the mission declares and that are missing, each with a password of its own."""
    standing: Mapping[str, object] = {str(p["person"]): p for p in workspace.accounts.people()}
    made = []
    for person in workspace.mission.people.values():
        password = "" if person.key in standing else _password()
        if password:
            workspace.accounts.add(person.key, person.name, person.roles, password, invented=True)
        made.append(Account(person.key, person.name, person.roles, password))
    return tuple(made)


def _password() -> str:
    """Return four groups of four letters and digits that are not taken for one another (about 80 bits)."""
    alphabet = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(alphabet) for _ in range(4)) for _ in range(4))
