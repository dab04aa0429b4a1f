"""Places whose parts contradict each other: a point outside the area given, far from the place named, off the grid square given."""

from __future__ import annotations

from functools import lru_cache

from shapely.geometry import MultiPolygon, Point, Polygon
from shapely.ops import nearest_points

from remit.kernel.errors import BadInput
from remit.kernel.places import Place
from remit.kernel.wording import Words
from remit.missions.gridref import read_grid
from remit.missions.locate import Gazetteer
from remit.missions.mission import Mission
from remit.records.alike import distance_km

APPROXIMATE_KM = 20.0
"""How far outside a coarse line of the mission's own a point may lie before it is doubted; an exact line allows a kilometre."""
NAMED_KM = 25.0
"""How far from the place of its name a point may lie: things happen near a town and are told by its name."""


@lru_cache(maxsize=8)
def doubting(mission: Mission) -> Doubting:
    """Return what finds contradictions in a mission's places; built once for each loading of it."""
    return Doubting(mission)


class Doubting:
    """Finds contradictions."""

    def __init__(self, mission: Mission) -> None:
        self._mission = mission
        self._gazetteer = Gazetteer.of(mission.places.values())
        self._shapes = {
            key: MultiPolygon([Polygon(ring) for ring in area.rings])
            for key, area in mission.areas.items()
            if area.rings
        }

    def doubt(self, place: Place) -> str:
        """Return the gravest contradiction (``area:gao:134``, ``name:Ménaka:520``, ``grid:30Q YE 12:60``), "" for none."""
        if place.lat is None or place.lon is None:
            return ""
        allowed = (place.uncertainty_m or 0) / 1000
        for key in place.areas.values():
            if (km := self._outside(key, place.lon, place.lat)) > allowed + self._margin(key):
                return f"area:{key}:{km:.0f}"
        named = self._gazetteer.find(place.name, {}) if place.name else None
        if named is not None:
            km = distance_km(place.lat, place.lon, named.lat, named.lon)
            if km > allowed + (named.uncertainty_m or 0) / 1000 + NAMED_KM:
                return f"name:{place.name}:{km:.0f}"
        return self._off_the_grid(place, allowed)

    def _outside(self, key: str, lon: float, lat: float) -> float:
        shape = self._shapes.get(key)
        if shape is None or shape.covers(Point(lon, lat)):
            return 0.0
        near, _ = nearest_points(shape, Point(lon, lat))
        return distance_km(lat, lon, near.y, near.x)

    def _margin(self, key: str) -> float:
        area = self._mission.areas.get(key)
        return APPROXIMATE_KM if area is None or area.approximate else 1.0

    def _off_the_grid(self, place: Place, allowed: float) -> str:
        if not place.grid or place.lat is None or place.lon is None:
            return ""
        try:
            square = read_grid(place.grid)
        except BadInput:
            return ""
        km = distance_km(place.lat, place.lon, square.lat, square.lon)
        return f"grid:{place.grid}:{km:.0f}" if km > allowed + square.uncertainty_m / 1000 + 1 else ""


def doubt_words(mission: Mission, doubt: str) -> Words | None:
    """Return a doubt in words; ``None`` for none."""
    what, _, rest = doubt.partition(":")
    about, _, km = rest.rpartition(":")
    if what == "area":
        label = mission.areas[about].label if about in mission.areas else Words(about, about)
        return Words(f"The point lies {km} km outside {label.en}, which is given as its area.",
                     f"Le point est à {km} km hors de {label.fr}, indiqué comme sa zone.")  # fmt: skip
    if what == "name":
        return Words(
            f"The point lies {km} km from the place called {about}.", f"Le point est à {km} km du lieu appelé {about}."
        )
    if what == "grid":
        return Words(
            f"The point lies {km} km from the grid square {about}.", f"Le point est à {km} km du carré {about}."
        )
    return None
