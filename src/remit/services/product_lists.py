"""The lists of a product: records of a type, tasks of the plan, duties of the mandate, in words.

A list shows records that the drafter may see, no stricter than the product and in no compartment and under no caveat; for
an audience, those released to it, as they are released. A kept product shows again what it showed, as it was known then.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime

from remit.kernel.conditions import Exists
from remit.kernel.evaluation import holds, value_of
from remit.kernel.periods import Period
from remit.kernel.wording import Words
from remit.mandate.declared import Task, provision_label
from remit.missions.mission import Mission
from remit.records.actors import Actor, Role
from remit.records.record import Record
from remit.records.types import LEVELS, ClassificationLevel, RecordType, stricter
from remit.reporting.material import Listed, Outline
from remit.reporting.numbers import day
from remit.reporting.outline import Listing, Part, Product
from remit.services.figuring import figures
from remit.services.looking import find
from remit.services.mandate_page import clock_days
from remit.services.showing import shown
from remit.services.sight import as_it_was, type_of
from remit.services.statuses import Judge
from remit.services.veiling import veiled
from remit.services.workspace import Workspace

ENVELOPE_LABELS = {
    "number": Words("Number", "Numéro"),
    "state": Words("State", "État"),
    "occurred": Words("When", "Date"),
    "reported": Words("Reported", "Signalé"),
    "recorded_at": Words("Recorded", "Enregistré"),
    "level": Words("Level", "Niveau"),
    "component": Words("Component", "Composante"),
    "type": Words("Type", "Type"),
}
TASK_LABELS = {
    "paragraph": Words("Paragraph", "Paragraphe"),
    "task": Words("Task", "Tâche"),
    "lead": Words("Lead", "Chef de file"),
    "partners": Words("With", "Avec"),
    "priority": Words("Priority", "Priorité"),
    "measures": Words("Measured by", "Mesuré par"),
    "status": Words("Status", "État"),
    "reason": Words("Why", "Pourquoi"),
}
DUTY_LABELS = {
    "due": Words("Due", "Échéance"),
    "duty": Words("Duty", "Obligation"),
    "paragraph": Words("Paragraph", "Paragraphe"),
    "left": Words("Days left", "Jours restants"),
}
PRIORITY_WORDS = {
    "strategic": Words("Strategic priority", "Priorité stratégique"),
    "priority": Words("Priority", "Priorité"),
    "other": Words("Other", "Autre"),
    "cross-cutting": Words("Cross-cutting", "Transversale"),
    "none": Words("–", "–"),
}
STATUS_WORDS = {
    "met": Words("Met", "Tenu"),
    "on-track": Words("On track", "En bonne voie"),
    "at-risk": Words("At risk", "Menacé"),
    "missed": Words("Missed", "Manqué"),
    "unknown": Words("Unknown", "Inconnu"),
}


class Lists:
    """Gives the lists of one product (``reporting.material.Material.listed``), and remembers which records it showed."""

    def __init__(
        self,
        workspace: Workspace,
        actor: Actor,
        product: Product,
        period: Period,
        *,
        cut_off: datetime | None,
        audience: str,
        only: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        self._workspace, self._product, self._period, self._cut_off = workspace, product, period, cut_off
        self._audience, self._drafter = audience, actor
        self._only = only
        self._shown: dict[str, list[str]] = {}
        self._judge: Judge | None = None

    def __call__(self, part: Part, language: str) -> Listed:
        """Return a list in a language."""
        assert part.listing is not None  # noqa: S101 - a part of these kinds has one
        if part.kind == "tasks":
            return self._tasks(part.listing, language)
        if part.kind == "duties":
            return self._duties(part.listing, language)
        return self._records(part, part.listing, language)

    @property
    def _actor(self) -> Actor:
        """Who looks: the drafter, or for a copy that goes outside a reader there."""
        return _outside(self._workspace.mission, self._audience) if self._audience else self._drafter

    def shown(self) -> Mapping[str, Sequence[str]]:
        """Return the records that were listed, by the key of the list."""
        return self._shown

    # ------------------------------------------------------------------------------------------------ records
    def _records(self, part: Part, listing: Listing, language: str) -> Listed:
        kind = self._workspace.mission.record_types[listing.of]
        found = list(self._kept(part.key)) if self._only is not None else list(self._met(kind, listing))
        found.sort(key=lambda record: _place(record, listing.order.removeprefix("-")), reverse=listing.order[:1] == "-")
        listed, more = found[: listing.limit], max(0, len(found) - listing.limit)
        self._shown[part.key] = [record.id for record in listed]
        level: ClassificationLevel = "unclassified"
        for record in listed:
            level = stricter(level, record.level)
        return Listed(
            tuple(_column_label(kind, column, language) for column in listing.columns),
            tuple(tuple(_cell(record, kind, column, language) for column in listing.columns) for record in listed),
            more,
            level if not self._audience else "unclassified",
            any(record.invented for record in listed),
            tuple(record.id for record in listed),
        )

    def _met(self, kind: RecordType, listing: Listing) -> Iterator[Record]:
        """Yield the records that belong into a list, as they were known at the cut-off."""
        open_to_all = Exists("compartment", False)  # what may be listed at all: nothing of a compartment is read here
        for now in find(self._workspace, self._actor, types=[kind.key], condition=open_to_all, limit=None).records:
            record = self._known(now)
            if record is not None and self._listable(record) and _falls(record, listing, self._period):
                facts = record.facts_for_conditions()
                if holds(listing.where, facts):
                    yield record

    def _kept(self, key: str) -> Iterator[Record]:
        """Yield the records that a kept product listed, as they were known when it was kept."""
        for identifier in (self._only or {}).get(key, ()):
            now = self._workspace.journal.get(identifier)
            record = self._known(now) if now is not None else None
            if record is not None:
                yield record

    def _known(self, now: Record) -> Record | None:
        """Return a record as it was known at the cut-off, veiled for the reader."""
        at = self._cut_off
        if at is None or (now.changed_at or now.recorded_at) <= at:
            return now if self._only is None else veiled(self._workspace, self._actor, now)
        then = as_it_was(self._workspace, now.id, at)
        return veiled(self._workspace, self._actor, then) if then is not None else None

    def _listable(self, record: Record) -> bool:
        """Return whether the product may hold the record: no stricter than it, in no compartment, under no caveat."""
        if record.withdrawn or (LEVELS.index(record.level) > LEVELS.index(self._product.level) and not self._audience):
            return False
        return not record.compartment and not record.caveats and not type_of(self._workspace, record).abstract

    # ------------------------------------------------------------------------------------------ tasks and duties
    def _tasks(self, listing: Listing, language: str) -> Listed:
        wanted = [
            task
            for task in self._workspace.mission.tasks.values()
            if not listing.priorities or task.priority in listing.priorities
        ]
        rows = tuple(tuple(self._task(task, column, language) for column in listing.columns) for task in wanted)
        return Listed(tuple(TASK_LABELS[column].in_(language) for column in listing.columns), rows)

    def _task(self, task: Task, column: str, language: str) -> str:
        mission = self._workspace.mission
        if column == "paragraph":
            return provision_label(task.path, language)
        if column == "task":
            return task.label.in_(language)
        if column == "lead":
            return _body(mission, task.lead, language)
        if column == "partners":
            return ", ".join(_body(mission, key, language) for key in task.partners)
        if column == "priority":
            return PRIORITY_WORDS[task.priority].in_(language)
        if column == "measures":
            return "; ".join(
                mission.measures[key].label.in_(language) for key in task.measures if key in mission.measures
            )
        status = self._judged().status(task)
        return STATUS_WORDS[status.state].in_(language) if column == "status" else status.reason.in_(language)

    def _judged(self) -> Judge:
        """Return who judges the tasks; the figures are computed for the first of them."""
        if self._judge is None:
            found = figures(self._workspace, self._actor, self._period, as_of=self._cut_off)
            self._judge = Judge(self._workspace, self._actor, {figure.key: figure for figure in found})
        return self._judge

    def _duties(self, listing: Listing, language: str) -> Listed:
        rows = []
        for due in sorted(clock_days(self._workspace), key=lambda one: one.on):
            cells = {
                "due": day(due.on, language),
                "duty": due.clock.label.in_(language),
                "paragraph": provision_label(due.path, language),
                "left": str(due.days_left),
            }
            rows.append(tuple(cells[column] for column in listing.columns))
        return Listed(tuple(DUTY_LABELS[column].in_(language) for column in listing.columns), tuple(rows))


def outlines(mission: Mission) -> Mapping[str, Sequence[Outline]]:
    """Return the mission's areas as a map draws them, by area level."""
    found: dict[str, list[Outline]] = {}
    for area in mission.areas.values():
        found.setdefault(area.level, []).append(Outline(area.key, area.label, area.rings, area.approximate))
    return found


