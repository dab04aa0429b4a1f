"""Two records that may tell of one event: held against each other by time, place, actors, casualties and text, with reasons.

Nothing here merges or decides. A proposal needs time and place that allow it, and is dropped where they do not; the rest
speaks for or against. Pairs are sought within days and degrees of each other only, so that the work grows with the number of
records and not with its square.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from rapidfuzz import fuzz

from remit.kernel.plain_text import plain_text
from remit.kernel.wording import Words

PROPOSED = 0.63
"""From which score a pair is proposed: same place and a day apart at most, with nothing that speaks against it."""
DAYS_APART = 3
KM_APART = 30.0
NEAR_KM = 5.0
COARSEST_DAYS = 62
"""A record that may lie anywhere in more days than these is not proposed by its time."""
Aspect = Literal["time", "place", "actors", "casualties", "text"]


@dataclass(frozen=True, slots=True)
class Trace:
    """What of a record is compared. Days are the first and last on which it may have been; radii are in kilometres.

    ``areas`` are the areas it lies in, the coarsest first; ``actors`` names as given; ``killed`` the lowest and highest number.
    """

    id: str
    first: date | None
    last: date | None
    lat: float | None = None
    lon: float | None = None
    radius_km: float = 0.0
    place: str = ""
    areas: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    killed: tuple[int, float] | None = None
    text: str = ""
    source: str = ""
    """The data set that it comes from: two rows of one set are two events, as whoever made the set decided."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One aspect: whether it speaks for or against, and why in words."""

    aspect: Aspect
    speaks_for: bool
    words: Words


@dataclass(frozen=True, slots=True)
class Alike:
    """A pair that may be one event: the score from 0 to 1, and every reason."""

    one: str
    other: str
    score: float
    reasons: tuple[Reason, ...] = field(default=())

    def why(self, language: str) -> str:
        """Return the reasons as one line."""
        return " ".join(reason.words.in_(language) for reason in self.reasons)


def compare(one: Trace, other: Trace) -> Alike | None:
    """Hold two traces against each other; ``None`` where time or place forbid that they are one event."""
    if one.source and one.source == other.source:
        return None
    time, place = _time(one, other), _place(one, other)
    if time is None or place is None:
        return None
    reasons = [time[1], place[1]]
    score = 0.35 * time[0] + 0.35 * place[0]
    for found, up, down in (
        (_actors(one, other), 0.15, 0.1),
        (_casualties(one, other), 0.15, 0.15),
        (_text(one, other), 0.2, 0.0),
    ):
        if found is not None:
            reasons.append(found)
            score += up if found.speaks_for else -down
    return Alike(one.id, other.id, round(max(0.0, min(1.0, score)), 3), tuple(reasons))


def proposals(subject: Trace, others: Iterable[Trace], *, at_least: float = PROPOSED) -> list[Alike]:
    """Return those of the others that may be the subject's event, the likeliest first."""
    found = [alike for other in others if other.id != subject.id and (alike := compare(subject, other))]
    return sorted((one for one in found if one.score >= at_least), key=lambda one: (-one.score, one.other))


def pairs(traces: Sequence[Trace], *, at_least: float = PROPOSED) -> list[Alike]:
    """Return every pair that may be one event, the likeliest first, each once."""
    found = [alike for one, other in near(traces) if (alike := compare(one, other)) and alike.score >= at_least]
    return sorted(found, key=lambda one: (-one.score, one.one, one.other))


def near(traces: Sequence[Trace]) -> Iterator[tuple[Trace, Trace]]:
    """Yield pairs within days and degrees of each other, each once: those of one week and the next, in one degree and around it.

    Traces without coordinates meet those of their finest area; those without either, or of too coarse a day, meet nobody.
    """
    blocks: dict[tuple[int, str], list[int]] = {}
    for index, trace in enumerate(traces):
        for key in _keys(trace):
            blocks.setdefault(key, []).append(index)
    seen: set[tuple[int, int]] = set()
    for members in blocks.values():
        for nth, index in enumerate(members):
            for other in members[nth + 1 :]:
                pair = (index, other) if index < other else (other, index)
                if pair not in seen and abs(_day(traces[index]) - _day(traces[other])) <= COARSEST_DAYS:
                    seen.add(pair)
                    yield traces[pair[0]], traces[pair[1]]


