"""Records in which every value is known by its bytes, so that whoever reads one of them where he must not is found."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from remit.kernel.conditions import ALWAYS
from remit.records.access import decide, visible_values
from remit.records.actors import Actor, Role
from remit.records.journal import Query
from remit.records.record import Record
from remit.records.released import released
from remit.records.types import FieldDefinition, RecordType
from remit.services.figuring import figures, readable
from remit.services.recording import record
from remit.services.standing import usual_period
from remit.services.withdrawing import withdraw
from remit.services.workspace import Workspace

_MARK = re.compile(r"zq\d{6}zq")


@dataclass
class Planting:
    """Makes values that stand nowhere else: words, numbers, coordinates and files."""

    workspace: Workspace
    marks: set[str] = field(default_factory=set)
    records: list[Record] = field(default_factory=list)
    _nth: Iterator[int] = field(default_factory=lambda: count(1))

    def words(self) -> str:
        """Return words with a mark of their own."""
        mark = f"zq{next(self._nth):06d}zq"
        self.marks.add(mark)
        return f"Invented {mark}"

    def values(self, fields: Mapping[str, FieldDefinition]) -> dict[str, Any]:
        """Return raw values for all fields, those of groups too."""
        return {key: self.value(one) for key, one in fields.items()}

    def value(self, one: FieldDefinition) -> Any:
        """Return a raw value of a field's kind, with a mark where the kind can bear one."""
        if one.fields:
            row = self.values(one.fields)
            return [row] if one.repeats else row
        if one.options:
            return [one.options[0].key] if one.many or one.kind == "choices" else one.options[0].key
        limited = one.settings.get("maximum")
        value = str(limited) if limited is not None else self._plain(one.kind)
        return [value] if one.many else value

    def _plain(self, kind: str) -> Any:
        nth = next(self._nth)
        if kind == "place":
            return {"name": self.words(), "lat": float(f"16.{nth % 10000:04d}7"), "lon": -1.5}
        if kind == "attachment":
            name = f"{self.words().split()[-1]}.txt"
            return {"sha256": self.workspace.attachments.keep(self.words().encode(), name), "name": name}
        if kind == "reference":
            return self.words().split()[-1]
        plain = {
            "integer": str(71_000_000 + nth), "decimal": "3", "money": {"amount": str(72_000_000 + nth), "currency": "USD"},
            "date": "2017-07-20", "instant": "2017-07-20T10:00:00Z",
        }  # fmt: skip
        return plain.get(kind) or self.words()


def plant(workspace: Workspace) -> Planting:
    """Record every type of the mission as it stands by itself, in each compartment, strictly confidential, and withdrawn."""
    planting = Planting(workspace)
    types = [kind for kind in workspace.mission.record_types.values() if not kind.abstract and kind.record_by]
    compartments = list(workspace.mission.compartments)
    for nth, kind in enumerate(sorted(types, key=lambda one: bool(one.over))):
        _plant(planting, kind, "")
        _plant(planting, kind, compartments[nth % len(compartments)] if compartments else "", withdrawn=nth % 5 == 0)
        _plant(planting, kind, "", level="strictly-confidential")
    return planting


def _plant(
    planting: Planting, kind: RecordType, compartment: str, *, level: Any = None, withdrawn: bool = False
) -> None:
    workspace = planting.workspace
    role = next(workspace.mission.roles[key] for key in kind.record_by)
    actor = Actor("planter", role)
    over = next((one.id for one in planting.records if one.type == kind.over and not one.compartment), "")
    made = record(
        workspace, actor, kind.key, planting.values(kind.fields), over=over, level=level, compartment=compartment,
        invented=True,
    )  # fmt: skip
    if withdrawn and "withdraw" in role.may:
        withdraw(workspace, actor, made.id, planting.words())
    planting.records.append(made)


def kept_from(workspace: Workspace, planting: Planting, role: Role, person: str) -> set[bytes]:
    """Return the bytes that somebody in a role must not read: marks, numbers, coordinates, identifiers, entries.

    What he may read is said by the decision on each record (``tests/properties`` hold it), applied here one by one.
    """
    actor = Actor(person, role)
    every = list(workspace.journal.find(Query(ALWAYS, limit=None)))
    seen = [one for one in every if decide(actor, "see", one.envelope(), _type(workspace, one)).allowed]
    shown = {mark for one in seen for mark in _bytes_in(_values(workspace, actor, one))}
    own = {part for one in seen for part in (one.id, one.number, *one.entries)}
    marks = planting.marks | {mark for one in planting.records for mark in _bytes_in(one.values)}
    hidden = {part for one in every if one not in seen for part in (one.id, one.number, *one.entries)}
    return {part.encode() for part in (marks - shown) | (hidden - own)}


def said_by_figures(workspace: Workspace, role: Role, person: str) -> set[bytes]:
    """Return the numbers that stand in figures of the usual period which somebody in a role may read.

    A figure is the same for every reader that its measure is for, so that one over a single record says what stands there.
    """
    actor, period = Actor(person, role), usual_period(workspace)
    measures = readable(workspace, actor)
    asked = {(), *((name,) for one in measures for name in one.breakdowns)}
    numbers = {
        cell.value
        for by in asked
        for figure in figures(workspace, actor, period, by=by)
        for cell in (figure, *figure.cells)
    }
    return {text.encode() for number in numbers if isinstance(number, int) for text in _bytes_in(number)}


def hidden_records(workspace: Workspace, role: Role, person: str) -> list[Record]:
    """Return the records that somebody in a role may not see."""
    actor = Actor(person, role)
    return [
        one
        for one in workspace.journal.find(Query(ALWAYS, limit=None))
        if not decide(actor, "see", one.envelope(), _type(workspace, one)).allowed
    ]


def _type(workspace: Workspace, one: Record) -> RecordType:
    return workspace.mission.record_types[one.type]


def _values(workspace: Workspace, actor: Actor, one: Record) -> Any:
    kind = _type(workspace, one)
    if actor.role.audience:
        shown = released(one, kind, workspace.mission.audiences[actor.role.audience], workspace.mission.area_levels)
        return dict(shown.values)
    return visible_values(actor, one, kind)[0]


def _bytes_in(value: Any) -> Iterator[str]:
    """Yield what of a value is known by its bytes, in each way in which it is written."""
    if isinstance(value, Mapping):
        for inner in value.values():
            yield from _bytes_in(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _bytes_in(inner)
    elif isinstance(value, int) and value > 71_000_000:
        yield from (str(value), f"{value:,}", f"{value:,}".replace(",", "\u202f"), f"{value:,}".replace(",", "\u00a0"))
    elif isinstance(value, float) and re.fullmatch(r"16\.\d{4}7", f"{value:.5f}"):
        yield f"{value:.5f}"[:-1]
    elif isinstance(value, str):
        yield from _MARK.findall(value)
        if re.fullmatch(r"72\d{6}(\.\d+)?", value):
            whole = int(value.partition(".")[0])
            yield from (str(whole), f"{whole:,}", f"{whole:,}".replace(",", "\u202f"))
        if re.fullmatch(r"[0-9a-f]{64}", value):
            yield value
