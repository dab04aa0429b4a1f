"""The map drawn on the server: what a page shows without JavaScript, on paper, and while the live map loads."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from remit.services.situation import Spot, areas
from remit.services.workspace import Workspace

WIDTH, HEIGHT, MARGIN = 900, 600, 24
METRES_PER_DEGREE = 111_320


@dataclass(frozen=True, slots=True)
class Mark:
    """A spot on the drawing: position and radius of uncertainty in its units."""

    spot: Spot
    x: float
    y: float
    radius: float


@dataclass(frozen=True, slots=True)
class Label:
    """A name on the drawing."""

    name: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """A map as paths and points of an SVG drawing of ``width`` by ``height``."""

    width: int
    height: int
    paths: tuple[str, ...]
    labels: tuple[Label, ...]
    places: tuple[Label, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class _Frame:
    west: float
    north: float
    scale: float
    shrink: float
    """How much shorter a degree of longitude is here."""
    left: float = MARGIN
    top: float = MARGIN

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        return (
            round(self.left + (lon - self.west) * self.shrink * self.scale, 1),
            round(self.top + (self.north - lat) * self.scale, 1),
        )


def drawing(base: Mapping[str, Any], spots: Sequence[Spot]) -> Drawing:
    """Return a drawing that holds all areas, places and spots, in an equirectangular projection true to scale at its middle."""
    areas = [one for one in base["features"] if one["properties"]["what"] == "area"]
    places = [one for one in base["features"] if one["properties"]["what"] == "place"]
    rings = [ring for area in areas for polygon in area["geometry"]["coordinates"] for ring in polygon]
    points = [tuple(point) for ring in rings for point in ring]
    points += [tuple(one["geometry"]["coordinates"]) for one in places] + [(spot.lon, spot.lat) for spot in spots]
    view = _view(points)
    return Drawing(
        WIDTH,
        HEIGHT,
        tuple("M" + "L".join("{} {}".format(*view.at(*point)) for point in ring) + "Z" for ring in rings),
        tuple(_label(area["properties"]["name"], _middle(area), view) for area in areas),
        _apart(
            [_label(one["properties"]["name"], one["geometry"]["coordinates"], view) for one in places], areas, view
        ),
        tuple(_mark(spot, view) for spot in spots),
    )


def around(workspace: Workspace, language: str, spot: Spot) -> Drawing:
    """Return a drawing of the mission's areas with one record on it."""
    return drawing(areas(workspace, language), [spot])


def _view(points: Sequence[tuple[float, ...]]) -> _Frame:
    if not points:
        return _Frame(-180, 90, 2, 1)
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    shrink = math.cos(math.radians((south + north) / 2)) or 1
    wide, high = max((east - west) * shrink, 0.2), max(north - south, 0.2)
    scale = min((WIDTH - 2 * MARGIN) / wide, (HEIGHT - 2 * MARGIN) / high)
    return _Frame(west, north, scale, shrink, (WIDTH - wide * scale) / 2, (HEIGHT - high * scale) / 2)


def _apart(labels: Sequence[Label], areas: Sequence[Mapping[str, Any]], view: _Frame) -> tuple[Label, ...]:
    """Return the labels with the names left out that would stand on one already drawn; the dots stay."""
    taken = [(x - 60.0, y - 14.0, x + 60.0, y + 4.0) for x, y in (view.at(*_middle(area)) for area in areas)]
    drawn = []
    for one in labels:
        box = (one.x, one.y - 8.0, one.x + 8.0 + 6.0 * len(one.name), one.y + 6.0)
        free = all(box[0] > b[2] or box[2] < b[0] or box[1] > b[3] or box[3] < b[1] for b in taken)
        if free:
            taken.append(box)
        drawn.append(one if free else Label("", one.x, one.y))
    return tuple(drawn)


def _mark(spot: Spot, view: _Frame) -> Mark:
    x, y = view.at(spot.lon, spot.lat)
    return Mark(spot, x, y, round(spot.uncertainty_m / METRES_PER_DEGREE * view.scale, 1))


def _label(name: str, point: Sequence[float], view: _Frame) -> Label:
    x, y = view.at(point[0], point[1])
    return Label(name, x, y)


def _middle(area: Mapping[str, Any]) -> tuple[float, float]:
    ring = max((polygon[0] for polygon in area["geometry"]["coordinates"]), key=len)
    return sum(p[0] for p in ring) / len(ring), sum(p[1] for p in ring) / len(ring)
