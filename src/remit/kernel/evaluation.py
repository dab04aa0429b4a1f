"""Evaluate a condition over one record's values, in three-valued logic: ``True``, ``False`` or ``None`` (unknown)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Protocol

from remit.kernel.conditions import (
    All,
    AnyOf,
    Compare,
    Condition,
    Elapsed,
    Exists,
    Field,
    Linked,
    Not,
    SomeRow,
)
from remit.kernel.errors import BadInput


class Links(Protocol):
    """Tells which records are linked to the one being looked at."""

    def linked(self, *, type: str | None, relation: str | None, outward: bool) -> Sequence[Mapping[str, Any]]:
        """Return the values of each linked record."""


class NoLinks:
    """A record looked at by itself."""

    def linked(self, *, type: str | None, relation: str | None, outward: bool) -> Sequence[Mapping[str, Any]]:
        """Return nothing."""
        del type, relation, outward
        return ()


def value_of(values: Mapping[str, Any], name: str) -> Any:
    """Return a value by name; ``place.region`` reaches into a structured value. ``None`` where it is missing."""
    if name in values:
        return values[name]
    head, dot, rest = name.partition(".")
    inner = values.get(head)
    return value_of(inner, rest) if dot and isinstance(inner, Mapping) else None


def evaluate(condition: Condition, values: Mapping[str, Any], links: Links | None = None) -> bool | None:
    """Return whether the condition holds: ``True``, ``False``, or ``None`` where a missing value leaves it open.

    Args:
        condition: what is asked.
        values: the record's values by field name, instants and days as ISO text or as objects.
        links: how to reach linked records; without it a record has none.
    """
    links = links or NoLinks()
    match condition:
        case All(parts):
            return _all([evaluate(part, values, links) for part in parts])
        case AnyOf(parts):
            found = [evaluate(part, values, links) for part in parts]
            return True if True in found else (None if None in found else False)
        case Not(part):
            inner = evaluate(part, values, links)
            return None if inner is None else not inner
        case Exists(name, wanted):
            return (value_of(values, name) not in (None, "", [], (), {})) is wanted
        case Compare(name, how, operand):
            right = _named(values, operand.name) if isinstance(operand, Field) else operand
            return _compare(_named(values, name), how, right)
        case Elapsed(start, end, how, length):
            first, last = _instant(value_of(values, start)), _instant(value_of(values, end))
            return (
                None
                if first is None or last is None
                else _compare((last - first).total_seconds(), how, length.total_seconds())
            )
        case SomeRow(group, part):
            rows = value_of(values, group) or ()
            if isinstance(rows, Mapping):  # a group that does not repeat is one row
                rows = (rows,)
            found = [evaluate(part, row) for row in rows]
            return True if True in found else (None if None in found else False)
        case Linked(kind, relation, where, at_least, outward):
            met = [r for r in links.linked(type=kind, relation=relation, outward=outward) if evaluate(where, r) is True]
            return len(met) >= at_least


def holds(condition: Condition, values: Mapping[str, Any], links: Links | None = None) -> bool:
    """Return whether the condition surely holds (unknown counts as no)."""
    return evaluate(condition, values, links) is True


def _named(values: Mapping[str, Any], name: str) -> Any:
    """Return a value as conditions compare it: the amount of money is kept as text (no cent is lost) and is a number."""
    value = value_of(values, name)
    around, _, part = name.rpartition(".")
    if (
        part == "amount"
        and isinstance(money := value_of(values, around), Mapping)
        and set(money) == {"amount", "currency"}
    ):
        return _plain(money)
    return value


def _all(found: Sequence[bool | None]) -> bool | None:
    return False if False in found else (None if None in found else True)


def _compare(left: Any, how: str, right: Any) -> bool | None:
    if left is None or right is None or left == "":
        return None
    if how == "contains":
        return _contains(left, right)
    if how == "in":
        return _plain(left) in [_plain(member) for member in right]
    left, right = _plain(left), _plain(right)
    if how == "equals":
        return bool(left == right)
    try:
        if how == "at_least":
            return bool(left >= right)
        if how == "at_most":
            return bool(left <= right)
        return bool(left > right) if how == "above" else bool(left < right)
    except TypeError:
        raise BadInput.of(
            "KER-022",
            f"{left!r} and {right!r} cannot be compared by order.",
            f"{left!r} et {right!r} ne peuvent pas être ordonnés l’un par rapport à l’autre.",
            do_en="Compare numbers with numbers, and days or instants with days or instants written year-month-day.",
            do_fr="Comparez des nombres à des nombres, et des jours ou instants à des jours ou instants écrits année-mois-jour.",
        ) from None


def _contains(left: Any, right: Any) -> bool:
    if isinstance(left, str):
        return str(right).casefold() in left.casefold()
    if isinstance(left, Sequence):
        return _plain(right) in [_plain(member) for member in left]
    return False


def _plain(value: Any) -> Any:
    """Bring a value to the kind that is compared: approximate numbers and money to a number, days and instants to ISO text."""
    if isinstance(value, Mapping):
        if "number" in value:
            return value["number"]
        if "on" in value:
            return value["on"]
        return Decimal(value["amount"]) if "amount" in value else value
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str) and value.endswith("Z") and value[10:11] == "T":
        return value[:-1] + "+00:00"  # the one form that stored instants have
    return value


def _instant(value: Any) -> datetime | None:
    if isinstance(value, Mapping):
        value = value.get("on")
    if isinstance(value, str) and value:
        value = datetime.fromisoformat(value)
    elif isinstance(value, date) and not isinstance(value, datetime):
        value = datetime(value.year, value.month, value.day, tzinfo=UTC)
    if not isinstance(value, datetime):
        return None
    return value if value.tzinfo else value.replace(tzinfo=UTC)
