"""Fixtures of the traps."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from remit.kernel.periods import parse_period
from remit.measures.databases import Database
from remit.measures.engine import Engine
from remit.measures.figures import Figure
from tests.engines.databases import database
from tests.postgres import server
from tests.unit.measures.factories import measure, snapshot_of

__all__ = ["database", "server"]

Asked = Callable[..., Figure]


@pytest.fixture
def ask(tmp_path: Path, database: Database) -> Asked:
    """Return a function that computes one measure over a few records: ``ask(records, period, kind, of, …)``."""

    def asked(records: Any, period: str = "2017-Q3", kind: str = "count", of: str = "incident", **more: Any) -> Figure:
        by, as_of = more.get("by", ()), more.pop("as_of", None)
        snapshot = snapshot_of(tmp_path, records, name=f"block-{len(list(tmp_path.iterdir()))}", as_of=as_of)
        return Engine(database=database).compute(
            measure(kind, of, **more), snapshot, parse_period(period), by=by, as_of=as_of
        )

    return asked
