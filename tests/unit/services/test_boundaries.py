"""Official areas in a workspace: codes with their date, names in their spellings, places that contradict themselves."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remit.kernel.errors import BadInput, RemitError
from remit.kernel.places import Place
from remit.missions.official import OfficialIndex, read_official
from remit.missions.spelling import nearest_names, spelling
from remit.services.boundaries import check_places, code_by_names, index_of, lost_place, read_places
from remit.services.placing import doubt_of, locator, suggestions
from remit.services.taking_boundaries import take_areas, take_places
from tests.unit.services.exercise import FERRY, Exercise


def square(code: str, name: str, west: float, south: float, side: float, **parents: str) -> dict[str, Any]:
    """Return an invented area: a square."""
    ring = [[west, south], [west + side, south], [west + side, south + side], [west, south + side], [west, south]]
    level = (len(code) - 2) // 2
    cells = {f"admin{level}Name": name, f"admin{level}Pcod": code, "validOn": "2019-04-08", **parents}
    return {"type": "Feature", "properties": cells, "geometry": {"type": "Polygon", "coordinates": [ring]}}


def collection(*features: dict[str, Any]) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": list(features)}).encode()


REGIONS = collection(square("TL01", "North", -120, -41, 1), square("TL02", "South", -120, -42, 1))
DISTRICTS = collection(
    square("TL0101", "Ferry", -119.6, -40.8, 0.4, admin1Name="North", admin1Pcod="TL01"),
    square("TL0102", "Hill", -119.2, -40.8, 0.4, admin1Name="North", admin1Pcod="TL01"),
)
PLACES = (
    "featureNam,longitude,latitude,admin1Name,admin1Pcod,admin2Name,admin2Pcod\n"
    "Old Landing,-119.44,-40.62,North,TL01,Ferry,TL0101\n"
    "Wrong Sign,119.44,-40.62,North,TL01,Ferry,TL0101\n"
    "Next Door,-119.0,-40.62,North,TL01,Ferry,TL0101\n"
)


def taken(exercise: Exercise) -> Exercise:
    """Take both levels in."""
    for level in (REGIONS, DISTRICTS):
        take_areas(
            exercise.on("2020-05-01"), exercise.actor("planner"), level, "a.geojson", publisher="Invented office"
        )
    return exercise


def test_a_point_gets_the_finest_code_that_surely_holds_it_with_the_date_of_the_boundaries(exercise: Exercise) -> None:
    locate = locator(taken(exercise).workspace)
    exact = locate(Place(lat=-40.62, lon=-119.44))
    assert (exact.pcode, exact.pcode_as_of) == ("TL0101", "2019-04-08")
    assert locate(Place(lat=-40.62, lon=-119.44, uncertainty_m=30_000)).pcode == "TL01", "it may lie in either district"
    assert locate(Place(lat=-40.62, lon=-119.44, uncertainty_m=400_000)).pcode == ""
    assert locate(Place(lat=10, lon=10)).pcode == ""


def test_a_record_keeps_its_code_and_the_same_file_is_taken_once(exercise: Exercise) -> None:
    taken(exercise)
    made = exercise.incident()
    assert made.values["place"]["pcode"] == "TL0101" and made.values["place"]["island"] == "north-shore"
    again = take_areas(exercise.workspace, exercise.actor("planner"), REGIONS, "other-name.geojson")
    assert not again.new


def test_without_boundaries_no_code_is_made_up(exercise: Exercise) -> None:
    assert index_of(exercise.workspace) is None and "pcode" not in exercise.incident().values["place"]


def test_a_place_that_contradicts_itself_is_marked_and_said_in_both_languages(exercise: Exercise) -> None:
    made = exercise.incident(place={**FERRY, "lon": 119.44})
    doubt = made.values["place"]["doubt"]
    words = doubt_of(exercise.workspace, made.values["place"])
    assert (
        doubt.startswith("area:north-shore:")
        and words is not None
        and "km outside" in words.en
        and "km hors de" in words.fr
    )
    assert "doubt" not in exercise.incident().values["place"]


def test_coordinates_that_are_not_those_of_the_grid_square_are_doubted(exercise: Exercise) -> None:
    locate = locator(exercise.workspace)
    there = locate(Place(grid="30Q YE 1234 5678"))
    assert there.grid == "30Q YE 1234 5678" and there.lat is not None and there.doubt == ""
    assert locate(Place(grid="30Q YE 1234 5678", lat=there.lat + 0.5, lon=there.lon)).doubt.startswith(
        "grid:30Q YE 1234 5678:"
    )


def test_a_name_is_found_in_its_spellings_and_the_nearest_are_told_for_others(exercise: Exercise) -> None:
    locate = locator(exercise.workspace)
    assert locate(Place(name="FERRY  point")).basis == "gazetteer"
    found = locate(Place(name="Ferri Poynt"))
    assert (found.basis, found.name) == ("spelling", "Ferri Poynt") and found.lat is not None
    unknown = locate(Place(name="Farry Paint"))
    assert unknown.lat is None and suggestions(exercise.workspace, "Farry Paint")[0][0] == "Ferry Point"


@pytest.mark.parametrize(
    ("one", "other"),
    [("Djenné", "Jenne"), ("Tombouctou", "Tombuktu"), ("Kidal", "KIDAL"), ("Ténenkou", "Tenenku"), ("Bourem", "Burem")],
)
def test_spellings_of_one_name_give_one_key(one: str, other: str) -> None:
    assert spelling(one) == spelling(other)


def test_other_names_do_not() -> None:
    assert len({spelling(name) for name in ("Gao", "Gossi", "Kidal", "Ménaka", "Mopti", "Kita", "Koro", "Kati")}) == 8
    assert nearest_names("Ansongoo", ["Ansongo", "Gao"])[0][0] == "Ansongo"


def test_a_list_of_places_is_held_against_the_areas_and_what_is_astray_is_not_used(exercise: Exercise) -> None:
    taken(exercise)
    found = check_places(exercise.workspace, PLACES.encode(), "places.csv")
    assert [(one.line, one.name, one.stated, one.lies_in) for one in found.astray] == [
        (3, "Wrong Sign", "TL0101", ""), (4, "Next Door", "TL0101", "TL0102"),
    ]  # fmt: skip
    assert found.astray[0].degrees > 1 > found.astray[1].degrees and found.places == 3
    record = take_places(exercise.on("2020-05-01"), exercise.actor("planner"), PLACES.encode(), "places.csv").record
    assert record.values["astray"] == 2
    locate = locator(exercise.workspace)
    assert locate(Place(name="old landing")).basis == "list" and locate(Place(name="Wrong Sign")).lat is None


def test_places_cannot_be_checked_without_areas(exercise: Exercise) -> None:
    with pytest.raises(BadInput) as raised:
        check_places(exercise.workspace, PLACES.encode(), "places.csv")
    assert raised.value.code == "GEO-011"


@settings(max_examples=80, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=200),
        st.integers(0, len(DISTRICTS)).map(lambda n: DISTRICTS[:n] + b"x" + DISTRICTS[n + 1 :]),
        st.recursive(
            st.none() | st.booleans() | st.floats() | st.text(max_size=5),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(
                    st.sampled_from(["features", "properties", "geometry", "type", "coordinates", "admin1Pcod"]),
                    inner,
                    max_size=3,
                )
            ),
            max_leaves=8,
        ).map(lambda value: json.dumps(value).encode()),
    )
)
def test_nothing_that_is_no_geojson_makes_more_than_an_error_of_ours(data: bytes) -> None:
    try:
        areas = dict(read_official(data, "x")[0].areas)
    except RemitError:
        areas = {}
    assert all(area.code and area.name for area in areas.values())


def test_the_published_list_of_settlements_holds_1799_astray_27_by_more_than_a_degree(corpus: Path) -> None:
    folder = corpus / "data/boundaries"
    data = (folder / "mli_admbnda_adm3_gov_ocha.geojson").read_bytes()
    official, issues = read_official(data, "adm3")
    assert (official.level, official.valid_on, len(official.areas), len(issues)) == (3, "2015-04-08", 701, 0)

    index = OfficialIndex([official])
    places, broken = read_places((folder / "settlements.csv").read_bytes(), "settlements.csv")
    astray = [one for place in places if (one := lost_place(index, place))]
    assert (len(places), len(broken), len(astray), sum(1 for one in astray if one.degrees > 1)) == (
        18_769,
        0,
        1_799,
        27,
    )


def test_names_lead_to_the_official_code_whatever_code_a_round_gives(corpus: Path) -> None:
    folder = corpus / "data/boundaries"
    files = ("mli_admbnda_adm1_gov_ocha_itos", "mli_admbnda_adm2_gov_ocha_itos", "mli_admbnda_adm3_gov_ocha")
    index = OfficialIndex([read_official((folder / f"{name}.geojson").read_bytes(), name)[0] for name in files])
    assert code_by_names(index, ["Kayes", "Diema", "Diema"])[0].startswith("ML0103")
    assert code_by_names(index, ["Gao", "Menaka", "No such"]) == ("ML0704", "2015-04-08")
    assert code_by_names(index, ["Koulikoro", "Dioila"]) == ("ML0203", "2015-04-08"), "the set spells it Koulikouro"
    assert code_by_names(index, ["Nowhere"]) == ("", "")
