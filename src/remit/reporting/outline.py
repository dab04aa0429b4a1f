"""The outline of a product, as data: sections, paragraphs with figures by key, passages, tables, lists, charts, maps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from remit.kernel.conditions import ALWAYS, Condition
from remit.kernel.wording import Words
from remit.records.types import ClassificationLevel

PartKind = Literal["section", "annex", "paragraph", "passage", "table", "chart", "map", "records", "tasks", "duties"]

ListTime = Literal["occurred", "reported", "recorded", "any"]
"""Which time puts a record into the period of a list; ``any`` takes all that were known."""


@dataclass(frozen=True, slots=True)
class Listing:
    """What a list of records or tasks shows.

    ``columns`` are keys of fields, or of the envelope (``number``, ``state``, ``occurred``); of tasks ``paragraph``,
    ``task``, ``lead``, ``partners``, ``priority``, ``measures``, ``status``, ``reason``; of duties ``due``, ``duty``,
    ``paragraph``, ``left``. ``limit`` rows at most; what is cut off is said under the list.
    """

    of: str = ""
    columns: tuple[str, ...] = ()
    where: Condition = ALWAYS
    when: ListTime = "occurred"
    order: str = "occurred"
    limit: int = 200
    widths: tuple[float, ...] = ()
    priorities: tuple[str, ...] = ()
    empty: Words | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A text that people write: what is wanted, by whom, and whether the product may go without it."""

    prompt: Words
    by: tuple[str, ...] = ()
    required: bool = True


@dataclass(frozen=True, slots=True)
class Part:
    """One part of an outline.

    ``words`` holds the sentence with figures by key in braces, closed: ``{figure:ceasefire-findings-confirmed}``,
    ``{previous:KEY}`` (same measure, period before), ``{limit:KEY}``, ``{change:KEY}``, ``{period}``, ``{as_of}``, and
    ``{note:N}`` for the Nth of ``notes``. ``when`` names a figure that must be above zero for the part to be written;
    ``otherwise`` replaces it if not. ``across`` is the dimension of a table's columns, ``total`` asks for its sums, ``key`` names a passage or list.
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
    key: str = ""
    across: str = ""
    total: bool = False
    notes: tuple[Words, ...] = ()
    listing: Listing | None = None
    passage: Passage | None = None

    @property
    def dimensions(self) -> str:
        """The breakdown of a table, chart or map, by one dimension or by two: ``region``, ``group/category``."""
        return f"{self.by}/{self.across}" if self.across else self.by


@dataclass(frozen=True, slots=True)
class Product:
    """A product of the mission: its outline, clearance and the duty that it answers.

    ``word_limit`` is how many words it may have (8,500 for a report of the Secretariat); 0 where none is declared.
    """

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
    word_limit: int = 0
    board: Literal["", "capacity", "benchmarks"] = ""
    """Where it stands in the rail as a living page; "" where it does not."""
    clearance: Mapping[str, int] = field(default_factory=dict)
    """How many days before the product is due each state of its clearance is to be reached."""
    file: str = ""
    digest: str = ""
