"""The condition grammar: what it reads, what it refuses, and how missing values count."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remit.kernel.conditions import ALWAYS, NEVER, Compare, fields_of, parse_condition, parse_length
from remit.kernel.errors import BadInput
from remit.kernel.evaluation import evaluate, holds

VALUES: dict[str, Any] = {
    "state": "confirmed",
    "deaths": {"number": 6, "qualifier": "at-least"},
    "cost": {"amount": "12.50", "currency": "USD"},
    "on": {"on": "2017-07-14", "precision": "day"},
    "at": "2017-07-14T02:10:00+00:00",
    "later": "2017-07-14T05:10:00+00:00",
    "colours": ["red", "blue"],
    "none": [],
    "place": {"region": "north"},
    "small": {"amount": "9.00", "currency": "USD"},
    "rows": [{"size": 2, "paid": {"amount": "10", "currency": "USD"}}, {"size": 9, "sex": "f"}],
    "single": {"size": 4},
    "title": "The Market",
    "one": 1,
    "two": 2,
}


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ({}, True),
        ({"state": "confirmed"}, True),
        ({"state": "alleged"}, False),
        ({"absent": "x"}, None),
        ({"not": {"absent": "x"}}, None),
        ({"any": [{"absent": 1}, {"state": "confirmed"}]}, True),
        ({"any": [{"absent": 1}, {"state": "alleged"}]}, None),
        ({"all": [{"absent": 1}, {"state": "alleged"}]}, False),
        ({"state": "confirmed", "absent": 1}, None),
        ({"deaths": {"at_least": 6}}, True),
        ({"deaths": {"above": 6}}, False),
        ({"deaths": {"in": [5, 6]}}, True),
        ({"cost": {"below": 13}}, True),
        ({"cost": {"at_least": 12.5}}, True),
        ({"cost": {"above": 0}}, True),
        ({"cost": {"equals": 12.5}}, True),
        ({"cost": {"in": [12.5, 13]}}, True),
        ({"cost": {"above": {"field": "small"}}}, True),
        ({"cost.amount": {"above": 0}}, True),
        ({"cost.amount": {"below": 13, "at_least": 12.5}}, True),
        ({"cost.amount": {"above": {"field": "small.amount"}}}, True),
        ({"cost.amount": {"equals": 12.5}}, True),
        ({"cost.currency": "USD"}, True),
        ({"absent.amount": {"above": 0}}, None),
        ({"rows": {"any": {"paid.amount": {"above": 9}, "paid": {"above": 9}}}}, True),
        ({"on": {"at_least": "2017-07-14"}}, True),
        ({"on": {"below": date(2017, 7, 14)}}, False),
        ({"at": {"at_least": datetime(2017, 7, 14, 2, 10, tzinfo=UTC)}}, True),
        ({"at": {"at_most": "2017-07-14T02:10:00Z"}}, True),
        ({"colours": {"contains": "red"}}, True),
        ({"colours": {"contains": "re"}}, False),
        ({"title": {"contains": "market"}}, True),
        ({"one": {"contains": "1"}}, False),
        ({"none": {"exists": True}}, False),
        ({"absent": {"exists": False}}, True),
        ({"place.region": "north"}, True),
        ({"place.cercle": "north"}, None),
        ({"one": {"below": {"field": "two"}}}, True),
        ({"one": {"below": {"field": "absent"}}}, None),
        ({"rows": {"any": {"size": {"at_least": 9}, "sex": "f"}}}, True),
        ({"rows": {"any": {"size": {"above": 9}}}}, False),
        ({"rows": {"any": {"sex": "m"}}}, None),
        ({"single": {"any": {"size": 4}}}, True),
        ({"absent": {"any": {"size": 4}}}, False),
        ({"elapsed": {"from": "at", "to": "later", "at_most": {"hours": 3}}}, True),
        ({"elapsed": {"from": "at", "to": "later", "below": {"hours": 3}}}, False),
        ({"elapsed": {"from": "on", "to": "later", "at_least": {"hours": 5}}}, True),
        ({"elapsed": {"from": "at", "to": "absent", "below": {"hours": 3}}}, None),
        ({"linked": {"relation": "over"}}, False),
        ({"linked": {"relation": "over", "at_least": 0}}, True),
    ],
)  # fmt: skip
def test_what_a_condition_says_of_values(raw: dict[str, Any], expected: bool | None) -> None:
    assert evaluate(parse_condition(raw), VALUES) is expected
    assert holds(parse_condition(raw), VALUES) is (expected is True)


@pytest.mark.parametrize(
    "raw",
    [
        "state",
        {"state": {"is": "x"}},
        {"state": {}},
        {"state": ["a", "b"]},
        {"state": {"in": "a"}},
        {"state": {"exists": "yes"}},
        {"any": []},
        {"all": "x"},
        {"a": {"below": {"other": "b"}}},
        {"linked": {"kind": "x"}},
        {"linked": {"at_least": "one"}},
        {"elapsed": {"from": "a", "to": "b"}},
        {"elapsed": {"from": "a", "to": "b", "equals": {"hours": 1}}},
        {"elapsed": {"from": "a", "to": "b", "below": {"weeks": 1}}},
        {"elapsed": {"from": "a", "to": "b", "below": {"hours": "one"}}},
        {"elapsed": {"from": "a", "to": "b", "below": {"hours": -1}}},
    ],
)
def test_what_is_not_in_the_grammar_is_refused_with_what_is(raw: Any) -> None:
    with pytest.raises(BadInput) as caught:
        parse_condition(raw)
    assert caught.value.code == "KER-021" and "conditions.md" in caught.value.text("fr")


@given(
    amount=st.decimals(0, 10**9, places=2),
    bound=st.integers(0, 10**9) | st.decimals(0, 10**9, places=2),
    how=st.sampled_from(["equals", "at_least", "at_most", "above", "below"]),
    name=st.sampled_from(["cost", "cost.amount"]),
)
def test_money_is_compared_as_its_amount_is(amount: Decimal, bound: int | Decimal, how: str, name: str) -> None:
    values = {"cost": {"amount": f"{amount:f}", "currency": "USD"}}
    condition = parse_condition({name: {how: bound}})
    assert evaluate(condition, values) is evaluate(parse_condition({"plain": {how: bound}}), {"plain": amount})


def test_text_and_numbers_have_no_order() -> None:
    with pytest.raises(BadInput) as caught:
        evaluate(parse_condition({"title": {"below": 3}}), VALUES)
    assert caught.value.code == "KER-022"


def test_always_never_lengths_and_fields() -> None:
    assert holds(ALWAYS, {}) and not holds(NEVER, {"id": "x"})
    assert parse_length({"hours": 1, "minutes": 30}) == timedelta(minutes=90)
    read = parse_condition(
        {"a": {"below": {"field": "b"}}, "not": {"c.d": 1}, "rows": {"any": {"e": 1}}, "linked": {"where": {"f": 1}}}
    )
    assert fields_of(read) == {"a", "b", "c.d", "rows"}
    assert parse_condition({"a": 1}) == Compare("a", "equals", 1)
