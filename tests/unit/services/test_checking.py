"""The check plays every example, and a wrong one fails it: the expectations are really looked at."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from remit.services.checking import check, folder_of, summary
from tests.workspaces import composition

MISSIONS = Path(__file__).parents[3] / "missions"


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """Return a copy of the exercise, beside what it extends."""
    for name in ("base", "exercise"):
        shutil.copytree(MISSIONS / name, tmp_path / "missions" / name)
    return tmp_path / "missions" / "exercise"


def change(file: Path, found: str, put: str) -> None:
    """Put other words into a file, once."""
    text = file.read_text("utf-8")
    assert found in text
    file.write_text(text.replace(found, put, 1), "utf-8")


def test_the_exercise_holds(copied: Path) -> None:
    told: list[tuple[int, int]] = []
    done = check(composition(), copied, progress=lambda at, of: told.append((at, of)))
    assert [issue.text() for issue in done.issues if issue.level == "error"] == []
    assert done.played > 6 and told[-1] == (done.played, done.played)
    assert "0 problems" in summary(done).en and "0 problèmes" in summary(done).fr


WRONG = {
    "value": ("measures/incidents-verified.yaml", "{period: 2020-04, value: 1}", "{period: 2020-04, value: 2}", "expected 2"),
    "cell": ("measures/incidents-verified.yaml", "value: 1, by: {island: north-shore}", "value: 3, by: {island: north-shore}", "expected 3"),
    "denominator": ("measures/patrols-completed.yaml", "denominator: 2", "denominator: 5", "expected 5"),
    "none": ("measures/patrols-completed.yaml", "value: null", "value: 0", "expected 0"),
    "code": ("records/incident.yaml", "refused: REC-032", "refused: REC-031", "expected REC-031"),
    "accepted": ("records/incident.yaml", "then: {state: verified, figures: {incidents-verified: 1}}", "refused: REC-032", "is accepted"),
    "state": ("records/patrol.yaml", "then: {state: completed", "then: {state: aborted", "expected 'aborted'"),
    "figure": ("records/patrol.yaml", "figures: {patrols-completed: 1}", "figures: {patrols-completed: 0.5}", "expected 0.5"),
    "step": ("records/patrol.yaml", "{move: depart, as: sector-commander, at: \"2020-04-10T07:00:00Z\"}", "{move: complete, as: sector-commander}", "REC-034"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_example_fails_the_check_by_file_and_number(copied: Path, name: str) -> None:
    file, found, put, told = WRONG[name]
    change(copied / file, found, put)
    done = check(composition(), copied)
    wrong = [issue for issue in done.issues if issue.level == "error"]
    assert [issue.code for issue in wrong] == ["CHK-001"]
    assert told in wrong[0].text("en")
    assert wrong[0].where.file.endswith(file) and wrong[0].where.path.startswith("examples.")
    assert "ne tient pas" in wrong[0].text("fr")


def test_a_folder_that_cannot_be_loaded_is_told_with_file_line_and_the_right_key(copied: Path) -> None:
    change(copied / "records" / "incident.yaml", "level: confidential", "levle: confidential")
    done = check(composition(), copied)
    assert done.mission is None and done.played == 0
    [issue] = [issue for issue in done.issues if issue.level == "error"]
    assert issue.where.file.endswith("records/incident.yaml") and issue.where.line
    assert "levle" in issue.text() and "level" in issue.text()
    assert "not loaded" in summary(done).en


def test_examples_may_be_left_out(copied: Path) -> None:
    assert check(composition(), copied, examples=False).played == 0


def test_a_mission_is_named_by_its_key_or_its_folder(copied: Path) -> None:
    assert folder_of(composition(), "exercise").name == "exercise"
    assert folder_of(composition(), str(copied)) == copied.resolve()
    with pytest.raises(Exception, match="CHK-002"):
        folder_of(composition(), "nowhere")
