"""Figures as pages: the list for a period; one with its rule, trend, breakdowns, frozen values and the way back to records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from remit.kernel.periods import Period, add_months
from remit.kernel.wording import Words, same
from remit.measures.definitions import ADDITIVE, FRACTIONS, OF_TWO, Measure
from remit.measures.figures import Figure, Number
from remit.records.actors import Actor
from remit.records.types import ClassificationLevel
from remit.reporting.dimensions import dimension_words, reading_order
from remit.services.figuring import figures, measure_of, readable, walk_back
from remit.services.freezing import Frozen, frozen, review
from remit.services.kept_products import may_read
from remit.services.saying import dimension_labels
from remit.services.showing import Line, line, strictest
from remit.services.workspace import Workspace

LISTED = 200
"""How many records behind a figure its page lists; it says how many more there are."""
STEP, GROUND = 64, 160
"""Width of a month, and the ground line, in the trend's drawing."""


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A figure in a list, with the one of the period before."""

    measure: Measure
    figure: Figure
    previous: Number | None
    share: int
    """How much of the limit is reached, in percent; 0 where there is no limit."""

    @property
    def is_share(self) -> bool:
        """Whether the value is a share, shown in percent."""
        return self.measure.kind in FRACTIONS


@dataclass(frozen=True, slots=True)
class Bar:
    """One month of a trend: its value (``None``: not defined), and its height in percent of the highest."""

    month: str
    value: Number | None
    height: int
    partial: bool
    withheld: bool


@dataclass(frozen=True, slots=True)
class Column:
    """A bar as drawn: units of a drawing 190 high whose ground line lies at 160."""

    bar: Bar
    x: int
    y: int
    width: int
    height: int
    middle: int


@dataclass(frozen=True, slots=True)
class BreakdownRow:
    """One row of a breakdown."""

    label: Words
    value: Number | None
    withheld: bool
    records: int


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A figure by one of its dimensions."""

    by: str
    label: Words
    rows: tuple[BreakdownRow, ...]


@dataclass(frozen=True, slots=True)
class FrozenLine:
    """A frozen figure held against the live one of the same period."""

    frozen: Frozen
    same: bool


@dataclass(frozen=True, slots=True)
class FigurePage:
    """One figure and all that stands behind it."""

    measure: Measure
    figure: Figure
    previous: Figure | None
    trend: tuple[Bar, ...]
    breakdowns: tuple[Breakdown, ...]
    frozen: tuple[FrozenLine, ...]
    lines: tuple[Line, ...]
    unseen: int | None
    unlisted: int
    level: ClassificationLevel
    invented: bool
    may_freeze: bool
    share: int

    @property
    def is_share(self) -> bool:
        """Whether the value is a share, shown in percent."""
        return self.measure.kind in FRACTIONS

    @property
    def visible(self) -> int:
        """How many of the records behind it the reader may see."""
        return len(self.lines) + self.unlisted

    @property
    def undefined(self) -> str:
        """Why there is no value: ``withheld``, ``unknown``, ``above`` (the number to be divided), or ``nothing``."""
        if self.figure.withheld:
            return "withheld"
        if self.measure.kind not in ("share", *OF_TWO):
            return "unknown"
        if self.figure.denominator is not None and self.figure.numerator is None:
            return "above"
        return "nothing"

    @property
    def trend_width(self) -> int:
        """The width of the trend's drawing."""
        return max(len(self.trend), 4) * STEP

    @property
    def columns(self) -> tuple[Column, ...]:
        """The trend as columns of its drawing."""
        return tuple(
            Column(
                bar,
                n * STEP + 12,
                GROUND - round(bar.height * 1.3),
                STEP - 24,
                round(bar.height * 1.3),
                n * STEP + STEP // 2,
            )
            for n, bar in enumerate(self.trend)
        )


def figure_lines(
    workspace: Workspace, actor: Actor, period: Period, keys: Sequence[str] | None = None
) -> Sequence[FigureLine]:
    """Return the figures that the reader sees for a period, in declared order, with those of the period before."""
    wanted = [m.key for m in readable(workspace, actor) if keys is None or m.key in keys]
    now = {figure.key: figure for figure in figures(workspace, actor, period, keys=wanted)}
    before = {figure.key: figure for figure in figures(workspace, actor, period.previous(), keys=wanted)}
    return [
        FigureLine(workspace.mission.measures[key], now[key], before[key].value, limit_share(now[key]))
        for key in wanted
        if key in now
    ]


