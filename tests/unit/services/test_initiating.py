"""Accounts of a mission, the official text, and who acts at the command line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from remit.kernel.conditions import ALWAYS
from remit.kernel.errors import BadInput
from remit.records.journal import Query
from remit.services.acting import operator, recorder
from remit.services.attaching import attach_text, load_texts, official_document
from remit.services.initiating import accounts, demonstration_accounts
from remit.services.verifying import head, seal, verify
from remit.services.workspace import Accounts, Workspace
from tests.unit.services.exercise import Exercise

TEXT = Path(__file__).parents[3] / "missions" / "exercise" / "instrument.txt"


def in_folder(exercise: Exercise, folder: Path) -> Workspace:
    """Return the workspace as if it stood in a folder."""
    return replace(exercise.workspace, folder=folder)


def test_each_person_gets_an_account_with_a_password_of_his_own_once(exercise: Exercise, tmp_path: Path) -> None:
    workspace = in_folder(exercise, tmp_path)
    made = accounts(workspace)
    passwords = [account.password for account in made]
    assert {a.person for a in made} == set(workspace.mission.people)
    assert all(passwords) and len(set(passwords)) == len(passwords)
    assert [a.password for a in accounts(workspace)] == [""] * len(made)
    assert {a.person: a.password for a in demonstration_accounts(workspace)} == {a.person: a.password for a in made}
    kept = next(tmp_path.iterdir())
    assert kept.stat().st_mode & 0o077 == 0  # readable by its owner only


class Breaking:
    """Accounts that fail after the third."""

    def __init__(self, accounts: Accounts) -> None:
        self._accounts, self._left = accounts, 3

    def add(self, person: str, name: str, roles: Sequence[str], password: str | None, *, invented: bool) -> None:
        """Add an account, three times."""
        if not self._left:
            raise KeyboardInterrupt
        self._left -= 1
        self._accounts.add(person, name, roles, password, invented=invented)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._accounts, name)


def test_an_interruption_leaves_no_account_whose_password_nobody_kept(exercise: Exercise, tmp_path: Path) -> None:
    workspace = in_folder(exercise, tmp_path)
    with pytest.raises(KeyboardInterrupt):
        accounts(replace(workspace, accounts=Breaking(workspace.accounts)))
    accounts(workspace)
    known = {account.person: account.password for account in demonstration_accounts(workspace)}
    assert (
        set(known) == {str(found["person"]) for found in workspace.accounts.people()} == set(workspace.mission.people)
    )


def test_the_official_text_is_attached_once_and_found_again(exercise: Exercise) -> None:
    data = TEXT.read_bytes()
    first = attach_text(exercise.workspace, exercise.actor("planner"), data, "instrument.txt")
    again = attach_text(exercise.workspace, exercise.actor("planner"), data, "copy.txt")
    assert first.id == again.id and first.title == "S/RES/9901 (2020)"
    exercise.workspace.texts.clear()
    assert official_document(exercise.workspace) is None
    load_texts(exercise.workspace)
    document = official_document(exercise.workspace)
    assert document is not None and document.symbol == "S/RES/9901 (2020)"


def test_the_text_of_another_instrument_is_refused(exercise: Exercise) -> None:
    other = TEXT.read_bytes().replace(b"9901", b"9902")
    with pytest.raises(BadInput) as refused:
        attach_text(exercise.workspace, exercise.actor("planner"), other, "other.txt")
    assert refused.value.code == "ATT-001"
    assert "S/RES/9902 (2020)" in refused.value.text() and "S/RES/9901 (2020)" in refused.value.text()
    assert official_document(exercise.workspace) is None
    assert exercise.workspace.journal.count(Query(ALWAYS)) == 0


def test_the_operator_acts_in_the_role_asked_for_or_the_first_that_may(exercise: Exercise) -> None:
    assert operator(exercise.workspace, "freeze", "reporting-officer").role.key == "reporting-officer"
    first = operator(exercise.workspace, "freeze")
    assert "freeze" in first.role.may and not first.role.audience
    assert (
        recorder(exercise.workspace, "patrol").role.key in exercise.workspace.mission.record_types["patrol"].record_by
    )
    with pytest.raises(BadInput) as refused:
        operator(exercise.workspace, "freeze", "reporting-offcer")
    assert refused.value.code == "ACC-042" and "reporting-officer" in refused.value.text()
    nobody = replace(exercise.workspace.mission, roles={})
    with pytest.raises(BadInput) as refused:
        operator(replace(exercise.workspace, mission=nobody), "freeze")
    assert refused.value.code == "ACC-043"


def test_sealing_is_done_where_there_is_something_new(exercise: Exercise) -> None:
    assert seal(exercise.workspace) is None and head(exercise.workspace) == ""
    exercise.incident()
    block = seal(exercise.workspace)
    assert block is not None and head(exercise.workspace).startswith("1:1:")
    assert seal(exercise.workspace) is None
    exercise.incident("2020-04-05")
    found = verify(exercise.workspace)
    assert found.ok and (found.entries, found.unsealed) == (1, 1)
