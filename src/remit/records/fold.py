"""Fold entries into the record as it stands.

The order of arrival does not matter: entries are taken by (at, id), each after those that its author knew of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from remit.kernel.errors import Fault
from remit.records.branches import Branches, in_causal_order
from remit.records.entries import Entry
from remit.records.record import Link, Moved, Record
from remit.records.types import RecordType

OCCURRED_FIELDS = ("occurred_at", "occurred_on")
REPORTED_FIELDS = ("reported_at", "reported_on")


def fold(types: Mapping[str, RecordType], entries: Iterable[Entry]) -> Record | None:
    """Return the record that the entries make; ``None`` while the entry that recorded it has not come.

    Args:
        types: record types by key.
        entries: of one record, and the links that others made to it; one that comes twice is taken once.

    Raises:
        Fault: REC-041, the record's type is not declared.
    """
    ordered = in_order({entry.id: entry for entry in entries}.values())
    first = next((entry for entry in ordered if entry.kind == "recorded"), None)
    if first is None:
        return None
    state = _State(first, _declared(types, first))
    for entry in ordered:
        state.take(entry)
    return state.record()


def fold_all(types: Mapping[str, RecordType], entries: Iterable[Entry]) -> Iterator[Record]:
    """Yield every record that the entries make, by id."""
    by_record: dict[str, list[Entry]] = {}
    for entry in entries:
        for record in touched(entry):
            by_record.setdefault(record, []).append(entry)
    for record in sorted(by_record):
        if (folded := fold(types, by_record[record])) is not None:
            yield folded


def touched(entry: Entry) -> tuple[str, ...]:
    """Return the records whose state an entry changes: its own and, for a link, the other."""
    other = entry.facts.get("other") if entry.kind == "linked" else None
    return (entry.record,) if other in (None, entry.record) else (entry.record, str(other))


def _declared(types: Mapping[str, RecordType], entry: Entry) -> RecordType:
    if entry.type in types:
        return types[entry.type]
    raise Fault.of(
        "REC-041",
        f"The journal holds a record of the type “{entry.type}”, which the mission does not declare.",
        f"Le journal contient une fiche du type « {entry.type} », que la mission ne déclare pas.",
        do_en=f"Put records/{entry.type}.yaml back into the mission's folder; a type that is no longer used stays declared.",
        do_fr=f"Remettez records/{entry.type}.yaml dans le dossier de la mission ; un type qui ne sert plus reste déclaré.",
    )


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """Return a record's entries as they are taken: by (at, id), each after those that its author knew of. Where several moves bear one instant, each follows the one that led to where it starts."""
    ordered = sorted(entries, key=lambda entry: (entry.kind != "recorded", entry.at, entry.id))
    nth = 0
    while nth < len(ordered):
        last = nth + 1
        while (
            last < len(ordered)
            and ordered[nth].kind == ordered[last].kind == "moved"
            and ordered[last].at == ordered[nth].at
        ):
            last += 1
        if last - nth > 1:
            ordered[nth:last] = _chained(ordered[nth:last])
        nth = last
    return in_causal_order(ordered)


def _chained(moves: Sequence[Entry]) -> list[Entry]:
    reached = {str(move.facts.get("to")) for move in moves}
    left = list(moves)
    start = next((move for move in left if move.facts.get("from") not in reached), left[0])
    chain = [start]
    left.remove(start)
    while left:
        following = next((move for move in left if move.facts.get("from") == chain[-1].facts.get("to")), left[0])
        chain.append(following)
        left.remove(following)
    return chain


class _State:
    """What is gathered while folding one record."""

    def __init__(self, first: Entry, type_: RecordType) -> None:
        self.first, self.type = first, type_
        self.id = first.record
        self.facts: dict[str, Any] = {}
        self.values: dict[str, Any] = {}
        self.erased: set[str] = set()
        self.state = type_.process.start if type_.process else ""
        self.version = first.version
        self.links: list[Link] = []
        self.moves: list[Moved] = []
        self.taken: list[Entry] = []
        self.amended_by: list[str] = []
        self.withdrawn = False

    def take(self, entry: Entry) -> None:
        """Take one entry, in order."""
        if entry.record != self.id:
            if entry.kind == "linked" and entry.facts.get("other") == self.id:
                self.links.append(
                    Link(str(entry.facts["relation"]), entry.record, entry.type, False, entry.id, entry.at)
                )
            return
        self.taken.append(entry)
        self._values(entry)
        if entry.kind in ("recorded", "amended"):
            self.facts.update({name: fact for name, fact in entry.facts.items() if name != "after"})
            self.version = entry.version
            if entry.kind == "amended" and entry.by.person not in self.amended_by:
                self.amended_by.append(entry.by.person)
        elif entry.kind == "moved":
            self._moved(entry)
        elif entry.kind == "linked":
            facts = entry.facts
            self.links.append(
                Link(str(facts["relation"]), str(facts["other"]), str(facts["other_type"]), True, entry.id, entry.at)
            )
        elif entry.kind == "withdrawn":
            self.withdrawn = True
        else:
            named = [str(name) for name in entry.facts.get("fields", ())] or list(self.values)
            self.erased.update(name for name in named if self.values.pop(name, None) is not None)

    def _values(self, entry: Entry) -> None:
        for name in entry.erased:
            if not name.startswith("_"):
                self.values.pop(name, None)
                self.erased.add(name)
        for name, value in entry.values.items():
            if name.startswith("_"):
                continue
            self.erased.discard(name)
            if value is None:
                self.values.pop(name, None)
            else:
                self.values[name] = value

    def _moved(self, entry: Entry) -> None:
        facts = entry.facts
        self.state = str(facts["to"])
        reason = str(entry.values.get("_reason") or "")
        self.moves.append(
            Moved(str(facts["move"]), str(facts["from"]), self.state, entry.at, entry.by, entry.id, reason)
        )

    def record(self) -> Record:
        """Return the record."""
        facts, first, type_ = self.facts, self.first, self.type
        branches = Branches(self.taken)
        return Record(
            id=self.id,
            type=first.type,
            version=self.version,
            kind=type_.kind,
            number=str(facts.get("number", "")),
            state=self.state,
            level=facts.get("level", type_.level),
            values=self.values,
            recorded_at=first.at,
            recorded_by=first.by,
            compartment=str(facts.get("compartment", "")),
            component=str(facts.get("component") or first.by.component),
            caveats=tuple(facts.get("caveats", ())),
            originator=str(facts.get("originator", "")),
            invented=bool(facts.get("invented", False)),
            links=tuple(self.links),
            moves=tuple(self.moves),
            entries=tuple(entry.id for entry in self.taken),
            erased=tuple(sorted(self.erased)),
            withdrawn=self.withdrawn,
            changed_at=max(entry.at for entry in self.taken),
            title=self._title(),
            occurred=self._time("occurred", OCCURRED_FIELDS),
            reported=self._time("reported", REPORTED_FIELDS),
            facts=facts,
            amended_by=tuple(self.amended_by),
            heads=branches.heads,
            disputed=branches.apart(),
        )

    def _title(self) -> str:
        """A sensitive field gives no title: titles stand in lists that more people read than the field."""
        definition = self.type.fields.get(self.type.title)
        value = self.values.get(self.type.title)
        return value if isinstance(value, str) and not (definition and definition.sensitive) else ""

    def _time(self, name: str, otherwise: Sequence[str]) -> str:
        declared = self.type.times.get(name)
        for key in (declared,) if declared else otherwise:
            value = self.values.get(key)
            if isinstance(value, Mapping):
                value = value.get("on")
            if value:
                return str(value)
        return ""
