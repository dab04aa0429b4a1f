"""What the sanctions page shows: the dates of the list, who waits for a decision, and what was passed on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from remit.kernel.errors import BadInput
from remit.records.actors import Actor
from remit.records.record import Record
from remit.records.types import Option, RecordType
from remit.services.looking import find
from remit.services.recording import type_to_record
from remit.services.screening import OPEN, TRANSFER, TYPE, Passing, ledger, lists
from remit.services.showing import Line, line
from remit.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class SanctionsPage:
    """The page: lists kept (the latest first), purposes to choose from, screenings that wait, the last ones, and the ledger."""

    lists: tuple[Record, ...]
    purposes: tuple[Option, ...]
    waiting: tuple[Line, ...]
    recent: tuple[Line, ...]
    ledger: tuple[tuple[Line, Passing], ...]


def may_screen(workspace: Workspace, actor: Actor) -> bool:
    """Return whether the mission screens and this role does it."""
    kind = workspace.mission.record_types.get(TYPE)
    return kind is not None and not kind.abstract and "record" in actor.role.may and actor.role.key in kind.record_by


def sanctions_page(workspace: Workspace, actor: Actor, language: str) -> SanctionsPage:
    """Return the page.

    Raises:
        Forbidden: the role does not screen.
        BadInput: REC-001, the mission screens nobody.
    """
    kind: RecordType = type_to_record(workspace, actor, TYPE)
    found = find(workspace, actor, types=[TYPE], order="-recorded_at", limit=None).records
    waiting = [line(workspace, one, language) for one in found if one.state in OPEN and not one.withdrawn]
    recent = [line(workspace, one, language) for one in found if one.state not in OPEN][:10]
    return SanctionsPage(
        tuple(reversed(lists(workspace))),
        kind.fields["purpose"].options,
        tuple(waiting),
        tuple(recent),
        _passed(workspace, actor, language),
    )


def _passed(workspace: Workspace, actor: Actor, language: str) -> tuple[tuple[Line, Passing], ...]:
    if TRANSFER not in workspace.mission.record_types:
        return ()
    try:
        entries: Sequence[Passing] = ledger(workspace, actor)
    except BadInput:
        return ()
    return tuple((line(workspace, one.record, language), one) for one in entries)
