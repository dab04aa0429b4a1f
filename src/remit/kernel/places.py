"""Places: a point with its uncertainty, the words and the grid reference as given, and the areas that it lies in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

OWN = ("name", "lat", "lon", "uncertainty_m", "grid", "basis", "pcode", "pcode_as_of", "doubt")
"""The parts of a place that are not areas: an unknown key in its JSON value is an area level of the mission."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is. Coordinates are WGS84 degrees; ``uncertainty_m`` is a radius in metres.

    ``areas`` maps an area level of the mission (``region``, ``cercle``) to the area's key;
    ``basis`` says how they were found (``given``, ``gazetteer``, ``spelling``, ``list``, ``areas`` or ``approximate-areas``).
    ``pcode`` is the official code of the finest area that surely holds it, by the boundaries valid on ``pcode_as_of``.
    ``doubt`` says that the parts contradict each other: ``area:<key>:<km>``, the point is so far outside the area given;
    ``name:<name>:<km>``, so far from the place of that name.
    """

    name: str = ""
    lat: float | None = None
    lon: float | None = None
    uncertainty_m: float | None = None
    grid: str = ""
    areas: Mapping[str, str] = field(default_factory=dict)
    basis: str = ""
    pcode: str = ""
    pcode_as_of: str = ""
    doubt: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return the place as the JSON value that records hold; empty parts are left out. Areas stand at the top level."""
        value: dict[str, Any] = {key: getattr(self, key) for key in OWN}
        return {k: v for k, v in value.items() if v not in (None, "")} | dict(self.areas)

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Place:
        """Read the JSON value that records hold; any unknown key is an area level."""
        return cls(
            **{key: value[key] for key in OWN if key in value},
            areas={key: str(area) for key, area in value.items() if key not in OWN},
        )
