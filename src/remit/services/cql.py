"""CQL2, the query language of OGC APIs, read by its own library and turned into our conditions; what those cannot say is refused."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import cql2

from remit.kernel.conditions import NEVER, All, AnyOf, Compare, Comparison, Condition, Exists, Not
from remit.kernel.errors import BadInput

LONGEST, DEEPEST = 4000, 40
Kind = Literal["text", "number", "boolean", "date", "instant", "list", "point"]


@dataclass(frozen=True, slots=True)
class Property:
    """What may be asked of: its name in CQL2, the field that it is in conditions, and its kind."""

    name: str
    field: str
    kind: Kind


Properties = Mapping[str, Property]
_ORDER: Mapping[str, Comparison] = {"<": "below", "<=": "at_most", ">": "above", ">=": "at_least"}
_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "<>": "<>"}


def condition_of(text: str, language: str, properties: Properties) -> Condition:
    """Return the condition that a CQL2 filter says.

    Args:
        text: the filter.
        language: ``cql2-text`` or ``cql2-json``.
        properties: what may be asked of, by name.

    Raises:
        BadInput: WEB-017, it cannot be read, or asks what conditions cannot say; WEB-018, no such property.
    """
    if language not in ("cql2-text", "cql2-json"):
        raise _bad(f"filter-lang={language}", "cql2-text or cql2-json", "cql2-text ou cql2-json")
    if len(text) > LONGEST or max(text.count("("), text.count("[")) > DEEPEST:
        raise _bad(text[:60] + "…", f"at most {LONGEST} characters", f"au plus {LONGEST} caractères")
    try:
        read = cql2.parse_json(text) if language == "cql2-json" else cql2.parse_text(text)
        tree = json.loads(json.dumps(read.to_json()))
    except (cql2.ParseError, cql2.ValidationError, ValueError, TypeError) as error:
        raise _bad(text[:200], f"CQL2 ({str(error).strip().splitlines()[-1].strip('= ')})", "du CQL2") from None
    return _condition(tree, properties)


def _condition(node: Any, properties: Properties) -> Condition:
    if isinstance(node, bool):
        return All(()) if node else NEVER
    if isinstance(node, Mapping) and "property" in node:  # a truth asked of by itself
        return Compare(_of(node, properties, "boolean").field, "equals", True)
    if not isinstance(node, Mapping) or "op" not in node:
        raise _bad(json.dumps(node), "a comparison", "une comparaison")
    op, given = str(node["op"]).lower(), node.get("args", [])
    if op in ("and", "or"):
        parts = tuple(_condition(part, properties) for part in given)
        return All(parts) if op == "and" else AnyOf(parts)
    if op == "not":
        return Not(_condition(given[0], properties))
    read = _READERS.get(op)
    if read is None:
        raise _bad(op, f"one of {', '.join(sorted(('and', 'or', 'not', *_READERS)))}", "une opération connue")
    try:
        return read(op, given, properties)
    except (IndexError, KeyError, TypeError, ValueError):
        raise _bad(json.dumps(node)[:200], "a property and constants", "une propriété et des constantes") from None


def _comparison(op: str, given: Sequence[Any], properties: Properties) -> Condition:
    left, right = given
    if not _is_property(left):
        left, right, op = right, left, _TURNED[op]
    if isinstance(left, Mapping) and left.get("op") in ("casei", "accenti"):
        raise _bad(str(left["op"]), "LIKE '%…%', which minds no case", "LIKE '%…%', qui ignore la casse")
    found = _of(left, properties)
    if _is_property(right):
        raise _bad(json.dumps(right), "a constant on one side", "une constante d’un côté")
    value = _constant(right, found)
    if found.kind == "list" and op in ("=", "<>"):
        raise _bad(found.name, "A_CONTAINS for a list", "A_CONTAINS pour une liste")
    if op in ("=", "<>"):
        same = Compare(found.field, "equals", value)
        return same if op == "=" else Not(same)
    if found.kind in ("boolean", "list", "point"):
        raise _bad(found.name, "= or <> for this property", "= ou <> pour cette propriété")
    return Compare(found.field, _ORDER[op], value)


def _between(op: str, given: Sequence[Any], properties: Properties) -> Condition:
    del op
    found = _of(given[0], properties)
    low, high = (_constant(one, found) for one in given[1:3])
    return All((Compare(found.field, "at_least", low), Compare(found.field, "at_most", high)))


def _in(op: str, given: Sequence[Any], properties: Properties) -> Condition:
    del op
    found = _of(given[0], properties)
    return Compare(found.field, "in", tuple(_constant(one, found) for one in given[1]))


def _null(op: str, given: Sequence[Any], properties: Properties) -> Condition:
    del op
    return Exists(_of(given[0], properties).field, False)


def _like(op: str, given: Sequence[Any], properties: Properties) -> Condition:
    del op
    found, pattern = _of(given[0], properties, "text"), given[1]
    inner = re.fullmatch(r"%([^%_]+)%", str(pattern))
    if inner is None:
        raise _bad(f"LIKE '{pattern}'", "LIKE '%part of a text%'", "LIKE '%partie d’un texte%'")
    return Compare(found.field, "contains", inner[1])


def _contains(op: str, given: Sequence[Any], properties: Properties) -> Condition:
    found = _of(given[0], properties, "list")
    parts = tuple(Compare(found.field, "contains", _plain(one)) for one in given[1])
    return All(parts) if op == "a_contains" else AnyOf(parts)


def _intersects(op: str, given: Sequence[Any], properties: Properties) -> Condition:
    del op
    found, shape = _of(given[0], properties, "point"), given[1]
    if "bbox" in shape:
        return within(found.field, [float(one) for one in shape["bbox"]])
    if shape.get("type") == "Point":
        lon, lat = (float(one) for one in shape["coordinates"][:2])
        return within(found.field, [lon, lat, lon, lat])
    raise _bad(
        str(shape.get("type")), "BBOX(west, south, east, north) or a point", "BBOX(ouest, sud, est, nord) ou un point"
    )


def within(place: str, box: Sequence[float]) -> Condition:
    """Return the condition that a place lies in a box: west, south, east, north in degrees; west of east across 180°.

    Raises:
        BadInput: WEB-017, four or six numbers that make no box.
    """
    if len(box) == 6:
        box = [box[0], box[1], box[3], box[4]]
    if len(box) != 4 or not all(-360 <= one <= 360 for one in box) or box[1] > box[3]:
        raise _bad(
            ",".join(str(one) for one in box), "west,south,east,north in degrees", "ouest,sud,est,nord en degrés"
        )
    west, south, east, north = box
    lon = f"{place}.lon"
    sides = (Compare(lon, "at_least", west), Compare(lon, "at_most", east))
    across = All(sides) if west <= east else AnyOf(sides)
    return All((Compare(f"{place}.lat", "at_least", south), Compare(f"{place}.lat", "at_most", north), across))


def _when(op: str, given: Sequence[Any], properties: Properties) -> Condition:
    found = _of(given[0], properties)
    if found.kind not in ("date", "instant"):
        raise _bad(found.name, "a day or an instant", "un jour ou un instant")
    start, end = _interval(given[1])
    if op == "t_after":
        return after(found.field, end)
    if op == "t_before":
        return Compare(found.field, "below", start)
    return during(found.field, start, end)


def during(field: str, start: str, end: str) -> Condition:
    """Return the condition that a time lies between two, both included; a day holds all its instants; ".." leaves a side open."""
    parts: list[Condition] = []
    if start not in ("", ".."):
        parts.append(Compare(field, "at_least", start))
    if end not in ("", ".."):
        parts.append(Not(after(field, end)))
    return All(tuple(parts))


def after(field: str, end: str) -> Condition:
    """Return the condition that a time lies after another; after a day means after all of it."""
    return Compare(field, "above", end if "T" in end else f"{end}T99")


_READERS: Mapping[str, Callable[[str, Sequence[Any], Properties], Condition]] = {
    **dict.fromkeys(("=", "<>", "<", "<=", ">", ">="), _comparison),
    "between": _between, "in": _in, "isnull": _null, "like": _like,
    "a_contains": _contains, "a_overlaps": _contains, "s_intersects": _intersects,
    **dict.fromkeys(("t_after", "t_before", "t_during", "t_intersects"), _when),
}  # fmt: skip


def _interval(value: Any) -> tuple[str, str]:
    if isinstance(value, Mapping) and "interval" in value:
        start, end = (
            str(one.get("date") or one.get("timestamp")) if isinstance(one, Mapping) else str(one)
            for one in value["interval"]
        )
        return _instant(start), _instant(end)
    one = str(_plain(value))
    return _instant(one), _instant(one)


def _instant(text: str) -> str:
    return text[:-1] + "+00:00" if text.endswith("Z") else text


def _is_property(node: Any) -> bool:
    return isinstance(node, Mapping) and ("property" in node or node.get("op") in ("casei", "accenti"))


def _of(node: Any, properties: Properties, kind: Kind | None = None) -> Property:
    name = str(node["property"]) if isinstance(node, Mapping) and "property" in node else ""
    found = properties.get(name)
    if found is None:
        raise BadInput.of(
            "WEB-018",
            f"There is no property “{name}” to ask of.",
            f"Il n’y a pas de propriété « {name} » sur quoi interroger.",
            do_en="The queryables of the collection list them.",
            do_fr="Les « queryables » de la collection les énumèrent.",
        )
    if kind is not None and found.kind != kind:
        raise _bad(name, f"a property of kind {kind}", f"une propriété de nature {kind}")
    return found


def _constant(node: Any, found: Property) -> Any:
    value = _plain(node)
    fits = {
        "number": isinstance(value, int | float) and not isinstance(value, bool),
        "boolean": isinstance(value, bool),
    }.get(found.kind, isinstance(value, str))
    if not fits:
        raise _bad(
            f"{found.name}: {json.dumps(node)}",
            f"a constant of kind {found.kind}",
            f"une constante de nature {found.kind}",
        )
    return value


def _plain(node: Any) -> Any:
    if isinstance(node, Mapping):
        if set(node) & {"date", "timestamp"}:
            return _instant(str(node.get("date") or node.get("timestamp")))
        raise _bad(json.dumps(node)[:200], "a constant", "une constante")
    return node


def _bad(found: str, en: str, fr: str) -> BadInput:
    return BadInput.of(
        "WEB-017",
        f"The filter cannot be used: found “{found}”, expected {en}.",
        f"Le filtre ne peut pas servir : trouvé « {found} », attendu : {fr}.",
        do_en="docs/reference/api.md lists what filters can say.",
        do_fr="docs/reference/api.md énumère ce que peuvent dire les filtres.",
    )
