"""Link what makes a record type a zone: its fields and moves, and the types that it watches."""

from __future__ import annotations

from collections.abc import Iterator

from remit.kernel.issues import Issue
from remit.missions.declarations.record_type import RecordTypeDeclared, ZoneDeclared
from remit.missions.link.conditions import linked_condition
from remit.missions.link.fields import Scope, scope_of
from remit.missions.link.names import Names
from remit.missions.problems import unknown_name
from remit.missions.read import Source

KINDS = (
    ("centre", "place"),
    ("radius_km", "decimal"),
    ("from", "instant"),
    ("until", "instant"),
    ("exceptions", "choices"),
)
"""The fields that a zone names, and the kind that each must be of."""


def linked_zone(
    names: Names, scope: Scope, declared: RecordTypeDeclared, zone: ZoneDeclared, source: Source
) -> Iterator[Issue]:
    """Yield what a zone names that its type, or a type that it watches, does not have."""
    for key, kind in KINDS:
        found = getattr(zone, "from_" if key == "from" else key)
        known = [name for name, field in scope.own.items() if field.kind == kind]
        if found and found not in known:
            yield unknown_name(source.where("zone", key), "field", found, known, scope.of)
    moves = tuple(declared.process.moves) if declared.process else ()
    for key, wanted in (("ordered_by", [zone.ordered_by]), ("ended_by", zone.ended_by)):
        for move in wanted:
            if move not in moves:
                yield unknown_name(source.where("zone", key), "move", move, moves, scope.of)
    for key, condition in zone.watches.items():
        yield from names.expect("type", key, source, "zone", "watches", key)
        read = names.types.get(key)
        if read is None or read.shape is None:
            continue
        watched = scope_of(key, read.shape, names.known("area level"))
        yield from linked_condition(names, watched, condition, source, "zone", "watches", key)
        choices = [name for name, field in watched.own.items() if field.kind == "choice"]
        if zone.ground and zone.ground not in choices:
            yield unknown_name(source.where("zone", "ground"), "choice", zone.ground, choices, key)
