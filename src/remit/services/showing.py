"""What lists, maps and desks show of a record: one line, already in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from remit.kernel.wording import Words
from remit.records.fields import field_kinds
from remit.records.record import Record
from remit.records.types import LEVELS, ClassificationLevel, FieldDefinition, RecordType
from remit.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Line:
    """One record in one line. ``cells`` are the type's listed fields, shown; ``verified`` says how its symbol is filled."""

    id: str
    number: str
    title: str
    type: str
    type_label: Words
    kind: str
    state: str
    state_label: Words | None
    verified: bool
    level: ClassificationLevel
    compartment: str
    invented: bool
    withdrawn: bool
    occurred: str
    reported: str
    cells: tuple[str, ...] = ()


def state_label(kind: RecordType, state: str) -> Words | None:
    """Return the words of a state, ``None`` where the type has no process."""
    found = kind.process.states.get(state) if kind.process else None
    return found.label if found else None


def line(workspace: Workspace, record: Record, language: str) -> Line:
    """Return a record as one line; the record comes from ``looking``, so that it holds nothing the reader may not see."""
    kind = workspace.mission.record_types[record.type]
    state = kind.process.states.get(record.state) if kind.process else None
    return Line(
        id=record.id,
        number=record.number,
        title=_title(record, kind, language),
        type=record.type,
        type_label=kind.label,
        kind=record.kind,
        state=record.state,
        state_label=state.label if state else None,
        verified=state is not None and state.final and not record.withdrawn,
        level=record.level,
        compartment=record.compartment,
        invented=record.invented,
        withdrawn=record.withdrawn,
        occurred=record.occurred,
        reported=record.reported,
        cells=tuple(
            shown(record.values.get(key), kind.fields[key], language) for key in kind.listed if key in kind.fields
        ),
    )


def _title(record: Record, kind: RecordType, language: str) -> str:
    """Return what a record is called: its title field in words, its number where it has none."""
    definition, value = kind.fields.get(kind.title), record.values.get(kind.title)
    words = shown(value, definition, language) if definition is not None else ""
    return words or record.title or record.number


def shown(value: Any, definition: FieldDefinition, language: str) -> str:
    """Return a value in words, "" where there is none."""
    if value in (None, "", [], {}):
        return ""
    return field_kinds()[definition.kind].show(value, definition, language)


def strictest(records: Iterable[Record | Line]) -> ClassificationLevel:
    """Return the strictest level among records: the level of the page that shows them."""
    return max((record.level for record in records), key=LEVELS.index, default=LEVELS[0])


def place_of(kind: RecordType, values: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return the value of a record's first place field, ``None`` where it has none."""
    for key, definition in kind.fields.items():
        if definition.kind == "place" and isinstance(values.get(key), Mapping):
            found: Mapping[str, Any] = values[key]
            return found
    return None


def place_field(kind: RecordType) -> str:
    """Return the key of a type's first place field, "" where it has none."""
    return next((key for key, definition in kind.fields.items() if definition.kind == "place"), "")
