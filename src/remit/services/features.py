"""Records with a place as collections of features, each answer through the one access decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from remit.kernel.conditions import All, Compare, Condition
from remit.kernel.errors import BadInput, Hidden
from remit.kernel.issues import Issue
from remit.kernel.wording import Words
from remit.records.actors import Actor
from remit.records.fields import field_kinds
from remit.records.record import Record
from remit.records.types import FieldDefinition, RecordType
from remit.services.cql import Property, during, within
from remit.services.looking import find
from remit.services.showing import place_field, place_of
from remit.services.workspace import Workspace

_KINDS: Mapping[str, Any] = {
    "text": "text", "integer": "number", "decimal": "number", "date": "date", "instant": "instant",
    "boolean": "boolean", "list": "list",
}  # fmt: skip
_OWN: tuple[Property, ...] = (
    Property("number", "number", "text"),
    Property("state", "state", "text"),
    Property("level", "level", "text"),
    Property("component", "component", "text"),
    Property("invented", "invented", "boolean"),
    Property("withdrawn", "withdrawn", "boolean"),
    Property("occurred", "occurred", "instant"),
    Property("reported", "reported", "instant"),
    Property("recorded_at", "recorded_at", "instant"),
)
GEOMETRY = "geometry"


@dataclass(frozen=True, slots=True)
class Collection:
    """A record type with a place, and how many of its records the reader may see."""

    kind: RecordType
    total: int
    box: tuple[float, float, float, float] | None
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Features:
    """One page of features, as GeoJSON objects, and how many there are in all that the reader may see."""

    features: tuple[Mapping[str, Any], ...]
    total: int


def collections(workspace: Workspace, actor: Actor) -> Sequence[RecordType]:
    """Return the record types with a place of which the reader may see anything at all."""
    return [
        kind
        for kind in workspace.mission.record_types.values()
        if not kind.abstract and not kind.system and place_field(kind) and _open(actor, kind)
    ]


def collection(workspace: Workspace, actor: Actor, key: str) -> Collection:
    """Return one collection with its extent, over what the reader may see.

    Raises:
        Hidden: REC-404, there is none for this reader.
    """
    kind = collection_type(workspace, actor, key)
    records = find(workspace, actor, types=[key], limit=None).records
    points = [point for record in records if (point := _point(kind, record))]
    times = sorted(record.occurred for record in records if record.occurred)
    box = None
    if points:
        lons, lats = [one[0] for one in points], [one[1] for one in points]
        box = (min(lons), min(lats), max(lons), max(lats))
    return Collection(kind, len(records), box, times[0] if times else "", times[-1] if times else "")


def collection_type(workspace: Workspace, actor: Actor, key: str) -> RecordType:
    """Return the record type of a collection.

    Raises:
        Hidden: REC-404.
    """
    found = next((kind for kind in collections(workspace, actor) if kind.key == key), None)
    if found is None:
        raise Hidden(
            Issue(
                "REC-404",
                Words(f"There is no collection “{key}” for you.", f"Il n’y a pas de collection « {key} » pour vous."),
                Words("/ogc/collections lists them.", "/ogc/collections les énumère."),
            )
        )
    return found


def properties(kind: RecordType) -> Mapping[str, Property]:
    """Return what may be asked of a collection's records: what everybody sees of them, and their fields by column."""
    own = {one.name: one for one in _OWN}
    place = place_field(kind)
    return {GEOMETRY: Property(GEOMETRY, place, "point"), **own, **_columns(kind.fields, "", "")}


def items(
    workspace: Workspace,
    actor: Actor,
    key: str,
    *,
    box: Sequence[float] = (),
    interval: str = "",
    conditions: Sequence[Condition] = (),
    limit: int = 100,
    offset: int = 0,
) -> Features:
    """Return features of a collection: in a box, at a time, meeting conditions; the newest first.

    Raises:
        Hidden: REC-404; BadInput: WEB-017, a box or a time that is none.
    """
    kind = collection_type(workspace, actor, key)
    parts: list[Condition] = list(conditions)
    if box:
        parts.append(within(place_field(kind), box))
    if interval:
        parts.append(interval_of(interval))
    wanted = All(tuple(parts)) if parts else None
    found = find(workspace, actor, types=[key], condition=wanted, order="-occurred", limit=limit, offset=offset)
    return Features(tuple(feature(kind, record) for record in found.records), found.total)


