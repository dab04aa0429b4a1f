"""Places as people give them: a name, a grid reference, coordinates."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mgrs import MGRS  # type: ignore[import-untyped]

from remit.kernel.errors import BadInput
from remit.kernel.places import Place
from remit.missions.gridref import read_grid
from remit.missions.locate import folded, locate

from .conftest import Folder

Locate = Callable[[Place], Place]


@pytest.fixture
def located(folder: Folder) -> Locate:
    return locate(folder.mission())


@pytest.mark.parametrize("name", ["Tombouctou", "TIMBUKTU", "timbuktu", " le-port ", "Le  Port", "tombouctou"])
def test_name_or_alias_gives_point_and_areas(located: Locate, name: str) -> None:
    place = located(Place(name=name))
    assert (place.lat, place.lon, place.uncertainty_m) == (1.5, 0.5, 500)
    assert dict(place.areas) == {"region": "north-isle", "cercle": "harbour"}
    assert place.basis == "gazetteer"
    assert place.name == name


def test_name_of_an_area_gives_the_area_and_no_point(located: Locate) -> None:
    place = located(Place(name="Harbour"))
    assert place.lat is None
    assert dict(place.areas) == {"cercle": "harbour", "region": "north-isle"}


def test_unknown_name_stays_as_given(located: Locate) -> None:
    assert located(Place(name="Nowhere")) == Place(name="Nowhere")


def test_nothing_stays_nothing(located: Locate) -> None:
    assert located(Place()) == Place()


def test_point_gets_the_areas_that_hold_it(located: Locate) -> None:
    inside = located(Place(lat=1.5, lon=1.5))
    assert dict(inside.areas) == {"region": "north-isle"}
    assert inside.basis == "areas"
    sketched = located(Place(lat=1.5, lon=0.2))
    assert dict(sketched.areas) == {"region": "north-isle", "cercle": "harbour"}
    assert sketched.basis == "approximate-areas"


def test_point_outside_every_area_keeps_its_point_and_no_area(located: Locate) -> None:
    assert located(Place(lat=40.0, lon=3.0)) == Place(lat=40.0, lon=3.0)


def test_point_on_a_shared_line_falls_on_one_side_always(located: Locate) -> None:
    assert {located(Place(lat=1.0, lon=1.5)).areas["region"] for _ in range(3)} == {"north-isle"}


def test_point_is_not_moved_to_the_place_named(located: Locate) -> None:
    place = located(Place(name="Kidal", lat=1.5, lon=0.2))
    assert (place.lat, place.lon) == (1.5, 0.2)
    assert place.areas["region"] == "north-isle"


def test_stated_area_stays(located: Locate) -> None:
    place = located(Place(lat=1.5, lon=0.2, areas={"region": "south-isle"}))
    assert dict(place.areas) == {"region": "south-isle"}
    assert place.basis == "given"


def test_stated_uncertainty_stays(located: Locate) -> None:
    assert located(Place(name="Kidal", uncertainty_m=10)).uncertainty_m == 10


def test_two_places_of_one_name_are_not_guessed(folder: Folder) -> None:
    folder.change(
        "isle/places/places.yaml",
        "  kidal:",
        "  other: {label: Timbuktu, lat: 0.2, lon: 0.2, areas: {region: south-isle}}\n  kidal:",
    )
    located = locate(folder.mission())
    assert located(Place(name="Timbuktu")).lat is None
    assert located(Place(name="Timbuktu", areas={"region": "south-isle"})).lat == 0.2


def test_grid_reference_gives_the_middle_of_its_square(located: Locate) -> None:
    place = located(Place(grid="31N BB 22 88"))
    assert place.grid == "31N BB 22 88"
    assert place.uncertainty_m == pytest.approx(1000 * math.sqrt(2) / 2, abs=0.1)
    assert place.lat is not None
    assert place.lon is not None
    assert place.areas


# Less than a decimetre south of the equator the library that makes the reference rounds to a northing no square has (31M AA).
OFF_THE_LINE = st.floats(-79, 79).filter(lambda lat: not -1e-6 < lat < 0)


@given(lat=OFF_THE_LINE, lon=st.floats(-179, 179), digits=st.integers(1, 5))
def test_square_holds_the_point_it_was_made_from(lat: float, lon: float, digits: int) -> None:
    text = MGRS().toMGRS(lat, lon, MGRSPrecision=digits)
    square = read_grid(text)
    north = (square.lat - lat) * 111_320
    east = (square.lon - lon) * 111_320 * math.cos(math.radians(lat))
    assert math.hypot(north, east) <= square.uncertainty_m * 1.02 + 2


@pytest.mark.parametrize(
    ("text", "code"),
    [("Gao", "GEO-001"), ("30Q YE 123", "GEO-001"), ("30Q YE 123456 123456", "GEO-001"), ("30Q AA 12 12", "GEO-002"), ("99Q YE 12 12", "GEO-002")],
)  # fmt: skip
def test_grid_reference_that_cannot_be_read(located: Locate, text: str, code: str) -> None:
    with pytest.raises(BadInput) as refused:
        located(Place(grid=text))
    assert refused.value.code == code
    assert text in refused.value.text("fr")


def test_mission_without_places(folder: Folder) -> None:
    mission = replace(folder.mission(), areas={}, places={})
    assert locate(mission)(Place(name="Kidal", lat=1.0, lon=1.0)) == Place(name="Kidal", lat=1.0, lon=1.0)


@pytest.mark.parametrize(
    ("one", "other"), [("Ménaka", "MENAKA"), ("Tin-Zaouatène", "tin zaouatene"), ("N’Tillit", "N'tillit")]
)
def test_names_are_compared_without_accents_case_and_marks(one: str, other: str) -> None:
    assert folded(one) == folded(other)
