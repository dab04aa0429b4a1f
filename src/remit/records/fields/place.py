"""``place``: a point with its uncertainty, the words and grid reference as given, and the areas that it lies in.

The value is :meth:`remit.kernel.places.Place.to_json`. Settings: ``area_levels`` (columns of its table).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from remit.kernel.errors import BadInput
from remit.kernel.issues import Issue
from remit.kernel.numbers import read_number
from remit.kernel.places import OWN
from remit.kernel.places import Place as Somewhere
from remit.kernel.wording import Words
from remit.records.field_kind import Column, Context, FieldKind, Given, Input, expected, from_error, is_empty
from remit.records.types import FieldDefinition

_NUMBERS = {"lat": (-90, 90), "lon": (-180, 180), "uncertainty_m": (0, 40_000_000)}


class Place(FieldKind):
    """Where something is; its areas are found by the mission, or stay as given."""

    key = "place"

    def read_one(self, raw: Any, definition: FieldDefinition, context: Context) -> tuple[Any, tuple[Issue, ...]]:
        """Read a name, or ``{name, lat, lon, uncertainty_m, grid, <area level>}``; coordinates in degrees, WGS84."""
        if isinstance(raw, str):
            raw = {"name": raw}
        if not isinstance(raw, Mapping):
            return expected("REC-018", definition, raw, "a name or coordinates", "un nom ou des coordonnées")
        parts: dict[str, Any] = {}
        for key, given in raw.items():
            if is_empty(given):
                continue
            parts[str(key)], issues = _part(str(key), given, definition)
            if issues:
                return None, issues
        if ("lat" in parts) != ("lon" in parts):
            return expected(
                "REC-018", definition, raw, "latitude and longitude together", "la latitude avec la longitude"
            )
        try:
            place = context.locate(Somewhere.from_json(parts))
        except BadInput as error:
            return None, tuple(from_error(problem.code, definition.key, BadInput(problem)) for problem in error.issues)
        return place.to_json() or None, ()

    def show_one(self, value: Any, definition: FieldDefinition, language: str) -> str:
        """Show name, areas as keys where there is no name, grid reference or coordinates."""
        areas = [str(area) for key, area in value.items() if key not in OWN]
        if value.get("name"):
            return str(value["name"])
        if value.get("grid"):
            return str(value["grid"])
        if "lat" in value:
            return f"{value['lat']:.4f}, {value['lon']:.4f}"
        return ", ".join(area.replace("-", " ").title() for area in areas)

    def schema_one(self, definition: FieldDefinition) -> dict[str, Any]:
        """Return the schema of a place; any further key is an area level."""
        numbers = {key: {"type": "number", "minimum": low, "maximum": high} for key, (low, high) in _NUMBERS.items()}
        texts = {key: {"type": "string"} for key in OWN if key not in _NUMBERS}
        return {"type": "object", "properties": {**texts, **numbers}, "additionalProperties": {"type": "string"}}

    def columns_one(self, definition: FieldDefinition) -> tuple[Column, ...]:
        """Return coordinates, uncertainty, name, official code, and one column per area level of the settings."""
        key = definition.key
        numbers = tuple(Column(f"{key}_{part}", "decimal") for part in _NUMBERS)
        levels = definition.settings.get("area_levels", ())
        texts = (Column(f"{key}_name", "text"), Column(f"{key}_pcode", "text"))
        return (*numbers, *texts, *(Column(f"{key}_{level}", "text") for level in levels))

    def cells_one(self, value: Any, definition: FieldDefinition) -> dict[str, Any]:
        """Return those cells, and one per area that the place names."""
        areas = {f"{definition.key}_{level}": area for level, area in value.items() if level not in OWN}
        return {**{f"{definition.key}_{part}": value.get(part) for part in (*_NUMBERS, "name", "pcode")}, **areas}

    def inputs(self, definition: FieldDefinition) -> tuple[Input, ...]:
        """Return name, coordinates, uncertainty and grid reference."""
        return (
            Input("", "text", definition.label, (), definition.required, definition.help),
            Input("lat", "text", Words("Latitude (degrees)", "Latitude (degrés)")),
            Input("lon", "text", Words("Longitude (degrees)", "Longitude (degrés)")),
            Input("uncertainty_m", "text", Words("Uncertainty (metres)", "Incertitude (mètres)")),
            Input("grid", "text", Words("Grid reference (MGRS)", "Coordonnées de carroyage (MGRS)")),
        )

    def from_inputs(self, given: Given) -> Any:
        """Join the parts; areas that came hidden with a name stay with it."""
        parts = {("name" if key == "" else key): part for key, part in given.items() if not is_empty(part)}
        return parts or ""

    def to_inputs(self, value: Any, definition: FieldDefinition) -> dict[str, str | list[str]]:
        """Part it; areas are found anew when the form comes back."""
        value = value or {}
        return {"": str(value.get("name", "")), **{key: str(value.get(key, "")) for key in (*_NUMBERS, "grid")}}

    def words(self, value: Any, definition: FieldDefinition) -> str:
        """Return name, grid reference and areas."""
        return " ".join(
            str(part) for key, part in value.items() if key not in (*_NUMBERS, "basis", "pcode_as_of", "doubt")
        )


def _part(key: str, given: Any, definition: FieldDefinition) -> tuple[Any, tuple[Issue, ...]]:
    if key not in _NUMBERS:
        if isinstance(given, str):
            return " ".join(given.split()), ()
        return expected("REC-018", definition, given, f"text under “{key}”", f"un texte sous « {key} »")
    if isinstance(given, bool) or not isinstance(given, str | int | float):
        return expected("REC-018", definition, given, f"a number under “{key}”", f"un nombre sous « {key} »")
    try:
        number = float(read_number(given) if isinstance(given, str) else given)
    except BadInput as error:
        return None, (from_error("REC-018", definition.key, error),)
    lowest, highest = _NUMBERS[key]
    if lowest <= number <= highest:
        return number, ()
    en, fr = f"“{key}” between {lowest} and {highest}", f"« {key} » entre {lowest} et {highest}"
    return expected("REC-018", definition, given, en, fr)


KIND = Place()
