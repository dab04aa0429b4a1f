"""Write what this site knows for another one: a bundle on a memory stick."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from remit.kernel.canonical import digest_of_bytes
from remit.records.bundle import FORMAT, BundleList, entry_line, joined, list_bytes, pack
from remit.records.entries import Entry
from remit.records.envelope import close_envelope
from remit.records.sites import Site
from remit.services.knowing_sites import known
from remit.services.redacting import files_in
from remit.services.verifying import head, seal
from remit.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Written:
    """A bundle: its bytes, how many entries, records and files are in it, and how many records were left out."""

    data: bytes
    entries: int
    records: int
    files: int
    left_out: int


def write_bundle(workspace: Workspace, name: str, *, everything: bool = False) -> Written:
    """Return a bundle for another site: every record that changed here since what it said that it took, whole.

    What stands above the level that the site may hold, or in a compartment that it does not hold, is left out, and so is
    what came from that very site. A bundle that never arrived is no loss: the next one holds it too.

    Args:
        workspace: where; what is not sealed yet is sealed first.
        name: the site's.
        everything: from the beginning of the journal.

    Raises:
        BadInput: EXC-026, the site is not known.
    """
    site = known(workspace, name)
    seal(workspace)
    holds, changed = _changed(workspace, site, 0 if everything else site.sent)
    records = {one: _may_go(workspace, site, one) for one in changed}
    entries = [
        entry
        for record, goes in records.items()
        if goes
        for entry in workspace.journal.entries(record=record)
        if entry.record == record and _other_may_go(workspace, site, entry)
    ]
    files = _files(workspace, entries)
    lines = [entry_line(entry) for entry in entries]
    told = BundleList(
        format=FORMAT,
        mission=workspace.mission.key,
        sender=workspace.site,
        receiver=name,
        at=workspace.sources.clock().isoformat(),
        head=head(workspace),
        holds=holds,
        taken=site.taken,
        entries=len(lines),
        entries_digest=digest_of_bytes(joined(lines)),
        files=tuple(files),
    )
    archive = pack(told, workspace.signer.sign(list_bytes(told)), lines, files)
    gone = sum(records.values())
    return Written(close_envelope(archive, site.card.public_key), len(lines), gone, len(files), len(records) - gone)


def _changed(workspace: Workspace, site: Site, start: int) -> tuple[int, dict[str, None]]:
    """Return how many entries the journal holds, and the records of those from ``start`` that the site has not made."""
    count, changed = start, dict[str, None]()
    for identifier in islice(workspace.journal.identifiers(), start, None):
        count += 1
        entry = workspace.journal.entry(identifier)
        if entry is not None and entry.via != site.card.site:
            changed[entry.record] = None
    return count, changed


def _may_go(workspace: Workspace, site: Site, record: str) -> bool:
    found = workspace.journal.get(record)
    return found is not None and site.may_hold(found)


def _other_may_go(workspace: Workspace, site: Site, entry: Entry) -> bool:
    """A link tells of the record at its other end: that one must be such as may go too."""
    return entry.kind != "linked" or _may_go(workspace, site, str(entry.facts.get("other", "")))


def _files(workspace: Workspace, entries: list[Entry]) -> Mapping[str, bytes]:
    return dict(sorted((sha256, data) for sha256, data in _found(workspace, entries) if data is not None))


def _found(workspace: Workspace, entries: list[Entry]) -> Iterator[tuple[str, bytes | None]]:
    for sha256 in {one for entry in entries for value in entry.values.values() for one in files_in(value)}:
        yield sha256, workspace.attachments.read(sha256)
