"""The roles of the mission: what each may do and see, and who holds it. Accounts are shown to those inside the mission."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from remit.kernel.errors import Forbidden
from remit.kernel.issues import Issue
from remit.kernel.wording import Words
from remit.records.actors import Actor, Role
from remit.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class RoleRow:
    """One role with the words of its component and compartments, and the names of those who hold it."""

    role: Role
    component: Words | None
    compartments: tuple[Words, ...]
    holders: tuple[str, ...]


def people(workspace: Workspace, actor: Actor) -> Sequence[RoleRow]:
    """Return the roles in declared order.

    Raises:
        Forbidden: ACC-022, a reader outside the mission.
    """
    if actor.role.audience:
        raise Forbidden(
            Issue(
                "ACC-022",
                Words(
                    "Roles and people are for the mission itself.",
                    "Les rôles et les personnes sont réservés à la mission.",
                ),
            )
        )
    mission, accounts = workspace.mission, workspace.accounts.people()
    return [
        RoleRow(
            role,
            mission.components[role.component].label if role.component in mission.components else None,
            tuple(mission.compartments[key] for key in role.compartments if key in mission.compartments),
            tuple(str(person["name"]) for person in accounts if role.key in person["roles"]),
        )
        for role in mission.roles.values()
    ]
