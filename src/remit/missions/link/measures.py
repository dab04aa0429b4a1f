"""Link measures: what they count, when, by what, against which limit, for whom."""

from __future__ import annotations

from collections.abc import Iterator

from remit.kernel.issues import Issue
from remit.measures.definitions import OF_TWO, TIMES
from remit.missions.declarations.measure import MeasureDeclared, WhenDeclared
from remit.missions.declarations.record_type import RecordTypeDeclared
from remit.missions.link.conditions import linked_condition
from remit.missions.link.fields import Scope, scope_of, scope_of_rows
from remit.missions.link.names import Names
from remit.missions.link.steps import Records
from remit.missions.problems import problem, unknown_name
from remit.missions.read import Source

PERIODS = TIMES
"""Breakdowns by time, which every measure may name."""

NEEDS = {
    "sum": ("value",),
    "distinct": ("value",),
    "share": ("numerator",),
    "elapsed": ("settings.from", "settings.to"),
    "survival": ("settings.to", "settings.within"),
    "score": ("value", "settings.most"),
    "ratio": ("settings.above", "settings.below"),
    "rate": ("settings.above", "settings.below", "settings.per"),
}
"""The keys without which a kind of measure means nothing."""


def linked_measures(names: Names) -> Iterator[Issue]:
    """Yield what is wrong with the names that measures use."""
    for key, read in names.measures.items():
        if read.shape is not None:
            yield from _linked_measure(names, key, read.shape, read.source)


def limits_of(names: Names) -> tuple[str, ...]:
    """Return the limits of the mandate as measures name them: ``16/military``."""
    mandate = names.mandate.shape if names.mandate else None
    provisions = mandate.provisions if mandate else {}
    return tuple(f"{path}/{key}" for path, provision in provisions.items() for key in provision.limits)


def _linked_measure(names: Names, key: str, declared: MeasureDeclared, source: Source) -> Iterator[Issue]:
    yield from names.expect("path", declared.serves, source, "serves")
    yield from names.expect("audience", declared.audiences, source, "audiences")
    for audience in declared.smallest_cell:
        yield from names.expect("audience", audience, source, "smallest_cell", audience)
    if declared.coverage:
        yield from names.expect("measure", declared.coverage.share_of, source, "coverage", "share_of")
    if declared.limit and names.mandate and names.mandate.shape and declared.limit not in limits_of(names):
        yield unknown_name(source.where("limit"), "limit", declared.limit, limits_of(names))
    yield from _needs(declared, source)
    if declared.measure in OF_TWO:
        yield from _of_two(names, declared, source)
    else:
        yield from _counted(names, declared, source)
    yield from _examples(names, key, declared, source)


def _needs(declared: MeasureDeclared, source: Source) -> Iterator[Issue]:
    given = {
        "value": declared.value,
        "numerator": declared.numerator,
        "settings.from": declared.settings.from_,
        "settings.to": declared.settings.to,
        "settings.within": declared.settings.within,
        "settings.most": declared.settings.most,
        "settings.above": declared.settings.above,
        "settings.below": declared.settings.below,
        "settings.per": declared.settings.per,
    }
    for need in NEEDS.get(declared.measure, ()):
        if not given[need]:
            yield problem(
                "MIS-056",
                source.where("measure"),
                f"A measure of kind {declared.measure} needs “{need}”.",
                f"Une mesure de nature {declared.measure} exige « {need} ».",
                "Add it.",
                "Ajoutez-la.",
            )


def _of_two(names: Names, declared: MeasureDeclared, source: Source) -> Iterator[Issue]:
    """Yield what is wrong with the two measures that a ratio is made of."""
    for end, name in (("above", declared.settings.above), ("below", declared.settings.below)):
        yield from names.expect("measure", name, source, "settings", end)
        read = names.measures.get(name)
        if read is None or read.shape is None:
            continue
        if read.shape.measure in (*OF_TWO, "share", "elapsed", "days-since", "survival", "score"):
            yield problem(
                "MIS-076",
                source.where("settings", end),
                f"“{name}” is of kind {read.shape.measure}: it is no number of things that could be divided.",
                f"« {name} » est de nature {read.shape.measure} : ce n’est pas un nombre de choses à diviser.",
                "Name a count, sum, distinct, stock or cumulative measure.",
                "Nommez une mesure count, sum, distinct, stock ou cumulative.",
            )
        known = (*read.shape.by, *(PERIODS if "month" in read.shape.by else ()))
        for index, by in enumerate(declared.by):
            if by not in known:
                yield unknown_name(source.where("by", index), "field", by, known, name)


