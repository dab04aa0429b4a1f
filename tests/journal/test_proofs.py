"""Heads kept elsewhere, and proofs that a third party checks without Remit."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from remit.services.verifying import head, seal
from remit.services.workspace import Workspace
from tests.journal.conftest import incident

SCRIPT = Path(__file__).parents[2] / "scripts" / "check_proof.py"
Remit = Callable[..., tuple[int, str, str]]


@pytest.fixture
def sealed(workspace: Workspace) -> tuple[Workspace, str]:
    """Return a workspace of three blocks, and its head after the first."""
    incident(workspace, "First")
    incident(workspace, "Second")
    seal(workspace)
    older = head(workspace)
    for nth in range(5):
        incident(workspace, f"Later {nth}")
    seal(workspace)
    incident(workspace, "Last")
    seal(workspace)
    return workspace, older


def check(proof: Path, key: str, *more: str) -> tuple[int, str]:
    """Run the script as somebody without Remit does: isolated, with its own Python path."""
    done = subprocess.run(
        [sys.executable, "-I", str(SCRIPT), str(proof), key, *more], capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


def test_a_head_kept_elsewhere_is_the_beginning_of_todays_chain(
    sealed: tuple[Workspace, str], remit: Remit, tmp_path: Path
) -> None:
    workspace, older = sealed
    printed = tmp_path / "printed.txt"
    printed.write_text(f"Report of the Secretary-General\nHead of the journal: {older}.\n")
    status, out, _ = remit("verify", "--workspace", workspace.folder, "--head", printed)
    assert status == 0 and older in out
    number, size, digest = older.split(":")
    printed.write_text(f"{number}:{size}:{digest[::-1]}")
    status, _, err = remit("verify", "--workspace", workspace.folder, "--head", printed)
    assert status == 1 and "SEA-026" in err and "block 1" in err
    printed.write_text("nothing of the kind")
    status, _, err = remit("verify", "--workspace", workspace.folder, "--head", printed)
    assert status == 2 and "CLI-042" in err


def test_an_end_that_was_cut_off_is_shown_by_a_later_head(
    sealed: tuple[Workspace, str], remit: Remit, tmp_path: Path
) -> None:
    workspace, _ = sealed
    kept = tmp_path / "head.txt"
    kept.write_text(head(workspace))
    last = workspace.journal.blocks()[-1].entries[0]
    assert workspace.folder is not None
    with sqlite3.connect(workspace.folder / "journal.sqlite3") as raw:
        for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            raw.execute(f"DROP TRIGGER {name}")
        raw.execute("DELETE FROM sealed_block WHERE number = 3")
        raw.execute("DELETE FROM sealed_entry WHERE block = 3")
        raw.execute("DELETE FROM journal_entry WHERE id = ?", [last])
    raw.close()
    assert remit("verify", "--workspace", workspace.folder)[0] == 0, "the chain alone cannot show it"
    status, _, err = remit("verify", "--workspace", workspace.folder, "--head", kept)
    assert status == 1 and "SEA-026" in err and "block 3" in err


def test_a_third_party_checks_an_entry_with_the_public_key_alone(
    sealed: tuple[Workspace, str], remit: Remit, tmp_path: Path
) -> None:
    workspace, older = sealed
    proof, key = tmp_path / "proof.json", workspace.signer.public_key
    for block in workspace.journal.blocks():
        for entry in block.entries:
            assert remit("verify", "--workspace", workspace.folder, "--prove", entry, "--out", proof)[0] == 0
            status, said = check(proof, key)
            assert status == 0 and entry in said, said
    assert "Last" not in proof.read_text(), "a proof holds no value"
    first = workspace.journal.blocks()[0].entries[0]
    remit("verify", "--workspace", workspace.folder, "--prove", first, "--out", proof)
    assert check(proof, key, "--head", older)[0] == 0
    assert check(proof, key, "--head", head(workspace))[0] == 1
    assert check(proof, "00" * 32)[0] in (1, 2)


def test_a_proof_that_was_changed_does_not_hold(sealed: tuple[Workspace, str], remit: Remit, tmp_path: Path) -> None:
    workspace, _ = sealed
    proof, key = tmp_path / "proof.json", workspace.signer.public_key
    entry = workspace.journal.blocks()[1].entries[3]
    remit("verify", "--workspace", workspace.folder, "--prove", entry, "--out", proof)
    whole = json.loads(proof.read_text())
    changes: dict[str, Any] = {
        "sealed": whole["sealed"].replace("recorded", "amended"),
        "index": whole["index"] - 1,
        "path": whole["path"][:-1],
        "block": whole["block"].replace('"number":2', '"number":3'),
        "signature": whole["signature"][:-2] + ("00" if whole["signature"][-2:] != "00" else "01"),
        "digest": "0" * 64,
        "size": whole["size"] + 1,
    }
    for name, value in changes.items():
        assert whole[name] != value
        proof.write_text(json.dumps({**whole, name: value}))
        status, said = check(proof, key)
        assert status == 1 and "DOES NOT HOLD" in said, name
    proof.write_text("{")
    assert check(proof, key)[0] == 2


def test_todays_journal_is_proved_to_have_grown_from_an_older_head(
    sealed: tuple[Workspace, str], remit: Remit, tmp_path: Path
) -> None:
    workspace, older = sealed
    kept, proof, key = tmp_path / "head.txt", tmp_path / "growth.json", workspace.signer.public_key
    kept.write_text(older)
    assert remit("verify", "--workspace", workspace.folder, "--head", kept, "--growth", "--out", proof)[0] == 0
    status, said = check(proof, key, "--head", older)
    assert status == 0 and older in said and head(workspace) in said
    whole = json.loads(proof.read_text())
    proof.write_text(json.dumps({**whole, "blocks": [whole["blocks"][0], whole["blocks"][2]]}))
    assert check(proof, key)[0] == 1
    status, _, err = remit("verify", "--workspace", workspace.folder, "--growth")
    assert status == 2 and "CLI-041" in err


def test_what_is_not_there_or_not_sealed_is_not_proved(workspace: Workspace, remit: Remit) -> None:
    made = incident(workspace)
    status, _, err = remit("verify", "--workspace", workspace.folder, "--prove", made.entries[0])
    assert status == 2 and "SEA-032" in err
    status, _, err = remit("verify", "--workspace", workspace.folder, "--prove", "nothing")
    assert status == 2 and "JRN-404" in err
