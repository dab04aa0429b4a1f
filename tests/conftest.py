"""Fixtures that every suite uses."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Return the folder of real texts and data, or skip the test, saying why."""
    folder = os.environ.get("REMIT_CORPUS", "")
    if not folder or not Path(folder).is_dir():
        pytest.skip("real texts and data are not here: set REMIT_CORPUS to the folder that holds them")
    return Path(folder).resolve()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Have each attack name its kind in its report, which also comes from another process."""
    for item in items:
        for mark in item.iter_markers("attack"):
            item.user_properties.append(("attack", mark.args[0]))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Count and print the attacks that were tried, and those that were held off."""
    tried: Counter[str] = Counter()
    held: Counter[str] = Counter()
    for outcome in ("passed", "failed"):
        for report in terminalreporter.stats.get(outcome, ()):
            for name, kind in getattr(report, "user_properties", ()):
                if name == "attack":
                    tried[kind] += 1
                    held[kind] += outcome == "passed"
    if tried:
        terminalreporter.section("attacks tried")
        for kind, number in sorted(tried.items()):
            terminalreporter.write_line(f"{kind}: {number} tried, {held[kind]} held off")
        terminalreporter.write_line(f"in all: {sum(tried.values())} tried, {sum(held.values())} held off")
