"""Make journal entries: who, when, of which version of a declaration."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from remit.kernel.errors import Conflict, Refused
from remit.kernel.issues import Issue
from remit.kernel.places import Place
from remit.kernel.wording import Words
from remit.records.actors import Actor
from remit.records.entries import Entry, EntryKind
from remit.records.record import Record
from remit.records.types import RecordType
from remit.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class FieldContext:
    """What reading a field value may need."""

    locate: Callable[[Place], Place]
    now: datetime


def entry_of(
    workspace: Workspace,
    actor: Actor,
    kind: EntryKind,
    record: str,
    type_: RecordType,
    *,
    facts: Mapping[str, Any] | None = None,
    values: Mapping[str, Any] | None = None,
) -> Entry:
    """Return a new entry at the workspace's present instant."""
    return Entry(
        id=workspace.sources.identifier(),
        kind=kind,
        record=record,
        type=type_.key,
        version=type_.version,
        at=workspace.sources.clock(),
        by=actor.author(),
        facts=dict(facts or {}),
        values=dict(values or {}),
    )


def change_entry(
    workspace: Workspace,
    actor: Actor,
    kind: EntryKind,
    record: Record,
    type_: RecordType,
    *,
    facts: Mapping[str, Any] | None = None,
    values: Mapping[str, Any] | None = None,
) -> Entry:
    """Return a new entry that changes a record, naming the last entries that its author has before him.

    So that what two sites change apart is told from what one changed after the other (``remit.records.branches``).
    """
    after = {"after": list(record.heads)} if record.heads else {}
    return entry_of(workspace, actor, kind, record.id, type_, facts={**(facts or {}), **after}, values=values)


def link_entries(
    workspace: Workspace, actor: Actor, record: str, type_: RecordType, relation: str, other: Record
) -> list[Entry]:
    """Return the entry that links a record to another (the journal shows it from both sides)."""
    facts = {"relation": relation, "other": other.id, "other_type": other.type}
    return [entry_of(workspace, actor, "linked", record, type_, facts=facts)]


def still_stands(record: Record) -> None:
    """Refuse to change a record that was withdrawn.

    Raises:
        Refused: REC-037, as a move of it would be.
    """
    if not record.withdrawn:
        return
    raise Refused(
        Issue(
            "REC-037",
            Words(f"{record.number} was withdrawn.", f"{record.number} a été retirée."),
            Words(
                "It stays as it is; record anew what is known now.",
                "Elle reste telle quelle ; enregistrez à nouveau ce que l’on sait maintenant.",
            ),
        )
    )


def still_last(record: Record, revision: int | None) -> None:
    """Refuse to build on a state that is no longer the last.

    Raises:
        Conflict: REC-036, naming who changed it since.
    """
    if revision is None or revision == record.revision:
        return
    raise Conflict(
        Issue(
            "REC-036",
            Words(
                f"{record.number} was changed since you opened it (you saw step {revision}, it is at step {record.revision}).",
                f"{record.number} a été modifiée depuis que vous l’avez ouverte (étape {revision} vue, étape {record.revision} à présent).",
            ),
            Words(
                "Look at what changed, then do it again on the record as it stands; nothing that you typed was lost.",
                "Voyez ce qui a changé, puis recommencez sur la fiche actuelle ; rien de votre saisie n’est perdu.",
            ),
        )
    )
