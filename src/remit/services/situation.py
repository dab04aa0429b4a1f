"""The situation: map, list and months are one selection of what the reader may see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from remit.kernel.conditions import All, Compare, Condition
from remit.kernel.numbers import digits
from remit.kernel.wording import Words
from remit.records.actors import Actor
from remit.records.record import Record
from remit.records.types import KINDS, LEVELS, ClassificationLevel, RecordType
from remit.services.list_page import Choice, Filter
from remit.services.looking import find, tallied
from remit.services.showing import Line, line, place_field, place_of
from remit.services.workspace import Workspace

LIMIT = 500
"""How many records are drawn, the latest; beyond that the page says how many are not."""
_COUNTED = ("kind", "type", "area", "month", "level", "invented")
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
    without_place: int
    """Of those that are drawn or would be: how many have no coordinates."""
    undrawn: int
    """How many more there are, older than those drawn."""
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
    """Return the selection that the parameters make: ``kind``, ``type``, ``month`` (YYYY-MM) and an area level (``region``).

    What it counts, it counts of all records that the reader may see; drawn are the latest, as many as a map can show.
    """
    mission = workspace.mission
    placed = [
        key for key, kind in mission.record_types.items() if not kind.abstract and not kind.system and place_field(kind)
    ]
    level = mission.area_levels[0] if mission.area_levels else ""
    wanted = {name: params.get(name, "") for name in ("kind", "type", level, "month") if name}
    counts = _Counts(tallied(workspace, actor, _COUNTED, types=placed) if placed else Counter(), wanted, level)
    found = find(
        workspace, actor, types=[key for key in placed if _is_wanted(mission.record_types[key], wanted)],
        condition=_in_month(wanted["month"]), area=wanted.get(level, ""), order="-occurred", limit=LIMIT,
    ).records if counts.total else ()  # fmt: skip
    spots = [spot for record in found if (spot := spot_of(workspace, record, language)) is not None]
    filters = [_kinds(counts, wanted), _types(workspace, counts, wanted)]
    if level:
        filters.append(_areas(workspace, counts, wanted, level))
    return Situation(
        spots=tuple(spots),
        lines=tuple(line(workspace, record, language) for record in found[:LISTED]),
        places={record.id: _place_name(workspace, record) for record in found[:LISTED]},
        total=counts.total,
        without_place=len(found) - len(spots),
        undrawn=counts.total - len(found),
        months=_months(counts, wanted["month"]),
        filters=tuple(one for one in filters if one.choices),
        level=max(counts.by("level"), key=LEVELS.index, default=LEVELS[0]),
        invented=True in counts.by("invented"),
    )


class _Counts:
    """How many records there are by what the filters choose."""

    def __init__(self, counts: Mapping[tuple[Any, ...], int], wanted: Mapping[str, str], level: str) -> None:
        self._counts = counts
        self._wanted = [
            (name, _COUNTED.index("area" if name == level else name), one) for name, one in wanted.items() if one
        ]
        self.total = sum(self.by("kind").values())

    def by(self, name: str, *, but: str = "") -> Counter[Any]:
        """Return the counts by a key, of what the filters choose but for one of them."""
        found: Counter[Any] = Counter()
        place = _COUNTED.index(name)
        for key, count in self._counts.items():
            if all(wish == but or _meets(key[at], wish, one) for wish, at, one in self._wanted):
                found[key[place]] += count
        return found


def _is_wanted(kind: RecordType, wanted: Mapping[str, str]) -> bool:
    return wanted["type"] in ("", kind.key) and wanted["kind"] in ("", kind.kind)


def _in_month(month: str) -> Condition | None:
    """Return the condition that a record occurred in a month or a year; ``None`` for any time, or a text that is neither."""
    year, _, part = month.partition("-")
    first, nth = digits(year), digits(part or "1")
    if first is None or nth is None:
        return None
    after = f"{year}-{nth + 1:02d}" if part else str(first + 1)
    return All((Compare("occurred", "at_least", month), Compare("occurred", "below", after)))


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


def _kinds(counts: _Counts, wanted: Mapping[str, str]) -> Filter:
    labels = {
        "event": Words("Events", "Événements"), "report": Words("Reports", "Signalements"),
        "finding": Words("Findings", "Constats"), "action": Words("Actions", "Actions"),
        "effect": Words("Effects", "Effets"), "register": Words("Registers", "Registres"),
    }  # fmt: skip
    found = counts.by("kind", but="kind")
    choices = tuple(Choice(key, labels[key], found[key], wanted["kind"] == key) for key in KINDS if found[key])
    return Filter("kind", Words("Kind", "Nature"), choices)


def _types(workspace: Workspace, counts: _Counts, wanted: Mapping[str, str]) -> Filter:
    found = counts.by("type", but="type")
    choices = tuple(
        Choice(key, kind.plural, found[key], wanted["type"] == key)
        for key, kind in workspace.mission.record_types.items()
        if found[key]
    )
    return Filter("type", Words("Type", "Type"), choices)


def _areas(workspace: Workspace, counts: _Counts, wanted: Mapping[str, str], level: str) -> Filter:
    found = counts.by("area", but=level)
    choices = tuple(
        Choice(key, area.label, found[key], wanted[level] == key)
        for key, area in workspace.mission.areas.items()
        if area.level == level and found[key]
    )
    label = Words("Region", "Région") if level == "region" else Words(level.capitalize(), level.capitalize())
    return Filter(level, label, choices)


def _months(counts: _Counts, chosen: str) -> tuple[MonthBar, ...]:
    found = counts.by("month", but="month")
    found.pop("", None)
    if len(found) > MONTHS_SHOWN:
        years: Counter[str] = Counter()
        for month, count in found.items():
            years[month[:4]] += count
        found = years
    top = max(found.values(), default=1)
    return tuple(
        MonthBar(month, count, max(2, round(100 * count / top)), month == chosen)
        for month, count in sorted(found.items())
    )
