"""The exercise's first quarterly note, of each copy, against what was reviewed.

After a change that is meant: ``python -m tests.golden.reports.reset``, and read the difference.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.golden.reports.digest import COPIES, FOLDER, digests


@pytest.fixture(scope="module")
def found() -> dict[str, Any]:
    """Return the reports as they are composed now."""
    made: dict[str, Any] = json.loads(json.dumps(digests()))
    return made


@pytest.mark.parametrize("name", COPIES)
def test_report_is_as_reviewed(found: dict[str, Any], name: str) -> None:
    expected = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    assert list(found[name]) == list(expected)
    for part, value in expected.items():
        assert found[name][part] == value, part
