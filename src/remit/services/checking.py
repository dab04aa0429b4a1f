"""Check a mission folder: load it, then play every worked example through services."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from remit.kernel.errors import BadInput, RemitError
from remit.kernel.issues import Issue, Where
from remit.kernel.periods import parse_period
from remit.kernel.wording import Words
from remit.measures.definitions import Measure
from remit.measures.figures import Figure
from remit.measures.lazy import LazyEngine
from remit.missions.load import load_mission
from remit.missions.mission import Mission
from remit.records.clocks import clocks
from remit.records.record import Record
from remit.records.types import Example
from remit.services.coverage import counted, coverage
from remit.services.figuring import compute
from remit.services.playing import Play, play, refusal
from remit.services.workspace import Opener, Workspace


@dataclass(frozen=True, slots=True)
class Case:
    """One worked example: the file it stands in, and its number there (from 1)."""

    file: str
    key: str
    number: int
    example: Example | None = None
    measure: Measure | None = None

    @property
    def name(self) -> str:
        """How the case is called in reports of the check."""
        return f"{self.key} example {self.number}"


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found: the mission where it could be loaded, how many examples were played, all problems."""

    mission: Mission | None
    played: int
    issues: tuple[Issue, ...]


def check(
    opener: Opener, folder: Path, *, progress: Callable[[int, int], None] | None = None, examples: bool = True
) -> Checked:
    """Load a mission folder and play its examples; every problem is reported, not only the first."""
    beside = [folder.parent, *(known.parent for known in opener.missions().values())]
    mission, issues = load_mission(folder, search=tuple(dict.fromkeys(beside)))
    if mission is None or not examples:
        return Checked(mission, 0, tuple(issues))
    found, cases = list(issues), list(cases_of(mission))
    engine = LazyEngine()  # one for all examples: what it compiled for one serves the others
    for number, case in enumerate(cases, start=1):
        found.extend(run(replace(opener.in_memory(mission), engine=engine), case))
        if progress is not None:
            progress(number, len(cases))
    engine.close()
    return Checked(mission, len(cases), tuple(found))


def cases_of(mission: Mission) -> Iterator[Case]:
    """Yield every worked example of the mission's record types and measures."""
    for kind in mission.record_types.values():
        for number, example in enumerate(kind.examples, start=1):
            yield Case(kind.file, kind.key, number, example=example)
    for measure in mission.measures.values():
        for number, _ in enumerate(measure.examples, start=1):
            yield Case(measure.file, measure.key, number, measure=measure)


def run(workspace: Workspace, case: Case) -> list[Issue]:
    """Play one example in an empty workspace; return what does not hold."""
    try:
        if case.measure is not None:
            return _run_measure(workspace, case, case.measure)
        return _run_example(workspace, case, case.example) if case.example else []
    except RemitError as refused:
        return [
            _wrong(case, f"a step is refused: {refused.text('en')}", f"une étape est refusée : {refused.text('fr')}")
        ]


def _run_example(workspace: Workspace, case: Case, example: Example) -> list[Issue]:
    if example.refused:
        found = refusal(workspace, example.play, own_type=case.key)
        if found is None:
            return [_wrong(case, f"the last step is accepted; expected {example.refused}",
                           f"la dernière étape est acceptée ; attendu : {example.refused}")]  # fmt: skip
        codes = [issue.code for issue in found.issues]
        if example.refused in codes:
            return []
        return [_wrong(case, f"the last step is refused with {', '.join(codes)}; expected {example.refused}",
                       f"la dernière étape est refusée avec {', '.join(codes)} ; attendu : {example.refused}")]  # fmt: skip
    played = play(workspace, example.play, own_type=case.key)
    return _after(workspace, played, case, example.then)


def _after(workspace: Workspace, played: Play, case: Case, then: Mapping[str, Any]) -> list[Issue]:
    """Return what is not as the example says, once it was played: state, clocks, values and figures."""
    record = workspace.journal.get(played.record_of(then.get("of")))
    found = [] if record is None else list(_record_after(workspace, played, case, record, then))
    if record is None:
        found.append(_differs(case, "record", None, then.get("of")))
    wanted: Mapping[str, Any] = then.get("figures") or {}
    if wanted:
        period = parse_period(str(then["period"])) if then.get("period") else workspace.mission.period
        measures = [workspace.mission.measures[key] for key in wanted]
        for figure in compute(workspace.at(played.at) if played.at else workspace, measures, period):
            if not _equal(figure.value, wanted[figure.key]):
                found.append(_differs(case, f"figure {figure.key}", figure.value, wanted[figure.key]))
    return found


