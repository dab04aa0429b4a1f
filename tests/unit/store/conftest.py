"""A journal on SQLite for every test of this folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.contract.journal_suite import Maker, suite_types
from tests.workspaces import copy_tables


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with migrated, empty databases."""
    copy_tables(tmp_path / "one")
    return tmp_path / "one"


@pytest.fixture
def open_journal() -> Callable[..., Any]:
    """Return how to open the journal in a folder."""

    def open_it(folder: Path, **options: Any) -> Any:
        from remit.store.databases import register
        from remit.store.journal import DjangoJournal

        return DjangoJournal(register(folder), suite_types(), **options)

    return open_it


@pytest.fixture
def journal(folder: Path, open_journal: Callable[..., Any]) -> Any:
    """Return an empty journal."""
    return open_journal(folder)


@pytest.fixture
def maker() -> Maker:
    """Return a maker of entries."""
    return Maker()
