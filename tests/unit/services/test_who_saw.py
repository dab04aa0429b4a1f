"""Every reading of a compartment is kept, once an hour; who may asks, and asking shows him nothing new."""

from __future__ import annotations

import pytest

from remit.kernel.errors import Forbidden, Hidden
from remit.kernel.periods import parse_period
from remit.records.record import Record
from remit.services.looking import find, see
from remit.services.recording import record
from remit.services.who_saw import last_days, who_saw
from tests.unit.services.exercise import FERRY, Exercise

RAW = {"title": "What was heard (invented)", "occurred_on": "2020-04-02", "category": "other", "place": FERRY}


def closed(exercise: Exercise) -> Record:
    """Record an incident in a compartment."""
    return record(exercise.on("2020-04-03"), exercise.actor("field-officer"), "incident", RAW, compartment="hr-sources")


def readings(exercise: Exercise, **asked: str) -> list[tuple[str, str]]:
    """Return who read what, how, as the human rights officer is told."""
    found = who_saw(exercise.on("2020-04-20"), exercise.actor("human-rights-officer", "asks"), **asked)  # type: ignore[arg-type]
    return [(one.key, one.how) for one in found.lines if one.key != "asks"]


def test_what_is_opened_and_listed_is_kept_once_an_hour(exercise: Exercise) -> None:
    made, open_ = closed(exercise), exercise.incident()
    reader = exercise.actor("human-rights-officer", "reader")
    for hour in (9, 9, 10):
        see(exercise.on("2020-04-04", hour), reader, made.id)
        see(exercise.on("2020-04-04", hour), reader, open_.id)
    find(exercise.on("2020-04-05"), reader, types=["incident"])
    find(exercise.on("2020-04-05"), reader, text="heard")
    assert sorted(readings(exercise)) == [("reader", "listed"), ("reader", "opened"), ("reader", "opened")]
    assert readings(exercise, person="reader") == readings(exercise)
    assert readings(exercise, person="somebody") == []
    assert {one for one, _ in readings(exercise, record=made.id)} == {"reader"}


def test_who_may_not_see_the_record_leaves_no_trace_and_learns_of_none(exercise: Exercise) -> None:
    made = closed(exercise)
    with pytest.raises(Hidden):
        see(exercise.on("2020-04-04"), exercise.actor("field-officer", "curious"), made.id)
    assert find(exercise.on("2020-04-04"), exercise.actor("field-officer", "curious"), text="heard").records == ()
    assert readings(exercise) == []
    see(exercise.on("2020-04-04"), exercise.actor("human-rights-officer", "reader"), made.id)
    # The records officer looks at who saw what, but holds no such compartment: not even a number is told.
    found = who_saw(exercise.on("2020-04-20"), exercise.actor("records-officer"))
    assert found.lines == ()
    with pytest.raises(Hidden):
        who_saw(exercise.on("2020-04-20"), exercise.actor("records-officer"), record=made.id)
    for role in ("field-officer", "srsg", "administrator", "delegation"):
        with pytest.raises(Forbidden):
            who_saw(exercise.on("2020-04-20"), exercise.actor(role))


def test_days_are_half_open(exercise: Exercise) -> None:
    made, reader = closed(exercise), exercise.actor("human-rights-officer", "reader")
    for day in ("2020-04-04", "2020-04-05", "2020-04-06"):
        see(exercise.on(day), reader, made.id)
    asked = who_saw(
        exercise.on("2020-04-20"), exercise.actor("human-rights-officer"), person="reader",
        period=parse_period("2020-04-05/2020-04-06"),
    )  # fmt: skip
    assert [f"{one.at:%d}" for one in asked.lines] == ["05"]
    days = last_days(exercise.on("2020-04-20"))
    assert (str(days.start), str(days.end)) == ("2020-03-22", "2020-04-21")
