"""The page of a record: facts, findings over the event, history, moves with what each still needs, links, and its entries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from remit.kernel.conditions import Compare
from remit.kernel.errors import Hidden
from remit.kernel.wording import Words, same
from remit.records.actors import Actor
from remit.records.clocks import RunningClock, clocks
from remit.records.entries import Entry
from remit.records.process import MoveOption
from remit.records.record import Record
from remit.records.types import FieldDefinition, RecordType
from remit.services.disputes import Dispute, disputes
from remit.services.looking import Seen, find, see
from remit.services.showing import Line, line, place_of, shown, state_label
from remit.services.sight import absent
from remit.services.standing import person_name
from remit.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Fact:
    """One field of a record: shown in words, withheld from the reader, or erased.

    ``table`` holds a repeating group: the columns' labels and the rows. ``target`` is the record a reference leads to.
    """

    key: str
    label: Words
    shown: str = ""
    long: bool = False
    withheld: bool = False
    erased: bool = False
    columns: tuple[Words, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    target: Line | None = None


@dataclass(frozen=True, slots=True)
class FindingCell:
    """A finding as it stands beside the others over the same event."""

    line: Line
    standard: str
    deciders: tuple[Words, ...]
    clock: RunningClock | None
    here: bool = False


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One entry of the history, ready to be said in words."""

    id: str
    kind: str
    at: datetime
    person: str
    role: Words
    move: Words | None = None
    from_: Words | None = None
    to: Words | None = None
    relation: str = ""
    other: Line | None = None
    outward: bool = True
    changed: tuple[tuple[Words, str], ...] = ()
    reason: str = ""
    erased: tuple[Words, ...] = ()
    came: datetime | None = None
    """When it came from another site, and from which."""
    via: str = ""


@dataclass(frozen=True, slots=True)
class LinkLine:
    """A linked record and how it is linked."""

    relation: str
    outward: bool
    line: Line


@dataclass(frozen=True, slots=True)
class RecordPage:
    """A record as one reader sees it."""

    seen: Seen
    line: Line
    facts: tuple[Fact, ...]
    place: Mapping[str, Any] | None
    compartment: Words | None
    recorded_by: str
    recorded_role: Words
    findings: tuple[FindingCell, ...]
    event: Line | None
    history: tuple[HistoryLine, ...]
    links: tuple[LinkLine, ...]
    moves: tuple[MoveOption, ...]
    disputes: tuple[Dispute, ...] = ()
    """What two sites set apart."""
    may_add: tuple[RecordType, ...] = ()
    """Types of findings that the reader may record over this event."""

    @property
    def record(self) -> Record:
        """The record."""
        return self.seen.record


def identifier_of(workspace: Workspace, actor: Actor, reference: str) -> str:
    """Return a record's id from its id or its readable number.

    Raises:
        Hidden: there is none for this actor.
    """
    if len(reference) == 36:
        return reference
    found = find(workspace, actor, condition=Compare("number", "equals", reference), limit=2).records
    if len(found) != 1:
        raise absent(reference)
    return found[0].id


def record_page(
    workspace: Workspace, actor: Actor, reference: str, language: str, *, as_of: datetime | None = None
) -> RecordPage:
    """Return the page of a record, by id or readable number.

    Raises:
        Hidden: there is none for this actor.
    """
    seen = see(workspace, actor, identifier_of(workspace, actor, reference), as_of=as_of)
    record, kind = seen.record, seen.type
    visible = {other.id: other for _, other in seen.linked}
    event = next((other for link, other in seen.linked if link.relation == "over" and link.outward), None)
    beside = see(workspace, actor, event.id, as_of=as_of).findings if event else seen.findings
    role = workspace.mission.roles.get(record.recorded_by.role)
    return RecordPage(
        seen=seen,
        line=line(workspace, record, language),
        facts=tuple(facts(workspace, actor, seen, language)),
        place=place_of(kind, seen.values),
        compartment=workspace.mission.compartments.get(record.compartment) if record.compartment else None,
        recorded_by=person_name(workspace, record.recorded_by.person),
        recorded_role=role.label if role else same(record.recorded_by.role),
        findings=tuple(_finding(workspace, one, language, here=one.id == record.id) for one in beside),
        event=line(workspace, event, language) if event else None,
        history=tuple(history(workspace, seen, visible, language)),
        links=tuple(
            LinkLine(link.relation, link.outward, line(workspace, other, language))
            for link, other in seen.linked
            if link.relation != "over"
        ),
        moves=seen.moves,
        disputes=tuple(disputes(workspace, seen, language)),
        may_add=tuple(
            one
            for one in workspace.mission.record_types.values()
            if one.over == record.type
            and not one.abstract
            and "record" in actor.role.may
            and actor.role.key in one.record_by
        ),
    )


