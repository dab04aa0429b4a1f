"""Fields whose columns another has already: told with the field's line, before any record is counted.

Reads: the fields of a type. Each becomes columns of the type's table, those of a repeating group columns of its own table
(``remit.measures.layout``, which refuses the same at the snapshot: MEA-001).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from remit.kernel.issues import Issue
from remit.kernel.wording import same
from remit.missions.declarations.record_type import FieldDeclared
from remit.missions.problems import problem
from remit.missions.read import Source, Steps
from remit.records.fields import field_kinds
from remit.records.types import FieldDefinition

OF_RECORDS = (
    "record_id", "type", "kind", "number", "state", "level", "compartment", "component", "originator", "caveats",
    "invented", "withdrawn", "recorded_at", "occurred", "reported", "recorded_by",
)  # fmt: skip
"""The columns that every record has (a test holds them equal to those of the snapshot)."""

SHARED = {"title": "text", "occurred_on": "date", "occurred_at": "instant", "reported_at": "instant"}
"""Columns that every record has and a field of the same name fills itself, where it is of this type."""

OF_ROWS = ("record_id", "item")
"""The columns that every row of a repeating group has."""


def linked_columns(
    fields: Mapping[str, FieldDeclared], area_levels: tuple[str, ...], source: Source
) -> Iterator[Issue]:
    """Yield MIS-063 for a field that needs a column every record or row has, MIS-070 for two fields that need one."""
    yield from _table(fields, area_levels, source, ("fields",), {**dict.fromkeys(OF_RECORDS, ""), **SHARED})
    for key, definition in fields.items():
        if definition.kind == "group" and definition.repeats:
            at = ("fields", key, "fields")
            yield from _table(definition.fields, area_levels, source, at, dict.fromkeys(OF_ROWS, ""))


def taken(source: Source, at: Steps, key: str, name: str) -> Issue:
    """Return MIS-063: the field at a place needs a name that every record or row has."""
    return problem(
        "MIS-063",
        source.where(*at),
        f"Every record or row has a “{name}” already; the field “{key}” cannot have its name.",
        f"Toute fiche ou ligne a déjà un « {name} » ; le champ « {key} » ne peut pas porter ce nom.",
        "Give the field another name.",
        "Donnez un autre nom au champ.",
    )


def _table(
    fields: Mapping[str, FieldDeclared],
    area_levels: tuple[str, ...],
    source: Source,
    at: Steps,
    given: Mapping[str, str],
) -> Iterator[Issue]:
    """Yield the clashes inside one table; ``given`` are its own columns, with the type that a field may fill (else "")."""
    owners: dict[str, str] = {}
    for steps, key, name, kind in _columns(fields, area_levels, at):
        if name in given and kind != given[name]:
            yield taken(source, steps, key, name)
        elif owners.setdefault(name, key) != key:
            yield problem(
                "MIS-070",
                source.where(*steps),
                f"The fields “{owners[name]}” and “{key}” both need the column “{name}”.",
                f"Les champs « {owners[name]} » et « {key} » ont tous deux besoin de la colonne « {name} ».",
                "Give one of them another name.",
                "Donnez un autre nom à l’un d’eux.",
            )


def _columns(
    fields: Mapping[str, FieldDeclared], area_levels: tuple[str, ...], at: Steps, prefix: str = ""
) -> Iterator[tuple[Steps, str, str, str]]:
    """Yield where a field stands, how it is named, and each of its columns: name and type."""
    for key, declared in fields.items():
        steps, named = (*at, key), prefix.replace("_", ".") + key
        if declared.kind == "group":
            if not declared.repeats:
                yield from _columns(declared.fields, area_levels, (*steps, "fields"), f"{prefix}{key}_")
            continue
        if (kind := field_kinds().get(declared.kind)) is None:
            continue
        definition = FieldDefinition(
            key, declared.kind, same(key), many=declared.many, settings={"area_levels": area_levels}
        )
        columns = {column.name: column.type for column in kind.columns(definition)}
        if declared.kind == "place" and not declared.many:
            columns |= {f"{key}_{level}": "text" for level in area_levels}
        for name, type_ in columns.items():
            yield steps, named, prefix + name, type_
