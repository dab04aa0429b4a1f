"""A workspace carried onto a PostgreSQL server and back: nothing is lost, nothing can be changed there, nothing is half there."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from remit.kernel.errors import BadInput, Fault
from remit.services.redacting import redact
from remit.services.transferring import transfer
from remit.services.verifying import head, verify
from remit.services.workspace import Workspace
from tests.journal.conftest import SECRET, actor, incident
from tests.postgres import ROLE, address
from tests.workspaces import composition

Open = Callable[[Path], Workspace]


@pytest.fixture
def opened() -> Iterator[Open]:
    """Return how to open a workspace; all are closed at the end."""
    held: list[Workspace] = []

    def open_one(folder: Path) -> Workspace:
        held.append(composition().open(folder))
        return held[-1]

    yield open_one
    for one in held:
        composition().close(one)


def filled(workspace: Workspace) -> Workspace:
    """Return the workspace with records, a redaction, an attachment and an account."""
    first = incident(workspace, "First (invented)")
    incident(workspace, "Second (invented)")
    gone = incident(workspace, SECRET)
    redact(workspace, actor(workspace, "records-officer"), gone.id, ["title"], reason="Asked for (invented)")
    workspace.attachments.keep(b"a photograph", "photo.txt")
    workspace.accounts.add("somebody", "Somebody (invented)", ("joc-officer",), "a long enough password", invented=True)
    assert first.number
    return workspace


def everything(workspace: Workspace) -> tuple[Any, ...]:
    """Return all that must come along."""
    journal = workspace.journal
    return (
        [entry.to_json() if hasattr(entry, "to_json") else entry for entry in journal.entries()],
        list(journal.blocks()),
        journal.state_digest(),
        head(workspace),
        sorted(
            (one["person"], tuple(workspace.accounts.roles_of(one["person"]))) for one in workspace.accounts.people()
        ),
    )


def test_there_and_back_nothing_is_lost(workspace: Workspace, server: Any, opened: Open, tmp_path: Path) -> None:
    filled(workspace)
    told: list[tuple[int, int]] = []
    there = tmp_path / "there"
    done = transfer(
        composition(), workspace, there, database=address(server, "carried"), role=ROLE,
        progress=lambda done, total: told.append((done, total)),
    )  # fmt: skip
    before = everything(workspace)
    on_server = opened(there)
    assert everything(on_server) == before and told[-1] == (done.entries, done.entries) == (len(before[0]),) * 2
    assert json.loads((there / "database.json").read_text())["user"] == ROLE
    assert not list(there.glob("*.sqlite3*"))
    later = incident(on_server, "Recorded on the server (invented)")
    assert later.number.endswith("0004") and verify(on_server).ok
    back = tmp_path / "back"
    transfer(composition(), on_server, back)
    again = opened(back)
    assert everything(again) == everything(on_server) and len(list(again.journal.entries())) == len(before[0]) + 1
    assert SECRET.encode() not in b"".join(p.read_bytes() for p in back.rglob("*") if p.is_file())
    assert again.attachments.read(next(p.name for p in (back / "attachments").rglob("*") if p.is_file())[:64])


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_entry SET person = 'x'",
        "DELETE FROM journal_entry",
        "TRUNCATE journal_entry",
        "DELETE FROM sealed_block",
        "ALTER TABLE journal_entry DISABLE TRIGGER ALL",
        "DROP TRIGGER journal_entry_no_change ON journal_entry",
    ],
)
def test_the_applications_role_changes_nothing_that_was_written(
    workspace: Workspace, server: Any, opened: Open, tmp_path: Path, statement: str
) -> None:
    from django.db import connections

    from remit.store.databases import aliases_for
    from remit.store.failures import failures

    incident(workspace)
    name = f"role_{abs(hash(statement))}"
    transfer(composition(), workspace, tmp_path / "there", database=address(server, name), role=ROLE)
    on_server = opened(tmp_path / "there")
    alias = aliases_for(tmp_path / "there").journal
    with pytest.raises(Fault), failures(), connections[alias].cursor() as cursor:
        cursor.execute(statement)
    assert verify(on_server).ok


def test_a_database_that_holds_a_journal_is_left_alone(
    workspace: Workspace, server: Any, opened: Open, tmp_path: Path
) -> None:
    incident(workspace)
    transfer(composition(), workspace, tmp_path / "one", database=address(server, "taken"))
    with pytest.raises(BadInput, match="TRF-001"):
        transfer(composition(), workspace, tmp_path / "two", database=address(server, "taken"))
    assert list((tmp_path / "two").iterdir()) == []
    assert verify(opened(tmp_path / "one")).ok


@pytest.mark.parametrize(
    ("database", "code"),
    [
        ("mysql://owner@host/name", "PGS-001"),
        ("postgresql://owner@host:many/name", "PGS-001"),
        ("postgresql://owner@host/", "PGS-001"),
        ("postgresql://owner:secret@host/Na-me", "PGS-002"),
        ("postgresql://owner@127.0.0.1:9/name", "JRN-036"),
    ],
)
def test_an_address_that_leads_nowhere_leaves_nothing(
    workspace: Workspace, tmp_path: Path, database: str, code: str
) -> None:
    pytest.importorskip("psycopg")
    with pytest.raises((BadInput, Fault), match=code) as caught:
        transfer(composition(), workspace, tmp_path / "there", database=database)
    assert "secret" not in str(caught.value)
    assert not (tmp_path / "there").exists() or list((tmp_path / "there").iterdir()) == []


def test_a_role_that_is_not_there_is_named(workspace: Workspace, server: Any, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="PGS-004"):
        transfer(composition(), workspace, tmp_path / "there", database=address(server, "norole"), role="nobody_here")
    assert "norole" not in server.psql("SELECT datname FROM pg_database;")


def test_a_workspace_begins_on_a_server_and_is_brought_up_to_date_there(server: Any, tmp_path: Path) -> None:
    folder, there = tmp_path / "new", address(server, "begun")
    made = composition().create(folder, "exercise", database=there, role=ROLE)
    incident(made)
    assert verify(made).ok
    composition().close(made)
    again = composition().create(folder, "exercise", database=there, role=ROLE)
    assert len(list(again.journal.entries())) == 1
    with pytest.raises(BadInput, match="BCK-022"):
        composition().copy(again, tmp_path / "copy", None)
    composition().close(again)
    shutil.rmtree(folder)
