"""My desk: what I must decide now, my clocks by urgency, what others wait for from me, and what I wait for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from remit.kernel.conditions import All, Compare
from remit.kernel.wording import Words
from remit.records.actors import Actor
from remit.records.clocks import RunningClock, clocks
from remit.records.journal import Query
from remit.records.process import MoveOption
from remit.records.record import Record
from remit.records.types import ClassificationLevel
from remit.services.looking import tallied
from remit.services.moving import open_moves
from remit.services.showing import Line, line, strictest
from remit.services.sight import noted, records_of, type_of, visible, visible_set
from remit.services.veiling import veil
from remit.services.workspace import Workspace

LIMIT = 10
"""How many open records of one type are looked at from each side: the oldest and the newest, and those whose time limit ended
last or ends next."""
MOST = 60
"""How many of them lie on the desk: those nearest to now, by their time limit, else by when they were recorded."""
STANDING = Compare("withdrawn", "equals", False)
Pair = tuple[Record, Record]
"""A record as it is, and as the reader sees it."""
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
    """More records are open than lie on the desk."""
    total: int
    """How many records the role must move, whether they lie on the desk or not."""


def desk(workspace: Workspace, actor: Actor, language: str) -> Desk:
    """Return the desk of an actor.

    ``decide``: a move is allowed for this role now. ``others_wait``: the role must move it, but something is still missing.
    ``i_wait``: what this person recorded and another role must move. ``clocks``: all running clocks of the role's moves.
    """
    if actor.role.audience:
        return Desk((), (), (), (), "unclassified", invented=False, cut=False, total=0)
    states = _moved_by(workspace, actor)
    counts = tallied(workspace, actor, ("type", "state"), types=tuple(states), condition=STANDING)
    totals = Counter({key: sum(counts[key, state] for state in own) for key, own in states.items()})
    found = [one for key, own in states.items() if totals[key] for one in _sides(workspace, actor, key, own)]
    looked_at = _nearest(workspace, _unveiled(workspace, actor, found))
    mine = _waiting(workspace, actor, looked_at, language)
    decide = [w for w in mine if any(option.allowed for option in w.moves)]
    missing = [w for w in mine if w not in decide]
    i_wait = _waiting(workspace, actor, _of_others(workspace, actor, states), language)
    shown = [*decide, *missing, *i_wait]
    return Desk(
        decide=tuple(decide),
        clocks=tuple(w for w in mine if w.clock is not None),
        others_wait=tuple(missing),
        i_wait=tuple(i_wait),
        level=strictest([w.line for w in shown]),
        invented=any(w.line.invented for w in shown),
        cut=totals.total() > len(mine),
        total=totals.total(),
    )


def _moved_by(workspace: Workspace, actor: Actor) -> dict[str, tuple[str, ...]]:
    """Return the unfinished states out of which the role moves records, by type."""
    found = {}
    for kind in workspace.mission.record_types.values():
        if kind.abstract or kind.process is None:
            continue
        own = {state for move in kind.process.moves.values() if actor.role.key in move.by for state in move.from_}
        states = tuple(key for key, state in kind.process.states.items() if key in own and not state.final)
        if states:
            found[kind.key] = states
    return found


def _sides(workspace: Workspace, actor: Actor, key: str, states: tuple[str, ...]) -> list[str]:
    """Return the ids of the open records of a type that are looked at, each once."""
    now, journal = workspace.sources.clock(), workspace.journal
    found: dict[str, None] = {}
    for state in states:
        open_ones = visible_set(workspace, actor, All((Compare("state", "equals", state), STANDING)))
        for order in ("recorded_at", "-recorded_at"):
            recorded = journal.find(Query(open_ones, (key,), order=order, limit=LIMIT))
            found.update(dict.fromkeys(record.id for record in recorded))
            if len(recorded) < LIMIT:
                break
        else:
            late = journal.due(open_ones, types=[key], end=now, latest=True, limit=LIMIT)
            soon = journal.due(open_ones, types=[key], start=now, limit=LIMIT)
            found.update(dict.fromkeys(record for _, record in (*late, *soon)))
    return list(found)


def _unveiled(workspace: Workspace, actor: Actor, identifiers: Sequence[str]) -> list[Pair]:
    """Return records as they are, which decides about moves, beside what the actor sees of them."""
    records = [one for one in records_of(workspace, identifiers) if visible(workspace, actor, one)]
    return list(zip(records, (one.record for one in veil(workspace, actor, records)), strict=True))


def _nearest(workspace: Workspace, pairs: list[Pair]) -> list[Pair]:
    """Return those nearest to now."""
    now = workspace.sources.clock()

    def away(pair: Pair) -> timedelta:
        clock = _urgent(workspace, pair[1], now)
        return abs((clock.due if clock else pair[1].recorded_at) - now)

    return sorted(pairs, key=away)[:MOST]


def _of_others(workspace: Workspace, actor: Actor, own: Mapping[str, tuple[str, ...]]) -> list[Pair]:
    """Return what this person recorded last and another role must move."""
    recorded = All((Compare("recorded_by", "equals", actor.person), STANDING))
    query = Query(visible_set(workspace, actor, recorded), order="-recorded_at", limit=MOST)
    open_ones = []
    for record in workspace.journal.find(query):
        process = type_of(workspace, record).process
        if process and not process.states[record.state].final and record.state not in own.get(record.type, ()):
            open_ones.append(record.id)
    return _unveiled(workspace, actor, open_ones)


def _urgent(workspace: Workspace, record: Record, now: datetime) -> RunningClock | None:
    active = [clock for clock in clocks(record, type_of(workspace, record), now) if clock.status in ACTIVE]
    return min(active, key=lambda clock: clock.due) if active else None


def _waiting(workspace: Workspace, actor: Actor, pairs: Sequence[Pair], language: str) -> list[Waiting]:
    """Return records as they wait, the most urgent first."""
    now = workspace.sources.clock()
    noted(workspace, actor, [shown for _, shown in pairs], "listed")
    found = []
    for record, shown in pairs:
        urgent = _urgent(workspace, shown, now)
        moves = open_moves(workspace, actor, record)
        roles = dict.fromkeys(r for option in moves for r in option.move.by if r in workspace.mission.roles)
        found.append(
            Waiting(
                line=line(workspace, shown, language),
                clock=urgent,
                moves=moves,
                by=tuple(workspace.mission.roles[r].label for r in roles),
                elapsed=_elapsed(urgent, now) if urgent else 0,
            )
        )
    last = datetime.max.replace(tzinfo=UTC)
    return sorted(found, key=lambda w: (w.clock.due if w.clock else last, w.line.number))


def _elapsed(clock: RunningClock, now: datetime) -> int:
    whole = (clock.due - clock.started).total_seconds() if clock.started else 0
    if whole <= 0:
        return 100
    return max(0, min(100, round(100 * (now - clock.started).total_seconds() / whole)))
