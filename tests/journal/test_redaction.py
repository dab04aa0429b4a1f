"""What is redacted is gone everywhere, and the seal still verifies."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from remit.kernel.errors import BadInput, Forbidden, RemitError
from remit.kernel.periods import parse_period
from remit.records.memory import MemoryJournal
from remit.records.record import Record
from remit.services.amending import amend
from remit.services.figuring import figures, snapshot
from remit.services.freezing import freeze, frozen, review
from remit.services.looking import find
from remit.services.moving import move
from remit.services.recording import record
from remit.services.redacting import redact
from remit.services.verifying import seal, verify
from remit.services.workspace import Workspace
from tests.journal.conftest import SECRET, actor, incident
from tests.workspaces import composition

Remit = Callable[..., tuple[int, str, str]]


def left(folder: Path, *words: str) -> list[str]:
    """Return the files of a folder in which any of the words stands: in bytes, in UTF-16, whatever the file."""
    found = []
    for file in folder.rglob("*"):
        data = file.read_bytes() if file.is_file() else b""
        found += [f"{file.name}: {word}" for word in words if word.encode() in data or word.encode("utf-16-le") in data]
    return found


def report(workspace: Workspace, sha256: str) -> Record:
    """Record a provider's report (invented) with a file."""
    raw = {
        "title": "A row", "occurred_on": {"on": "2020-04-01", "precision": "day"}, "provider": "invented",
        "provider_id": sha256, "reported_at": "2020-04-02T08:00:00+00:00",
        "source_file": {"sha256": sha256, "name": "a.txt"},
    }  # fmt: skip
    return record(workspace, actor(workspace, "joc-officer"), "external-report", raw)


def test_no_byte_of_it_is_left_in_the_workspace(workspace: Workspace) -> None:
    folder = workspace.folder
    assert folder is not None
    beside = incident(workspace, "Beside", narrative="untouched words")
    made = incident(workspace, "Title", narrative=f"{SECRET} " * 400)
    who = actor(workspace, "joc-officer")
    amend(workspace, who, made.id, {"narrative": f"still {SECRET}"}, reason="more is known")
    snapshot(workspace)
    assert {name.split(":")[0] for name in left(folder, SECRET)} >= {"journal.sqlite3-wal"}, "it stood there"
    done = redact(workspace, actor(workspace, "records-officer"), made.id, ["narrative"], reason="order 12")
    assert done.fields == ("narrative",) and done.record.erased == ("narrative",)
    assert left(folder, SECRET) == []
    found = verify(workspace)
    assert found.ok, found.first_problem
    standing = workspace.journal.get(made.id)
    assert standing is not None and standing.title == "Title" and "narrative" not in standing.values
    assert find(workspace, who, text="ferryman").total == 0
    assert workspace.journal.get(beside.id) == beside
    snapshot(workspace)
    assert left(folder, SECRET) == []
    assert workspace.journal.rebuild() == 2 and left(folder, SECRET) == []
    entry = workspace.journal.entry(done.entry)
    assert entry is not None and entry.values == {"_reason": "order 12"} and entry.facts["fields"] == ["narrative"]


def test_a_copy_made_before_brings_nothing_back_without_its_keys(
    workspace: Workspace, remit: Remit, tmp_path: Path
) -> None:
    made = incident(workspace, "Title", narrative=SECRET)
    remit("backup", "--workspace", workspace.folder, tmp_path / "before")
    redact(workspace, actor(workspace, "records-officer"), made.id, [], reason="order 12")
    remit("backup", "--workspace", workspace.folder, tmp_path / "after", "--keys", tmp_path / "keys")
    assert left(tmp_path, SECRET) == []
    assert remit("restore", tmp_path / "after", "--keys", tmp_path / "keys", "--workspace", tmp_path / "again")[0] == 0
    assert left(tmp_path, SECRET) == []
    status, _, _ = remit("restore", tmp_path / "before", "--keys", tmp_path / "keys", "--workspace", tmp_path / "old")
    assert status != 0 and left(tmp_path, SECRET) == [], "today's keys do not open yesterday's values"


