"""A condition compiled for the engine says of every record what the kernel says of it: true, false or unknown."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import ibis  # type: ignore[import-untyped]
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from remit.kernel.conditions import Condition, parse_condition
from remit.kernel.errors import BadInput
from remit.kernel.evaluation import evaluate
from remit.kernel.periods import parse_period
from remit.measures.bounds import ends
from remit.measures.compile import compile_condition
from remit.measures.duck import DuckDatabase
from remit.measures.plans import Query
from remit.measures.scope import Scope, Tables
from remit.measures.snapshot import Snapshot
from remit.measures.table_schemas import Schemas
from remit.records.record import Record
from tests.unit.measures.factories import REPORT, record, snapshot_of

VICTIMS: tuple[Any, ...] = (None, [{"sex": "f", "number": 2}], [{"sex": "m"}, {"number": 3}], [{"number": 1}])
INSTANTS = (None, "2017-07-14T10:00:00+00:00", "2017-07-14T12:30:00+00:00")


def incidents() -> list[Record]:
    """Return incidents with every mixture of known and missing values that the conditions below look at."""
    made = []
    mixtures = itertools.product((None, "raid", "ambush"), (None, 0, 3), VICTIMS, INSTANTS)
    for nth, (category, deaths, victims, answered) in enumerate(mixtures):
        given_ = {
            "category": category,
            "victims": victims,
            "answered_at": answered,
            "title": "Gao market" if nth % 2 else None,
        }
        given_ |= {"deaths": None if deaths is None else {"number": deaths, "qualifier": "at-least"}}
        given_ |= {"weapons": [None, ["rifle"], ["rifle", "mortar"]][nth % 3], "reported_at": INSTANTS[nth % 2]}
        given_ |= {
            "place": {"name": "somewhere", "region": "gao"} if nth % 5 else None,
            "occurred_on": "2017-07-14" if nth % 7 else None,
        }
        values = {key: value for key, value in given_.items() if value is not None}
        made.append(record(f"i{nth:03}", state="confirmed" if nth % 4 else "alleged", **values))
    return made


def reports() -> list[Record]:
    """Return reports that are evidence for some of the incidents, one of them with no grade."""
    grades = ("a", "b", None, "a")
    targets = (("i001", "i002"), ("i001",), ("i003",), ("i003", "i004"))
    return [
        record(
            f"r{n}",
            REPORT,
            links=[("evidence-for", to, "incident") for to in ends],
            **({"grade": grade} if grade else {}),
        )
        for n, (grade, ends) in enumerate(zip(grades, targets, strict=True))
    ]


class Evidence:
    """The links of one incident, as the kernel asks for them."""

    def __init__(self, identifier: str) -> None:
        self.identifier = identifier

    def linked(self, *, type: str | None, relation: str | None, outward: bool) -> Sequence[Mapping[str, Any]]:
        """Return the reports that point at the incident."""
        if outward or type not in (None, "field-report") or relation not in (None, "evidence-for"):
            return ()
        return [r.facts_for_conditions() for r in reports() if any(link.other == self.identifier for link in r.links)]


class Duck:
    """Runs expressions on a snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot, self.tables, self.database = snapshot, Tables(Schemas(snapshot)), DuckDatabase()

    def rows(self, expression: Any) -> list[dict[str, Any]]:
        """Return the rows of an expression, by column."""
        query = Query(str(ibis.duckdb.compile(expression)), tuple(expression.columns), (), self.snapshot.tables)
        with self.database.connection(self.snapshot) as connection:
            return connection.rows(query, ends(parse_period("2017-Q3")))


@pytest.fixture(scope="module")
def duck(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Duck]:
    running = Duck(snapshot_of(tmp_path_factory.mktemp("compiled"), [*incidents(), *reports()]))
    yield running
    running.database.close()


