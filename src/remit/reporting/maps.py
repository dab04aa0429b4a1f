"""Maps as Vega-Lite specifications: areas filled by a number, drawn without a browser and without a network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from remit.measures.figures import Number
from remit.reporting.charts import FONT, INK, PAPER

WIDTH, HEIGHT = 520, 400
"""Pixels of the drawing."""
UNKNOWN = "#f0f2f4"
EDGE = "#9aa5ae"
SHADES = ["#d6e6f0", "#00699b"]
"""From few to many. One accent, of our own force: no party has a colour."""

Ring = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """An area: its name, its outer rings, its number (``None`` where none is known) and that number in words."""

    name: str
    rings: tuple[Ring, ...]
    value: Number | None
    label: str


def map_spec(shapes: Sequence[Shape]) -> dict[str, Any]:
    """Return the specification of a map of areas in Mercator's projection, each with its name and number."""
    drawn = [shape for shape in shapes if shape.rings]
    # A layer of their own: what has no number would be dropped from a layer that is filled by it.
    unknown = [_feature(shape) for shape in drawn if shape.value is None]
    counted = [_feature(shape) for shape in drawn if shape.value is not None]
    places = [
        {"lon": lon, "lat": lat, "name": shape.name, "label": shape.label}
        for shape in drawn
        for lon, lat in [_inside(shape)]
    ]
    known = [shape.value for shape in shapes if shape.value is not None]
    top = max([*known, 1])
    fill = {
        "field": "properties.value",
        "type": "quantitative",
        "scale": {"domain": [0, top], "range": SHADES},
        "legend": None,
    }
    edge = {"type": "geoshape", "stroke": EDGE, "strokeWidth": 0.8}
    place = {
        "longitude": {"field": "lon", "type": "quantitative"},
        "latitude": {"field": "lat", "type": "quantitative"},
    }

    def text(field: str, **mark: Any) -> dict[str, Any]:
        halo = {"type": "text", "fontSize": 11, "stroke": PAPER, "strokeWidth": 3, "opacity": 0.85, **mark}
        ink = {"type": "text", "fontSize": 11, "color": INK, **mark}
        encoding = place | {"text": {"field": field, "type": "nominal"}}
        return {
            "data": {"values": places},
            "layer": [{"mark": halo, "encoding": encoding}, {"mark": ink, "encoding": encoding}],
        }

    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": WIDTH,
        "height": HEIGHT,
        "background": PAPER,
        "projection": {"type": "mercator"},
        "layer": [
            {"data": {"values": unknown}, "mark": {**edge, "fill": UNKNOWN}},
            {"data": {"values": counted}, "mark": edge, "encoding": {"fill": fill}},
            text("name", dy=-7),
            text("label", dy=7, fontWeight="bold"),
        ],
        "config": {"font": FONT, "view": {"stroke": None}},
    }


def _feature(shape: Shape) -> dict[str, Any]:
    polygons = [[_clockwise(ring)] for ring in shape.rings]
    return {
        "type": "Feature",
        "properties": {"name": shape.name, "value": shape.value},
        "geometry": {"type": "MultiPolygon", "coordinates": polygons},
    }


def _clockwise(ring: Ring) -> list[list[float]]:
    """Return a ring as the sphere is drawn: clockwise, else all but the area would be filled."""
    points = [list(point) for point in ring]
    return points if _doubled_area(ring) < 0 else points[::-1]


def _doubled_area(ring: Ring) -> float:
    pairs = zip(ring, (*ring[1:], ring[0]), strict=True)
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)


def _inside(shape: Shape) -> tuple[float, float]:
    """Return where an area's name stands: inside its largest ring."""
    from shapely import Polygon  # noqa: PLC0415 - only maps need it

    point = Polygon(max(shape.rings, key=lambda ring: abs(_doubled_area(ring)))).representative_point()
    return point.x, point.y