def test_all_values_go_and_the_reason_stays(workspace: Workspace) -> None:
    made = incident(workspace, SECRET, narrative=SECRET)
    done = redact(workspace, actor(workspace, "records-officer"), made.id, [], reason="order 12")
    assert workspace.folder is not None and left(workspace.folder, SECRET) == []
    assert done.record.values == {} and done.record.title == "" and set(done.fields) >= {"title", "narrative", "place"}
    entry = workspace.journal.entry(done.entry)
    assert entry is not None and entry.values == {"_reason": "order 12"}
    assert verify(workspace).ok


def test_files_go_unless_another_entry_holds_them(workspace: Workspace) -> None:
    keep, who = workspace.attachments.keep, actor(workspace, "records-officer")
    only, shared = keep(SECRET.encode(), "a.txt"), keep(b"shared", "b.txt")
    first = report(workspace, only)
    second, third = report(workspace, shared), report(workspace, shared)
    assert redact(workspace, who, first.id, ["source_file"], reason="order").attachments == (only,)
    assert workspace.attachments.read(only) is None
    assert workspace.folder is not None and left(workspace.folder, SECRET) == []
    assert redact(workspace, who, second.id, ["source_file"], reason="order").attachments == ()
    assert workspace.attachments.read(shared) == b"shared"
    assert redact(workspace, who, third.id, [], reason="order").attachments == (shared,)
    assert workspace.attachments.read(shared) is None


def test_a_frozen_figure_says_what_can_no_longer_be_recomputed(workspace: Workspace) -> None:
    made = incident(workspace, "Title")
    move(workspace, actor(workspace, "joc-officer", "another"), made.id, "verify", values={"means": "direct"})
    officer, period = actor(workspace, "reporting-officer"), parse_period("2020")
    one = freeze(workspace, officer, ["incidents-verified"], parse_period("2000-01-01/2100-01-01"))[0]
    assert one.figure.value == 1 and review(workspace, one).same
    redact(workspace, actor(workspace, "records-officer"), made.id, ["category"], reason="order")
    said = review(workspace, frozen(workspace, officer)[0]).reason
    assert "1 entry was redacted and cannot be recomputed" in said.en and "caviardée" in said.fr
    assert figures(workspace, officer, period, keys=["incidents-verified"])


@pytest.mark.parametrize(
    ("role", "fields", "reason", "code"),
    [
        ("joc-officer", ["narrative"], "order", "ACC-"),
        ("records-officer", ["narative"], "order", "REC-061"),
        ("records-officer", ["narrative"], " ", "REC-035"),
        ("records-officer", ["narrative"], "order", "REC-062"),
    ],
)
def test_what_cannot_be_redacted_is_refused(
    workspace: Workspace, role: str, fields: list[str], reason: str, code: str
) -> None:
    made = incident(workspace)
    with pytest.raises(RemitError) as caught:
        redact(workspace, actor(workspace, role), made.id, fields, reason=reason)
    assert caught.value.code.startswith(code) and isinstance(caught.value, BadInput | Forbidden)
    assert workspace.journal.get(made.id) == made


def test_the_command_asks_first(workspace: Workspace, remit: Remit, monkeypatch: pytest.MonkeyPatch) -> None:
    made = incident(workspace, narrative=SECRET)
    arguments = ("redact", made.number, "--field", "narrative", "--reason", "order", "--workspace", workspace.folder)
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda _: "n")
    assert remit(*arguments)[0] == 130
    assert workspace.journal.get(made.id) == made
    status, out, err = remit(*arguments, "--yes")
    assert status == 0 and made.number in out, err
    again = composition().open(workspace.folder or Path())
    assert again.folder is not None and left(again.folder, SECRET) == []


def test_in_memory_too() -> None:
    opener = composition()
    workspace = opener.in_memory(opener.load("exercise"))
    assert isinstance(workspace.journal, MemoryJournal)
    made = incident(workspace, "Title", narrative=SECRET)
    seal(workspace)
    redact(workspace, actor(workspace, "records-officer"), made.id, [], reason="order")
    assert verify(workspace).ok and SECRET not in str(vars(workspace.journal))
