"""``remit demo``: built once, harmed never, taken up where it was interrupted; nothing made of what cannot be shown."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from remit.services import demonstrating
from remit.services.acting import recorder
from remit.services.demonstrating import end_of
from remit.services.recording import record
from remit.services.workspace import Workspace
from tests.unit.cli.conftest import Remit, listing
from tests.workspaces import composition, new_workspace

MISSIONS = Path(__file__).parents[3] / "missions"
TEXT = MISSIONS / "exercise" / "instrument.txt"
DEMO = ("demo", "--no-serve", "--mission", "exercise", "--workspace")


def head_of(remit: Remit, folder: Path) -> tuple[str, int]:
    """Return the head of a workspace's journal and how many entries wait to be sealed."""
    found = json.loads(remit("verify", "--workspace", folder, "--format", "json").out)
    assert found["ok"]
    return found["head"], found["unsealed"]


def test_a_second_time_says_what_stands_and_harms_nothing(remit: Remit, copied: Path) -> None:
    before, files = head_of(remit, copied), listing(copied / "products")
    again = remit(*DEMO, copied)
    assert again.status == 0 and again.out.count("stands there already") == 4
    assert head_of(remit, copied) == before and listing(copied / "products") == files


def test_another_language_is_another_print_of_the_same_figures(remit: Remit, copied: Path) -> None:
    before = head_of(remit, copied)
    done = remit(*DEMO, copied, "--language", "fr")
    assert done.status == 0 and "rapport rédigé" in done.out and "laissé tel quel : " in done.out
    names = sorted(p.name.rsplit("_", 1)[1] for p in (copied / "products").iterdir())
    assert names == ["en.docx", "en.html", "en.pdf", "fr.docx", "fr.html", "fr.pdf"]
    assert head_of(remit, copied) == before


def test_the_official_text_is_read_and_attached(remit: Remit, copied: Path) -> None:
    done = remit(*DEMO, copied, "--text", TEXT)
    assert done.status == 0 and "S/RES/9901 (2020)" in done.out
    assert "S/RES/9901 (2020)" in remit(*DEMO, copied, "--text", TEXT).out


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("absent.txt", None, "CLI-021"),
        ("empty.txt", b"", "TXT-001"),
        ("letter.txt", b"Dear all, the meeting is at noon.\n", "TXT-006"),
        ("other.txt", TEXT.read_bytes().replace(b"9901", b"9902"), "ATT-001"),
    ],
)
def test_a_text_that_cannot_be_attached_is_refused_before_anything_is_made(
    remit: Remit, tmp_path: Path, name: str, data: bytes | None, code: str
) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    done = remit(*DEMO, tmp_path / "demo", "--text", tmp_path / name)
    assert done.status == 2 and f"[{code}]" in done.err and name in done.err
    assert not (tmp_path / "demo").exists()


def test_a_mission_without_a_demonstration_makes_nothing(remit: Remit, tmp_path: Path) -> None:
    for name in ("base", "exercise"):
        shutil.copytree(MISSIONS / name, tmp_path / "missions" / name, ignore=shutil.ignore_patterns("demonstration"))
    done = remit(
        "demo", "--no-serve", "--mission", tmp_path / "missions" / "exercise", "--workspace", tmp_path / "demo"
    )
    assert done.status == 2 and "DEM-001" in done.err
    assert not (tmp_path / "demo").exists()


def test_an_unknown_mission_is_answered_with_those_there_are(remit: Remit, tmp_path: Path) -> None:
    done = remit("demo", "--mission", "exercice", "--workspace", tmp_path / "demo")
    assert done.status == 2 and "WSP-003" in done.err and "exercise" in done.err
    assert not (tmp_path / "demo").exists()


def test_a_folder_that_holds_something_else_is_left_alone(remit: Remit, tmp_path: Path) -> None:
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "thesis.odt").write_text("mine")
    done = remit(*DEMO, tmp_path / "papers")
    assert done.status == 2 and "WSP-005" in done.err and "thesis.odt" in done.err
    assert list(listing(tmp_path / "papers")) == ["thesis.odt"]


def test_another_missions_workspace_is_left_alone(remit: Remit, copied: Path) -> None:
    before = head_of(remit, copied)
    done = remit("demo", "--no-serve", "--mission", composition().default_mission(), "--workspace", copied)
    assert done.status == 2 and "WSP-004" in done.err
    assert head_of(remit, copied) == before


def test_a_workspace_of_real_records_is_left_alone(remit: Remit, tmp_path: Path) -> None:
    for name in ("base", "exercise"):
        shutil.copytree(MISSIONS / name, tmp_path / "missions" / name)
    folder = tmp_path / "missions" / "exercise"
    declared = (folder / "mission.yaml").read_text("utf-8")
    (folder / "mission.yaml").write_text(declared.replace("invented: true", "invented: false"), "utf-8")
    workspace = new_workspace(tmp_path, str(folder))
    incident = {
        "title": "Shots",
        "occurred_on": "2020-04-02",
        "place": {"name": "Ferry Point", "lat": -40.62, "lon": -119.44},
    }
    record(workspace, recorder(workspace, "incident"), "incident", incident | {"category": "shooting"})
    done = remit("demo", "--no-serve", "--mission", folder, "--workspace", workspace.folder)
    assert done.status == 2 and "DEM-002" in done.err
    assert len(list(workspace.journal.entries())) == 1


@pytest.mark.parametrize("at", ["play", "keep_product", "_written"])
def test_an_interruption_is_taken_up_again(
    remit: Remit, built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    original = getattr(demonstrating, at)

    def interrupted(*arguments: object, **named: object) -> None:
        if at == "play":
            original(*arguments, **named)  # all was played, and nothing of it was committed yet
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(demonstrating, at, interrupted)
        stopped = remit(*DEMO, tmp_path / "demo")
        assert stopped.status == 130 and "goes on where it stopped" in stopped.err
    done = remit(*DEMO, tmp_path / "demo")
    assert done.status == 0, done.err
    whole = {name: size for name, size in listing(built / "products").items() if size}
    assert set(listing(tmp_path / "demo" / "products")) == set(whole)
    assert entries(tmp_path / "demo") == entries(built)


def entries(folder: Path) -> list[tuple[str, str, str]]:
    """Return what was recorded in a workspace, without what differs from one to the next."""
    workspace: Workspace = composition().open(folder)
    return [(entry.kind, entry.type, entry.by.role) for entry in workspace.journal.entries()]


def test_the_clock_of_a_demonstration_stands_at_its_quarter(built: Path) -> None:
    workspace = composition().open(built)
    assert abs((workspace.sources.clock() - end_of(workspace.mission)).days) < 2
