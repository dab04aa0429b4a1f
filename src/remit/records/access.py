"""Who may do what with which record: decided here and nowhere else.

Two forms of one rule: :func:`decide` for one record, with the reason in words; :func:`permitted` for whole sets, as a
condition that stores evaluate. A property test holds them equal (``tests/properties/test_access.py``).

The rule (ST/SGB/2007/6; the mission's policy):

1. The role's ``may`` names the action.
2. Inside the mission: the record's level is not above the role's clearance (a strictly confidential record so takes a
   clearance for it), and its compartment, if it has one, is held by the role. A clearance does not open a compartment.
3. Outside the mission (the role has an audience): only see; only unclassified records without compartment, not withdrawn,
   of a type whose release rule names the audience. A caveat closes a record to every outsider, ``originator-control`` to
   all without exception; ``releasable-to:<audience>`` opens it to that audience alone.
4. To amend or withdraw takes, besides, that the role records this type, that the record is of its own component, or that
   the person recorded it. To record takes that the type may be recorded by the role.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from remit.kernel.conditions import NEVER, All, AnyOf, Compare, Condition, Exists, Not
from remit.kernel.wording import Words
from remit.records.actors import Action, Actor, Role
from remit.records.record import Record
from remit.records.released import released_values
from remit.records.types import LEVELS, FieldDefinition, RecordType

ORIGINATOR_CONTROL = "originator-control"
RELEASABLE_TO = "releasable-to:"
_OWN_ONLY: tuple[Action, ...] = ("amend", "withdraw")

LEVEL_WORDS = {
    "unclassified": Words("unclassified", "non classifié"),
    "confidential": Words("confidential", "confidentiel"),
    "strictly-confidential": Words("strictly confidential", "strictement confidentiel"),
}
ACTION_WORDS: Mapping[str, Words] = {
    "see": Words("see records", "voir les fiches"),
    "record": Words("record", "enregistrer"),
    "amend": Words("amend", "modifier"),
    "move": Words("move cases", "faire avancer les dossiers"),
    "link": Words("link records", "lier des fiches"),
    "withdraw": Words("withdraw records", "retirer des fiches"),
    "redact": Words("redact", "expurger"),
    "figure": Words("see figures", "voir les chiffres"),
    "freeze": Words("freeze figures", "figer des chiffres"),
    "report": Words("draft products", "rédiger des produits"),
    "release": Words("release", "communiquer à l’extérieur"),
    "administer": Words("administer", "administrer"),
    "audit": Words("look at who saw what", "consulter qui a vu quoi"),
}


@dataclass(frozen=True, slots=True)
class Decision:
    """Allowed or not, with a stable code and the reason in words."""

    allowed: bool
    code: str
    reason: Words


def decide(actor: Actor, action: Action, envelope: Mapping[str, Any], type_: RecordType | None) -> Decision:
    """Decide on one action of an actor on one record.

    Args:
        actor: who asks, in which role.
        action: what is asked.
        envelope: ``Record.envelope()``. For ``record`` nothing of it is read, since there is no record yet.
        type_: the record's type; ``None`` where it is not declared any more: nobody outside then sees it.

    Returns:
        Codes: ACC-010 allowed · ACC-011 action not the role's · ACC-012 level · ACC-013 compartment · ACC-014 not
        released to the audience · ACC-015 caveat · ACC-016 withdrawn · ACC-017 type recorded by others · ACC-018 record
        of another component.
    """
    role = actor.role
    if action not in role.may or (role.audience and action not in ("see", "figure")):
        what = ACTION_WORDS[action]
        return _no(
            "ACC-011",
            f"The role {role.label.en} may not {what.en}.",
            f"Le rôle {role.label.fr} ne permet pas de {what.fr}.",
        )
    if action == "record":
        return _recording(role, type_)
    refusal = _outside(role, envelope, type_) if role.audience else _inside(role, envelope)
    if refusal is None and action in _OWN_ONLY and not _own(actor, envelope, type_):
        refusal = _no(
            "ACC-018",
            f"The record belongs to another component, and the role {role.label.en} does not record this type.",
            f"La fiche relève d’une autre composante, et le rôle {role.label.fr} n’enregistre pas ce type.",
        )
    if refusal is not None:
        return refusal
    return Decision(True, "ACC-010", Words(f"The role {role.label.en} may.", f"Le rôle {role.label.fr} le permet."))


def permitted(actor: Actor, types: Mapping[str, RecordType], action: Action = "see") -> Condition:
    """Return the condition that selects exactly the records on which :func:`decide` allows the action.

    Args:
        actor: who asks, in which role.
        types: all record types of the mission, by key.
        action: what is asked.

    Raises:
        ValueError: the action is ``record``, which is not done on records that stand.
    """
    if action == "record":
        raise ValueError("recording is decided for a type, not for records that stand")
    role = actor.role
    if action not in role.may or (role.audience and action not in ("see", "figure")):
        return NEVER
    parts: list[Condition] = _outside_set(role, types) if role.audience else _inside_set(role)
    if action in _OWN_ONLY:
        recorded = tuple(key for key, type_ in types.items() if role.key in type_.record_by)
        own: list[Condition] = [Compare("recorded_by", "equals", actor.person)]
        if role.component:
            # A record without a component compares as unknown; the set form answers yes or no, as the decision does.
            own.append(All((Exists("component", True), Compare("component", "equals", role.component))))
        parts.append(AnyOf((Compare("type", "in", recorded), *own)))
    return All(tuple(parts))


def visible_values(actor: Actor, record: Record, type_: RecordType) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return the values that an actor sees of a record that he may see, and the names of the fields withheld.

    Sensitive fields are seen in the record's own component and by those who hold its compartment. A sensitive field
    inside a group is named ``group.field``. A reader outside sees what is released; what else is filled is not told.
    """
    if actor.role.audience:
        return dict(released_values(record, type_, actor.role.audience)), ()
    if _sees_sensitive(actor.role, record):
        return dict(record.values), ()
    return _without_sensitive(record.values, type_.fields)


