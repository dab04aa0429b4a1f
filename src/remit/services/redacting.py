"""Destroy values for good, on order and with a reason: nothing of them stays but the entry that says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from remit.kernel.errors import BadInput
from remit.kernel.nearest import did_you_mean
from remit.measures.lazy import LazyEngine
from remit.records.actors import Actor
from remit.records.record import Record
from remit.services.entering import change_entry, still_last
from remit.services.sight import seen, type_of
from remit.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Redaction:
    """What was destroyed.

    Attributes:
        record: the record as it stands after it.
        entry: the id of the entry that says so.
        fields: the names of the values destroyed, in all of the record's entries.
        attachments: the digests of the files destroyed.
    """

    record: Record
    entry: str
    fields: tuple[str, ...]
    attachments: tuple[str, ...]


def redact(
    workspace: Workspace,
    actor: Actor,
    identifier: str,
    fields: Sequence[str],
    *,
    reason: str,
    revision: int | None = None,
) -> Redaction:
    """Destroy values of a record in its entries, the current state, search, snapshots and attachments.

    The seal still verifies: it covers commitments, whose salts go too. Files of an attachment field go unless another
    entry holds them. What was printed or exported before is beyond reach, and so are backups until their keys are gone.

    Args:
        workspace: where.
        actor: who, in a role that redacts.
        identifier: the record's id.
        fields: names of fields, or ``_reason`` for the reasons given for moves and amendments; none for all of them.
        reason: why; kept, so without what is destroyed.
        revision: the record's step that the actor looked at.

    Raises:
        BadInput: REC-035 no reason; REC-061 no such field; REC-062 nothing there to destroy.
        Hidden, Forbidden, Conflict: as for an amendment.
    """
    record = seen(workspace, actor, identifier, action="redact")
    still_last(record, revision)
    kind = type_of(workspace, record)
    if not reason.strip():
        raise BadInput.of(
            "REC-035",
            "A redaction needs its reason.",
            "Une expurgation demande son motif.",
            do_en="Say who ordered it and under which rule, without the words that are to go.",
            do_fr="Dites qui l’a ordonnée et selon quelle règle, sans les mots qui doivent disparaître.",
        )
    held = held_values(workspace, identifier)
    for name in fields:
        if name not in held and name not in kind.fields:
            remedy = did_you_mean(name, [*kind.fields, *held])
            raise BadInput.of(
                "REC-061",
                f"{record.number} has no field “{name}”.",
                f"{record.number} n’a pas de champ « {name} ».",
                do_en=remedy.en,
                do_fr=remedy.fr,
            )
    gone = tuple(sorted(set(fields or held).intersection(held)))
    if not gone:
        raise BadInput.of(
            "REC-062",
            f"{record.number} holds none of these values: there is nothing to destroy.",
            f"{record.number} ne contient aucune de ces valeurs : il n’y a rien à détruire.",
            do_en=f"It holds: {', '.join(held) or 'nothing'}.",
            do_fr=f"Elle contient : {', '.join(held) or 'rien'}.",
        )
    files = {sha256 for name in gone for value in held[name] for sha256 in files_in(value)}
    entry = change_entry(
        workspace, actor, "redacted", record, kind, facts={"fields": list(gone)}, values={"_reason": reason.strip()}
    )
    with workspace.journal.transaction():
        # Before the entry is added: its own reason is to stay.
        workspace.journal.erase(identifier, gone)
        workspace.journal.append([entry])
    destroyed = forget_destroyed(workspace, files)
    return Redaction(workspace.journal.get(identifier) or record, entry.id, gone, destroyed)


def forget_destroyed(workspace: Workspace, files: Set[str]) -> tuple[str, ...]:
    """Drop all that was derived while values stood that are destroyed now, and destroy their files.

    Args:
        workspace: where.
        files: the digests of the files that they named; those that another entry holds stay.

    Returns:
        The digests of the files destroyed.
    """
    _forget(workspace)
    destroyed = tuple(sorted(files - _files_elsewhere(workspace))) if files else ()
    for sha256 in destroyed:
        workspace.attachments.destroy(sha256)
    return destroyed


def held_values(workspace: Workspace, identifier: str) -> Mapping[str, list[Any]]:
    """Return all values that the record's entries hold, by name: also those that were amended since."""
    held: dict[str, list[Any]] = {}
    for entry in workspace.journal.entries(record=identifier):
        if entry.record == identifier and entry.kind != "redacted":
            for name, value in entry.values.items():
                held.setdefault(name, []).append(value)
    return held


def _forget(workspace: Workspace) -> None:
    """Drop all that was derived while the values stood; it is made again without them."""
    workspace.cache.clear()
    workspace.snapshots.drop()
    if isinstance(workspace.engine, LazyEngine):
        workspace.engine.forget()


def _files_elsewhere(workspace: Workspace) -> set[str]:
    """Return the digests of the files that entries of the journal still hold."""
    return {
        sha256 for entry in workspace.journal.entries() for value in entry.values.values() for sha256 in files_in(value)
    }


def files_in(value: Any) -> Iterator[str]:
    """Yield the digests of the files that a value names, at any depth."""
    if isinstance(value, Mapping):
        if isinstance(value.get("sha256"), str):
            yield value["sha256"]
        for part in value.values():
            yield from files_in(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from files_in(part)
