"""Record something that the mission knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from remit.kernel.errors import BadInput, Forbidden
from remit.kernel.issues import Issue, errors
from remit.kernel.nearest import did_you_mean
from remit.kernel.wording import Words
from remit.records.actors import Actor
from remit.records.entries import Entry
from remit.records.record import Record
from remit.records.sites import MAIN
from remit.records.types import ClassificationLevel, RecordType, stricter
from remit.records.values import read_changes, read_values
from remit.services.entering import FieldContext, entry_of, link_entries
from remit.services.placing import locator
from remit.services.sight import may, seen
from remit.services.workspace import Workspace


def record(
    workspace: Workspace,
    actor: Actor,
    type_key: str,
    raw: Mapping[str, Any],
    *,
    over: str = "",
    level: ClassificationLevel | None = None,
    compartment: str | None = None,
    caveats: Sequence[str] = (),
    originator: str = "",
    invented: bool = False,
    identifier: str = "",
) -> Record:
    """Record one thing, give it its number, and link a finding to the event that it stands over.

    ``raw`` holds field values as a form, a file or a program gave them; ``over`` is the id of the event for a type that
    stands over one; a ``level`` laxer than the type's own is not taken; ``identifier`` is made unless one is given.

    Raises:
        BadInput: unknown type, unknown or missing fields, values that cannot be read; all problems at once.
        Forbidden: the role may not record this type.
        Hidden: the event is not there for this actor.
    """
    kind = type_to_record(workspace, actor, type_key)
    values = checked_values(workspace, kind, raw)
    event = _event(workspace, actor, kind, over)
    facts = {
        "level": stricter(kind.level, level or kind.level),
        "compartment": kind.compartment if compartment is None else compartment or kind.compartment,
        "component": kind.component or actor.role.component,
        "caveats": sorted({*kind.caveats, *caveats}),
        "originator": originator,
        "invented": invented or workspace.mission.invented,
    }
    new = identifier or workspace.sources.identifier()
    with workspace.journal.transaction():
        entry = numbered(workspace, actor, kind, new, values, facts)
        workspace.journal.append([entry])
        if event is not None:
            workspace.journal.append(link_entries(workspace, actor, new, kind, "over", event))
    made = workspace.journal.get(new)
    assert made is not None  # noqa: S101 - it was appended in the transaction above
    return made


def type_to_record(workspace: Workspace, actor: Actor, type_key: str) -> RecordType:
    """Return the type asked for, where the actor may record it.

    Raises:
        BadInput: REC-001, no such type.
        Forbidden: ACC-021 or REC-051.
    """
    types = {k: t for k, t in workspace.mission.record_types.items() if not t.abstract}
    kind = types.get(type_key)
    if kind is None:
        remedy = did_you_mean(type_key, types)
        raise BadInput.of(
            "REC-001",
            f"There is no record type “{type_key}”.",
            f"Il n’y a pas de type de fiche « {type_key} ».",
            do_en=remedy.en,
            do_fr=remedy.fr,
        )
    may(actor, "record", Words(f"record “{kind.plural.en}”", f"enregistrer « {kind.plural.fr} »"))
    if kind.record_by and actor.role.key not in kind.record_by:
        who = [workspace.mission.roles[key].label for key in kind.record_by]
        raise Forbidden(
            Issue(
                "REC-051",
                Words(
                    f"The role {actor.role.label.en} does not record {kind.plural.en}.",
                    f"Le rôle {actor.role.label.fr} n’enregistre pas de fiches « {kind.plural.fr} ».",
                ),
                Words(
                    f"They are recorded by: {', '.join(w.en for w in who)}.",
                    f"Elles sont enregistrées par : {', '.join(w.fr for w in who)}.",
                ),
            )
        )
    return kind


def checked_values(workspace: Workspace, kind: RecordType, raw: Mapping[str, Any]) -> dict[str, Any]:
    """Read raw values by the type's fields.

    Raises:
        BadInput: with every problem of the values.
    """
    context = FieldContext(locator(workspace), workspace.sources.clock())
    values, issues = read_values(kind, raw, context)
    if found := errors(issues):
        raise BadInput(found)
    return dict(values)


def checked_changes(workspace: Workspace, kind: RecordType, raw: Mapping[str, Any]) -> dict[str, Any]:
    """Read the fields that an amendment or a move changes; an empty one is cleared (``None``).

    Raises:
        BadInput: with every problem of the values.
    """
    context = FieldContext(locator(workspace), workspace.sources.clock())
    values, issues = read_changes(kind, raw, context)
    if found := errors(issues):
        raise BadInput(found)
    return values


def numbered(
    workspace: Workspace, actor: Actor, kind: RecordType, new: str, values: Mapping[str, Any], facts: Mapping[str, Any]
) -> Entry:
    """Return the entry that records, with its readable number: prefix, code, site, year of the entry, running number.

    The mission's own workspace bears no site; two sites that record apart then never give one number twice.
    """
    prefix = str(workspace.mission.settings.get("number_prefix") or workspace.mission.key.upper())
    site = "" if workspace.site == MAIN else f"{workspace.site.upper()}-"
    series = f"{prefix}-{kind.code}-{site}{workspace.sources.clock().year}"
    number = f"{series}-{workspace.journal.next_number(series):04d}"
    return entry_of(workspace, actor, "recorded", new, kind, facts={**facts, "number": number}, values=values)


def _event(workspace: Workspace, actor: Actor, kind: RecordType, over: str) -> Record | None:
    if kind.over and not over:
        event = workspace.mission.record_types[kind.over].label
        raise BadInput.of(
            "REC-052",
            f"“{kind.label.en}” stands over “{event.en}”, and none was named.",
            f"« {kind.label.fr} » porte sur « {event.fr} », et aucun n’a été indiqué.",
            do_en=f"Open the record “{event.en}” and record it from there, or record that first.",
            do_fr=f"Ouvrez la fiche « {event.fr} » et enregistrez depuis elle, ou enregistrez-la d’abord.",
        )
    if not over:
        return None
    event_record = seen(workspace, actor, over)
    if kind.over and event_record.type != kind.over:
        raise BadInput.of(
            "REC-053",
            f"{event_record.number} is a {event_record.type}, not a {kind.over}.",
            f"{event_record.number} est de type {event_record.type}, non {kind.over}.",
            do_en="Name a record of the right type.",
            do_fr="Indiquez une fiche du bon type.",
        )
    return event_record
