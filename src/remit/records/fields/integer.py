"""``integer``: a whole number. Settings: ``minimum`` (0 unless stated), ``maximum``, ``approximate``.

An approximate one is ``{"number": 6, "qualifier": "at-least"}`` (``exact``, ``about``, ``at-least``): what a witness said
is kept as it was said, and figures say that they rest on it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from remit.kernel.errors import BadInput
from remit.kernel.issues import Issue
from remit.kernel.numbers import read_number, show_number
from remit.kernel.wording import Words
from remit.records.field_kind import Column, Context, FieldKind, Given, Input, expected, from_error
from remit.records.types import FieldDefinition, Option

QUALIFIERS = (
    Option("exact", Words("exactly", "exactement")),
    Option("about", Words("about", "environ")),
    Option("at-least", Words("at least", "au moins")),
)
_SAID = {
    "about": r"about|around|approximately|environ|à peu près|~",
    "at-least": r"at least|au moins|≥|>=|not fewer than",
}
_KEYS = tuple(option.key for option in QUALIFIERS)


LARGEST = 2**53 - 1
"""The largest whole number that JSON carries everywhere (RFC 8785)."""


class Integer(FieldKind):
    """A whole number, exact or as approximate as it was said."""

    key = "integer"

    def read_one(self, raw: Any, definition: FieldDefinition, context: Context) -> tuple[Any, tuple[Issue, ...]]:
        """Read a number, digits, or for an approximate one “at least 6”, “environ 6”, ``{number, qualifier}``."""
        approximate = bool(definition.settings.get("approximate"))
        given, qualifier = _parted(raw) if approximate else (raw, "exact")
        if qualifier not in _KEYS:
            known = ", ".join(_KEYS)
            en, fr = f"a number and a qualifier among {known}", f"un nombre et une précision parmi {known}"
            return expected("REC-014", definition, raw, en, fr)
        if isinstance(given, str):
            try:
                given = float(read_number(given, whole=True))
            except BadInput as error:
                return None, (from_error("REC-014", definition.key, error),)
        if isinstance(given, float) and given.is_integer():
            given = int(given)
        if isinstance(given, bool) or not isinstance(given, int):
            return expected("REC-014", definition, raw, "a whole number", "un nombre entier")
        lowest, highest = definition.settings.get("minimum", 0), definition.settings.get("maximum", LARGEST)
        if not lowest <= given <= highest:
            en, fr = bounds(lowest, highest if "maximum" in definition.settings or given > highest else None)
            return expected("REC-015", definition, given, en, fr)
        return ({"number": given, "qualifier": qualifier} if approximate else given), ()

    def show_one(self, value: Any, definition: FieldDefinition, language: str) -> str:
        """Show “at least 1,200” or “au moins 1 200”."""
        if not isinstance(value, Mapping):
            return show_number(value, language)
        number, qualifier = show_number(value["number"], language), value.get("qualifier", "exact")
        said = next(option.label for option in QUALIFIERS if option.key == qualifier).in_(language)
        return number if qualifier == "exact" else f"{said} {number}"

    def schema_one(self, definition: FieldDefinition) -> dict[str, Any]:
        """Return an integer's schema, or that of number and qualifier."""
        number: dict[str, Any] = {"type": "integer", "minimum": definition.settings.get("minimum", 0)}
        if "maximum" in definition.settings:
            number["maximum"] = definition.settings["maximum"]
        if not definition.settings.get("approximate"):
            return number
        return {
            "type": "object",
            "properties": {"number": number, "qualifier": {"enum": list(_KEYS)}},
            "required": ["number", "qualifier"],
            "additionalProperties": False,
        }

    def columns_one(self, definition: FieldDefinition) -> tuple[Column, ...]:
        """Return the number and, for an approximate one, its qualifier."""
        own = Column(definition.key, "integer")
        return (
            (own, Column(f"{definition.key}_qualifier", "text")) if definition.settings.get("approximate") else (own,)
        )

    def cells_one(self, value: Any, definition: FieldDefinition) -> dict[str, Any]:
        """Return number and qualifier."""
        if isinstance(value, Mapping):
            return {definition.key: value["number"], f"{definition.key}_qualifier": value.get("qualifier", "exact")}
        qualifier = {f"{definition.key}_qualifier": "exact"} if definition.settings.get("approximate") else {}
        return {definition.key: value, **qualifier}

    def inputs(self, definition: FieldDefinition) -> tuple[Input, ...]:
        """Return a number, and a choice of how exact it is."""
        lowest, highest = definition.settings.get("minimum", 0), definition.settings.get("maximum", "")
        number = Input(
            "", "number", definition.label, (), definition.required, definition.help, "1", str(lowest), str(highest)
        )
        how = Input("qualifier", "select", Words("How exact", "Précision"), QUALIFIERS)
        return (number, how) if definition.settings.get("approximate") else (number,)

    def from_inputs(self, given: Given) -> Any:
        """Join number and qualifier."""
        number = given.get("", "")
        return {"number": number, "qualifier": given["qualifier"]} if number and given.get("qualifier") else number

    def to_inputs(self, value: Any, definition: FieldDefinition) -> dict[str, str | list[str]]:
        """Part number and qualifier."""
        if isinstance(value, Mapping):
            return {"": str(value["number"]), "qualifier": str(value.get("qualifier", "exact"))}
        return super().to_inputs(value, definition)


def _parted(raw: Any) -> tuple[Any, str]:
    """Part “at least 6” or ``{number, qualifier}`` into number and qualifier; a mapping of other keys gives "" for it."""
    if isinstance(raw, Mapping):
        known = not set(raw) - {"number", "qualifier"}
        return raw.get("number"), str(raw.get("qualifier") or "exact") if known else ""
    if isinstance(raw, str):
        for key, pattern in _SAID.items():
            if said := re.fullmatch(rf"(?:{pattern})\s*(.+)", raw.strip(), re.IGNORECASE):
                return said[1], key
    return raw, "exact"


def bounds(lowest: Any, highest: Any) -> tuple[str, str]:
    """Say in English and French between which numbers a value must lie; ``None`` leaves a side open."""
    if lowest is None:
        return f"at most {highest}", f"{highest} au plus"
    if highest is None:
        return f"at least {lowest}", f"{lowest} au moins"
    return f"between {lowest} and {highest}", f"entre {lowest} et {highest}"


KIND = Integer()
