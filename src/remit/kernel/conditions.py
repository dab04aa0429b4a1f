"""The one condition grammar: for measures, checks, guards, warnings and disclosure. Nothing is evaluated as code.

Forms (``docs/reference/conditions.md``)::

    {state: confirmed}                        equal
    {state: {in: [a, b]}}                     one of
    {deaths: {at_least: 3}}                   at_least, at_most, above, below
    {place: {exists: true}}                   present and not empty
    {title: {contains: market}}               part of a text, or member of a list
    {all: [...]}, {any: [...]}, {not: {...}}  combined; several keys in one mapping mean ``all``
    {a: {at_most: {field: b}}}                another field as operand
    {elapsed: {from: a, to: b, at_most: {hours: 2}}}   time between two instants
    {victims: {any: {sex: f}}}                over a repeating group: some row meets it
    {linked: {type: field-report, relation: evidence-for, where: {...}, at_least: 1}}

A missing value makes a comparison unknown (three-valued logic, as CQL2 and SQL have it): neither it nor its negation holds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal

from remit.kernel.errors import BadInput

Comparison = Literal["equals", "in", "at_least", "at_most", "above", "below", "contains"]
COMPARISONS: tuple[str, ...] = ("equals", "in", "at_least", "at_most", "above", "below", "contains")


@dataclass(frozen=True, slots=True)
class Field:
    """The value of another field, by name (``place.region`` reaches into a structured value)."""

    name: str


@dataclass(frozen=True, slots=True)
class Compare:
    """A field against a constant, a list, or another field."""

    field: str
    how: Comparison
    operand: Any


@dataclass(frozen=True, slots=True)
class Exists:
    """A field is present and not empty, or is not."""

    field: str
    wanted: bool


@dataclass(frozen=True, slots=True)
class Elapsed:
    """The time between two instants against a length; unknown where either is missing."""

    start: str
    end: str
    how: Comparison
    length: timedelta


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Some part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Condition


@dataclass(frozen=True, slots=True)
class SomeRow:
    """Some row of a repeating group meets the condition."""

    group: str
    part: Condition


@dataclass(frozen=True, slots=True)
class Linked:
    """So many records are linked to this one, of a type, by a relation, meeting a condition.

    The relation is read from the other record to this one (``evidence-for``: it is evidence for this one),
    or from this one to the other where ``outward``.
    """

    type: str | None
    relation: str | None
    where: Condition
    at_least: int
    outward: bool = False


Condition = Compare | Exists | Elapsed | All | AnyOf | Not | SomeRow | Linked
ALWAYS = All(())
NEVER = Compare("type", "in", ())
"""Met by no record."""


def _bad(found: object, expected_en: str, expected_fr: str) -> BadInput:
    return BadInput.of(
        "KER-021",
        f"The condition {found!r} cannot be read; expected {expected_en}.",
        f"La condition {found!r} ne peut pas être lue ; attendu : {expected_fr}.",
        do_en="See docs/reference/conditions.md for the closed list of forms.",
        do_fr="Voir docs/reference/conditions.md pour la liste fermée des formes.",
    )


def parse_condition(raw: Any) -> Condition:
    """Read a condition from its declared form (already plain mappings, lists and scalars).

    Raises:
        BadInput: KER-021, naming the part that cannot be read.
    """
    if raw is None or raw == {}:
        return ALWAYS
    if not isinstance(raw, Mapping):
        raise _bad(raw, "a mapping such as {state: confirmed}", "un objet tel que {state: confirmed}")
    parts = [_one(str(key), value) for key, value in raw.items()]
    return parts[0] if len(parts) == 1 else All(tuple(parts))


def _one(key: str, value: Any) -> Condition:
    if key in ("all", "any"):
        if not isinstance(value, Sequence) or isinstance(value, str) or (key == "any" and not value):
            raise _bad({key: value}, f"a list under “{key}”", f"une liste sous « {key} »")
        parts = tuple(parse_condition(part) for part in value)
        return All(parts) if key == "all" else AnyOf(parts)
    if key == "not":
        return Not(parse_condition(value))
    if key == "linked":
        return _linked(value)
    if key == "elapsed":
        return _elapsed(value)
    if isinstance(value, Mapping) and "field" not in value:
        return _field_forms(key, value)
    return Compare(key, "equals", _operand(value))


def _field_forms(name: str, forms: Mapping[str, Any]) -> Condition:
    parts: list[Condition] = []
    for how, operand in forms.items():
        if how == "exists":
            if not isinstance(operand, bool):
                raise _bad({name: forms}, "exists: true or exists: false", "exists: true ou exists: false")
            parts.append(Exists(name, operand))
        elif how == "any":
            parts.append(SomeRow(name, parse_condition(operand)))
        elif how == "in":
            if not isinstance(operand, Sequence) or isinstance(operand, str):
                raise _bad({name: forms}, "a list under “in”", "une liste sous « in »")
            parts.append(Compare(name, "in", tuple(operand)))
        elif how in COMPARISONS:
            parts.append(Compare(name, how, _operand(operand)))  # type: ignore[arg-type]
        else:
            raise _bad(
                {name: forms},
                f"one of {', '.join((*COMPARISONS, 'exists', 'any'))} instead of “{how}”",
                f"l’une des formes {', '.join((*COMPARISONS, 'exists', 'any'))} au lieu de « {how} »",
            )
    if not parts:
        raise _bad({name: forms}, "a comparison", "une comparaison")
    return parts[0] if len(parts) == 1 else All(tuple(parts))


def _operand(value: Any) -> Any:
    if isinstance(value, Mapping):
        if set(value) == {"field"}:
            return Field(str(value["field"]))
        raise _bad(value, "a constant or {field: other}", "une constante ou {field: autre}")
    if isinstance(value, list):
        raise _bad(value, "one value; for several use {in: [...]}", "une valeur ; pour plusieurs, {in: [...]}")
    return value


def _linked(raw: Any) -> Linked:
    known = {"type", "relation", "where", "at_least", "outward"}
    if not isinstance(raw, Mapping) or set(raw) - known:
        raise _bad({"linked": raw}, f"linked with keys among {sorted(known)}", f"linked avec les clés {sorted(known)}")
    at_least = raw.get("at_least", 1)
    if isinstance(at_least, bool) or not isinstance(at_least, int):
        raise _bad({"linked": raw}, "a whole number under “at_least”", "un nombre entier sous « at_least »")
    return Linked(
        type=raw.get("type"),
        relation=raw.get("relation"),
        where=parse_condition(raw.get("where")),
        at_least=at_least,
        outward=bool(raw.get("outward", False)),
    )


def _elapsed(raw: Any) -> Elapsed:
    if not isinstance(raw, Mapping) or not {"from", "to"} <= set(raw) or len(raw) != 3:
        raise _bad(
            {"elapsed": raw}, "elapsed: {from, to, at_most: {hours: 2}}", "elapsed: {from, to, at_most: {hours: 2}}"
        )
    how = next(key for key in raw if key not in ("from", "to"))
    if how not in ("at_least", "at_most", "above", "below"):
        raise _bad({"elapsed": raw}, "at_least, at_most, above or below", "at_least, at_most, above ou below")
    return Elapsed(str(raw["from"]), str(raw["to"]), how, parse_length(raw[how]))


def parse_length(raw: Any) -> timedelta:
    """Read a length of time: ``{minutes: 10}``, ``{hours: 24}`` or ``{days: 7}``.

    Raises:
        BadInput: KER-021 for anything else.
    """
    units = {"minutes", "hours", "days"}
    if not isinstance(raw, Mapping) or not raw or set(raw) - units:
        raise _bad(raw, "a length such as {hours: 24}", "une durée telle que {hours: 24}")
    if any(isinstance(number, bool) or not isinstance(number, int | float) or number < 0 for number in raw.values()):
        raise _bad(raw, "numbers that are not negative", "des nombres qui ne sont pas négatifs")
    return timedelta(**{unit: float(number) for unit, number in raw.items()})


def fields_of(condition: Condition) -> frozenset[str]:
    """Return the names of the record's own fields that the condition reads (linked records' fields are not among them)."""
    match condition:
        case Compare(name, _, operand):
            return frozenset({name, operand.name} if isinstance(operand, Field) else {name})
        case Exists(name, _):
            return frozenset({name})
        case Elapsed(start, end, _, _):
            return frozenset({start, end})
        case All(parts) | AnyOf(parts):
            return frozenset().union(*(fields_of(part) for part in parts))
        case Not(part):
            return fields_of(part)
        case SomeRow(group, part):
            return frozenset({group})
        case Linked():
            return frozenset()
