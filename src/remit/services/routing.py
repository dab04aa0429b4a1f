"""Supply routes: the way to a place over the segments that the mission has recorded, its alternatives, and why."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from remit.analysis.routes import By, Choice, Segment, UnknownPlaceError, choose
from remit.kernel.errors import BadInput
from remit.kernel.nearest import nearest
from remit.kernel.wording import Words
from remit.records.actors import Actor
from remit.records.record import Record
from remit.records.types import Option, RecordType
from remit.services.looking import find
from remit.services.workspace import Workspace

TYPE = "supply-route"
CLOSED = "closed"
GONE = ("replaced",)
"""States of a route that no longer stands."""
_STRETCH = re.compile(r"\s*(?:–|—|→|->| - )\s*")


def segments_of(workspace: Workspace, actor: Actor) -> Sequence[Segment]:
    """Return the segments of all routes that the actor may see and that still stand.

    Raises:
        BadInput: REC-073, the mission keeps no supply routes.
    """
    kind = workspace.mission.record_types.get(TYPE)
    if kind is None or kind.abstract:
        raise BadInput.of(
            "REC-073",
            f"The mission {workspace.mission.key} keeps no supply routes.",
            f"La mission {workspace.mission.key} ne tient pas de voies de ravitaillement.",
            do_en="Declare the record type in its folder: it extends the one of missions/base.",
            do_fr="Déclarez le type de fiche dans son dossier : il étend celui de missions/base.",
        )
    records = find(workspace, actor, types=[TYPE], order="recorded_at", limit=None).records
    standing = [one for one in records if not one.withdrawn and one.state not in GONE]
    return [segment for record in standing for segment in _segments(record, kind)]


def route(workspace: Workspace, actor: Actor, start: str, end: str, *, by: By = "balanced") -> Choice:
    """Choose the way from a place to another.

    Raises:
        BadInput: REC-073; REC-074, no segment touches one of the places.
    """
    known = segments_of(workspace, actor)
    try:
        return choose(known, start, end, by=by)
    except UnknownPlaceError as unknown:
        listed = ", ".join(unknown.near) or "–"
        near = nearest(unknown.place, unknown.near)
        raise BadInput.of(
            "REC-074",
            f"No segment of a supply route begins or ends at “{unknown.place}”.",
            f"Aucun tronçon d’une voie de ravitaillement ne commence ou ne finit à « {unknown.place} ».",
            do_en=f"Did you mean “{near}”?" if near else f"Known places: {listed}.",
            do_fr=f"Vouliez-vous dire « {near} » ?" if near else f"Lieux connus : {listed}.",
        ) from None


def _segments(record: Record, kind: RecordType) -> list[Segment]:
    threats = kind.fields["segments"].fields["threat"].options
    whole_closed = record.values.get("status") == CLOSED or record.state == CLOSED
    found = []
    for nth, row in enumerate(record.values.get("segments") or ()):
        ends = _ends(row)
        if ends is None:
            continue
        rank, words = _threat(row.get("threat"), threats)
        cleared = row.get("cleared_on") or {}
        found.append(
            Segment(
                key=f"{record.id}/{nth}", from_=ends[0], to=ends[1], km=float(row.get("kilometres") or 0), threat=rank,
                threat_words=words, open=not whole_closed and row.get("passable") != "no", record=record.id,
                number=record.number, route=record.title, escort=row.get("escort") == "yes",
                cleared_on=str(cleared.get("on", "")),
            )
        )  # fmt: skip
    return found


def _ends(row: dict[str, Any]) -> tuple[str, str] | None:
    """Return where a segment begins and ends: as stated, else as its stretch is written; ``None`` where that cannot be told."""
    stated = str(row.get("from_place", "")).strip(), str(row.get("to_place", "")).strip()
    if all(stated):
        return stated
    parts = [
        part.strip() for part in _STRETCH.split(str(row.get("stretch", "")).replace("(invented)", "")) if part.strip()
    ]
    return (parts[0], parts[1]) if len(parts) == 2 else None


def _threat(value: Any, options: Sequence[Option]) -> tuple[int, Words]:
    """Return the rank of a threat in its list, the first the least; what is not stated counts as the highest."""
    for rank, option in enumerate(options):
        if option.key == value:
            return rank, option.label
    return max(len(options) - 1, 0), Words("not stated", "non indiquée")
