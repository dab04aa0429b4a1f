"""A mission: everything that its folder declares, linked and checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from remit.analysis.published import Printed, Quantity
from remit.kernel.periods import Period
from remit.kernel.wording import Words
from remit.mandate.declared import DeclaredInstrument, Task
from remit.measures.definitions import Measure
from remit.records.actors import Role
from remit.records.types import ClassificationLevel, Option, RecordType
from remit.reporting.outline import Product


@dataclass(frozen=True, slots=True)
class Component:
    """A component, office or body of the mission."""

    key: str
    label: Words


@dataclass(frozen=True, slots=True)
class Audience:
    """Who a release is for: the strictest level, the finest place (an area level) and date, the smallest cell by default."""

    key: str
    label: Words
    level: ClassificationLevel
    place: str = ""
    date: str = "day"
    smallest_cell: int = 5


@dataclass(frozen=True, slots=True)
class Area:
    """An area of the mission: outer rings of (lon, lat) degrees, WGS84; ``approximate`` where it is only a sketch."""

    key: str
    level: str
    label: Words
    parent: str = ""
    rings: tuple[tuple[tuple[float, float], ...], ...] = ()
    approximate: bool = True
    aliases: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A place that the mission names: a point, the radius in metres within which it lies, and its areas."""

    key: str
    label: Words
    lat: float
    lon: float
    areas: Mapping[str, str]
    aliases: tuple[str, ...] = ()
    uncertainty_m: float | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """An account of the demonstration: invented, one per role."""

    key: str
    name: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Mission:
    """One mission, as its folder declares it. Mappings are by key and in declared order. Each loading is one of its own."""

    key: str
    title: Words
    short: Words
    period: Period
    folder: Path
    languages: tuple[str, ...]
    instrument: DeclaredInstrument
    tasks: Mapping[str, Task]
    components: Mapping[str, Component]
    roles: Mapping[str, Role]
    compartments: Mapping[str, Words]
    partners: Mapping[str, Words]
    parties: Mapping[str, Words]
    audiences: Mapping[str, Audience]
    options: Mapping[str, tuple[Option, ...]]
    record_types: Mapping[str, RecordType]
    measures: Mapping[str, Measure]
    products: Mapping[str, Product]
    area_levels: tuple[str, ...]
    areas: Mapping[str, Area]
    places: Mapping[str, NamedPlace]
    people: Mapping[str, Person]
    demonstration: Sequence[Mapping[str, Any]] = ()
    demonstration_period: Period | None = None
    printed: tuple[Printed, ...] = ()
    """Figures that others printed, each with its document."""
    quantities: tuple[Quantity, ...] = ()
    """What several measures count, each from its own source."""
    invented: bool = False
    """The whole mission is invented, for learning and tests."""
    settings: Mapping[str, Any] = field(default_factory=dict)
    """What the mission sets for rooms that ask: ``number_prefix`` (readable numbers start with it)."""
    digest: str = ""
