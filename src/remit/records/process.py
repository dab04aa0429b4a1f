"""The guarded moves of a record: who may make them, what they require, and all that is missing, said at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from remit.kernel.errors import BadInput, Conflict, Forbidden, Refused
from remit.kernel.evaluation import Links
from remit.kernel.issues import Issue, Where
from remit.kernel.nearest import did_you_mean
from remit.kernel.wording import Words, same
from remit.records.actors import Actor, Role
from remit.records.record import Record
from remit.records.requirements import unmet_but_for
from remit.records.types import Move, Process, RecordType


@dataclass(frozen=True, slots=True)
class MoveOption:
    """A move out of the present state: allowed, or with all the reasons why not.

    A missing reason is not among them: the person gives it while moving.
    """

    move: Move
    allowed: bool
    issues: tuple[Issue, ...] = field(default=())


def options(
    record: Record,
    type_: RecordType,
    actor: Actor,
    links: Links,
    roles: Mapping[str, Role] | None = None,
) -> tuple[MoveOption, ...]:
    """Return the moves out of the record's state, in declared order; none for a withdrawn record.

    Requirements on fields that the move itself sets are left to :func:`require`: they can be met while moving.

    Args:
        record: the record as it stands.
        type_: its type.
        actor: who would move it.
        links: the records linked to it, all of them: a guard does not vary by reader.
        roles: the mission's roles, for their labels in messages.
    """
    if type_.process is None or record.withdrawn:
        return ()
    found = []
    for move in type_.process.moves.values():
        if record.state in move.from_:
            issues = (
                *_role(move, actor, roles),
                *_second_person(record, move, actor, roles),
                *_requirements(record, type_, move, links, {}, open_fields=frozenset(move.sets)),
            )
            found.append(MoveOption(move, not issues, issues))
    return tuple(found)


def require(
    record: Record,
    type_: RecordType,
    move_key: str,
    actor: Actor,
    links: Links,
    roles: Mapping[str, Role] | None = None,
    *,
    values: Mapping[str, Any] | None = None,
    reason: str = "",
    revision: int | None = None,
) -> Move:
    """Return the move, where the actor may make it now.

    Args:
        record: the record as it stands.
        type_: its type.
        move_key: the move wanted.
        actor: who would make it.
        links: the records linked to it.
        roles: the mission's roles, for their labels in messages.
        values: the fields that the person fills while moving; requirements are held against them too.
        reason: why, in the person's words.
        revision: the revision that the person had before him, where it is known.

    Raises:
        BadInput: REC-038, the type has no such move.
        Conflict: REC-036, the record changed since.
        Forbidden: REC-031 first: the role may not.
        Refused: REC-034 not from this state, REC-032 a second person is needed, REC-033 a requirement is not met,
            REC-035 no reason given, REC-037 the record is withdrawn. All that hinders is said at once.
    """
    move = _known(type_, move_key)
    if revision is not None and revision != record.revision:
        raise Conflict(stale(record, revision))
    hindrances = (
        *_role(move, actor, roles),
        *_withdrawn(record, move),
        *_state(record, type_, move),
        *_second_person(record, move, actor, roles),
        *_requirements(record, type_, move, links, values or {}),
        *_reason(move, reason),
    )
    if not hindrances:
        return move
    raise (Forbidden if hindrances[0].code == "REC-031" else Refused)(hindrances)


def stale(record: Record, revision: int) -> Issue:
    """Return the issue of a change made on a revision that is no longer the last: REC-036."""
    return Issue(
        "REC-036",
        Words(
            f"The record was changed since you read it (you have revision {revision}, it stands at {record.revision}).",
            f"La fiche a été modifiée depuis votre lecture (vous avez la version {revision}, elle en est à {record.revision}).",
        ),
        Words(
            "Read it again and make your change on what stands now.",
            "Relisez-la et portez votre modification sur ce qui y figure à présent.",
        ),
    )


def barred_persons(record: Record, move: Move) -> dict[str, Words]:
    """Return who is not a second person for a move, and why: whoever wrote the record or brought it to this decision."""
    barred = {record.recorded_by.person: Words("recorded it", "avez enregistré la fiche")}
    for person in record.amended_by:
        barred.setdefault(person, Words("amended it", "avez modifié la fiche"))
    for made in record.moves:
        if made.to in move.from_ or made is record.moves[-1]:
            words = Words(f"made the move “{made.move}”", f"avez effectué le passage « {made.move} »")
            barred.setdefault(made.by.person, words)
    return barred


def _known(type_: RecordType, move_key: str) -> Move:
    moves = type_.process.moves if type_.process else {}
    if move_key in moves:
        return moves[move_key]
    remedy = did_you_mean(move_key, moves)
    raise BadInput.of(
        "REC-038",
        f"{type_.label.en} has no move “{move_key}”.",
        f"« {type_.label.fr} » n’a pas de passage « {move_key} ».",
        do_en=remedy.en,
        do_fr=remedy.fr,
    )


def _role(move: Move, actor: Actor, roles: Mapping[str, Role] | None) -> tuple[Issue, ...]:
    if actor.role.key in move.by and "move" in actor.role.may:
        return ()
    who = _who(move, roles)
    label = actor.role.label
    return (
        Issue(
            "REC-031",
            Words(
                f"The role {label.en} may not make the move “{move.label.en}”.",
                f"Le rôle {label.fr} ne permet pas le passage « {move.label.fr} ».",
            ),
            Words(f"It is made by: {who.en}.", f"Il revient à : {who.fr}."),
            Where(path=f"process.moves.{move.key}"),
        ),
    )


def _withdrawn(record: Record, move: Move) -> tuple[Issue, ...]:
    if not record.withdrawn:
        return ()
    message = Words(
        f"The record is withdrawn; it cannot make the move “{move.label.en}”.",
        f"La fiche est retirée ; le passage « {move.label.fr} » n’est plus possible.",
    )
    return (Issue("REC-037", message, Words("Record the matter anew.", "Enregistrez de nouveau l’affaire.")),)


def _state(record: Record, type_: RecordType, move: Move) -> tuple[Issue, ...]:
    if record.state in move.from_:
        return ()
    here, wanted = _state_label(type_.process, record.state), [_state_label(type_.process, key) for key in move.from_]
    return (
        Issue(
            "REC-034",
            Words(
                f"The record is “{here.en}”; “{move.label.en}” starts from: {', '.join(one.en for one in wanted)}.",
                f"La fiche est « {here.fr} » ; « {move.label.fr} » part de : {', '.join(one.fr for one in wanted)}.",
            ),
            Words("Make the moves before it first.", "Effectuez d’abord les passages qui précèdent."),
            Where(path=f"process.moves.{move.key}"),
        ),
    )


def _second_person(record: Record, move: Move, actor: Actor, roles: Mapping[str, Role] | None) -> tuple[Issue, ...]:
    why = barred_persons(record, move).get(actor.person) if move.second_person else None
    if why is None:
        return ()
    who = _who(move, roles)
    return (
        Issue(
            "REC-032",
            Words(
                f"You {why.en}; “{move.label.en}” needs a second person.",
                f"Vous {why.fr} ; « {move.label.fr} » demande une seconde personne.",
            ),
            Words(f"Ask somebody else among: {who.en}.", f"Demandez à quelqu’un d’autre parmi : {who.fr}."),
            Where(path=f"process.moves.{move.key}"),
        ),
    )


def _requirements(
    record: Record,
    type_: RecordType,
    move: Move,
    links: Links,
    values: Mapping[str, Any],
    *,
    open_fields: frozenset[str] = frozenset(),
) -> tuple[Issue, ...]:
    facts = {**record.values, **values, **record.envelope()}
    missing = unmet_but_for(move.requires, facts, links, type_.fields, open_fields)
    where = Where(path=f"process.moves.{move.key}.requires")
    remedy = move.requires_words
    return tuple(
        Issue(
            "REC-033",
            Words(
                f"“{move.label.en}” requires that {part.en}.",
                f"« {move.label.fr} » exige ce qui suit : {part.fr}.",
            ),
            remedy,
            where,
        )
        for part in missing
    )


def _reason(move: Move, reason: str) -> tuple[Issue, ...]:
    if not move.reason or reason.strip():
        return ()
    message = Words(f"“{move.label.en}” needs its reason.", f"« {move.label.fr} » demande son motif.")
    return (Issue("REC-035", message, Words("Say in a few words why.", "Dites en quelques mots pourquoi.")),)


def _who(move: Move, roles: Mapping[str, Role] | None) -> Words:
    labels = [roles[key].label if roles and key in roles else same(key) for key in move.by]
    return Words(", ".join(label.en for label in labels), ", ".join(label.fr for label in labels))


def _state_label(process: Process | None, key: str) -> Words:
    return process.states[key].label if process and key in process.states else same(key)
