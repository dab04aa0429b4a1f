"""What a condition, a list or a rule may name of one record type: envelope, fields, and parts of their values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from remit.kernel.places import OWN
from remit.missions.declarations.record_type import FieldDeclared, RecordTypeDeclared

ENVELOPE = (
    "id", "type", "kind", "number", "state", "level", "compartment", "component", "caveats", "originator",
    "invented", "withdrawn", "recorded_at", "recorded_by", "occurred", "reported",
)  # fmt: skip
"""The keys of ``Record.envelope`` (a test holds them equal)."""

INSTANTS = ("recorded_at", "occurred", "reported")

PARTS: dict[str, tuple[str, ...]] = {
    "place": OWN,
    "date": ("on", "precision"),
    "integer": ("number", "qualifier"),
    "money": ("amount", "currency"),
    "attachment": ("sha256", "name"),
}
"""The named parts of structured values, by kind of field."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What may be named where a condition stands; ``states`` and ``options`` are the values that are known."""

    of: str
    fields: Mapping[str, FieldDeclared | None]
    states: tuple[str, ...] | None = None
    own: Mapping[str, FieldDeclared] = field(default_factory=dict)


def scope_of(key: str, declared: RecordTypeDeclared, area_levels: tuple[str, ...]) -> Scope:
    """Return what conditions over a record of a type may name."""
    fields: dict[str, FieldDeclared | None] = dict.fromkeys(ENVELOPE)
    fields |= _with_parts(declared.fields, area_levels)
    states = tuple(name for item in declared.process.states for name in item) if declared.process else None
    return Scope(key, fields, states, declared.fields)


def scope_of_rows(key: str, group: FieldDeclared, area_levels: tuple[str, ...]) -> Scope:
    """Return what conditions over a row of a repeating group may name."""
    return Scope(key, _with_parts(group.fields, area_levels), None, group.fields)


def _with_parts(declared: Mapping[str, FieldDeclared], area_levels: tuple[str, ...]) -> dict[str, FieldDeclared | None]:
    names: dict[str, FieldDeclared | None] = {}
    for key, definition in declared.items():
        names[key] = definition
        parts = (*PARTS.get(definition.kind, ()), *(area_levels if definition.kind == "place" else ()))
        names |= {f"{key}.{part}": None for part in parts}
        if definition.kind == "group" and not definition.repeats:
            names |= {f"{key}.{name}": inner for name, inner in _with_parts(definition.fields, area_levels).items()}
    return names
