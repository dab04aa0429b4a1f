"""Take in what another site recorded: late, in any order, twice without harm; nothing is settled silently."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from remit.kernel.canonical import canonical
from remit.kernel.errors import BadInput
from remit.records.branches import Branches
from remit.records.bundle import BundleList, Parcel, read_line, unpack
from remit.records.entries import Entry
from remit.records.fold import in_order
from remit.records.signing import verify_signature
from remit.records.sites import Site
from remit.services.knowing_sites import known
from remit.services.redacting import files_in, forget_destroyed
from remit.services.verifying import seal
from remit.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Taken:
    """What came with a bundle.

    Attributes:
        sender: the site that wrote it, and when.
        at: the instant that it says.
        new: how many entries were not here yet.
        known: how many were here already.
        records: the numbers of records that are new here or changed.
        disputed: the numbers of records that two sites changed apart, and what was set differently.
        redacted: how many values were left behind because they had been destroyed here.
    """

    sender: str
    at: datetime
    new: int
    known: int
    records: tuple[str, ...] = ()
    disputed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    redacted: int = 0


def take_bundle(workspace: Workspace, data: bytes) -> Taken:
    """Take a bundle in: all of it or nothing. Entries that are here already are passed over.

    New entries keep the time they say, and get the time they came. Values that were destroyed here stay destroyed, and
    what the other site destroyed is destroyed here. What both changed apart is told (``Record.disputed``).

    Raises:
        BadInput: EXC-021 to EXC-031; nothing is then taken.
        Fault: the store failed; nothing is then taken.
    """
    parcel, site = _believed(workspace, data)
    entries = [read_line(line, number) for number, line in enumerate(parcel.lines, start=1)]
    _require_declared(workspace, entries)
    new, stripped = _new(workspace, entries)
    came, files = workspace.sources.clock(), set[str]()
    for sha256 in {one for entry in new for value in entry.values.values() for one in files_in(value)}:
        if sha256 in parcel.files:
            workspace.attachments.keep(parcel.files[sha256], sha256)
    with workspace.journal.transaction():
        for record, some in _by_record(new).items():
            files |= _append(workspace, record, [replace(one, came=came, via=site.card.site) for one in some])
    if any(entry.kind == "redacted" for entry in new):
        forget_destroyed(workspace, files)
    seal(workspace)
    workspace.sites.keep(_after(site, parcel.told, came))
    changed = [found for record in _by_record(new) if (found := workspace.journal.get(record)) is not None]
    return Taken(
        sender=site.card.site,
        at=datetime.fromisoformat(parcel.told.at),
        new=len(new),
        known=len(entries) - len(new),
        records=tuple(record.number for record in changed),
        disputed={record.number: tuple(record.disputed) for record in changed if record.disputed},
        redacted=stripped,
    )


def _believed(workspace: Workspace, data: bytes) -> tuple[Parcel, Site]:
    """Open a bundle, and believe it only from a known site of this mission, written for this one and signed by it."""
    archive = workspace.signer.open(data)
    if archive is None:
        raise BadInput.of(
            "EXC-021",
            "The file opens with no key of this workspace: it is no bundle, is meant for another site, or is damaged.",
            "Le fichier ne s’ouvre pas avec la clé de cet espace : ce n’est pas un paquet, il est pour un autre site, ou endommagé.",
            do_en="Nothing was taken. Have it written for this site (`remit exchange write`), after bringing this site's card there.",
            do_fr="Rien n’a été repris. Faites-le écrire pour ce site (`remit exchange write`), dont la carte doit être connue là-bas.",
        )
    parcel = unpack(archive)
    told = parcel.told
    if told.mission != workspace.mission.key or told.receiver != workspace.site or told.sender == workspace.site:
        raise BadInput.of(
            "EXC-025",
            f"The bundle goes from {told.sender} to {told.receiver} of the mission “{told.mission}”; this is {workspace.site} "
            f"of “{workspace.mission.key}”.",
            f"Le paquet va de {told.sender} à {told.receiver} de la mission « {told.mission} » ; ceci est {workspace.site} "
            f"de « {workspace.mission.key} ».",
            do_en="Nothing was taken. Take it at the site that it is for.",
            do_fr="Rien n’a été repris. Reprenez-le sur le site auquel il est destiné.",
        )
    site = known(workspace, told.sender)
    if not verify_signature(site.card.public_key, parcel.signed, parcel.signature):
        raise BadInput.of(
            "EXC-028",
            f"The bundle says that it comes from {told.sender}, but that site did not sign it.",
            f"Le paquet dit venir de {told.sender}, mais ce site ne l’a pas signé.",
            do_en="Nothing was taken. Ask the site by another way; if its key is new, make its new card known first.",
            do_fr="Rien n’a été repris. Interrogez le site par une autre voie ; si sa clé est nouvelle, faites connaître sa carte.",
        )
    return parcel, site


def _require_declared(workspace: Workspace, entries: Iterable[Entry]) -> None:
    """Refuse what the mission's folder here does not know: a record that cannot be folded would be lost to sight."""
    for entry in entries:
        declared = workspace.mission.record_types.get(entry.type)
        if declared is None or declared.abstract or entry.version > declared.version:
            raise BadInput.of(
                "EXC-030",
                f"The bundle holds records of the type “{entry.type}”, version {entry.version}, which the mission's folder here does "
                "not declare.",
                f"Le paquet contient des fiches de type « {entry.type} », version {entry.version}, que le dossier de mission ne "
                "déclare pas ici.",
                do_en="Nothing was taken. Bring the mission's folder up to date on this site, then take the bundle again.",
                do_fr="Rien n’a été repris. Mettez à jour le dossier de mission sur ce site, puis reprenez le paquet.",
            )


