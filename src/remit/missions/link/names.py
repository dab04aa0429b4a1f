"""All that may be named in one mission, and the shapes that could be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from pydantic import BaseModel

from remit.kernel.issues import Issue
from remit.missions.declarations.mandate import MandateDeclared
from remit.missions.declarations.measure import MeasureDeclared
from remit.missions.declarations.mission import MissionDeclared
from remit.missions.declarations.options import OptionsDeclared
from remit.missions.declarations.places import PlacesDeclared
from remit.missions.declarations.plan import PlanDeclared
from remit.missions.declarations.product import ProductDeclared
from remit.missions.declarations.published import PublishedDeclared
from remit.missions.declarations.record_type import RecordTypeDeclared
from remit.missions.declarations.steps import DemonstrationFile
from remit.missions.extend import Declared
from remit.missions.problems import unknown_name
from remit.missions.read import Source
from remit.missions.shapes import shaped

Shape = TypeVar("Shape", bound=BaseModel)

LISTS = {"party": "parties", "component": "components", "partner": "partners"}
"""Lists of mission.yaml that a reference (``to: party``) or a choice (``options: parties``) may name."""

FAMILIES = {"options": "options", "type": "records", "measure": "measures", "product": "products"}
"""Things that are a file each, and the folder of these files."""

OF_MISSION = {
    "role": ("roles",),
    "component": ("components",),
    "partner": ("partners", "components"),
    "compartment": ("compartments",),
    "audience": ("audiences",),
    "area level": ("area_levels",),
}
"""Things that mission.yaml lists, and the keys under which it does."""


@dataclass(frozen=True, slots=True)
class Read(Generic[Shape]):
    """A declaration in its shape, ``None`` where it does not fit; and where it came from."""

    shape: Shape | None
    source: Source

    @property
    def whole(self) -> Shape:
        """The shape, where checking has found that it fits.

        Raises:
            LookupError: it does not fit; the mission has errors and cannot be built.
        """
        if self.shape is None:
            raise LookupError(f"{self.source.file} does not fit its shape")
        return self.shape


@dataclass(frozen=True, slots=True)
class Names:
    """The declarations of a mission by key. A declaration that does not fit its shape still counts as declared."""

    declared: Declared
    mission: Read[MissionDeclared] | None
    mandate: Read[MandateDeclared] | None
    plan: Read[PlanDeclared] | None
    options: Mapping[str, Read[OptionsDeclared]]
    places: Mapping[str, Read[PlacesDeclared]]
    types: Mapping[str, Read[RecordTypeDeclared]]
    measures: Mapping[str, Read[MeasureDeclared]]
    products: Mapping[str, Read[ProductDeclared]]
    published: Mapping[str, Read[PublishedDeclared]]
    demonstration: Mapping[str, Read[DemonstrationFile]]
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What may be named, by thing (``role``, ``path`` …)."""
    whole: frozenset[str] = frozenset()
    """The things whose list is complete: a name outside it is an error (else a file could not be read)."""

    def known(self, thing: str) -> tuple[str, ...]:
        """Return the names of a thing."""
        return self.lists.get(thing, ())

    def expect(
        self, thing: str, found: str | Iterable[str], source: Source, *steps: str | int, also: Iterable[str] = ()
    ) -> Iterator[Issue]:
        """Yield an issue for each name found that is not known; empty names are no names."""
        if thing not in self.whole:
            return
        known = (*self.known(thing), *also)
        one = isinstance(found, str)
        for index, name in enumerate([found] if isinstance(found, str) else found):
            if name and name not in known:
                yield unknown_name(source.where(*steps, *(() if one else (index,))), thing, name, known)


def names_of(declared: Declared) -> tuple[Names, tuple[Issue, ...]]:
    """Hold every source against its shape, and list what may be named."""
    issues: dict[Issue, None] = {}

    def read(model: type[Shape], source: Source | None) -> Read[Shape] | None:
        if source is None:
            return None
        shape, found = shaped(model, source)
        issues.update(dict.fromkeys(found))
        return Read(shape, source)

    def family(model: type[Shape], name: str) -> dict[str, Read[Shape]]:
        return {key: made for key, source in declared.families[name].items() if (made := read(model, source))}

    names = Names(
        declared=declared,
        mission=read(MissionDeclared, declared.mission),
        mandate=read(MandateDeclared, declared.mandate),
        plan=read(PlanDeclared, declared.plan),
        options=family(OptionsDeclared, "options"),
        places=family(PlacesDeclared, "places"),
        types=family(RecordTypeDeclared, "records"),
        measures=family(MeasureDeclared, "measures"),
        products=family(ProductDeclared, "products"),
        published=family(PublishedDeclared, "published"),
        demonstration=family(DemonstrationFile, "demonstration"),
    )
    lists, whole = _lists(names)
    return (
        Names(
            **{name: getattr(names, name) for name in Names.__slots__ if name not in ("lists", "whole")},
            lists=lists,
            whole=whole,
        ),
        tuple(issues),
    )


def _lists(names: Names) -> tuple[dict[str, tuple[str, ...]], frozenset[str]]:
    declared = names.declared
    mission = declared.mission.data if declared.mission else {}
    levels = _at(mission, "area_levels")
    lists: dict[str, tuple[str, ...]] = {
        "role": _keys(mission, "roles"),
        "component": (*_keys(mission, "components"), "outside"),
        "partner": (*_keys(mission, "partners"), *_keys(mission, "components")),
        "compartment": _keys(mission, "compartments"),
        "audience": _keys(mission, "audiences"),
        "area level": tuple(map(str, levels)) if isinstance(levels, list) else (),
        "options": (*declared.families["options"], *LISTS.values()),
        "type": tuple(declared.families["records"]),
        "measure": tuple(declared.families["measures"]),
        "product": tuple(declared.families["products"]),
        "path": _keys(declared.mandate.data, "provisions") if declared.mandate else (),
        "area": tuple(key for source in declared.families["places"].values() for key in _keys(source.data, "areas")),
    }
    for thing, family in FAMILIES.items():
        lists[thing] = (*lists[thing], *sorted(_unread(declared, family)))
    whole = set(FAMILIES)
    if declared.mandate and isinstance(_at(declared.mandate.data, "provisions"), Mapping):
        whole.add("path")
    if not _unread(declared, "places"):
        whole.add("area")
    for thing, keys in OF_MISSION.items():
        if all(
            _at(mission, key) is None or isinstance(_at(mission, key), list if key == "area_levels" else Mapping)
            for key in keys
        ):
            whole.add(thing)
    return lists, frozenset(whole)


def _unread(declared: Declared, family: str) -> set[str]:
    """Return the keys of a family's files that stand there and cannot be read."""
    return {name.removeprefix(f"{family}/") for name in declared.unread if name.startswith(f"{family}/")}


def _at(data: Any, key: str) -> Any:
    return data.get(key) if isinstance(data, Mapping) else None


def _keys(data: Any, key: str) -> tuple[str, ...]:
    inner = _at(data, key)
    return tuple(inner) if isinstance(inner, Mapping) else ()
