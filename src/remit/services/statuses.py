"""Statuses with their reasons, for pages: tasks by their figures, records' time limits and duties; ceilings by strength."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from remit.analysis.status import Status, status_of_clock, status_of_task
from remit.kernel.conditions import Compare
from remit.kernel.periods import parse_period
from remit.mandate.declared import Task
from remit.measures.figures import Figure
from remit.records.actors import Actor
from remit.records.tally import DUE, KEPT
from remit.services.kept_products import products
from remit.services.looking import tallied, tallied_facets
from remit.services.sight import visible_set
from remit.services.standing import today
from remit.services.workspace import Workspace

_STANDING = Compare("withdrawn", "equals", False)


@dataclass
class Judge:
    """Judges tasks for one reader: by figures, which are the same for all, and by the records that he may see.

    What it looked up is kept for the next task.
    """

    workspace: Workspace
    actor: Actor
    figures: Mapping[str, Figure]
    _answers: dict[str, dict[date, date]] = field(default_factory=dict)

    def status(self, task: Task) -> Status:
        """Return where a task stands: with its own measures and records, those of the tasks below it included."""
        tasks = self.below(task)
        measures = tuple(dict.fromkeys(key for one in tasks for key in one.measures if key in self.figures))
        inside = not self.actor.role.audience
        records = tuple(dict.fromkeys(key for one in tasks for key in one.records)) if inside else ()
        known = [key for key in records if key in self.workspace.mission.record_types]
        return status_of_task(
            replace(task, measures=measures, records=records),
            self.figures,
            sum((self._limits.get(key, Counter()) for key in known), Counter[str]()),
            sum(self._counts.get((key,), 0) for key in known),
            measures=self.workspace.mission.measures,
            duties=self._duties(tasks),
        )

    def below(self, task: Task) -> Sequence[Task]:
        """Return a task and those whose provision lies under its own."""
        under = f"{task.path}."
        return [
            one for one in self.workspace.mission.tasks.values() if one.path == task.path or one.path.startswith(under)
        ]

    @cached_property
    def _counts(self) -> Mapping[tuple[Any, ...], int]:
        """Return how many records there are of each type that the reader may see."""
        return tallied(self.workspace, self.actor, ("type",), condition=_STANDING)

    @cached_property
    def _limits(self) -> Mapping[str, Counter[str]]:
        """Return how many time limits of the records of each type stand how."""
        now = self.workspace.sources.clock()
        day = f"{now:%Y-%m-%d}"
        found: dict[str, Counter[str]] = defaultdict(Counter)
        ending: set[str] = set()
        limits = tallied_facets(self.workspace, self.actor, names=(DUE, KEPT), condition=_STANDING)
        for (type_, name, value), count in limits.items():
            status = value if name == KEPT else "overdue" if value < day else "running"
            found[type_][status] += count
            if value == day:
                ending.add(type_)
        morning = now.replace(hour=0, minute=0, second=0, microsecond=0)
        asked = visible_set(self.workspace, self.actor, _STANDING)
        for type_ in ending:
            late = len(self.workspace.journal.due(asked, types=[type_], start=morning, end=now))
            found[type_]["running"] -= late
            found[type_]["overdue"] += late
        return found

    def _duties(self, tasks: Iterable[Task]) -> list[Status]:
        """Judge the duties with dates that a product answers; of others nothing tells whether they were answered."""
        provisions = self.workspace.mission.instrument.provisions
        return [
            status_of_clock(clock.dates, today(self.workspace), self._answered(clock.product))
            for task in tasks
            if task.path in provisions
            for clock in provisions[task.path].clocks
            if clock.duty and clock.product and clock.dates
        ]

    def _answered(self, product: str) -> Mapping[date, date]:
        """Return the due days that a kept product answers, by the end of its period, with the day on which it was kept."""
        if product not in self._answers:
            kept = [one for one in products(self.workspace, self.actor) if one.values.get("product") == product]
            self._answers[product] = {parse_period(str(r.values["period"])).end: r.recorded_at.date() for r in kept}
        return self._answers[product]