def _outside(mission: Mission, audience: str) -> Actor:
    """Return a reader of an audience: what is listed for it is what such a reader may see."""
    label = mission.audiences[audience].label
    return Actor("", Role(f"audience-{audience}", label, "", mission.audiences[audience].level, audience=audience))


def _falls(record: Record, listing: Listing, period: Period) -> bool:
    """Return whether a record falls into the period by the list's time; unknown times do not."""
    if listing.when == "any":
        return True
    if listing.when == "recorded":
        return record.recorded_at.date() in period
    text = record.occurred if listing.when == "occurred" else record.reported
    return bool(text) and datetime.fromisoformat(text).date() in period


def _place(record: Record, column: str) -> tuple[bool, float, str, str]:
    """Return where a record stands in a list ordered by a column: numbers by size, all else by its text, unknown last."""
    value = value_of(record.facts_for_conditions(), column)
    if isinstance(value, Mapping):
        value = value.get("on") or value.get("number") or value.get("name")
    number = float(value) if isinstance(value, int | float) and not isinstance(value, bool) else 0.0
    return value in (None, ""), number, str(value or ""), record.number


def _column_label(kind: RecordType, column: str, language: str) -> str:
    definition = kind.fields.get(column)
    if definition is not None:
        return definition.label.in_(language)
    return ENVELOPE_LABELS.get(column, Words(column, column)).in_(language)


def _cell(record: Record, kind: RecordType, column: str, language: str) -> str:
    definition = kind.fields.get(column)
    if definition is not None:
        return shown(record.values.get(column), definition, language)
    if column == "state":
        state = kind.process.states.get(record.state) if kind.process else None
        return state.label.in_(language) if state else ""
    if column in ("occurred", "reported"):
        text = getattr(record, column)
        return day(datetime.fromisoformat(text).date(), language) if text else ""
    if column == "recorded_at":
        return day(record.recorded_at.astimezone(UTC).date(), language)
    return str(value_of(record.facts_for_conditions(), column) or "")


def _body(mission: Mission, key: str, language: str) -> str:
    """Return the words of a component, a partner or a party."""
    if key in mission.components:
        return mission.components[key].label.in_(language)
    words = mission.partners.get(key) or mission.parties.get(key)
    return words.in_(language) if words else key
