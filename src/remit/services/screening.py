"""Hold persons and units against the consolidated list. Candidates are proposed with reasons; people decide, and it is remembered.

What was decided about somebody and an entry is not asked again until the entry changes. A name alone never confirms: that is
a requirement of the type's process, which no caller can go round.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from remit.kernel.canonical import digest_of_bytes
from remit.kernel.conditions import ALWAYS
from remit.kernel.days import read_day
from remit.kernel.errors import BadInput
from remit.kernel.issues import Issue
from remit.kernel.plain_text import plain_text
from remit.kernel.wording import Words
from remit.records.actors import Actor
from remit.records.journal import Query
from remit.records.record import Record
from remit.records.screening.candidates import Candidate, Screen, Subject
from remit.records.screening.listed import ConsolidatedList, Difference, Listed, compare_lists, read_consolidated
from remit.services.freezing import system_record
from remit.services.looking import find
from remit.services.moving import move
from remit.services.recording import record as record_one
from remit.services.recording import type_to_record
from remit.services.sight import all_of
from remit.services.workspace import Workspace

TYPE, LIST, TRANSFER = "sanctions-screening", "sanctions-list", "information-transfer"
SETTLED = ("false-positive", "confirmed")
"""Outcomes that are not asked again for the same entry; an inconclusive one is."""
OPEN = ("candidate", "probable")


@dataclass(frozen=True, slots=True)
class TakenList:
    """A date of the list that was taken in: its record, what it holds, whether it was new, and entries that could not be read."""

    record: Record
    listed: ConsolidatedList
    new: bool
    issues: tuple[Issue, ...]
    difference: Difference | None
    """What changed since the date before; ``None`` for the first."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """An entry about which a person decided before: where, and how."""

    entry: Listed
    decided_in: Record


@dataclass(frozen=True, slots=True)
class Screened:
    """What came of screening one subject.

    ``candidates`` are those to be decided; ``remembered`` those decided before; ``waiting`` an open record that asks the same
    already. ``record`` is what was recorded, ``None`` where ``waiting`` stands for it.
    """

    subject: Subject
    record: Record | None
    candidates: tuple[Candidate, ...]
    remembered: tuple[Remembered, ...]
    waiting: Record | None = None
    asked_again: Mapping[str, Record] = field(default_factory=dict)
    """By reference, the record in which it was decided before the entry changed."""


def take_list(workspace: Workspace, actor: Actor, data: bytes, name: str) -> TakenList:
    """Keep one date of the list as published, and say what changed since the date before; the same file twice is once.

    Raises:
        BadInput: IMP-002, it is not such a file; REC-071, the mission screens nobody.
        Forbidden: the role does not record screenings.
    """
    _may_screen(workspace, actor)
    listed, issues = read_consolidated(data, name)
    sha256 = digest_of_bytes(data)
    known = lists(workspace)
    earlier = [one for one in known if _day(one) < listed.on]
    difference = compare_lists(_opened(workspace, earlier[-1]).listed, listed) if earlier else None
    for one in known:
        if one.values["file"]["sha256"] == sha256:
            return TakenList(one, listed, False, tuple(issues), difference)
    counts = {
        "added": len(difference.added), "removed": len(difference.removed), "changed": len(difference.changed)
    } if difference else {}  # fmt: skip
    with workspace.journal.transaction():
        workspace.attachments.keep(data, name)
        made = system_record(
            workspace, actor, LIST,
            {
                "title": f"Consolidated list, {listed.on.isoformat()}", "as_of": listed.on.isoformat(),
                "reported_at": workspace.sources.clock().isoformat(), "file": {"sha256": sha256, "name": name},
                "persons": listed.count("person"), "units": listed.count("unit"), **counts,
            },
            level="unclassified", invented=False,
        )  # fmt: skip
    return TakenList(made, listed, True, tuple(issues), difference)


def lists(workspace: Workspace) -> Sequence[Record]:
    """Return the dates of the list that the workspace keeps, the oldest first."""
    if LIST not in workspace.mission.record_types:
        return ()
    return sorted((one for one in all_of(workspace, LIST) if not one.withdrawn), key=_day)


def list_on(workspace: Workspace, on: date | None = None) -> Screen:
    """Return the list of a date, or the latest, ready to be asked.

    Raises:
        BadInput: REC-072, there is none (of that date).
    """
    kept = lists(workspace)
    fits = [one for one in kept if on is None or _day(one) == on]
    if fits:
        return _opened(workspace, fits[-1])
    dates = ", ".join(_day(one).isoformat() for one in kept) or "–"
    raise BadInput.of(
        "REC-072",
        f"The workspace keeps no consolidated list{f' of {on.isoformat()}' if on else ''} (it keeps: {dates}).",
        f"L’espace de travail ne conserve pas de Liste récapitulative{f' du {on.isoformat()}' if on else ''} (il a : {dates}).",
        do_en="Take in the XML that the Security Council publishes: remit screen list FILE.",
        do_fr="Versez le XML que publie le Conseil de sécurité : remit screen list FICHIER.",
    )


def screen(
    workspace: Workspace,
    actor: Actor,
    subjects: Sequence[Subject],
    purpose: str,
    *,
    on: date | None = None,
    language: str = "en",
    invented: bool = False,
) -> Sequence[Screened]:
    """Screen subjects against a date of the list (the latest), and record each with its candidates or with none.

    Raises:
        BadInput: REC-071, REC-072; KER-011, a date of birth that cannot be read; a purpose that is not one.
        Forbidden: the role does not screen.
    """
    _may_screen(workspace, actor)
    ready = list_on(workspace, on)
    for subject in subjects:
        if subject.born:
            read_day(subject.born)
    with workspace.journal.transaction():
        return [_one(workspace, actor, subject, purpose, ready, language, invented=invented) for subject in subjects]


def screen_again(
    workspace: Workspace, actor: Actor, *, on: date | None = None, language: str = "en"
) -> Sequence[Screened]:
    """Screen everybody who was screened before against a date of the list (the latest), as after a new one came.

    Each is screened as he was described last, for the purpose that was given last; who was screened against that date
    or a later one is passed over.

    Raises:
        BadInput, Forbidden: as :func:`screen`.
    """
    _may_screen(workspace, actor)
    listed = list_on(workspace, on).listed
    last: dict[str, Record] = {}
    for one in sorted(_screenings(workspace), key=_against):
        last[_file(one)] = one
    due = [one for one in last.values() if one.values.get("names") and _against(one) < listed.on.isoformat()]
    found: list[Screened] = []
    for one in due:
        subject = subject_of(one)
        found += screen(
            workspace,
            actor,
            [subject],
            str(one.values["purpose"]),
            on=listed.on,
            language=language,
            invented=one.invented,
        )
    return found


def gone_or_changed(workspace: Workspace, actor: Actor, *, on: date | None = None) -> Sequence[tuple[Record, str, str]]:
    """Return confirmed screenings whose entry is not the one of a date of the list: (record, reference, ``removed`` | ``changed``).

    Raises:
        BadInput, Forbidden: as :func:`screen`.
    """
    _may_screen(workspace, actor)
    entries = list_on(workspace, on).listed.entries
    found = []
    for one in _screenings(workspace):
        for row in one.values.get("candidates", ()) if one.state == "confirmed" else ():
            entry = entries.get(row["reference_number"])
            if entry is None or (row.get("entry_digest") and entry.digest != row["entry_digest"]):
                found.append((one, row["reference_number"], "removed" if entry is None else "changed"))
    return found


def subject_of(record: Record) -> Subject:
    """Return whom a screening was about."""
    values = record.values
    born = values.get("born") or {}
    length = {"day": 10, "month": 7, "year": 4}[born.get("precision", "day")]
    return Subject(
        file=str(values["subject"]),
        kind=str(values.get("subject_kind", "person")),
        names=tuple(values.get("names", ())),
        born=str(born.get("on", ""))[:length],
        birth_place=str(values.get("birth_place", "")),
        nationality=str(values.get("nationality", "")),
        documents=tuple(values.get("documents", ())),
    )


@dataclass(frozen=True, slots=True)
class Passing:
    """One line of the ledger: what was passed on, to whom, on which basis, with whose consent, by which channel, and when."""

    record: Record
    recipient: str
    basis: str
    third_party: str
    consent: str
    channel: str
    transmitted: str
    acknowledged: str


def ledger(workspace: Workspace, actor: Actor, recipient: str = "sanctions-committee") -> Sequence[Passing]:
    """Return every transfer of information to a recipient that the actor may see, the oldest first.

    Raises:
        BadInput: REC-071, the mission has no such records.
    """
    if TRANSFER not in workspace.mission.record_types or workspace.mission.record_types[TRANSFER].abstract:
        raise _not_here(workspace, "transfers of information", "transmissions d’informations")
    found = find(workspace, actor, types=[TRANSFER], order="recorded_at", limit=None).records
    return [
        Passing(
            one, str(one.values.get("recipient", "")), str(one.values.get("basis", "")),
            str(one.values.get("third_party", "")), str(one.values.get("originator_consent", "")),
            str(one.values.get("channel", "")), str(one.values.get("transmitted_at", "")),
            str((one.values.get("acknowledged_on") or {}).get("on", "")),
        )
        for one in found
        if not recipient or one.values.get("recipient") == recipient
    ]  # fmt: skip


def _one(
    workspace: Workspace,
    actor: Actor,
    subject: Subject,
    purpose: str,
    ready: Screen,
    language: str,
    *,
    invented: bool,
) -> Screened:
    decided, waiting = _before(workspace, subject)
    fresh, remembered = [], []
    for candidate in ready.candidates(subject):
        key = (candidate.entry.reference, candidate.entry.digest)
        if key in decided:
            remembered.append(Remembered(candidate.entry, decided[key]))
        else:
            fresh.append(candidate)
    by_reference = {reference: one for (reference, _), one in decided.items()}
    again = {c.entry.reference: by_reference[c.entry.reference] for c in fresh if c.entry.reference in by_reference}
    asked = {key: one for one in waiting for key in _asked(one)}
    if fresh and all((one.entry.reference, one.entry.digest) in asked for one in fresh):
        return Screened(
            subject, None, tuple(fresh), tuple(remembered), asked[fresh[0].entry.reference, fresh[0].entry.digest]
        )
    now = workspace.sources.clock().isoformat()
    title = Words("Screening of a person", "Vérification d’une personne") if subject.kind == "person" else Words(
        "Screening of a unit", "Vérification d’une unité"
    )  # fmt: skip
    raw = {
        "title": title.in_(language), "screened_at": now, "purpose": purpose, "subject": subject.file,
        "subject_kind": subject.kind, "names": list(subject.names), "born": subject.born,
        "birth_place": subject.birth_place, "nationality": subject.nationality, "documents": list(subject.documents),
        "list_version": ready.listed.on.isoformat(),
        "remembered": [{"reference_number": one.entry.reference, "decided_in": one.decided_in.number,
                        "outcome": one.decided_in.state} for one in remembered],
    }  # fmt: skip
    filled = {key: value for key, value in raw.items() if value}
    made = record_one(workspace, actor, TYPE, filled, invented=invented)
    if fresh:
        rows = [_row(one, language, again.get(one.entry.reference)) for one in fresh]
        made = move(workspace, actor, made.id, "propose", values={"candidates": rows})
    else:
        made = move(workspace, actor, made.id, "find-none", values={"decided_at": now})
    return Screened(subject, made, tuple(fresh), tuple(remembered), asked_again=again)


def _row(candidate: Candidate, language: str, before: Record | None) -> dict[str, Any]:
    why = candidate.explanation(language)
    if before is not None:
        why = f"{asked_again_words(before).in_(language)} {why}"
    return {
        "reference_number": candidate.entry.reference,
        "score": f"{candidate.score:.3f}",
        "strength": candidate.strength,
        "entry_digest": candidate.entry.digest,
        "explanation": why,
    }


def asked_again_words(before: Record) -> Words:
    """Return why somebody is asked about an entry that was decided."""
    return Words(
        f"Decided in {before.number} ({before.state}); the entry has changed since.",
        f"Décidé dans {before.number} ({before.state}) ; l’entrée a changé depuis.",
    )


def _before(workspace: Workspace, subject: Subject) -> tuple[Mapping[tuple[str, str], Record], Sequence[Record]]:
    """Return what was decided about a subject, by entry and its version, and the records that still wait for a decision."""
    decided: dict[tuple[str, str], Record] = {}
    waiting = []
    for one in _screenings(workspace):
        if _file(one) != plain_text(subject.file):
            continue
        if one.state in SETTLED:
            decided |= dict.fromkeys(_asked(one), one)
        elif one.state in OPEN:
            waiting.append(one)
    return decided, waiting


def _asked(record: Record) -> list[tuple[str, str]]:
    return [(row["reference_number"], row.get("entry_digest", "")) for row in record.values.get("candidates", ())]


def _against(record: Record) -> str:
    return str(record.values["list_version"]["on"])


def _file(record: Record) -> str:
    return plain_text(str(record.values.get("subject", "")))


def _screenings(workspace: Workspace) -> Sequence[Record]:
    found = workspace.journal.find(Query(ALWAYS, types=(TYPE,), order="recorded_at"))
    return [one for one in found if not one.withdrawn]


def _day(record: Record) -> date:
    return date.fromisoformat(record.values["as_of"]["on"])


def _opened(workspace: Workspace, record: Record) -> Screen:
    file = record.values["file"]
    return _ready(workspace.attachments.read(file["sha256"]) or b"", file["name"])


@lru_cache(maxsize=4)
def _ready(data: bytes, name: str) -> Screen:
    return Screen(read_consolidated(data, name)[0])


def _may_screen(workspace: Workspace, actor: Actor) -> None:
    kind = workspace.mission.record_types.get(TYPE)
    if kind is None or kind.abstract:
        raise _not_here(workspace, "sanctions screenings", "vérifications au regard des sanctions")
    type_to_record(workspace, actor, TYPE)


def _not_here(workspace: Workspace, en: str, fr: str) -> BadInput:
    return BadInput.of(
        "REC-071",
        f"The mission {workspace.mission.key} keeps no {en}.",
        f"La mission {workspace.mission.key} ne tient pas de {fr}.",
        do_en="Declare the record type in its folder: it extends the one of missions/base.",
        do_fr="Déclarez le type de fiche dans son dossier : il étend celui de missions/base.",
    )
