"""Link two records. Reports are never merged: they are linked, and both stay."""

from __future__ import annotations

from remit.kernel.errors import BadInput
from remit.records.actors import Actor
from remit.records.record import Record
from remit.records.types import RELATIONS
from remit.services.entering import link_entries
from remit.services.sight import seen, type_of
from remit.services.workspace import Workspace


def link(workspace: Workspace, actor: Actor, identifier: str, relation: str, other: str) -> Record:
    """Link a record to another (``evidence-for``: the first is evidence for the second). Twice is once.

    Raises:
        BadInput: LNK-001 unknown relation, LNK-002 a record to itself.
        Hidden, Forbidden: as ``seen``; both records must be visible.
    """
    if relation not in RELATIONS:
        raise BadInput.of(
            "LNK-001",
            f"“{relation}” is not a way to link records.",
            f"« {relation} » n’est pas une façon de lier des fiches.",
            do_en=f"Use one of: {', '.join(RELATIONS)}.",
            do_fr=f"Employez l’une de : {', '.join(RELATIONS)}.",
        )
    record = seen(workspace, actor, identifier, action="link")
    target = seen(workspace, actor, other)
    if record.id == target.id:
        raise BadInput.of(
            "LNK-002",
            "A record cannot be linked to itself.",
            "Une fiche ne peut pas être liée à elle-même.",
            do_en="Choose another record.",
            do_fr="Choisissez une autre fiche.",
        )
    known = any(k.outward and k.relation == relation and k.other == target.id for k in record.links)
    if not known:
        with workspace.journal.transaction():
            workspace.journal.append(
                link_entries(workspace, actor, record.id, type_of(workspace, record), relation, target)
            )
    return workspace.journal.get(record.id) or record
