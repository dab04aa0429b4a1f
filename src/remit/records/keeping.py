"""When the mission's rules on keeping are due for a record: its values destroyed, its level lowered (ST/SGB/2007/5 and 2007/6)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from remit.kernel.evaluation import Links, evaluate
from remit.kernel.periods import add_months
from remit.records.access import ORIGINATOR_CONTROL
from remit.records.record import Record
from remit.records.types import LEVELS, KeepingRule, RecordType

Act = Literal["destroy", "declassify"]
Obstacle = Literal["", "unless", "originator", "apart"]


@dataclass(frozen=True, slots=True)
class Due:
    """What a rule asks of a record.

    Attributes:
        act: destroy values, or lower the level.
        on: the first day on which it is due.
        rule: the rule.
        obstacle: what holds it back: the rule's own ``unless``, its originator who keeps control of it, or a level that
            two sites set apart and nobody has settled.
    """

    act: Act
    on: date
    rule: KeepingRule
    obstacle: Obstacle = ""


def dues(record: Record, type_: RecordType, links: Links) -> Iterator[Due]:
    """Yield what the type's rules ask of a record one day or asked of it already, done or not.

    A rule whose time cannot be told (a case that is not closed, a day that nobody knows) asks nothing.
    """
    if type_.retention is not None and (on := _on(record, type_, type_.retention)):
        yield Due("destroy", on, type_.retention, _unless(record, type_.retention, links))
    rule = type_.declassification
    if rule is not None and LEVELS.index(record.level) > LEVELS.index(rule.to) and (on := _on(record, type_, rule)):
        obstacle = _unless(record, rule, links)
        if ORIGINATOR_CONTROL in record.caveats:
            obstacle = "originator"
        elif "level" in record.disputed:
            obstacle = "apart"
        yield Due("declassify", on, rule, obstacle)


def _unless(record: Record, rule: KeepingRule, links: Links) -> Obstacle:
    # What cannot be told holds it back too: a value that is destroyed does not come back.
    return "" if evaluate(rule.unless, record.facts_for_conditions(), links) is False else "unless"


def _on(record: Record, type_: RecordType, rule: KeepingRule) -> date | None:
    start = _start(record, type_, rule)
    return add_months(start, rule.months) + timedelta(days=rule.days) if start else None


def _start(record: Record, type_: RecordType, rule: KeepingRule) -> date | None:
    if rule.of == "recorded":
        return _day(record.recorded_at)
    if rule.of == "changed":
        return _day(record.changed_at or record.recorded_at)
    if rule.of == "closed":
        state = type_.process.states.get(record.state) if type_.process else None
        return _day(record.moves[-1].at) if state and state.final and record.moves else None
    return _last_day(record.occurred if rule.of == "occurred" else record.reported)


def _day(at: datetime) -> date:
    return at.astimezone(UTC).date()


def _last_day(text: str) -> date | None:
    """Return the last day that a day, month, year or instant may mean; ``None`` where nothing is known."""
    if len(text) == 4:
        return date(int(text), 12, 31)
    if len(text) == 7:
        return add_months(date.fromisoformat(f"{text}-01"), 1) - timedelta(days=1)
    return date.fromisoformat(text[:10]) if text else None
