"""Every mission that ships loads without an error, and says what it holds."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest
import yaml

from remit.kernel.issues import Issue
from remit.missions.load import load_mission
from remit.missions.mission import Mission

MISSIONS = Path(__file__).parents[2] / "missions"
INDEX = yaml.safe_load((MISSIONS / "index.yaml").read_text("utf-8"))
FILES = sorted(
    path.relative_to(MISSIONS) for path in MISSIONS.rglob("*.yaml") if len(path.relative_to(MISSIONS).parts) > 1
)


@cache
def loaded(key: str) -> tuple[Mission | None, Sequence[Issue]]:
    """Load a mission once for all items."""
    return load_mission(MISSIONS / key, search=[MISSIONS])


def told(issues: Sequence[Issue]) -> str:
    """Return problems, one a line."""
    return "\n" + "\n".join(issue.text() for issue in issues)


@pytest.mark.parametrize("key", INDEX["missions"])
def test_mission_loads(key: str) -> None:
    mission, issues = loaded(key)
    wrong = [issue for issue in issues if issue.level != "note"]
    assert not wrong, told(wrong)
    assert mission is not None


@pytest.mark.parametrize("file", FILES, ids=str)
def test_file_has_no_problem(file: Path) -> None:
    wrong = [
        issue
        for key in INDEX["missions"]
        for issue in loaded(key)[1]
        if issue.where.file == file.as_posix() and issue.level != "note"
    ]
    assert not wrong, told(list(dict.fromkeys(wrong)))


@pytest.mark.parametrize("key", INDEX["missions"])
def test_everything_shown_has_words_in_both_languages(key: str) -> None:
    notes = [issue for issue in loaded(key)[1] if issue.code == "MIS-071"]
    assert not notes, told(notes)


@pytest.mark.parametrize("key", INDEX["missions"])
def test_every_role_has_an_account_in_the_demonstration(key: str) -> None:
    mission, _ = loaded(key)
    assert mission is not None
    held = {role for person in mission.people.values() for role in person.roles}
    assert set(mission.roles) <= held


def test_demonstration_mission_is_one_of_those_that_ship() -> None:
    assert INDEX["demonstration"] in INDEX["missions"]
