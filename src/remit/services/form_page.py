"""Forms of a record type: which inputs they have, what they show at first, and what they give back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from remit.kernel.errors import BadInput, Hidden
from remit.kernel.wording import Words
from remit.records.actors import Actor
from remit.records.field_kind import Input
from remit.records.fields import field_kinds
from remit.records.process import MoveOption
from remit.records.record import Record
from remit.records.types import LEVELS, ClassificationLevel, FieldDefinition, RecordType
from remit.records.values import from_form, to_form
from remit.services.looking import find, see
from remit.services.recording import type_to_record
from remit.services.showing import Line, line
from remit.services.workspace import Workspace

FILLABLE = ("REC-033", "REC-035")
"""What hinders a move, but may be put right in its own form: a requirement over fields that it sets, a reason."""


@dataclass(frozen=True, slots=True)
class FormField:
    """One field of a form and its inputs. Sensitive fields say so."""

    definition: FieldDefinition
    inputs: tuple[Input, ...]


@dataclass(frozen=True, slots=True)
class FormSpec:
    """A form: its fields, what they show at first (by input name), the levels that may be chosen, and the event it is over."""

    kind: RecordType
    fields: tuple[FormField, ...]
    initial: Mapping[str, Any]
    levels: tuple[ClassificationLevel, ...]
    event: Line | None = None
    events: tuple[Line, ...] = ()
    record: Record | None = None
    move: MoveOption | None = None

    @property
    def move_to(self) -> Words | None:
        """The words of the state that the move leads to."""
        if self.move is None or self.kind.process is None:
            return None
        return self.kind.process.states[self.move.move.to].label


def new_form(workspace: Workspace, actor: Actor, type_key: str, over: str, language: str) -> FormSpec:
    """Return the form that records one of a type.

    Raises:
        Hidden: there is no such type, or the event named is not there for this actor.
        Forbidden: the role does not record it.
    """
    known = workspace.mission.record_types.get(type_key)
    if known is None or known.abstract or known.system:
        raise Hidden(_no_form(type_key).issues)
    kind = type_to_record(workspace, actor, type_key)
    event = line(workspace, see(workspace, actor, over).record, language) if over else None
    choices: tuple[Line, ...] = ()
    if kind.over and event is None:
        found = find(workspace, actor, types=[kind.over], order="-occurred", limit=100).records
        choices = tuple(line(workspace, record, language) for record in found)
    levels = LEVELS[LEVELS.index(kind.level) : LEVELS.index(actor.role.clearance) + 1] or (kind.level,)
    return FormSpec(kind, _fields(kind, list(kind.fields)), initial(kind, {}), levels, event, choices)


def edit_form(workspace: Workspace, actor: Actor, reference: str) -> FormSpec:
    """Return the form that amends a record: only the fields that the actor may see.

    Raises:
        Hidden: no such record for this actor.
        BadInput: REC-038, it may be seen but not amended.
    """
    seen = see(workspace, actor, reference)
    if not seen.editable:
        raise _not_editable(seen.record)
    keys = [key for key in seen.type.fields if key not in seen.hidden]
    return FormSpec(seen.type, _fields(seen.type, keys), initial(seen.type, seen.values), (), record=seen.record)


def move_form(workspace: Workspace, actor: Actor, reference: str, move_key: str) -> FormSpec:
    """Return the form of a move: the fields that it sets.

    Raises:
        Hidden: no such record for this actor, or no such move out of its state.
    """
    seen = see(workspace, actor, reference)
    option = next((one for one in seen.moves if one.move.key == move_key), None)
    if option is None:
        raise Hidden(_no_form(move_key).issues)
    keys = [key for key in option.move.sets if key in seen.type.fields and key not in seen.hidden]
    return FormSpec(
        seen.type, _fields(seen.type, keys), initial(seen.type, seen.values), (), record=seen.record, move=option
    )


def fillable(option: MoveOption) -> bool:
    """Return whether a move may be tried: it is allowed, or all it lacks can be given in its own form."""
    if option.allowed:
        return True
    own = bool(option.move.sets) or option.move.reason
    return own and all(issue.code in FILLABLE for issue in option.issues)


def initial(kind: RecordType, values: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what the inputs of a type show for values, by input name."""
    return to_form(kind.fields, values)


def raw_values(
    kind: RecordType, given: Mapping[str, str | Sequence[str]], keys: Sequence[str] | None = None
) -> dict[str, Any]:
    """Return the raw values that a form's inputs make; with ``keys`` those fields only, emptied ones as ``None``."""
    raw = from_form(kind.fields, given)
    return raw if keys is None else {key: raw.get(key) for key in keys}


def _fields(kind: RecordType, keys: Sequence[str]) -> tuple[FormField, ...]:
    return tuple(
        FormField(kind.fields[key], field_kinds()[kind.fields[key].kind].inputs(kind.fields[key])) for key in keys
    )


def _no_form(key: str) -> BadInput:
    return BadInput.of("REC-404", f"There is no form “{key}”.", f"Il n’y a pas de formulaire « {key} ».")


def _not_editable(record: Record) -> BadInput:
    words = Words(
        f"{record.number} cannot be amended in this role.", f"{record.number} ne peut pas être modifiée dans ce rôle."
    )
    return BadInput.of("REC-038", words.en, words.fr)