def _counted(names: Names, declared: MeasureDeclared, source: Source) -> Iterator[Issue]:
    """Yield what is wrong with the type or the group that is counted, and with what is named of it."""
    type_key, _, group = declared.of.partition(".")
    yield from names.expect("type", type_key, source, "of")
    read = names.types.get(type_key)
    if read is None or read.shape is None:
        return
    scope = scope_of(type_key, read.shape, names.known("area level"))
    if group:
        definition = read.shape.fields.get(group)
        if definition is None or definition.kind != "group":
            groups = [name for name, field in read.shape.fields.items() if field.kind == "group"]
            yield unknown_name(source.where("of"), "field", group, groups, type_key)
            return
        rows = scope_of_rows(declared.of, definition, names.known("area level"))
        of_record = {f"record.{name}": field for name, field in scope.fields.items()}
        scope = Scope(
            declared.of, {**scope.fields, **rows.fields, **of_record}, scope.states, {**scope.own, **rows.own}
        )
    yield from _over(names, scope, declared, read.shape, source)


def _examples(names: Names, key: str, declared: MeasureDeclared, source: Source) -> Iterator[Issue]:
    known = (*PERIODS, *declared.by)
    of = declared.of
    if declared.measure in OF_TWO and (above := names.measures.get(declared.settings.above)) and above.shape:
        of = above.shape.of
    for index, example in enumerate(declared.examples):
        records = Records(names, of.partition(".")[0])
        for position, step in enumerate(example.records):
            yield from records.step(step, source, ("examples", index, "records", position))
        for position, expected in enumerate(example.expect):
            for name in expected.by:
                if name not in known:
                    at = ("examples", index, "expect", position, "by", name)
                    yield unknown_name(source.where(*at), "field", name, known, key)


def _over(
    names: Names, scope: Scope, declared: MeasureDeclared, of: RecordTypeDeclared, source: Source
) -> Iterator[Issue]:
    """Yield what is wrong with what a measure names of the records it counts."""
    yield from linked_condition(names, scope, declared.where, source, "where")
    yield from linked_condition(names, scope, declared.numerator, source, "numerator")
    has_place = any(field.kind == "place" for field in scope.own.values())
    levels = names.known("area level") if has_place else ()
    when = declared.when or WhenDeclared(time="known")
    ends = (("from", declared.settings.from_), ("to", declared.settings.to))
    named: list[tuple[tuple[str | int, ...], str, tuple[str, ...]]] = [
        (("value",), declared.value, ()),
        (("when", "field"), when.field, ()),
        *((("settings", end), at.field, ()) for end, at in ends if at),
        *((("by", index), name, (*PERIODS, *levels)) for index, name in enumerate(declared.by)),
        *((("settings", "latest_by", index), name, levels) for index, name in enumerate(declared.settings.latest_by)),
    ]
    for at, name, also in named:
        if at[0] in ("by", "settings") and has_place and "area level" not in names.whole:
            continue  # it may be an area level: mission.yaml, which lists them, is told already
        if name and name not in scope.fields and name not in also:
            yield unknown_name(source.where(*at), "field", name, (*scope.fields, *also), scope.of)
    time = when.time
    if time in ("occurred", "reported") and not getattr(of.times, time):
        yield problem(
            "MIS-060",
            source.where("when"),
            f"Records of “{scope.of}” do not say when they {'occurred' if time == 'occurred' else 'were reported'}.",
            f"Les fiches de « {scope.of} » ne disent pas quand elles sont "
            f"{'survenues' if time == 'occurred' else 'signalées'}.",
            f"Declare “times: {{{time}: FIELD}}” in the type, or count by another time.",
            f"Déclarez « times: {{{time}: CHAMP}} » dans le type, ou comptez selon un autre moment.",
        )
    moves = tuple(of.process.moves) if of.process else ()
    named_moves = [(("when",), when.moved), *((("settings", end), at.moved) for end, at in ends if at)]
    for place, move in named_moves:
        if move and move not in moves:
            yield unknown_name(source.where(*place, "moved"), "move", move, moves, scope.of)
