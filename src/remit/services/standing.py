"""Who stands where: the person and the role acted in, the day it is, and the periods that can be looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time

from remit.kernel.errors import Forbidden
from remit.kernel.issues import Issue
from remit.kernel.periods import Period
from remit.kernel.wording import Words, same
from remit.records.actors import Actor, Role
from remit.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class PeriodChoice:
    """A period that can be chosen, and what it is called ("" where its days say enough)."""

    period: Period
    label: Words


def demonstrates(workspace: Workspace) -> bool:
    """Return whether the workspace shows a demonstration: its mission declares one and all its accounts are invented."""
    people = workspace.accounts.people()
    return workspace.mission.demonstration_period is not None and all(person.get("invented") for person in people)


def standing(workspace: Workspace) -> Workspace:
    """Return the workspace with its clock where its readers stand.

    A demonstration tells of days long past: there it is the evening of its period's last day, so that clocks run and what is
    recorded falls where it belongs, after all that was recorded before. Pages say so. Any other workspace keeps its own clock.
    """
    period = workspace.mission.demonstration_period
    if period is None or not demonstrates(workspace) or workspace.sources.clock().date() in workspace.mission.period:
        return workspace
    clock = workspace.sources.clock
    evening = datetime.combine(period.last, time(20), UTC)

    def demonstration_clock() -> datetime:
        now = clock().astimezone(UTC)
        passed = now - datetime.combine(now.date(), time.min, UTC)
        return evening + passed / 6  # a whole day of work fits into the evening

    return replace(workspace, sources=replace(workspace.sources, clock=demonstration_clock))


def today(workspace: Workspace) -> date:
    """Return the day it is in the workspace (UTC)."""
    return workspace.sources.clock().date()


def roles_of(workspace: Workspace, person: str) -> Sequence[Role]:
    """Return the roles that a person holds in this mission, in declared order."""
    held = set(workspace.accounts.roles_of(person))
    return [role for key, role in workspace.mission.roles.items() if key in held]


def acting(workspace: Workspace, person: str, role: str = "") -> Actor:
    """Return the actor: the person in the role asked for, or in the first held where none is asked for.

    Raises:
        Forbidden: ACC-031, the person holds no role here, or not that one.
    """
    held = {one.key: one for one in roles_of(workspace, person)}
    chosen = held.get(role) if role else next(iter(held.values()), None)
    if chosen is None:
        raise Forbidden(
            Issue(
                "ACC-031",
                Words(
                    "This account holds no such role in the mission.",
                    "Ce compte n’a pas ce rôle dans la mission.",
                ),
                Words(
                    "Choose a role that you hold, or ask the person who administers the workspace.",
                    "Choisissez un rôle que vous avez, ou adressez-vous à l’administrateur de l’espace de travail.",
                ),
            )
        )
    return Actor(person, chosen)


def periods(workspace: Workspace) -> Sequence[PeriodChoice]:
    """Return the periods between the days on which the mandate's recurring duty falls due, then the whole mandate."""
    instrument = workspace.mission.instrument
    due = sorted(
        {
            day
            for p in instrument.provisions.values()
            for c in p.clocks
            if c.kind == "recurring" and c.duty
            for day in c.dates
        }
    )
    found, start = [], workspace.mission.period.start
    for number, day in enumerate(due, start=1):
        if day > start:
            found.append(PeriodChoice(Period(start, day), same(f"{number}")))
            start = day
    return [*found, PeriodChoice(workspace.mission.period, Words("the whole mandate", "tout le mandat"))]


def usual_period(workspace: Workspace) -> Period:
    """Return the period looked at unless another is chosen: the demonstration's, or the one that today lies in."""
    if workspace.mission.demonstration_period is not None and demonstrates(workspace):
        return workspace.mission.demonstration_period
    day = today(workspace)
    return next((choice.period for choice in periods(workspace) if day in choice.period), workspace.mission.period)


def person_name(workspace: Workspace, person: str) -> str:
    """Return a person's name, the key where no account has one."""
    known = workspace.mission.people.get(person)
    if known is not None:
        return known.name
    return next(
        (str(p["name"]) for p in workspace.accounts.people() if p.get("person") == person and p.get("name")), person
    )
