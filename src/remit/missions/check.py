"""Check what holds between declarations: processes end, paragraphs have a task, items have their paragraph."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from shapely.geometry import Polygon
from shapely.validation import explain_validity

from remit.kernel.issues import Issue, Where
from remit.missions.declarations.mandate import MandateDeclared
from remit.missions.declarations.record_type import ProcessDeclared
from remit.missions.labels import code_of
from remit.missions.link.names import Names
from remit.missions.problems import problem
from remit.missions.read import Source


def checked(names: Names) -> Iterator[Issue]:
    """Yield what does not hold: MIS-012, MIS-051 to MIS-057, MIS-065 to MIS-068."""
    if names.mandate and names.mandate.shape:
        yield from _paragraphs(names.mandate.shape, names.mandate.source)
        yield from _tasks(names, names.mandate.shape, names.mandate.source)
    for read in names.types.values():
        if read.shape and read.shape.process and not read.shape.abstract:
            yield from _process(read.shape.process, read.source)
    yield from _codes(names)
    yield from _places(names)
    yield from _levels(names)


def missing_files(names: Names) -> Iterator[Issue]:
    """Yield MIS-008 for each file that every mission has and this one has not."""
    declared = names.declared
    for name, source in (("mission", declared.mission), ("mandate", declared.mandate), ("plan", declared.plan)):
        if source is None and name not in declared.unread and declared.folder.is_dir():
            yield problem(
                "MIS-008",
                Where(f"{declared.key}/{name}.yaml"),
                f"The mission has no {name}.yaml.",
                f"La mission n’a pas de {name}.yaml.",
                "Write it: docs/reference/mission-files.md says what stands in it.",
                "Écrivez-le : docs/reference/mission-files.md dit ce qui y figure.",
            )


def _paragraphs(mandate: MandateDeclared, source: Source) -> Iterator[Issue]:
    provisions = mandate.provisions
    missing: set[str] = set()
    for path, provision in provisions.items():
        at = ("provisions", path)
        parts = path.split(".")
        for length in range(1, len(parts)):
            parent = ".".join(parts[:length])
            if parent not in provisions and parent not in missing:
                missing.add(parent)
                yield problem(
                    "MIS-054",
                    source.where(*at),
                    f"“{path}” stands under “{parent}”, which is not declared.",
                    f"« {path} » figure sous « {parent} », qui n’est pas déclaré.",
                    f"Declare “{parent}” too, or correct the path.",
                    f"Déclarez aussi « {parent} » ou corrigez le chemin.",
                )
        if len(parts) > 1:
            continue
        for key in ("force", "kind", "addressees"):
            if not getattr(provision, key):
                yield problem(
                    "MIS-012",
                    source.where(*at),
                    f"Paragraph {path} lacks “{key}”; only items may leave it to their paragraph.",
                    f"Le paragraphe {path} n’a pas de « {key} » ; seuls les alinéas peuvent le laisser à leur paragraphe.",
                    "Add it.",
                    "Ajoutez-la.",
                )
    numbers = {int(path) for path in provisions if path.isdigit()}
    for number in sorted(set(range(1, max(numbers, default=0))) - numbers):
        yield problem(
            "MIS-057",
            source.where("provisions"),
            f"Paragraph {number} is not declared, and a later one is.",
            f"Le paragraphe {number} n’est pas déclaré alors qu’un suivant l’est.",
            "Restate it in a few words, so that nothing the Council said is left out.",
            "Reformulez-le en quelques mots, pour que rien de ce qu’a dit le Conseil ne soit omis.",
            level="warning",
        )


def _tasks(names: Names, mandate: MandateDeclared, source: Source) -> Iterator[Issue]:
    if names.plan is None or names.plan.shape is None:
        return
    answered = {task.path.split(".")[0] for task in names.plan.shape.tasks.values()}
    for path in mandate.provisions:
        if "." not in path and path not in answered:
            yield problem(
                "MIS-053",
                source.where("provisions", path),
                f"No task of the plan answers paragraph {path}.",
                f"Aucune tâche du plan ne répond au paragraphe {path}.",
                "Add a task with its lead component to plan.yaml.",
                "Ajoutez à plan.yaml une tâche avec sa composante responsable.",
            )


def _process(process: ProcessDeclared, source: Source) -> Iterator[Issue]:
    states = {name: state for item in process.states for name, state in item.items()}
    onward: dict[str, set[str]] = {name: set() for name in states}
    back: dict[str, set[str]] = {name: set() for name in states}
    for move in process.moves.values():
        for start in move.from_:
            if start in states and move.to in states:
                onward[start].add(move.to)
                back[move.to].add(start)
    lines = {name: index for index, item in enumerate(process.states) for name in item}
    if process.start in states:
        reached = _reached({process.start}, onward)
        for name in states:
            if name not in reached:
                yield problem(
                    "MIS-051",
                    source.where("process", "states", lines[name]),
                    f"No move leads from “{process.start}” to the state “{name}”.",
                    f"Aucun passage ne mène de « {process.start} » à l’état « {name} ».",
                    "Add a move to it, or take the state out.",
                    "Ajoutez un passage qui y mène ou retirez l’état.",
                )
    final = {name for name, state in states.items() if state.final}
    if not final:
        return
    ending = _reached(final, back)
    for name in states:
        if name not in ending:
            yield problem(
                "MIS-052",
                source.where("process", "states", lines[name]),
                f"From the state “{name}” no move leads to a final one.",
                f"De l’état « {name} », aucun passage ne mène à un état final.",
                "Add a move onward, or mark the state as final.",
                "Ajoutez un passage vers la suite ou marquez l’état comme final.",
            )


def _codes(names: Names) -> Iterator[Issue]:
    """Yield the record types whose readable numbers could not be told apart."""
    first: dict[str, tuple[str, str]] = {}
    for key, read in names.types.items():
        if read.shape is None or read.shape.abstract:
            continue
        code = read.shape.code or code_of(key)
        other, file = first.setdefault(code, (key, read.source.file))
        if other != key:
            said = read.source.where("code")
            yield problem(
                "MIS-068",
                said
                if said.file == read.source.file
                else read.source.where(),  # an inherited one is not the parent's fault
                f"“{key}” and “{other}” ({file}) have one code, {code}: their records’ numbers would read alike.",
                f"« {key} » et « {other} » ({file}) ont un seul code, {code} : les numéros de leurs fiches se confondraient.",
                "Give one of them a code of its own, two to four capitals.",
                "Donnez à l’un d’eux un code à lui, de deux à quatre capitales.",
            )


def _reached(start: set[str], onward: Mapping[str, set[str]]) -> set[str]:
    reached, ahead = set(start), list(start)
    while ahead:
        for following in onward[ahead.pop()] - reached:
            reached.add(following)
            ahead.append(following)
    return reached


def _levels(names: Names) -> Iterator[Issue]:
    levels = {key: area.level for read in names.places.values() if read.shape for key, area in read.shape.areas.items()}
    for read in names.places.values():
        for key, place in read.shape.places.items() if read.shape else ():
            for level, area in place.areas.items():
                if levels.get(area, level) != level:
                    yield problem(
                        "MIS-067",
                        read.source.where("places", key, "areas", level),
                        f"“{area}” is an area of the level “{levels[area]}”, not “{level}”.",
                        f"« {area} » est une zone du niveau « {levels[area]} », non « {level} ».",
                        "Name an area of that level, or move this one under its own.",
                        "Indiquez une zone de ce niveau ou placez celle-ci sous le sien.",
                    )


def _places(names: Names) -> Iterator[Issue]:
    seen: dict[tuple[str, str], str] = {}
    for read in names.places.values():
        if read.shape is None:
            continue
        for family, keys in (("areas", read.shape.areas), ("places", read.shape.places)):
            for key in keys:
                if first := seen.get((family, key)):
                    yield problem(
                        "MIS-065",
                        read.source.where(family, key),
                        f"“{key}” is declared here and in {first}.",
                        f"« {key} » est déclaré ici et dans {first}.",
                        "Keep one of them.",
                        "N’en gardez qu’un.",
                    )
                seen.setdefault((family, key), read.source.file)
        for key, area in read.shape.areas.items():
            for index, ring in enumerate(area.rings):
                shape = Polygon(ring)
                if not shape.is_valid:
                    said = explain_validity(shape)
                    yield problem(
                        "MIS-066",
                        read.source.where("areas", key, "rings", index),
                        f"The ring of “{key}” is not a simple outline: {said}.",
                        f"Le contour de « {key} » n’est pas simple : {said}.",
                        "Give the points in order around the area, without crossing.",
                        "Donnez les points dans l’ordre autour de la zone, sans croisement.",
                    )
