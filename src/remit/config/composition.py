"""The composition root: every port given its implementation.

Django is imported by the first workspace that is opened or made, not before: ``remit --help`` and ``remit read`` do
without it. That is why imports stand inside functions here, and nowhere else.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

from remit.config.folder import (
    CARD,
    FORMAT,
    SESSION_KEY,
    SIGNING_KEY,
    Card,
    make_folder,
    read_card,
    require_databases,
    require_free,
    require_site_name,
    stands,
)
from remit.config.missions import MissionFolders
from remit.config.settings import Settings
from remit.kernel.errors import BadInput
from remit.measures.lazy import Dialect, LazyEngine
from remit.missions.mission import Mission
from remit.records.memory import MemoryJournal
from remit.records.signing import PRIVATE_KEY_BYTES, Ed25519Signer
from remit.records.sites import MAIN
from remit.services.attaching import load_texts
from remit.services.workspace import Workspace
from remit.store.files import SERVER_FILE, write_whole
from remit.store.signing import write_signing_key
from remit.store.volatile import MemoryAccounts, MemoryAttachments, MemorySightings, MemorySites, TemporarySnapshots


class Composition:
    """Opens workspaces (``services.workspace.Opener``); built once in a process."""

    def __init__(self, settings: Settings | None = None) -> None:
        self._settings = settings or Settings.from_environment()
        self._missions = MissionFolders(self._settings.missions)
        self._engine = LazyEngine()
        """For workspaces in memory: what it compiled for one worked example serves the next."""

    def missions(self) -> Mapping[str, Path]:
        """Return the mission folders that can be loaded, by key: Remit's own, and those of ``$REMIT_MISSIONS``."""
        return self._missions.by_key()

    def default_mission(self) -> str:
        """Return the key of the demonstration's mission."""
        return self._missions.default()

    def load(self, mission: str) -> Mission:
        """Load a mission by its key or its folder.

        Raises:
            BadInput: WSP-003, there is no such mission; or all problems of its folder.
        """
        return self._missions.load(mission)

    def create(
        self,
        folder: Path,
        mission: str,
        *,
        stands_at: datetime | None = None,
        database: str = "",
        role: str = "",
        site: str = MAIN,
    ) -> Workspace:
        """Make a workspace for a mission, or open the one that stands there. It is one only when all of it is there.

        Args:
            folder: where.
            mission: a mission's key, or its folder.
            stands_at: the instant that the clock of a new workspace shows (a demonstration's); now without it.
            database: the address of a PostgreSQL database, as its owner; files in the folder without it.
            role: the application's role on that server, which may add to the journal and never change it.
            site: the name of the site where it stands, of several that record apart; its numbers bear it.

        Raises:
            BadInput: WSP-009 no name for a site; WSP-003 no such mission, or all problems of its folder; WSP-004 another mission's workspace stands
                there; WSP-005 the folder holds something else; PGS-001 to PGS-004; and as ``open``.
            Fault: the store failed; nothing is then taken for a workspace, and a second try takes up what is there.
        """
        folder = folder.resolve()
        require_site_name(site)
        loaded = self.load(mission)
        if stands(folder):
            self._require_mission(folder, loaded)
            if database and (folder / SERVER_FILE).is_file():
                self._store().make_on_server(folder, database, role)  # brings its tables up to date, as their owner
                if (card := read_card(folder)).format < FORMAT:
                    return self._renewed(folder, loaded, card)
            return self.open(folder)
        require_free(folder)
        make_folder(folder, databases=not database)
        if not (folder / SIGNING_KEY).exists():
            write_signing_key(folder / SIGNING_KEY, secrets.token_bytes(PRIVATE_KEY_BYTES))
        if not (folder / SESSION_KEY).exists():
            write_whole(folder / SESSION_KEY, secrets.token_hex(32).encode())
        if database:
            self._store().make_on_server(folder, database, role)
        else:
            self._store().migrate(folder)
        named = mission if mission in self.missions() else str(loaded.folder.resolve())
        shown = stands_at.isoformat() if stands_at else ""
        card = Card(named, FORMAT, datetime.now(UTC).isoformat(timespec="seconds"), shown, site)
        card.write(folder)
        return self._open(folder, loaded, card, write=True)

    def open(self, folder: Path, *, write: bool = True) -> Workspace:
        """Open a workspace that stands there; one of an older format is brought up to date when it is opened for writing.

        Raises:
            BadInput: WSP-001 no workspace there; WSP-002 made by a newer Remit; WSP-003 its mission is not there, or all
                problems of the mission's folder; WSP-006 unreadable; WSP-007 no journal; WSP-008 no keys.
            Fault: JRN-032 the guards are missing; the store cannot be opened.
        """
        folder = folder.resolve()
        card = read_card(folder)
        require_databases(folder)
        loaded = self.load(card.mission)
        if write and card.format < FORMAT:
            self._store().migrate(folder)
            return self._renewed(folder, loaded, card)
        return self._open(folder, loaded, card, write=write)

    def _renewed(self, folder: Path, mission: Mission, card: Card) -> Workspace:
        """Open a workspace whose tables are up to date and what lies in them not yet: it stands once all of it is."""
        self._store().encrypt_attachments(folder)
        opened = self._open(folder, mission, card, write=True)
        opened.journal.rebuild()
        replace(card, format=FORMAT).write(folder)
        return opened

    def in_memory(self, mission: Mission) -> Workspace:
        """Return an empty workspace in memory, for worked examples. Needs no Django and leaves nothing behind."""
        return Workspace(
            mission=mission,
            journal=MemoryJournal(mission.record_types, area_levels=mission.area_levels),
            attachments=MemoryAttachments(),
            snapshots=TemporarySnapshots(),
            signer=Ed25519Signer(secrets.token_bytes(PRIVATE_KEY_BYTES)),
            accounts=MemoryAccounts(),
            sites=MemorySites(),
            sightings=MemorySightings(),
            engine=self._engine,
        )

    def computing_with(self, workspace: Workspace, engine: Dialect) -> Workspace:
        """Return the same workspace, its figures computed by another engine.

        PostgreSQL is the server on which the workspace stands, else the one of ``$REMIT_FIGURES_SERVER``; Spark runs on
        this machine, or on the cluster of ``$REMIT_SPARK_MASTER``.

        Raises:
            BadInput: PGS-005, neither is there.
        """
        address = self._figures_server(workspace) if engine == "postgresql" else self._settings.spark_master
        queries = workspace.folder / "snapshots" / "queries" if workspace.folder else None
        return replace(workspace, engine=LazyEngine(queries, engine, address))

    def _figures_server(self, workspace: Workspace) -> str:
        own = self._store().server_of(workspace.folder) if workspace.folder else ""
        if not (own or self._settings.figures_server):
            raise BadInput.of(
                "PGS-005",
                "No PostgreSQL server is named that could compute figures.",
                "Aucun serveur PostgreSQL n’est indiqué pour calculer les chiffres.",
                do_en="Set REMIT_FIGURES_SERVER to postgresql://USER@HOST:5432/NAME; or compute with duckdb.",
                do_fr="Donnez à REMIT_FIGURES_SERVER la valeur postgresql://UTILISATEUR@HÔTE:5432/NOM ; ou calculez avec duckdb.",
            )
        return own or self._settings.figures_server

    def attach(self, workspace: Workspace | None) -> None:
        """Have the app's requests, sessions and sign-in go to this workspace. ``create`` and ``open`` do it with theirs.

        Raises:
            ValueError: a workspace in memory.
        """
        self._store().attach_workspace(workspace)

    def close(self, workspace: Workspace) -> None:
        """Close this thread's connections to a workspace; it is not to be used any more."""
        if workspace.folder is not None:
            self._store().close_store(workspace)

    def copy(self, workspace: Workspace, target: Path, keys: Path | None) -> None:
        """Copy a workspace's journal and files, and its keys into a folder of their own. Nothing else holds keys.

        Raises:
            Fault: JRN-033 to JRN-039; WSP-011, WSP-012; BCK-021.
        """
        assert workspace.folder is not None  # noqa: S101 - one in memory is not copied
        if (workspace.folder / SERVER_FILE).is_file():
            raise BadInput.of(
                "BCK-022",
                "The journal of this workspace stands on a PostgreSQL server, which is backed up by its own means.",
                "Le journal de cet espace se trouve sur un serveur PostgreSQL, sauvegardé par ses propres moyens.",
                do_en="Use pg_dump for both databases, keys apart; or carry it into a folder with `remit transfer` first.",
                do_fr="Utilisez pg_dump pour les deux bases, clés à part ; ou ramenez-le dans un dossier avec `remit transfer`.",
            )
        self._copying().copy_folder(workspace.folder, target, keys)

    def carry_over(
        self,
        workspace: Workspace,
        target: Path,
        *,
        database: str = "",
        role: str = "",
        progress: Callable[[int, int], None] | None = None,
    ) -> Workspace:
        """Carry a workspace to databases of another kind: a server's, or files in a folder. The old one stays as it is.

        The new folder stands once ``keep`` is called; its journal continues the same chain with the same key.

        Raises:
            BadInput: WSP-005 the folder holds something else; TRF-001 the database holds a journal; PGS-001 to PGS-004.
            Fault: the store failed; nothing is then left.
        """
        assert workspace.folder is not None  # noqa: S101 - one in memory is not carried anywhere
        source, target = workspace.folder, target.resolve()
        require_free(target)
        made: tuple[str, ...] = ()
        try:
            make_folder(target, databases=not database)
            if database:
                made = self._store().make_on_server(target, database, role)
            else:
                self._store().migrate(target)
            self._store().carry_over(source, target, database, progress)
            self._copying().copy_beside(source, target)
            return self._open(target, workspace.mission, read_card(source), write=True)
        except BaseException:
            self._store().forget_store(target)
            self._copying().clear_folder(target)
            if made:
                self._store().unmake_on_server(database, made)
            raise

    def restore(self, source: Path, keys: Path, folder: Path) -> Workspace:
        """Make a workspace of a copy and its keys, its current state folded anew. It stands once ``keep`` is called.

        Raises:
            BadInput: WSP-002, WSP-003, WSP-006.
            Fault: the store failed; nothing is then left in the folder.
        """
        folder = folder.resolve()
        card = read_card(source)
        loaded = self.load(card.mission)
        try:
            self._copying().restore_folder(source, keys, folder)
            self._store().migrate(folder)
            workspace = self._open(folder, loaded, card, write=True)
            workspace.journal.rebuild()
        except BaseException:
            self._store().forget_store(folder)
            self._copying().clear_folder(folder)
            raise
        return workspace

    def keep(self, workspace: Workspace, source: Path) -> None:
        """Let a restored workspace stand.

        Raises:
            Fault: WSP-011, WSP-012.
        """
        assert workspace.folder is not None  # noqa: S101 - it was restored into one
        replace(read_card(source), format=FORMAT).write(workspace.folder)

    def discard(self, workspace: Workspace) -> None:
        """Take away what was restored.

        Raises:
            Fault: WSP-012.
        """
        self.close(workspace)
        if workspace.folder is not None:
            self._copying().clear_folder(workspace.folder)

    def restore_guards(self, folder: Path) -> None:
        """Put back the guards that keep a journal append-only.

        Raises:
            BadInput: WSP-001, WSP-002, WSP-006, WSP-007, WSP-008.
            Fault: the store failed.
        """
        read_card(folder.resolve())
        require_databases(folder.resolve())
        self._store().restore_guards(folder.resolve())

    def serve(self, workspace: Workspace, port: int, *, ready: Any = None) -> None:
        """Serve the app on 127.0.0.1 until stopped.

        Args:
            workspace: which one.
            port: on which port.
            ready: called, without arguments, once the app answers.

        Raises:
            Fault: WEB-001, the port is in use or may not be used.
        """
        self._store()
        from remit.config.serving import serve

        load_texts(workspace)
        serve(self, workspace, port, ready)

    def _open(self, folder: Path, mission: Mission, card: Card, *, write: bool) -> Workspace:
        opened: Workspace = self._store().open_store(folder, mission, write=write)
        engine = LazyEngine(folder / "snapshots" / "queries")
        sources = replace(opened.sources, clock=card.clock())
        workspace = replace(opened, engine=engine, sources=sources, site=card.site)
        self.attach(workspace)
        return workspace

    def _copying(self) -> ModuleType:
        """Return what copies folders of workspaces."""
        from remit.config import copying

        return copying

    def _store(self) -> ModuleType:
        """Set Django up and return what opens stores."""
        from remit.config.setup import set_up_django

        set_up_django(self._settings)
        from remit.config import opening

        return opening

    def _require_mission(self, folder: Path, wanted: Mission) -> None:
        card = read_card(folder)
        if self._missions.folder_of(card.mission).resolve() != wanted.folder.resolve():
            raise BadInput.of(
                "WSP-004",
                f"The workspace in {folder} is of the mission “{card.mission}”, not “{wanted.key}”.",
                f"L’espace de travail de {folder} est celui de la mission « {card.mission} », non de « {wanted.key} ».",
                do_en=f"Name another folder with --workspace: one workspace holds one mission ({CARD} says which).",
                do_fr=f"Indiquez un autre dossier avec --workspace : un espace, une mission ({CARD} dit laquelle).",
            )
