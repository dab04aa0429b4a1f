"""The overview for leadership: where the mandate stands today."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from remit.analysis.status import Status, status_of_figure, status_of_limit
from remit.kernel.periods import Period
from remit.kernel.wording import Words
from remit.mandate.declared import DeclaredLimit, Priority, Task
from remit.measures.figures import Figure
from remit.records.actors import Actor
from remit.records.types import LEVELS, ClassificationLevel
from remit.services.calendar import duties
from remit.services.desk import Waiting, desk
from remit.services.figure_page import FigureLine, figure_lines, limit_share
from remit.services.mandate_page import ClockDay
from remit.services.standing import today
from remit.services.statuses import Judge
from remit.services.workspace import Workspace

NEXT_DUTIES = 5
AWAITING = 6
TELLING = 12
"""Figures on the first page: enough to look at, not a list to read."""


@dataclass(frozen=True, slots=True)
class Ceiling:
    """A ceiling of the mandate and the strength held against it (``figure`` is ``None`` where the reader may not see it)."""

    path: str
    limit: DeclaredLimit
    figure: Figure | None
    share: int
    status: Status


@dataclass(frozen=True, slots=True)
class TaskState:
    """A task with its status and the reason, and who leads."""

    task: Task
    lead: Words
    status: Status
    figures: tuple[FigureLine, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """What the first page shows."""

    today: date
    expires: date
    days_left: int
    elapsed: int
    ceilings: tuple[Ceiling, ...]
    duties: tuple[ClockDay, ...]
    priority: tuple[TaskState, ...]
    other: tuple[TaskState, ...]
    waiting: tuple[Waiting, ...]
    waiting_total: int
    figures: tuple[FigureLine, ...]
    level: ClassificationLevel
    invented: bool


def overview(workspace: Workspace, actor: Actor, period: Period, language: str) -> Overview:
    """Return where the mandate stands, for a reader and a period."""
    instrument, day = workspace.mission.instrument, today(workspace)
    lines = {one.measure.key: one for one in figure_lines(workspace, actor, period)}
    ceilings = tuple(
        _ceiling(path, limit, lines) for path, provision in instrument.provisions.items() for limit in provision.limits
    )
    mine = desk(workspace, actor, language)
    waiting = [*mine.decide, *mine.others_wait]
    judge = Judge(workspace, actor, {key: one.figure for key, one in lines.items()})
    whole = (instrument.expires - instrument.adopted).days or 1
    shown = waiting[:AWAITING]
    levels = [line.measure.level for line in lines.values()] + [one.line.level for one in shown]
    return Overview(
        today=day,
        expires=instrument.expires,
        days_left=(instrument.expires - day).days,
        elapsed=max(0, min(100, round(100 * (day - instrument.adopted).days / whole))),
        ceilings=ceilings,
        duties=tuple(duties(workspace)[:NEXT_DUTIES]),
        priority=tuple(_state(judge, task, lines) for task in leading(workspace, "priority")),
        other=tuple(_state(judge, task, lines) for task in leading(workspace, "other")),
        waiting=tuple(shown),
        waiting_total=mine.total,
        figures=_telling(workspace, lines),
        level=max(levels, key=LEVELS.index, default=LEVELS[0]),
        invented=any(line.figure.invented for line in lines.values()) or any(one.line.invented for one in shown),
    )


def _telling(workspace: Workspace, lines: dict[str, FigureLine]) -> tuple[FigureLine, ...]:
    """Return the figures of the first page: those of priority tasks that have a value, what misses its target first."""
    wanted = dict.fromkeys(
        key
        for priority in ("strategic", "priority")
        for task in workspace.mission.tasks.values()
        if task.priority == priority
        for key in task.measures
    )
    found = [lines[key] for key in wanted if key in lines and lines[key].figure.value is not None]
    states = {one.measure.key: status_of_figure(one.measure, one.figure).state for one in found}
    changed = [one for one in found if one.previous is not None and one.previous != one.figure.value]
    first = [one for one in found if states[one.measure.key] in ("missed", "at-risk")]
    ordered = dict.fromkeys([*(one.measure.key for one in (*first, *changed, *found))])
    return tuple(lines[key] for key in [*ordered][:TELLING])


def task_states(
    workspace: Workspace, actor: Actor, period: Period, tasks: Iterable[Task] | None = None
) -> Sequence[TaskState]:
    """Return the status of tasks (all of them where none are named), with the reason."""
    wanted = list(workspace.mission.tasks.values() if tasks is None else tasks)
    lines = {one.measure.key: one for one in figure_lines(workspace, actor, period)}
    judge = Judge(workspace, actor, {key: one.figure for key, one in lines.items()})
    return [_state(judge, task, lines) for task in wanted]


def leading(workspace: Workspace, priority: Priority) -> Sequence[Task]:
    """Return the tasks of a priority that stand first under their paragraph: 20 (a) to (g), not what is under (a)."""
    of_kind = [task for task in workspace.mission.tasks.values() if task.priority == priority]
    items = [task for task in of_kind if task.path.count(".") == 1]
    return items or [task for task in of_kind if "." not in task.path]


def _ceiling(path: str, limit: DeclaredLimit, lines: dict[str, FigureLine]) -> Ceiling:
    line = lines.get(limit.measure)
    figure = line.figure if line else None
    return Ceiling(path, limit, figure, limit_share(figure) if figure else 0, status_of_limit(figure, limit))


def _state(judge: Judge, task: Task, lines: dict[str, FigureLine]) -> TaskState:
    mission = judge.workspace.mission
    keys = dict.fromkeys(key for one in judge.below(task) for key in one.measures)
    component = mission.components.get(task.lead)
    lead = component.label if component else mission.partners.get(task.lead, Words(task.lead, task.lead))
    return TaskState(task, lead, judge.status(task), tuple(lines[key] for key in keys if key in lines))
