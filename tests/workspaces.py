"""Workspaces for tests: real ones, in a folder, made quickly."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from functools import cache
from pathlib import Path

from remit.config.composition import Composition
from remit.config.settings import Settings
from remit.config.setup import set_up_django
from remit.measures.lazy import LazyEngine
from remit.missions.mission import Mission
from remit.services.workspace import Workspace

SETTINGS = Settings(quick_passwords=True, hosts=("127.0.0.1", "localhost", "testserver"))


@cache
def _shipped(key: str) -> Mission:
    return Composition(SETTINGS).load(key)


class Remembering(Composition):
    """A composition that loads each shipped mission once in a process: reading its files takes longer than most tests."""

    def load(self, mission: str) -> Mission:
        """Return a mission, read again only where a folder was named."""
        return _shipped(mission) if mission in self.missions() else super().load(mission)


def composition(*missions: Path) -> Composition:
    """Return a composition for tests, with folders of missions besides Remit's own."""
    if not missions:
        return Remembering(SETTINGS)
    return Composition(Settings(quick_passwords=True, hosts=SETTINGS.hosts, missions=missions))


def new_workspace(folder: Path, mission: str = "exercise", *, missions: tuple[Path, ...] = ()) -> Workspace:
    """Make a workspace in ``folder / "workspace"`` and attach it to the app, so that Django's test client reaches it.

    Args:
        folder: where to make it (``tmp_path``).
        mission: a mission's key, or its folder.
        missions: folders of missions besides Remit's own.
    """
    place = folder / "workspace"
    copy_tables(place)
    made = composition(*missions).create(place, mission)
    return sharing_queries(made, composition(*missions))


def sharing_queries(workspace: Workspace, opener: Composition) -> Workspace:
    """Have a workspace use SQL that other tests wrote already, and requests go to it: writing it takes most of their time."""
    shared = replace(workspace, engine=LazyEngine(Path(tempfile.gettempdir()) / "remit-tests-queries"))
    opener.attach(shared)
    return shared


def copy_tables(folder: Path) -> None:
    """Put migrated, empty databases into a folder: a copy is made in no time, a migration takes half a second."""
    set_up_django(SETTINGS)
    from django.db import connections

    connections.close_all()  # those of earlier tests: they open again where they are used again
    folder.mkdir(parents=True, exist_ok=True)
    for file in _migrated().iterdir():
        shutil.copyfile(file, folder / file.name)


@cache
def _migrated() -> Path:
    from remit.config import opening
    from remit.store.databases import forget, register

    folder = Path(tempfile.mkdtemp(prefix="remit-tests-"))
    opening.migrate(folder)
    forget(register(folder))
    return folder
