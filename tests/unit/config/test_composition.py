"""Workspaces are made, opened and kept apart."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from remit.config.folder import FORMAT
from remit.config.settings import Settings
from remit.config.setup import set_up_django
from remit.kernel.conditions import ALWAYS
from remit.kernel.errors import BadInput, Fault
from remit.records.entries import Author, Entry
from remit.records.journal import Query
from remit.services.workspace import Workspace
from tests.workspaces import SETTINGS, composition, new_workspace

ROOT = Path(__file__).parents[3]


def _record(workspace: Workspace, number: str) -> Entry:
    kind = next(t for t in workspace.mission.record_types.values() if not t.abstract)
    entry = Entry(
        id=workspace.sources.identifier(),
        kind="recorded",
        record=workspace.sources.identifier(),
        type=kind.key,
        version=kind.version,
        at=workspace.sources.clock(),
        by=Author("clerk", "clerk"),
        facts={"number": number, "level": "unclassified", "invented": True},
        values={"title": number},
    )
    workspace.journal.append([entry])
    return entry


def _numbers(workspace: Workspace) -> list[str]:
    return [record.number for record in workspace.journal.find(Query(ALWAYS, order="number"))]


def test_a_workspace_is_made_and_opened_again(tmp_path: Path) -> None:
    made = composition().create(tmp_path / "deep" / "workspace", "exercise")
    entry = _record(made, "E-1")
    folder = made.folder
    assert folder is not None
    card = json.loads((folder / "workspace.json").read_text("utf-8"))
    assert (card["mission"], card["format"]) == ("exercise", FORMAT)
    for name in ("signing.key", "session.key", "journal.sqlite3", "keys.sqlite3"):
        assert (folder / name).stat().st_mode & 0o077 == 0, f"{name} is its owner's alone"
    composition().close(made)
    again = composition().open(folder)
    assert again.journal.entry(entry.id) == entry
    assert again.signer.public_key == made.signer.public_key
    assert again.mission.digest == made.mission.digest


def test_making_it_twice_opens_what_stands(tmp_path: Path) -> None:
    first = new_workspace(tmp_path)
    _record(first, "E-1")
    assert first.folder is not None
    again = composition().create(first.folder, "exercise")
    assert _numbers(again) == ["E-1"]
    assert again.signer.public_key == first.signer.public_key


def test_another_missions_workspace_is_not_taken_for_ours(tmp_path: Path) -> None:
    first = new_workspace(tmp_path)
    other = next(key for key in composition().missions() if key != "exercise")
    with pytest.raises(BadInput) as caught:
        composition().create(first.folder or tmp_path, other)
    assert caught.value.code == "WSP-004"


def test_two_workspaces_in_one_process_never_meet(tmp_path: Path) -> None:
    one, two = new_workspace(tmp_path / "one"), new_workspace(tmp_path / "two")
    for nth in range(3):
        _record(one, f"ONE-{nth}")
        _record(two, f"TWO-{nth}")
    with one.journal.transaction():
        _record(one, "ONE-3")
        two.journal.append(list(one.journal.entries())[:1])
    assert _numbers(one) == ["ONE-0", "ONE-1", "ONE-2", "ONE-3"]
    assert _numbers(two) == ["ONE-0", "TWO-0", "TWO-1", "TWO-2"]
    one.accounts.add("only-one", "Only in one", [], None, invented=True)
    assert [p["person"] for p in two.accounts.people()] == []


def test_signing_in_goes_to_the_attached_workspace(tmp_path: Path) -> None:
    from django.contrib.auth import authenticate

    one, two = new_workspace(tmp_path / "one"), new_workspace(tmp_path / "two")
    one.accounts.add("clerk", "Clerk (invented)", ["clerk"], "words-of-one", invented=True)
    assert authenticate(username="clerk", password="words-of-one") is None, "the last opened is attached"
    composition().attach(one)
    assert authenticate(username="clerk", password="words-of-one") is not None
    composition().attach(two)
    assert authenticate(username="clerk", password="words-of-one") is None
    composition().close(two)


def test_a_mission_folder_of_ones_own(tmp_path: Path) -> None:
    own = tmp_path / "missions" / "drill"
    shutil.copytree(ROOT / "missions" / "exercise", own)
    assert composition().missions().keys() >= {"exercise"}
    assert composition(own).missions()["drill"] == composition(own.parent).missions()["drill"] == own
    by_key = new_workspace(tmp_path / "by-key", "drill", missions=(own.parent,))
    assert json.loads(((by_key.folder or own) / "workspace.json").read_text("utf-8"))["mission"] == "drill"
    by_folder = new_workspace(tmp_path / "by-folder", str(own))
    assert composition().open(by_folder.folder or own).mission.digest == by_folder.mission.digest
    with pytest.raises(BadInput) as caught:
        composition().open(by_key.folder or own)
    assert caught.value.code == "WSP-003", "its mission is no longer among the known ones"


def test_missions_are_found(tmp_path: Path) -> None:
    found = composition().missions()
    assert next(iter(found)) == composition().default_mission()
    assert "base" not in found
    with pytest.raises(BadInput) as caught:
        composition().create(tmp_path / "w", "exercice")
    assert caught.value.code == "WSP-003"
    assert not (tmp_path / "w").exists()


def test_a_mission_with_errors_leaves_nothing_behind(tmp_path: Path) -> None:
    own = tmp_path / "missions" / "broken"
    shutil.copytree(ROOT / "missions" / "exercise", own)
    (own / "mission.yaml").write_text((own / "mission.yaml").read_text("utf-8") + "\nperoid: 2030\n", "utf-8")
    with pytest.raises(BadInput, match="peroid"):
        composition(own).create(tmp_path / "w", "broken")
    assert not (tmp_path / "w").exists()


@pytest.mark.parametrize("what", ["nothing", "empty", "file"])
def test_no_workspace_there(tmp_path: Path, what: str) -> None:
    place = tmp_path / "place"
    if what == "empty":
        place.mkdir()
    elif what == "file":
        place.write_text("words", "utf-8")
    with pytest.raises(BadInput) as caught:
        composition().open(place)
    assert caught.value.code == "WSP-001"
    assert "remit init" in caught.value.text("fr")


@pytest.mark.parametrize("what", ["file", "foreign"])
def test_a_place_that_holds_something_else(tmp_path: Path, what: str) -> None:
    place = tmp_path / "place"
    if what == "file":
        place.write_text("words", "utf-8")
    else:
        place.mkdir()
        (place / "holiday.jpg").write_bytes(b"")
    with pytest.raises(BadInput) as caught:
        composition().create(place, "exercise")
    assert caught.value.code == "WSP-005"
    assert not (place / "journal.sqlite3").exists()


def test_what_an_interrupted_making_left_is_taken_up(tmp_path: Path) -> None:
    first = new_workspace(tmp_path)
    assert first.folder is not None
    (first.folder / "workspace.json").unlink()
    key = first.signer.public_key
    assert composition().create(first.folder, "exercise").signer.public_key == key


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"format": FORMAT + 1}, "WSP-002"),
        ({"mission": "elsewhere"}, "WSP-003"),
        ({"format": "new"}, "WSP-006"),
        ("{", "WSP-006"),
        ("[]", "WSP-006"),
    ],
)
def test_a_card_that_cannot_be_used(tmp_path: Path, change: object, code: str) -> None:
    folder = new_workspace(tmp_path).folder or tmp_path
    card = folder / "workspace.json"
    text = json.dumps(json.loads(card.read_text("utf-8")) | change) if isinstance(change, dict) else str(change)
    card.write_text(text, "utf-8")
    with pytest.raises(BadInput) as caught:
        composition().open(folder)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("file", "code"), [("journal.sqlite3", "WSP-007"), ("keys.sqlite3", "WSP-008"), ("signing.key", "WSP-012")]
)
def test_a_part_that_is_missing_is_not_made_anew(tmp_path: Path, file: str, code: str) -> None:
    made = new_workspace(tmp_path)
    folder = made.folder or tmp_path
    composition().close(made)
    (folder / file).unlink()
    with pytest.raises((BadInput, Fault)) as caught:
        composition().open(folder)
    assert caught.value.code == code
    assert not (folder / file).exists()


def test_an_older_workspace_is_brought_up_to_date__only_for_writing(tmp_path: Path) -> None:
    folder = new_workspace(tmp_path).folder or tmp_path
    card = folder / "workspace.json"
    older = json.loads(card.read_text("utf-8")) | {"format": FORMAT - 1}
    card.write_text(json.dumps(older), "utf-8")
    composition().open(folder, write=False)
    assert json.loads(card.read_text("utf-8")) == older
    composition().open(folder)
    assert json.loads(card.read_text("utf-8")) == older | {"format": FORMAT}


def test_a_workspace_in_memory_is_empty_and_leaves_nothing() -> None:
    mission = composition().load("exercise")
    workspace = composition().in_memory(mission)
    _record(workspace, "M-1")
    assert _numbers(workspace) == ["M-1"]
    assert workspace.folder is None
    with pytest.raises(ValueError, match="memory"):
        composition().attach(workspace)
    assert _numbers(composition().in_memory(mission)) == []


def test_the_guards_can_be_put_back(tmp_path: Path) -> None:
    from django.db import connections

    from remit.store.databases import aliases_for

    folder = new_workspace(tmp_path).folder or tmp_path
    with connections[aliases_for(folder).journal].cursor() as cursor:
        cursor.execute("DROP TRIGGER journal_entry_no_update")
    with pytest.raises(Fault) as caught:
        composition().open(folder)
    assert caught.value.code == "JRN-032"
    composition().restore_guards(folder)
    composition().open(folder)


def test_the_environment_gives_the_settings(tmp_path: Path) -> None:
    settings = Settings.from_environment(
        {
            "REMIT_MISSIONS": f"{tmp_path}:{tmp_path / 'b'}",
            "REMIT_HOSTS": "remit.example, other.example",
            "REMIT_HTTPS": "1",
        }
    )
    assert settings.missions == (tmp_path, tmp_path / "b")
    assert settings.hosts[-2:] == ("remit.example", "other.example")
    assert settings.https and not settings.debug and not settings.quick_passwords


def test_nothing_that_reads_needs_django() -> None:
    program = "import sys, remit.config.composition as c; c.Composition().missions(); sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-W", "error", "-c", program], check=False).returncode == 0


def test_migrations_are_those_of_the_tables() -> None:
    set_up_django(SETTINGS)
    from django.apps import apps
    from django.db.migrations.autodetector import MigrationAutodetector
    from django.db.migrations.loader import MigrationLoader
    from django.db.migrations.state import ProjectState

    loader = MigrationLoader(None)
    found = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps)).changes(graph=loader.graph)
    assert "remit_store" not in found, (
        "a change of the tables needs a migration, and a higher FORMAT in config/folder.py"
    )
    written = [name for app, name in loader.disk_migrations if app == "remit_store"]
    assert len(written) == FORMAT
