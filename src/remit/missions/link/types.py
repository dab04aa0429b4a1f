"""Link record types: fields, process, release, times, and what they serve."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from remit.kernel.issues import Issue
from remit.missions.declarations.record_type import (
    SETTINGS,
    FieldDeclared,
    MoveDeclared,
    ProcessDeclared,
    RecordTypeDeclared,
    WithinDeclared,
)
from remit.missions.link.columns import linked_columns, taken
from remit.missions.link.conditions import linked_condition, option_keys
from remit.missions.link.fields import ENVELOPE, INSTANTS, Scope, scope_of
from remit.missions.link.names import LISTS, Names
from remit.missions.link.steps import linked_example
from remit.missions.link.zones import linked_zone
from remit.missions.problems import problem, unknown_key, unknown_name
from remit.missions.read import Source, Steps
from remit.records.fields import field_kinds
from remit.records.types import Basis

NEEDS = {"choice": "options", "choices": "options", "reference": "to", "group": "fields"}
"""The key without which a kind of field means nothing."""


def linked_types(names: Names) -> Iterator[Issue]:
    """Yield what is wrong with the names that record types use."""
    for key, read in names.types.items():
        if read.shape is not None:
            yield from _linked_type(names, key, read.shape, read.source)


def _linked_type(names: Names, key: str, declared: RecordTypeDeclared, source: Source) -> Iterator[Issue]:
    scope = scope_of(key, declared, names.known("area level"))
    yield from names.expect("path", declared.serves, source, "serves")
    yield from names.expect("component", declared.component, source, "component")
    yield from names.expect("compartment", declared.compartment, source, "compartment")
    yield from names.expect("type", declared.over, source, "over")
    yield from names.expect("role", declared.record_by or (), source, "record_by")
    if not declared.kind and not declared.abstract:
        yield problem(
            "MIS-012",
            source.where(),
            f"The record type “{key}” has no kind.",
            f"Le type de fiche « {key} » n’a pas de nature (kind).",
            "Extend event, report, finding, action, effect or register, or write kind.",
            "Étendez event, report, finding, action, effect ou register, ou écrivez kind.",
        )
    if "id" in declared.fields:
        yield taken(source, ("fields", "id"), "id", "id")
    yield from linked_columns(declared.fields, names.known("area level"), source)
    yield from _fields(names, declared.fields, source, ("fields",))
    for place, index, name in _named(declared):
        if name and name not in declared.fields:
            at = (*place, *((index,) if index is not None else ()))
            known = (*declared.fields, *ENVELOPE) if place == ("listed",) else declared.fields
            if name not in known:
                yield unknown_name(source.where(*at), "field", name, known, key)
    if declared.process is not None:
        yield from _process(names, scope, declared.process, source)
    if release := declared.release:
        yield from names.expect("area level", release.place, source, "release", "place")
        yield from names.expect("audience", release.audiences, source, "release", "audiences")
    if declared.zone:
        yield from linked_zone(names, scope, declared, declared.zone, source)
    yield from _keeping(names, scope, declared, source)
    for index, example in enumerate(declared.examples):
        yield from linked_example(names, key, example, source, ("examples", index))


def _named(declared: RecordTypeDeclared) -> Iterator[tuple[Steps, int | None, str]]:
    """Yield each place of a type where a field is named, its position there, and the name."""
    yield from ((("listed",), index, name) for index, name in enumerate(declared.listed))
    yield ("times", "occurred"), None, declared.times.occurred
    yield ("times", "reported"), None, declared.times.reported
    yield ("title",), None, declared.title
    if declared.release:
        yield from ((("release", "fields"), index, name) for index, name in enumerate(declared.release.fields))
    if declared.retention:
        yield from ((("retention", "destroy"), index, name) for index, name in enumerate(declared.retention.destroy))
    if declared.process:
        for move, moved in declared.process.moves.items():
            yield from ((("process", "moves", move, "sets"), index, name) for index, name in enumerate(moved.sets))


def _keeping(names: Names, scope: Scope, declared: RecordTypeDeclared, source: Source) -> Iterator[Issue]:
    for name, rule in (("retention", declared.retention), ("declassification", declared.declassification)):
        if rule is not None:
            yield from linked_condition(names, scope, rule.unless, source, name, "unless")
            yield from _basis(declared, rule.of, source, name)


def _basis(declared: RecordTypeDeclared, of: Basis, source: Source, rule: str) -> Iterator[Issue]:
    """Yield that a rule counts from something that records of this type never have."""
    process = declared.process
    has = {
        "closed": process is not None
        and any(isinstance(s, dict) and any(v.final for v in s.values()) for s in process.states),
        "occurred": bool(declared.times.occurred),
        "reported": bool(declared.times.reported),
    }
    if not has.get(of, True):
        yield problem(
            "MIS-082",
            source.where(rule, "of"),
            f"The rule counts from “{of}”, which records of this type never have.",
            f"La règle se compte de « {of} », que les fiches de ce type n’ont jamais.",
            "Count from recorded or changed, or give the type a final state or the time.",
            "Comptez de recorded ou changed, ou donnez au type un état final ou l’heure.",
        )


def _fields(names: Names, fields: Mapping[str, FieldDeclared], source: Source, at: Steps) -> Iterator[Issue]:
    for name, definition in fields.items():
        here = (*at, name)
        if definition.kind not in field_kinds():
            yield unknown_name(source.where(*here, "kind"), "kind", definition.kind, field_kinds())
            continue
        known = SETTINGS.get(definition.kind, ())
        for setting in definition.set_:
            if setting not in known:
                yield unknown_key(
                    source.where(*here, setting), setting, (*known, "label", "help", "required", "sensitive", "many")
                )
        yield from names.expect("options", definition.options, source, *here, "options")
        yield from names.expect("type", definition.to, source, *here, "to", also=LISTS)
        need = NEEDS.get(definition.kind)
        for key in ("options", "to", "fields"):
            given = bool(getattr(definition, key))
            if given == (key == need):
                continue
            here_key = (*here, key) if given else here
            yield problem(
                "MIS-055",
                source.where(*here_key),
                f"A field of kind {definition.kind} {'cannot have' if given else 'needs'} “{key}”.",
                f"Un champ de nature {definition.kind} {'ne peut pas avoir' if given else 'exige'} « {key} ».",
                f"{'Take it out, or change the kind' if given else 'Add it'}.",
                f"{'Retirez-la ou changez la nature' if given else 'Ajoutez-la'}.",
            )
        yield from _fields(names, definition.fields, source, (*here, "fields"))


def _process(names: Names, scope: Scope, process: ProcessDeclared, source: Source) -> Iterator[Issue]:
    states = scope.states or ()
    if process.start not in states:
        yield unknown_name(source.where("process", "start"), "state", process.start, states, scope.of)
    for index, state in enumerate(states):
        if state in states[:index]:
            yield problem(
                "MIS-005",
                source.where("process", "states", index),
                f"The state “{state}” stands here a second time.",
                f"L’état « {state} » figure ici une seconde fois.",
                "Keep one of them.",
                "N’en gardez qu’un.",
            )
    for key, move in process.moves.items():
        yield from _move(names, scope, move, source, ("process", "moves", key))


def _move(names: Names, scope: Scope, move: MoveDeclared, source: Source, at: Steps) -> Iterator[Issue]:
    states = scope.states or ()
    for index, state in enumerate(move.from_):
        if state not in states:
            yield unknown_name(source.where(*at, "from", index), "state", state, states, scope.of)
    if move.to not in states:
        yield unknown_name(source.where(*at, "to"), "state", move.to, states, scope.of)
    yield from names.expect("role", move.by, source, *at, "by")
    if move.within:
        yield from _within(names, scope, move.within, source, (*at, "within"))
    yield from linked_condition(names, scope, move.requires, source, *at, "requires")


def _within(names: Names, scope: Scope, within: WithinDeclared, source: Source, at: Steps) -> Iterator[Issue]:
    """Yield what a clock names that is no time of the record, nor (for its start) a state of its own; and open lengths."""
    times = tuple(name for name, field in scope.own.items() if field.kind in ("instant", "date") and not field.many)
    states = tuple(state for state in scope.states or () if state not in scope.own)
    if within.of and within.of not in (known := (*times, *INSTANTS, *states)):
        yield unknown_name(source.where(*at, "of"), "start", within.of, known, scope.of)
    for name, field in (("until", within.until), ("before", within.before)):
        if field and field not in times:
            yield unknown_name(source.where(*at, name), "time", field, times, scope.of)
    if within.by:
        yield from _lengths(names, scope, within, source, at)


def _lengths(names: Names, scope: Scope, within: WithinDeclared, source: Source, at: Steps) -> Iterator[Issue]:
    """Yield what hinders that a choice picks the length: no such choice, no such option, an option without a length."""
    choices = tuple(name for name, field in scope.own.items() if field.kind == "choice" and not field.many)
    if within.by not in choices:
        yield unknown_name(source.where(*at, "by"), "choice", within.by, choices, scope.of)
        return
    options = option_keys(names, scope.own[within.by].options)
    if options is None:
        return
    for option in within.lengths:
        if option not in options:
            yield unknown_name(source.where(*at, "lengths", option), "option", option, options, within.by)
    for option in options:
        if option not in within.lengths:
            yield problem(
                "MIS-079",
                source.where(*at, "lengths"),
                f"The time limit has no length for “{option}” of “{within.by}”.",
                f"Le délai n’a pas de durée pour « {option} » de « {within.by} ».",
                "Give each option its length.",
                "Donnez une durée à chaque option.",
            )
