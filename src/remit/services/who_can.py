"""Who can do what with a record, role by role, each with the reason: the one decision, explained."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from remit.kernel.errors import BadInput
from remit.kernel.nearest import did_you_mean
from remit.kernel.wording import Words
from remit.records.access import ACTION_WORDS, Decision, decide
from remit.records.actors import ACTIONS, Action, Actor, Role
from remit.records.process import options
from remit.records.record import Record
from remit.records.types import RecordType
from remit.services.record_page import identifier_of
from remit.services.sight import JournalLinks, seen, type_of
from remit.services.workspace import Workspace

ASKED: tuple[Action, ...] = ("see", "amend", "link", "withdraw", "redact")
"""Actions on a record that stands; moves are asked for by their own keys."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What holds for one role: allowed or not, why, and who holds the role."""

    role: Role
    allowed: bool
    code: str
    reasons: tuple[Words, ...]
    holders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """A decision on one record and action, for every role of the mission; those who can stand first."""

    record: Record
    action: str
    words: Words
    answers: tuple[Answer, ...]
    actions: tuple[tuple[str, Words], ...]
    """What may be asked of this record: actions, then the moves out of its state."""


def who_can(workspace: Workspace, actor: Actor, reference: str, action: str) -> Explained:
    """Explain who can do something with a record that the asker sees.

    Args:
        workspace: where.
        actor: who asks; nothing is told of a record that he may not see.
        reference: the record's number or id.
        action: see, amend, link, withdraw, redact, or the key of a move out of its state.

    Raises:
        Hidden: there is no such record for the asker.
        BadInput: WHO-001, no such action or move.
    """
    record = seen(workspace, actor, identifier_of(workspace, actor, reference))
    kind = type_of(workspace, record)
    known = dict(_known(kind, record))
    if action not in known:
        remedy = did_you_mean(action, known)
        raise BadInput.of(
            "WHO-001",
            f"“{action}” is nothing that can be done with {record.number} now.",
            f"« {action} » n’est rien que l’on puisse faire à présent avec {record.number}.",
            do_en=remedy.en,
            do_fr=remedy.fr,
        )
    answers = sorted(_answers(workspace, record, kind, action), key=lambda one: not one.allowed)
    return Explained(record, action, known[action], tuple(answers), tuple(known.items()))


def _known(kind: RecordType, record: Record) -> Iterator[tuple[str, Words]]:
    for action in ASKED:
        yield action, ACTION_WORDS[action]
    if kind.process is not None and not record.withdrawn:
        for move in kind.process.moves.values():
            if record.state in move.from_ and move.key not in ACTIONS:
                yield move.key, move.label


def _answers(workspace: Workspace, record: Record, kind: RecordType, action: str) -> Iterator[Answer]:
    people = workspace.accounts.people()
    for role in workspace.mission.roles.values():
        holders = tuple(str(one["name"]) for one in people if role.key in one["roles"])
        found = _decided(workspace, record, kind, role, action)
        yield Answer(role, found[0].allowed, found[0].code, tuple(one.reason for one in found), holders)


def _decided(workspace: Workspace, record: Record, kind: RecordType, role: Role, action: str) -> Sequence[Decision]:
    """Return the decision for somebody in a role who has had no part in the record yet; of a move, all that hinders it."""
    asker = Actor("", role)
    basic: Action = "see"
    for known in ASKED:
        if known == action:
            basic = known
    if action in ASKED:
        return [decide(asker, basic, record.envelope(), kind)]
    decision = decide(asker, "move", record.envelope(), kind)
    if not decision.allowed:
        return [decision]
    for option in options(record, kind, asker, JournalLinks(workspace, record), workspace.mission.roles):
        if option.move.key == action and not option.allowed:
            return [Decision(False, issue.code, issue.message) for issue in option.issues]
    return [decision]
