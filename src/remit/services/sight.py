"""The one way in: every record that a service hands on was let through by the access decision."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from remit.kernel.batches import batches
from remit.kernel.conditions import All, Compare, Condition
from remit.kernel.errors import Forbidden, Hidden
from remit.kernel.issues import Issue
from remit.kernel.wording import Words
from remit.records.access import decide, permitted
from remit.records.actors import Action, Actor
from remit.records.fold import fold
from remit.records.journal import Query
from remit.records.record import Record
from remit.records.sightings import How, sightings
from remit.records.types import RecordType
from remit.services.workspace import Workspace


def type_of(workspace: Workspace, record: Record) -> RecordType:
    """Return a record's type."""
    return workspace.mission.record_types[record.type]


def absent(identifier: str) -> Hidden:
    """Return the one answer for what is not there and what may not be seen: the two look alike."""
    return Hidden(
        Issue(
            "REC-404",
            Words(
                f"There is no record “{identifier}” that you may see.",
                f"Il n’y a pas de fiche « {identifier} » que vous puissiez voir.",
            ),
            Words(
                "Check the number, or ask the component that keeps it.",
                "Vérifiez le numéro, ou demandez à la composante qui la tient.",
            ),
        )
    )


def seen(workspace: Workspace, actor: Actor, identifier: str, *, action: Action = "see") -> Record:
    """Return a record that the actor may see, and do ``action`` with.

    Raises:
        Hidden: there is none for this actor.
        Forbidden: it may be seen, but the action is not the role's.
    """
    record = workspace.journal.get(identifier)
    if record is None:
        raise absent(identifier)
    if not visible(workspace, actor, record):
        raise absent(identifier)
    if action != "see":
        decision = decide(actor, action, record.envelope(), type_of(workspace, record))
        if not decision.allowed:
            raise Forbidden(Issue(decision.code, decision.reason))
    noted(workspace, actor, [record], "opened")
    return record


def noted(workspace: Workspace, actor: Actor, records: Sequence[Record], how: How) -> None:
    """Keep that an actor read records, of those that stand in a compartment."""
    workspace.sightings.note(sightings(actor, records, how, workspace.sources.clock()))


def may_see(workspace: Workspace, actor: Actor, identifier: str) -> bool:
    """Return whether there is a record of this id that the actor may see."""
    record = workspace.journal.get(identifier)
    return record is not None and visible(workspace, actor, record)


def visible(workspace: Workspace, actor: Actor, record: Record) -> bool:
    """Return whether the actor may see a record."""
    return decide(actor, "see", record.envelope(), type_of(workspace, record)).allowed


def visible_among(workspace: Workspace, actor: Actor, identifiers: Collection[str]) -> frozenset[str]:
    """Return which of these ids are of records that the actor may see."""
    found: set[str] = set()
    for some in batches(sorted(identifiers)):
        found |= workspace.journal.which(Query(visible_set(workspace, actor, Compare("id", "in", tuple(some)))))
    return frozenset(found)


def records_of(workspace: Workspace, identifiers: Sequence[str]) -> list[Record]:
    """Return the records of these ids in their order, whoever looks; those that are not there are left out."""
    found: dict[str, Record] = {}
    for some in batches(identifiers):
        query = Query(Compare("id", "in", tuple(some)), order="id")
        found |= {record.id: record for record in workspace.journal.find(query)}
    return [found[identifier] for identifier in identifiers if identifier in found]


def may(actor: Actor, action: Action, what: Words) -> None:
    """Refuse an action that the role does not hold.

    Raises:
        Forbidden: ACC-021, naming the role and what was asked.
    """
    if action not in actor.role.may:
        label = actor.role.label
        raise Forbidden(
            Issue(
                "ACC-021",
                Words(
                    f"The role {label.en} may not {what.en}.",
                    f"Le rôle {label.fr} ne permet pas de {what.fr}.",
                ),
                Words(
                    "Act in a role that may, or ask somebody who holds one.",
                    "Agissez dans un rôle qui le permet, ou demandez à qui en a un.",
                ),
            )
        )


def visible_set(workspace: Workspace, actor: Actor, condition: Condition | None = None) -> Condition:
    """Return the condition that selects what an actor may see, and ``condition`` beside it."""
    allowed = permitted(actor, workspace.mission.record_types)
    return allowed if condition is None else All((allowed, condition))


class JournalLinks:
    """Reaches linked records for conditions of a process: all of them, whoever looks (a rule does not vary by reader)."""

    def __init__(self, workspace: Workspace, record: Record) -> None:
        self._workspace = workspace
        self._record = record

    def linked(self, *, type: str | None, relation: str | None, outward: bool) -> Sequence[Mapping[str, Any]]:
        """Return envelope and values of each record linked, withdrawn ones left out."""
        found = []
        for link in self._record.links:
            if link.outward is not outward or (relation and link.relation != relation):
                continue
            if type and link.other_type != type:
                continue
            other = self._workspace.journal.get(link.other)
            if other is not None and not other.withdrawn:
                found.append(other.facts_for_conditions())
        return found


def as_it_was(workspace: Workspace, identifier: str, as_of: Any) -> Record | None:
    """Return a record as it was known at an instant."""
    return fold(workspace.mission.record_types, workspace.journal.entries(record=identifier, until=as_of))


def all_of(workspace: Workspace, *types: str) -> Sequence[Record]:
    """Return all records of types (of every type where none is named), for services that decide about each themselves."""
    return workspace.journal.find(Query(All(()), types=types, order="recorded_at"))
