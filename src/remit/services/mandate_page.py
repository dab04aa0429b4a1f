"""The mandate as a page: its outline, one paragraph with the words, tasks, clocks, records, figures and passages of reports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from remit.kernel.errors import Hidden
from remit.kernel.issues import Issue
from remit.kernel.wording import Words
from remit.mandate.declared import DeclaredClock, DeclaredLimit, DeclaredProvision, Task, provision_label
from remit.measures.definitions import Measure
from remit.records.actors import Actor
from remit.reporting.outline import Part, Product
from remit.services.figuring import readable
from remit.services.list_page import TypeCard, card
from remit.services.looking import find
from remit.services.standing import today
from remit.services.workspace import Workspace
from remit.text.document import Provision


@dataclass(frozen=True, slots=True)
class OutlineRow:
    """One provision in the outline. ``depth`` from 0; ``heading`` stands before it; ``due`` is the next day of its clocks."""

    path: str
    label: str
    words: Words
    force: str
    depth: int
    heading: Words | None
    due: date | None
    has_task: bool


@dataclass(frozen=True, slots=True)
class ClockDay:
    """One day of a clock of the mandate."""

    path: str
    clock: DeclaredClock
    on: date
    days_left: int


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of an official text: plain, or damaged in the source (``code``, and what was found there)."""

    text: str
    code: str = ""
    found: str = ""


