"""An engine over each database, for suites that must give the same on all."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any

import pytest

from remit.measures.databases import Database
from remit.measures.duck import DuckDatabase
from remit.measures.engine import Engine
from remit.measures.postgresql import PostgresDatabase
from remit.measures.spark import SparkDatabase

ENGINES = ["duckdb", "postgresql", pytest.param("spark", marks=pytest.mark.full)]


def database_of(name: str, request: pytest.FixtureRequest) -> Database:
    """Return a database by its name, or skip where it is not to be had."""
    if name == "postgresql":
        server: Any = request.getfixturevalue("server")
        return PostgresDatabase(server.get_uri())
    if name == "spark":
        pytest.importorskip("pyspark", reason="Spark needs the extra: uv sync --extra spark")
        if shutil.which("java") is None:
            pytest.skip("Spark needs Java 17")
        return SparkDatabase()
    return DuckDatabase()


@pytest.fixture(scope="session", params=ENGINES)
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """Each database in turn."""
    made = database_of(request.param, request)
    yield made
    made.close()


@pytest.fixture
def engine(database: Database) -> Engine:
    """An engine that keeps nothing yet, over each database in turn."""
    return Engine(database=database)
