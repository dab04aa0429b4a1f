"""Inside or not: at the border, at the first and the last instant, with a day or a month, and with places that are not sure."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from remit.kernel.conditions import ALWAYS
from remit.records.alike import distance_km
from remit.records.types import Zone
from remit.records.zones import InForce, Seen, excepted, in_force, inside, seen_of
from tests.unit.records.builders import moved, record

FROM, UNTIL = datetime(2030, 1, 10, 6, tzinfo=UTC), datetime(2030, 1, 20, tzinfo=UTC)
EAST = 2.0  # degrees on the equator, so that the border can be met to the metre
RADIUS = distance_km(0, 0, 0, EAST)
ZONE = InForce(0.0, 0.0, RADIUS, FROM, UNTIL, FROM, ("wounded",))


def seen(at: datetime = FROM, lon: float = 1.0, slack_km: float = 0.0, ground: str = "") -> Seen:
    """Return something at an instant on the equator."""
    return Seen(at, at, 0.0, lon, slack_km, ground)


@pytest.mark.parametrize(
    ("lon", "slack_km", "surely"),
    [
        (0.0, 0.0, True),
        (EAST, 0.0, True),  # on the border
        (-EAST, 0.0, True),
        (EAST + 0.00001, 0.0, None),  # a metre beyond it
        (EAST - 0.01, 5.0, False),  # about a kilometre inside, give or take five
        (EAST + 0.01, 5.0, False),
        (EAST + 0.1, 5.0, None),
    ],
)
def test_by_place(lon: float, slack_km: float, surely: bool | None) -> None:
    found = inside(ZONE, seen(lon=lon, slack_km=slack_km))
    assert (found.surely if found else None) is surely


@pytest.mark.parametrize(
    ("at", "held"),
    [
        (FROM - timedelta(seconds=1), False),
        (FROM, True),  # it holds from its first instant
        (UNTIL - timedelta(seconds=1), True),
        (UNTIL, False),  # and no longer at its last
    ],
)
def test_by_instant(at: datetime, held: bool) -> None:
    assert (inside(ZONE, seen(at)) is not None) is held


@pytest.mark.parametrize(
    ("occurred", "surely"),
    [
        ("2030-01-09", None),
        ("2030-01-10", False),  # the zone begins at six that day
        ("2030-01-11", True),
        ("2030-01-19", True),
        ("2030-01-20", None),  # it ended at midnight
        ({"on": "2030-01-01", "precision": "month"}, False),
        ({"on": "2029-12-01", "precision": "month"}, None),
        ("2030-01-20T00:00:00+00:00", None),
    ],
)
def test_by_day_and_month(occurred: Any, surely: bool | None) -> None:
    matter = seen_of({}, occurred, {"lat": 0.0, "lon": 1.0}, "")
    assert matter is not None
    found = inside(ZONE, matter)
    assert (found.surely if found else None) is surely


def test_a_year_or_no_time_and_no_place_are_not_guessed() -> None:
    assert seen_of({}, {"on": "2030-01-01", "precision": "year"}, None, "") is None
    assert seen_of({}, "", None, "") is None
    placeless = seen_of({}, "2030-01-12", {"region": "north"}, "")
    assert placeless is not None and inside(ZONE, placeless) is None


def test_only_what_the_zone_excepts_passes() -> None:
    assert excepted(ZONE, seen(ground="wounded"))
    assert not excepted(ZONE, seen(ground="herds")) and not excepted(ZONE, seen())


def test_the_reasons_are_said_in_both_languages_and_tell_of_an_order_entered_late() -> None:
    found = inside(InForce(0.0, 0.0, RADIUS, FROM, UNTIL, FROM + timedelta(days=1)), seen(slack_km=1.5))
    assert found is not None
    assert [("111.2 km" in one.en, "111,2" in one.fr) for one in found.reasons[:1]] == [(True, True)]
    assert "Before the order came into the journal" in found.reasons[-1].en and len(found.reasons) == 3


DECLARED = Zone("place", "radius", "from_at", "until_at", "order", {"event": ALWAYS}, ("lift",), "exceptions")
VALUES = {
    "place": {"lat": 1.0, "lon": 2.0, "uncertainty_m": 500},
    "radius": "30.5",
    "from_at": FROM.isoformat(),
    "until_at": UNTIL.isoformat(),
    "exceptions": ["wounded"],
}


def test_a_zone_holds_from_its_order_until_its_end_or_until_it_was_lifted() -> None:
    ordered = moved("order", "alleged", "on", "ann", FROM - timedelta(hours=5))
    zone = in_force(record(values=VALUES, moves=(ordered,)), DECLARED)
    assert zone is not None
    assert (zone.radius_km, zone.slack_km, zone.end, zone.exceptions) == (30.5, 0.5, UNTIL, ("wounded",))
    lifted = moved("lift", "on", "off", "ann", UNTIL - timedelta(days=3))
    early = in_force(record(values=VALUES, moves=(ordered, lifted)), DECLARED)
    assert early is not None and early.end == UNTIL - timedelta(days=3)


@pytest.mark.parametrize("missing", ["place", "radius", "from_at", "until_at", ""])
def test_what_was_not_ordered_or_is_not_drawn_is_no_zone(missing: str) -> None:
    moves = (moved("order", "alleged", "on", "ann"),) if missing else ()
    values = {key: value for key, value in VALUES.items() if key != missing}
    assert in_force(record(values=values, moves=moves), DECLARED) is None
