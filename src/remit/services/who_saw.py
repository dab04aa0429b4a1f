"""Who saw what of the compartments: for those who may, and only of records that they may see themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from remit.kernel.periods import Period
from remit.kernel.wording import Words, same
from remit.records.actors import Actor
from remit.records.record import Record
from remit.records.sightings import How, Sighting
from remit.services.sight import may, seen, visible
from remit.services.standing import person_name
from remit.services.workspace import Workspace

SHOWN = 500
"""Readings of one answer; a narrower question shows the rest."""


@dataclass(frozen=True, slots=True)
class SightingLine:
    """One reading in words: the person and role, the record, how, and when first in that hour."""

    person: str
    key: str
    role: Words
    record: str
    number: str
    title: str
    compartment: Words
    how: How
    at: datetime


@dataclass(frozen=True, slots=True)
class WhoSaw:
    """Readings, the latest first, and how many more there are."""

    lines: tuple[SightingLine, ...]
    more: int


def who_saw(
    workspace: Workspace, actor: Actor, *, record: str = "", person: str = "", period: Period | None = None
) -> WhoSaw:
    """Return who read which records of compartments, as far as the actor may see those records himself.

    Args:
        workspace: where.
        actor: who asks, in a role that audits.
        record: of this record alone, by its id.
        person: by this person alone, by his key.
        period: in these days alone (UTC).

    Raises:
        Forbidden: ACC-021, the role does not audit.
        Hidden: the record is not there for this actor.
    """
    may(actor, "audit", Words("look at who saw what", "consulter qui a vu quoi"))
    if record:
        seen(workspace, actor, record)
    since, until = (_start(period.start), _start(period.end)) if period else (None, None)
    found = workspace.sightings.of(record=record, person=person, since=since, until=until)
    open_to_him = _open(workspace, actor, found)
    lines = [_line(workspace, one, open_to_him[one.record]) for one in found if one.record in open_to_him]
    return WhoSaw(tuple(lines[:SHOWN]), max(0, len(lines) - SHOWN))


def may_audit(actor: Actor) -> bool:
    """Return whether the role looks at who saw what."""
    return "audit" in actor.role.may and not actor.role.audience


def _start(day: date) -> datetime:
    return datetime.combine(day, time.min, UTC)


def _open(workspace: Workspace, actor: Actor, found: Sequence[Sighting]) -> dict[str, Record]:
    """Return the records read that the actor may see, by id: asking who saw a record is no way to see it."""
    records = {one: workspace.journal.get(one) for one in {sighting.record for sighting in found}}
    return {
        identifier: record
        for identifier, record in records.items()
        if record is not None and visible(workspace, actor, record)
    }


def _line(workspace: Workspace, one: Sighting, record: Record) -> SightingLine:
    role = workspace.mission.roles.get(one.role)
    return SightingLine(
        person=person_name(workspace, one.person),
        key=one.person,
        role=role.label if role else same(one.role),
        record=one.record,
        number=record.number,
        title=record.title,
        compartment=workspace.mission.compartments.get(one.compartment, same(one.compartment)),
        how=one.how,
        at=one.at,
    )


def last_days(workspace: Workspace, days: int = 30) -> Period:
    """Return the last days until today, today included."""
    today = workspace.sources.clock().date()
    return Period(today - timedelta(days=days - 1), today + timedelta(days=1))