@dataclass(frozen=True, slots=True)
class Official:
    """The official words of a provision, where a document was attached."""

    segments: tuple[Segment, ...]
    span: tuple[int, int]
    document: str
    digest: str
    problems: tuple[Issue, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of a product that answers a provision."""

    product: Product
    part: Part
    title: Words


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task with the words of who leads and who helps."""

    task: Task
    lead: Words
    partners: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class ParagraphPage:
    """One provision and everything in the mission that answers it."""

    provision: DeclaredProvision
    heading: Words | None
    parents: tuple[DeclaredProvision, ...]
    children: tuple[DeclaredProvision, ...]
    before: str
    after: str
    official: Official | None
    text_attached: bool
    tasks: tuple[TaskRow, ...]
    clocks: tuple[ClockDay, ...]
    limits: tuple[DeclaredLimit, ...]
    records: tuple[TypeCard, ...]
    measures: tuple[Measure, ...]
    passages: tuple[Passage, ...]
    references: tuple[DeclaredProvision, ...]
    referred_by: tuple[DeclaredProvision, ...]


def path_words(path: str) -> Words:
    """Return how people read a path, in both languages; a continuation is named as such."""
    head, _, continued = path.partition("~")
    return Words(
        provision_label(head, "en") + (", continued" if continued else ""),
        provision_label(head, "fr") + (", suite" if continued else ""),
    )


def outline(workspace: Workspace) -> Sequence[OutlineRow]:
    """Return every provision in order, with its heading and the next day of its clocks."""
    instrument, day = workspace.mission.instrument, today(workspace)
    tasked = {task.path for task in workspace.mission.tasks.values()}
    rows = []
    for path, provision in instrument.provisions.items():
        coming = [on for clock in provision.clocks for on in clock.dates if on >= day]
        rows.append(
            OutlineRow(
                path=path,
                label=_short_label(path),
                words=provision.words,
                force=provision.force,
                depth=path.count("."),
                heading=instrument.headings.get(path),
                due=min(coming, default=None),
                has_task=path in tasked,
            )
        )
    return rows


def clock_days(workspace: Workspace) -> Sequence[ClockDay]:
    """Return every day of every clock of the mandate, the first first."""
    day = today(workspace)
    found = [
        ClockDay(path, clock, on, (on - day).days)
        for path, provision in workspace.mission.instrument.provisions.items()
        for clock in provision.clocks
        for on in clock.dates
    ]
    return sorted(found, key=lambda one: (one.on, one.path))


def paragraph_page(workspace: Workspace, actor: Actor, path: str) -> ParagraphPage:
    """Return the page of one provision.

    Raises:
        Hidden: MAN-404, the mandate has no such provision.
    """
    mission = workspace.mission
    provisions = mission.instrument.provisions
    provision = provisions.get(path)
    if provision is None:
        raise Hidden(
            Issue(
                "MAN-404",
                Words(f"The mandate has no provision “{path}”.", f"Le mandat n’a pas de disposition « {path} »."),
            )
        )
    order = list(provisions)
    place = order.index(path)
    official = official_words(workspace, path)
    return ParagraphPage(
        provision=provision,
        heading=_heading(workspace, path),
        parents=tuple(provisions[parent] for parent in _parents(path) if parent in provisions),
        children=tuple(one for key, one in provisions.items() if _parent(key) == path),
        before=order[place - 1] if place else "",
        after=order[place + 1] if place + 1 < len(order) else "",
        official=official,
        text_attached=mission.instrument.key in workspace.texts,
        tasks=tuple(task_row(workspace, task) for task in mission.tasks.values() if task.path == path),
        clocks=tuple(one for one in clock_days(workspace) if one.path == path),
        limits=provision.limits,
        records=tuple(
            card(workspace, actor, kind)
            for kind in mission.record_types.values()
            if not kind.abstract and not kind.system and path in kind.serves
            and (kind.key in _recordable(workspace, actor) or find(workspace, actor, types=[kind.key], limit=0).total)
        ),
        measures=tuple(measure for measure in readable(workspace, actor) if path in measure.serves),
        passages=tuple({(one.product.key, one.title.en): one for one in _passages(workspace, path)}.values()),
        references=tuple(provisions[key] for key in provision.references if key in provisions),
        referred_by=tuple(one for one in provisions.values() if path in one.references),
    )  # fmt: skip


def task_row(workspace: Workspace, task: Task) -> TaskRow:
    """Return a task with its lead and partners in words."""
    names = {key: one.label for key, one in workspace.mission.components.items()} | dict(workspace.mission.partners)
    missing = Words("no lead named", "aucun responsable désigné")
    return TaskRow(task, names.get(task.lead, missing), tuple(names[key] for key in task.partners if key in names))


def official_words(workspace: Workspace, path: str) -> Official | None:
    """Return the official words of a provision with the damage marked, ``None`` where none were attached or read."""
    document = workspace.texts.get(workspace.mission.instrument.key)
    if document is None:
        return None
    provision = next((one for one in document.provisions if path in (one.key, one.path)), None)
    if provision is None:
        return None
    return Official(
        segments=tuple(_segments(provision)),
        span=provision.span,
        document=document.symbol,
        digest="",
        problems=tuple(one for one in document.problems if one.where.path == path),
    )


def _segments(provision: Provision) -> Iterator[Segment]:
    """Split the words at the places that were damaged in the source and mended in reading."""
    at = 0
    for damage in sorted(provision.damage, key=lambda one: one.span):
        place = provision.text.find(damage.read_as, at) if damage.read_as else -1
        if place < 0:
            continue
        if place > at:
            yield Segment(provision.text[at:place])
        at = place + len(damage.read_as)
        yield Segment(provision.text[place:at], damage.code, damage.found)
    if at < len(provision.text):
        yield Segment(provision.text[at:])


def _passages(workspace: Workspace, path: str) -> Iterator[Passage]:
    for product in workspace.mission.products.values():
        for part, title in _walk(product.parts, product.title):
            if path in part.answers:
                yield Passage(product, part, title)


def _walk(parts: Sequence[Part], title: Words) -> Iterator[tuple[Part, Words]]:
    for part in parts:
        yield part, part.title or title
        yield from _walk(part.parts, part.title or title)


def _recordable(workspace: Workspace, actor: Actor) -> set[str]:
    if "record" not in actor.role.may:
        return set()
    return {key for key, kind in workspace.mission.record_types.items() if actor.role.key in kind.record_by}


def _parent(path: str) -> str:
    return path.partition("~")[0] if "~" in path else path.rpartition(".")[0]


def _parents(path: str) -> Sequence[str]:
    found = []
    while path := _parent(path):
        found.append(path)
    return found[::-1]


def _heading(workspace: Workspace, path: str) -> Words | None:
    """Return the heading under which a provision stands: the last one before its paragraph."""
    headings, last = workspace.mission.instrument.headings, None
    for key in workspace.mission.instrument.provisions:
        last = headings.get(key, last)
        if key == path:
            return last
    return last


def _short_label(path: str) -> str:
    head, _, continued = path.partition("~")
    *_, last = head.split(".")
    if "." not in head:
        return last if not continued else f"{last} …"
    return "–" if last.startswith("-") else f"({last})" + (" …" if continued else "")
