"""Figures and places of the mandate in words, for lines and lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from remit.kernel.wording import Words
from remit.mandate.declared import provision_label
from remit.measures.definitions import OF_TWO, Measure
from remit.measures.figures import Figure
from remit.missions.mission import Mission
from remit.reporting.dimensions import dimension_words
from remit.reporting.numbers import WITHHELD, number, quantity
from remit.services.workspace import Workspace

__all__ = ["cell_words", "dimension_labels", "figure_words", "provision_label"]


def figure_words(workspace: Workspace, figure: Figure, language: str) -> str:
    """Return a figure as people read it: ``10,742 of 13,289 military personnel``, ``66.7 per cent (2 of 3)``."""
    measure = workspace.mission.measures[figure.key]
    if figure.withheld:
        return WITHHELD
    text = quantity(figure.value, language, measure.kind)
    if figure.lower_bound:
        text = ("au moins " if language == "fr" else "at least ") + text
    of = "sur" if language == "fr" else "of"
    if figure.value is None or measure.kind == "elapsed":
        return text
    if measure.kind == "share" and figure.denominator is not None:
        return f"{text} ({number(figure.numerator, language)} {of} {number(figure.denominator, language)})"
    if measure.kind in OF_TWO and figure.denominator is not None:
        parts = f"{number(figure.numerator, language)} / {number(figure.denominator, language)}"
        return f"{text} {measure.unit.in_(language)} ({parts})"
    if figure.limit is not None:
        text += f" {of} {number(figure.limit, language)}"
    return f"{text} {measure.unit.in_(language)}"


def cell_words(workspace: Workspace, figure: Figure, language: str) -> Iterator[tuple[str, str]]:
    """Yield the cells of a breakdown in words: (``Gao, July 2017``, ``3``)."""
    measure = workspace.mission.measures[figure.key]
    labels = {by: dimension_labels(workspace.mission, measure, by) for by in figure.by}
    for cell in figure.cells:
        name = ", ".join(dimension_words(by, key, labels[by], language) for by, key in cell.keys.items())
        shown = WITHHELD if cell.withheld else quantity(cell.value, language, measure.kind)
        yield name, shown


def dimension_labels(mission: Mission, measure: Measure, by: str) -> Mapping[str, Words]:
    """Return the words of a breakdown's keys: areas, states, or the options of the field; none for a time."""
    if by in mission.area_levels:
        return {key: area.label for key, area in mission.areas.items()}
    type_key, _, group = measure.of.partition(".")
    kind = mission.record_types[type_key]
    if by == "state" and kind.process:
        return {key: state.label for key, state in kind.process.states.items()}
    fields = {**kind.fields, **(kind.fields[group].fields if group in kind.fields else {})}
    return {option.key: option.label for option in fields[by].options} if by in fields else {}
