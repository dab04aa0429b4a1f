"""Extend: a mission by the one it stands on, a record type by its parent.

Reads: :class:`Layer`. Writes: :class:`Declared`. Mappings are merged deeply, the parent's keys first; scalars and lists are
replaced; ``null`` takes away what the parent declared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from remit.kernel.issues import Issue, Where
from remit.kernel.nearest import nearest
from remit.missions.folder import FOLDERS, Layer, gather
from remit.missions.problems import problem, unknown_name
from remit.missions.read import Mark, Source, Steps

OWN_OF_MISSION = frozenset({"version", "extends", "title", "short", "number_prefix", "period", "demonstration"})
OWN_OF_TYPE = frozenset({"version", "extends", "label", "plural", "abstract", "examples"})
"""Keys that a child does not take from its parent: they are about that one declaration."""


@dataclass(frozen=True, slots=True)
class Declared:
    """All declarations of a mission, each merged with what it stands on."""

    key: str
    folder: Path
    mission: Source | None
    mandate: Source | None
    plan: Source | None
    families: Mapping[str, Mapping[str, Source]] = field(default_factory=dict)
    unread: frozenset[str] = frozenset()
    complete: bool = True
    """Whether all that it stands on was found; where not, names cannot be judged."""


def extended(folder: Path, search: Sequence[Path]) -> tuple[Declared, tuple[Issue, ...]]:
    """Gather a mission folder and those that it extends, and merge them."""
    layers, issues = _chain(folder, search)
    complete = not issues and _is_mission(layers[0])
    for layer in layers:
        issues += layer.issues
    mission: Source | None = None
    for layer in reversed(layers):
        mission = merged(mission, layer.root.get("mission"), OWN_OF_MISSION)
    families: dict[str, Mapping[str, Source]] = {}
    for family in FOLDERS:
        together: dict[str, Source] = {}
        if family == "demonstration":
            together = layers[0].families.get(family, {})
        else:
            for layer in reversed(layers):
                together |= layer.families.get(family, {})
        families[family] = together
    records, found = _records(layers, families["records"])
    found += _hidden_lists(layers)
    families["records"] = records
    own = layers[0]
    return (
        Declared(
            own.key,
            folder,
            mission,
            _nearest_layer(layers, "mandate"),
            _nearest_layer(layers, "plan"),
            families,
            frozenset().union(*(layer.unread for layer in layers)),
            complete,
        ),
        (*issues, *(found if complete else ())),
    )


def _is_mission(layer: Layer) -> bool:
    source = layer.root.get("mission")
    return source is not None and isinstance(source.data, Mapping) and isinstance(source.data.get("extends", ""), str)


def _nearest_layer(layers: Sequence[Layer], name: str) -> Source | None:
    return next((layer.root[name] for layer in layers if name in layer.root), None)


def _chain(folder: Path, search: Sequence[Path]) -> tuple[list[Layer], list[Issue]]:
    """Return the folder's layer and those it extends, the nearest first."""
    layers, issues, seen = [gather(folder)], [], {folder.resolve()}
    while (source := layers[-1].root.get("mission")) is not None and isinstance(source.data, Mapping):
        wanted = source.data.get("extends")
        if not isinstance(wanted, str) or not wanted:
            break
        where = source.where("extends")
        named = Path(wanted).name == wanted  # a folder's name; never a way out of the places searched
        found = next((place / wanted for place in search if (place / wanted).is_dir()), None) if named else None
        if found is None:
            issues.append(_no_mission(where, wanted, search))
            break
        if found.resolve() in seen:
            issues.append(_cycle(where, [layer.key for layer in layers] + [wanted]))
            break
        seen.add(found.resolve())
        layers.append(gather(found))
    return layers, issues


def _records(layers: Sequence[Layer], known: Mapping[str, Source]) -> tuple[dict[str, Source], list[Issue]]:
    """Merge each record type with its parents. A type may extend the one of its own key in a folder below."""
    stacks = {
        key: [layer.families["records"][key] for layer in layers if key in layer.families.get("records", {})]
        for key in known
    }
    unread = frozenset().union(*(layer.unread for layer in layers))
    done: dict[tuple[str, int], Source] = {}
    issues: dict[Issue, None] = {}

    def whole(key: str, depth: int, way: tuple[tuple[str, int], ...]) -> Source:
        if (key, depth) in done:
            return done[key, depth]
        source = stacks[key][depth]
        parent = source.data.get("extends") if isinstance(source.data, Mapping) else None
        result = source
        if isinstance(parent, str) and parent:
            below = depth + 1 if parent == key else 0
            if parent not in stacks or below >= len(stacks[parent]):
                if f"records/{parent}" not in unread:
                    issues[unknown_name(source.where("extends"), "type", parent, [k for k in stacks if k != key])] = (
                        None
                    )
            elif (parent, below) in (*way, (key, depth)):
                names = [*(k for k, _ in way), key, parent]
                issues[_cycle(source.where("extends"), names[names.index(parent) :])] = None
            else:
                result = merged(whole(parent, below, (*way, (key, depth))), source, OWN_OF_TYPE) or source
        done[key, depth] = result
        return result

    return {key: whole(key, 0, ()) for key in known}, list(issues)