LEAVES: list[dict[str, Any]] = [
    {"state": "confirmed"},
    {"category": "raid"},
    {"category": {"in": ["raid", "patrol"]}},
    {"deaths": {"at_least": 3}},
    {"deaths": {"below": 3}},
    {"deaths.qualifier": "at-least"},
    {"title": {"contains": "MARKET"}},
    {"weapons": {"contains": "mortar"}},
    {"weapons": {"exists": True}},
    {"victims": {"exists": False}},
    {"place": {"exists": True}},
    {"place.region": "gao"},
    {"occurred_on": {"at_most": "2017-07-14"}},
    {"answered_at": {"above": {"field": "reported_at"}}},
    {"elapsed": {"from": "reported_at", "to": "answered_at", "at_most": {"hours": 2}}},
    {"victims": {"any": {"sex": "f"}}},
    {"victims": {"any": {"all": [{"sex": "m"}, {"number": {"at_least": 2}}]}}},
    {"victims": {"any": {"not": {"number": {"above": 2}}}}},
    {"linked": {"type": "field-report", "relation": "evidence-for"}},
    {"linked": {"type": "field-report", "relation": "evidence-for", "at_least": 2}},
    {"linked": {"type": "field-report", "where": {"not": {"grade": "a"}}}},
    {"linked": {"relation": "evidence-for"}},
    {"id": {"in": ["i001", "i002"]}},
]
CONDITIONS = st.recursive(
    st.sampled_from(LEAVES),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: {"all": parts}),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: {"any": parts}),
        inner.map(lambda part: {"not": part}),
    ),
    max_leaves=5,
)


def compiled(condition: Condition, duck: Duck) -> dict[str, bool | None]:
    """Return what the engine says of each incident."""
    scope = Scope.of(duck.tables, "incident")
    chosen = scope.table.select(record_id="record_id", said=compile_condition(condition, scope, exact=True))
    return {row["record_id"]: row["said"] for row in duck.rows(chosen)}


def evaluated(condition: Condition) -> dict[str, bool | None]:
    """Return what the kernel says of each incident."""
    return {one.id: evaluate(condition, one.facts_for_conditions(), Evidence(one.id)) for one in incidents()}


@pytest.mark.parametrize("raw", LEAVES, ids=str)
def test_each_form_means_the_same_in_both(raw: dict[str, Any], duck: Duck) -> None:
    condition = parse_condition(raw)
    expected = evaluated(condition)
    assert compiled(condition, duck) == expected
    assert len(set(expected.values())) > 1, "the records do not tell this form's answers apart"


@given(raw=CONDITIONS)
@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_mixture_of_forms_means_the_same_in_both(raw: dict[str, Any], duck: Duck) -> None:
    condition = parse_condition(raw)
    assert compiled(condition, duck) == evaluated(condition)


def test_without_the_third_value_a_filter_lets_the_same_records_in(duck: Duck) -> None:
    condition = parse_condition(
        {"any": [{"victims": {"any": {"sex": "f"}}}, {"not": {"victims": {"any": {"sex": "m"}}}}]}
    )
    scope = Scope.of(duck.tables, "incident")
    found = duck.rows(scope.table.filter(compile_condition(condition, scope)).select("record_id"))
    assert {row["record_id"] for row in found} == {i for i, said in evaluated(condition).items() if said}


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ({"categori": "raid"}, "MEA-012"),
        ({"deaths": {"at_least": "three"}}, "MEA-013"),
        ({"weapons": "rifle"}, "MEA-013"),
        ({"occurred_on": {"at_least": "2017-02-30"}}, "MEA-013"),
        ({"deaths": {"above": {"field": "category"}}}, "MEA-013"),
        ({"elapsed": {"from": "occurred_on", "to": "answered_at", "at_most": {"hours": 2}}}, "MEA-013"),
        ({"linked": {"type": "fild-report"}}, "MEA-011"),
        ({"wounded": {"any": {"sex": "f"}}}, "MEA-011"),
    ],
)
def test_what_cannot_be_compared_is_refused_with_the_reason(raw: dict[str, Any], code: str, duck: Duck) -> None:
    with pytest.raises(BadInput) as refused:
        compiled(parse_condition(raw), duck)
    assert refused.value.code == code
    assert refused.value.text("fr") != refused.value.text("en")


def test_a_misspelt_name_is_answered_with_the_nearest(duck: Duck) -> None:
    with pytest.raises(BadInput, match="Did you mean “category”"):
        compiled(parse_condition({"categori": "raid"}), duck)
