"""Look at records: one with all that belongs to it, or the many that meet a question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from remit.kernel.batches import batches
from remit.kernel.conditions import ALWAYS, All, Compare, Condition, fields_of
from remit.kernel.evaluation import holds
from remit.records.access import decide, unveiled
from remit.records.actors import Actor
from remit.records.clocks import RunningClock, clocks
from remit.records.entries import Entry
from remit.records.fold import fold_all
from remit.records.journal import Query
from remit.records.process import MoveOption
from remit.records.record import Link, Record
from remit.records.searching import in_order, matches, page, search_text
from remit.records.tally import area as area_of
from remit.records.tally import facet_names, tally, tally_facets
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
    area: str = "",
) -> Found:
    """Return the records that an actor may see and that meet a question, with their total.

    A question about values is asked of what the actor sees of each record, never of what is withheld from him: else the
    total would tell it. ``area`` is one of the coarsest level.

    Raises:
        BadInput: JRN-021, an order that is not known.
    """
    asked = None if as_of is not None or actor.role.audience else _of_what_is_seen(workspace, actor, condition, types)
    if asked is not None:
        query = Query(visible_set(workspace, actor, asked), tuple(types), text, order, limit, offset, area)
        records = tuple(one.record for one in veil(workspace, actor, workspace.journal.find(query)))
        noted(workspace, actor, records, "listed")
        return Found(records, workspace.journal.count(query))
    candidates = _candidates(workspace, actor, tuple(types), as_of)
    met = [
        r
        for r in candidates
        if holds(condition or ALWAYS, r.facts_for_conditions())
        and _matches(workspace, r, text)
        and (not area or area_of(r, type_of(workspace, r), workspace.mission.area_levels) == area)
    ]
    shown = tuple(page(in_order(met, order), offset, limit))
    noted(workspace, actor, shown, "listed")
    return Found(shown, len(met))


def _of_what_is_seen(
    workspace: Workspace, actor: Actor, condition: Condition | None, types: Sequence[str]
) -> Condition | None:
    """Return the condition as a journal may be asked it, so that nothing withheld decides; ``None`` where it may not.

    Marks (state, level, times) are seen by all who see the record. A choice or an area is, too, unless its field is
    sensitive: then of those records alone whose sensitive fields the actor sees.
    """
    if condition is None or fields_of(condition) <= MARKS:
        return condition or ALWAYS
    if len(types) != 1:
        return None
    kind = workspace.mission.record_types[types[0]]
    names = facet_names(kind, workspace.mission.area_levels)
    parts: list[Condition] = []
    for part in condition.parts if isinstance(condition, All) else (condition,):
        if fields_of(part) <= MARKS:
            parts.append(part)
        elif isinstance(part, Compare) and names.get(part.field) == part.how and isinstance(part.operand, str):
            parts.append(part)
            if kind.fields[part.field.partition(".")[0]].sensitive:
                parts.append(unveiled(actor))
        else:
            return None
    return All(tuple(parts))


def _matches(workspace: Workspace, shown: Record, text: str) -> bool:
    return not text.strip() or matches(search_text(shown, type_of(workspace, shown)), text)


def _candidates(
    workspace: Workspace,
    actor: Actor,
    types: tuple[str, ...],
    as_of: datetime | None,
    condition: Condition | None = None,
) -> Iterator[Record]:
    """Yield what the actor sees of each record that he may see, as it stands or as it was known at an instant."""
    allowed = visible_set(workspace, actor, condition)
    if as_of is None:
        found: Iterable[Record] = workspace.journal.find(Query(allowed, types, limit=None))
    else:
        folded = fold_all(workspace.mission.record_types, workspace.journal.entries(until=as_of))
        found = (r for r in folded if (not types or r.type in types) and holds(allowed, r.facts_for_conditions()))
    for some in batches(found):
        yield from (one.record for one in veil(workspace, actor, some))


def facets(workspace: Workspace, actor: Actor, *, types: Sequence[str] = (), by: str = "state") -> Mapping[str, int]:
    """Return how many records that the actor may see there are by a mark (state, level, type)."""
    return Counter({str(key): n for (key,), n in tallied(workspace, actor, (by,), types=types).items()})


def tallied(
    workspace: Workspace,
    actor: Actor,
    by: Sequence[str],
    *,
    types: Sequence[str] = (),
    condition: Condition | None = None,
) -> Counter[tuple[Any, ...]]:
    """Return how many records that the actor may see there are, by marks, month and area (``records.tally``).

    The condition reads nothing but marks.
    """
    if actor.role.audience:
        found = _candidates(workspace, actor, tuple(types), None, condition)
        return tally(found, workspace.mission.record_types, workspace.mission.area_levels, by)
    return workspace.journal.tally(visible_set(workspace, actor, condition), by, types=types)


def tallied_facets(
    workspace: Workspace,
    actor: Actor,
    *,
    types: Sequence[str] = (),
    names: Sequence[str] = (),
    condition: Condition | None = None,
) -> Counter[tuple[str, str, str]]:
    """Return how many records that the actor may see there are, by type, name and value of what he sees to choose by.

    The condition reads nothing but marks.
    """
    if actor.role.audience:
        found = _candidates(workspace, actor, tuple(types), None, condition)
        own, levels = workspace.mission.record_types, workspace.mission.area_levels
        counted = tally_facets(found, own, levels, sensitive=False)
        return Counter({key: count for key, count in counted.items() if not names or key[1] in names})
    seen = visible_set(workspace, actor, condition)
    counts = workspace.journal.tally_facets(seen, types=types, names=names, sensitive=False)
    counts += workspace.journal.tally_facets(All((seen, unveiled(actor))), types=types, names=names, sensitive=True)
    return counts


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
