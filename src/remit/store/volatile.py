"""The ports of a workspace that is kept nowhere: worked examples and tests. Imports no Django."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from remit.kernel.canonical import digest_of_bytes
from remit.kernel.identity import now
from remit.records.sightings import Sighting
from remit.records.sites import Site
from remit.records.tokens import Token
from remit.store.files import FolderSnapshots


class MemoryAttachments:
    """Attachments in memory."""

    def __init__(self) -> None:
        self._files: dict[str, bytes] = {}

    def keep(self, data: bytes, name: str) -> str:
        """Keep a file, return its SHA-256."""
        del name
        sha256 = digest_of_bytes(data)
        self._files[sha256] = data
        return sha256

    def read(self, sha256: str) -> bytes | None:
        """Return the bytes, ``None`` where there are none."""
        return self._files.get(sha256)

    def destroy(self, sha256: str) -> None:
        """Destroy a file."""
        self._files.pop(sha256, None)


class MemorySightings:
    """Readings of records in compartments, in memory."""

    def __init__(self) -> None:
        self._kept: dict[str, Sighting] = {}

    def note(self, sightings: Sequence[Sighting]) -> None:
        """Keep readings; one that is known is passed over."""
        for one in sightings:
            self._kept.setdefault(one.key, one)

    def of(
        self, *, record: str = "", person: str = "", since: datetime | None = None, until: datetime | None = None
    ) -> Sequence[Sighting]:
        """Return readings, the latest first."""
        found = [
            one
            for one in self._kept.values()
            if record in ("", one.record)
            and person in ("", one.person)
            and (since is None or one.at >= since)
            and (until is None or one.at < until)
        ]
        return sorted(sorted(found, key=lambda one: one.key), key=lambda one: one.at, reverse=True)


class MemorySites:
    """Other sites, of a workspace that is kept nowhere."""

    def __init__(self) -> None:
        self._sites: dict[str, Site] = {}

    def all(self) -> dict[str, Site]:
        """Return them by name."""
        return dict(self._sites)

    def keep(self, site: Site) -> None:
        """Add one or write it anew."""
        self._sites[site.card.site] = site


class TemporarySnapshots:
    """Snapshots in a folder that is made at the first one and goes with this object."""

    def __init__(self) -> None:
        self._kept: FolderSnapshots | None = None

    def folder(self, name: str) -> Path:
        """Return the folder of a snapshot."""
        if self._kept is None:
            folder = Path(tempfile.mkdtemp(prefix="remit-"))
            weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
            self._kept = FolderSnapshots(folder)
        return self._kept.folder(name)

    def drop(self) -> None:
        """Remove all snapshots."""
        if self._kept is not None:
            self._kept.drop()


class MemoryTokens:
    """Tokens in memory."""

    def __init__(self) -> None:
        self._tokens: dict[str, Token] = {}
        self._digests: dict[str, str] = {}

    def keep(self, token: Token, digest: str) -> None:
        """Keep a new token."""
        self._tokens[token.id] = token
        self._digests[digest] = token.id

    def by_digest(self, digest: str) -> Token | None:
        """Return the token with a digest."""
        return self._tokens.get(self._digests.get(digest, ""))

    def of(self, person: str) -> Sequence[Token]:
        """Return a person's tokens, the newest first; all where none is named."""
        found = [token for token in self._tokens.values() if person in ("", token.person)]
        return sorted(found, key=lambda token: token.created_at, reverse=True)

    def used(self, identifier: str, at: datetime) -> None:
        """Note when a token was last used."""
        self._tokens[identifier] = replace(self._tokens[identifier], used_at=at)

    def end(self, identifier: str, at: datetime) -> None:
        """End a token."""
        if self._tokens[identifier].ended_at is None:
            self._tokens[identifier] = replace(self._tokens[identifier], ended_at=at)


class MemoryAccounts:
    """Accounts of a workspace in memory: nobody signs in there, so passwords, sessions and second factors are not kept."""

    def __init__(self) -> None:
        self._people: dict[str, dict[str, Any]] = {}
        self._closed: set[str] = set()
        self._answers: dict[tuple[str, str], tuple[str, str]] = {}
        self.tokens = MemoryTokens()

    def invented(self, person: str) -> bool:
        """Return whether an account is of an invented person."""
        return bool(self._people.get(person, {}).get("invented"))

    def may_enter(self, person: str) -> bool:
        """Return whether an account stands and is not closed."""
        return person in self._people and person not in self._closed

    def close(self, person: str) -> None:
        """Close an account."""
        self._closed.add(person)
        self._people[person]["roles"] = ()
        self.end_sessions(person)

    def reopen(self, person: str) -> None:
        """Open a closed account again."""
        self._closed.discard(person)

    def end_sessions(self, person: str) -> None:
        """End the tokens of a person."""
        for token in self.tokens.of(person):
            self.tokens.end(token.id, now())

    def has_second_factor(self, person: str) -> bool:
        """Return whether a person has set up a second factor: nobody has here."""
        del person
        return False

    def drop_second_factor(self, person: str) -> None:
        """Forget a person's second factor."""

    def answered(self, person: str, key: str) -> tuple[str, str] | None:
        """Return what a request with this key asked, and the record that it made."""
        return self._answers.get((person, key))

    def answer(self, person: str, key: str, digest: str, record: str) -> None:
        """Remember what a request with a key made."""
        self._answers[person, key] = (digest, record)

    def roles_of(self, person: str) -> Sequence[str]:
        """Return the keys of the roles that a person holds."""
        return list(self._people.get(person, {}).get("roles", ()))

    def add(self, person: str, name: str, roles: Sequence[str], password: str | None, *, invented: bool) -> None:
        """Add or update an account."""
        del password
        self._people[person] = {"person": person, "name": name, "roles": tuple(roles), "invented": invented}

    def people(self) -> Sequence[Mapping[str, Any]]:
        """Return all accounts, by key."""
        return [self._people[key] for key in sorted(self._people)]
