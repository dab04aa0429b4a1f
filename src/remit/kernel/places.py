"""Places: a point with its uncertainty, the words and the grid reference as given, and the areas that it lies in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is. Coordinates are WGS84 degrees; ``uncertainty_m`` is a radius in metres.

    ``areas`` maps an area level of the mission (``region``, ``cercle``) to the area's key;
    ``basis`` says how they were found (``given``, ``gazetteer``, ``areas`` or ``approximate-areas``).
    """

    name: str = ""
    lat: float | None = None
    lon: float | None = None
    uncertainty_m: float | None = None
    grid: str = ""
    areas: Mapping[str, str] = field(default_factory=dict)
    basis: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return the place as the JSON value that records hold; empty parts are left out. Areas stand at the top level."""
        value: dict[str, Any] = {
            "name": self.name,
            "lat": self.lat,
            "lon": self.lon,
            "uncertainty_m": self.uncertainty_m,
            "grid": self.grid,
            "basis": self.basis,
        }
        return {k: v for k, v in value.items() if v not in (None, "")} | dict(self.areas)

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Place:
        """Read the JSON value that records hold; any unknown key is an area level."""
        own = {"name", "lat", "lon", "uncertainty_m", "grid", "basis"}
        return cls(
            **{key: value[key] for key in own if key in value},
            areas={key: str(area) for key, area in value.items() if key not in own},
        )
