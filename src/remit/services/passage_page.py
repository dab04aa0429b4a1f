"""The page on which people write the passages of a product, for a period and in a language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from remit.kernel.periods import Period
from remit.kernel.wording import Words
from remit.measures.figures import Figure
from remit.records.actors import Actor
from remit.records.types import LEVELS
from remit.reporting.outline import Product
from remit.services.drafting import Written, written
from remit.services.figuring import figures
from remit.services.report_page import product_for
from remit.services.saying import figure_words
from remit.services.standing import person_name
from remit.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class PassageRow:
    """One passage: what is wanted, what stands there, the revision that an editor has before him, and who wrote it."""

    key: str
    prompt: Words
    answers: tuple[str, ...]
    required: bool
    text: str
    other: str
    revision: int
    by: str
    at: datetime | None
    may_write: bool


@dataclass(frozen=True, slots=True)
class FigureHelp:
    """A figure that may stand in a passage: the place to write for it, its words and its value now."""

    place: str
    label: Words
    value: str


@dataclass(frozen=True, slots=True)
class PassagePage:
    """The passages of a product, and the figures that may stand in them."""

    product: Product
    period: Period
    rows: tuple[PassageRow, ...]
    figures: tuple[FigureHelp, ...]


def passage_page(workspace: Workspace, actor: Actor, key: str, period: Period, language: str) -> PassagePage:
    """Return the passages of a product as they stand.

    Raises:
        Hidden: no such product. Forbidden: REP-031, the role is not cleared for it.
    """
    product = product_for(workspace, key)
    rows = tuple(_row(workspace, one, language) for one in written(workspace, actor, product, period))
    return PassagePage(product, period, rows, tuple(_figures(workspace, actor, product, period, language)))


def _row(workspace: Workspace, one: Written, language: str) -> PassageRow:
    record = one.records.get(language)
    other = next((text for name, text in one.texts.items() if name != language), "")
    assert one.part.passage is not None  # noqa: S101 - a part of this kind has one
    author = record.amended_by[-1] if record and record.amended_by else record.recorded_by.person if record else ""
    return PassageRow(
        key=one.part.key,
        prompt=one.part.passage.prompt,
        answers=one.part.answers,
        required=one.part.passage.required,
        text=one.texts.get(language, ""),
        other=other,
        revision=record.revision if record else 0,
        by=person_name(workspace, author) if author else "",
        at=(record.changed_at or record.recorded_at) if record else None,
        may_write=one.may_write,
    )


def _figures(
    workspace: Workspace, actor: Actor, product: Product, period: Period, language: str
) -> Sequence[FigureHelp]:
    """Return the figures of the product's level that have a value in the period."""
    if "figure" not in actor.role.may:
        return ()
    found: Sequence[Figure] = figures(workspace, actor, period)
    measures = workspace.mission.measures
    return [
        FigureHelp(f"{{figure:{figure.key}}}", measures[figure.key].label, figure_words(workspace, figure, language))
        for figure in found
        if figure.value and LEVELS.index(measures[figure.key].level) <= LEVELS.index(product.level)
    ]
