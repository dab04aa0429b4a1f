"""Build a demonstration: a mission with invented records, its first report, and what stands there already left alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path

from remit.kernel.conditions import ALWAYS, Compare
from remit.kernel.errors import BadInput
from remit.kernel.periods import Period
from remit.kernel.wording import Words, same
from remit.missions.mission import Mission
from remit.records.actors import Actor
from remit.records.journal import Query
from remit.reporting.document import ReportDocument
from remit.services.acting import operator
from remit.services.attaching import attach_text, require_official
from remit.services.figuring import figures
from remit.services.initiating import accounts
from remit.services.kept_products import products
from remit.services.playing import play
from remit.services.product_files import FORMATS, file_stem, render
from remit.services.reporting import keep_product, reprint
from remit.services.verifying import seal
from remit.services.workspace import Opener, Workspace
from remit.services.writing import write_whole


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the demonstration that was done, or found to stand already (``stands``)."""

    key: str
    what: Words


@dataclass(frozen=True, slots=True)
class Demonstration:
    """The workspace built, and the files of its report."""

    workspace: Workspace
    files: tuple[Path, ...]


Told = Callable[[Step], None]


def _untold(step: Step) -> None:
    del step


def run_demonstration(
    opener: Opener,
    folder: Path,
    mission: str,
    *,
    text: tuple[str, bytes] | None = None,
    language: str = "en",
    told: Told = _untold,
    progress: Callable[[int, int], None] | None = None,
) -> Demonstration:
    """Build the workspace, record the demonstration, compute the figures, write the report in both formats.

    Each part that stands there already is left as it is and said. The records come in as one transaction. What was
    interrupted is taken up where it stopped. Nothing is made before the mission and the text are known to be good.

    Args:
        opener: makes and opens workspaces.
        folder: where the workspace is built.
        mission: a mission's key, or its folder.
        text: name and bytes of the official text, whose words are attached to the mandate.
        language: of the report and of what is told.
        told: called with each step done.
        progress: called with how many records were made, and of how many.

    Raises:
        BadInput: the mission cannot be loaded or declares no demonstration; the text cannot be read; the folder holds
            something else.
    """
    loaded = opener.load(mission)
    require_demonstration(loaded)
    if text is not None:
        require_official(loaded, text[1], text[0])
    workspace = opener.create(folder, mission, stands_at=end_of(loaded))
    told(Step("mission", workspace.mission.title))
    accounts(workspace)
    record_demonstration(workspace, told, progress)
    if text is not None:
        attached = attach_text(workspace.at(end_of(workspace.mission)), operator(workspace, "record"), text[1], text[0])
        count = len(workspace.texts[workspace.mission.instrument.key].provisions)
        told(Step("text", Words(f"{attached.title}, {count} provisions", f"{attached.title}, {count} dispositions")))
    files = write_first_report(workspace, language, told)
    return Demonstration(workspace, files)


def require_demonstration(mission: Mission) -> None:
    """Refuse a mission that has nothing to show.

    Raises:
        BadInput: DEM-001, the mission declares no demonstration.
    """
    if not mission.demonstration:
        raise BadInput.of(
            "DEM-001",
            f"The mission {mission.key} declares no demonstration.",
            f"La mission {mission.key} ne déclare pas de démonstration.",
            do_en="Add files to its folder demonstration/, or choose another mission with --mission.",
            do_fr="Ajoutez des fichiers à son dossier demonstration/, ou choisissez une autre mission avec --mission.",
        )


def record_demonstration(workspace: Workspace, told: Told, progress: Callable[[int, int], None] | None = None) -> None:
    """Play the mission's demonstration as a whole, or nothing of it; a second time adds nothing.

    Raises:
        BadInput: DEM-001, the mission declares none; DEM-002, the workspace holds real records.
    """
    steps = workspace.mission.demonstration
    require_demonstration(workspace.mission)
    standing = workspace.journal.count(Query(ALWAYS))
    if standing:
        _require_invented(workspace)
        told(Step("stands", Words(f"{standing} records", f"{standing} fiches")))
    else:
        with workspace.journal.transaction():
            play(workspace, steps, progress=progress)
        made = workspace.journal.count(Query(ALWAYS))
        told(
            Step(
                "records",
                Words(
                    f"{len(steps)} steps, {made} records (invented)", f"{len(steps)} étapes, {made} fiches (inventées)"
                ),
            )
        )
    seal(workspace.at(end_of(workspace.mission)))


