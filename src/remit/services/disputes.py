"""What two sites set apart on one record, side by side: people settle it, nothing else does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from remit.kernel.errors import BadInput
from remit.kernel.wording import Words, same
from remit.records.actors import Actor
from remit.records.branches import STATE, WITHDRAWN
from remit.records.entries import Entry
from remit.records.record import Record
from remit.records.types import RecordType
from remit.services.amending import amend
from remit.services.looking import Seen, see
from remit.services.showing import shown, state_label
from remit.services.standing import person_name
from remit.services.workspace import Workspace

_OF_THE_RECORD = {
    STATE: Words("State", "État"),
    WITHDRAWN: Words("Withdrawal", "Retrait"),
    "level": Words("Level", "Niveau"),
    "compartment": Words("Compartment", "Compartiment"),
    "caveats": Words("Caveats", "Réserves"),
    "originator": Words("Originator", "Auteur"),
}
_GONE, _STAYED = Words("withdrawn", "retirée"), Words("changed", "modifiée")
_EMPTY = Words("nothing", "rien")


@dataclass(frozen=True, slots=True)
class Version:
    """What one of them set: in words, by whom, when, and from which site ("" for this one)."""

    entry: str
    shown: str
    person: str
    role: Words
    at: datetime
    via: str


@dataclass(frozen=True, slots=True)
class Dispute:
    """One thing that was set apart, in its versions; none of them where the reader may not see the field."""

    key: str
    label: Words
    versions: tuple[Version, ...]
    is_field: bool
    """Whether amending the field settles it."""


def disputes(workspace: Workspace, seen: Seen, language: str) -> Iterator[Dispute]:
    """Yield what is disputed on a record, as its reader may see it."""
    entries = {entry.id: entry for entry in seen.history}
    for key, apart in seen.record.disputed.items():
        definition = seen.type.fields.get(key)
        label = definition.label if definition else _OF_THE_RECORD.get(key, same(key))
        found = [entries[one] for one in apart if one in entries] if key not in seen.hidden else []
        versions = tuple(_version(workspace, seen.type, key, entry, language) for entry in found)
        yield Dispute(key, label, versions, definition is not None)


def settle(
    workspace: Workspace,
    actor: Actor,
    reference: str,
    key: str,
    entry: str,
    *,
    reason: str,
    revision: int | None = None,
) -> Record:
    """Let one of the versions of a disputed field stand: an amendment whose author saw them all.

    Raises:
        BadInput: REC-063, the field is not disputed, or that version is not among them; REC-035 no reason.
        Hidden, Forbidden, Conflict, Refused: as for an amendment.
    """
    seen = see(workspace, actor, reference)
    apart = seen.record.disputed.get(key, ())
    chosen = next((one for one in seen.history if one.id == entry and entry in apart), None)
    if chosen is None or key not in seen.type.fields or key in seen.hidden:
        raise BadInput.of(
            "REC-063",
            f"{seen.record.number} has no such two versions of “{key}” any more.",
            f"{seen.record.number} n’a plus ces deux versions de « {key} ».",
            do_en="Open the record again: somebody may have settled it since.",
            do_fr="Rouvrez la fiche : quelqu’un l’a peut-être déjà tranché.",
        )
    raw = {key: chosen.values.get(key)}
    return amend(workspace, actor, seen.record.id, raw, reason=reason, revision=revision, settled=(key,))


def _version(workspace: Workspace, kind: RecordType, key: str, entry: Entry, language: str) -> Version:
    role = workspace.mission.roles.get(entry.by.role)
    return Version(
        entry=entry.id,
        shown=_words(kind, key, entry, language),
        person=person_name(workspace, entry.by.person),
        role=role.label if role else same(entry.by.role),
        at=entry.at,
        via=entry.via,
    )


def _words(kind: RecordType, key: str, entry: Entry, language: str) -> str:
    if key == STATE:
        return (state_label(kind, str(entry.facts.get("to", ""))) or same("")).in_(language)
    if key == WITHDRAWN:
        return (_GONE if entry.kind == "withdrawn" else _STAYED).in_(language)
    if key not in kind.fields:
        told = entry.facts.get(key)
        return ", ".join(map(str, told)) if isinstance(told, list | tuple) else str(told or _EMPTY.in_(language))
    return shown(entry.values.get(key), kind.fields[key], language) or _EMPTY.in_(language)
