"""Conditions as Django queries over the projection's columns, exactly as ``remit.kernel.evaluation`` decides them.

Three-valued logic is kept by translating each condition twice: into what surely holds and into what surely does not.
What columns cannot decide (fields of the record, groups, links) becomes the widest set, and ``exact`` is then false: the
candidates that the database finds are to be evaluated one by one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, Q, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan

from remit.kernel.conditions import All, AnyOf, Compare, Condition, Exists, Field, Not

TEXT: Mapping[str, str] = {
    "id": "identifier",
    **{
        key: key
        for key in (
            "type", "kind", "number", "state", "level", "compartment", "component", "originator",
            "recorded_at", "recorded_by", "occurred", "reported",
        )
    },
}  # fmt: skip
"""Envelope keys that are text, never null, and their columns. ``title`` is not among them: it is a record's own field."""
TRUTH = ("invented", "withdrawn")
LIST = "caveats"

NOTHING = Q(pk__in=())
EVERYTHING = ~Q(pk__in=())
_LOOKUPS = {"at_least": "gte", "at_most": "lte", "above": "gt", "below": "lt"}
_OPPOSITE = {"at_least": "lt", "at_most": "gt", "above": "lte", "below": "gte"}


@dataclass(frozen=True, slots=True)
class Translated:
    """A condition in the database's terms: at least all rows that meet it, at least all that surely do not.

    ``exact`` means that they are these rows and no others.
    """

    met: Q
    unmet: Q
    exact: bool = True


_OPEN = Translated(EVERYTHING, EVERYTHING, exact=False)


def translate(condition: Condition) -> Translated:
    """Return the condition as sets of rows of ``CurrentRecord``."""
    match condition:
        case All(parts):
            return _all([translate(part) for part in parts])
        case AnyOf(parts):
            return _swapped(_all([_swapped(translate(part)) for part in parts]))
        case Not(part):
            return _swapped(translate(part))
        case Exists(name, wanted):
            found = _exists(name)
            return found if wanted else _swapped(found)
        case Compare(name, how, operand):
            return _compare(name, how, operand)
        case _:
            return _OPEN


def _swapped(one: Translated) -> Translated:
    return Translated(one.unmet, one.met, one.exact)


def _all(parts: list[Translated]) -> Translated:
    met, unmet = EVERYTHING, NOTHING
    for part in parts:
        met, unmet = met & part.met, unmet | part.unmet
    return Translated(met, unmet, all(part.exact for part in parts))


def _exists(name: str) -> Translated:
    if name in TEXT:
        empty = Q(**{TEXT[name]: ""})
    elif name == LIST:
        empty = Q(**{LIST: ""})
    elif name in TRUTH:
        return Translated(EVERYTHING, NOTHING)
    else:
        return _OPEN
    return Translated(~empty, empty)


def _compare(name: str, how: str, operand: Any) -> Translated:
    if operand is None:
        return Translated(NOTHING, NOTHING)
    if name in TRUTH and how == "equals" and isinstance(operand, bool):
        return Translated(Q(**{name: operand}), Q(**{name: not operand}))
    if name == LIST and how == "contains" and isinstance(operand, str) and "|" not in operand:
        position = StrIndex(F(LIST), Value(f"|{operand}|"))
        holds = Q(GreaterThan(position, 0))
        return Translated(holds, ~holds)
    if name not in TEXT:
        return _OPEN
    known = ~Q(**{TEXT[name]: ""})
    if isinstance(operand, Field):
        return _between_columns(TEXT[name], how, operand.name, known)
    plain = operand.isoformat() if isinstance(operand, date | datetime) else operand
    if how == "equals":
        same = Q(**{TEXT[name]: plain}) if isinstance(plain, str) else NOTHING
        return Translated(known & same, known & ~same)
    if how == "in" and isinstance(operand, tuple | list):
        among = Q(**{f"{TEXT[name]}__in": [one for one in operand if isinstance(one, str)]})
        return Translated(known & among, known & ~among)
    if how in _LOOKUPS and isinstance(plain, str):
        return _ordered(TEXT[name], how, Value(plain), known)
    return _OPEN


def _between_columns(column: str, how: str, other: str, known: Q) -> Translated:
    """Compare two columns. The right side is unknown only where it is null, which a column never is."""
    if other not in TEXT:
        return _OPEN
    if how == "equals":
        same = Q(**{column: F(TEXT[other])})
        return Translated(known & same, known & ~same)
    return _ordered(column, how, F(TEXT[other]), known) if how in _LOOKUPS else _OPEN


def _ordered(column: str, how: str, right: F | Value, known: Q) -> Translated:
    return Translated(
        known & Q(**{f"{column}__{_LOOKUPS[how]}": right}), known & Q(**{f"{column}__{_OPPOSITE[how]}": right})
    )