def _require_invented(workspace: Workspace) -> None:
    """Refuse to show invented records in a workspace in which somebody works.

    Raises:
        BadInput: DEM-002.
    """
    if not workspace.journal.count(Query(Compare("invented", "equals", True))):
        raise BadInput.of(
            "DEM-002",
            f"The workspace {workspace.folder} holds records that are not invented; no demonstration is built in it.",
            f"L’espace de travail {workspace.folder} contient des fiches réelles ; aucune démonstration n’y est faite.",
            do_en="Name another folder with --workspace. Nothing was changed.",
            do_fr="Indiquez un autre dossier avec --workspace. Rien n’a été modifié.",
        )


def write_first_report(workspace: Workspace, language: str, told: Told) -> tuple[Path, ...]:
    """Compute the figures of the demonstration's period and write the products due at its end, in every format.

    A product that was kept is printed again from its frozen figures, in the language asked for.
    """
    standing = workspace.at(end_of(workspace.mission))
    period = period_of(workspace.mission)
    actor = reporter(workspace)
    kept = {str(record.values.get("product")): record.id for record in products(workspace, actor)}
    wanted = due_products(workspace.mission)
    if set(wanted) - set(kept):
        found = figures(standing, actor, period)
        told(Step("figures", same(f"{len(found)}, {period}")))
    files: list[Path] = []
    for key in wanted:
        if key in kept:
            document = reprint(workspace, actor, kept[key], language=language).document
        else:
            cut_off = datetime.combine(period.last, time(12), UTC)
            document = keep_product(standing, actor, key, period, cut_off=cut_off, language=language).document
        files.extend(_written(workspace, document, told))
    seal(standing)
    return tuple(files)


def due_products(mission: Mission) -> tuple[str, ...]:
    """Return the products that answer a duty falling due at the end of the demonstration's period; all where none does."""
    end = period_of(mission).end
    due = {
        clock.product
        for provision in mission.instrument.provisions.values()
        for clock in provision.clocks
        if clock.duty and clock.product and end in clock.dates
    }
    return tuple(key for key in mission.products if key in due) or tuple(mission.products)


def document_files(workspace: Workspace, document: ReportDocument) -> dict[str, bytes]:
    """Return the files of a report by name."""
    return {f"{file_stem(document)}{suffix}": data for suffix, data in render(workspace, document).items()}


def _written(workspace: Workspace, document: ReportDocument, told: Told) -> Iterator[Path]:
    folder = (workspace.folder or Path()) / "products"
    names = {folder / f"{file_stem(document)}{suffix}" for suffix in FORMATS}
    missing = {file for file in names if not file.exists()}
    data = document_files(workspace, document) if missing else {}
    for file in sorted(names):
        if file in missing:
            write_whole(file, data[file.name])
        told(Step("report" if file in missing else "stands", same(str(file))))
        yield file


def reporter(workspace: Workspace) -> Actor:
    """Return the demonstration's reporting officer: the first person whose role may report and freeze."""
    for person in workspace.mission.people.values():
        for key in person.roles:
            role = workspace.mission.roles[key]
            if {"report", "freeze"} <= set(role.may):
                return Actor(person.key, role)
    return operator(workspace, "report", also=("freeze",))


def period_of(mission: Mission) -> Period:
    """Return the period that a mission's demonstration is about; the mission's own where it names none."""
    return mission.demonstration_period or mission.period


def end_of(mission: Mission) -> datetime:
    """Return the instant at which a demonstration stands: the evening of its period's last day."""
    return datetime.combine(period_of(mission).last, time(20), UTC)