def _keys(trace: Trace) -> Iterator[tuple[int, str]]:
    if trace.first is None or trace.last is None or (trace.last - trace.first).days > COARSEST_DAYS:
        return
    weeks = range(
        (trace.first - timedelta(DAYS_APART)).toordinal() // 7,
        (trace.last + timedelta(DAYS_APART)).toordinal() // 7 + 1,
    )
    cells = [f"area/{trace.areas[-1]}"] if trace.areas else []
    if trace.lat is not None and trace.lon is not None:
        lat, lon = math.floor(trace.lat), math.floor(trace.lon)
        # 65 km is as far as two vague places may lie apart: a trace near the edge of its cell stands in the next one too.
        wide = min(1.0, 0.6 / max(math.cos(math.radians(trace.lat)), 0.1))
        lats = {lat, math.floor(trace.lat - 0.6), math.floor(trace.lat + 0.6)}
        lons = {lon, math.floor(trace.lon - wide), math.floor(trace.lon + wide)}
        cells += [f"{y}/{(x + 180) % 360}" for y in lats for x in lons]
    for week in weeks:
        for cell in cells:
            yield week, cell


def _day(trace: Trace) -> int:
    return trace.first.toordinal() if trace.first else 0


def _time(one: Trace, other: Trace) -> tuple[float, Reason] | None:
    if one.first is None or one.last is None or other.first is None or other.last is None:
        return None
    if max((t.last - t.first).days for t in (one, other) if t.first and t.last) > COARSEST_DAYS:
        return None
    gap = max((one.first - other.last).days, (other.first - one.last).days, 0)
    if gap > DAYS_APART:
        return None
    spread = max((one.last - one.first).days, (other.last - other.first).days)
    if gap == 0 and spread == 0:
        return 1.0, Reason("time", True, Words("The same day.", "Le même jour."))
    if gap == 0:
        return (0.9 if spread <= 7 else 0.6), Reason(
            "time", True, Words("Days that may be the same.", "Des jours qui peuvent coïncider.")
        )
    value = {1: 0.85, 2: 0.6, 3: 0.4}[gap]
    en, fr = ("One day apart.", "À un jour d’écart.") if gap == 1 else (f"{gap} days apart.", f"À {gap} jours d’écart.")
    return value, Reason("time", gap == 1, Words(en, fr))


def _place(one: Trace, other: Trace) -> tuple[float, Reason] | None:
    if one.lat is not None and one.lon is not None and other.lat is not None and other.lon is not None:
        apart = distance_km(one.lat, one.lon, other.lat, other.lon)
        allowed = one.radius_km + other.radius_km
        shown_en, shown_fr = f"{apart:.0f} km apart", f"À {apart:.0f} km l’un de l’autre"
        if apart <= NEAR_KM:
            return 1.0, Reason("place", True, Words(f"{shown_en}.", f"{shown_fr}."))
        if apart <= min(allowed, 2 * KM_APART) + NEAR_KM:
            value = 0.9 if allowed <= KM_APART else 0.75
            return value, Reason(
                "place",
                True,
                Words(f"{shown_en}, within what both places allow.", f"{shown_fr}, dans la marge des deux lieux."),
            )
        if apart <= KM_APART:
            return 0.5, Reason(
                "place",
                False,
                Words(f"{shown_en}, more than the places allow.", f"{shown_fr}, plus que la marge des lieux."),
            )
        return None
    if one.areas and other.areas:
        shared = [a for a, b in zip(one.areas, other.areas, strict=False) if a == b]
        if not shared:
            return None
        named = bool(one.place) and plain_text(one.place) == plain_text(other.place)
        if named:
            return 0.95, Reason("place", True, Words(f"Both name {one.place}.", f"Tous deux nomment {one.place}."))
        deepest = len(shared) == min(len(one.areas), len(other.areas)) and len(shared) > 1
        value = 0.7 if deepest else 0.45
        return value, Reason("place", deepest, Words(f"The same area ({shared[-1]}).", f"La même zone ({shared[-1]})."))
    return None


