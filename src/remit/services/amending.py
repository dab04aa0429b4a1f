"""Amend a record: new values beside the old ones, with a reason."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from remit.kernel.errors import BadInput
from remit.records.actors import Actor
from remit.records.record import Record
from remit.services.entering import change_entry, still_last, still_stands
from remit.services.recording import checked_changes
from remit.services.sight import seen, type_of
from remit.services.workspace import Workspace


def amend(
    workspace: Workspace,
    actor: Actor,
    identifier: str,
    raw: Mapping[str, Any],
    *,
    reason: str,
    revision: int | None = None,
    settled: Collection[str] = (),
) -> Record:
    """Change values of a record; those not named stay as they are, and all earlier ones stay in the history.

    A value that stands already is passed over, but for fields that sites set apart and that are ``settled`` by saying it.

    Raises:
        BadInput: values that cannot be read, or no reason given (REC-035).
        Conflict: REC-036, somebody changed the record since ``revision``.
        Refused: REC-037, it was withdrawn.
        Hidden, Forbidden: as ``seen``.
    """
    record = seen(workspace, actor, identifier, action="amend")
    still_last(record, revision)
    still_stands(record)
    if not reason.strip():
        raise BadInput.of(
            "REC-035",
            "An amendment needs its reason.",
            "Une modification demande son motif.",
            do_en="Say in a few words why it is changed.",
            do_fr="Dites en quelques mots pourquoi.",
        )
    kind = type_of(workspace, record)
    read = checked_changes(workspace, kind, raw)
    apart = set(settled) & set(record.disputed)
    changed = {key: value for key, value in read.items() if value != record.values.get(key) or key in apart}
    if changed:
        entry = change_entry(workspace, actor, "amended", record, kind, values={**changed, "_reason": reason.strip()})
        with workspace.journal.transaction():
            workspace.journal.append([entry])
    return workspace.journal.get(identifier) or record
