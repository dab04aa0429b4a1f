"""Link the steps of examples and demonstrations: roles, types, moves, fields, and records named before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from remit.kernel.issues import Issue
from remit.missions.declarations.record_type import RecordTypeDeclared
from remit.missions.declarations.steps import ExampleDeclared, Outcome, Step
from remit.missions.link.names import Names
from remit.missions.problems import unknown_name
from remit.missions.read import Source, Steps
from remit.records.types import RELATIONS


def linked_example(names: Names, key: str, example: ExampleDeclared, source: Source, at: Steps) -> Iterator[Issue]:
    """Yield what is wrong with the names in a worked example of a record type."""
    records = Records(names, key)
    last = len(example.play) - 1 if example.refused else -1
    for index, step in enumerate(example.play):
        yield from records.step(step, source, (*at, "play", index), may_be_wrong=index == last)
    if example.then is not None:
        yield from _outcome(records, example.then, source, (*at, "then"))


def _outcome(records: Records, then: Outcome, source: Source, at: Steps) -> Iterator[Issue]:
    names, kind = records.names, records.types.get(then.of, records.key)
    if then.of and then.of not in records.types:
        yield unknown_name(source.where(*at, "of"), "record", then.of, records.types)
    for measure in then.figures:
        yield from names.expect("measure", measure, source, *at, "figures", measure)
    shape = _shape(names, kind)
    if shape is None:
        return
    states = tuple(name for item in shape.process.states for name in item) if shape.process else ()
    if then.state and then.state not in states:
        yield unknown_name(source.where(*at, "state"), "state", then.state, states, kind)
    moves = tuple(shape.process.moves) if shape.process else ()
    for key, thing, given, known in (
        ("values", "field", then.values, shape.fields),
        ("clocks", "move", then.clocks, moves),
    ):
        for name in given:
            if name not in known:
                yield unknown_name(source.where(*at, key, name), thing, name, known, kind)


class Records:
    """The records that steps have made so far, by local name; shared over the files of a demonstration."""

    def __init__(self, names: Names, key: str) -> None:
        self.names = names
        self.key = key
        self.types: dict[str, str] = {}

    def step(self, step: Step, source: Source, at: Steps, *, may_be_wrong: bool = False) -> Iterator[Issue]:
        """Yield what is wrong with one step. One that must be refused may name fields that are not there."""
        names = self.names
        yield from names.expect("role", step.as_, source, *at, "as")
        yield from names.expect("compartment", step.compartment, source, *at, "compartment")
        if step.record is not None:
            kind = step.type or self.key
            yield from names.expect("type", step.type, source, *at, "type")
            if not may_be_wrong:
                yield from self._fields(kind, step.record, source, (*at, "record"))
            yield from self._named(step.over, source, (*at, "over"))
            if step.id:
                self.types[step.id] = kind
        elif step.link is not None:
            yield from self._named(step.link.from_, source, (*at, "link", "from"))
            yield from self._named(step.link.to, source, (*at, "link", "to"))
            if step.link.relation not in RELATIONS and not may_be_wrong:
                yield unknown_name(source.where(*at, "link", "relation"), "relation", step.link.relation, RELATIONS)
        else:
            yield from self._named(step.of, source, (*at, "of"))
            yield from self._named(step.withdraw or "", source, (*at, "withdraw"))
            kind = self.types.get(step.of, "") if step.of else self.key
            if not may_be_wrong:
                yield from self._move(kind, step.move, source, (*at, "move"))
                yield from self._fields(kind, step.amend or {}, source, (*at, "amend"))
                yield from self._fields(kind, step.set, source, (*at, "set"))

    def _named(self, name: str, source: Source, at: Steps) -> Iterator[Issue]:
        if name and name not in self.types:
            yield unknown_name(source.where(*at), "record", name, self.types)

    def _move(self, kind: str, move: str | None, source: Source, at: Steps) -> Iterator[Issue]:
        shape = _shape(self.names, kind)
        if move is None or shape is None:
            return
        known = tuple(shape.process.moves) if shape.process else ()
        if move not in known:
            yield unknown_name(source.where(*at), "move", move, known, kind)

    def _fields(self, kind: str, values: Mapping[str, object], source: Source, at: Steps) -> Iterator[Issue]:
        shape = _shape(self.names, kind)
        if shape is None:
            return
        for name in values:
            if name not in shape.fields:
                yield unknown_name(source.where(*at, name), "field", name, shape.fields, kind)


def linked_demonstration(names: Names) -> Iterator[Issue]:
    """Yield what is wrong with the names in the demonstration; its files share the names of records."""
    records = Records(names, "")
    for read in names.demonstration.values():
        if read.shape is not None:
            for index, step in enumerate(read.shape.play):
                yield from records.step(step, read.source, ("play", index))


def _shape(names: Names, kind: str) -> RecordTypeDeclared | None:
    read = names.types.get(kind)
    return read.shape if read else None
