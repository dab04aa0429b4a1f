"""The outline of a product, as data: sections, paragraphs with figures by key, tables, charts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from remit.kernel.wording import Words
from remit.records.types import ClassificationLevel

PartKind = Literal["section", "paragraph", "table", "chart", "records"]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of an outline.

    ``words`` holds the sentence with figures by key in braces, closed: ``{figure:ceasefire-findings-confirmed}``,
    ``{previous:KEY}`` (same measure, period before), ``{limit:KEY}``, ``{change:KEY}``, ``{period}``, ``{as_of}``.
    ``when`` names a figure that must be above zero for the part to be written; ``otherwise`` replaces it if not.
    """

    kind: PartKind
    words: Words | None = None
    otherwise: Words | None = None
    when: str = ""
    answers: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    by: str = ""
    title: Words | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Product:
    """A product of the mission: its outline, clearance and the duty that it answers."""

    key: str
    version: int
    label: Words
    title: Words
    answers: tuple[str, ...]
    must_answer: tuple[str, ...]
    parts: tuple[Part, ...]
    level: ClassificationLevel = "unclassified"
    audiences: tuple[str, ...] = ()
    masthead: Mapping[str, Any] = field(default_factory=dict)
    record_by: tuple[str, ...] = ()
    file: str = ""
    digest: str = ""
