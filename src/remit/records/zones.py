"""Whether something lies in a zone while it holds: by distance, by time, and by what the zone lets pass.

A zone is a circle and a half-open time. What is uncertain in place or time is not left out: it is said to be uncertain. Nothing here
decides; a person does.

Source: practice of ceasefire commissions (a decision restricts movement within so many kilometres of a town, from a day to a
day, with exceptions); S/RES/2364 (2017), paragraphs 3 and 20 (a) (ii).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from remit.kernel.days import show_instant
from remit.kernel.periods import add_months
from remit.kernel.wording import Words
from remit.records.alike import distance_km
from remit.records.record import Record
from remit.records.types import Zone


@dataclass(frozen=True, slots=True)
class InForce:
    """A zone that was ordered: its centre (degrees), radius (km), and the instants from which and until which it held.

    ``slack_km`` is how uncertain the centre is; ``known_at`` when its order came into the journal.
    """

    lat: float
    lon: float
    radius_km: float
    start: datetime
    end: datetime
    known_at: datetime
    exceptions: tuple[str, ...] = ()
    slack_km: float = 0.0


@dataclass(frozen=True, slots=True)
class Seen:
    """Where and when something was: from its first moment to its last, excluded (equal where an instant is known)."""

    first: datetime
    last: datetime
    lat: float | None = None
    lon: float | None = None
    slack_km: float = 0.0
    ground: str = ""


@dataclass(frozen=True, slots=True)
class Inside:
    """It lies in the zone while it holds. ``surely``: wherever and whenever in its uncertainty it was."""

    surely: bool
    reasons: tuple[Words, ...]


def in_force(record: Record, zone: Zone) -> InForce | None:
    """Return a zone as it was ordered; ``None`` where it was not, or where its circle or its time is not known.

    A move of ``ended_by`` ends it early, at the instant at which it was made.
    """
    ordered = [made.at for made in record.moves if made.move == zone.ordered_by]
    centre, radius = record.values.get(zone.centre), record.values.get(zone.radius_km)
    start, end = record.values.get(zone.start), record.values.get(zone.end)
    if not ordered or not isinstance(centre, Mapping) or radius is None or not start or not end:
        return None
    lat, lon = centre.get("lat"), centre.get("lon")
    if lat is None or lon is None:
        return None
    ended = [datetime.fromisoformat(str(end)), *(made.at for made in record.moves if made.move in zone.ended_by)]
    return InForce(
        lat=float(lat),
        lon=float(lon),
        radius_km=float(radius),
        start=datetime.fromisoformat(str(start)),
        end=min(ended),
        known_at=ordered[0],
        exceptions=tuple(record.values.get(zone.exceptions) or ()),
        slack_km=float(centre.get("uncertainty_m") or 0) / 1000,
    )


def seen_of(values: Mapping[str, Any], occurred: Any, place: Mapping[str, Any] | None, ground: str) -> Seen | None:
    """Return where and when a record's matter was; ``None`` where no day or month is known.

    Args:
        values: the record's values.
        occurred: its time: an instant, a day, or a date with its precision.
        place: its place, if it has one.
        ground: the field that says what a movement was for.
    """
    span = _span(occurred)
    if span is None:
        return None
    place = place or {}
    return Seen(
        first=span[0],
        last=span[1],
        lat=place.get("lat"),
        lon=place.get("lon"),
        slack_km=float(place.get("uncertainty_m") or 0) / 1000,
        ground=str(values.get(ground) or ""),
    )


def excepted(zone: InForce, seen: Seen) -> bool:
    """Return whether the zone lets it pass: what it was for is one of the zone's exceptions."""
    return bool(seen.ground) and seen.ground in zone.exceptions


def inside(zone: InForce, seen: Seen) -> Inside | None:
    """Return why something lies in a zone while it holds; ``None`` where it surely does not, or has no coordinates.

    On the border is inside. The zone holds at its first instant and no longer at its last. Exceptions are not looked at.
    """
    if seen.lat is None or seen.lon is None:
        return None
    surely_then = zone.start <= seen.first and max(seen.last, seen.first) <= zone.end and seen.first < zone.end
    if not (seen.first < zone.end and (seen.last > zone.start or seen.first == seen.last >= zone.start)):
        return None
    apart = distance_km(zone.lat, zone.lon, seen.lat, seen.lon)
    slack = zone.slack_km + seen.slack_km
    if apart - slack > zone.radius_km:
        return None
    surely_there = apart + slack <= zone.radius_km
    reasons = [
        Words(
            f"{apart:.1f} km from the centre of a zone of {zone.radius_km:g} km{_give_or_take(slack, surely_there, 'en')}.",
            f"À {_fr(apart)} km du centre d’une zone de {zone.radius_km:g} km{_give_or_take(slack, surely_there, 'fr')}.",
        ),
        _when(zone, surely_then),
    ]
    if seen.first < zone.known_at:
        at = zone.known_at
        reasons.append(
            Words(
                f"Before the order came into the journal ({show_instant(at, 'en')}): see when the parties were told.",
                f"Avant l’inscription de l’ordre au journal ({show_instant(at, 'fr')}) : voir quand les parties ont été avisées.",
            )
        )
    return Inside(surely_there and surely_then, tuple(reasons))


def _when(zone: InForce, surely: bool) -> Words:
    span = Words(
        f"from {show_instant(zone.start, 'en')} until {show_instant(zone.end, 'en')}",
        f"du {show_instant(zone.start, 'fr')} au {show_instant(zone.end, 'fr')}",
    )
    if surely:
        return Words(f"While the zone held, {span.en}.", f"Pendant que la zone était en vigueur, {span.fr}.")
    return Words(
        f"Perhaps while the zone held, {span.en}: the hour is not known.",
        f"Peut-être pendant que la zone était en vigueur, {span.fr} : l’heure n’est pas connue.",
    )


def _give_or_take(slack: float, surely: bool, language: str) -> str:
    if surely or not slack:
        return ""
    return f", give or take {slack:.1f} km" if language == "en" else f", à {_fr(slack)} km près"


def _fr(number: float) -> str:
    return f"{number:.1f}".replace(".", ",")


def _span(occurred: Any) -> tuple[datetime, datetime] | None:
    """Return the first moment and the one after the last; both equal for an instant, ``None`` for a year or nothing."""
    precision = "day"
    if isinstance(occurred, Mapping):
        precision, occurred = str(occurred.get("precision", "day")), occurred.get("on")
    if not isinstance(occurred, str) or not occurred:
        return None
    if len(occurred) > 10:
        at = datetime.fromisoformat(occurred)
        at = at if at.tzinfo else at.replace(tzinfo=UTC)
        return at, at
    day = date.fromisoformat(occurred)
    if precision == "day":
        following = day + timedelta(days=1)
    elif precision == "month":
        following = add_months(day.replace(day=1), 1)
    else:
        return None
    return _midnight(day), _midnight(following)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
