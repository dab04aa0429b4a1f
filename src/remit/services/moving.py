"""Move a record through its process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from remit.kernel.errors import BadInput
from remit.records.actors import Actor
from remit.records.process import MoveOption, options, require
from remit.records.record import Record
from remit.services.entering import change_entry, still_last
from remit.services.recording import checked_changes
from remit.services.sight import JournalLinks, seen, type_of
from remit.services.workspace import Workspace


def open_moves(workspace: Workspace, actor: Actor, record: Record) -> tuple[MoveOption, ...]:
    """Return the moves out of the record's state, each allowed or with all that it still needs."""
    return options(record, type_of(workspace, record), actor, JournalLinks(workspace, record), workspace.mission.roles)


def move(
    workspace: Workspace,
    actor: Actor,
    identifier: str,
    move_key: str,
    *,
    values: Mapping[str, Any] | None = None,
    reason: str = "",
    revision: int | None = None,
) -> Record:
    """Make one transition, filling the fields that it sets.

    Raises:
        Forbidden: REC-031, not this role.
        Refused: REC-032 (a second person is needed), REC-033 (a requirement is not met), REC-034 (not from this state),
            REC-035 (reason missing), REC-037 (withdrawn); all that hinders is said at once.
        BadInput: the move does not exist, or values cannot be read.
        Conflict: REC-036.
        Hidden: as ``seen``.
    """
    record = seen(workspace, actor, identifier)
    still_last(record, revision)
    kind = type_of(workspace, record)
    filled: dict[str, Any] = {}
    if values:
        stray = set(values) - set(
            kind.process.moves[move_key].sets if kind.process and move_key in kind.process.moves else ()
        )
        if stray:
            raise BadInput.of(
                "REC-054",
                f"The move “{move_key}” does not fill {', '.join(sorted(stray))}.",
                f"Le passage « {move_key} » ne remplit pas {', '.join(sorted(stray))}.",
                do_en="Amend the record for these, or name only the fields that the move sets.",
                do_fr="Modifiez la fiche pour cela, ou ne donnez que les champs que le passage remplit.",
            )
        filled = checked_changes(workspace, kind, values)
    after = replace(record, values={**record.values, **filled})
    chosen = require(
        after, kind, move_key, actor, JournalLinks(workspace, record), workspace.mission.roles, reason=reason.strip()
    )
    entry = change_entry(
        workspace,
        actor,
        "moved",
        record,
        kind,
        facts={"move": chosen.key, "from": record.state, "to": chosen.to},
        values={**filled, **({"_reason": reason.strip()} if reason.strip() else {})},
    )
    with workspace.journal.transaction():
        workspace.journal.append([entry])
    return workspace.journal.get(identifier) or record
