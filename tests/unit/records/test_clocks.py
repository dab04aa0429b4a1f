"""Time limits: where they start, when they are due, and whether they were kept."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from remit.records.clocks import clocks
from remit.records.types import RecordType, Within
from tests.unit.records.builders import AT, field, move, moved, process, record, record_type

HOUR = timedelta(hours=1)


def case(of: str, **more: Any) -> RecordType:
    """Return a type whose second move has a limit of four hours."""
    return record_type(
        fields={"reported_at": field("instant", "reported_at"), "done_at": field("instant", "done_at")},
        process=process(
            move("log", "alleged", "logged", "clerk"),
            move("answer", "logged", "answered", "clerk", within=Within(4 * HOUR, of, **more)),
            move("drop", "logged", "dropped", "clerk"),
        ),
    )


LOGGED = record(
    state="logged",
    moves=(moved("log", "alleged", "logged", "ann", AT + HOUR),),
    values={"reported_at": (AT - HOUR).isoformat()},
)


@pytest.mark.parametrize(
    ("of", "started"),
    [("", AT + HOUR), ("recorded_at", AT), ("reported_at", AT - HOUR), ("logged", AT + HOUR), ("alleged", AT)],
)
def test_where_a_clock_starts(of: str, started: datetime) -> None:
    (clock,) = clocks(LOGGED, case(of), AT + HOUR)
    assert (clock.move, clock.started, clock.due) == ("answer", started, started + 4 * HOUR)
    assert clock.label.en == "Answer"


@pytest.mark.parametrize(
    ("after", "status"),
    [(0, "running"), (2.9, "running"), (3, "due-soon"), (4, "due-soon"), (4.01, "overdue")],
)
def test_the_status_of_a_running_clock(after: float, status: str) -> None:
    (clock,) = clocks(LOGGED, case("logged"), AT + HOUR + after * HOUR)
    assert clock.status == status


@pytest.mark.parametrize(("hours", "status"), [(4, "met"), (4.5, "missed")])
def test_after_the_fact(hours: float, status: str) -> None:
    answered = moved("answer", "logged", "answered", "ann", AT + HOUR + hours * HOUR)
    done = record(state="answered", moves=(*LOGGED.moves, answered))
    (clock,) = clocks(done, case("logged"), AT + timedelta(days=9))
    assert (clock.status, clock.ended) == (status, answered.at)


def test_what_was_done_in_time_and_entered_late_was_done_in_time() -> None:
    answered = moved("answer", "logged", "answered", "ann", AT + 9 * HOUR)
    done = record(state="answered", moves=(*LOGGED.moves, answered), values={"done_at": (AT + 2 * HOUR).isoformat()})
    assert [clock.status for clock in clocks(done, case("logged", until="done_at"), AT + 10 * HOUR)] == ["met"]
    assert [clock.status for clock in clocks(done, case("logged"), AT + 10 * HOUR)] == ["missed"]


def test_no_clock_without_a_start_after_another_way_or_on_a_withdrawn_record() -> None:
    assert clocks(record(state="logged"), case("reported_at"), AT) == ()
    dropped = record(state="dropped", moves=(*LOGGED.moves, moved("drop", "logged", "dropped", "ann", AT + 2 * HOUR)))
    assert clocks(dropped, case("logged"), AT + timedelta(days=9)) == ()
    withdrawn = record(state="logged", moves=LOGGED.moves, withdrawn=True)
    assert clocks(withdrawn, case("logged"), AT) == ()
    assert clocks(record(), record_type(), AT) == ()
