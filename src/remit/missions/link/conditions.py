"""Link the names in a condition: fields, groups, linked types, relations, states and options."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from remit.kernel.conditions import parse_condition
from remit.kernel.errors import BadInput
from remit.kernel.issues import Issue
from remit.missions.link.fields import Scope, scope_of, scope_of_rows
from remit.missions.link.names import LISTS, Names
from remit.missions.problems import problem, unknown_name
from remit.missions.read import Source, Steps
from remit.records.types import KINDS, LEVELS, RELATIONS


def linked_condition(names: Names, scope: Scope, raw: Any, source: Source, *steps: str | int) -> Iterator[Issue]:
    """Yield what is wrong with a condition: KER-021 where it cannot be read, MIS-034 and others for names."""
    if raw is None:
        return
    try:
        parse_condition(raw)
    except BadInput:
        yield from _unreadable(raw, source, steps)
        return
    except (TypeError, ValueError) as error:
        yield problem(
            "KER-021",
            source.where(*steps),
            f"The condition cannot be read: {error}.",
            f"La condition ne peut pas être lue : {error}.",
            "See docs/reference/conditions.md for the closed list of forms.",
            "Voir docs/reference/conditions.md pour la liste fermée des formes.",
        )
        return
    yield from _names(names, scope, raw, source, steps)


def _unreadable(raw: Any, source: Source, steps: Steps) -> Iterator[Issue]:
    """Yield the problem at each innermost part that cannot be read."""
    if not isinstance(raw, Mapping):
        yield from _attempt(raw, source, steps)
        return
    for key, value in raw.items():
        if not list(_attempt({key: value}, source, steps)):
            continue
        at = (*steps, key)
        deeper: list[Issue] = []
        if key in ("all", "any") and isinstance(value, list):
            for index, part in enumerate(value):
                deeper += _unreadable(part, source, (*at, index))
        elif key == "not":
            deeper += _unreadable(value, source, at)
        elif isinstance(value, Mapping) and set(value) == {"any"}:
            deeper += _unreadable(value["any"], source, (*at, "any"))
        yield from deeper or _attempt({key: value}, source, at)


def _attempt(raw: Any, source: Source, steps: Steps) -> Iterator[Issue]:
    try:
        parse_condition(raw)
    except BadInput as error:
        yield replace(error.issues[0], where=source.where(*steps))


def _names(names: Names, scope: Scope, raw: Any, source: Source, steps: Steps) -> Iterator[Issue]:
    for key, value in raw.items():
        at = (*steps, key)
        if key in ("all", "any"):
            for index, part in enumerate(value):
                yield from _names(names, scope, part or {}, source, (*at, index))
        elif key == "not":
            yield from _names(names, scope, value or {}, source, at)
        elif key == "linked":
            yield from _linked(names, value, source, at)
        elif key == "elapsed":
            for end in ("from", "to"):
                yield from _field(scope, str(value[end]), source, (*at, end))
        else:
            yield from _comparison(names, scope, value, source, at)


def _linked(names: Names, value: Mapping[str, Any], source: Source, at: Steps) -> Iterator[Issue]:
    relation = value.get("relation")
    if relation and relation not in RELATIONS:
        yield unknown_name(source.where(*at, "relation"), "relation", relation, RELATIONS)
    kind = value.get("type")
    if not kind:
        return
    yield from names.expect("type", str(kind), source, *at, "type")
    other = names.types.get(str(kind))
    if other is None or other.shape is None:
        return
    if other.shape.abstract:
        yield problem(
            "MIS-061",
            source.where(*at, "type"),
            f"No record is of the type “{kind}”: it only serves to be extended.",
            f"Aucune fiche n’est du type « {kind} » : il ne sert qu’à être étendu.",
            "Name a type that is recorded.",
            "Indiquez un type qui est enregistré.",
        )
    yield from _names(
        names,
        scope_of(str(kind), other.shape, names.known("area level")),
        value.get("where") or {},
        source,
        (*at, "where"),
    )


def _field(scope: Scope, name: str, source: Source, at: Steps) -> Iterator[Issue]:
    if name not in scope.fields:
        yield unknown_name(source.where(*at), "field", name, scope.fields, scope.of)


def _comparison(names: Names, scope: Scope, value: Any, source: Source, at: Steps) -> Iterator[Issue]:
    key = str(at[-1])
    if key not in scope.fields:
        yield unknown_name(source.where(*at), "field", key, scope.fields, scope.of)
        return
    definition = scope.fields[key]
    forms = value if isinstance(value, Mapping) and "field" not in value else {"equals": value}
    for how, operand in forms.items():
        inner = (*at, how) if forms is value else at
        if how == "any":
            if definition is None or definition.kind != "group":
                yield problem(
                    "MIS-062",
                    source.where(*inner),
                    f"“any” asks the rows of a group, and “{key}” is none.",
                    f"« any » interroge les lignes d’un groupe, et « {key} » n’en est pas un.",
                )
            else:
                rows = scope_of_rows(f"{scope.of}.{key}", definition, names.known("area level"))
                yield from _names(names, rows, operand or {}, source, inner)
        elif isinstance(operand, Mapping):
            yield from _field(scope, str(operand.get("field")), source, (*inner, "field"))
        elif how in ("equals", "in", "contains"):
            yield from _constants(names, scope, key, operand, source, at=inner)


def _constants(names: Names, scope: Scope, key: str, operand: Any, source: Source, *, at: Steps) -> Iterator[Issue]:
    """Yield the constants that the field can never hold."""
    definition = scope.fields[key]
    allowed: tuple[str, ...] | None = None
    thing = "option"
    of_record = key.removeprefix("record.")
    if definition is None and of_record in ("state", "kind", "level"):
        allowed = {"state": scope.states, "kind": KINDS, "level": LEVELS}[of_record]
        thing = "state" if of_record == "state" else "option"
    elif definition is not None and definition.kind in ("choice", "choices"):
        allowed = option_keys(names, definition.options)
    if allowed is None:
        return
    many = isinstance(operand, list)
    for index, constant in enumerate(operand if isinstance(operand, list) else [operand]):
        if isinstance(constant, str) and constant not in allowed:
            yield unknown_name(
                source.where(*at, *((index,) if many else ())),
                thing,
                constant,
                allowed,
                scope.of if thing == "state" else key,
            )


def option_keys(names: Names, name: str) -> tuple[str, ...] | None:
    """Return the keys of a list of options, ``None`` where it cannot be known."""
    if name in LISTS.values():
        mission = names.mission.shape if names.mission else None
        return tuple(getattr(mission, name)) if mission else None
    read = names.options.get(name)
    return tuple(read.shape.options) if read and read.shape else None
