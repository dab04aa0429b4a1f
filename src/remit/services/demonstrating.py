"""Build a demonstration: a mission with invented records, its first report, and what stands there already left alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path

from remit.kernel.conditions import ALWAYS
from remit.kernel.errors import BadInput
from remit.kernel.periods import Period
from remit.missions.mission import Mission
from remit.records.actors import Actor
from remit.records.journal import Query
from remit.reporting.document import ReportDocument
from remit.services.acting import operator
from remit.services.attaching import attach_text
from remit.services.figuring import figures
from remit.services.initiating import accounts
from remit.services.playing import play
from remit.services.reporting import file_stem, keep_product, products, render, reprint
from remit.services.verifying import seal
from remit.services.workspace import Opener, Workspace


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the demonstration that was done, or found to stand already (``stands``)."""

    key: str
    what: str


@dataclass(frozen=True, slots=True)
class Demonstration:
    """The workspace built, and the files of its report."""

    workspace: Workspace
    files: tuple[Path, ...]


Told = Callable[[Step], None]


def run_demonstration(
    opener: Opener,
    folder: Path,
    mission: str,
    *,
    text: tuple[str, bytes] | None = None,
    language: str = "en",
    told: Told = lambda step: None,
    progress: Callable[[int, int], None] | None = None,
) -> Demonstration:
    """Build the workspace, record the demonstration, compute the figures, write the report in both formats.

    Each part that stands there already is left as it is and said. The records come in as one transaction.

    Args:
        text: name and bytes of the official text, whose words are attached to the mandate.

    Raises:
        BadInput: the mission cannot be loaded or declares no demonstration; the text cannot be read; the folder holds
            something else.
    """
    workspace = opener.create(folder, mission, stands_at=end_of(opener.load(mission)))
    told(Step("mission", workspace.mission.title.in_(language)))
    accounts(workspace)
    record_demonstration(workspace, told, progress)
    if text is not None:
        attached = attach_text(workspace.at(end_of(workspace.mission)), operator(workspace, "record"), text[1], text[0])
        told(
            Step(
                "text",
                f"{attached.title}, {len(workspace.texts[workspace.mission.instrument.key].provisions)} provisions",
            )
        )
    files = write_first_report(workspace, language, told)
    return Demonstration(opener.open(folder), files)


def record_demonstration(workspace: Workspace, told: Told, progress: Callable[[int, int], None] | None = None) -> None:
    """Play the mission's demonstration as a whole, or nothing of it; a second time adds nothing.

    Raises:
        BadInput: DEM-001, the mission declares none.
    """
    steps = workspace.mission.demonstration
    if not steps:
        raise BadInput.of(
            "DEM-001",
            f"The mission {workspace.mission.key} declares no demonstration.",
            f"La mission {workspace.mission.key} ne déclare pas de démonstration.",
            do_en="Add files to its folder demonstration/, or choose another mission with --mission.",
            do_fr="Ajoutez des fichiers à son dossier demonstration/, ou choisissez une autre mission avec --mission.",
        )
    standing = workspace.journal.count(Query(ALWAYS))
    if standing:
        told(Step("stands", f"{standing} records"))
        return
    with workspace.journal.transaction():
        play(workspace, steps, progress=progress)
    seal(workspace.at(end_of(workspace.mission)))
    told(Step("records", f"{len(steps)} steps, {workspace.journal.count(Query(ALWAYS))} records (invented)"))


def write_first_report(workspace: Workspace, language: str, told: Told) -> tuple[Path, ...]:
    """Compute the figures of the demonstration's period and write each product of the mission as Word and HTML."""
    standing = workspace.at(end_of(workspace.mission))
    period = period_of(workspace.mission)
    actor = reporter(workspace)
    kept = {str(record.values.get("product")) for record in products(workspace, actor)}
    if set(workspace.mission.products) - kept:
        found = figures(standing, actor, period)
        told(Step("figures", f"{len(found)}, {period}"))
    files: list[Path] = []
    for key in workspace.mission.products:
        if key in kept:
            record = next(r for r in products(workspace, actor) if r.values.get("product") == key)
            document = reprint(workspace, actor, record.id).document
        else:
            cut_off = datetime.combine(period.last, time(12), UTC)
            document = keep_product(standing, actor, key, period, cut_off=cut_off, language=language).document
        files.extend(_written(workspace, document_files(workspace, document), told))
    seal(standing)
    return tuple(files)


def document_files(workspace: Workspace, document: ReportDocument) -> dict[str, bytes]:
    """Return the files of a report by name."""
    return {f"{file_stem(document)}{suffix}": data for suffix, data in render(workspace, document).items()}


def _written(workspace: Workspace, files: dict[str, bytes], told: Told) -> list[Path]:
    folder = (workspace.folder or Path()) / "products"
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, data in files.items():
        file = folder / name
        if file.exists():
            told(Step("stands", str(file)))
        else:
            part = folder / f".{name}.part"
            part.write_bytes(data)
            part.replace(file)
            told(Step("report", str(file)))
        written.append(file)
    return written


def reporter(workspace: Workspace) -> Actor:
    """Return the demonstration's reporting officer: the first person whose role may report and freeze."""
    for person in workspace.mission.people.values():
        for key in person.roles:
            role = workspace.mission.roles[key]
            if {"report", "freeze"} <= set(role.may):
                return Actor(person.key, role)
    return operator(workspace, "report")


def period_of(mission: Mission) -> Period:
    """Return the period that a mission's demonstration is about; the mission's own where it names none."""
    return mission.demonstration_period or mission.period


def end_of(mission: Mission) -> datetime:
    """Return the instant at which a demonstration stands: the evening of its period's last day."""
    return datetime.combine(period_of(mission).last, time(20), UTC)
