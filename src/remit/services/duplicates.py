"""Possible duplicates: proposed with reasons, linked or rejected by people, never merged.

A pair that a person linked (``duplicates``, ``same-event``) or rejected (``distinct``) is not proposed again. Proposals rest on what
the reader may see of both records, and on nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from remit.kernel.conditions import All, AnyOf, Compare, Condition
from remit.kernel.periods import Period, add_months
from remit.kernel.places import OWN
from remit.kernel.plain_text import plain_text
from remit.records.actors import Actor
from remit.records.alike import COARSEST_DAYS, DAYS_APART, Alike, Trace, killed_of, pairs, proposals
from remit.records.record import Record
from remit.records.types import RecordType
from remit.records.values import read_values
from remit.services.entering import FieldContext
from remit.services.linking import link
from remit.services.list_page import type_for
from remit.services.looking import find, see
from remit.services.placing import locator
from remit.services.showing import Line, line, place_of
from remit.services.workspace import Workspace

KINDS = ("event", "report")
"""What is compared: what happened, and who told of it. A finding stands over its event already."""
ACTORS = ("side", "actor", "actors", "perpetrator", "perpetrators", "attributed", "party", "parties", "group", "groups")
"""Words in a field's key by which it names who acted."""
RELATIONS = ("duplicates", "same-event", "distinct")
"""How a person may decide about a pair."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A record that may tell of the same event: its line, and why."""

    line: Line
    alike: Alike


@dataclass(frozen=True, slots=True)
class PairProposal:
    """Two records that may tell of one event."""

    one: Line
    other: Line
    alike: Alike


def compared_types(workspace: Workspace) -> tuple[str, ...]:
    """Return the record types that are compared."""
    return tuple(
        key
        for key, kind in workspace.mission.record_types.items()
        if kind.kind in KINDS
        and not kind.abstract
        and not kind.system
        and any(f.kind == "place" for f in kind.fields.values())
    )


def proposals_for(
    workspace: Workspace, actor: Actor, identifier: str, language: str, *, limit: int = 5
) -> tuple[Proposal, ...]:
    """Return records that may tell of the same event as one that is there, the likeliest first; decided pairs are left out.

    Raises:
        Hidden: there is none for this actor.
    """
    seen = see(workspace, actor, identifier)
    record = seen.record
    if record.type not in compared_types(workspace) or record.withdrawn or actor.role.audience:
        return ()
    decided = {link.other for link in record.links}
    return _near(workspace, actor, trace_of(record, seen.type, record.values), decided, language, limit)


def proposals_while_entering(
    workspace: Workspace, actor: Actor, type_key: str, raw: Mapping[str, Any], language: str, *, limit: int = 5
) -> tuple[Proposal, ...]:
    """Return records that may tell of what is being entered: of the raw values, those that can be read so far are used.

    Raises:
        Hidden: there is no such type.
    """
    kind = type_for(workspace, type_key)
    if kind.key not in compared_types(workspace) or actor.role.audience:
        return ()
    known = {key: value for key, value in raw.items() if key in kind.fields}
    context = FieldContext(locator(workspace), workspace.sources.clock())
    values, _ = read_values(kind, known, context)
    return _near(workspace, actor, _trace("", values, kind, str(values.get(kind.title, ""))), set(), language, limit)


def proposed_pairs(
    workspace: Workspace, actor: Actor, language: str, *, period: Period | None = None, types: Sequence[str] = ()
) -> tuple[PairProposal, ...]:
    """Return every undecided pair among the records that an actor may see, the likeliest first."""
    if actor.role.audience:
        return ()
    wanted = [key for key in compared_types(workspace) if not types or key in types]
    condition: Condition | None = None
    if period is not None:
        condition = All(
            (
                Compare("occurred", "at_least", period.start.isoformat()),
                Compare("occurred", "below", period.end.isoformat()),
            )
        )
    found = [one for one in find(workspace, actor, types=wanted, condition=condition, order="occurred", limit=None).records
             if not one.withdrawn]  # fmt: skip
    by_id = {one.id: one for one in found}
    types_of = workspace.mission.record_types
    traces = [trace_of(one, types_of[one.type], one.values) for one in found]
    return tuple(
        PairProposal(line(workspace, by_id[one.one], language), line(workspace, by_id[one.other], language), one)
        for one in pairs(traces)
        if not any(k.other == one.other for k in by_id[one.one].links)
    )


