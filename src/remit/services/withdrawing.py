"""Withdraw a record: it stays, marked, and counts no more."""

from __future__ import annotations

from remit.kernel.errors import BadInput
from remit.records.actors import Actor
from remit.records.record import Record
from remit.services.entering import change_entry, still_last, still_stands
from remit.services.sight import seen, type_of
from remit.services.workspace import Workspace


def withdraw(
    workspace: Workspace, actor: Actor, identifier: str, *, reason: str, revision: int | None = None
) -> Record:
    """Withdraw a record with a reason.

    Raises:
        BadInput: REC-035, no reason given.
        Hidden, Forbidden, Conflict: as for an amendment.
    """
    record = seen(workspace, actor, identifier, action="withdraw")
    still_last(record, revision)
    still_stands(record)
    if not reason.strip():
        raise BadInput.of(
            "REC-035",
            "A withdrawal needs its reason.",
            "Un retrait demande son motif.",
            do_en="Say in a few words why it is withdrawn.",
            do_fr="Dites en quelques mots pourquoi.",
        )
    entry = change_entry(
        workspace, actor, "withdrawn", record, type_of(workspace, record), values={"_reason": reason.strip()}
    )
    with workspace.journal.transaction():
        workspace.journal.append([entry])
    return workspace.journal.get(identifier) or record
