"""Named rules."""

from __future__ import annotations

import pytest

from remit.records.rules import rules
from tests.unit.records.builders import record, record_type


@pytest.mark.parametrize(
    ("occurred", "reported", "problems"),
    [
        ("2029-12-30", "2029-12-31T10:00:00+00:00", 0),
        ("2029-12-31", "2029-12-31T00:10:00+00:00", 0),
        ("", "2029-12-31T00:10:00+00:00", 0),
        ("2030-01-01", "2029-12-31T00:10:00+00:00", 1),
        ("2030-01-02", "2030-01-01T07:00:00+00:00", 1),
        ("2029-12-30", "2030-01-01T08:00:01+00:00", 1),
        ("2030-05-01", "", 1),
    ],
)
def test_times_in_order(occurred: str, reported: str, problems: int) -> None:
    found = rules()["times-in-order"].check(record(occurred=occurred, reported=reported), record_type())
    assert [issue.code for issue in found] == ["RUL-011"] * problems
    assert all(issue.level == "warning" and issue.message.fr for issue in found)


def test_every_rule_says_what_it_rests_on() -> None:
    assert all(rule.key == key and rule.source for key, rule in rules().items())
