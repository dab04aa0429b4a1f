"""Compute figures: the same for every reader, or refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from remit.kernel.conditions import ALWAYS
from remit.kernel.errors import BadInput, Forbidden
from remit.kernel.issues import Issue
from remit.kernel.nearest import did_you_mean
from remit.kernel.periods import Period
from remit.kernel.wording import Words
from remit.measures.definitions import Measure
from remit.measures.disclosure import disclose
from remit.measures.figures import Figure
from remit.measures.snapshot import Snapshot
from remit.measures.snapshots import build_snapshot
from remit.measures.updating import Since
from remit.records.actors import Actor
from remit.records.fold import fold_all
from remit.records.journal import Block, Query
from remit.records.record import Record
from remit.records.types import LEVELS
from remit.services.sight import noted, records_of, visible_among
from remit.services.veiling import veil
from remit.services.verifying import seal
from remit.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class WalkBack:
    """The records behind a figure that a reader may see, and how many more there are (``None``: not told)."""

    records: tuple[Record, ...]
    unseen: int | None
    unlisted: int = 0
    """How many more he may see, beyond those asked for."""


def measure_of(workspace: Workspace, key: str) -> Measure:
    """Return a measure by key.

    Raises:
        BadInput: FIG-001, with the nearest right key.
    """
    measure = workspace.mission.measures.get(key)
    if measure is None:
        remedy = did_you_mean(key, workspace.mission.measures)
        raise BadInput.of(
            "FIG-001",
            f"There is no measure “{key}” in this mission.",
            f"Il n’y a pas de mesure « {key} » dans cette mission.",
            do_en=remedy.en,
            do_fr=remedy.fr,
        )
    return measure


def may_see_figure(actor: Actor, measure: Measure) -> bool:
    """Return whether a reader sees the figures of a measure: by its level, or outside by its audiences."""
    if actor.role.audience:
        return actor.role.audience in measure.audiences
    return "see" in actor.role.may and LEVELS.index(measure.level) <= LEVELS.index(actor.role.clearance)


def readable(workspace: Workspace, actor: Actor) -> list[Measure]:
    """Return the measures whose figures the reader sees, in declared order."""
    return [measure for measure in workspace.mission.measures.values() if may_see_figure(actor, measure)]


def figures(
    workspace: Workspace,
    actor: Actor,
    period: Period,
    *,
    keys: Sequence[str] | None = None,
    by: Sequence[str] = (),
    as_of: datetime | None = None,
) -> list[Figure]:
    """Compute figures for a period, as known now or at an instant.

    Args:
        workspace: whose records.
        actor: who reads them.
        period: whole days, half-open.
        keys: measures wanted; without them all that the reader may see.
        by: breakdowns, each passed over for a measure that does not declare it.
        as_of: only what was known then.

    Raises:
        BadInput: FIG-001, no such measure; FIG-002, a breakdown that none of the measures declares.
        Forbidden: FIG-021, a measure asked for by key that the reader may not see.
    """
    wanted = readable(workspace, actor) if keys is None else [measure_of(workspace, key) for key in keys]
    for measure in wanted:
        if not may_see_figure(actor, measure):
            raise _refused(actor, measure)
    _require_breakdowns(wanted, by)
    found = compute(workspace, wanted, period, by=by, as_of=as_of)
    return [for_audience(workspace, actor, figure) for figure in found]


def _require_breakdowns(measures: Sequence[Measure], by: Sequence[str]) -> None:
    known = dict.fromkeys(dimension for measure in measures for dimension in measure.breakdowns)
    for dimension in by:
        if measures and dimension not in known:
            remedy = did_you_mean(dimension, known)
            raise BadInput.of(
                "FIG-002",
                f"None of the measures asked for is broken down by “{dimension}”.",
                f"Aucune des mesures demandées n’est ventilée par « {dimension} ».",
                do_en=remedy.en,
                do_fr=remedy.fr,
            )


def compute(
    workspace: Workspace,
    measures: Iterable[Measure],
    period: Period,
    *,
    by: Sequence[str] = (),
    as_of: datetime | None = None,
) -> list[Figure]:
    """Compute figures over all records that their definitions include, whoever asks."""
    wanted = list(measures)
    limits = {
        f"{path}/{limit.key}": limit.amount
        for path, provision in workspace.mission.instrument.provisions.items()
        for limit in provision.limits
    }
    found = workspace.engine.compute_all(
        wanted, snapshot(workspace, as_of=as_of), period, by=by, as_of=as_of, limits=limits
    )
    return [found[measure.key] for measure in wanted]


def for_audience(workspace: Workspace, actor: Actor, figure: Figure) -> Figure:
    """Return a figure as its reader gets it: whole inside; outside without its records, small cells withheld."""
    return disclosed(workspace, actor.role.audience, figure) if actor.role.audience else figure


def disclosed(workspace: Workspace, audience: str, figure: Figure) -> Figure:
    """Return a figure as an audience gets it: the small cells withheld that its measure declares, and no record named."""
    measure = workspace.mission.measures[figure.key]
    smallest = measure.smallest_cell.get(audience, workspace.mission.audiences[audience].smallest_cell)
    return disclose(figure, smallest, outside=True)


def snapshot(workspace: Workspace, *, as_of: datetime | None = None) -> Snapshot:
    """Return the snapshot of all that is known now, or was at an instant; made where it is missing."""
    seal(workspace)
    last = workspace.journal.last_block()
    name = _name(last)
    if as_of is not None:
        name += f"-as-of-{as_of.astimezone(UTC):%Y%m%dT%H%M%S%fZ}"
    known = workspace.cache.get(name)
    if known is not None and known.folder.exists():
        return known
    entries = last.size if last else 0
    before = _last_of_now(workspace) if as_of is None else None
    made = build_snapshot(
        _standing(workspace) if as_of is None else folded(workspace, as_of),
        workspace.mission.record_types,
        workspace.snapshots.folder,
        name=name,
        block=last.number if last else 0,
        entries=entries,
        as_of=as_of,
        area_levels=workspace.mission.area_levels,
        previous=next(reversed(list(workspace.cache.values())), None),
        since=_since(workspace, before) if before else None,
    )
    workspace.cache[name] = made
    return made


def _name(block: Block | None) -> str:
    return f"block-{block.number:06d}-{block.digest[:12]}" if block else "block-000000-empty"


def _last_of_now(workspace: Workspace) -> Snapshot | None:
    """Return the last snapshot that this process made of all that was known, whose block still stands in the chain.

    One made within a transaction that was taken back ends at a block that does not.
    """
    made = (one for one in reversed(list(workspace.cache.values())) if one.as_of is None)
    return next((one for one in made if one.name == _name(workspace.journal.block_at(one.block))), None)


def _since(workspace: Workspace, before: Snapshot) -> Since:
    """Return what changed since a snapshot was made."""
    changed = workspace.journal.touched_since(before.block)
    return Since(before, changed, records_of(workspace, sorted(changed)))


def _standing(workspace: Workspace) -> Iterator[Record]:
    """Yield every record as it stands: what folding the whole journal gives, without folding it."""
    yield from workspace.journal.find(Query(ALWAYS, order="id"))


def folded(workspace: Workspace, as_of: datetime | None) -> Iterator[Record]:
    """Yield every record as known at an instant (or now), in the order of their ids."""
    yield from fold_all(workspace.mission.record_types, workspace.journal.entries(until=as_of))


def walk_back(workspace: Workspace, actor: Actor, figure: Figure, *, most: int | None = None) -> WalkBack:
    """Return the records behind a figure that the reader may see; the rest are counted only if the measure says so.

    An outside reader's figure names no records: they are found again. Behind a value that is withheld from him nothing
    is listed or counted, since that would tell it. ``most`` is how many are listed, all of them without it.
    """
    measure = measure_of(workspace, figure.key)
    if actor.role.audience:
        [whole] = compute(workspace, [measure], figure.period, by=figure.by, as_of=figure.as_of)
        if figure.withheld or for_audience(workspace, actor, whole).withheld:
            return WalkBack((), None)
        figure = whole
    seen = visible_among(workspace, actor, figure.record_ids)
    listed = [identifier for identifier in figure.record_ids if identifier in seen][:most]
    shown = [one.record for one in veil(workspace, actor, records_of(workspace, listed))]
    noted(workspace, actor, shown, "counted")
    told = measure.count_unseen or len(seen) == len(figure.record_ids)
    unseen = len(figure.record_ids) - len(seen) if told else None
    return WalkBack(tuple(shown), unseen, len(seen) - len(listed))


def _refused(actor: Actor, measure: Measure) -> Forbidden:
    return Forbidden(
        Issue(
            "FIG-021",
            Words(
                f"The figure “{measure.label.en}” is not for the role {actor.role.label.en}.",
                f"Le chiffre « {measure.label.fr} » n’est pas destiné au rôle {actor.role.label.fr}.",
            ),
            Words(
                "A figure is the same for every reader or it is refused; ask the reporting officer for a release.",
                "Un chiffre est le même pour tous ou il est refusé ; demandez une diffusion à l’officier chargé des rapports.",
            ),
        )
    )


def outside_mission(workspace: Workspace, period: Period) -> tuple[Issue, ...]:
    """Return a warning for a period in which the mission was not there: most often a slip of the year."""
    mission = workspace.mission
    if period.start < mission.period.end and period.end > mission.period.start:
        return ()
    warning = Issue(
        "FIG-004",
        Words(
            f"The period {period} lies outside that of the mission, {mission.period}.",
            f"La période {period} est hors de celle de la mission, {mission.period}.",
        ),
        Words(
            "Check the year; the figures are those of no mandate.",
            "Vérifiez l’année ; ces chiffres ne relèvent d’aucun mandat.",
        ),
        level="warning",
    )
    return (warning,)
