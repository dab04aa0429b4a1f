"""Records as GeoJSON (RFC 7946): WGS84, longitude first, one feature a record; a record without a point has no geometry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from remit.records.record import Record
from remit.records.types import RecordType
from remit.records.values import show_value

PLACES = 6
"""Decimals of a degree: a tenth of a metre."""


def feature_collection(records: Sequence[Record], kind: RecordType, language: str) -> dict[str, Any]:
    """Return the features; each says its level, and how far off its point may be."""
    features = [_feature(record, kind, language) for record in records]
    points = [one["geometry"]["coordinates"] for one in features if one["geometry"]]
    collection: dict[str, Any] = {"type": "FeatureCollection", "features": features}
    if points:
        lons, lats = [point[0] for point in points], [point[1] for point in points]
        collection["bbox"] = [min(lons), min(lats), max(lons), max(lats)]
    return collection


def _feature(record: Record, kind: RecordType, language: str) -> dict[str, Any]:
    place: Mapping[str, Any] = next((record.values[key] for key, one in kind.fields.items()
                  if one.kind == "place" and isinstance(record.values.get(key), Mapping)), {})  # fmt: skip
    geometry = None
    if "lat" in place and "lon" in place:
        geometry = {
            "type": "Point",
            "coordinates": [round(float(place["lon"]), PLACES), round(float(place["lat"]), PLACES)],
        }
    state = kind.process.states.get(record.state) if kind.process else None
    properties: dict[str, Any] = {
        "number": record.number,
        "type": kind.key,
        "type_label": kind.label.in_(language),
        "title": record.title,
        "state": record.state,
        "state_label": state.label.in_(language) if state else "",
        "level": record.level,
        "invented": record.invented,
        "occurred": record.occurred,
        "uncertainty_m": place.get("uncertainty_m"),
    }
    properties |= {f"place_{key}": value for key, value in place.items() if key not in ("lat", "lon", "uncertainty_m")}
    for key, definition in kind.fields.items():
        if key in record.values and definition.kind not in ("attachment", "place") and key not in properties:
            properties[key] = show_value(record.values[key], definition, language)
    return {"type": "Feature", "id": record.id, "geometry": geometry, "properties": properties}
