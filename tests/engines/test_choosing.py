"""Which database computes, what it says where it is not to be had, and what it leaves behind."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from remit.config.composition import Composition
from remit.config.settings import Settings
from remit.kernel.errors import BadInput, Fault
from remit.kernel.periods import parse_period
from remit.measures.databases import Database
from remit.measures.engine import Engine
from remit.measures.postgresql import PostgresDatabase
from remit.measures.spark import SparkDatabase
from tests.unit.measures.factories import measure, record, snapshot_of
from tests.workspaces import new_workspace

PERIOD = parse_period("2017-Q3")


def refusal(database: Database, folder: Path) -> Fault:
    with pytest.raises(Fault) as caught:
        Engine(database=database).compute(measure(), snapshot_of(folder, []), PERIOD)
    return caught.value


def test_without_a_server_postgresql_is_refused_and_says_how_to_name_one(tmp_path: Path) -> None:
    workspace = new_workspace(tmp_path)
    with pytest.raises(BadInput) as caught:
        Composition(Settings()).computing_with(workspace, "postgresql")
    assert caught.value.code == "PGS-005" and "REMIT_FIGURES_SERVER" in caught.value.issues[0].remedy.fr


def test_a_server_that_does_not_answer_is_named_as_such(tmp_path: Path) -> None:
    pytest.importorskip("psycopg")
    assert refusal(PostgresDatabase(f"host={tmp_path} dbname=none"), tmp_path).code == "MEA-024"


def test_spark_without_java_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setattr(shutil, "which", lambda name: None)
    refused = refusal(SparkDatabase(), tmp_path)
    assert refused.code == "MEA-023" and "Java 17" in refused.issues[0].remedy.en


def test_postgresql_computes_in_a_workspace_and_leaves_no_table(tmp_path: Path, server: Any) -> None:
    workspace = new_workspace(tmp_path)
    chosen = Composition(Settings(figures_server=server.get_uri())).computing_with(workspace, "postgresql")
    incidents = [record("i1", occurred_on="2017-07-14"), record("i2", occurred_on="2017-10-14")]
    figure = chosen.engine.compute(measure(), snapshot_of(tmp_path, incidents), PERIOD)
    assert (figure.value, figure.record_ids) == (1, ("i1",))
    chosen.engine.close()
    import psycopg

    with psycopg.connect(server.get_uri()) as session:
        found = session.execute("SELECT count(*) FROM pg_class WHERE relname = 'incident'").fetchone()
    assert found == (0,)


def test_a_damaged_table_is_named_and_the_next_question_is_answered(tmp_path: Path, database: Database) -> None:
    damaged = snapshot_of(tmp_path / "damaged", [record("i1", occurred_on="2017-07-14")])
    whole = snapshot_of(tmp_path / "whole", [record("i1", occurred_on="2017-07-14")])
    engine = Engine(database=database)
    assert engine.compute(measure(), whole, PERIOD).value == 1
    file = damaged.folder / "incident.parquet"
    file.write_bytes(file.read_bytes()[:40])
    with pytest.raises(Fault) as caught:
        Engine(database=database).compute(measure(), damaged, PERIOD)
    assert caught.value.code in ("MEA-021", "MEA-022") and damaged.name in caught.value.issues[0].message.fr
    assert Engine(database=database).compute(measure(), whole, PERIOD).value == 1
