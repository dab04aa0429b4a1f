"""The columns that a record type has in a table: one for each input of its form, with names and an HXL hashtag.

The same columns are written by exports and proposed for imports, so that a table that went out comes back in. A column's
``target`` is the name of the form's input: ``title``, ``place.lat``, ``victims.0.sex``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from remit.kernel.wording import Words
from remit.records.fields import field_kinds
from remit.records.types import FieldDefinition, RecordType

CASUALTIES = (
    "killed",
    "deaths",
    "injured",
    "wounded",
    "abducted",
    "displaced",
    "returned",
    "missing",
    "households",
    "persons",
)
"""Words in a field's key that make its number one of people affected."""
ALIASES: dict[str, tuple[str, ...]] = {
    "lat": ("lat", "latitude", "y"),
    "lon": ("lon", "lng", "long", "longitude", "x"),
    "grid": ("grid", "mgrs", "grid reference", "carroyage"),
    "uncertainty_m": ("uncertainty", "uncertainty m", "incertitude"),
    "place": ("place", "place name", "location", "locality", "lieu", "localité"),
    "date": ("date", "event date", "date of event", "date de l’événement"),
    "title": ("title", "titre"),
    "narrative": ("notes", "description", "narrative", "exposé", "récit"),
}
"""What people call the usual columns, beside a field's own key and labels."""


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column: the input that it fills, its field, its names, its hashtag, and whether it must be filled."""

    target: str
    field: FieldDefinition
    suffix: str
    label: Words
    names: tuple[str, ...]
    tag: str
    required: bool


def table_columns(kind: RecordType) -> Sequence[TableColumn]:
    """Return the columns of a type, in the order of its fields; of a group that repeats, those of its first row."""
    occurred = kind.times.get("occurred", "")
    return tuple(
        column
        for definition in kind.fields.values()
        for column in _of(definition, occurred)
        if definition.kind != "attachment"
    )


def _of(definition: FieldDefinition, occurred: str) -> Iterator[TableColumn]:
    if definition.kind == "group":
        first = ".0" if definition.repeats else ""
        for inner in definition.fields.values():
            for part in _of(inner, ""):
                yield TableColumn(
                    f"{definition.key}{first}.{part.target}", part.field, part.suffix,
                    Words(f"{definition.label.en}: {part.label.en}", f"{definition.label.fr} : {part.label.fr}"),
                    (f"{definition.key}{first}.{part.target}",), f"{part.tag}+{definition.key}", required=False,
                )  # fmt: skip
        return
    for one in field_kinds()[definition.kind].inputs(definition):
        suffix = one.name_suffix
        target = f"{definition.key}.{suffix}".rstrip(".")
        label = definition.label if not suffix else Words(
            f"{definition.label.en}: {one.label.en}", f"{definition.label.fr} : {one.label.fr}"
        )  # fmt: skip
        yield TableColumn(
            target, definition, suffix, label, _names(definition, target, suffix, label, occurred),
            tag_of(definition, suffix), required=definition.required and not suffix,
        )  # fmt: skip


def _names(definition: FieldDefinition, target: str, suffix: str, label: Words, occurred: str) -> tuple[str, ...]:
    own = (target, label.en, label.fr)
    if definition.kind == "place" and definition.key == "place":
        return own + ALIASES.get(suffix or "place", ())
    if not suffix and definition.key in ALIASES:
        return own + ALIASES[definition.key]
    if not suffix and definition.key == occurred:
        return own + ALIASES["date"]
    return own


def tag_of(definition: FieldDefinition, suffix: str = "") -> str:
    """Return the HXL hashtag of a column: a core tag of the standard, and attributes that make it the field's own."""
    key = "".join(character if character.isalnum() else "_" for character in definition.key.casefold())
    own = "" if definition.key == "place" else f"+{key}"
    if definition.kind == "place":
        return {"": "#loc+name", "lat": "#geo+lat", "lon": "#geo+lon", "grid": "#geo+mgrs"}.get(
            suffix, f"#geo+{suffix}"
        ) + own
    part = f"+{suffix}" if suffix else ""
    if definition.kind in ("date", "instant"):
        named = {"occurred_on": "occurred", "occurred_at": "occurred+at", "reported_at": "reported"}
        return f"#date+{named.get(key, key)}{part}"
    if definition.kind == "integer" and any(word in key for word in CASUALTIES):
        return f"#affected+{key}{part}"
    if definition.kind in ("integer", "decimal"):
        return f"#indicator+num+{key}{part}"
    if definition.kind == "money":
        return f"#value+{key}" if not suffix else f"#currency+{key}"
    if definition.kind in ("text", "narrative"):
        return "#description+" + key
    return f"#event+{key}{part}" if definition.kind in ("choice", "choices") else f"#meta+{key}{part}"
