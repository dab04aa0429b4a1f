"""Records chosen by a program: by type, text, marks, times and a CQL2 filter, in one order, page by page."""

from __future__ import annotations

from dataclasses import dataclass

from remit.kernel.conditions import All, Compare, Condition
from remit.records.actors import Actor
from remit.records.searching import ORDERS
from remit.services import list_page
from remit.services.cql import Property, condition_of, during
from remit.services.features import interval_of, properties
from remit.services.looking import Found, find
from remit.services.workspace import Workspace

__all__ = ["ORDERS", "Selection", "select"]


@dataclass(frozen=True, slots=True)
class Selection:
    """What is wanted; "" where all is.

    ``occurred`` is a day, an instant or an interval; ``recorded_since`` an instant. ``filter`` is CQL2 over the properties of
    the type, or over what all types have where none is named.
    """

    type: str = ""
    text: str = ""
    state: str = ""
    level: str = ""
    kind: str = ""
    component: str = ""
    occurred: str = ""
    recorded_since: str = ""
    filter: str = ""
    filter_language: str = "cql2-text"
    order: str = "-occurred"


def select(workspace: Workspace, actor: Actor, wanted: Selection, *, limit: int, offset: int) -> Found:
    """Return the records that the actor may see and that were chosen.

    Raises:
        Hidden: REC-404, no such type; BadInput: WEB-017, WEB-018, JRN-021.
    """
    types = (
        [list_page.type_for(workspace, wanted.type).key]
        if wanted.type
        else [key for key, kind in workspace.mission.record_types.items() if not kind.abstract]
    )
    parts: list[Condition] = [
        Compare(name, "equals", value)
        for name in ("state", "level", "kind", "component")
        if (value := getattr(wanted, name))
    ]
    if wanted.occurred:
        parts.append(interval_of(wanted.occurred))
    if wanted.recorded_since:
        parts.append(during("recorded_at", *interval_ends(wanted.recorded_since)))
    if wanted.filter:
        parts.append(condition_of(wanted.filter, wanted.filter_language, _properties(workspace, wanted.type)))
    return find(
        workspace, actor, types=types, text=wanted.text.strip(), condition=All(tuple(parts)) if parts else None,
        order=wanted.order, limit=limit, offset=offset,
    )  # fmt: skip


def interval_ends(since: str) -> tuple[str, str]:
    """Return the ends of the time since an instant.

    Raises:
        BadInput: WEB-017.
    """
    interval_of(since)
    return (since[:-1] + "+00:00" if since.endswith("Z") else since), ".."


def _properties(workspace: Workspace, type_key: str) -> dict[str, Property]:
    if type_key:
        return dict(properties(workspace.mission.record_types[type_key]))
    own = [Property(name, name, "text") for name in ("type", "kind", "number", "state", "level", "component")]
    times = [Property(name, name, "instant") for name in ("occurred", "reported", "recorded_at")]
    truths = [Property(name, name, "boolean") for name in ("invented", "withdrawn")]
    return {one.name: one for one in (*own, *times, *truths)}
