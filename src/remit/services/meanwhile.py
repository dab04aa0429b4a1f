"""What others did to a record while somebody filled a form about it: shown to him, and nothing of his or theirs lost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from remit.kernel.errors import BadInput
from remit.kernel.wording import Words
from remit.records.actors import Actor
from remit.records.fold import fold
from remit.records.record import Record
from remit.records.types import RecordType
from remit.services.form_page import initial, raw_values
from remit.services.looking import see
from remit.services.record_page import HistoryLine, history
from remit.services.recording import checked_changes
from remit.services.showing import shown
from remit.services.veiling import veiled
from remit.services.workspace import Workspace

Inputs = Mapping[str, str | Sequence[str]]
"""What a form's inputs hold, by input name."""


@dataclass(frozen=True, slots=True)
class ChangedField:
    """A field that both changed: what it was when the form was opened, what it is now, and what was typed, in words."""

    key: str
    label: Words
    was: str
    now: str
    yours: str


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """What happened since a revision.

    Attributes:
        revision: the present one.
        lines: the entries made since, in words.
        both: the fields that others changed and the form changes too, to something else.
        theirs: the fields that only others changed, by label.
        taken: the inputs of those, as they stand now: the form goes on with them.
    """

    revision: int
    lines: tuple[HistoryLine, ...]
    both: tuple[ChangedField, ...] = ()
    theirs: tuple[Words, ...] = ()
    taken: Mapping[str, dict[str, Any]] = field(default_factory=dict)


def meanwhile(
    workspace: Workspace,
    actor: Actor,
    identifier: str,
    revision: int,
    given: Inputs,
    keys: Iterable[str],
    language: str,
) -> Meanwhile:
    """Hold a form that was opened at a revision against the record as it stands.

    Args:
        workspace: where.
        actor: who filled the form; he is shown only what he may see.
        identifier: the record's id.
        revision: the one that he had before him.
        given: what the form's inputs hold.
        keys: the fields that the form asks for.
        language: of what is shown.

    Raises:
        Hidden: the record is not there for this actor.
    """
    seen = see(workspace, actor, identifier)
    known = frozenset(seen.record.entries[:revision])
    since = frozenset(seen.record.entries[revision:])
    visible = {other.id: other for _, other in seen.linked}
    lines = tuple(one for one in history(workspace, seen, visible, language) if one.id in since)
    before = _as_opened(workspace, actor, identifier, known) or seen.record
    kind, both, theirs, taken = seen.type, [], [], {}
    was_inputs, now_inputs = initial(kind, before.values), initial(kind, seen.values)
    for key in keys:
        was, now, yours = (_of(key, inputs) for inputs in (was_inputs, now_inputs, given))
        if now in (was, yours):
            continue
        definition = kind.fields[key]
        if yours == was:
            theirs.append(definition.label)
            taken[key] = {name: value for name, value in now_inputs.items() if _belongs(name, key)}
            continue
        both.append(
            ChangedField(
                key,
                definition.label,
                shown(before.values.get(key), definition, language),
                shown(seen.values.get(key), definition, language),
                _typed(workspace, kind, key, given, language),
            )
        )
    return Meanwhile(seen.record.revision, lines, tuple(both), tuple(theirs), taken)


def _as_opened(workspace: Workspace, actor: Actor, identifier: str, known: frozenset[str]) -> Record | None:
    entries = [entry for entry in workspace.journal.entries(record=identifier) if entry.id in known]
    folded = fold(workspace.mission.record_types, entries)
    return veiled(workspace, actor, folded) if folded else None


def _belongs(name: str, key: str) -> bool:
    return name == key or name.startswith(f"{key}.")


def _of(key: str, inputs: Mapping[str, Any]) -> dict[str, str]:
    """Return what the inputs of one field hold, comparable: lines joined, ends of lines alike, empty ones left out."""
    found = {}
    for name, value in inputs.items():
        if _belongs(name, key):
            text = "\n".join(map(str, value)) if isinstance(value, list | tuple) else str(value or "")
            if text := "\n".join(text.split("\r\n")).strip():
                found[name] = text
    return found


def _typed(workspace: Workspace, kind: RecordType, key: str, given: Inputs, language: str) -> str:
    """Return what was typed in words; as it was typed, where it cannot be read as a value."""
    try:
        read = checked_changes(workspace, kind, raw_values(kind, given, [key]))
        return shown(read.get(key), kind.fields[key], language)
    except BadInput:
        return " ".join(_of(key, given).values())
