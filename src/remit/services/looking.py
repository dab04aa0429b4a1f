"""Look at records: one with all that belongs to it, or the many that meet a question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from remit.kernel.batches import batches
from remit.kernel.conditions import ALWAYS, Condition, fields_of
from remit.kernel.evaluation import holds
from remit.records.access import decide, visible_values
from remit.records.actors import Actor
from remit.records.clocks import RunningClock, clocks
from remit.records.entries import Entry
from remit.records.fold import fold_all
from remit.records.journal import Query
from remit.records.process import MoveOption
from remit.records.record import Link, Record
from remit.records.searching import in_order, matches, page, search_text
from remit.records.types import RecordType
from remit.services.moving import open_moves
from remit.services.sight import absent, as_it_was, noted, records_of, type_of, visible, visible_among, visible_set
from remit.services.veiling import veil
from remit.services.workspace import Workspace

MARKS = frozenset({
    "id", "type", "kind", "number", "state", "level", "compartment", "component", "caveats", "invented", "withdrawn",
    "recorded_at", "occurred", "reported",
})  # fmt: skip
"""What of a record everybody inside sees who sees the record at all."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A record as one reader sees it.

    ``values`` leaves out what the reader may not see; ``hidden`` names those fields, so that a page can say "withheld".
    ``history`` holds the entries with the same values left out. ``findings`` are the findings over an event.
    """

    record: Record
    type: RecordType
    values: Mapping[str, Any]
    hidden: tuple[str, ...]
    moves: tuple[MoveOption, ...]
    clocks: tuple[RunningClock, ...]
    history: tuple[Entry, ...]
    linked: tuple[tuple[Link, Record], ...]
    findings: tuple[Record, ...]
    editable: bool


@dataclass(frozen=True, slots=True)
class Found:
    """Records that meet a question, and how many there are in all that the reader may see."""

    records: tuple[Record, ...]
    total: int


def see(workspace: Workspace, actor: Actor, identifier: str, *, as_of: datetime | None = None) -> Seen:
    """Return one record with its moves, clocks, history and links, as the actor may see it.

    Raises:
        Hidden: there is none for this actor (or there was none yet, as of then).
    """
    now = workspace.journal.get(identifier)
    if now is None or not visible(workspace, actor, now):
        raise absent(identifier)
    record = now if as_of is None else as_it_was(workspace, identifier, as_of)
    if record is None:
        raise absent(identifier)
    kind = type_of(workspace, record)
    bare = veil(workspace, actor, [record])[0]
    shown, hidden = bare.record, bare.hidden
    linked = _linked(workspace, actor, shown)
    noted(workspace, actor, [shown], "opened")
    noted(workspace, actor, [other for _, other in linked], "listed")
    outside = bool(actor.role.audience)
    return Seen(
        record=shown,
        type=kind,
        values=shown.values,
        hidden=hidden,
        moves=() if as_of or outside else open_moves(workspace, actor, record),
        clocks=() if outside else clocks(record, kind, as_of or workspace.sources.clock()),
        history=() if outside else _history(workspace, actor, record, as_of),
        linked=linked,
        findings=tuple(r for link, r in linked if link.relation == "over" and not link.outward),
        editable=as_of is None and not record.withdrawn and decide(actor, "amend", record.envelope(), kind).allowed,
    )


def find(
    workspace: Workspace,
    actor: Actor,
    *,
    types: Sequence[str] = (),
    text: str = "",
    condition: Condition | None = None,
    order: str = "-recorded_at",
    limit: int | None = 50,
    offset: int = 0,
    as_of: datetime | None = None,
) -> Found:
    """Return the records that an actor may see and that meet a question, with their total.

    A question about values is asked of what the actor sees of each record, never of what is withheld from him: else the
    total would tell it.

    Raises:
        BadInput: JRN-021, an order that is not known.
    """
    if as_of is None and not actor.role.audience and _asks_of_marks(condition):
        query = Query(visible_set(workspace, actor, condition), tuple(types), text, order, limit, offset)
        records = tuple(one.record for one in veil(workspace, actor, workspace.journal.find(query)))
        noted(workspace, actor, records, "listed")
        return Found(records, workspace.journal.count(query))
    candidates = _candidates(workspace, actor, tuple(types), as_of)
    met = [
        r for r in candidates if holds(condition or ALWAYS, r.facts_for_conditions()) and _matches(workspace, r, text)
    ]
    shown = tuple(page(in_order(met, order), offset, limit))
    noted(workspace, actor, shown, "listed")
    return Found(shown, len(met))


def _asks_of_marks(condition: Condition | None) -> bool:
    """Return whether a condition reads nothing but a record's marks (state, level, times), which all who see it see."""
    return condition is None or fields_of(condition) <= MARKS


def _matches(workspace: Workspace, shown: Record, text: str) -> bool:
    return not text.strip() or matches(search_text(shown, type_of(workspace, shown)), text)


def _candidates(workspace: Workspace, actor: Actor, types: tuple[str, ...], as_of: datetime | None) -> Iterator[Record]:
    """Yield what the actor sees of each record that he may see, as it stands or as it was known at an instant."""
    allowed = visible_set(workspace, actor)
    if as_of is None:
        found: Iterable[Record] = workspace.journal.find(Query(allowed, types, limit=None))
    else:
        folded = fold_all(workspace.mission.record_types, workspace.journal.entries(until=as_of))
        found = (r for r in folded if (not types or r.type in types) and holds(allowed, r.facts_for_conditions()))
    for some in batches(found):
        yield from (one.record for one in veil(workspace, actor, some))


def facets(workspace: Workspace, actor: Actor, *, types: Sequence[str] = (), by: str = "state") -> Mapping[str, int]:
    """Return how many records that the actor may see there are by an envelope key or a field."""
    records = workspace.journal.find(Query(visible_set(workspace, actor), tuple(types), limit=None))
    return Counter(_facet(workspace, actor, record, by) for record in records)


def _facet(workspace: Workspace, actor: Actor, record: Record, by: str) -> str:
    """Return what a record counts under; a value that the actor may not see counts as none."""
    if by in (envelope := record.envelope()):
        return str(envelope[by] or "")
    values, _ = visible_values(actor, record, type_of(workspace, record))
    return str(values.get(by) or "")


def _linked(workspace: Workspace, actor: Actor, shown: Record) -> tuple[tuple[Link, Record], ...]:
    """Return the records at the other end of links that were left in."""
    others = records_of(workspace, list(dict.fromkeys(link.other for link in shown.links)))
    bare = {one.record.id: one.record for one in veil(workspace, actor, others)}
    return tuple((link, bare[link.other]) for link in shown.links if link.other in bare)


def _history(workspace: Workspace, actor: Actor, record: Record, as_of: datetime | None) -> tuple[Entry, ...]:
    entries = list(workspace.journal.entries(record=record.id, until=as_of))
    ends = [{entry.record, str(entry.facts.get("other") or record.id)} - {record.id} for entry in entries]
    seen = visible_among(workspace, actor, set[str]().union(*ends))
    told = [entry for entry, others in zip(entries, ends, strict=True) if others <= seen]
    # An entry shows what it wrote as the record shows what it holds.
    wrote = veil(workspace, actor, [replace(record, values=entry.values, links=()) for entry in told])
    return tuple(replace(entry, values=one.record.values) for entry, one in zip(told, wrote, strict=True))