def distance_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Return the distance on the sphere in kilometres."""
    north, east = math.radians(other_lat - lat), math.radians(other_lon - lon)
    half = (
        math.sin(north / 2) ** 2
        + math.cos(math.radians(lat)) * math.cos(math.radians(other_lat)) * math.sin(east / 2) ** 2
    )
    return 12_742 * math.asin(min(1.0, math.sqrt(half)))


def _actors(one: Trace, other: Trace) -> Reason | None:
    best, pair = 0.0, ("", "")
    for first in one.actors:
        for second in other.actors:
            value = fuzz.token_set_ratio(plain_text(first), plain_text(second))
            if value > best:
                best, pair = value, (first, second)
    if not one.actors or not other.actors:
        return None
    if best >= 80:
        en = (
            f"Both name {pair[0]}." if plain_text(pair[0]) == plain_text(pair[1]) else f"Actors: {pair[0]} / {pair[1]}."
        )
        fr = (
            f"Tous deux nomment {pair[0]}."
            if plain_text(pair[0]) == plain_text(pair[1])
            else f"Acteurs : {pair[0]} / {pair[1]}."
        )
        return Reason("actors", True, Words(en, fr))
    return Reason("actors", False, Words("They name other actors.", "Ils nomment d’autres acteurs."))


def _casualties(one: Trace, other: Trace) -> Reason | None:
    if one.killed is None or other.killed is None or (one.killed[1] == 0 and other.killed[1] == 0):
        return None
    if one.killed == other.killed:
        return Reason(
            "casualties",
            True,
            Words(
                f"The same number killed ({_number(one.killed)}).", f"Le même nombre de morts ({_number(one.killed)})."
            ),
        )
    overlap = max(one.killed[0], other.killed[0]) <= min(one.killed[1], other.killed[1])
    close = abs(_middle(one.killed) - _middle(other.killed)) <= max(
        1.0, 0.25 * max(_middle(one.killed), _middle(other.killed))
    )
    shown = f"{_number(one.killed)} / {_number(other.killed)}"
    if overlap or close:
        return Reason(
            "casualties",
            True,
            Words(f"Numbers killed that agree ({shown}).", f"Nombres de morts concordants ({shown})."),
        )
    return Reason(
        "casualties", False, Words(f"Other numbers killed ({shown}).", f"Nombres de morts différents ({shown}).")
    )


def _middle(killed: tuple[int, float]) -> float:
    return (killed[0] + killed[1]) / 2 if math.isfinite(killed[1]) else float(killed[0])


def _number(killed: tuple[int, float]) -> str:
    low, high = killed
    return str(low) if low == high else f"≥ {low}" if not math.isfinite(high) else f"{low}–{int(high)}"


def _text(one: Trace, other: Trace) -> Reason | None:
    if min(len(one.text.split()), len(other.text.split())) < 4:
        return None
    value = fuzz.token_sort_ratio(one.text, other.text)
    if value < 60:
        return None
    return Reason(
        "text",
        True,
        Words(f"Their words are alike ({value:.0f} of 100).", f"Leurs textes se ressemblent ({value:.0f} sur 100)."),
    )


def killed_of(values: Mapping[str, object]) -> tuple[int, float] | None:
    """Return the lowest and highest number killed that a record's values give: from its own fields, or summed over a group."""
    numbers = {key: _range(value) for key, value in values.items() if _tells_deaths(key)}
    found = [one for one in numbers.values() if one is not None]
    if found:
        return min(low for low, _ in found), max(high for _, high in found)
    low, high, any_row = 0, 0.0, False
    for value in values.values():
        for row in value if isinstance(value, list) else []:
            for key, inner in row.items() if isinstance(row, Mapping) else ():
                if _tells_deaths(str(key)) and (one := _range(inner)) is not None:
                    low, high, any_row = low + one[0], high + one[1], True
    return (low, high) if any_row else None


def _tells_deaths(key: str) -> bool:
    return any(part in ("killed", "deaths", "dead", "fatalities") for part in key.split("_"))


def _range(value: object) -> tuple[int, float] | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value, float(value)
    if isinstance(value, Mapping) and isinstance(value.get("number"), int):
        number = int(value["number"])
        how = value.get("qualifier", "exact")
        if how == "at-least":
            return number, math.inf
        if how == "at-most":
            return 0, float(number)
        return (number, float(number)) if how == "exact" else (int(number * 0.75), math.ceil(number * 1.25))
    return None