def decide(workspace: Workspace, actor: Actor, identifier: str, relation: str, other: str) -> Record:
    """Link a pair as a person decided: ``duplicates``, ``same-event``, or ``distinct`` for a proposal that is rejected.

    Raises:
        BadInput, Hidden, Forbidden: as ``link``.
    """
    return link(workspace, actor, identifier, relation, other)


def trace_of(record: Record, kind: RecordType, values: Mapping[str, Any]) -> Trace:
    """Return what of a record is compared."""
    return _trace(record.id, values, kind, record.title, record.occurred)


def _near(
    workspace: Workspace, actor: Actor, subject: Trace, decided: set[str], language: str, limit: int
) -> tuple[Proposal, ...]:
    if subject.first is None or subject.last is None or (subject.last - subject.first).days > COARSEST_DAYS:
        return ()
    first, last = subject.first - timedelta(DAYS_APART + 7), subject.last + timedelta(DAYS_APART + 8)
    window = All((Compare("occurred", "at_least", first.isoformat()), Compare("occurred", "below", last.isoformat())))
    month = Compare("occurred", "equals", subject.first.replace(day=1).isoformat())
    found = find(
        workspace, actor, types=compared_types(workspace), condition=AnyOf((window, month)), limit=None
    ).records
    others: Iterable[Record] = [one for one in found if one.id not in decided and not one.withdrawn]
    types_of = workspace.mission.record_types
    by_id = {one.id: one for one in others}
    best = proposals(subject, (trace_of(one, types_of[one.type], one.values) for one in others))[:limit]
    return tuple(Proposal(line(workspace, by_id[one.other], language), one) for one in best)


def _trace(identifier: str, values: Mapping[str, Any], kind: RecordType, title: str, occurred: str = "") -> Trace:
    first, last = _days(values, kind, occurred)
    place = place_of(kind, values) or {}
    areas = tuple(str(value) for key, value in place.items() if key not in OWN)
    narrative = values.get("narrative", "")
    return Trace(
        id=identifier,
        first=first,
        last=last,
        lat=place.get("lat"),
        lon=place.get("lon"),
        radius_km=float(place.get("uncertainty_m") or 0) / 1000,
        place=str(place.get("name", "")),
        areas=areas,
        actors=_actors(values, kind),
        killed=killed_of(values),
        source=str(values.get("provider", "")),
        text=plain_text(f"{title} {narrative if isinstance(narrative, str) else ''}")[:600],
    )


def _days(values: Mapping[str, Any], kind: RecordType, occurred: str) -> tuple[date | None, date | None]:
    stated = (
        values.get(kind.times.get("occurred", "occurred_on")) or values.get("occurred_on") or values.get("occurred_at")
    )
    text = stated.get("on") if isinstance(stated, Mapping) else stated or occurred
    try:
        day = date.fromisoformat(str(text)[:10])
    except ValueError:
        return None, None
    precision = stated.get("precision", "day") if isinstance(stated, Mapping) else "day"
    if precision == "year":
        return day.replace(month=1, day=1), day.replace(month=12, day=31)
    if precision == "month":
        first = day.replace(day=1)
        return first, add_months(first, 1) - timedelta(1)
    off = values.get("days_uncertain")
    try:
        spread = timedelta(int(off)) if isinstance(off, int) else timedelta(0)
        return day - spread, day + spread
    except OverflowError:  # so uncertain that no day is told
        return None, None


def _actors(values: Mapping[str, Any], kind: RecordType) -> tuple[str, ...]:
    found: list[str] = []
    for key, definition in kind.fields.items():
        if key not in values or not set(key.split("_")) & set(ACTORS):
            continue
        labels = {option.key: option.label.en for option in definition.options}
        given = values[key] if isinstance(values[key], list) else [values[key]]
        found += [labels.get(one, one) for one in given if isinstance(one, str) and one != "unidentified"]
    return tuple(dict.fromkeys(found))
