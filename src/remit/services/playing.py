"""Play steps through services: worked examples of a mission folder, and its demonstration."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import Any

from remit.kernel.errors import BadInput, RemitError
from remit.missions.mission import Mission
from remit.records.actors import Actor
from remit.services.amending import amend
from remit.services.linking import link
from remit.services.moving import move
from remit.services.recording import record
from remit.services.withdrawing import withdraw
from remit.services.workspace import Workspace

STEP_KEYS = ("record", "move", "link", "amend", "withdraw")


@dataclass
class Play:
    """A play under way: names given to records so far, the instant reached, how many steps were played."""

    workspace: Workspace
    own_type: str = ""
    invented: bool = True
    names: dict[str, str] = field(default_factory=dict)
    last: str = ""
    at: datetime | None = None
    steps: int = 0

    def step(self, raw: Mapping[str, Any]) -> None:
        """Play one step.

        Raises:
            BadInput: PLY-001, the step cannot be read or names a record not made yet.
            RemitError: whatever the service refuses.
        """
        self.at = _instant(raw.get("at")) or self._following()
        workspace = self.workspace.at(self.at)
        actor = self._actor(raw)
        match [key for key in STEP_KEYS if key in raw]:
            case ["record"]:
                self._record(workspace, actor, raw)
            case ["move"]:
                move(
                    workspace,
                    actor,
                    self.record_of(raw.get("of")),
                    str(raw["move"]),
                    values=raw.get("set"),
                    reason=str(raw.get("reason", "")),
                )
            case ["link"]:
                one, relation, other = _ends(raw["link"])
                link(workspace, actor, self.record_of(one), relation, self.record_of(other))
            case ["amend"]:
                amend(workspace, actor, self.record_of(raw.get("of")), raw["amend"], reason=str(raw.get("reason", "")))
            case ["withdraw"]:
                withdraw(workspace, actor, self.record_of(raw["withdraw"]), reason=str(raw.get("reason", "")))
            case _:
                raise _unreadable(f"the step {dict(raw)!r} names none, or more than one, of {', '.join(STEP_KEYS)}")
        self.steps += 1

    def record_of(self, name: Any) -> str:
        """Return the id of a record by its local name; of the last of the play's own type where no name is given."""
        if name is None and self.last:
            return self.last
        if str(name) in self.names:
            return self.names[str(name)]
        raise _unreadable(f"no record was named “{name}” before this step")

    def _record(self, workspace: Workspace, actor: Actor, raw: Mapping[str, Any]) -> None:
        type_key = str(raw.get("type") or self.own_type)
        made = record(
            workspace,
            actor,
            type_key,
            self._resolved(type_key, raw["record"] or {}),
            over=self.record_of(raw["over"]) if raw.get("over") else "",
            level=raw.get("level"),
            compartment=raw.get("compartment"),
            caveats=tuple(raw.get("caveats") or ()),
            originator=str(raw.get("originator", "")),
            invented=self.invented,
        )
        if raw.get("id"):
            self.names[str(raw["id"])] = made.id
        if type_key == self.own_type or not self.own_type:
            self.last = made.id

    def _resolved(self, type_key: str, values: Mapping[str, Any]) -> dict[str, Any]:
        """Put ids in place of local names in fields that refer to records."""
        kind = self.workspace.mission.record_types.get(type_key)
        references = {k for k, f in kind.fields.items() if f.kind == "reference"} if kind else set()
        return {
            key: self.names.get(value, value) if key in references and isinstance(value, str) else value
            for key, value in values.items()
        }

    def _actor(self, raw: Mapping[str, Any]) -> Actor:
        role = self.workspace.mission.roles.get(str(raw.get("as", "")))
        if role is None:
            raise _unreadable(f"the step {dict(raw)!r} is made by no role of the mission (as: {raw.get('as')!r})")
        return Actor(str(raw.get("person") or role.key), role)

    def _following(self) -> datetime:
        if self.at is not None:
            return self.at + timedelta(minutes=1)
        day = self.workspace.mission.period.start + timedelta(days=1)
        return datetime.combine(day, time(8), UTC)


def play(
    workspace: Workspace,
    steps: Sequence[Mapping[str, Any]],
    *,
    own_type: str = "",
    progress: Callable[[int, int], None] | None = None,
) -> Play:
    """Play all steps in order.

    Args:
        workspace: where; its clock stands at each step's instant in turn.
        steps: as the mission's files give them.
        own_type: the record type that steps mean where they name none.
        progress: called with how many steps were played, and of how many.

    Raises:
        RemitError: of the step that could not be played, the steps before it kept.
    """
    running = Play(workspace, own_type)
    for number, step in enumerate(steps, start=1):
        running.step(step)
        if progress is not None:
            progress(number, len(steps))
    return running


def refusal(workspace: Workspace, steps: Sequence[Mapping[str, Any]], *, own_type: str = "") -> RemitError | None:
    """Play all steps but the last, then return how the last one is refused, or ``None`` where it is accepted."""
    running = play(workspace, steps[:-1], own_type=own_type)
    try:
        running.step(steps[-1])
    except RemitError as refused:
        return refused
    return None


def person_of(mission: Mission, key: str, role: str = "") -> Actor:
    """Return an actor for a person of the mission in one of his roles (the first where none is named).

    Raises:
        BadInput: ACC-041, the person holds no such role.
    """
    person = mission.people.get(key)
    roles = person.roles if person else ((key,) if key in mission.roles else ())
    chosen = role or (roles[0] if roles else "")
    if chosen not in roles or chosen not in mission.roles:
        raise BadInput.of(
            "ACC-041",
            f"“{key}” holds no role {chosen!r} in this mission.",
            f"« {key} » n’a pas le rôle {chosen!r} dans cette mission.",
            do_en=f"Roles are: {', '.join(mission.roles)}.",
            do_fr=f"Les rôles sont : {', '.join(mission.roles)}.",
        )
    return Actor(key, mission.roles[chosen])


def _ends(raw: Any) -> tuple[str, str, str]:
    if not isinstance(raw, Mapping) or not {"from", "relation", "to"} <= set(raw):
        raise _unreadable(f"link takes from, relation and to; found {raw!r}")
    return str(raw["from"]), str(raw["relation"]), str(raw["to"])


def _instant(raw: Any) -> datetime | None:
    if raw is None:
        return None
    try:
        found = datetime.fromisoformat(str(raw))
    except ValueError:
        raise _unreadable(f"“{raw}” is not an instant such as 2017-07-14T08:00:00Z") from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _unreadable(what: str) -> BadInput:
    return BadInput.of(
        "PLY-001",
        f"A step cannot be played: {what}.",
        f"Une étape ne peut pas être jouée : {what}.",
        do_en="See docs/reference/mission-files.md, Steps.",
        do_fr="Voir docs/reference/mission-files.md, Steps.",
    )
