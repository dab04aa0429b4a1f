"""The time limits of a record: which are running, and which were kept or missed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Literal

from remit.kernel.wording import Words
from remit.records.record import Moved, Record
from remit.records.types import Length, Move, RecordType, Within, WorkingDays

ClockStatus = Literal["running", "due-soon", "overdue", "met", "missed"]
DUE_SOON_SHARE = 0.25
"""A clock is due soon in the last quarter of its length."""


@dataclass(frozen=True, slots=True)
class RunningClock:
    """A time limit of a move (its key), from ``started`` to ``due``; ``ended`` when the move was made."""

    move: str
    due: datetime
    status: ClockStatus
    started: datetime
    label: Words
    ended: datetime | None = None


def clocks(record: Record, type_: RecordType, now: datetime) -> tuple[RunningClock, ...]:
    """Return the clocks of the moves out of the present state, and of each move that was made; the first due first.

    A clock whose start is not known (its field is empty) does not run. A clock of a move that was not made because
    another way was taken is not among them. A withdrawn record has none running.

    Args:
        record: the record, as it stands or as it was.
        type_: its type.
        now: the instant at which the question is asked, aware.
    """
    if type_.process is None:
        return ()
    found = [clock for nth in range(len(record.moves)) if (clock := _made(record, type_, nth)) is not None]
    if not record.withdrawn:
        for move in type_.process.moves.values():
            if move.within is None or record.state not in move.from_:
                continue
            started = _start(record, type_, move.within, len(record.moves))
            if started is not None and (due := _due(record, move.within, started)) is not None:
                found.append(_running(move, due, started, now))
    return tuple(sorted(found, key=lambda clock: (clock.due, clock.move)))


def _made(record: Record, type_: RecordType, nth: int) -> RunningClock | None:
    made = record.moves[nth]
    move = type_.process.moves.get(made.move) if type_.process else None
    if move is None or move.within is None:
        return None
    started = _start(record, type_, move.within, nth)
    if started is None or (due := _due(record, move.within, started)) is None:
        return None
    ended = _ended(record, move.within, made)
    return RunningClock(move.key, due, "met" if ended <= due else "missed", started, move.label, ended)


def _running(move: Move, due: datetime, started: datetime, now: datetime) -> RunningClock:
    left = due - now
    status: ClockStatus = "overdue" if left.total_seconds() < 0 else "running"
    if status == "running" and left <= (due - started) * DUE_SOON_SHARE:
        status = "due-soon"
    return RunningClock(move.key, due, status, started, move.label)


def _due(record: Record, within: Within, started: datetime) -> datetime | None:
    """Return when a limit ends; ``None`` where the day that it is counted back from is not known.

    Of several lengths that could hold (the record does not say yet which), the one that ends first.
    """
    lengths = within.lengths_for(record.values.get(within.by))
    if not within.before:
        return min(_after(started, length) for length in lengths)
    ahead_of = record.values.get(within.before)
    event = _instant(ahead_of)
    return None if event is None else min(_ahead(event, length, isinstance(ahead_of, Mapping)) for length in lengths)


def _after(start: datetime, length: Length) -> datetime:
    return _end(length.week.away(start.date(), length.number)) if isinstance(length, WorkingDays) else start + length


def _ahead(event: datetime, length: Length, is_day: bool) -> datetime:
    """Return the latest moment so long before an event. Two days before a day is the end of the day before its eve."""
    if isinstance(length, WorkingDays):
        return _end(length.week.away(event.date(), -length.number))
    if is_day and not length.seconds:
        return _end((event - length).date())
    return event - length


def _end(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=UTC)


def _start(record: Record, type_: RecordType, within: Within, before: int) -> datetime | None:
    """Return when the clock began, seen from the move that is the ``before``-th of the record (the next: their number)."""
    if not within.of:
        return record.moves[before - 1].at if before else record.recorded_at
    if within.of == "recorded_at":
        return record.recorded_at
    if type_.process and within.of in type_.process.states and within.of not in type_.fields:
        entered = [made.at for made in record.moves[:before] if made.to == within.of]
        return entered[-1] if entered else record.recorded_at if within.of == type_.process.start else None
    if within.of in ("occurred", "reported"):
        return _instant(getattr(record, within.of))
    return _instant(record.values.get(within.of))


def _ended(record: Record, within: Within, made: Moved) -> datetime:
    """Return when the move was made: the instant of the field that the limit names, else when it came into the journal.

    What was done in the field at 10:00 and entered at 14:00 was done at 10:00.
    """
    return _instant(record.values.get(within.until)) or made.at


def _instant(value: Any) -> datetime | None:
    """Read an instant; a day counts from its first moment, UTC."""
    if isinstance(value, Mapping):
        value = value.get("on")
    if not isinstance(value, str) or not value:
        return None
    instant = datetime.fromisoformat(value)
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)
