"""Fixtures that every suite uses."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Return the folder of real texts and data, or skip the test, saying why."""
    folder = os.environ.get("REMIT_CORPUS", "")
    if not folder or not Path(folder).is_dir():
        pytest.skip("real texts and data are not here: set REMIT_CORPUS to the folder that holds them")
    return Path(folder).resolve()
