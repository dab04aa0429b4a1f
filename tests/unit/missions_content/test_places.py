"""Areas and places: nothing lies between two areas or in both; events fall where the official areas put them."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest
import shapely
from shapely.geometry import Point, Polygon, shape
from shapely.ops import unary_union

from remit.kernel.places import Place
from remit.missions.locate import locate
from remit.missions.mission import Mission
from tests.unit.missions_content.conftest import Loaded

OLDER_FRAME = {"menaka": "gao", "taoudenit": "tombouctou"}
"""The frame of 2015 knows these two inside others."""
OFFICIAL_KEYS = {
    "ML01": "kayes", "ML02": "koulikoro", "ML03": "sikasso", "ML04": "segou", "ML05": "mopti",
    "ML06": "tombouctou", "ML07": "gao", "ML08": "kidal", "ML09": "bamako",
}  # fmt: skip


def _polygons(mission: Mission, level: str) -> dict[str, list[Polygon]]:
    return {key: [Polygon(ring) for ring in area.rings] for key, area in mission.areas.items() if area.level == level}


@pytest.fixture(scope="module")
def mission(loaded: Loaded) -> Mission:
    return loaded("minusma")


@pytest.mark.parametrize("level", ["region", "cercle"])
def test_areas_of_a_level_neither_overlap_nor_leave_gaps(mission: Mission, level: str) -> None:
    rings = [ring for rings in _polygons(mission, level).values() for ring in rings]
    assert all(ring.is_valid for ring in rings)
    assert shapely.coverage_is_valid(np.array(rings))
    whole = unary_union(rings)
    assert whole.geom_type == "Polygon"
    assert not whole.interiors


def test_cercles_make_up_their_region(mission: Mission) -> None:
    cercles = _polygons(mission, "cercle")
    for key, rings in _polygons(mission, "region").items():
        inside = [ring for name, own in cercles.items() if mission.areas[name].parent == key for ring in own]
        assert unary_union(rings).symmetric_difference(unary_union(inside)).area == pytest.approx(0, abs=1e-9)


def test_there_are_eleven_regions_and_every_line_says_that_it_is_approximate(mission: Mission) -> None:
    assert len(_polygons(mission, "region")) == 11
    assert all(area.approximate and area.source for area in mission.areas.values())


def test_every_place_lies_in_the_areas_that_it_names(mission: Mission) -> None:
    found = locate(mission)
    for key, place in mission.places.items():
        assert found(Place(lat=place.lat, lon=place.lon)).areas == dict(place.areas), key


def test_menaka_is_east_of_the_meridian(mission: Mission) -> None:
    assert mission.places["menaka"].lon > 2


@pytest.mark.parametrize("name", ["Tombouctou", "Timbuktu", "Indelimane", "SEVARE", "Gao", "Ber", "Aguelhoc"])
def test_names_are_found_as_people_spell_them(mission: Mission, name: str) -> None:
    place = locate(mission)(Place(name=name))
    assert place.lat is not None
    assert {"region", "cercle"} <= set(place.areas)


def test_events_fall_into_the_same_region_as_with_the_official_areas(mission: Mission, corpus: Path) -> None:
    file = corpus / "data/boundaries/mli_admbnda_adm1_gov_ocha_itos.geojson"
    official = {
        OFFICIAL_KEYS[feature["properties"]["admin1Pcod"]]: shape(feature["geometry"])
        for feature in json.loads(file.read_text(encoding="utf-8"))["features"]
    }
    found = locate(mission)
    with (corpus / "data/ucdp/ged211_whereprec12_mali.csv").open(encoding="utf-8", newline="") as stream:
        rows = [(float(row["latitude"]), float(row["longitude"])) for row in csv.DictReader(stream)]
    same = 0
    for lat, lon in rows:
        expected = next((key for key, area in official.items() if area.covers(Point(lon, lat))), "")
        region = found(Place(lat=lat, lon=lon)).areas.get("region", "")
        same += OLDER_FRAME.get(region, region) == expected
    assert len(rows) == 891
    assert same / len(rows) >= 0.97