def _record_after(
    workspace: Workspace, played: Play, case: Case, record: Record, then: Mapping[str, Any]
) -> Iterator[Issue]:
    if "state" in then and record.state != then["state"]:
        yield _differs(case, "state", record.state, then["state"])
    if then.get("clocks"):
        at = played.at or workspace.sources.clock()
        running = {c.move: c.status for c in clocks(record, workspace.mission.record_types[record.type], at)}
        for move, status in then["clocks"].items():
            if running.get(move) != status:
                yield _differs(case, f"clock {move}", running.get(move), status)
    for key, value in (then.get("values") or {}).items():
        if record.values.get(key) != value:
            yield _differs(case, key, record.values.get(key), value)


def _run_measure(workspace: Workspace, case: Case, measure: Measure) -> list[Issue]:
    example = measure.examples[case.number - 1]
    played = play(workspace, example.play, own_type=measure.of.partition(".")[0])
    standing = workspace.at(played.at) if played.at else workspace
    found: list[Issue] = []
    for expected in example.expect:
        period = parse_period(str(expected.get("period") or workspace.mission.period))
        by: Mapping[str, str] = expected.get("by") or {}
        figure = compute(standing, [measure], period, by=tuple(by))[0]
        value = _cell(figure, by) if by else figure.value
        if not _equal(value, expected.get("value")):
            found.append(_differs(case, f"{period} {dict(by) or ''}".strip(), value, expected.get("value")))
        for part in ("numerator", "denominator"):
            if part in expected and getattr(figure, part) != expected[part]:
                found.append(_differs(case, f"{period} {part}", getattr(figure, part), expected[part]))
    return found


def _cell(figure: Figure, by: Mapping[str, str]) -> float | int | None:
    for cell in figure.cells:
        if all(str(cell.keys.get(key)) == str(value) for key, value in by.items()):
            return cell.value
    return 0


def _equal(one: Any, other: Any) -> bool:
    if isinstance(one, float) or isinstance(other, float):
        return one is not None and other is not None and abs(float(one) - float(other)) < 1e-6
    return bool(one == other)


def _differs(case: Case, what: str, found: Any, expected: Any) -> Issue:
    return _wrong(
        case, f"{what} is {found!r}; expected {expected!r}", f"{what} vaut {found!r} ; attendu : {expected!r}"
    )


def _wrong(case: Case, en: str, fr: str) -> Issue:
    return Issue(
        "CHK-001",
        Words(f"{case.name} does not hold: {en}.", f"L’exemple {case.number} de {case.key} ne tient pas : {fr}."),
        Words(
            "Correct the example or the declaration that it plays.", "Corrigez l’exemple ou la déclaration qu’il joue."
        ),
        Where(case.file, None, f"examples.{case.number}"),
    )


def contents(checked: Checked) -> Words:
    """Return in words what the folder holds and how many examples were played."""
    mission = checked.mission
    if mission is None:
        return Words("The folder could not be loaded.", "Le dossier n’a pas pu être chargé.")
    types = sum(not kind.abstract for kind in mission.record_types.values())
    return Words(
        f"Tasks: {len(mission.tasks)}; record types: {types}; measures: {len(mission.measures)}; "
        f"products: {len(mission.products)}; examples played: {checked.played}",
        f"Tâches : {len(mission.tasks)} ; types de fiche : {types} ; mesures : {len(mission.measures)} ; "
        f"produits : {len(mission.products)} ; exemples joués : {checked.played}",
    )


def summary(checked: Checked) -> Words:
    """Return the last line of a check in words: how much of the mandate is served, and how many problems there are."""
    problems = sum(issue.level == "error" for issue in checked.issues)
    if checked.mission is None:
        return Words(f"not loaded, {problems} problems", f"non chargée, {problems} problèmes")
    served, operative, items_served, items = counted(coverage(checked.mission))
    return Words(
        f"{served} of {operative} operative paragraphs served, {items_served} of {items} items, {problems} problems",
        f"{served} paragraphes du dispositif servis sur {operative}, {items_served} alinéas sur {items}, {problems} problèmes",
    )


def folder_of(opener: Opener, mission: str) -> Path:
    """Return a mission's folder by its key or its path.

    Raises:
        BadInput: CHK-002, neither a known key nor a folder.
    """
    known = opener.missions()
    if mission in known:
        return known[mission]
    if mission and Path(mission).is_dir():
        return Path(mission).resolve()
    raise BadInput.of(
        "CHK-002",
        f"“{mission}” is neither a mission’s key nor a folder.",
        f"« {mission} » n’est ni la clé d’une mission ni un dossier.",
        do_en=f"Known keys: {', '.join(known)}.",
        do_fr=f"Clés connues : {', '.join(known)}.",
    )
