"""Attach the official text of the mandate: its words then stand beside ours."""

from __future__ import annotations

from remit.kernel.canonical import digest_of_bytes
from remit.kernel.conditions import Compare
from remit.kernel.errors import BadInput
from remit.kernel.wording import Words
from remit.missions.mission import Mission
from remit.records.actors import Actor
from remit.records.journal import Query
from remit.records.record import Record
from remit.services.freezing import system_record
from remit.services.sight import may
from remit.services.workspace import Workspace
from remit.text.document import Document
from remit.text.read import read_document

TYPE = "official-text"


def attach_text(workspace: Workspace, actor: Actor, data: bytes, name: str) -> Record:
    """Keep the official text as given, read it, and record that it was attached; the same file twice is once.

    Raises:
        BadInput: it cannot be read, or is another instrument (ATT-001).
        Forbidden: the role may not record.
    """
    may(actor, "record", Words("attach an official text", "joindre un texte officiel"))
    instrument = workspace.mission.instrument
    document = require_official(workspace.mission, data, name)
    digest = digest_of_bytes(data)
    workspace.texts[instrument.key] = document
    for record in _attached(workspace):
        if record.values.get("digest") == digest:
            return record
    workspace.attachments.keep(data, name)
    return system_record(
        workspace,
        actor,
        TYPE,
        {
            "title": instrument.symbol,
            "instrument": instrument.key,
            "symbol_given": document.symbol,
            "document": {"sha256": digest, "name": name},
            "digest": digest,
            "problems": "\n".join(issue.text("en") for issue in document.problems),
            "reported_at": workspace.sources.clock().isoformat(),
        },
        level="unclassified",
        invented=workspace.mission.invented,
    )


def require_official(mission: Mission, data: bytes, name: str) -> Document:
    """Read a text and refuse one that is not the mission's mandate.

    Raises:
        BadInput: it cannot be read, or it is another instrument (ATT-001).
    """
    document = read_document(data, name)
    instrument = mission.instrument
    if document.symbol and document.symbol != instrument.symbol:
        raise BadInput.of(
            "ATT-001",
            f"{name} is {document.symbol}; the mission's mandate is {instrument.symbol}.",
            f"{name} est {document.symbol} ; le mandat de la mission est {instrument.symbol}.",
            do_en=f"Give the text of {instrument.symbol}.",
            do_fr=f"Donnez le texte de {instrument.symbol}.",
        )
    return document


def load_texts(workspace: Workspace) -> None:
    """Read again the official text attached last, so that pages find its words; none attached leaves none."""
    for record in _attached(workspace)[:1]:
        data = workspace.attachments.read(str(record.values.get("digest", "")))
        if data is not None:
            name = str((record.values.get("document") or {}).get("name", ""))
            workspace.texts[str(record.values["instrument"])] = read_document(data, name)


def official_document(workspace: Workspace) -> Document | None:
    """Return the official text of the mandate as read, ``None`` where none was attached."""
    return workspace.texts.get(workspace.mission.instrument.key)


def _attached(workspace: Workspace) -> list[Record]:
    if TYPE not in workspace.mission.record_types:
        return []
    return list(workspace.journal.find(Query(Compare("type", "equals", TYPE), types=(TYPE,), order="-recorded_at")))
