"""The calendar: days of the mandate, and the time limits of records, month by month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date

from remit.kernel.conditions import All, Condition
from remit.records.actors import Actor
from remit.records.clocks import RunningClock, clocks
from remit.records.tally import DUE
from remit.services.desk import ACTIVE, STANDING
from remit.services.mandate_page import ClockDay, clock_days
from remit.services.showing import Line, line
from remit.services.sight import noted, records_of, type_of, visible_set
from remit.services.standing import today
from remit.services.veiling import veil
from remit.services.workspace import Workspace

PAST, COMING = 50, 200
"""How many time limits that ended last, and that end next, are listed; of the others each day says how many."""


@dataclass(frozen=True, slots=True)
class Limit:
    """A time limit of a record."""

    line: Line
    clock: RunningClock

    @property
    def overdue(self) -> bool:
        """Whether it has run out."""
        return self.clock.status == "overdue"


@dataclass(frozen=True, slots=True)
class Day:
    """What falls on one day."""

    on: date
    mandate: tuple[ClockDay, ...] = ()
    limits: tuple[Limit, ...] = ()
    unlisted: int = 0
    """How many more time limits of records end on it."""


@dataclass(frozen=True, slots=True)
class Month:
    """A month and its days on which something falls. ``current`` where today lies in it."""

    first: date
    days: tuple[Day, ...]
    current: bool


def calendar(workspace: Workspace, actor: Actor, language: str) -> Sequence[Month]:
    """Return the months in which something falls due, the first first, with today's month always among them."""
    now = today(workspace)
    mandate: dict[date, list[ClockDay]] = {now: []}
    for clock in clock_days(workspace):
        mandate.setdefault(clock.on, []).append(clock)
    counts = limit_days(workspace, actor)
    listed: dict[date, list[Limit]] = {}
    for limit in limits(workspace, actor, language):
        listed.setdefault(limit.clock.due.astimezone(UTC).date(), []).append(limit)
    months: dict[date, list[Day]] = {}
    for on in sorted({*mandate, *counts, *listed}):
        here = listed.get(on, [])
        day = Day(on, tuple(mandate.get(on, ())), tuple(here), max(0, counts[on] - len(here)))
        months.setdefault(on.replace(day=1), []).append(day)
    return [Month(first, tuple(days), first == now.replace(day=1)) for first, days in months.items()]


def limit_days(workspace: Workspace, actor: Actor) -> Counter[date]:
    """Return how many time limits of records that the reader may see end on each day."""
    if actor.role.audience:
        return Counter()
    asked = visible_set(workspace, actor, STANDING)
    counts: Counter[date] = Counter()
    for (_, _, value), count in workspace.journal.tally_facets(asked, names=(DUE,), sensitive=False).items():
        counts[date.fromisoformat(value)] += count
    return counts


def limits(workspace: Workspace, actor: Actor, language: str, *, condition: Condition | None = None) -> Sequence[Limit]:
    """Return the running time limits of records that the reader may see: those that ended last, and that end next.

    The condition reads nothing but marks.
    """
    if actor.role.audience:
        return ()
    now = workspace.sources.clock()
    asked = visible_set(workspace, actor, STANDING if condition is None else All((STANDING, condition)))
    late = workspace.journal.due(asked, end=now, latest=True, limit=PAST)
    soon = workspace.journal.due(asked, start=now, limit=COMING)
    records = records_of(workspace, list(dict.fromkeys(record for _, record in (*late, *soon))))
    shown = [one.record for one in veil(workspace, actor, records)]
    noted(workspace, actor, shown, "listed")
    found = [
        Limit(line(workspace, record, language), clock)
        for record in shown
        for clock in clocks(record, type_of(workspace, record), now)
        if clock.status in ACTIVE
    ]
    return sorted(found, key=lambda one: (one.clock.due, one.line.number))


def duties(workspace: Workspace) -> Sequence[ClockDay]:
    """Return the duties to the Council that are still to come, the first first."""
    return [one for one in clock_days(workspace) if one.clock.duty and one.days_left >= 0]
