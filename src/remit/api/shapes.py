"""From what services give to what the API gives."""

from __future__ import annotations

from typing import Any

from remit.api.models import (
    ClockOut,
    EntryOut,
    EntryProof,
    Labels,
    LimitOut,
    LinkOut,
    MandateOut,
    MissionOut,
    MoveOut,
    Problem,
    ProvisionOut,
    RecordOut,
    RecordWhole,
    TaskOut,
    TypeOut,
)  # fmt: skip
from remit.kernel.issues import Issue
from remit.kernel.wording import Words
from remit.services.entry_page import EntryPage
from remit.services.figuring import WalkBack
from remit.services.list_page import TypeCard
from remit.services.looking import Seen
from remit.services.shapes import Actor, DeclaredProvision, Figure, Record, Task, schema_of
from remit.services.standing import today
from remit.services.workspace import Workspace


def labels(words: Words) -> Labels:
    """Return both languages of a wording."""
    return Labels(en=words.en, fr=words.fr)


def problem(issue: Issue, language: str) -> Problem:
    """Return one problem in the reader's language."""
    remedy = issue.remedy.in_(language) if issue.remedy else ""
    return Problem(
        code=issue.code, level=issue.level, path=issue.where.path, message=issue.message.in_(language), remedy=remedy
    )


def mission(workspace: Workspace, actor: Actor) -> MissionOut:
    """Return the mission, and who asks."""
    found = workspace.mission
    return MissionOut(
        key=found.key, title=labels(found.title), short=labels(found.short), period=str(found.period),
        today=today(workspace).isoformat(), languages=list(found.languages), person=actor.person, role=actor.role.key,
        invented=found.invented,
    )  # fmt: skip


def mandate(workspace: Workspace) -> MandateOut:
    """Return the mandate."""
    found = workspace.mission.instrument
    return MandateOut(
        key=found.key, symbol=found.symbol, title=labels(found.title), adopted=found.adopted.isoformat(),
        expires=found.expires.isoformat(), meeting=found.meeting,
        provisions=[provision(workspace, one) for one in found.provisions.values()],
    )  # fmt: skip


def provision(workspace: Workspace, found: DeclaredProvision) -> ProvisionOut:
    """Return one provision."""
    return ProvisionOut(
        path=found.path, key=f"{workspace.mission.instrument.key}/{found.path}", words=labels(found.words), force=found.force,
        kind=found.kind, addressees=list(found.addressees), conditions=list(found.conditions),
        references=list(found.references),
        clocks=[
            ClockOut(kind=c.kind, dates=[d.isoformat() for d in c.dates], label=labels(c.label), duty=c.duty, product=c.product)
            for c in found.clocks
        ],
        limits=[LimitOut(key=one.key, amount=one.amount, of=labels(one.of), measure=one.measure) for one in found.limits],
    )  # fmt: skip


def task(found: Task) -> TaskOut:
    """Return one task."""
    return TaskOut(
        key=found.key, path=found.path, label=labels(found.label), lead=found.lead, partners=list(found.partners),
        priority=found.priority, measures=list(found.measures), records=list(found.records),
    )  # fmt: skip


def record_type(workspace: Workspace, card: TypeCard) -> TypeOut:
    """Return one record type with the JSON Schema of its values."""
    kind = workspace.mission.record_types[card.key]
    return TypeOut(
        key=kind.key, version=kind.version, kind=kind.kind, label=labels(kind.label), plural=labels(kind.plural),
        over=kind.over, total=card.total, may_record=card.may_record,
        states=list(kind.process.states) if kind.process else [], values=schema_of(kind),
    )  # fmt: skip


def record(found: Record) -> RecordOut:
    """Return a record that ``looking`` gave: it holds only what the reader may see."""
    return RecordOut(**_plain(found))


def whole(seen: Seen, language: str) -> RecordWhole:
    """Return a record with its links, moves and history."""
    visible = {other.id for _, other in seen.linked}
    return RecordWhole(
        **_plain(seen.record),
        withheld=list(seen.hidden),
        links=[
            LinkOut(relation=link.relation, outward=link.outward, other=other.id, other_type=other.type)
            for link, other in seen.linked
        ],
        moves=[
            MoveOut(
                move=option.move.key, label=labels(option.move.label), to=option.move.to, allowed=option.allowed,
                problems=[problem(issue, language) for issue in option.issues],
            )
            for option in seen.moves
        ],
        history=[
            EntryOut(
                id=entry.id, kind=entry.kind, at=entry.at.isoformat(), person=entry.by.person, role=entry.by.role,
                move=str(entry.facts.get("move", "")), reason=str(entry.values.get("_reason", "")),
                changed=sorted(name for name in entry.values if not name.startswith("_")),
            )
            for entry in seen.history
            if entry.kind != "linked" or {entry.record, str(entry.facts.get("other"))} - {seen.record.id} <= visible
        ],
    )  # fmt: skip


def figure(found: Figure, back: WalkBack) -> dict[str, Any]:
    """Return a figure; its record ids are only those that the reader may see, and ``unseen`` says how many more there are."""
    visible = {one.id for one in back.records}
    body = found.to_json()
    body["record_ids"] = [one for one in body["record_ids"] if one in visible]
    body["unseen"] = back.unseen
    for key in ("numerator_ids", "denominator_ids"):
        if key in body:
            body[key] = [one for one in body[key] if one in visible]
    for cell in body.get("cells", []):
        if "record_ids" in cell:
            cell["record_ids"] = [one for one in cell["record_ids"] if one in visible]
    return body


def proof(page: EntryPage) -> EntryProof:
    """Return a journal entry with its proof."""
    return EntryProof(
        id=page.entry.id, record=page.entry.record, sealed=dict(page.sealed), leaf=page.leaf,
        block=page.block.number if page.block else None, root=page.block.root if page.block else "", index=page.index,
        proof=list(page.proof), proved=page.proved,
    )  # fmt: skip


def _plain(found: Record) -> dict[str, Any]:
    return {
        "id": found.id, "number": found.number, "type": found.type, "version": found.version, "kind": found.kind,
        "title": found.title, "state": found.state, "level": found.level, "compartment": found.compartment,
        "caveats": list(found.caveats), "originator": found.originator, "invented": found.invented,
        "withdrawn": found.withdrawn, "occurred": found.occurred, "reported": found.reported,
        "recorded_at": found.recorded_at.isoformat(), "revision": found.revision, "values": dict(found.values),
    }  # fmt: skip
