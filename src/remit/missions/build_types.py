"""Build record types and lists of options from their shapes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from remit.kernel.canonical import digest
from remit.kernel.conditions import NEVER, Condition, parse_condition, parse_length
from remit.kernel.wording import Words
from remit.kernel.working_days import PLAIN_WEEK, WorkingWeek
from remit.missions.declarations.record_type import (
    FieldDeclared,
    LengthDeclared,
    ProcessDeclared,
    RecordTypeDeclared,
    SpanDeclared,
    WithinDeclared,
    ZoneDeclared,
)
from remit.missions.labels import Labels, code_of
from remit.missions.link.names import LISTS, Names, Read
from remit.missions.read import Source, Steps
from remit.records.types import (
    Example,
    FieldDefinition,
    KeepingRule,
    Length,
    Move,
    Option,
    Process,
    RecordType,
    ReleaseRule,
    State,
    Within,
    WorkingDays,
    Zone,
)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What of the mission a record type takes in.

    ``recorders`` may record where the type names nobody; ``area_levels`` are columns of every place;
    ``week`` is what its limits in working days count by.
    """

    options: Mapping[str, tuple[Option, ...]]
    recorders: tuple[str, ...]
    area_levels: tuple[str, ...]
    labels: Labels
    week: WorkingWeek = PLAIN_WEEK


def mission_options(
    names: Names, plain: Mapping[str, Mapping[str, Words]], labels: Labels
) -> dict[str, tuple[Option, ...]]:
    """Return every list of options by name; the mission's parties, components and partners are among them."""
    lists = {name: tuple(Option(key, words) for key, words in members.items()) for name, members in plain.items()}
    for name, read in names.options.items():
        if read.shape is not None:
            lists[name] = tuple(
                Option(
                    key, labels.of(option.label, key, read.source, "options", key), option.symbol, dict(option.codes)
                )
                for key, option in read.shape.options.items()
            )
    return lists


def built_type(key: str, read: Read[RecordTypeDeclared], around: Surroundings) -> RecordType:
    """Return a record type.

    Raises:
        LookupError: it does not fit its shape, or has no kind.
    """
    declared, source, labels = read.whole, read.source, around.labels
    if declared.kind is None:
        raise LookupError(f"{source.file} has no kind")
    label = labels.of(declared.label, key, source)
    fields = _fields(declared.fields, around, source, ("fields",))
    return RecordType(
        key=key,
        version=declared.version,
        kind=declared.kind,
        label=label,
        plural=declared.plural.words if declared.plural else plural_of(label, source, labels),
        code=declared.code or code_of(key),
        source=declared.source,
        serves=tuple(declared.serves),
        fields=fields,
        level=declared.level,
        record_by=_recorders(declared, around.recorders),
        over=declared.over,
        title=declared.title or "title",
        compartment=declared.compartment,
        component=declared.component,
        caveats=tuple(declared.caveats),
        process=_process(declared.process, source, around) if declared.process else None,
        release=_release(declared),
        retention=_retention(declared),
        declassification=_declassification(declared),
        zone=_zone(declared.zone) if declared.zone else None,
        times={
            name: at
            for name, at in (("occurred", declared.times.occurred), ("reported", declared.times.reported))
            if at
        },
        symbol=declared.symbol,
        listed=tuple(declared.listed),
        examples=tuple(_example(raw) for raw in source.data.get("examples") or ()),
        abstract=declared.abstract,
        system=declared.system,
        file=source.file,
        digest=_digest(key, source, fields),
    )


def plural_of(label: Words, source: Source, labels: Labels) -> Words:
    """Return the singular where no plural is declared, with a note."""
    labels.note(source, what="plural", shown=label.en)
    return label


def _recorders(declared: RecordTypeDeclared, recorders: tuple[str, ...]) -> tuple[str, ...]:
    if declared.record_by is not None:
        return tuple(declared.record_by)
    return () if declared.system else recorders


def _release(declared: RecordTypeDeclared) -> ReleaseRule | None:
    rule = declared.release
    return ReleaseRule(rule.place, rule.date or "", tuple(rule.fields), tuple(rule.audiences)) if rule else None


