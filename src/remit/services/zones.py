"""Breaches of zones: proposed by place and time with reasons, linked or set aside by people, never recorded by themselves.

What a person linked to the zone (``part-of``) or set aside (``distinct``) is not proposed again. An event is left to the finding over
it, where there is one: one matter is proposed once. Proposals rest on what the reader may see, and on nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from remit.kernel.conditions import All, Compare, Condition
from remit.kernel.errors import BadInput
from remit.kernel.evaluation import holds
from remit.records.actors import Actor
from remit.records.record import Record
from remit.records.types import Zone
from remit.records.zones import InForce, Inside, Seen, excepted, in_force, inside, seen_of
from remit.services.linking import link
from remit.services.looking import find, see
from remit.services.showing import Line, line, place_of
from remit.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Breach:
    """A record that may be a breach of a zone: its line, and why."""

    line: Line
    inside: Inside


@dataclass(frozen=True, slots=True)
class Watched:
    """What lies in a zone while it holds.

    ``excepted`` of the records inside were for something that the zone lets pass. ``unplaced`` records of its time have no
    coordinates: nobody can tell whether they lie inside.
    """

    proposed: tuple[Breach, ...] = ()
    excepted: int = 0
    unplaced: int = 0


def breaches_of(workspace: Workspace, actor: Actor, identifier: str, language: str) -> Watched | None:
    """Return what may be a breach of a zone, the surest and earliest first; ``None`` for what is no zone in force.

    Raises:
        Hidden: there is no such record for this actor.
    """
    record = see(workspace, actor, identifier).record
    kind = workspace.mission.record_types[record.type]
    if kind.zone is None or record.withdrawn or actor.role.audience:
        return None
    zone = in_force(record, kind.zone)
    if zone is None:
        return None
    decided = {one.other for one in record.links}
    found = [one for one in _candidates(workspace, actor, kind.zone, zone) if one[0].id not in decided]
    met = [(one, seen, held) for one, seen in found if (held := inside(zone, seen)) is not None]
    ids = {one.id for one, _, _ in met} | decided
    proposed = [
        Breach(line(workspace, one, language), held)
        for one, seen, held in met
        if not excepted(zone, seen) and not _told_elsewhere(one, ids)
    ]
    return Watched(
        tuple(sorted(proposed, key=lambda one: (not one.inside.surely, one.line.occurred, one.line.id))),
        excepted=sum(excepted(zone, seen) for _, seen, _ in met),
        unplaced=sum(seen.lat is None and seen.first < zone.end and seen.last >= zone.start for _, seen in found),
    )


def zones_around(workspace: Workspace, actor: Actor, identifier: str, language: str) -> tuple[Breach, ...]:
    """Return the zones that a record may be a breach of, each with why; none where somebody decided already.

    Raises:
        Hidden: there is no such record for this actor.
    """
    record = see(workspace, actor, identifier).record
    types = workspace.mission.record_types
    watching = [key for key, kind in types.items() if kind.zone is not None and record.type in kind.zone.watches]
    if not watching or record.withdrawn or actor.role.audience:
        return ()
    decided = {one.other for one in record.links}
    found = []
    for one in find(workspace, actor, types=watching, limit=None).records:
        declared = types[one.type].zone
        if declared is None or one.id in decided or one.withdrawn:
            continue
        zone, seen = in_force(one, declared), _seen(workspace, record, declared)
        if zone is None or seen is None or excepted(zone, seen) or not _watched(record, declared):
            continue
        if (held := inside(zone, seen)) is not None:
            found.append(Breach(line(workspace, one, language), held))
    return tuple(found)


def decide_breach(workspace: Workspace, actor: Actor, identifier: str, other: str, decision: str) -> Record:
    """Keep what a person decided: ``breach`` links the other record as part of the zone, ``none`` sets it aside.

    Raises:
        BadInput: ZON-001, another decision; ZON-002, the first record is no zone that looks at such records.
        Hidden, Forbidden: as ``link``.
    """
    relations = {"breach": "part-of", "none": "distinct"}
    if decision not in relations:
        raise BadInput.of(
            "ZON-001",
            f"“{decision}” is no decision about a proposed breach.",
            f"« {decision} » n’est pas une décision sur une violation proposée.",
            do_en="Decide “breach” or “none”.",
            do_fr="Décidez « breach » ou « none ».",
        )
    types = workspace.mission.record_types
    zone, found = see(workspace, actor, identifier).record, see(workspace, actor, other).record
    declared = types[zone.type].zone
    if declared is None or found.type not in declared.watches:
        raise BadInput.of(
            "ZON-002",
            f"{zone.number} is no zone of which {found.number} could be a breach.",
            f"{zone.number} n’est pas une zone dont {found.number} pourrait être une violation.",
            do_en="Name a zone, and a record of a type that its declaration watches.",
            do_fr="Indiquez une zone, et une fiche d’un type que sa déclaration surveille.",
        )
    return link(workspace, actor, found.id, relations[decision], zone.id)


def _candidates(workspace: Workspace, actor: Actor, declared: Zone, zone: InForce) -> Iterator[tuple[Record, Seen]]:
    """Yield the records of the zone's time that it watches; those of a month stand on its first day."""
    first, last = zone.start.date().replace(day=1), zone.end.date() + timedelta(days=1)
    window: Condition = All(
        (Compare("occurred", "at_least", first.isoformat()), Compare("occurred", "below", last.isoformat()))
    )
    for one in find(workspace, actor, types=tuple(declared.watches), condition=window, limit=None).records:
        if not one.withdrawn and _watched(one, declared) and (seen := _seen(workspace, one, declared)) is not None:
            yield one, seen


def _watched(record: Record, declared: Zone) -> bool:
    return holds(declared.watches[record.type], record.facts_for_conditions())


def _seen(workspace: Workspace, record: Record, declared: Zone) -> Seen | None:
    kind = workspace.mission.record_types[record.type]
    stated: Any = record.values.get(kind.times.get("occurred", "")) or record.occurred
    return seen_of(record.values, stated, place_of(kind, record.values), declared.ground)


def _told_elsewhere(record: Record, known: set[str]) -> bool:
    """Return whether a finding over this event, or what this report tells of or proves, stands for it already."""
    stands = ("same-event", "evidence-for") if record.kind == "report" else ()
    return any(
        one.other in known and (one.relation in stands or (one.relation == "over" and not one.outward))
        for one in record.links
    )
