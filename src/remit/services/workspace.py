"""A workspace as services see it: one mission, one journal, and the ports around them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from remit.kernel.identity import Sources
from remit.measures.lazy import Dialect, FigureEngine, LazyEngine
from remit.measures.snapshot import Snapshot
from remit.missions.mission import Mission
from remit.records.journal import Journal
from remit.records.sightings import Sightings
from remit.records.signing import Signer
from remit.records.sites import MAIN, Sites
from remit.records.tokens import Token
from remit.text.document import Document


class Attachments(Protocol):
    """Files kept by their SHA-256."""

    def keep(self, data: bytes, name: str) -> str:
        """Keep a file, return its SHA-256; a known one is passed over."""
        ...

    def read(self, sha256: str) -> bytes | None:
        """Return the bytes, ``None`` where there are none."""
        ...

    def destroy(self, sha256: str) -> None:
        """Destroy a file for good; an unknown one is passed over."""
        ...


class Snapshots(Protocol):
    """Where snapshots lie. Dropping them loses nothing."""

    def folder(self, name: str) -> Path:
        """Return the folder of a snapshot, made where it is missing."""
        ...

    def drop(self) -> None:
        """Remove all snapshots."""
        ...


class Tokens(Protocol):
    """Tokens of programs, kept by their digest."""

    def keep(self, token: Token, digest: str) -> None:
        """Keep a new token."""
        ...

    def by_digest(self, digest: str) -> Token | None:
        """Return the token with a digest, ended and expired ones too."""
        ...

    def of(self, person: str) -> Sequence[Token]:
        """Return a person's tokens, the newest first; all of them where none is named."""
        ...

    def used(self, identifier: str, at: datetime) -> None:
        """Note when a token was last used."""
        ...

    def end(self, identifier: str, at: datetime) -> None:
        """End a token; one that is ended already stays as it is."""
        ...


class Accounts(Protocol):
    """Who may sign in, and in which roles; their tokens; and which requests were answered already."""

    @property
    def tokens(self) -> Tokens:
        """The tokens by which programs act."""
        ...

    def invented(self, person: str) -> bool:
        """Return whether an account is of an invented person; one that is not there is not."""
        ...

    def may_enter(self, person: str) -> bool:
        """Return whether an account stands and is not closed."""
        ...

    def close(self, person: str) -> None:
        """Close an account: its roles, sessions and tokens end. What the person recorded stays."""
        ...

    def reopen(self, person: str) -> None:
        """Open a closed account again; its roles are given anew."""
        ...

    def end_sessions(self, person: str) -> None:
        """End all sessions and tokens of a person."""
        ...

    def has_second_factor(self, person: str) -> bool:
        """Return whether a person has set up a second factor."""
        ...

    def drop_second_factor(self, person: str) -> None:
        """Forget a person's second factor: it is set up anew at the next sign-in."""
        ...

    def answered(self, person: str, key: str) -> tuple[str, str] | None:
        """Return what a request with this key asked (its digest) and the record that it made; ``None`` for a new key."""
        ...

    def answer(self, person: str, key: str, digest: str, record: str) -> None:
        """Remember what a request with a key made."""
        ...

    def roles_of(self, person: str) -> Sequence[str]:
        """Return the keys of the roles that a person holds."""
        ...

    def add(self, person: str, name: str, roles: Sequence[str], password: str | None, *, invented: bool) -> None:
        """Add or update an account."""
        ...

    def people(self) -> Sequence[Mapping[str, Any]]:
        """Return all accounts: ``person, name, roles, invented``."""
        ...


@dataclass(frozen=True)
class Workspace:
    """One workspace, open.

    ``folder`` is ``None`` for one in memory (worked examples, tests). ``texts`` are the official texts attached, by
    the instrument's key; the ``engine`` computes figures, and keeps the last ones. ``site`` is where it stands, of the
    mission's sites that record apart, and ``sites`` the others that it knows. ``sightings`` are who saw what.
    """

    mission: Mission
    journal: Journal
    attachments: Attachments
    snapshots: Snapshots
    signer: Signer
    accounts: Accounts
    sites: Sites
    sightings: Sightings
    site: str = MAIN
    sources: Sources = field(default_factory=Sources)
    folder: Path | None = None
    texts: dict[str, Document] = field(default_factory=dict)
    cache: dict[str, Snapshot] = field(default_factory=dict)
    engine: FigureEngine = field(default_factory=LazyEngine)

    def at(self, instant: datetime) -> Workspace:
        """Return the same workspace with its clock standing at an instant (demonstrations and examples)."""
        return replace(self, sources=replace(self.sources, clock=lambda: instant))


class Opener(Protocol):
    """Opens workspaces; given to the faces by ``remit.config``."""

    def missions(self) -> Mapping[str, Path]:
        """Return the mission folders that can be loaded, by key."""
        ...

    def default_mission(self) -> str:
        """Return the key of the demonstration's mission."""
        ...

    def load(self, mission: str) -> Mission:
        """Load a mission by its key or its folder.

        Raises:
            BadInput: there is no such mission, or all problems of its folder.
        """
        ...

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
        """Make a workspace for a mission, or open the one that stands there.

        A new one's clock shows ``stands_at`` and goes on from there; the machine's own clock without it. ``database`` is
        the address of a server's database for it, ``role`` the application's role there, ``site`` the name of the place
        where it stands, of several that record apart.
        """
        ...

    def open(self, folder: Path, *, write: bool = True) -> Workspace:
        """Open a workspace that stands there.

        Raises:
            BadInput: WSP-001, no workspace there.
            Fault: the store cannot be opened.
        """
        ...

    def in_memory(self, mission: Mission) -> Workspace:
        """Return an empty workspace in memory, for worked examples."""
        ...

    def computing_with(self, workspace: Workspace, engine: Dialect) -> Workspace:
        """Return the same workspace, its figures computed by DuckDB, PostgreSQL or Spark.

        Raises:
            BadInput: PGS-005, no server is named.
        """
        ...

    def serve(self, workspace: Workspace, port: int, *, ready: Any = None) -> None:
        """Serve the app on 127.0.0.1 until stopped."""
        ...
