"""The calendar: days of the mandate, and the time limits of records, month by month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from remit.records.actors import Actor
from remit.services.desk import Waiting, running
from remit.services.mandate_page import ClockDay, clock_days
from remit.services.standing import today
from remit.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Day:
    """What falls on one day."""

    on: date
    mandate: tuple[ClockDay, ...] = ()
    records: tuple[Waiting, ...] = ()


@dataclass(frozen=True, slots=True)
class Month:
    """A month and its days on which something falls. ``current`` where today lies in it."""

    first: date
    days: tuple[Day, ...]
    current: bool


def calendar(workspace: Workspace, actor: Actor, language: str) -> Sequence[Month]:
    """Return the months in which something falls due, the first first, with today's month always among them."""
    now = today(workspace)
    due: dict[date, tuple[list[ClockDay], list[Waiting]]] = {now: ([], [])}
    for clock in clock_days(workspace):
        due.setdefault(clock.on, ([], []))[0].append(clock)
    for waiting in running(workspace, actor, language):
        if waiting.clock is not None:
            due.setdefault(waiting.clock.due.date(), ([], []))[1].append(waiting)
    months: dict[date, list[Day]] = {}
    for on in sorted(due):
        mandate, records = due[on]
        months.setdefault(on.replace(day=1), []).append(Day(on, tuple(mandate), tuple(records)))
    return [Month(first, tuple(days), first == now.replace(day=1)) for first, days in months.items()]


def duties(workspace: Workspace) -> Sequence[ClockDay]:
    """Return the duties to the Council that are still to come, the first first."""
    return [one for one in clock_days(workspace) if one.clock.duty and one.days_left >= 0]
