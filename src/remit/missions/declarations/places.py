"""``places/*.yaml``: areas and named places, WGS84 degrees."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from remit.missions.declarations.values import Declaration, InWords, Key, Number, Text, Texts

Latitude = Annotated[Number, Field(ge=-90, le=90)]
Longitude = Annotated[Number, Field(ge=-180, le=180)]
Metres = Annotated[Number, Field(ge=0)]


def _point(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


Point = Annotated[tuple[Longitude, Latitude], BeforeValidator(_point)]


class AreaDeclared(Declaration):
    """An area: outer rings of [lon, lat]; the last point may repeat the first."""

    level: str
    label: InWords | None = None
    aliases: Texts = Field(default_factory=list)
    approximate: bool = True
    source: Text = ""
    parent: str = ""
    rings: list[Annotated[list[Point], Field(min_length=3)]] = Field(default_factory=list)


class PlaceDeclared(Declaration):
    """A named place: a point, the radius in metres within which it lies, and its areas."""

    label: InWords | None = None
    lat: Latitude
    lon: Longitude
    uncertainty_m: Metres | None = None
    areas: dict[str, str] = Field(default_factory=dict)
    aliases: Texts = Field(default_factory=list)
    source: Text = ""


class PlacesDeclared(Declaration):
    """``places/areas.yaml``, ``places/places.yaml``; one file may hold both."""

    version: Annotated[int, Field(ge=1)] = 1
    source: Text = ""
    uncertainty_m: Metres | None = None
    areas: dict[Key, AreaDeclared] = Field(default_factory=dict)
    places: dict[Key, PlaceDeclared] = Field(default_factory=dict)
