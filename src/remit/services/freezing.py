"""Freeze figures that are published, hold them against what is known now, and correct them in the open."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from remit.kernel.conditions import All, Compare, Condition
from remit.kernel.errors import BadInput
from remit.kernel.periods import Period
from remit.kernel.wording import Words
from remit.measures.figures import Figure
from remit.measures.freezing import Comparison, compare, correction, figure_of, record_values
from remit.measures.freezing import freeze as freeze_body
from remit.records.actors import Actor
from remit.records.journal import Query
from remit.records.record import Record
from remit.services.entering import change_entry
from remit.services.figuring import compute, figures, may_see_figure, measure_of
from remit.services.recording import checked_values, numbered
from remit.services.sight import absent, may
from remit.services.workspace import Workspace

FROZEN, CORRECTION, PRODUCT = "frozen-figure", "figure-correction", "product"


@dataclass(frozen=True, slots=True)
class Frozen:
    """A frozen figure: its record, the figure as printed, the product that printed it, and its corrections."""

    record: Record
    figure: Figure
    entry_ids: tuple[str, ...]
    product: Record | None
    paragraph: str
    corrections: tuple[Record, ...]


def freeze(
    workspace: Workspace,
    actor: Actor,
    keys: Sequence[str],
    period: Period,
    *,
    as_of: datetime | None = None,
    by: Sequence[str] = (),
) -> list[Frozen]:
    """Compute figures and freeze them.

    Raises:
        Forbidden: the role may not freeze, or may not see a figure.
        BadInput: FIG-001, no such measure.
    """
    may(actor, "freeze", Words("freeze figures", "arrêter des chiffres"))
    found = figures(workspace, actor, period, keys=keys, by=by, as_of=as_of)
    with workspace.journal.transaction():
        return [keep(workspace, actor, figure) for figure in found]


def keep(workspace: Workspace, actor: Actor, figure: Figure, *, product: str = "", paragraph: str = "") -> Frozen:
    """Record one figure as frozen: its value, definition, snapshot, and the entries that it rests on."""
    measure = measure_of(workspace, figure.key)
    body = freeze_body(figure, entries_behind(workspace, figure), measure=measure)
    last = workspace.journal.last_block()
    values = record_values(body, product=product, paragraph=paragraph, block=last.number if last else 0)
    values |= {"title": figure.key, "reported_at": workspace.sources.clock().isoformat()}
    made = system_record(workspace, actor, FROZEN, values, level=measure.level, invented=figure.invented)
    return frozen_of(workspace, made)


def frozen(workspace: Workspace, actor: Actor, key: str | None = None) -> list[Frozen]:
    """Return the frozen figures that the reader may see, the latest first."""
    condition: Condition = Compare("figure", "equals", key) if key else All(())
    records = workspace.journal.find(Query(condition, types=(FROZEN,), order="-recorded_at"))
    return [
        frozen_of(workspace, record)
        for record in sorted(records, key=lambda one: (one.recorded_at, one.number), reverse=True)
        if not record.withdrawn
        and record.values.get("figure") in workspace.mission.measures
        and may_see_figure(actor, workspace.mission.measures[str(record.values["figure"])])
    ]


def frozen_one(workspace: Workspace, actor: Actor, identifier: str) -> Frozen:
    """Return one frozen figure.

    Raises:
        Hidden: there is none that this reader may see.
    """
    record = workspace.journal.get(identifier)
    if record is None or record.type != FROZEN:
        raise absent(identifier)
    measure = workspace.mission.measures.get(str(record.values.get("figure")))
    if measure is None or not may_see_figure(actor, measure):
        raise absent(identifier)
    return frozen_of(workspace, record)


def review(workspace: Workspace, one: Frozen) -> Comparison:
    """Hold a frozen figure against the same measure, period and definition computed from all that is known now.

    The entries named are those that came since and touch a record of either figure.
    """
    return _review(workspace, one)[0]


def _review(workspace: Workspace, one: Frozen) -> tuple[Comparison, Figure]:
    now = compute(workspace, [measure_of(workspace, one.figure.key)], one.figure.period, by=one.figure.by)[0]
    before = set(one.entry_ids)
    since = [
        entry
        for identifier in sorted({*one.figure.record_ids, *now.record_ids})
        for entry in workspace.journal.entries(record=identifier)
        if entry.id not in before and entry.record == identifier
    ]
    erased = [i for i in one.entry_ids if (entry := workspace.journal.entry(i)) is not None and entry.erased]
    return compare(json.loads(one.record.values["body"]), now, since, erased=erased), now


def correct(workspace: Workspace, actor: Actor, identifier: str, *, reason: str) -> Record:
    """Record the correction of a frozen figure: old value, new value, reason, and the products that print the old one.

    Raises:
        BadInput: MEA-044, nothing changed or no reason is given; FIG-003, it stands corrected to this already.
        Hidden, Forbidden: as for freezing.
    """
    may(actor, "freeze", Words("correct figures", "rectifier des chiffres"))
    one = frozen_one(workspace, actor, identifier)
    found, now = _review(workspace, one)
    _require_news(one, now)
    values = correction(one.record.id, found, now, reason=reason, products=[one.product.id] if one.product else [])
    values |= {"title": one.figure.key, "reported_at": workspace.sources.clock().isoformat()}
    level = measure_of(workspace, one.figure.key).level
    return system_record(workspace, actor, CORRECTION, values, level=level, invented=now.invented)


def _require_news(one: Frozen, now: Figure) -> None:
    if not one.corrections:
        return
    last = one.corrections[-1]
    said = Figure.from_json(json.loads(last.values["body"]))
    if (said.value, said.record_ids, said.cells) == (now.value, now.record_ids, now.cells):
        raise BadInput.of(
            "FIG-003",
            f"{one.record.number} was corrected to this already: {last.number}.",
            f"{one.record.number} a déjà été rectifié ainsi : {last.number}.",
            do_en="Nothing more is needed until the figure changes again.",
            do_fr="Rien de plus n’est nécessaire tant que le chiffre ne change pas.",
        )


def entries_behind(workspace: Workspace, figure: Figure) -> tuple[str, ...]:
    """Return the ids of the journal entries that a figure rests on: those of its records, known at its instant."""
    return tuple(
        entry.id
        for identifier in figure.record_ids
        for entry in workspace.journal.entries(record=identifier, until=figure.as_of)
        if entry.record == identifier
    )


def system_record(
    workspace: Workspace, actor: Actor, type_key: str, values: Mapping[str, Any], *, level: str, invented: bool
) -> Record:
    """Record something that Remit itself makes (a frozen figure, a correction, a product, an official text)."""
    kind = workspace.mission.record_types[type_key]
    known = {key: value for key, value in values.items() if key in kind.fields and value not in (None, "", [])}
    read = checked_values(workspace, kind, known)
    facts = {
        "level": level,
        "compartment": "",
        "component": kind.component or actor.role.component,
        "caveats": [],
        "originator": "",
        "invented": invented or workspace.mission.invented,
    }
    identifier = workspace.sources.identifier()
    with workspace.journal.transaction():
        workspace.journal.append([numbered(workspace, actor, kind, identifier, read, facts)])
    made = workspace.journal.get(identifier)
    assert made is not None  # noqa: S101 - it was appended just before
    return made


def amend_system(workspace: Workspace, actor: Actor, record: Record, values: Mapping[str, Any], reason: str) -> Record:
    """Add values to a record that Remit itself made."""
    kind = workspace.mission.record_types[record.type]
    entry = change_entry(workspace, actor, "amended", record, kind, values={**values, "_reason": reason})
    with workspace.journal.transaction():
        workspace.journal.append([entry])
    return workspace.journal.get(record.id) or record


def frozen_of(workspace: Workspace, record: Record) -> Frozen:
    """Read a frozen figure from its record."""
    body = json.loads(record.values["body"])
    product = workspace.journal.get(str(record.values.get("product") or ""))
    condition = Compare("frozen_figure", "equals", record.id)
    corrections = workspace.journal.find(Query(condition, types=(CORRECTION,), order="recorded_at"))
    return Frozen(
        record=record,
        figure=figure_of(body),
        entry_ids=tuple(record.values.get("entry_ids") or ()),
        product=product,
        paragraph=str(record.values.get("paragraph") or ""),
        corrections=tuple(corrections),
    )
