"""Let the dates of keeping act: show what is due, and do it once a person has confirmed it. All of it is journalled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from remit.kernel.errors import Conflict
from remit.kernel.wording import Words
from remit.records.actors import Actor
from remit.records.keeping import Due, dues
from remit.records.record import Record
from remit.records.types import KeepingRule, RecordType
from remit.services.entering import change_entry, still_last
from remit.services.redacting import held_values, redact
from remit.services.sight import JournalLinks, all_of, may, seen, visible
from remit.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Planned:
    """One thing that is due.

    ``fields`` are the names of the values that go; ``rule`` the rule in words.
    """

    record: Record
    due: Due
    fields: tuple[str, ...]
    rule: Words


@dataclass(frozen=True, slots=True)
class Plan:
    """What is due on a day: to be done, held back, and how many records with a due rule the role does not see."""

    on: date
    todo: tuple[Planned, ...]
    held: tuple[Planned, ...]
    unseen: int


@dataclass(frozen=True, slots=True)
class Retained:
    """What was done: the records whose values were destroyed and those declassified, and the files destroyed."""

    destroyed: tuple[Record, ...]
    declassified: tuple[Record, ...]
    attachments: tuple[str, ...]


def plan(workspace: Workspace, actor: Actor) -> Plan:
    """Return what the mission's rules on keeping ask for today, among the records that the actor sees.

    Raises:
        Forbidden: the role does not redact.
    """
    may(actor, "redact", Words("let the dates of keeping act", "appliquer les dates de conservation"))
    today = workspace.sources.clock().date()
    todo: list[Planned] = []
    held: list[Planned] = []
    ruled = [
        kind for kind in workspace.mission.record_types.values()
        if not kind.abstract and (kind.retention or kind.declassification)
    ]  # fmt: skip
    unseen = 0
    for kind in ruled:
        for record in all_of(workspace, kind.key):
            found = list(_planned(workspace, record, kind, today))
            if not visible(workspace, actor, record):
                unseen += bool(found)
                continue
            for one in found:
                (held if one.due.obstacle else todo).append(one)
    return Plan(today, tuple(todo), tuple(held), unseen)


def retain(workspace: Workspace, actor: Actor, planned: Plan) -> Retained:
    """Do what a plan says, which a person has confirmed. Each record is done whole; where one fails, those before it stay done.

    Raises:
        Conflict: RET-001, more or less is due than was confirmed; REC-036, a record was changed meanwhile.
        Forbidden, Hidden: as for a redaction.
    """
    if _marks(plan(workspace, actor).todo) != _marks(planned.todo):
        raise Conflict.of(
            "RET-001",
            "What is due is no longer what was confirmed; nothing was done.",
            "Ce qui est échu n’est plus ce qui a été confirmé ; rien n’a été fait.",
            do_en="Look at it again with `remit retain`, then confirm it.",
            do_fr="Revoyez-le par `remit retain`, puis confirmez.",
        )
    destroyed: list[Record] = []
    declassified: list[Record] = []
    files: list[str] = []
    for one in planned.todo:
        # The reason stands in the journal for good: it names the rule, never what it reached.
        reason = f"{one.rule.en}; due on {one.due.on.isoformat()}"
        now = workspace.journal.get(one.record.id) or one.record
        if one.due.act == "destroy":
            done = redact(workspace, actor, now.id, one.fields, reason=reason, revision=now.revision)
            destroyed.append(done.record)
            files.extend(done.attachments)
        else:
            declassified.append(_declassify(workspace, actor, now, one.due.rule, reason))
    return Retained(tuple(destroyed), tuple(declassified), tuple(files))


def _declassify(workspace: Workspace, actor: Actor, record: Record, rule: KeepingRule, reason: str) -> Record:
    seen(workspace, actor, record.id, action="redact")
    still_last(record, record.revision)
    kind = workspace.mission.record_types[record.type]
    entry = change_entry(
        workspace, actor, "amended", record, kind, facts={"level": rule.to}, values={"_reason": reason}
    )
    with workspace.journal.transaction():
        workspace.journal.append([entry])
    return workspace.journal.get(record.id) or record


def _planned(workspace: Workspace, record: Record, kind: RecordType, today: date) -> Iterator[Planned]:
    for due in dues(record, kind, JournalLinks(workspace, record)):
        if due.on > today:
            continue
        fields: tuple[str, ...] = ()
        if due.act == "destroy":
            kept = held_values(workspace, record.id)
            fields = tuple(
                sorted(set(kept).intersection(due.rule.fields) if due.rule.fields else set(kept) - {"_reason"})
            )
            if not fields:
                continue
        yield Planned(record, due, fields, rule_words(kind, due))


def rule_words(kind: RecordType, due: Due) -> Words:
    """Return a rule in words: of which type and version, how long, from when."""
    rule = due.rule
    years, months = divmod(rule.months, 12)
    parts = [(years, "year", "an"), (months, "month", "mois"), (rule.days, "day", "jour")]
    en = " ".join(f"{n} {unit}{'s' if n > 1 else ''}" for n, unit, _ in parts if n)
    fr = " ".join(f"{n} {unit}{'s' if n > 1 and unit != 'mois' else ''}" for n, _, unit in parts if n)
    of = _OF[rule.of]
    what = _ACTS[due.act]
    return Words(
        f"{what.en} {en} after it was {of.en} ({kind.key}@{kind.version})",
        f"{what.fr} {fr} après {of.fr} ({kind.key}@{kind.version})",
    )


_OF = {
    "recorded": Words("recorded", "l’enregistrement"),
    "occurred": Words("said to have occurred", "la date des faits"),
    "reported": Words("reported", "le signalement"),
    "changed": Words("last changed", "la dernière modification"),
    "closed": Words("closed", "la clôture"),
}
_ACTS = {
    "destroy": Words("Values are destroyed", "Les valeurs sont détruites"),
    "declassify": Words("Declassified", "Déclassifiée"),
}


def _marks(planned: Sequence[Planned]) -> list[tuple[str, str, int, tuple[str, ...]]]:
    return [(one.record.id, one.due.act, one.record.revision, one.fields) for one in planned]
