"""Accounts of a workspace: who may sign in, in which roles; closed rather than deleted, since entries name people."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from remit.kernel.errors import BadInput
from remit.kernel.nearest import did_you_mean
from remit.services.workspace import Workspace

PERSON = re.compile(r"[a-z0-9][a-z0-9._@-]{1,148}")
"""What an account may be called: it stands in every entry that the person makes."""


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account as its administrator sees it."""

    person: str
    name: str
    roles: tuple[str, ...]
    invented: bool
    open: bool
    second_factor: bool
    second_factor_asked: bool
    tokens: int


def add_account(
    workspace: Workspace, person: str, name: str, roles: Sequence[str], *, password: str = "", invented: bool = False
) -> str:
    """Make an account and return its first password: the one given, else one of chance. It is not kept in clear.

    Raises:
        BadInput: ACC-061, it stands already; ACC-062, it cannot be called so; ACC-063, no such role.
    """
    if any(found["person"] == person for found in workspace.accounts.people()):
        raise BadInput.of(
            "ACC-061",
            f"There is an account “{person}” already.",
            f"Il y a déjà un compte « {person} ».",
            do_en="Change its roles with `remit account roles`, or choose another name.",
            do_fr="Modifiez ses rôles par `remit account roles`, ou choisissez un autre nom.",
        )
    if not PERSON.fullmatch(person):
        raise BadInput.of(
            "ACC-062",
            f"An account cannot be called “{person}”.",
            f"Un compte ne peut pas s’appeler « {person} ».",
            do_en="Use small letters, digits, dots, hyphens, underscores or @, beginning with a letter or digit.",
            do_fr="Employez des minuscules sans accent, chiffres, points, tirets ou @, en commençant par une lettre ou un chiffre.",
        )
    _require_roles(workspace, roles)
    first = password or new_password()
    workspace.accounts.add(person, name or person, list(roles), first, invented=invented)
    return first


def set_roles(workspace: Workspace, person: str, roles: Sequence[str]) -> None:
    """Give an account exactly these roles; others end today, and sessions go on in what is left.

    Raises:
        BadInput: ACC-063, no such role; ACC-064, no such account.
    """
    found = require_account(workspace, person)
    _require_roles(workspace, roles)
    workspace.accounts.add(person, found.name, list(roles), None, invented=found.invented)


def set_password(workspace: Workspace, person: str, password: str = "") -> str:
    """Give an account a new password and return it; its sessions and tokens end.

    Raises:
        BadInput: ACC-064, no such account.
    """
    found = require_account(workspace, person)
    new = password or new_password()
    workspace.accounts.add(person, found.name, list(found.roles), new, invented=found.invented)
    workspace.accounts.end_sessions(person)
    return new


def close_account(workspace: Workspace, person: str) -> None:
    """Close an account: its roles, sessions and tokens end. What the person recorded keeps its name.

    Raises:
        BadInput: ACC-064, no such account.
    """
    require_account(workspace, person)
    workspace.accounts.close(person)


def reopen_account(workspace: Workspace, person: str, roles: Sequence[str]) -> str:
    """Open a closed account again, with these roles and a new password.

    Raises:
        BadInput: ACC-063, no such role; ACC-064, no such account.
    """
    found = require_account(workspace, person)
    _require_roles(workspace, roles)
    workspace.accounts.reopen(person)
    new = new_password()
    workspace.accounts.add(person, found.name, list(roles), new, invented=found.invented)
    return new


def forget_second_factor(workspace: Workspace, person: str) -> None:
    """Have a person who lost the phone set up a second factor anew; sessions and tokens end.

    Raises:
        BadInput: ACC-064, no such account.
    """
    require_account(workspace, person)
    workspace.accounts.drop_second_factor(person)
    workspace.accounts.end_sessions(person)


def account_rows(workspace: Workspace) -> Sequence[AccountRow]:
    """Return all accounts, by key."""
    return [_row(workspace, str(found["person"])) for found in workspace.accounts.people()]


def require_account(workspace: Workspace, person: str) -> AccountRow:
    """Return an account.

    Raises:
        BadInput: ACC-064.
    """
    known = [str(found["person"]) for found in workspace.accounts.people()]
    if person in known:
        return _row(workspace, person)
    remedy = did_you_mean(person, known)
    raise BadInput.of(
        "ACC-064",
        f"There is no account “{person}”.",
        f"Il n’y a pas de compte « {person} ».",
        do_en=remedy.en,
        do_fr=remedy.fr,
    )


def asks_second_factor(workspace: Workspace, person: str) -> bool:
    """Return whether a person must sign in with a second factor: one of his roles asks for it.

    Not in a demonstration, all of whose people are invented; with the first real account the invented ones are asked too.
    """
    roles = workspace.mission.roles
    if not any(roles[key].second_factor for key in workspace.accounts.roles_of(person) if key in roles):
        return False
    return not (workspace.accounts.invented(person) and all(one["invented"] for one in workspace.accounts.people()))


def lacks_second_factor(workspace: Workspace, person: str) -> bool:
    """Return whether a person must set up a second factor before anything else."""
    return asks_second_factor(workspace, person) and not workspace.accounts.has_second_factor(person)


def new_password() -> str:
    """Return four groups of four letters and digits that are not taken for one another (about 80 bits)."""
    alphabet = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(alphabet) for _ in range(4)) for _ in range(4))


def _row(workspace: Workspace, person: str) -> AccountRow:
    accounts = workspace.accounts
    found = next(one for one in accounts.people() if one["person"] == person)
    return AccountRow(
        person, str(found["name"]), tuple(found["roles"]), bool(found["invented"]), accounts.may_enter(person),
        accounts.has_second_factor(person), asks_second_factor(workspace, person),
        sum(token.ended_at is None for token in accounts.tokens.of(person)),
    )  # fmt: skip


def _require_roles(workspace: Workspace, roles: Sequence[str]) -> None:
    for role in roles:
        if role not in workspace.mission.roles:
            remedy = did_you_mean(role, workspace.mission.roles)
            raise BadInput.of(
                "ACC-063",
                f"The mission has no role “{role}”.",
                f"La mission n’a pas de rôle « {role} ».",
                do_en=remedy.en,
                do_fr=remedy.fr,
            )
