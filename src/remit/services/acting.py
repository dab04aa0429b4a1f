"""Who acts at the command line: an operator, in a role of the mission."""

from __future__ import annotations

from collections.abc import Sequence

from remit.kernel.errors import BadInput
from remit.kernel.nearest import did_you_mean
from remit.records.actors import Action, Actor
from remit.services.workspace import Workspace

OPERATOR = "command-line"


def operator(workspace: Workspace, action: Action, role: str = "", *, also: Sequence[Action] = ()) -> Actor:
    """Return the operator in a role; without one, in the first role of the mission that may do ``action``, and ``also``.

    Raises:
        BadInput: ACC-042, there is no such role; ACC-043, none may do that.
    """
    roles = workspace.mission.roles
    if role:
        if role not in roles:
            remedy = did_you_mean(role, roles)
            raise BadInput.of(
                "ACC-042",
                f"There is no role “{role}” in the mission {workspace.mission.key}.",
                f"Il n’y a pas de rôle « {role} » dans la mission {workspace.mission.key}.",
                do_en=remedy.en,
                do_fr=remedy.fr,
            )
        return Actor(OPERATOR, roles[role])
    able = [found for found in roles.values() if {action, *also} <= set(found.may) and not found.audience]
    if not able:
        raise BadInput.of(
            "ACC-043",
            f"No role of the mission {workspace.mission.key} may {action}.",
            f"Aucun rôle de la mission {workspace.mission.key} ne permet « {action} ».",
            do_en="Give a role that action in mission.yaml.",
            do_fr="Donnez cette action à un rôle dans mission.yaml.",
        )
    return Actor(OPERATOR, able[0])


def recorder(workspace: Workspace, type_key: str, role: str = "") -> Actor:
    """Return the operator in a role that records a type: the one asked for, else the first that may."""
    if role:
        return operator(workspace, "record", role)
    kind = workspace.mission.record_types.get(type_key)
    for found in workspace.mission.roles.values():
        if "record" in found.may and (kind is None or not kind.record_by or found.key in kind.record_by):
            return Actor(OPERATOR, found)
    return operator(workspace, "record")
