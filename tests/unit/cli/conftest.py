"""The command line in this process, and one demonstration of the exercise for all that only read it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from remit.config import composition as composed
from remit.config.composition import Composition
from remit.config.entry import run
from remit.missions.mission import Mission
from tests.workspaces import SETTINGS, composition

Listing = dict[str, int]


@cache
def shipped(key: str) -> Mission:
    """Return a mission that ships, loaded once: reading its files takes longer than most commands."""
    return composition().load(key)


class Quick(Composition):
    """A composition whose passwords are quick, and whose shipped missions are loaded once."""

    def __init__(self) -> None:
        super().__init__(SETTINGS)

    def load(self, mission: str) -> Mission:
        """Return a mission, read again only where a folder was named."""
        return shipped(mission) if mission in self.missions() else super().load(mission)


@dataclass(frozen=True)
class Done:
    """What a command left: its exit status and what it wrote."""

    status: int
    out: str
    err: str

    @property
    def text(self) -> str:
        """All that it wrote."""
        return self.out + self.err


Remit = Callable[..., Done]


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keep a command away from the user's own workspace, and its passwords quick."""
    monkeypatch.setattr(composed, "Composition", Quick)
    monkeypatch.delenv("REMIT_WORKSPACE", raising=False)
    monkeypatch.delenv("REMIT_LANGUAGE", raising=False)
    monkeypatch.delenv("REMIT_DEBUG", raising=False)
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")


@pytest.fixture
def remit(capsys: pytest.CaptureFixture[str]) -> Remit:
    """Return what runs a command; no command may ever end in a traceback."""

    def command(*arguments: object) -> Done:
        capsys.readouterr()
        status = run([str(argument) for argument in arguments])
        told = capsys.readouterr()
        assert "Traceback" not in told.out + told.err
        assert "CLI-001" not in told.err, told.err
        return Done(status, told.out, told.err)

    return command


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the exercise's demonstration, built once for a module: tests that write to it take a copy."""
    folder = tmp_path_factory.mktemp("demo") / "workspace"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(composed, "Composition", Quick)
        assert run(["demo", "--no-serve", "--mission", "exercise", "--workspace", str(folder)]) == 0
    return folder


@pytest.fixture
def copied(built: Path, tmp_path: Path) -> Path:
    """Return a copy of the demonstration."""
    return Path(shutil.copytree(built, tmp_path / "workspace"))


def listing(folder: Path) -> Listing:
    """Return what lies in a folder, with sizes: the same before and after means that nothing was half-written."""
    return {
        str(path.relative_to(folder)): path.stat().st_size if path.is_file() else -1
        for path in sorted(folder.rglob("*"))
        if not path.name.endswith(("-wal", "-shm"))
    }
