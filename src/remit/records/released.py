"""What of a record may leave the mission: the fields of its release rule, its places and days made coarse.

A rule that states how fine a place may be lets the record's ``place`` out so coarse, and one that states how fine a day
may be the day on which it occurred; any other field leaves only if the rule names it, and never if it is sensitive.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Any, Protocol

from remit.kernel.errors import Hidden
from remit.records.entries import Author
from remit.records.fold import OCCURRED_FIELDS
from remit.records.record import Record
from remit.records.types import FieldDefinition, RecordType

FINENESS = ("day", "month", "quarter", "year", "")
"""How fine a day may be, the finest first; "" lets none out."""
NEVER_RELEASED = ("person", "attachment")
"""Kinds that no release rule lets out: who somebody is, and files that nobody has read for release."""


class Audience(Protocol):
    """Who a release is for: the finest place (an area level; "" none) and the finest day that it may have."""

    @property
    def key(self) -> str:
        """The audience's key."""
        ...

    @property
    def place(self) -> str:
        """The finest area level; "" leaves it to the type's rule."""
        ...

    @property
    def date(self) -> str:
        """The finest day."""
        ...


@dataclass(frozen=True, slots=True)
class _Limits:
    """The stricter of what the type's rule and the audience allow; ``places`` are area levels, all of which bind."""

    fields: tuple[str, ...]
    places: tuple[str, ...]
    day: str
    levels: tuple[str, ...]


def released(record: Record, type_: RecordType, audience: Audience | str, area_levels: Sequence[str] = ()) -> Record:
    """Return the record as an outside audience may have it: its number, state and marks, and the values released.

    Without links, moves, entries, authors, originator or names of what was erased; the times coarse like all days.

    Args:
        record: the record as it stands.
        type_: its type, whose release rule is applied.
        audience: with its own finest place and day (both rules then hold), or its key alone.
        area_levels: the mission's, the coarsest first: areas coarser than the finest allowed stay too; without them
            only the allowed one does.

    Raises:
        Hidden: ACC-014, the type is not released to that audience (access was asked wrongly or not at all).
    """
    limits = _limits(type_, audience, area_levels)
    values = _values(record.values, type_.fields, limits.fields, limits)
    return replace(
        record,
        values=values,
        title=record.title if type_.title in values else "",
        occurred=_coarse_text(record.occurred, limits.day),
        reported="",
        recorded_at=_coarse_instant(record.recorded_at, limits.day),
        changed_at=None,
        recorded_by=Author("", "", record.recorded_by.component),
        originator="",
        links=(),
        moves=(),
        entries=(),
        erased=(),
        amended_by=(),
        facts={},
    )


def released_values(
    record: Record, type_: RecordType, audience: Audience | str, area_levels: Sequence[str] = ()
) -> Mapping[str, Any]:
    """Return the released values alone, by field.

    Raises:
        Hidden: as :func:`released`.
    """
    limits = _limits(type_, audience, area_levels)
    return _values(record.values, type_.fields, limits.fields, limits)


def _limits(type_: RecordType, audience: Audience | str, levels: Sequence[str]) -> _Limits:
    rule, key = type_.release, audience if isinstance(audience, str) else audience.key
    if rule is None or key not in rule.audiences:
        raise Hidden.of(
            "ACC-014",
            f"{type_.plural.en} are not released to {key}.",
            f"« {type_.plural.fr} » : aucune communication à {key}.",
        )
    day = str(rule.date)
    places: tuple[str, ...] = (rule.place,) if rule.place else ()
    if not isinstance(audience, str):
        day = max(day, audience.date, key=FINENESS.index)
        places = (*places, audience.place) if places and audience.place else places
    named = [type_.times["occurred"]] if "occurred" in type_.times else list(OCCURRED_FIELDS)
    implied = [*(["place"] if places else []), *(named if day else [])]
    return _Limits(tuple(dict.fromkeys([*implied, *rule.fields])), places, day, tuple(levels))


def _values(
    values: Mapping[str, Any], fields: Mapping[str, FieldDefinition], names: Sequence[str], limits: _Limits
) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for name in names:
        definition, value = fields.get(name), values.get(name)
        if definition is None or value is None or definition.sensitive or definition.kind in NEVER_RELEASED:
            continue
        if (coarse := _coarse(value, definition, limits)) not in (None, {}, []):
            out[name] = coarse
    return out


def _coarse(value: Any, definition: FieldDefinition, limits: _Limits) -> Any:
    if definition.many and isinstance(value, list) and definition.kind in ("date", "instant", "place"):
        one = replace(definition, many=False)
        return [coarse for member in value if (coarse := _coarse(member, one, limits))]
    if definition.kind == "date":
        return _coarse_day(date.fromisoformat(value["on"]), value.get("precision", "day"), limits.day)
    if definition.kind == "instant":
        return _coarse_day(datetime.fromisoformat(value).date(), "day", limits.day)
    if definition.kind == "place":
        return _place(value, limits)
    if definition.kind == "group":
        inner = tuple(definition.fields)
        if isinstance(value, Mapping):
            return _values(value, definition.fields, inner, limits)
        rows = (_values(row, definition.fields, inner, limits) for row in value)
        return [row for row in rows if row]
    return value


def _coarse_day(day: date, precision: str, finest: str) -> dict[str, str] | None:
    if not finest:
        return None
    coarsest = max(precision, finest, key=FINENESS.index)
    month = {"day": day.month, "month": day.month, "quarter": (day.month - 1) // 3 * 3 + 1, "year": 1}[coarsest]
    first = day if coarsest == "day" else date(day.year, month, 1)
    return {"on": first.isoformat(), "precision": coarsest}


def _coarse_text(text: str, finest: str) -> str:
    coarse = _coarse_day(date.fromisoformat(text[:10]), "day", finest) if text else None
    return coarse["on"] if coarse else ""


def _coarse_instant(at: datetime, finest: str) -> datetime:
    """When a record was made tells nearly when the thing happened: it is no finer than the days that leave."""
    coarse = _coarse_day(at.astimezone(UTC).date(), "day", finest or "year")
    return datetime.combine(date.fromisoformat(coarse["on"]), time.min, UTC) if coarse else at


def _place(value: Mapping[str, Any], limits: _Limits) -> dict[str, Any]:
    """Keep areas no finer than every level allowed; the point, its name and its grid reference never leave."""
    allowed, levels = limits.places, limits.levels
    keep: Sequence[str] = ()
    if allowed and all(level in levels for level in allowed):
        keep = levels[: min(levels.index(level) for level in allowed) + 1]
    elif len(set(allowed)) == 1:
        keep = allowed[:1]
    # Without the order of the levels two different ones cannot be held against each other: nothing is let out.
    return {level: value[level] for level in keep if level in value}
