"""What a reader sees of records that he may see: many at a time, with one question about all that they name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from remit.records.access import visible_values
from remit.records.actors import Actor
from remit.records.record import Record
from remit.records.released import released
from remit.records.types import RecordType
from remit.services.sight import type_of, visible_among
from remit.services.workspace import Workspace

_KEPT_BY_ID = ("record_ids", "entry_ids", "body", "listed")
"""Fields of frozen figures, corrections and products that hold the ids of records and entries."""


@dataclass(frozen=True, slots=True)
class Veiled:
    """A record without what the reader may not see, and the names of the fields withheld (none told outside)."""

    record: Record
    hidden: tuple[str, ...] = ()


def veiled(workspace: Workspace, actor: Actor, record: Record) -> Record:
    """Return the record without what the actor may not see.

    Left out are sensitive values, links to what is hidden, and for readers outside all that is not released.
    """
    return veil(workspace, actor, [record])[0].record


def veil(workspace: Workspace, actor: Actor, records: Sequence[Record]) -> list[Veiled]:
    """Return records as :func:`veiled` does, in their order, and what was withheld of each.

    Whether what they name and are linked to may be seen is asked once, of all of them together.
    """
    if actor.role.audience:
        audience = workspace.mission.audiences[actor.role.audience]
        levels = workspace.mission.area_levels
        return [Veiled(released(one, type_of(workspace, one), audience, levels)) for one in records]
    open_values = [visible_values(actor, one, type_of(workspace, one)) for one in records]
    kinds = [type_of(workspace, one) for one in records]
    named = {
        identifier
        for kind, (values, _) in zip(kinds, open_values, strict=True)
        for identifiers in _named(workspace, kind, values).values()
        for identifier in identifiers
    }
    named |= {link.other for one in records for link in one.links}
    seen = visible_among(workspace, actor, named)
    made = []
    for one, kind, (values, hidden) in zip(records, kinds, open_values, strict=True):
        closed = set(_closed(workspace, kind, values, seen))
        shown = {key: value for key, value in values.items() if key not in closed}
        links = tuple(link for link in one.links if link.other in seen)
        made.append(Veiled(replace(one, values=shown, links=links), tuple(sorted({*hidden, *closed}))))
    return made


def _closed(workspace: Workspace, kind: RecordType, values: Mapping[str, Any], seen: frozenset[str]) -> Iterator[str]:
    """Yield the fields that name a record which the reader may not see: its id alone would tell that there is one.

    What Remit itself keeps by id, of all records whatever their level, is handed to nobody: the way back of a figure
    shows what of it may be seen.
    """
    yield from (key for key in _KEPT_BY_ID if kind.system and key in values)
    yield from (key for key, named in _named(workspace, kind, values).items() if not seen.issuperset(named))


def _named(workspace: Workspace, kind: RecordType, values: Mapping[str, Any]) -> Mapping[str, Iterable[str]]:
    """Return the ids of records that fields name, by field."""
    return {
        key: [str(one) for one in (values[key] if isinstance(values[key], list) else [values[key]])]
        for key, definition in kind.fields.items()
        if definition.kind == "reference" and values.get(key) and definition.to in workspace.mission.record_types
    }
