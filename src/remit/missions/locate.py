"""Locate: a name, a grid reference or coordinates as given → coordinates, uncertainty and the mission's areas.

What was given is never replaced: coordinates are not moved to a named place, and an area that was stated stays. Where
nothing is found, the place stays as it was given.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from shapely import STRtree
from shapely.geometry import MultiPolygon, Point, Polygon
from shapely.prepared import PreparedGeometry, prep

from remit.kernel.places import Place
from remit.missions.gridref import read_grid
from remit.missions.mission import Area, Mission, NamedPlace


@lru_cache(maxsize=8)
def locate(mission: Mission) -> Callable[[Place], Place]:
    """Return how places are located in a mission; it is built once for each loading of it.

    The function returned raises BadInput (GEO-001, GEO-002) for a grid reference that cannot be read.
    """
    gazetteer = Gazetteer.of(mission.places.values())
    outlines = Outlines(mission.areas)
    named_areas = _named_areas(mission.areas.values())

    def located(place: Place) -> Place:
        if place.lat is None and place.grid:
            square = read_grid(place.grid)
            place = replace(
                place, lat=square.lat, lon=square.lon, uncertainty_m=place.uncertainty_m or square.uncertainty_m
            )
        if place.lat is None and place.name:
            return _by_name(place, gazetteer, named_areas, mission.areas)
        if place.lat is None or place.lon is None:
            return replace(place, basis="given") if place.areas and not place.basis else place
        return _by_point(place, outlines)

    return located


def _by_name(
    place: Place, gazetteer: Gazetteer, named_areas: Mapping[str, Area | None], areas: Mapping[str, Area]
) -> Place:
    """Take the point and the areas of a named place; a name that is an area's gives the area and no point."""
    found = gazetteer.find(place.name, place.areas)
    if found is not None:
        given = dict(found.areas) | dict(place.areas)
        around = found.uncertainty_m if place.uncertainty_m is None else place.uncertainty_m
        return replace(place, lat=found.lat, lon=found.lon, uncertainty_m=around, areas=given, basis="gazetteer")
    area = named_areas.get(folded(place.name))
    if area is not None and not place.areas:
        return replace(place, areas=_with_parents(area, areas), basis="gazetteer")
    return replace(place, basis=place.basis or "given") if place.areas else place


def _by_point(place: Place, outlines: Outlines) -> Place:
    if place.areas:
        return replace(place, basis=place.basis or "given")
    areas = outlines.around(place.lon or 0.0, place.lat or 0.0)
    if not areas:
        return place
    basis = "approximate-areas" if any(area.approximate for area in areas) else "areas"
    return replace(place, areas={area.level: area.key for area in areas}, basis=basis)


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Named places by folded name and alias; a name may be that of several."""

    places: Mapping[str, tuple[NamedPlace, ...]]

    @classmethod
    def of(cls, places: Iterable[NamedPlace]) -> Gazetteer:
        """Index places by key, labels and aliases."""
        index: dict[str, tuple[NamedPlace, ...]] = {}
        for place in places:
            for name in {folded(name) for name in (place.key, place.label.en, place.label.fr, *place.aliases)}:
                index[name] = (*index.get(name, ()), place)
        return cls(index)

    def find(self, name: str, areas: Mapping[str, str]) -> NamedPlace | None:
        """Return the only place of that name in those areas; ``None`` where there is none, or more than one."""
        fits = [
            place
            for place in self.places.get(folded(name), ())
            if all(place.areas.get(level, key) == key for level, key in areas.items())
        ]
        return fits[0] if len(fits) == 1 else None


class Outlines:
    """The outlines of areas, ready to be asked which hold a point."""

    def __init__(self, areas: Mapping[str, Area]) -> None:
        self._areas = [area for area in areas.values() if area.rings]
        shapes = [MultiPolygon([Polygon(ring) for ring in area.rings]) for area in self._areas]
        self._prepared: list[PreparedGeometry[MultiPolygon]] = [prep(shape) for shape in shapes]
        self._sizes = [shape.area for shape in shapes]
        self._tree = STRtree(shapes)

    def around(self, lon: float, lat: float) -> tuple[Area, ...]:
        """Return the areas that hold a point, one a level; on a shared line the smaller one, then the first by key."""
        point = Point(lon, lat)
        near = [int(index) for index in self._tree.query(point)]
        inside = [index for index in near if self._prepared[index].intersects(point)]
        inside.sort(key=lambda index: (self._sizes[index], self._areas[index].key))
        by_level: dict[str, Area] = {}
        for index in inside:
            by_level.setdefault(self._areas[index].level, self._areas[index])
        return tuple(by_level.values())


def _named_areas(areas: Iterable[Area]) -> dict[str, Area | None]:
    """Index areas by folded name; ``None`` for a name of several that do not lie in one another."""
    index: dict[str, Area | None] = {}
    for area in areas:
        for name in {folded(name) for name in (area.key, area.label.en, area.label.fr, *area.aliases)}:
            index[name] = area if name not in index else _outer(index[name], area)
    return index


def _outer(one: Area | None, other: Area) -> Area | None:
    """Of a region and the district of its name, the region: it claims less."""
    if one is None:
        return None
    if one.parent == other.key:
        return other
    return one if other.parent == one.key else None


def _with_parents(area: Area, areas: Mapping[str, Area]) -> dict[str, str]:
    found: dict[str, str] = {}
    at: Area | None = area
    while at is not None and at.level not in found:
        found[at.level] = at.key
        at = areas.get(at.parent)
    return found


def folded(name: str) -> str:
    """Return a name without accents, case, hyphens and apostrophes, for comparing."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() else " " for c in plain.casefold()).split())
