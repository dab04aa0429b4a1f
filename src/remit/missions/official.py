"""Official areas: outlines with place codes, as an office published them for a date. Beside the mission's own areas, never in them.

A mission's frame and an official one need not agree: the mission may know as a region what the official frame of an earlier year
has as a district. Both are told, each with its date.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shapely import STRtree
from shapely.errors import ShapelyError
from shapely.geometry import Point, shape
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points

from remit.kernel.errors import BadInput
from remit.kernel.issues import Issue
from remit.kernel.wording import Words
from remit.missions.locate import folded
from remit.missions.spelling import spelling
from remit.records.alike import distance_km
from remit.records.providers.row import left_out, not_such

WHAT = Words("file of official areas", "fichier de zones officielles")
GIVE = Words(
    "a GeoJSON file of areas with their codes and names", "un fichier GeoJSON de zones avec leurs codes et leurs noms"
)
_CODE = (r"adm(?:in)?(\d)_?pcod(?:e)?", r"adm(?:in)?(\d)_?code")
_NAME = (
    r"adm(?:in)?(\d)_?name",
    r"adm(?:in)?(\d)_?(?:en|fr)",
    r"adm(?:in)?(\d)_?(?:ref|refn|alt|altn|al_1|alt1|alt2).*",
)
_DATE = ("validon", "valid_on", "date")


@dataclass(frozen=True, slots=True)
class OfficialArea:
    """One area: its code, its names, the codes of what it lies in from level 0, and its outline (WGS84 degrees)."""

    code: str
    name: str
    names: tuple[str, ...]
    parents: tuple[str, ...]
    outline: BaseGeometry


@dataclass(frozen=True, slots=True)
class OfficialSet:
    """The areas of one level for one date."""

    level: int
    valid_on: str
    areas: Mapping[str, OfficialArea]


def read_official(data: bytes, name: str, *, level: int | None = None) -> tuple[OfficialSet, Sequence[Issue]]:
    """Read areas of one level from GeoJSON (RFC 7946); the columns of codes and names are those of OCHA's boundary sets.

    Args:
        data: the file.
        name: its name.
        level: the administrative level; the deepest that has codes unless said.

    Raises:
        BadInput: IMP-002, it is not such a file, or has no codes, names or date.
    """
    try:
        whole = json.loads(data)
        features = [one for one in whole["features"] if isinstance(one["properties"], dict)]
    except (ValueError, TypeError, KeyError, RecursionError):
        raise not_such(
            WHAT, GIVE, name, "it is no GeoJSON collection of features", "ce n’est pas une collection GeoJSON"
        ) from None
    if not features:
        raise not_such(WHAT, GIVE, name, "it has no features", "il n’a pas d’objets")
    columns = list(features[0]["properties"])
    codes = _columns(columns, _CODE)
    deepest = max(codes, default=None) if level is None else level
    names = _columns(columns, _NAME)
    if deepest is None or deepest not in codes or deepest not in names:
        seen = ", ".join(columns[:10]) or "–"
        raise not_such(WHAT, GIVE, name, f"no columns of codes and names of a level are known (it has: {seen})",
                       f"aucune colonne de codes et de noms d’un niveau n’est reconnue (il a : {seen})")  # fmt: skip
    dated = [
        column
        for wanted in _DATE
        for column in columns
        if column.casefold().replace("_", "") == wanted.replace("_", "")
    ]
    areas: dict[str, OfficialArea] = {}
    issues: list[Issue] = []
    days: set[str] = set()
    for number, feature in enumerate(features, start=1):
        cells = {str(key): _text(value) for key, value in feature["properties"].items()}
        code = cells.get(codes[deepest][0], "")
        given = tuple(dict.fromkeys(text for column in names[deepest] if (text := cells.get(column, ""))))
        outline = _outline(feature.get("geometry"))
        if not code or not given or outline is None:
            issues.append(left_out("IMP-031", "the area has no code, no name or no outline that can be drawn",
                                   "la zone n’a pas de code, de nom ou de contour utilisable", number, name))  # fmt: skip
            continue
        if code in areas:
            issues.append(left_out("IMP-016", f"{code} stands twice", f"{code} figure deux fois", number, name))
            continue
        parents = tuple(cells.get(codes[one][0], "") for one in sorted(codes) if one < deepest)
        areas[code] = OfficialArea(code, given[0], given, parents, outline)
        days |= {
            day[0]
            for column in dated[:1]
            if (day := re.match(r"\d{4}-\d{2}-\d{2}", cells.get(column, "").replace("/", "-")))
        }
    if not areas:
        raise BadInput(issues)
    if not days:
        raise not_such(
            WHAT, GIVE, name, "no area says from which day it is valid", "aucune zone ne dit depuis quel jour elle vaut"
        )
    return OfficialSet(deepest, max(days), areas), issues


def _columns(columns: Sequence[str], patterns: Sequence[str]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for pattern in patterns:
        for column in columns:
            if form := re.fullmatch(pattern, column, re.IGNORECASE):
                found.setdefault(int(form[1]), []).append(column)
    return found


def _text(value: Any) -> str:
    return " ".join(str(value).split()) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _outline(geometry: Any) -> BaseGeometry | None:
    try:
        made = shape(geometry)
        if made.geom_type not in ("Polygon", "MultiPolygon") or made.is_empty:
            return None
        west, south, east, north = made.bounds
        if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
            return None
        return made if made.is_valid else made.buffer(0)
    except (ShapelyError, AttributeError, KeyError, TypeError, ValueError, IndexError, RecursionError):
        return None


class OfficialIndex:
    """Sets of several levels, ready to be asked which areas hold a point."""

    def __init__(self, sets: Sequence[OfficialSet]) -> None:
        self.sets = sorted(sets, key=lambda one: one.level)
        self._areas = {one.level: list(one.areas.values()) for one in self.sets}
        self._trees = {level: STRtree([area.outline for area in areas]) for level, areas in self._areas.items()}

    def holding(self, lon: float, lat: float, level: int) -> OfficialArea | None:
        """Return the area of a level that holds a point; on a line that two share, the first by code."""
        point = Point(lon, lat)
        near = [self._areas[level][int(index)] for index in self._trees[level].query(point)]
        inside = sorted((area for area in near if area.outline.covers(point)), key=lambda area: area.code)
        return inside[0] if inside else None

    def code_for(self, lon: float, lat: float, uncertainty_m: float | None) -> tuple[OfficialArea, OfficialSet] | None:
        """Return the finest area that holds a point with all of its uncertainty; of a point that is exact, the finest at all.

        A place that may lie in either of two districts is in their region, and no code says more than is known.
        """
        found: tuple[OfficialArea, OfficialSet] | None = None
        for one in self.sets:
            area = self.holding(lon, lat, one.level)
            if area is None:
                continue
            if uncertainty_m and not _within(area.outline, lon, lat, uncertainty_m):
                continue
            found = area, one
        return found

    def named(self, level: int, name: str, parent: str = "") -> OfficialArea | None:
        """Return the only area of that name in a level (inside another, where one is named by its code)."""
        wanted = folded(name)
        fits = [area for area in self._areas.get(level, ()) if any(folded(one) == wanted for one in area.names)
                and (not parent or parent in area.parents)]  # fmt: skip
        return fits[0] if len(fits) == 1 else None

    def spelt(self, level: int, name: str, parent: str = "") -> OfficialArea | None:
        """Return the only area whose name is spelt otherwise but sounds the same (Koulikoro, Koulikouro)."""
        wanted = spelling(name).replace("o", "u")
        fits = [
            area
            for area in self._areas.get(level, ())
            if any(spelling(one).replace("o", "u") == wanted for one in area.names)
            and (not parent or parent in area.parents)
        ]
        return fits[0] if len(fits) == 1 else None

    def by_code(self, code: str) -> tuple[OfficialArea, OfficialSet] | None:
        """Return the area of a code."""
        return next(((one.areas[code], one) for one in self.sets if code in one.areas), None)


def _within(outline: BaseGeometry, lon: float, lat: float, metres: float) -> bool:
    """Return whether a circle lies in an outline: its middle and eight points of its rim (a line between them is some 3 % in)."""
    north = metres / 111_195
    east = north / max(math.cos(math.radians(lat)), 0.01)
    rim = (
        (lon + east * math.sin(turn), lat + north * math.cos(turn)) for turn in (math.pi / 4 * nth for nth in range(8))
    )
    return all(outline.covers(Point(*at)) for at in rim)


@dataclass(frozen=True, slots=True)
class Astray:
    """A place whose point lies outside the area that is stated for it: how far, in degrees and kilometres, and where it lies."""

    line: int
    name: str
    stated: str
    stated_name: str
    lies_in: str
    lies_in_name: str
    degrees: float
    km: float


def astray(index: OfficialIndex, line: int, name: str, code: str, lon: float, lat: float) -> Astray | None:
    """Return how far a point is from the area stated for it; ``None`` where it lies in it, or the code is not known."""
    found = index.by_code(code)
    if found is None:
        return None
    area, one = found
    point = Point(lon, lat)
    if area.outline.covers(point):
        return None
    near, _ = nearest_points(area.outline, point)
    there = index.holding(lon, lat, one.level)
    return Astray(line, name, code, area.name, there.code if there else "", there.name if there else "",
                  round(float(area.outline.distance(point)), 4), round(distance_km(lat, lon, near.y, near.x), 1))  # fmt: skip