def _new(workspace: Workspace, entries: Sequence[Entry]) -> tuple[list[Entry], int]:
    """Return the entries that are not here yet, without the values that were destroyed here, and how many those were."""
    new: dict[str, Entry] = {}
    for entry in entries:
        standing = workspace.journal.entry(entry.id) or new.get(entry.id)
        if standing is None:
            new[entry.id] = entry
        elif not _same(standing, entry):
            raise BadInput.of(
                "EXC-031",
                f"The bundle holds entry {entry.id} with other contents than the ones that stand here.",
                f"Le paquet contient l’écriture {entry.id} avec un autre contenu que celui qui figure ici.",
                do_en="Nothing was taken: entries never change. Run `remit verify` at both sites to see which journal was altered.",
                do_fr="Rien n’a été repris : une écriture ne change jamais. Lancez `remit verify` sur les deux sites.",
            )
    stripped, kept = 0, list[Entry]()
    for record, some in _by_record(new.values()).items():
        for entry in _without_destroyed(workspace, record, some):
            stripped += len(new[entry.id].values) - len(entry.values)
            kept.append(entry)
    return kept, stripped


def _same(standing: Entry, entry: Entry) -> bool:
    """Return whether two are one entry; values that either site has destroyed are not compared."""

    def told(one: Entry, other: Entry) -> bytes:
        values = {name: value for name, value in one.values.items() if name in other.values}
        return canonical(
            [
                one.kind,
                one.record,
                one.type,
                one.version,
                one.at.timestamp(),
                one.by.person,
                one.by.role,
                dict(one.facts),
                values,
            ]
        )

    return told(standing, entry) == told(entry, standing)


def _without_destroyed(workspace: Workspace, record: str, new: Sequence[Entry]) -> Iterable[Entry]:
    """Yield a record's new entries without what was destroyed here, unless their author knew of that and wrote it anew."""
    standing = [entry for entry in workspace.journal.entries(record=record) if entry.record == record]
    redactions = [entry for entry in standing if entry.kind == "redacted"]
    if not redactions:
        yield from new
        return
    branches = Branches(in_order([*standing, *new]))
    for entry in new:
        gone = {
            str(name)
            for redaction in redactions
            if entry.kind not in ("linked", "redacted") and not branches.knew(entry.id, redaction.id)
            for name in redaction.facts.get("fields") or entry.values
        }
        yield replace(entry, values={name: value for name, value in entry.values.items() if name not in gone})


def _append(workspace: Workspace, record: str, entries: Sequence[Entry]) -> set[str]:
    """Add a record's new entries; where one of them redacts, what it redacts is destroyed before it is added.

    Returns:
        The digests of the files that destroyed values named.
    """
    files: set[str] = set()
    waiting: list[Entry] = []
    for entry in in_order(entries):
        if entry.kind == "redacted":
            workspace.journal.append(waiting)
            waiting = []
            names = [str(name) for name in entry.facts.get("fields", ())]
            for held in workspace.journal.entries(record=record):
                for name, value in held.values.items():
                    if held.record == record and (not names or name in names):
                        files.update(files_in(value))
            workspace.journal.erase(record, names)
        waiting.append(entry)
    workspace.journal.append(waiting)
    return files


def _by_record(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        found.setdefault(entry.record, []).append(entry)
    return found


def _after(site: Site, told: BundleList, came: datetime) -> Site:
    """Return what is known of a site once its bundle was taken; an old bundle that comes again takes nothing back."""
    return replace(
        site,
        sent=max(site.sent, told.taken),
        taken=max(site.taken, told.holds),
        last_taken=came,
    )
