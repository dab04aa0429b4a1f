"""The core kinds of measure against SQL written by hand on the same Parquet: two routes, one number."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import duckdb
import pytest

from remit.kernel.periods import parse_period
from remit.measures.definitions import Measure
from remit.measures.engine import Engine
from remit.measures.snapshot import Snapshot
from remit.records.record import Record
from tests.unit.measures.factories import REPORT, STRENGTH, measure, record, snapshot_of

PERIOD = "2017-06-29/2017-09-29"
IN = "NOT withdrawn AND occurred >= TIMESTAMP '2017-06-29' AND occurred < TIMESTAMP '2017-09-29'"


def invented(seed: int = 7, size: int = 600) -> list[Record]:
    """Return invented records with gaps, repeats and links, the same for one seed."""
    chance = random.Random(seed)
    made: list[Record] = []
    for nth in range(size):
        when = datetime(2017, 6, 1, tzinfo=UTC) + timedelta(minutes=chance.randrange(60 * 24 * 150))
        values: dict[str, Any] = {"occurred_at": when.isoformat(), "reported_at": when.isoformat()}
        if chance.random() < 0.8:
            values["deaths"] = {"number": chance.randrange(6), "qualifier": chance.choice(["exact", "at-least"])}
        if chance.random() < 0.9:
            values["place"] = {"region": chance.choice(["gao", "kidal", "mopti"])}
        if chance.random() < 0.7:
            values["answered_at"] = (when + timedelta(seconds=chance.randrange(90_000))).isoformat()
        values["weapons"] = chance.sample(["rifle", "mortar", "mine"], chance.randrange(4))
        values["victims"] = [
            {"sex": chance.choice("fm"), "number": chance.randrange(1, 4)} for _ in range(chance.randrange(4))
        ]
        values["category"] = chance.choice(["raid", "ambush", "mine"])
        moves = [
            ("confirm", (when + timedelta(days=d)).replace(tzinfo=None).isoformat())
            for d in chance.sample(range(40), nth % 3)
        ]
        state, gone = chance.choice(["alleged", "confirmed"]), chance.random() < 0.05
        made.append(
            record(f"i{nth:04}", state=state, withdrawn=gone, moves=sorted(moves, key=lambda m: m[1]), **values)
        )
        for source in range(chance.randrange(3)):
            link = [("evidence-for", f"i{nth:04}", "incident")]
            made.append(record(f"r{nth:04}-{source}", REPORT, grade=chance.choice("ab"), links=link))
        unit, day = chance.choice("abcde"), f"2017-{chance.randrange(5, 11):02}-{chance.randrange(1, 29):02}"
        made.append(record(f"s{nth:04}", STRENGTH, occurred_on=day, unit=unit, deployed=chance.randrange(900)))
    return made


@dataclass(frozen=True)
class Twin:
    """A measure and the SQL that must say the same: ``value`` one number, ``ids`` the records, ``cells`` key and number."""

    measure: Measure
    value: str
    ids: str
    by: str = ""
    cells: str = ""


TWINS: dict[str, Twin] = {
    "count": Twin(
        measure(where={"state": "confirmed"}, by=("month",)),
        f"SELECT count(*) FROM incident WHERE {IN} AND state = 'confirmed'",
        f"SELECT record_id FROM incident WHERE {IN} AND state = 'confirmed'",
        "month",
        f"SELECT strftime(occurred, '%Y-%m'), count(*) FROM incident WHERE {IN} AND state = 'confirmed' GROUP BY 1",
    ),
    "count of linked": Twin(
        measure(where={"linked": {"type": "field-report", "relation": "evidence-for", "where": {"grade": "a"}, "at_least": 2}}),
        f"""SELECT count(*) FROM incident i WHERE {IN} AND (SELECT count(DISTINCT r.record_id) FROM links l JOIN field_report r
            ON r.record_id = l.from_id WHERE l.to_id = i.record_id AND l.relation = 'evidence-for' AND r.grade = 'a') >= 2""",
        f"""SELECT i.record_id FROM incident i JOIN links l ON l.to_id = i.record_id JOIN field_report r
            ON r.record_id = l.from_id AND r.grade = 'a' WHERE {IN.replace("withdrawn", "i.withdrawn").replace("occurred", "i.occurred")}
            GROUP BY 1 HAVING count(DISTINCT r.record_id) >= 2""",
    ),
    "count of items": Twin(
        measure(of="incident.victims", where={"sex": "f", "state": "confirmed"}, by=("region",)),
        f"SELECT count(*) FROM incident JOIN incident__victims USING (record_id) WHERE {IN} AND sex = 'f' AND state = 'confirmed'",
        f"SELECT DISTINCT record_id FROM incident JOIN incident__victims USING (record_id) WHERE {IN} AND sex = 'f' AND state = 'confirmed'",
        "region",
        f"""SELECT coalesce(place_region, ''), count(*) FROM incident JOIN incident__victims USING (record_id)
            WHERE {IN} AND sex = 'f' AND state = 'confirmed' GROUP BY 1""",
    ),
    "sum": Twin(
        measure("sum", value="deaths", where={"victims": {"any": {"sex": "m"}}}, by=("region",)),
        f"SELECT sum(deaths) FROM incident WHERE {IN} AND EXISTS (FROM incident__victims v WHERE v.record_id = incident.record_id AND sex = 'm')",
        f"SELECT record_id FROM incident WHERE {IN} AND record_id IN (SELECT record_id FROM incident__victims WHERE sex = 'm')",
        "region",
        f"""SELECT coalesce(place_region, ''), sum(deaths) FROM incident WHERE {IN}
            AND record_id IN (SELECT record_id FROM incident__victims WHERE sex = 'm') GROUP BY 1""",
    ),
    "distinct": Twin(
        measure("distinct", value="category", when={"moved": "confirm"}),
        """SELECT count(DISTINCT category) FROM incident WHERE NOT withdrawn AND (SELECT min("at") FROM moves m
            WHERE m.record_id = incident.record_id AND move = 'confirm') BETWEEN TIMESTAMP '2017-06-29' AND TIMESTAMP '2017-09-28 23:59:59.999999'""",
        """SELECT record_id FROM incident JOIN moves USING (record_id) WHERE NOT withdrawn AND move = 'confirm' GROUP BY 1
            HAVING min("at") >= TIMESTAMP '2017-06-29' AND min("at") < TIMESTAMP '2017-09-29'""",
    ),
    "distinct of a list": Twin(
        measure("distinct", value="weapons"),
        f"SELECT count(DISTINCT w) FROM (SELECT unnest(weapons) w FROM incident WHERE {IN})",
        f"SELECT record_id FROM incident WHERE {IN}",
    ),
    "share": Twin(
        measure("share", numerator={"deaths": {"at_least": 1}}, by=("quarter",)),
        f"SELECT count(*) FILTER (deaths >= 1) / count(*) FROM incident WHERE {IN}",
        f"SELECT record_id FROM incident WHERE {IN}",
        "quarter",
        f"""SELECT year(occurred) || '-Q' || quarter(occurred), count(*) FILTER (deaths >= 1) / count(*)
            FROM incident WHERE {IN} GROUP BY 1""",
    ),
    "stock": Twin(
        measure("stock", "personnel-strength", value="deployed", settings={"latest_by": ["unit"]}),
        """SELECT sum(d) FROM (SELECT arg_max(deployed, (occurred, recorded_at, record_id)) d FROM personnel_strength
            WHERE occurred < TIMESTAMP '2017-09-29' GROUP BY unit)""",
        """SELECT max_by(record_id, (occurred, recorded_at, record_id)) FROM personnel_strength
            WHERE occurred < TIMESTAMP '2017-09-29' GROUP BY unit""",
    ),
    "elapsed": Twin(
        measure("elapsed", settings={"from": "reported_at", "to": "answered_at", "statistic": "p90"}, by=("month",)),
        f"SELECT quantile_cont(epoch(answered_at) - epoch(reported_at), 0.9) FROM incident WHERE {IN}",
        f"SELECT record_id FROM incident WHERE {IN} AND answered_at IS NOT NULL",
        "month",
        f"""SELECT strftime(occurred, '%Y-%m'), quantile_cont(epoch(answered_at) - epoch(reported_at), 0.9)
            FROM incident WHERE {IN} GROUP BY 1""",
    ),
    "cumulative": Twin(
        measure("cumulative", value="deaths", by=("month",), settings={"since": "2017-06-10"}),
        """SELECT sum(deaths) FROM incident WHERE NOT withdrawn AND occurred >= TIMESTAMP '2017-06-10'
            AND occurred < TIMESTAMP '2017-09-29'""",
        """SELECT record_id FROM incident WHERE NOT withdrawn AND occurred >= TIMESTAMP '2017-06-10'
            AND occurred < TIMESTAMP '2017-09-29'""",
        "month",
        """SELECT k, sum(deaths) FROM incident JOIN (VALUES ('2017-06', TIMESTAMP '2017-07-01'), ('2017-07', TIMESTAMP '2017-08-01'),
            ('2017-08', TIMESTAMP '2017-09-01'), ('2017-09', TIMESTAMP '2017-09-29')) v(k, e) ON occurred < e
            WHERE NOT withdrawn AND occurred >= TIMESTAMP '2017-06-10' GROUP BY 1""",
    ),
    "days since": Twin(
        measure("days-since", where={"category": "mine", "weapons": {"contains": "mine"}, "deaths": {"at_least": 5}}, by=("region",)),
        """SELECT DATE '2017-09-28' - max(occurred)::DATE FROM incident WHERE NOT withdrawn AND occurred < TIMESTAMP '2017-09-29'
            AND category = 'mine' AND list_contains(weapons, 'mine') AND deaths >= 5""",
        """SELECT max_by(record_id, occurred) FROM incident WHERE NOT withdrawn AND occurred < TIMESTAMP '2017-09-29'
            AND category = 'mine' AND list_contains(weapons, 'mine') AND deaths >= 5""",
        "region",
        """SELECT coalesce(place_region, ''), DATE '2017-09-28' - max(occurred)::DATE FROM incident WHERE NOT withdrawn
            AND occurred < TIMESTAMP '2017-09-29' AND category = 'mine' AND list_contains(weapons, 'mine') AND deaths >= 5
            GROUP BY 1""",
    ),
    "survival": Twin(
        measure("survival", settings={"to": {"moved": "confirm"}, "within": 20}),
        """WITH life AS (SELECT i.record_id, occurred, (SELECT min("at") FROM moves m WHERE m.record_id = i.record_id
                AND move = 'confirm') ended FROM incident i WHERE NOT withdrawn AND occurred < TIMESTAMP '2017-09-29'),
            seen AS (SELECT coalesce(ended < TIMESTAMP '2017-09-29', false) over_,
                epoch(least(coalesce(ended, TIMESTAMP '2017-09-29'), TIMESTAMP '2017-09-29') - occurred) / 86400 t FROM life),
            steps AS (SELECT t, count(*) d, (SELECT count(*) FROM seen s WHERE s.t >= seen.t) n FROM seen WHERE over_ AND t <= 20
                GROUP BY t)
            SELECT coalesce(exp(sum(ln(1 - d / n))), 1) FROM steps""",
        "SELECT record_id FROM incident WHERE NOT withdrawn AND occurred < TIMESTAMP '2017-09-29'",
    ),
    "score": Twin(
        measure("score", value="category", by=("region",),
                settings={"points": {"raid": 0, "ambush": 1, "mine": 3}, "most": 3, "latest_by": ["place.region"]}),
        """SELECT 100 * avg(CASE c WHEN 'raid' THEN 0 WHEN 'ambush' THEN 1 ELSE 3 END) / 3 FROM (SELECT place_region,
            max_by(category, (occurred, recorded_at, record_id)) c FROM incident WHERE NOT withdrawn
            AND occurred < TIMESTAMP '2017-09-29' GROUP BY 1)""",
        """SELECT max_by(record_id, (occurred, recorded_at, record_id)) FROM incident WHERE NOT withdrawn
            AND occurred < TIMESTAMP '2017-09-29' GROUP BY place_region""",
    ),
    "average": Twin(
        measure("stock", "personnel-strength", value="deployed", settings={"latest_by": ["unit"], "statistic": "mean"}),
        """SELECT avg(s) FROM (SELECT e, sum(d) s FROM (SELECT e, unit, arg_max(deployed, (occurred, recorded_at, record_id)) d
            FROM personnel_strength JOIN (VALUES (TIMESTAMP '2017-07-01'), (TIMESTAMP '2017-08-01'), (TIMESTAMP '2017-09-01'),
            (TIMESTAMP '2017-09-29')) v(e) ON occurred < e GROUP BY 1, 2) GROUP BY 1)""",
        """SELECT DISTINCT r FROM (SELECT e, unit, max_by(record_id, (occurred, recorded_at, record_id)) r
            FROM personnel_strength JOIN (VALUES (TIMESTAMP '2017-07-01'), (TIMESTAMP '2017-08-01'), (TIMESTAMP '2017-09-01'),
            (TIMESTAMP '2017-09-29')) v(e) ON occurred < e GROUP BY 1, 2)""",
    ),
    "rate": Twin(
        replace(
            measure("rate", by=("region",), settings={"per": 100}),
            parts=(
                replace(measure("sum", value="deaths", by=("region",)), key="above", digest="a" * 64),
                replace(measure(where={"state": "confirmed"}, by=("region",)), key="below", digest="b" * 64),
            ),
        ),
        f"SELECT 100 * sum(deaths) / count(*) FILTER (state = 'confirmed') FROM incident WHERE {IN}",
        f"SELECT record_id FROM incident WHERE {IN}",
        "region",
        f"""SELECT coalesce(place_region, ''), 100 * sum(deaths) / count(*) FILTER (state = 'confirmed') FROM incident WHERE {IN}
            GROUP BY 1""",
    ),
    "list": Twin(
        measure(by=("weapons",)),
        f"SELECT count(*) FROM incident WHERE {IN}",
        f"SELECT record_id FROM incident WHERE {IN}",
        "weapons",
        f"""SELECT unnest(CASE WHEN len(weapons) > 0 THEN weapons ELSE [''] END), count(*) FROM incident WHERE {IN} GROUP BY 1""",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return snapshot_of(tmp_path_factory.mktemp("twins"), invented())


@pytest.fixture(scope="module")
def by_hand(snapshot: Snapshot) -> Callable[[str], list[Any]]:
    connection = duckdb.connect(":memory:")
    for table in snapshot.tables:
        connection.execute(f"CREATE VIEW {table} AS FROM read_parquet('{snapshot.folder / table}.parquet')")
    return lambda sql: connection.execute(sql).fetchall()


@pytest.mark.parametrize("name", TWINS)
def test_the_engine_and_the_hand_written_sql_agree(
    name: str, snapshot: Snapshot, by_hand: Callable[[str], list[Any]], engine: Engine
) -> None:
    twin = TWINS[name]
    figure = engine.compute(twin.measure, snapshot, parse_period(PERIOD), by=(twin.by,) if twin.by else ())
    assert figure.value == pytest.approx(by_hand(twin.value)[0][0], abs=1e-6)
    assert figure.record_ids == tuple(sorted(row[0] for row in by_hand(twin.ids)))
    assert figure.value, "a measure that finds nothing tells nothing"
    if twin.cells:
        expected = dict(by_hand(twin.cells))
        found = {cell.keys[twin.by]: cell.value for cell in figure.cells if cell.record_ids}
        assert found == pytest.approx(expected, abs=1e-6)
        assert all(cell.keys[twin.by] in expected or not cell.value for cell in figure.cells)


def test_cells_add_up_to_the_total_where_no_record_stands_twice(snapshot: Snapshot, engine: Engine) -> None:
    both = measure(by=("month", "region"))
    figure = engine.compute(both, snapshot, parse_period(PERIOD), by=("month", "region"))
    assert sum(cell.value or 0 for cell in figure.cells) == figure.value
    assert sorted(i for cell in figure.cells for i in cell.record_ids) == list(figure.record_ids)


def test_all_measures_over_one_connection_give_what_each_gives_alone(snapshot: Snapshot, engine: Engine) -> None:
    named = {name: twin.measure for name, twin in TWINS.items()}
    period = parse_period(PERIOD)
    for name, one in named.items():
        assert (
            engine.compute_all([one], snapshot, period)["tested"].value == engine.compute(one, snapshot, period).value
        ), name
