"""Make and open the store of a workspace. Imported once Django is set up, and only then: the tables are Django models."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

from django.conf import settings as django_conf
from django.core.management import call_command

from remit.config.folder import SESSION_KEY, SIGNING_KEY
from remit.missions.mission import Mission
from remit.services.workspace import Workspace
from remit.store.accounts import DjangoAccounts
from remit.store.databases import Aliases, aliases_for, attach, forget, register
from remit.store.failures import failures
from remit.store.files import FolderAttachments, FolderSnapshots
from remit.store.guards import install_guards
from remit.store.journal import DjangoJournal
from remit.store.keys import FileKeys, RecordKeys
from remit.store.server import (
    as_application,
    drop_databases,
    grant,
    make_databases,
    read_address,
    read_server,
    write_server,
)
from remit.store.sightings import DjangoSightings
from remit.store.signing import read_signer, second_factor_key
from remit.store.sites import SITES, FolderSites
from remit.store.transfer import Progress, copy_rows


def migrate(folder: Path) -> None:
    """Bring the tables of a workspace to what this Remit needs, and put the guards in place.

    Raises:
        Fault: the store failed.
    """
    _migrate(register(folder))


def _migrate(aliases: Aliases) -> None:
    for alias in aliases:
        with failures():
            call_command("migrate", database=alias, verbosity=0, interactive=False)
    with failures():
        call_command("createcachetable", database=aliases.journal, verbosity=0)


def server_of(folder: Path) -> str:
    """Return how libpq is told of the server on which a workspace stands; "" where its databases are files.

    Raises:
        BadInput: PGS-003.
    """
    found = read_server(folder)
    return found.address() if found else ""


def make_on_server(folder: Path, address: str, role: str) -> tuple[str, ...]:
    """Make a workspace's databases on a server, as their owner, and let the application's role work in them.

    The folder says where they are from then on. Databases that stand are brought up to date.

    Returns:
        The names of the databases that were made.

    Raises:
        BadInput: PGS-001 to PGS-004.
        Fault: PGS-011; the server is not reached, or refused.
    """
    owner = read_address(address)
    made = make_databases(owner)
    try:
        settings = [owner.server.settings(keys=keys, password=owner.password) for keys in (False, True)]
        aliases = register(folder, journal=settings[0], keys=settings[1])
        try:
            _migrate(aliases)
            if role:
                grant(aliases, role)
        finally:
            forget(aliases)
    except BaseException:
        drop_databases(owner, made)
        raise
    write_server(folder, as_application(owner.server, role))
    return made


def carry_over(source: Path, target: Path, address: str, progress: Progress | None) -> int:
    """Copy every row of one workspace's databases into another's, those of a server as their owner.

    Raises:
        BadInput: TRF-001, the target holds a journal.
        Fault: the store failed; the target then holds nothing.
    """
    reading = register(source)
    if not address:
        return copy_rows(reading, register(target), progress)
    owner = read_address(address)
    settings = [owner.server.settings(keys=keys, password=owner.password) for keys in (False, True)]
    writing = register(target, journal=settings[0], keys=settings[1])
    try:
        return copy_rows(reading, writing, progress)
    finally:
        forget(writing)


def unmake_on_server(address: str, names: tuple[str, ...]) -> None:
    """Take away databases that were made for a transfer which failed.

    Raises:
        Fault: the server refused.
    """
    drop_databases(read_address(address), names)


def open_store(folder: Path, mission: Mission, *, write: bool) -> Workspace:
    """Open a workspace whose databases and keys stand.

    Raises:
        Fault: JRN-032 the guards are missing; WSP-012, WSP-013 the signing key; the store failed.
    """
    aliases = register(folder)
    return Workspace(
        mission=mission,
        journal=DjangoJournal(aliases, mission.record_types, area_levels=mission.area_levels, writable=write),
        attachments=_attachments(folder, aliases),
        snapshots=FolderSnapshots(folder / "snapshots"),
        signer=read_signer(folder / SIGNING_KEY),
        accounts=DjangoAccounts(aliases.journal),
        sites=FolderSites(folder / SITES),
        sightings=DjangoSightings(aliases.journal, writable=write),
        folder=folder,
    )


def encrypt_attachments(folder: Path) -> None:
    """Encrypt the attachments that an older Remit kept in plain words.

    Raises:
        Fault: WSP-011, WSP-012; the store of keys failed.
    """
    _attachments(folder, register(folder)).encrypt_all()


def _attachments(folder: Path, aliases: Aliases) -> FolderAttachments:
    return FolderAttachments(folder / "attachments", FileKeys(RecordKeys(aliases.keys, secrets.token_bytes)))


def attach_workspace(workspace: Workspace | None) -> None:
    """Have requests, sessions and sign-in go to this workspace, or to none.

    Raises:
        ValueError: a workspace in memory.
    """
    if workspace is None:
        attach(None)
        _set("REMIT_WORKSPACE", None)
        return
    if workspace.folder is None:
        raise ValueError("a workspace in memory cannot be attached")
    attach(aliases_for(workspace.folder))
    _set("REMIT_WORKSPACE", workspace)
    if (workspace.folder / SESSION_KEY).is_file():
        _set("SECRET_KEY", (workspace.folder / SESSION_KEY).read_text("ascii").strip())
    if (workspace.folder / SIGNING_KEY).is_file():
        # Not the session key: that one begins anew when a workspace is restored, and second factors must outlive it.
        _set("REMIT_SECOND_FACTOR_KEY", second_factor_key(workspace.folder / SIGNING_KEY))


def close_store(workspace: Workspace) -> None:
    """Close this thread's connections to a workspace."""
    if workspace.folder is None:
        return
    if getattr(django_conf, "REMIT_WORKSPACE", None) is workspace:
        attach_workspace(None)
    forget(aliases_for(workspace.folder))


def forget_store(folder: Path) -> None:
    """Close this thread's connections to what stands in a folder."""
    forget(aliases_for(folder))


def restore_guards(folder: Path) -> None:
    """Put the guards of a journal back.

    Raises:
        Fault: the store failed.
    """
    install_guards(register(folder).journal)


def _set(name: str, value: Any) -> None:
    setattr(django_conf, name, value)
