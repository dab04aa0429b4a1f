"""Accounts and tokens at the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.unit.cli.conftest import Remit


@pytest.fixture
def place(tmp_path: Path, remit: Remit) -> str:
    folder = str(tmp_path / "w")
    assert remit("init", "--mission", "exercise", "--workspace", folder).status == 0
    return folder


def test_account__is_made_given_roles_closed_and_opened_again(remit: Remit, place: str) -> None:
    made = remit(
        "account",
        "add",
        "a.diallo",
        "--name",
        "A. Diallo",
        "--role",
        "planner",
        "--workspace",
        place,
        "--format",
        "json",
    )
    assert len(json.loads(made.out)["password"]) == 19
    assert remit("account", "roles", "a.diallo", "--role", "records-officer", "--workspace", place).status == 0
    listed = {
        row["person"]: row for row in json.loads(remit("account", "list", "--workspace", place, "--format", "json").out)
    }
    assert listed["a.diallo"]["roles"] == ["records-officer"]
    assert listed["a.diallo"]["second_factor_asked"]
    assert not listed["a.diallo"]["second_factor"]
    assert "second factor missing" in remit("account", "list", "--workspace", place).out
    assert remit("account", "close", "a.diallo", "--workspace", place).status == 0
    assert "closed" in remit("account", "list", "--workspace", place).out
    again = remit("account", "reopen", "a.diallo", "--role", "planner", "--workspace", place)
    assert again.status == 0
    assert "closed" not in remit("account", "list", "--workspace", place).out
    assert remit("account", "forget-second-factor", "a.diallo", "--workspace", place).status == 0
    assert "shown once" in remit("account", "password", "a.diallo", "--workspace", place).out


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("account", "add", "joc-officer", "--role", "planner"), "ACC-061"),
        (("account", "add", "A Diallo", "--role", "planner"), "ACC-062"),
        (("account", "add", "a.diallo", "--role", "plannr"), "ACC-063"),
        (("account", "roles", "nobody", "--role", "planner"), "ACC-064"),
        (("token", "add", "nobody", "--for", "x", "--scope", "read"), "ACC-064"),
        (("token", "add", "joc-officer", "--for", " ", "--scope", "read"), "ACC-065"),
        (("token", "end", "remit_none"), "ACC-069"),
    ],
)
def test_account__refusals_say_what_to_do(remit: Remit, place: str, words: tuple[str, ...], code: str) -> None:
    done = remit(*words, "--workspace", place)
    assert done.status == 2
    assert code in done.err


def test_token__is_shown_once_and_ended(remit: Remit, place: str) -> None:
    made = json.loads(
        remit(
            "token", "add", "joc-officer", "--for", "QGIS", "--scope", "read", "--days", "7", "--workspace", place,
            "--format", "json",
        ).out
    )  # fmt: skip
    assert made["token"].startswith("remit_")
    listed = remit("token", "list", "--workspace", place, "--format", "json").out
    assert made["token"] not in listed
    [row] = json.loads(listed)
    assert (row["person"], row["scopes"], row["ended"]) == ("joc-officer", ["read"], None)
    assert remit("token", "end", row["begins"], "--workspace", place).status == 0
    assert json.loads(remit("token", "list", "--workspace", place, "--format", "json").out)[0]["ended"]


def test_token__is_for_a_person_with_the_second_factor_that_the_role_asks_for(remit: Remit, place: str) -> None:
    remit("account", "add", "a.diallo", "--role", "records-officer", "--workspace", place)
    done = remit("token", "add", "a.diallo", "--for", "x", "--scope", "read", "--workspace", place)
    assert done.status == 2
    assert "ACC-066" in done.err