def unveiled(actor: Actor) -> Condition:
    """Return the condition that selects the records whose sensitive fields an actor inside the mission sees."""
    parts: list[Condition] = []
    if actor.role.component:
        parts.append(All((Exists("component", True), Compare("component", "equals", actor.role.component))))
    if actor.role.compartments:
        parts.append(All((Exists("compartment", True), Compare("compartment", "in", actor.role.compartments))))
    return AnyOf(tuple(parts)) if parts and not actor.role.audience else NEVER


def _recording(role: Role, type_: RecordType | None) -> Decision:
    if type_ is not None and role.key in type_.record_by:
        return Decision(True, "ACC-010", Words(f"The role {role.label.en} may.", f"Le rôle {role.label.fr} le permet."))
    name = type_.plural if type_ else Words("records of this type", "fiches de ce type")
    return _no(
        "ACC-017",
        f"The role {role.label.en} does not record: {name.en}.",
        f"Le rôle {role.label.fr} n’enregistre pas : {name.fr}.",
    )


def _inside(role: Role, envelope: Mapping[str, Any]) -> Decision | None:
    level, compartment = envelope["level"], envelope["compartment"]
    if level not in LEVELS[: LEVELS.index(role.clearance) + 1]:
        shown, cleared = LEVEL_WORDS.get(level, Words(str(level), str(level))), LEVEL_WORDS[role.clearance]
        return _no(
            "ACC-012",
            f"The record is {shown.en}; the role {role.label.en} is cleared up to {cleared.en}.",
            f"La fiche est « {shown.fr} » ; le rôle {role.label.fr} est habilité jusqu’à « {cleared.fr} ».",
        )
    if compartment and compartment not in role.compartments:
        return _no(
            "ACC-013",
            f"The record stands in the compartment {compartment}, which the role {role.label.en} does not hold.",
            f"La fiche relève du compartiment {compartment}, que le rôle {role.label.fr} ne détient pas.",
        )
    return None


