"""What the database selects is what evaluation decides, record by record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remit.kernel.conditions import (
    ALWAYS,
    NEVER,
    All,
    AnyOf,
    Compare,
    Condition,
    Exists,
    Field,
    Not,
    parse_condition,
)
from remit.kernel.evaluation import holds
from remit.records.journal import Query
from tests.contract.journal_suite import START, Maker, suite_types
from tests.workspaces import copy_tables

COMPARTMENTS = ("", "sources", "Sources", "sour_ces")
CAVEATS = ((), ("a",), ("a", "b"), ("ab",), ("A",))


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Return a journal of records that differ in their envelopes."""
    folder = tmp_path_factory.mktemp("conditions")
    copy_tables(folder)
    from remit.store.databases import register
    from remit.store.journal import DjangoJournal

    journal, maker = DjangoJournal(register(folder), suite_types()), Maker()
    journal.append(list(_entries(maker)))
    return journal


def _entries(maker: Maker) -> Iterator[Any]:
    nth = 0
    for compartment in COMPARTMENTS:
        for caveats in CAVEATS:
            nth += 1
            facts: Mapping[str, Any] = {
                "level": ("unclassified", "confidential")[nth % 2],
                "compartment": compartment,
                "component": ("watch", "panel")[nth % 3 == 0],
                "caveats": list(caveats),
                "originator": ("", "watch", "provider")[nth % 3],
                "invented": nth % 4 == 0,
                "number": f"X-{nth}",
            }
            values = {"number_seen": nth} if nth % 2 else {}
            if nth % 5:
                values["occurred_on"] = {"on": f"2030-01-{nth:02}", "precision": "day"}
            entry = maker.entry("recorded", f"record-{nth}", values, facts)
            yield entry
            if nth % 7 == 0:
                yield maker.entry("withdrawn", entry.record, {}, {})


TEXTS = ("level", "compartment", "component", "originator", "number", "occurred", "recorded_at", "type", "state", "id")
WORDS = ("", "unclassified", "confidential", "sources", "watch", "panel", "X-3", "2030-01-07", "sighting", "record-2")
leaves: st.SearchStrategy[Condition] = st.one_of(
    st.builds(Compare, st.sampled_from(TEXTS), st.just("equals"), st.sampled_from([*WORDS, None, 3, True])),
    st.builds(
        Compare,
        st.sampled_from(TEXTS),
        st.sampled_from(["at_least", "at_most", "above", "below"]),
        st.sampled_from([*WORDS, START, date(2030, 1, 4)]),
    ),
    st.builds(Compare, st.sampled_from(TEXTS), st.just("in"), st.lists(st.sampled_from(WORDS), max_size=3).map(tuple)),
    st.builds(Compare, st.sampled_from(TEXTS), st.just("contains"), st.sampled_from(["sour", "SOUR", "_", "%"])),
    st.builds(
        Compare,
        st.sampled_from(TEXTS),
        st.sampled_from(["equals", "at_least", "below"]),
        st.sampled_from(TEXTS).map(Field),
    ),
    st.builds(Compare, st.just("caveats"), st.just("contains"), st.sampled_from(["a", "b", "ab", "|", "a|b", "", "A"])),
    st.builds(Compare, st.sampled_from(["invented", "withdrawn"]), st.just("equals"), st.booleans()),
    st.builds(Compare, st.just("number_seen"), st.sampled_from(["above", "equals"]), st.integers(0, 20)),
    st.builds(Exists, st.sampled_from([*TEXTS, "caveats", "invented", "number_seen", "occurred_on"]), st.booleans()),
)
conditions = st.recursive(
    leaves,
    lambda parts: st.one_of(
        st.builds(Not, parts),
        st.builds(All, st.lists(parts, max_size=3).map(tuple)),
        st.builds(AnyOf, st.lists(parts, max_size=3).map(tuple)),
    ),
    max_leaves=8,
)


@given(condition=conditions)
@settings(max_examples=150, deadline=None)
def test_the_set_is_that_of_evaluation(many: Any, condition: Condition) -> None:
    every = many.find(Query(ALWAYS, order="number"))
    decided = [r.number for r in every if holds(condition, r.facts_for_conditions())]
    assert [r.number for r in many.find(Query(condition, order="number"))] == decided
    assert many.count(Query(condition)) == len(decided)


@pytest.mark.parametrize(
    ("condition", "exact"),
    [
        ({"level": "confidential"}, True),
        ({"not": {"any": [{"compartment": "sources"}, {"caveats": {"contains": "a"}}]}}, True),
        ({"all": [{"level": {"in": ["unclassified"]}}, {"compartment": {"exists": False}}]}, True),
        ({"occurred": {"at_least": "2030-01-01"}, "withdrawn": False}, True),
        ({"number_seen": 3}, False),
        ({"linked": {"relation": "over"}}, False),
    ],
)
def test_what_access_asks_is_decided_by_columns_alone(condition: dict[str, Any], exact: bool, folder: Path) -> None:
    from remit.store.conditions import translate

    del folder
    assert translate(parse_condition(condition)).exact is exact


def test_a_page_of_a_condition_on_fields_is_cut_after_deciding(many: Any) -> None:
    condition = parse_condition({"number_seen": {"above": 4}})
    found = [r.values["number_seen"] for r in many.find(Query(condition, order="recorded_at", limit=3, offset=2))]
    assert found == [9, 11, 13]
    assert many.count(Query(condition, limit=3, offset=2)) == 8


def test_never_selects_nothing(many: Any) -> None:
    assert many.count(Query(NEVER)) == 0
    assert many.count(Query(Not(NEVER))) == many.count(Query(ALWAYS)) == 20
