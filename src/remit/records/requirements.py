"""Say in words which parts of a requirement are not met."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

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
    fields_of,
)
from remit.kernel.evaluation import Links, holds
from remit.kernel.wording import Words, same
from remit.records.fields import field_kinds
from remit.records.types import FieldDefinition

_HOW = {
    "equals": Words("{name} is {value}", "{name} est {value}"),
    "in": Words("{name} is one of: {value}", "{name} est l’une de ces valeurs : {value}"),
    "at_least": Words("{name} is at least {value}", "{name} est au moins {value}"),
    "at_most": Words("{name} is at most {value}", "{name} est au plus {value}"),
    "above": Words("{name} is above {value}", "{name} dépasse {value}"),
    "below": Words("{name} is below {value}", "{name} est en deçà de {value}"),
    "contains": Words("{name} contains {value}", "{name} contient {value}"),
}
_HOW_IN_TIME = {
    "at_least": Words("{name} is not before {value}", "{name} n’est pas antérieur à {value}"),
    "at_most": Words("{name} is not after {value}", "{name} n’est pas postérieur à {value}"),
    "above": Words("{name} is after {value}", "{name} est postérieur à {value}"),
    "below": Words("{name} is before {value}", "{name} est antérieur à {value}"),
}
_FROM_OTHER = Words("linked to this one", "liées à celle-ci")
_TO_OTHER = Words("to which this one links", "auxquelles celle-ci est liée")


def unmet(
    condition: Condition, values: Mapping[str, Any], links: Links, fields: Mapping[str, FieldDefinition]
) -> tuple[Words, ...]:
    """Return each part that does not surely hold, in words; empty where the whole condition holds.

    Of an alternative (``any``) the whole is said, since any part would do.
    """
    if holds(condition, values, links):
        return ()
    if isinstance(condition, All):
        return tuple(words for part in condition.parts for words in unmet(part, values, links, fields))
    return (describe(condition, fields),)


def unmet_but_for(
    condition: Condition,
    values: Mapping[str, Any],
    links: Links,
    fields: Mapping[str, FieldDefinition],
    open_fields: frozenset[str],
) -> tuple[Words, ...]:
    """Return the unmet parts that filling ``open_fields`` could not meet."""
    if isinstance(condition, All):
        return tuple(
            words for part in condition.parts for words in unmet_but_for(part, values, links, fields, open_fields)
        )
    heads = {name.partition(".")[0] for name in fields_of(condition)}
    return () if heads & open_fields else unmet(condition, values, links, fields)


def describe(condition: Condition, fields: Mapping[str, FieldDefinition]) -> Words:
    """Return a condition in words."""
    match condition:
        case Compare(name, how, operand):
            in_time = name in fields and fields[name].kind in ("date", "instant")
            words = _HOW_IN_TIME.get(how, _HOW[how]) if in_time else _HOW[how]
            return words.format(name=_label(name, fields), value=_value(name, operand, fields))
        case Exists(name, wanted):
            end = Words("is filled in", "est renseigné") if wanted else Words("is empty", "est vide")
            return _joined((_label(name, fields), end), same(" "))
        case Elapsed(start, end_field, how, length):
            hours = length.total_seconds() / 3600
            said = Words(f"{hours / 24:g} days", f"{hours / 24:g} jours") if hours > 48 else same(f"{hours:g} h")
            span = Words("the time from {a} to {b}", "le temps de {a} à {b}")
            span = span.format(a=_label(start, fields), b=_label(end_field, fields))
            return _HOW[how].format(name=span, value=said)
        case All(parts):
            return _joined([describe(part, fields) for part in parts], Words(" and ", " et "))
        case AnyOf(parts):
            either = _joined([describe(part, fields) for part in parts], Words(" or ", " ou "))
            return Words(f"({either.en})", f"({either.fr})")
        case Not(part):
            return Words("it does not hold that {part}", "il n’est pas vrai que {part}").format(
                part=describe(part, fields)
            )
        case SomeRow(group, part):
            inner = fields[group].fields if group in fields else {}
            words = Words("in some row of {group}, {part}", "dans une ligne de {group}, {part}")
            return words.format(group=_label(group, fields), part=describe(part, inner))
        case Linked(type_, relation, _, at_least, outward):
            words = Words(
                "at least {n} record(s) {type}{end}{relation}",
                "au moins {n} fiche(s) {type}{end}{relation}",
            )
            kind = f"“{type_}” " if type_ else ""
            kind_fr = f"« {type_} » " if type_ else ""
            by = Words(f" as {relation}", f" au titre de {relation}") if relation else same("")
            return words.format(
                n=at_least, type=Words(kind, kind_fr), end=_TO_OTHER if outward else _FROM_OTHER, relation=by
            )


def _label(name: str, fields: Mapping[str, FieldDefinition]) -> Words:
    definition = fields.get(name) or fields.get(name.partition(".")[0])
    label = definition.label if definition else same(name)
    return Words(f"“{label.en}”", f"« {label.fr} »")


def _value(name: str, operand: Any, fields: Mapping[str, FieldDefinition]) -> Words:
    if isinstance(operand, Field):
        return _label(operand.name, fields)
    if isinstance(operand, tuple):
        return _joined([_value(name, member, fields) for member in operand], same(", "))
    definition = fields.get(name)
    if definition is not None and definition.options:
        show = field_kinds()["choice"].show_one
        return Words(show(operand, definition, "en"), show(operand, definition, "fr"))
    return same(str(operand))


def _joined(parts: list[Words] | tuple[Words, ...], between: Words) -> Words:
    return Words(between.en.join(part.en for part in parts), between.fr.join(part.fr for part in parts))