def figures_with(workspace: Workspace, actor: Actor, period: Period, record: str) -> Sequence[FigureLine]:
    """Return the figures of a period in which a record is counted."""
    return [one for one in figure_lines(workspace, actor, period) if record in one.figure.record_ids]


def limit_share(figure: Figure) -> int:
    """Return how much of its limit a figure reaches, in percent; 0 without one."""
    return round(100 * figure.value / figure.limit) if figure.limit and figure.value is not None else 0


def figure_page(workspace: Workspace, actor: Actor, key: str, period: Period, language: str) -> FigurePage:
    """Return the page of a figure.

    Raises:
        BadInput: no such measure.
        Forbidden: the reader may not see its figures.
    """
    measure = measure_of(workspace, key)
    figure = figures(workspace, actor, period, keys=[key])[0]
    previous = figures(workspace, actor, period.previous(), keys=[key])[0]
    back = walk_back(workspace, actor, figure, most=LISTED)
    lines = tuple(line(workspace, record, language) for record in back.records)
    return FigurePage(
        measure=measure,
        figure=figure,
        previous=previous,
        trend=_trend(workspace, actor, measure, period) if "month" in measure.by else (),
        breakdowns=tuple(
            _breakdown(workspace, actor, measure, period, by, language) for by in measure.by if by != "month"
        ),
        frozen=tuple(
            FrozenLine(_without_hidden(workspace, actor, one), review(workspace, one).same)
            for one in frozen(workspace, actor, key)
            if not one.figure.by
        ),
        lines=lines,
        unseen=back.unseen,
        unlisted=back.unlisted,
        level=max(
            (measure.level, strictest(lines)), key=("unclassified", "confidential", "strictly-confidential").index
        ),
        invented=figure.invented or any(one.invented for one in lines),
        may_freeze="freeze" in actor.role.may and not actor.role.audience,
        share=limit_share(figure),
    )


def _without_hidden(workspace: Workspace, actor: Actor, one: Frozen) -> Frozen:
    """Return a frozen figure without the product that printed it, where the reader may not see that."""
    shown = one.product is not None and may_read(workspace, actor, one.product)
    return one if shown else replace(one, product=None, paragraph="")


def _trend(workspace: Workspace, actor: Actor, measure: Measure, period: Period) -> tuple[Bar, ...]:
    """Return the figure by month over the whole mandate so far, or over the period where it lies outside."""
    whole = workspace.mission.period
    shown = Period(min(whole.start, period.start), period.end)
    by_month = figures(workspace, actor, shown, keys=[measure.key], by=["month"])[0]
    cells = {cell.keys.get("month", ""): cell for cell in by_month.cells}
    values = [cell.value for cell in cells.values() if cell.value is not None]
    top = max([*values, 0]) or 1
    bars = []
    for part in shown.months():
        month = f"{part.start:%Y-%m}"
        cell = cells.get(month)
        value = cell.value if cell else (0 if measure.kind in ADDITIVE else None)
        height = round(100 * value / top) if value else 0
        bars.append(Bar(month, value, height, part != _whole_month(part.start), bool(cell and cell.withheld)))
    return tuple(bars)


def _whole_month(day: date) -> Period:
    first = day.replace(day=1)
    return Period(first, add_months(first, 1))


def _breakdown(
    workspace: Workspace, actor: Actor, measure: Measure, period: Period, by: str, language: str
) -> Breakdown:
    figure = figures(workspace, actor, period, keys=[measure.key], by=[by])[0]
    labels = dimension_labels(workspace.mission, measure, by)
    cells = {cell.keys.get(by, ""): cell for cell in figure.cells}
    rows = tuple(
        BreakdownRow(
            same(dimension_words(by, key, labels, language)),
            cells[key].value,
            cells[key].withheld,
            len(cells[key].record_ids),
        )
        for key in reading_order(cells, labels, language)
    )
    return Breakdown(by, _dimension(workspace, measure, by), rows)


def _dimension(workspace: Workspace, measure: Measure, by: str) -> Words:
    known = {"region": Words("Region", "Région"), "state": Words("State", "État"), "cercle": same("Cercle")}
    type_key, _, group = measure.of.partition(".")
    kind = workspace.mission.record_types[type_key]
    fields = {**kind.fields, **(kind.fields[group].fields if group and group in kind.fields else {})}
    return fields[by].label if by in fields else known.get(by, same(by.replace("_", " ").capitalize()))
