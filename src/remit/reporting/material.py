"""What a product is composed of: figures, lists, passages and outlines of areas, prepared by the caller."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from remit.kernel.periods import Period
from remit.kernel.wording import Words
from remit.measures.definitions import Measure
from remit.measures.figures import Figure
from remit.records.types import ClassificationLevel
from remit.reporting.outline import Part, Product

Ring = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of an outline, in one language: its columns and rows in words.

    ``more`` rows were left out for length. ``level`` is the strictest of what is listed.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    more: int = 0
    level: ClassificationLevel = "unclassified"
    invented: bool = False
    records: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outline:
    """An area as a map draws it: rings of (lon, lat) degrees, WGS84; ``approximate`` where it is only a sketch."""

    key: str
    label: Words
    rings: tuple[Ring, ...]
    approximate: bool = True


@dataclass(frozen=True, slots=True)
class Material:
    """All that a product is made of, computed by the caller.

    ``broken_down`` holds the figures by (measure, dimensions) for tables, charts and maps (``Part.dimensions``), ``names``
    the words of the keys by (measure, one dimension). ``passages`` are the texts that people wrote, by (key, language);
    ``listed`` gives a list of the outline in a language; ``areas`` are outlines by area level, for maps.
    """

    product: Product
    mission: Words
    measures: Mapping[str, Measure]
    figures: Mapping[str, Figure]
    previous: Mapping[str, Figure]
    broken_down: Mapping[tuple[str, str], Figure]
    names: Mapping[tuple[str, str], Mapping[str, Words]]
    period: Period
    as_of: datetime | None
    written_at: datetime
    audience: str = ""
    head: str = ""
    invented: bool = False
    level: ClassificationLevel = "unclassified"
    passages: Mapping[tuple[str, str], str] = field(default_factory=dict)
    listed: Callable[[Part, str], Listed] = lambda part, language: Listed((), ())  # noqa: ARG005
    areas: Mapping[str, Sequence[Outline]] = field(default_factory=dict)
    later: Mapping[str, Figure] = field(default_factory=dict)
    """Figures that are others now than at the cut-off, for a list of its own in an internal draft."""