def item(workspace: Workspace, actor: Actor, key: str, reference: str) -> Mapping[str, Any]:
    """Return one feature, by id.

    Raises:
        Hidden: REC-404.
    """
    kind = collection_type(workspace, actor, key)
    found = find(workspace, actor, types=[key], condition=Compare("id", "equals", reference), limit=1).records
    if not found:
        raise Hidden(
            Issue(
                "REC-404",
                Words(
                    f"There is no feature “{reference}” for you.", f"Il n’y a pas d’objet « {reference} » pour vous."
                ),
            )
        )
    return feature(kind, found[0])


def feature(kind: RecordType, shown: Record) -> Mapping[str, Any]:
    """Return a record, already without what the reader may not see, as a GeoJSON feature."""
    point = _point(kind, shown)
    values: dict[str, Any] = {
        "type": shown.type, "number": shown.number, "title": shown.title, "state": shown.state, "level": shown.level,
        "component": shown.component, "invented": shown.invented, "withdrawn": shown.withdrawn,
        "occurred": shown.occurred, "reported": shown.reported, "recorded_at": shown.recorded_at.isoformat(),
    }  # fmt: skip
    values |= _cells(kind.fields, shown.values, "")
    return {
        "type": "Feature",
        "id": shown.id,
        "geometry": {"type": "Point", "coordinates": list(point)} if point else None,
        "properties": values,
    }


def _open(actor: Actor, kind: RecordType) -> bool:
    """Return whether records of a type can be seen from outside at all; inside, every type is listed for everybody."""
    return not actor.role.audience or (kind.release is not None and actor.role.audience in kind.release.audiences)


def _point(kind: RecordType, shown: Record) -> tuple[float, float] | None:
    place = place_of(kind, shown.values)
    if place is None or not isinstance(place.get("lat"), int | float) or not isinstance(place.get("lon"), int | float):
        return None
    return float(place["lon"]), float(place["lat"])


def _columns(fields: Mapping[str, FieldDefinition], names: str, path: str) -> dict[str, Property]:
    found: dict[str, Property] = {}
    for key, definition in fields.items():
        if definition.fields:
            if not definition.repeats:
                found |= _columns(definition.fields, f"{names}{key}_", f"{path}{key}.")
            continue
        for column in field_kinds()[definition.kind].columns(definition):
            part = column.name.removeprefix(key).removeprefix("_")
            if definition.kind in ("money", "attachment") and part == "":
                continue  # text in the record: not to be compared as a number or looked for
            name, inner = f"{names}{column.name}", f"{path}{key}" + (f".{part}" if part else "")
            found[name] = Property(name, inner, _KINDS[column.type])
    return found


def _cells(fields: Mapping[str, FieldDefinition], values: Mapping[str, Any], names: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, definition in fields.items():
        value = values.get(key)
        if definition.fields:
            if not definition.repeats:
                found |= _cells(definition.fields, value if isinstance(value, Mapping) else {}, f"{names}{key}_")
            continue
        if value is None:
            found |= {f"{names}{one.name}": None for one in field_kinds()[definition.kind].columns(definition)}
            continue
        cells = field_kinds()[definition.kind].cells(value, definition)
        found |= {f"{names}{name}": _json(cell) for name, cell in cells.items()}
    return found


def _json(cell: Any) -> Any:
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    if isinstance(cell, list | tuple):
        return [_json(one) for one in cell]
    return cell if cell is None or isinstance(cell, str | int | float | bool) else str(cell)


def interval_of(text: str) -> Condition:
    """Return the condition that a record occurred at a time: a day, an instant, or an interval with a slash.

    Raises:
        BadInput: WEB-017.
    """
    start, slash, end = text.partition("/")
    if not slash:
        end = start
    for one in (start, end):
        try:
            if one not in ("", ".."):
                datetime.fromisoformat(one)
        except ValueError:
            raise BadInput.of(
                "WEB-017",
                f"The filter cannot be used: found “datetime={text}”, expected a day, an instant, or two of them with a slash.",
                f"Le filtre ne peut pas servir : trouvé « datetime={text} », attendu un jour, un instant, ou deux séparés d’une barre.",
                do_en="Write 2017-07-01, 2017-07-01T10:00:00Z, 2017-07-01/2017-09-30 or 2017-07-01/.. .",
                do_fr="Écrivez 2017-07-01, 2017-07-01T10:00:00Z, 2017-07-01/2017-09-30 ou 2017-07-01/.. .",
            ) from None
    start, end = (one[:-1] + "+00:00" if one.endswith("Z") else one for one in (start, end))
    return during("occurred", start, end)
