"""The clearance of a product: opened for a period with the days counted back from its due date, and each version added."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from remit.kernel.conditions import All, Compare
from remit.kernel.errors import BadInput
from remit.kernel.periods import Period
from remit.kernel.wording import Words
from remit.records.actors import Actor
from remit.records.journal import Query
from remit.records.record import Record
from remit.reporting.outline import Product
from remit.services.freezing import amend_system
from remit.services.recording import record as record_one
from remit.services.sight import may
from remit.services.workspace import Workspace

CLEARANCE = "product-clearance"
NO_LIMIT = 1_000_000
"""Words: what stands for a product that has no limit, so that the guard of submission can compare."""


@dataclass(frozen=True, slots=True)
class StepDay:
    """A step of clearance: the state to be reached, by when, and whether it was."""

    state: str
    label: Words
    due: date | None
    reached: bool
    late: bool


def due_field(step: str) -> str:
    """Return the field of a clearance that says when a state is to be reached."""
    return f"due_{step.replace('-', '_')}"


def due_day(workspace: Workspace, product: Product, period: Period) -> date:
    """Return the day on which a product for a period is due: that of its duty which follows the period, else its end."""
    days = sorted(
        day
        for provision in workspace.mission.instrument.provisions.values()
        for clock in provision.clocks
        if clock.product == product.key
        for day in clock.dates
        if day >= period.end
    )
    return days[0] if days else period.end


def clearance_of(workspace: Workspace, product: Product, period: Period) -> Record | None:
    """Return the clearance that is open for a product and period, else the last one that was."""
    if CLEARANCE not in workspace.mission.record_types:
        return None
    condition = All((Compare("product", "equals", product.key), Compare("period", "equals", str(period))))
    found = [
        record
        for record in workspace.journal.find(Query(condition, types=(CLEARANCE,), order="recorded_at"))
        if not record.withdrawn
    ]
    return next((one for one in found if not _closed(workspace, one)), found[-1] if found else None)


def open_clearance(workspace: Workspace, actor: Actor, product: Product, period: Period) -> Record:
    """Open the clearance of a product for a period: every step with its day, counted back from the day it is due.

    Raises:
        BadInput: REP-041, the product declares no clearance; REP-042, one is open already.
        Forbidden: the role may not record it.
    """
    may(actor, "record", Words("open a clearance", "ouvrir une approbation"))
    if not product.clearance or CLEARANCE not in workspace.mission.record_types:
        raise BadInput.of(
            "REP-041",
            f"The product {product.key} declares no clearance.",
            f"Le produit {product.key} ne déclare pas de procédure d’approbation.",
            do_en="Declare its steps under “clearance” in the outline.",
            do_fr="Déclarez ses étapes sous « clearance » dans le plan.",
        )
    standing = clearance_of(workspace, product, period)
    if standing is not None and not _closed(workspace, standing):
        raise BadInput.of(
            "REP-042",
            f"The clearance {standing.number} is open for this product and period.",
            f"L’approbation {standing.number} est déjà ouverte pour ce produit et cette période.",
            do_en="Go on with it, or drop it first.",
            do_fr="Poursuivez-la, ou abandonnez-la d’abord.",
        )
    due = due_day(workspace, product, period)
    raw = {
        "title": f"{product.label.en} – {period}",
        "product": product.key,
        "period": str(period),
        "due_on": due.isoformat(),
        "word_limit": product.word_limit or NO_LIMIT,
        "reported_at": workspace.sources.clock().isoformat(),
    }
    raw |= {due_field(step): (due - timedelta(days=days)).isoformat() for step, days in product.clearance.items()}
    return record_one(workspace, actor, CLEARANCE, raw, invented=workspace.mission.invented)


def add_version(workspace: Workspace, actor: Actor, product: Product, period: Period, kept: Record) -> None:
    """Add a kept product to the clearance that is open for it, with what it leaves unanswered, unwritten, and its words."""
    standing = clearance_of(workspace, product, period)
    if standing is None or _closed(workspace, standing) or kept.values.get("audience"):
        return
    values = {
        "versions": [*(standing.values.get("versions") or ()), kept.id],
        "unanswered": {"number": len(kept.values.get("unanswered") or ())},
        "unwritten": {"number": len(kept.values.get("unwritten") or ())},
        "words": kept.values.get("words"),
    }
    amend_system(workspace, actor, standing, values, f"Version {kept.number} added")


def steps(workspace: Workspace, clearance: Record) -> Iterator[StepDay]:
    """Yield the steps of a clearance in the order of its process, from the one after the start to the last."""
    kind = workspace.mission.record_types[clearance.type]
    assert kind.process is not None  # noqa: S101 - a clearance is a process
    today = workspace.sources.clock().date()
    reached = {moved.to for moved in clearance.moves}
    for state in kind.process.states.values():
        field = due_field(state.key)
        if field not in kind.fields:
            continue
        value = clearance.values.get(field)
        due = date.fromisoformat(value["on"]) if value else None
        done = state.key in reached
        yield StepDay(state.key, state.label, due, done, due is not None and not done and due < today)


def _closed(workspace: Workspace, record: Record) -> bool:
    process = workspace.mission.record_types[record.type].process
    return process is not None and process.states[record.state].final
