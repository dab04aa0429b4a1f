"""Time limits: where they start, when they are due, and whether they were kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from remit.kernel.wording import same
from remit.kernel.working_days import WorkingWeek
from remit.records.clocks import clocks
from remit.records.types import RecordType, Within, WorkingDays
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


def limited(within: Within) -> RecordType:
    """Return a type whose second move has a limit, and the fields that limits name."""
    names = {
        "reported_at": "instant",
        "done_at": "instant",
        "event_on": "date",
        "event_at": "instant",
        "urgency": "choice",
    }
    return record_type(
        fields={name: field(kind, name) for name, kind in names.items()},
        process=process(
            move("log", "alleged", "logged", "clerk"), move("answer", "logged", "answered", "clerk", within=within)
        ),
    )


def due(within: Within, **values: Any) -> datetime | None:
    """Return when the limit of a logged record ends."""
    found = clocks(record(state="logged", moves=LOGGED.moves, values=values), limited(within), AT)
    return found[0].due if found else None


def test_working_days_end_with_their_last_day_whatever_the_hour_of_the_start() -> None:
    week = WorkingWeek(holidays={datetime(2030, 1, 4).date(): same("Invented day")})  # AT is a Tuesday, 1 January
    assert due(Within(WorkingDays(2, week))) == datetime(2030, 1, 3, 23, 59, 59, tzinfo=UTC)
    assert due(Within(WorkingDays(3, week))) == datetime(2030, 1, 7, 23, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("length", "field_name", "value", "ends"),
    [
        (timedelta(days=2), "event_on", {"on": "2030-01-15", "precision": "day"}, datetime(2030, 1, 13, 23, 59, 59, tzinfo=UTC)),
        (timedelta(0), "event_on", {"on": "2030-01-15", "precision": "day"}, datetime(2030, 1, 15, 23, 59, 59, tzinfo=UTC)),
        (timedelta(days=2), "event_at", "2030-01-15T10:00:00+00:00", datetime(2030, 1, 13, 10, tzinfo=UTC)),
        (timedelta(hours=12), "event_on", {"on": "2030-01-15", "precision": "day"}, datetime(2030, 1, 14, 12, tzinfo=UTC)),
        (WorkingDays(2), "event_on", {"on": "2030-01-14", "precision": "day"}, datetime(2030, 1, 10, 23, 59, 59, tzinfo=UTC)),
    ],
)  # fmt: skip
def test_counted_back_from_an_event(length: Any, field_name: str, value: Any, ends: datetime) -> None:
    assert due(Within(length, before=field_name), **{field_name: value}) == ends
    assert due(Within(length, before=field_name)) is None  # nobody knows when the event is


def test_a_limit_counted_back_starts_with_the_state_and_is_met_or_missed_by_what_was_done() -> None:
    type_ = limited(Within(timedelta(days=2), before="event_on", until="done_at"))
    event = {"event_on": {"on": "2030-01-15", "precision": "day"}}
    (running,) = clocks(record(state="logged", moves=LOGGED.moves, values=event), type_, AT + timedelta(days=1))
    assert (running.started, running.status) == (AT + HOUR, "running")
    late = moved("answer", "logged", "answered", "ann", AT + timedelta(days=20))
    for day, status in (("13", "met"), ("14", "missed")):
        done = record(
            state="answered", moves=(*LOGGED.moves, late), values=event | {"done_at": f"2030-01-{day}T23:00:00+00:00"}
        )
        assert [clock.status for clock in clocks(done, type_, AT)] == [status]


def test_the_record_s_own_choice_picks_the_length_and_the_shortest_holds_while_it_is_open() -> None:
    within = Within(None, by="urgency", lengths={"other": timedelta(days=3), "urgent": 12 * HOUR, "imminent": 2 * HOUR})
    start = AT + HOUR
    assert due(within, urgency="other") == start + timedelta(days=3)
    assert due(within, urgency="urgent") == start + 12 * HOUR
    assert due(within) == start + 2 * HOUR
