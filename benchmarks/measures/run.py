"""How long measures take, against DuckDB SQL written by hand on the same Parquet, and how that grows.

    python benchmarks/measures/run.py                    100,000 generated records
    python benchmarks/measures/run.py --sizes 100000 1000000 10000000 --json results.json

Records are generated as Arrow columns in the layout of ``remit.measures.snapshot``: nothing of them is real. Each route is
run once cold and then ``--repeat`` times; the table gives the median in milliseconds and the ratio of the two. Both
routes give value and cells, not the list of records, which is the walk back's. The SQL of a measure is written once for all
periods and snapshots: *cold* has it written each time, *warm* is the engine as it runs, with no figure kept; *written* is
the share of cold that writing takes.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from remit.kernel.conditions import parse_condition
from remit.kernel.periods import parse_period
from remit.kernel.wording import same
from remit.measures.definitions import Measure, When
from remit.measures.engine import Engine
from remit.measures.layout import ENVELOPE, INSTANT, LINK_COLUMNS, MOVE_COLUMNS
from remit.measures.snapshot import Snapshot

PERIOD = parse_period("2017-Q3")
IN = "NOT withdrawn AND occurred >= TIMESTAMP '2017-07-01' AND occurred < TIMESTAMP '2017-10-01'"
REGIONS = np.array(["gao", "kidal", "mopti", "segou", "tombouctou"])


@dataclass(frozen=True)
class Route:
    """A measure and its SQL by hand: the total, and the cells."""

    name: str
    measure: Measure
    by: tuple[str, ...]
    total: str
    cells: str = ""


def measure(kind: str = "count", of: str = "incident", when: str | When = "occurred", **more: Any) -> Measure:
    """Return a measure; ``where`` and ``numerator`` as declared."""
    more = {name: parse_condition(value) if name in ("where", "numerator") else value for name, value in more.items()}
    time_ = when if isinstance(when, When) else When(when)  # type: ignore[arg-type]
    plain = same("generated")
    return Measure(f"{kind}-{of}", 1, plain, plain, kind, of, plain, (), time_, **more)  # type: ignore[arg-type]


LINKED = {
    "linked": {"type": "field-report", "relation": "evidence-for", "where": {"state": "confirmed"}, "at_least": 1}
}
ROUTES = (
    Route(
        "count by month", measure(where={"state": "confirmed"}, by=("month",)), ("month",),
        f"SELECT count(*) FROM incident WHERE {IN} AND state = 'confirmed'",
        f"SELECT date_trunc('month', occurred), count(*) FROM incident WHERE {IN} AND state = 'confirmed' GROUP BY 1",
    ),
    Route(
        "sum by month and region", measure("sum", value="deaths", by=("month", "region")), ("month", "region"),
        f"SELECT sum(deaths), bool_or(deaths_qualifier = 'at-least') FROM incident WHERE {IN}",
        f"""SELECT date_trunc('month', occurred), place_region, sum(deaths), bool_or(deaths_qualifier = 'at-least')
            FROM incident WHERE {IN} GROUP BY 1, 2""",
    ),
    Route(
        "share", measure("share", numerator={"answered_at": {"exists": True}}), (),
        f"SELECT count(*) FILTER (answered_at IS NOT NULL), count(*) FROM incident WHERE {IN}",
    ),
    Route(
        "count with evidence", measure(where=LINKED), (),
        f"""SELECT count(*) FROM incident WHERE {IN} AND record_id IN (SELECT to_id FROM links JOIN field_report ON
            from_id = record_id WHERE relation = 'evidence-for' AND state = 'confirmed' AND NOT withdrawn)""",
    ),
    Route(
        "count by first move", measure(when=When("moved", "confirm")), (),
        """SELECT count(*) FROM incident JOIN (SELECT record_id, min("at") t FROM moves WHERE move = 'confirm' GROUP BY 1)
            USING (record_id) WHERE NOT withdrawn AND t >= TIMESTAMP '2017-07-01' AND t < TIMESTAMP '2017-10-01'""",
    ),
    Route(
        "victims by sex", measure(of="incident.victims", by=("sex",)), ("sex",),
        f"SELECT count(*) FROM incident__victims JOIN incident USING (record_id) WHERE {IN}",
        f"SELECT sex, count(*) FROM incident__victims JOIN incident USING (record_id) WHERE {IN} GROUP BY 1",
    ),
    Route(
        "stock", measure("stock", value="deaths", settings={"latest_by": ["unit"]}), (),
        """SELECT sum(deaths) FROM (SELECT deaths, rank() OVER (PARTITION BY unit ORDER BY occurred DESC, recorded_at DESC,
            record_id DESC) r FROM incident WHERE NOT withdrawn AND occurred < TIMESTAMP '2017-10-01') WHERE r = 1""",
    ),
    Route(
        "p90 of elapsed", measure("elapsed", settings={"from": "reported_at", "to": "answered_at", "statistic": "p90"}), (),
        f"""SELECT quantile_cont(date_diff('microsecond', reported_at, answered_at) / 1e6, 0.9) FROM incident
            WHERE {IN} AND answered_at IS NOT NULL""",
    ),
)  # fmt: skip


def generate(folder: Path, size: int) -> Snapshot:
    """Write a snapshot of ``size`` invented records: nine incidents to one report, with victims, moves and links."""
    chance = np.random.default_rng(7)
    folder.mkdir(parents=True)
    reports = size // 10
    incidents = size - reports

    def write(table: str, columns: Mapping[str, Any], rows: int, schema: Mapping[str, Any]) -> None:
        arrays = {name: columns[name] if name in columns else pa.nulls(rows, kind) for name, kind in schema.items()}
        pq.write_table(
            pa.table({n: pa.array(a).cast(schema[n]) for n, a in arrays.items()}), folder / f"{table}.parquet"
        )

    def ids(letter: str, count: int) -> Any:
        return np.char.add(f"{letter}-0000-7000-", np.char.zfill(np.arange(count).astype(str), 12))

    def instants(count: int) -> Any:
        minutes = chance.integers(0, 365 * 24 * 60, count)
        return np.datetime64("2017-01-01T00:00", "us") + np.sort(minutes).astype("timedelta64[m]").astype(
            "timedelta64[us]"
        )

    def envelope(letter: str, kind: str, count: int) -> dict[str, Any]:
        when = instants(count)
        states = np.array(["alleged", "confirmed"])[chance.integers(0, 2, count)]
        fixed = {
            "type": np.full(count, kind),
            "level": np.full(count, "unclassified"),
            "invented": np.full(count, True),
        }
        own = {
            "record_id": ids(letter, count),
            "state": states,
            "withdrawn": chance.random(count) < 0.02,
            "occurred": when,
        }
        later = when + chance.integers(60, 90_000, count).astype("timedelta64[s]").astype("timedelta64[us]")
        return fixed | own | {"occurred_at": when, "reported_at": when, "recorded_at": later}

    one = envelope("i", "incident", incidents)
    answered = one["recorded_at"] + np.timedelta64(3_600_000_000, "us")
    more: dict[str, Any] = {
        "deaths": pa.array(chance.integers(0, 9, incidents), mask=chance.random(incidents) < 0.1),
        "deaths_qualifier": np.array(["exact", "at-least"])[chance.integers(0, 2, incidents)],
        "place_region": REGIONS[chance.integers(0, len(REGIONS), incidents)],
        "unit": np.char.add("unit-", chance.integers(0, 200, incidents).astype(str)),
        "answered_at": pa.array(answered, mask=chance.random(incidents) < 0.3),
    }
    kinds = {"deaths": pa.int64(), "deaths_qualifier": pa.string(), "place_region": pa.string(), "unit": pa.string()}
    write("incident", one | more, incidents, {**ENVELOPE, **kinds, "answered_at": INSTANT})
    write("field_report", envelope("r", "field-report", reports), reports, ENVELOPE)
    who = np.repeat(one["record_id"], 2)
    items = {
        "record_id": who,
        "item": np.tile([0, 1], incidents),
        "sex": np.array(["f", "m"])[chance.integers(0, 2, len(who))],
    }
    write("incident__victims", items, len(who), {"record_id": pa.string(), "item": pa.int64(), "sex": pa.string()})
    moves = {"record_id": one["record_id"], "move": np.full(incidents, "confirm"), "at": one["recorded_at"]}
    write("moves", moves, incidents, MOVE_COLUMNS)
    ends = one["record_id"][chance.integers(0, incidents, reports)]
    links = {"from_id": ids("r", reports), "to_id": ends, "relation": np.full(reports, "evidence-for")}
    links |= {"from_type": np.full(reports, "field-report"), "to_type": np.full(reports, "incident")}
    write("links", links, reports, LINK_COLUMNS)
    tables = ("field_report", "incident", "incident__victims", "links", "moves")
    # Without digests of contents no figure is kept between runs; the layout's digest lets the SQL be kept.
    return Snapshot(f"generated-{size}", folder, tables, "", size, 0, layout="generated")


def timed(run: Callable[[], Any], repeat: int) -> float:
    """Return the median of some runs after a cold one, in milliseconds."""
    run()
    found = []
    for _ in range(repeat):
        start = time.perf_counter()
        run()
        found.append(1000 * (time.perf_counter() - start))
    return statistics.median(found)


def compare(snapshot: Snapshot, repeat: int) -> list[dict[str, Any]]:
    """Return one row a route: the time of the engine, cold and warm, of writing alone, of the SQL by hand, and the ratio."""
    engine, rows = Engine(), []
    connection = duckdb.connect(":memory:")
    for table in snapshot.tables:
        connection.execute(f"CREATE VIEW {table} AS FROM read_parquet('{snapshot.folder / table}.parquet')")
    for route in ROUTES:
        kept, unkept = replace(route.measure, digest=route.name), replace(route.measure, digest="")

        def by_engine(wanted: Measure, by: tuple[str, ...] = route.by) -> Any:
            return engine.compute(wanted, snapshot, PERIOD, by=by, ids=False)

        def by_hand(route: Route = route) -> Any:
            return [connection.execute(sql).fetchall() for sql in (route.total, route.cells) if sql]

        def writing(wanted: Measure = unkept, by: tuple[str, ...] = route.by) -> Any:
            return engine.explain(wanted, snapshot, by=by, ids=False)

        row = {
            "measure": route.name,
            "cold_ms": timed(partial(by_engine, unkept), repeat),
            "warm_ms": timed(partial(by_engine, kept), repeat),
            "writing_ms": timed(writing, repeat),
            "sql_ms": timed(by_hand, repeat),
        }
        rows.append(row | {"ratio": row["warm_ms"] / row["sql_ms"], "written": row["writing_ms"] / row["cold_ms"]})
    connection.close()
    engine.close()
    return rows


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[100_000])
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--json", type=Path, help="also write the results here")
    asked = parser.parse_args()
    results: dict[int, Any] = {}
    for size in asked.sizes:
        with tempfile.TemporaryDirectory() as folder:
            rows = compare(generate(Path(folder) / "snapshot", size), asked.repeat)
        results[size] = rows
        head = f"{'measure':28}{'cold ms':>9}{'written':>9}{'warm ms':>9}{'SQL ms':>9}{'warm/SQL':>10}"
        print(f"\n{size:,} records\n{head}")
        sums = {key: sum(row[key] for row in rows) for key in ("cold_ms", "writing_ms", "warm_ms", "sql_ms")}
        whole = {"measure": "all", **sums}
        whole |= {"ratio": sums["warm_ms"] / sums["sql_ms"], "written": sums["writing_ms"] / sums["cold_ms"]}
        for row in [*rows, whole]:
            print(
                f"{row['measure']:28}{row['cold_ms']:9.1f}{row['written']:9.0%}{row['warm_ms']:9.1f}"
                f"{row['sql_ms']:9.1f}{row['ratio']:10.2f}"
            )
        print(f"peak memory so far: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")
    if asked.json:
        asked.json.write_text(json.dumps(results, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