def _inside_set(role: Role) -> list[Condition]:
    open_to_all = Exists("compartment", False)
    return [
        Compare("level", "in", LEVELS[: LEVELS.index(role.clearance) + 1]),
        AnyOf((open_to_all, Compare("compartment", "in", role.compartments))) if role.compartments else open_to_all,
    ]


def _outside(role: Role, envelope: Mapping[str, Any], type_: RecordType | None) -> Decision | None:
    if envelope["level"] != "unclassified":
        return _no("ACC-012", "The record is classified.", "La fiche est classifiée.")
    if envelope["compartment"]:
        return _no("ACC-013", "The record stands in a compartment.", "La fiche relève d’un compartiment.")
    if envelope["withdrawn"]:
        return _no("ACC-016", "The record is withdrawn.", "La fiche est retirée.")
    if type_ is None or not _released_to(type_, role.audience):
        return _no(
            "ACC-014",
            f"Records of this type are not released to {role.label.en}.",
            f"Les fiches de ce type ne sont pas communiquées à {role.label.fr}.",
        )
    caveats = envelope["caveats"]
    if ORIGINATOR_CONTROL in caveats:
        return _no(
            "ACC-015",
            "Its originator keeps control of it: it is not passed on without consent.",
            "Son auteur en garde la maîtrise : elle n’est pas transmise sans son accord.",
        )
    if caveats and f"{RELEASABLE_TO}{role.audience}" not in caveats:
        return _no("ACC-015", "A caveat closes the record.", "Une mention restrictive ferme la fiche.")
    return None


def _outside_set(role: Role, types: Mapping[str, RecordType]) -> list[Condition]:
    named = Compare("caveats", "contains", f"{RELEASABLE_TO}{role.audience}")
    return [
        Compare("level", "equals", "unclassified"),
        Exists("compartment", False),
        Compare("withdrawn", "equals", False),
        Compare("type", "in", tuple(key for key, type_ in types.items() if _released_to(type_, role.audience))),
        Not(Compare("caveats", "contains", ORIGINATOR_CONTROL)),
        AnyOf((Exists("caveats", False), named)),
    ]


def _released_to(type_: RecordType, audience: str) -> bool:
    return type_.release is not None and audience in type_.release.audiences


def _own(actor: Actor, envelope: Mapping[str, Any], type_: RecordType | None) -> bool:
    return (
        (type_ is not None and actor.role.key in type_.record_by)
        or (bool(actor.role.component) and envelope["component"] == actor.role.component)
        or envelope["recorded_by"] == actor.person
    )


def _sees_sensitive(role: Role, record: Record) -> bool:
    own = bool(role.component) and record.component == role.component
    return own or (bool(record.compartment) and record.compartment in role.compartments)


def _without_sensitive(
    values: Mapping[str, Any], fields: Mapping[str, FieldDefinition]
) -> tuple[dict[str, Any], tuple[str, ...]]:
    shown: dict[str, Any] = {}
    hidden: set[str] = set()
    for key, value in values.items():
        definition = fields.get(key)
        if definition is None or definition.sensitive:
            hidden.add(key)  # a field that is not declared any more may have been sensitive
        elif definition.fields:
            shown[key], inner = _group(value, definition)
            hidden.update(f"{key}.{name}" for name in inner)
        else:
            shown[key] = value
    return shown, tuple(sorted(hidden))


def _group(value: Any, definition: FieldDefinition) -> tuple[Any, set[str]]:
    if isinstance(value, Mapping):
        row, hidden = _without_sensitive(value, definition.fields)
        return row, set(hidden)
    parts = [_without_sensitive(row, definition.fields) for row in value]
    return [row for row, _ in parts], {name for _, names in parts for name in names}


def _no(code: str, en: str, fr: str) -> Decision:
    return Decision(False, code, Words(en, fr))
