"""The situation: map, list and months are one selection of what the reader may see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from remit.kernel.evaluation import value_of
from remit.kernel.wording import Words
from remit.records.actors import Actor
from remit.records.record import Record
from remit.records.types import KINDS, ClassificationLevel
from remit.services.list_page import Choice, Filter
from remit.services.looking import find
from remit.services.showing import Line, line, place_field, place_of, strictest
from remit.services.workspace import Workspace

LIMIT = 2000
"""How many records are drawn; beyond that the page says how many are not."""
LISTED = 60
MONTHS_SHOWN = 36
"""With more months than this, the bars are years."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A record on the map. ``shape`` tells its kind; ``uncertainty_m`` the radius within which it lies."""

    line: Line
    lat: float
    lon: float
    uncertainty_m: float
    place: str
    shape: str


@dataclass(frozen=True, slots=True)
class MonthBar:
    """A month of the time filter: how many records of the rest of the selection fall in it."""

    month: str
    count: int
    share: int
    chosen: bool

    @property
    def top(self) -> int:
        """Where the bar begins, of 100 from above."""
        return 100 - self.share


@dataclass(frozen=True, slots=True)
class Situation:
    """One selection, drawn three ways."""

    spots: tuple[Spot, ...]
    lines: tuple[Line, ...]
    places: Mapping[str, str]
    total: int
    drawn: int
    without_place: int
    months: tuple[MonthBar, ...]
    filters: tuple[Filter, ...]
    level: ClassificationLevel
    invented: bool


SHAPES = {
    "event": "circle",
    "report": "triangle",
    "finding": "diamond",
    "action": "square",
    "effect": "square",
    "register": "cross",
}


def situation(workspace: Workspace, actor: Actor, params: Mapping[str, str], language: str) -> Situation:
    """Return the selection that the parameters make: ``kind``, ``type``, ``month`` (YYYY-MM) and an area level (``region``)."""
    mission = workspace.mission
    placed = [
        key for key, kind in mission.record_types.items() if not kind.abstract and not kind.system and place_field(kind)
    ]
    level = mission.area_levels[0] if mission.area_levels else ""
    everything = find(workspace, actor, types=placed, order="-occurred", limit=None).records if placed else ()
    wanted = {name: params.get(name, "") for name in ("kind", "type", level, "month") if name}

    def meets(record: Record, *, but: str = "") -> bool:
        return all(
            not value or name == but or _meets(_facet(workspace, record, name, level), name, value)
            for name, value in wanted.items()
        )

    chosen = [record for record in everything if meets(record)]
    spots = [spot for record in chosen if (spot := spot_of(workspace, record, language)) is not None]
    lines = tuple(line(workspace, record, language) for record in chosen[:LISTED])
    filters = [_kinds(everything, meets, wanted), _types(workspace, everything, meets, wanted)]
    if level:
        filters.append(_areas(workspace, everything, meets, wanted, level))
    return Situation(
        spots=tuple(spots[:LIMIT]),
        lines=lines,
        places={record.id: _place_name(workspace, record) for record in chosen[:LISTED]},
        total=len(chosen),
        drawn=min(len(spots), LIMIT),
        without_place=len(chosen) - len(spots),
        months=_months(everything, meets, wanted["month"]),
        filters=tuple(one for one in filters if one.choices),
        level=strictest(chosen),
        invented=any(record.invented for record in chosen),
    )


def features(found: Situation) -> Mapping[str, Any]:
    """Return the spots of a selection as GeoJSON points."""
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "geometry": {"type": "Point", "coordinates": [spot.lon, spot.lat]},
                "properties": {
                    "id": spot.line.id,
                    "number": spot.line.number,
                    "title": spot.line.title,
                    "type": spot.line.type,
                    "kind": spot.line.kind,
                    "shape": spot.shape,
                    "verified": spot.line.verified,
                    "invented": spot.line.invented,
                    "occurred": spot.line.occurred,
                    "place": spot.place,
                    "uncertainty_m": spot.uncertainty_m,
                },
            }
            for spot in found.spots
        ],
    }


