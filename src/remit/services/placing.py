"""Places as a workspace knows them: the mission's gazetteer and areas, official areas and lists that were taken in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from remit.kernel.places import Place
from remit.kernel.wording import Words
from remit.missions.doubts import doubt_words, doubting
from remit.missions.locate import folded, locate
from remit.missions.mission import Area, Mission, NamedPlace
from remit.missions.official import OfficialIndex
from remit.missions.spelling import nearest_names, spelling
from remit.records.types import RecordType
from remit.records.values import read_changes
from remit.services.boundaries import ListedPlace, index_of, listed_places
from remit.services.entering import FieldContext
from remit.services.workspace import Workspace

LISTED_M = 5_000.0
"""A point of a list is a settlement's middle, no better than this."""


def locator(workspace: Workspace) -> Callable[[Place], Place]:
    """Return how places are located in a workspace.

    The mission's gazetteer and areas come first; a name that they do not know is looked for in its spellings, then in the
    lists of places taken in, and is taken only where it is that of one place. Then the official code is found by the point,
    and what contradicts itself is marked. What was given is never replaced.
    """
    mission = workspace.mission
    located = locate(mission)
    doubts = doubting(mission)

    # Each is a question to the journal: asked once, and only by what needs it.
    @cache
    def index() -> OfficialIndex | None:
        return index_of(workspace)

    @cache
    def names() -> Mapping[str, Sequence[ListedPlace]]:
        return listed_places(workspace)

    def whole(place: Place) -> Place:
        found = located(place)
        if found.lat is None and found.name:
            found = _by_spelling(found, mission) or _by_list(found, names(), mission, located) or found
        if found.lat is None or found.lon is None:
            return replace(found, doubt="")
        areas = index()
        official = areas.code_for(found.lon, found.lat, found.uncertainty_m) if areas else None
        code, valid = (official[0].code, official[1].valid_on) if official else (place.pcode, place.pcode_as_of)
        return replace(found, pcode=code, pcode_as_of=valid, doubt=doubts.doubt(found))

    return whole


def _by_spelling(place: Place, mission: Mission) -> Place | None:
    """Take the only named place whose name sounds the same, in the areas given."""
    wanted = spelling(place.name)
    fits = {
        one.key: one
        for one in mission.places.values()
        if any(spelling(name) == wanted for name in _names(one))
        and all(one.areas.get(k, v) == v for k, v in place.areas.items())
    }
    if len(fits) != 1:
        return None
    found = next(iter(fits.values()))
    around = found.uncertainty_m if place.uncertainty_m is None else place.uncertainty_m
    return replace(
        place,
        lat=found.lat,
        lon=found.lon,
        uncertainty_m=around,
        areas={**found.areas, **place.areas},
        basis="spelling",
    )


def _by_list(
    place: Place, names: Mapping[str, Sequence[ListedPlace]], mission: Mission, located: Callable[[Place], Place]
) -> Place | None:
    """Take the only place of that name in the lists, in the areas given."""
    fits = []
    for one in names.get(folded(place.name), ()):
        areas = located(Place(lat=one.lat, lon=one.lon)).areas
        if all(areas.get(level, key) == key for level, key in place.areas.items()):
            fits.append((one, areas))
    if len(fits) != 1:
        return None
    one, areas = fits[0]
    stated = named_areas(mission, one.areas)
    around = LISTED_M if place.uncertainty_m is None else place.uncertainty_m
    return replace(
        place, lat=one.lat, lon=one.lon, uncertainty_m=around, areas={**areas, **stated, **place.areas}, basis="list"
    )


def suggestions(workspace: Workspace, text: str, *, limit: int = 8) -> Sequence[tuple[str, float]]:
    """Return names of places most like a text, with their likeness of 100: the mission's own, and those of lists taken in."""
    own = [name for place in workspace.mission.places.values() for name in _names(place)]
    listed = [place.names[0] for places in listed_places(workspace).values() for place in places[:1]]
    seen: dict[str, float] = {}
    for name, likeness in nearest_names(text, dict.fromkeys([*own, *listed]), limit=3 * limit):
        seen.setdefault(name, likeness)
    return sorted(seen.items(), key=lambda pair: -pair[1])[:limit]


def doubt_of(workspace: Workspace, place: Mapping[str, object] | None) -> Words | None:
    """Return what contradicts itself in a place, in words; ``None`` for nothing."""
    return doubt_words(workspace.mission, str(place.get("doubt", ""))) if place else None


def doubts_while_entering(workspace: Workspace, kind: RecordType, raw: Mapping[str, Any]) -> Sequence[Words]:
    """Return what contradicts itself in the places of a record that is being entered, as far as they can be read."""
    context = FieldContext(locator(workspace), workspace.sources.clock())
    places = {key: raw[key] for key, one in kind.fields.items() if one.kind == "place" and raw.get(key)}
    values, _ = read_changes(kind, places, context)
    found = (doubt_of(workspace, value) for value in values.values() if isinstance(value, Mapping))
    return tuple(one for one in found if one is not None)


def named_areas(mission: Mission, names: Sequence[str]) -> dict[str, str]:
    """Return the mission's areas for names given from the coarsest level down: the finest one found, and what holds it.

    Names are compared without accents and case, within their own level. The mission's frame decides what lies in what: a
    district that its mission knows as a region of its own comes with that region, whatever an older file says.
    """
    found: dict[str, str] = {}
    for level, name in zip(mission.area_levels, names, strict=False):
        wanted = folded(name)
        fits = [area for area in mission.areas.values() if area.level == level and wanted in map(folded, _names(area))]
        if len(fits) == 1:
            found[level] = fits[0].key
            parent = mission.areas.get(fits[0].parent)
            while parent is not None:
                found[parent.level] = parent.key
                parent = mission.areas.get(parent.parent)
    return found


def _names(place: Area | NamedPlace) -> tuple[str, ...]:
    return (place.label.en, place.label.fr, *place.aliases)
