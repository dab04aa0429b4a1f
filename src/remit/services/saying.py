"""Figures and places of the mandate in words, for lines and lists."""

from __future__ import annotations

from remit.mandate.declared import provision_label
from remit.measures.figures import Figure
from remit.reporting.numbers import number
from remit.services.workspace import Workspace

__all__ = ["figure_words", "provision_label"]


def figure_words(workspace: Workspace, figure: Figure, language: str) -> str:
    """Return a figure as people read it: ``10,742 of 13,289 military personnel``, ``66.7 per cent (2 of 3)``."""
    measure = workspace.mission.measures[figure.key]
    share = measure.kind == "share"
    text = number(figure.value, language, share=share)
    if figure.lower_bound:
        text = ("au moins " if language == "fr" else "at least ") + text
    of = "sur" if language == "fr" else "of"
    if share and figure.denominator is not None:
        return f"{text} ({number(figure.numerator, language)} {of} {number(figure.denominator, language)})"
    if figure.limit is not None:
        text += f" {of} {number(figure.limit, language)}"
    return f"{text} {measure.unit.in_(language)}"