def areas(workspace: Workspace, language: str) -> Mapping[str, Any]:
    """Return the mission's areas of the first level as GeoJSON, and its named places as points; approximate ones say so."""
    mission = workspace.mission
    first = mission.area_levels[0] if mission.area_levels else ""
    shapes = [
        {
            "type": "Feature",
            "geometry": {"type": "MultiPolygon", "coordinates": [[[list(p) for p in ring]] for ring in area.rings]},
            "properties": {
                "key": area.key,
                "name": area.label.in_(language),
                "approximate": area.approximate,
                "what": "area",
            },
        }
        for area in mission.areas.values()
        if area.level == first and area.rings
    ]
    points = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [place.lon, place.lat]},
            "properties": {"key": key, "name": place.label.in_(language), "what": "place"},
        }
        for key, place in mission.places.items()
    ]
    return {"type": "FeatureCollection", "features": [*shapes, *points]}


def _meets(found: str, name: str, wanted: str) -> bool:
    """Return whether a value is the one wanted; of times, a year holds its months."""
    return found.startswith(wanted) if name == "month" else found == wanted


def _facet(workspace: Workspace, record: Record, name: str, level: str) -> str:
    if name == "month":
        return record.occurred[:7]
    if name == level:
        kind = workspace.mission.record_types[record.type]
        return str(value_of(record.values, f"{place_field(kind)}.{level}") or "")
    return str(getattr(record, name))


def spot_of(workspace: Workspace, record: Record, language: str) -> Spot | None:
    """Return where a record stands on the map, ``None`` where it has no coordinates."""
    kind = workspace.mission.record_types[record.type]
    place = place_of(kind, record.values)
    if place is None or not isinstance(place.get("lat"), int | float) or not isinstance(place.get("lon"), int | float):
        return None
    return Spot(
        line=line(workspace, record, language),
        lat=float(place["lat"]),
        lon=float(place["lon"]),
        uncertainty_m=float(place.get("uncertainty_m") or 0),
        place=_place_name(workspace, record),
        shape=kind.symbol if kind.symbol in SHAPES.values() else SHAPES.get(record.kind, "circle"),
    )


def _place_name(workspace: Workspace, record: Record) -> str:
    place = place_of(workspace.mission.record_types[record.type], record.values)
    if place is None:
        return ""
    return str(place.get("name") or next((str(place[a]) for a in workspace.mission.area_levels if place.get(a)), ""))


def _kinds(records: Sequence[Record], meets: Any, wanted: Mapping[str, str]) -> Filter:
    labels = {
        "event": Words("Events", "Événements"), "report": Words("Reports", "Signalements"),
        "finding": Words("Findings", "Constats"), "action": Words("Actions", "Actions"),
        "effect": Words("Effects", "Effets"), "register": Words("Registers", "Registres"),
    }  # fmt: skip
    counts = Counter(record.kind for record in records if meets(record, but="kind"))
    choices = tuple(Choice(key, labels[key], counts[key], wanted["kind"] == key) for key in KINDS if counts[key])
    return Filter("kind", Words("Kind", "Nature"), choices)


def _types(workspace: Workspace, records: Sequence[Record], meets: Any, wanted: Mapping[str, str]) -> Filter:
    counts = Counter(record.type for record in records if meets(record, but="type"))
    choices = tuple(
        Choice(key, kind.plural, counts[key], wanted["type"] == key)
        for key, kind in workspace.mission.record_types.items()
        if counts[key]
    )
    return Filter("type", Words("Type", "Type"), choices)


def _areas(
    workspace: Workspace, records: Sequence[Record], meets: Any, wanted: Mapping[str, str], level: str
) -> Filter:
    counts = Counter(_facet(workspace, record, level, level) for record in records if meets(record, but=level))
    choices = tuple(
        Choice(key, area.label, counts[key], wanted[level] == key)
        for key, area in workspace.mission.areas.items()
        if area.level == level and counts[key]
    )
    label = Words("Region", "Région") if level == "region" else Words(level.capitalize(), level.capitalize())
    return Filter(level, label, choices)


def _months(records: Sequence[Record], meets: Any, chosen: str) -> tuple[MonthBar, ...]:
    times = [record.occurred[:7] for record in records if len(record.occurred) >= 7 and meets(record, but="month")]
    fine = len(set(times)) <= MONTHS_SHOWN
    counts = Counter(times if fine else (time[:4] for time in times))
    top = max(counts.values(), default=1)
    return tuple(
        MonthBar(month, count, max(2, round(100 * count / top)), month == chosen)
        for month, count in sorted(counts.items())
    )