def facts(workspace: Workspace, actor: Actor, seen: Seen, language: str) -> Sequence[Fact]:
    """Return the fields of a record in declared order; those without a value are left out, withheld and erased ones said."""
    found = []
    for key, definition in seen.type.fields.items():
        if key in seen.record.erased:
            found.append(Fact(key, definition.label, erased=True))
        elif key in seen.hidden:
            found.append(Fact(key, definition.label, withheld=True))
        elif seen.values.get(key) not in (None, "", [], {}):
            found.append(_fact(workspace, actor, definition, seen.values[key], language))
    return found


def _fact(workspace: Workspace, actor: Actor, definition: FieldDefinition, value: Any, language: str) -> Fact:
    if definition.kind == "group":
        rows = value if isinstance(value, list) else [value]
        used = [
            one for one in definition.fields.values() if any(row.get(one.key) not in (None, "", []) for row in rows)
        ]
        return Fact(
            definition.key,
            definition.label,
            columns=tuple(one.label for one in used),
            rows=tuple(tuple(shown(row.get(one.key), one, language) for one in used) for row in rows),
        )
    if definition.kind == "reference" and definition.to in workspace.mission.record_types and isinstance(value, str):
        try:
            other = see(workspace, actor, value).record
        except Hidden:
            return Fact(definition.key, definition.label, withheld=True)
        target = line(workspace, other, language)
        return Fact(definition.key, definition.label, shown=target.title, target=target)
    return Fact(
        definition.key, definition.label, shown(value, definition, language), long=definition.kind == "narrative"
    )


def history(workspace: Workspace, seen: Seen, visible: Mapping[str, Record], language: str) -> Sequence[HistoryLine]:
    """Return the entries of a record in words' parts, the first first; links to what the reader may not see are left out."""
    lines = []
    for entry in seen.history:
        other = _other(entry, seen.record.id)
        if entry.kind == "linked" and other not in visible:
            continue
        lines.append(_history_line(workspace, seen, entry, visible.get(other), language))
    return lines


def _history_line(workspace: Workspace, seen: Seen, entry: Entry, other: Record | None, language: str) -> HistoryLine:
    kind = seen.type
    role = workspace.mission.roles.get(entry.by.role)
    move = kind.process.moves.get(str(entry.facts.get("move", ""))) if kind.process else None
    changed = (
        tuple(
            (kind.fields[key].label, _brief(entry.values[key], kind.fields[key], language))
            for key in entry.values
            if key in kind.fields
        )
        if entry.kind in ("amended", "moved")
        else ()
    )
    return HistoryLine(
        id=entry.id,
        kind=entry.kind,
        at=entry.at,
        person=person_name(workspace, entry.by.person),
        role=role.label if role else same(entry.by.role),
        move=move.label if move else None,
        from_=state_label(kind, str(entry.facts.get("from", ""))),
        to=state_label(kind, str(entry.facts.get("to", ""))),
        relation=str(entry.facts.get("relation", "")),
        other=line(workspace, other, language) if other else None,
        outward=entry.record == seen.record.id,
        changed=changed,
        reason=str(entry.values.get("_reason", "")),
        erased=tuple(kind.fields[key].label for key in entry.erased if key in kind.fields),
        came=entry.came,
        via=entry.via,
    )


def _brief(value: Any, definition: FieldDefinition, language: str) -> str:
    text = shown(value, definition, language)
    return text if len(text) <= 160 else f"{text[:157]}…"


def _other(entry: Entry, record: str) -> str:
    other = str(entry.facts.get("other", ""))
    return entry.record if other == record else other


def _finding(workspace: Workspace, record: Record, language: str, *, here: bool) -> FindingCell:
    kind = workspace.mission.record_types[record.type]
    running = [
        c for c in clocks(record, kind, workspace.sources.clock()) if c.status in ("running", "due-soon", "overdue")
    ]
    deciders: list[Words] = []
    if kind.process:
        for move in kind.process.moves.values():
            if record.state in move.from_:
                deciders += [workspace.mission.roles[r].label for r in move.by if r in workspace.mission.roles]
    standard = next((key for key in kind.fields if key in ("standard", "standard_of_proof")), "")
    return FindingCell(
        line=line(workspace, record, language),
        standard=shown(record.values.get(standard), kind.fields[standard], language) if standard else "",
        deciders=tuple(dict.fromkeys(deciders)),
        clock=min(running, key=lambda c: c.due) if running else None,
        here=here,
    )
