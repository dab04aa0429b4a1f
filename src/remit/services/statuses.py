"""Statuses with their reasons, for pages: tasks by their figures, records' time limits and duties; ceilings by strength."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from remit.analysis.status import Status, status_of_clock, status_of_task
from remit.kernel.periods import parse_period
from remit.mandate.declared import Task
from remit.measures.figures import Figure
from remit.records.actors import Actor
from remit.records.clocks import RunningClock, clocks
from remit.services.kept_products import products
from remit.services.looking import find
from remit.services.standing import today
from remit.services.workspace import Workspace


@dataclass
class Judge:
    """Judges tasks for one reader: by figures, which are the same for all, and by the records that he may see.

    What it looked up is kept for the next task.
    """

    workspace: Workspace
    actor: Actor
    figures: Mapping[str, Figure]
    _seen: dict[str, tuple[int, tuple[RunningClock, ...]]] = field(default_factory=dict)
    _answers: dict[str, dict[date, date]] = field(default_factory=dict)

    def status(self, task: Task) -> Status:
        """Return where a task stands: with its own measures and records, those of the tasks below it included."""
        tasks = self.below(task)
        measures = tuple(dict.fromkeys(key for one in tasks for key in one.measures if key in self.figures))
        inside = not self.actor.role.audience
        records = tuple(dict.fromkeys(key for one in tasks for key in one.records)) if inside else ()
        looked = [self._of_type(key) for key in records if key in self.workspace.mission.record_types]
        return status_of_task(
            replace(task, measures=measures, records=records),
            self.figures,
            [clock for _, found in looked for clock in found],
            sum(count for count, _ in looked),
            measures=self.workspace.mission.measures,
            duties=self._duties(tasks),
        )

    def below(self, task: Task) -> Sequence[Task]:
        """Return a task and those whose provision lies under its own."""
        under = f"{task.path}."
        return [
            one for one in self.workspace.mission.tasks.values() if one.path == task.path or one.path.startswith(under)
        ]

    def _of_type(self, key: str) -> tuple[int, tuple[RunningClock, ...]]:
        if key not in self._seen:
            self._seen[key] = self._look(key)
        return self._seen[key]

    def _look(self, key: str) -> tuple[int, tuple[RunningClock, ...]]:
        kind = self.workspace.mission.record_types[key]
        if kind.process is None:
            return find(self.workspace, self.actor, types=[key], limit=0).total, ()
        found = [one for one in find(self.workspace, self.actor, types=[key], limit=None).records if not one.withdrawn]
        now = self.workspace.sources.clock()
        return len(found), tuple(clock for record in found for clock in clocks(record, kind, now))

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
