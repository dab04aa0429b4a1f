"""Take in official areas and lists of places, with their date and who published them."""

from __future__ import annotations

from dataclasses import dataclass

from remit.kernel.canonical import digest_of_bytes
from remit.kernel.issues import Issue
from remit.kernel.wording import Words
from remit.missions.official import read_official
from remit.records.actors import Actor
from remit.records.record import Record
from remit.services.boundaries import AREAS, PLACES, index_of, kept, lost_place, read_places
from remit.services.freezing import system_record
from remit.services.sight import may
from remit.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken in: its record, whether it was new, and the issues of parts that were left out."""

    record: Record
    new: bool
    issues: tuple[Issue, ...]


def take_areas(
    workspace: Workspace, actor: Actor, data: bytes, name: str, *, level: int | None = None, publisher: str = ""
) -> Taken:
    """Take in official areas of one level; the same file twice is once.

    Raises:
        BadInput: IMP-002, no such file.
        Forbidden: the role may not record.
    """
    may(actor, "record", Words("take in official areas", "verser des zones officielles"))
    found, issues = read_official(data, name, level=level)
    sha256 = digest_of_bytes(data)
    for one in kept(workspace, AREAS):
        if one.values["file"]["sha256"] == sha256 and one.values["admin_level"] == found.level:
            return Taken(one, False, tuple(issues))
    with workspace.journal.transaction():
        workspace.attachments.keep(data, name)
        record = system_record(
            workspace, actor, AREAS,
            {"title": f"Level {found.level}, valid on {found.valid_on}", "as_of": found.valid_on, "admin_level": found.level,
             "publisher": publisher, "areas": len(found.areas), "file": {"sha256": sha256, "name": name},
             "reported_at": workspace.sources.clock().isoformat()},
            level="unclassified", invented=False,
        )  # fmt: skip
    return Taken(record, True, tuple(issues))


def take_places(workspace: Workspace, actor: Actor, data: bytes, name: str, *, publisher: str = "") -> Taken:
    """Take in a list of places; those that lie outside their stated area are counted and not used to find anything.

    Raises:
        BadInput: IMP-002, no such file.
        Forbidden: the role may not record.
    """
    may(actor, "record", Words("take in a list of places", "verser une liste de lieux"))
    places, issues = read_places(data, name)
    sha256 = digest_of_bytes(data)
    for one in kept(workspace, PLACES):
        if one.values["file"]["sha256"] == sha256:
            return Taken(one, False, tuple(issues))
    index = index_of(workspace)
    lost = sum(1 for place in places if index and lost_place(index, place) is not None)
    with workspace.journal.transaction():
        workspace.attachments.keep(data, name)
        record = system_record(
            workspace, actor, PLACES,
            {"title": name, "as_of": workspace.sources.clock().date().isoformat(), "publisher": publisher,
             "places": len(places), "astray": lost, "file": {"sha256": sha256, "name": name},
             "reported_at": workspace.sources.clock().isoformat()},
            level="unclassified", invented=False,
        )  # fmt: skip
    return Taken(record, True, tuple(issues))