def _hidden_lists(layers: Sequence[Layer]) -> Iterator[Issue]:
    """Yield the lists of options that hide one of a folder below without saying so, and those that say so and hide none."""
    for depth, layer in enumerate(layers):
        below = [lower.families.get("options", {}) for lower in layers[depth + 1 :]]
        for key, source in layer.families.get("options", {}).items():
            hidden = next((lists[key] for lists in below if key in lists), None)
            says = isinstance(source.data, Mapping) and source.data.get("replaces") is True
            if hidden is not None and not says:
                yield problem(
                    "MIS-069",
                    source.where(),
                    f"This list hides the one of {hidden.file}, for every field that names “{key}”.",
                    f"Cette liste masque celle de {hidden.file}, pour tout champ qui nomme « {key} ».",
                    "Write “replaces: true” if that is meant, else give the file another name.",
                    "Écrivez « replaces: true » si c’est voulu, sinon donnez un autre nom au fichier.",
                )
            elif says and hidden is None and f"options/{key}" not in frozenset().union(*(x.unread for x in layers)):
                yield problem(
                    "MIS-069",
                    source.where("replaces"),
                    f"This list says that it replaces one, and no folder below has a “{key}”.",
                    f"Cette liste dit en remplacer une, et aucun dossier inférieur n’a de « {key} ».",
                    "Correct the file’s name, or take “replaces” out.",
                    "Corrigez le nom du fichier ou retirez « replaces ».",
                )


def merged(parent: Source | None, child: Source | None, own: frozenset[str] = frozenset()) -> Source | None:
    """Merge two sources; ``own`` are keys of the parent that the child does not take."""
    if parent is None or child is None:
        return child or (_without(parent, own) if parent else None)
    if not isinstance(parent.data, Mapping) or not isinstance(child.data, Mapping):
        return child
    marks: dict[Steps, Mark] = {}
    data = _merge(_without(parent, own), child, (), marks)
    return Source(child.file, data, marks)


def _without(source: Source, own: frozenset[str]) -> Source:
    if not isinstance(source.data, Mapping):
        return source
    return Source(source.file, {key: value for key, value in source.data.items() if key not in own}, source.marks)


def _merge(parent: Source, child: Source, at: Steps, marks: dict[Steps, Mark]) -> dict[str, Any]:
    """Merge the mappings at a place, noting for each key whose line it has."""
    theirs, ours = _at(parent.data, at), _at(child.data, at)
    marks[at] = _mark(child, at)
    data: dict[str, Any] = {}
    inside = {id(source): _marks_by_key(source, at) for source in (parent, child)}
    for key in (*theirs, *(key for key in ours if key not in theirs)):
        steps = (*at, key)
        if key in theirs and key in ours and isinstance(theirs[key], Mapping) and isinstance(ours[key], Mapping):
            data[key] = _merge(parent, child, steps, marks)
        elif key in theirs and key in ours and ours[key] is None:
            continue
        else:
            source = child if key in ours else parent
            data[key] = _at(source.data, steps)
            marks[steps] = _mark(source, steps)
            marks.update(inside[id(source)].get(key, ()))
    return data


def _marks_by_key(source: Source, at: Steps) -> dict[str | int, list[tuple[Steps, Mark]]]:
    """Return the marks inside the mapping at a place, by its keys: looked through once, not once for every key."""
    found: dict[str | int, list[tuple[Steps, Mark]]] = {}
    depth = len(at)
    for steps, mark in source.marks.items():
        if len(steps) > depth and steps[:depth] == at:
            found.setdefault(steps[depth], []).append((steps, mark))
    return found


def _at(data: Any, steps: Steps) -> Any:
    for step in steps:
        data = data[step]
    return data


def _mark(source: Source, steps: Steps) -> Mark:
    where = source.where(*steps)
    return Mark(where.file, where.line or 1)


def _cycle(where: Where, names: Sequence[str]) -> Issue:
    way = " → ".join(names)
    return problem(
        "MIS-022",
        where,
        f"This extends itself: {way}.",
        f"Ceci s’étend soi-même : {way}.",
        "Take one “extends” out of the circle.",
        "Retirez un « extends » du cercle.",
    )


def _no_mission(where: Where, wanted: str, search: Sequence[Path]) -> Issue:
    folders = [path.name for place in search if place.is_dir() for path in sorted(place.iterdir()) if path.is_dir()]
    near = nearest(wanted, folders)
    looked = ", ".join(str(place) for place in search) or "–"
    return problem(
        "MIS-021",
        where,
        f"The mission “{wanted}” that this one extends was not found (looked in {looked}).",
        f"La mission « {wanted} » que celle-ci étend est introuvable (cherchée dans {looked}).",
        f"Did you mean “{near}”?" if near else "Give its folder’s name, or the place where it lies.",
        f"Vouliez-vous dire « {near} » ?" if near else "Indiquez le nom de son dossier ou l’endroit où il se trouve.",
    )
