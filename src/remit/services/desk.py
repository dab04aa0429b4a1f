"""My desk: what I must decide now, my clocks by urgency, what others wait for from me, and what I wait for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from remit.kernel.conditions import All, Compare, Not
from remit.kernel.wording import Words
from remit.records.actors import Actor
from remit.records.clocks import RunningClock, clocks
from remit.records.process import MoveOption
from remit.records.record import Record
from remit.records.types import ClassificationLevel, RecordType
from remit.services.looking import find
from remit.services.moving import open_moves
from remit.services.showing import Line, line, strictest
from remit.services.workspace import Workspace

LIMIT = 200
"""How many open records of one type are looked at from either end: the oldest, which are late, and the newest, whose limits
are hours."""
ACTIVE = ("running", "due-soon", "overdue")


@dataclass(frozen=True, slots=True)
class Waiting:
    """A record that waits: its most urgent clock, the moves out of its state, and who may make them."""

    line: Line
    clock: RunningClock | None
    moves: tuple[MoveOption, ...]
    by: tuple[Words, ...]
    elapsed: int = 0
    """How much of the clock's time is used up, in percent."""

    @property
    def overdue(self) -> bool:
        """Whether its clock has run out."""
        return self.clock is not None and self.clock.status == "overdue"


@dataclass(frozen=True, slots=True)
class Desk:
    """What lies on one person's desk in one role."""

    decide: tuple[Waiting, ...]
    clocks: tuple[Waiting, ...]
    others_wait: tuple[Waiting, ...]
    i_wait: tuple[Waiting, ...]
    level: ClassificationLevel
    invented: bool
    cut: bool
    """More records are open than the desk looks at."""


def desk(workspace: Workspace, actor: Actor, language: str) -> Desk:
    """Return the desk of an actor.

    ``decide``: a move is allowed for this role now. ``others_wait``: the role must move it, but something is still missing.
    ``i_wait``: what this person recorded and another role must move. ``clocks``: all running clocks of the role's moves.
    """
    found, cut = _open(workspace, actor)
    open_ones = _waiting(workspace, actor, found, language)
    role = actor.role.key
    mine = [w for w in open_ones if any(role in option.move.by for option in w.moves)]
    decide = [w for w in mine if any(option.allowed for option in w.moves)]
    missing = [w for w in mine if w not in decide]
    own = {record.id for record, _ in found if record.recorded_by.person == actor.person}
    i_wait = [w for w in open_ones if w.line.id in own and w not in mine]
    shown = [*decide, *missing, *i_wait]
    return Desk(
        decide=tuple(decide),
        clocks=tuple(w for w in mine if w.clock is not None),
        others_wait=tuple(missing),
        i_wait=tuple(i_wait),
        level=strictest([w.line for w in shown]),
        invented=any(w.line.invented for w in shown),
        cut=cut,
    )


def running(workspace: Workspace, actor: Actor, language: str) -> Sequence[Waiting]:
    """Return the visible records whose process is not at its end, the most urgent first."""
    return _waiting(workspace, actor, _open(workspace, actor)[0], language)


def _waiting(
    workspace: Workspace, actor: Actor, open_ones: Sequence[tuple[Record, RecordType]], language: str
) -> list[Waiting]:
    now = workspace.sources.clock()
    found = []
    for record, kind in open_ones:
        active = [clock for clock in clocks(record, kind, now) if clock.status in ACTIVE]
        urgent = min(active, key=lambda c: c.due) if active else None
        moves = open_moves(workspace, actor, workspace.journal.get(record.id) or record)
        roles = dict.fromkeys(r for option in moves for r in option.move.by if r in workspace.mission.roles)
        found.append(
            Waiting(
                line=line(workspace, record, language),
                clock=urgent,
                moves=moves,
                by=tuple(workspace.mission.roles[r].label for r in roles),
                elapsed=_elapsed(urgent, now) if urgent else 0,
            )
        )
    last = datetime.max.replace(tzinfo=UTC)
    return sorted(found, key=lambda w: (w.clock.due if w.clock else last, w.line.number))


def _open(workspace: Workspace, actor: Actor) -> tuple[list[tuple[Record, RecordType]], bool]:
    """Return open records with their types, and whether there are more of some type than are looked at."""
    found: list[tuple[Record, RecordType]] = []
    cut = False
    if actor.role.audience:
        return found, cut
    for kind in workspace.mission.record_types.values():
        if kind.abstract or kind.process is None:
            continue
        final = tuple(key for key, state in kind.process.states.items() if state.final)
        unfinished = All((Not(Compare("state", "in", final)), Compare("withdrawn", "equals", False)))
        oldest = find(workspace, actor, types=[kind.key], condition=unfinished, order="recorded_at", limit=LIMIT)
        records = {record.id: record for record in oldest.records}
        if oldest.total > LIMIT:
            newest = find(workspace, actor, types=[kind.key], condition=unfinished, order="-recorded_at", limit=LIMIT)
            records |= {record.id: record for record in newest.records}
            cut |= oldest.total > len(records)
        found += [(record, kind) for record in records.values()]
    return found, cut


def _elapsed(clock: RunningClock, now: datetime) -> int:
    whole = (clock.due - clock.started).total_seconds() if clock.started else 0
    if whole <= 0:
        return 100
    return max(0, min(100, round(100 * (now - clock.started).total_seconds() / whole)))
