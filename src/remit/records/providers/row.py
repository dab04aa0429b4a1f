"""A row of another provider's file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its line in the file (from 1), the provider's identifier, raw values by field key, and the row as given."""

    line: int
    identifier: str
    values: Mapping[str, Any]
    original: Mapping[str, str]
