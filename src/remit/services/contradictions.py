"""The same quantity from several sources, side by side, with what explains the difference; and what others printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from remit.analysis.published import Printed, Quantity, Verdict, verdict
from remit.kernel.errors import Forbidden
from remit.kernel.issues import Issue
from remit.kernel.periods import Period
from remit.kernel.wording import Words
from remit.measures.definitions import Measure
from remit.measures.figures import Figure
from remit.records.actors import Actor
from remit.services.figuring import compute, may_see_figure
from remit.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Beside:
    """A printed number beside ours: as known when the document's data stood, and now."""

    printed: Printed
    measure: Measure | None
    then: Figure | None
    now: Figure | None
    verdict: Verdict

    @property
    def adds_up(self) -> bool:
        """Whether the parts, as printed, add up to the whole as printed."""
        return not self.printed.gap


@dataclass(frozen=True, slots=True)
class Counted:
    """One of the measures that count a quantity, with its figure for the period."""

    measure: Measure
    figure: Figure


@dataclass(frozen=True, slots=True)
class Several:
    """A quantity counted in several ways for a period.

    ``agree``: those that are known give the same number; ``None`` where fewer than two are known, so that nothing is held
    against anything.
    """

    quantity: Quantity
    counts: tuple[Counted, ...]
    agree: bool | None


@dataclass(frozen=True, slots=True)
class Contradictions:
    """What is counted in several ways in a period, and every printed number beside ours."""

    period: Period
    several: tuple[Several, ...]
    beside: tuple[Beside, ...]


def contradictions(workspace: Workspace, actor: Actor, period: Period) -> Contradictions:
    """Set figures side by side that ought to say the same.

    Args:
        workspace: whose.
        actor: who asks, inside the mission: a figure that he may not see is left out.
        period: for the quantities; printed numbers have periods of their own.

    Raises:
        Forbidden: ACC-023, a reader outside the mission.
    """
    if actor.role.audience or "figure" not in actor.role.may:
        raise Forbidden(
            Issue(
                "ACC-023",
                Words(
                    f"The role {actor.role.label.en} does not compare figures.",
                    f"Le rôle {actor.role.label.fr} ne permet pas de comparer des chiffres.",
                ),
            )
        )
    mission = workspace.mission
    return Contradictions(
        period,
        tuple(_several(workspace, actor, period)),
        tuple(_beside(workspace, actor, one) for one in mission.printed),
    )


def _several(workspace: Workspace, actor: Actor, period: Period) -> Iterator[Several]:
    measures = workspace.mission.measures
    for quantity in workspace.mission.quantities:
        seen = [measures[key] for key in quantity.measures if may_see_figure(actor, measures[key])]
        counts = tuple(map(Counted, seen, compute(workspace, seen, period))) if seen else ()
        known = [one.figure.value for one in counts if one.figure.value is not None]
        yield Several(quantity, counts, len(set(known)) == 1 if len(known) > 1 else None)


def _beside(workspace: Workspace, actor: Actor, printed: Printed) -> Beside:
    measure = workspace.mission.measures.get(printed.measure)
    if measure is None or not may_see_figure(actor, measure):
        return Beside(printed, None, None, None, verdict(printed.value, None, None, counted=False))
    [now] = compute(workspace, [measure], printed.period)
    evening = datetime.combine(printed.known_on + timedelta(days=1), time.min, UTC) - timedelta(microseconds=1)
    [then] = compute(workspace, [measure], printed.period, as_of=evening)
    if not now.record_ids:
        return Beside(printed, measure, then, now, "unknown")
    return Beside(printed, measure, then, now, verdict(printed.value, then.value, now.value, counted=True))


VERDICT_WORDS: Mapping[Verdict, Words] = {
    "same": Words("The same", "Identique"),
    "late": Words(
        "The same as was known then; more is known now", "Identique à ce qui était connu alors ; on en sait plus"
    ),
    "differs": Words("Differs", "Diffère"),
    "unknown": Words("Nothing recorded for that period", "Rien d’enregistré pour cette période"),
    "not-counted": Words("Not counted here", "Non compté ici"),
}


def explained(one: Beside) -> Sequence[Words]:
    """Return in words what explains a printed number beside ours, and whether its parts add up."""
    found = [VERDICT_WORDS[one.verdict]]
    if one.verdict == "differs" and one.printed.differs is not None:
        found.append(one.printed.differs)
    if not one.adds_up:
        parts = sum(one.printed.parts.values())
        found.append(
            Words(
                f"As printed it does not add up: {one.printed.value:g} in all, {parts:g} in its parts.",
                f"Tel qu’imprimé, le total est inexact : {one.printed.value:g} en tout, {parts:g} dans le détail.",
            )
        )
    return found