def _zone(declared: ZoneDeclared) -> Zone:
    return Zone(
        centre=declared.centre,
        radius_km=declared.radius_km,
        start=declared.from_,
        end=declared.until,
        ordered_by=declared.ordered_by,
        watches={key: parse_condition(raw) for key, raw in declared.watches.items()},
        ended_by=tuple(declared.ended_by),
        exceptions=declared.exceptions,
        ground=declared.ground,
    )


def _retention(declared: RecordTypeDeclared) -> KeepingRule | None:
    rule = declared.retention
    if rule is None:
        return None
    return KeepingRule(*_span(rule.keep), rule.of, _unless(rule.unless), fields=tuple(rule.destroy))


def _declassification(declared: RecordTypeDeclared) -> KeepingRule | None:
    rule = declared.declassification
    return KeepingRule(*_span(rule.after), rule.of, _unless(rule.unless), to=rule.to) if rule else None


def _span(span: SpanDeclared) -> tuple[int, int]:
    return 12 * span.years + span.months, span.days


def _unless(raw: Mapping[str, Any] | None) -> Condition:
    return NEVER if raw is None else parse_condition(raw)


def _example(raw: Mapping[str, Any]) -> Example:
    return Example(tuple(raw["play"]), raw.get("then") or {}, raw.get("refused") or "", str(raw.get("note") or ""))


def _fields(
    declared: Mapping[str, FieldDeclared], around: Surroundings, source: Source, at: Steps
) -> dict[str, FieldDefinition]:
    return {
        key: FieldDefinition(
            key=key,
            kind=field.kind,
            label=around.labels.of(field.label, key, source, *at, key),
            help=field.help.words if field.help else None,
            required=field.required,
            sensitive=field.sensitive,
            many=field.many,
            repeats=field.repeats,
            options=around.options[field.options or LISTS[field.to]] if field.options or field.to in LISTS else (),
            to=field.to,
            fields=_fields(field.fields, around, source, (*at, key, "fields")),
            settings=_settings(field, source, (*at, key), around.area_levels),
        )
        for key, field in declared.items()
    }


def _settings(field: FieldDeclared, source: Source, at: Steps, area_levels: tuple[str, ...]) -> dict[str, Any]:
    """Return what only the kind understands, as declared; a place also learns the mission's area levels (its columns)."""
    raw = source.data
    for step in at:
        raw = raw[step]
    settings = {name: raw[name] for name in field.set_}
    return {**settings, "area_levels": area_levels} if field.kind == "place" else settings


def _process(declared: ProcessDeclared, source: Source, around: Surroundings) -> Process:
    labels, week = around.labels, around.week
    states = {
        key: State(
            key, labels.of(state.label, key, source, "process", "states", index, key), state.final, state.outcome or ""
        )
        for index, item in enumerate(declared.states)
        for key, state in item.items()
    }
    moves = {
        key: Move(
            key=key,
            label=labels.of(move.label, key, source, "process", "moves", key),
            from_=tuple(move.from_),
            to=move.to,
            by=tuple(move.by),
            requires=parse_condition(move.requires),
            requires_words=move.requires_words.words if move.requires_words else None,
            within=_within(move.within, week) if move.within else None,
            second_person=move.second_person,
            reason=move.reason,
            sets=tuple(move.sets),
        )
        for key, move in declared.moves.items()
    }
    return Process(declared.start, states, moves)


def _within(declared: WithinDeclared, week: WorkingWeek) -> Within:
    return Within(
        None if declared.by else _length(declared, week),
        declared.of,
        declared.until,
        declared.before,
        declared.by,
        {option: _length(length, week) for option, length in declared.lengths.items()},
    )


def _length(declared: LengthDeclared, week: WorkingWeek) -> Length:
    return WorkingDays(declared.working_days, week) if declared.working_days else parse_length(declared.length)


def _digest(key: str, source: Source, fields: Mapping[str, FieldDefinition]) -> str:
    """Return the digest of what a type means: its merged declaration without examples, and the options of its fields."""

    def choices(inside: Mapping[str, FieldDefinition]) -> dict[str, Any]:
        return {name: [[o.key for o in field.options], choices(field.fields)] for name, field in inside.items()}

    declaration = {name: value for name, value in source.data.items() if name != "examples"}
    return digest({"key": key, "declaration": declaration, "options": choices(fields)})
