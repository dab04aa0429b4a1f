"""Figures: the list for a period, one with all that stands behind it, and freezing."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from remit.services.contradictions import contradictions, explained
from remit.services.figure_page import figure_lines, figure_page
from remit.services.freezing import correct
from remit.services.freezing import freeze as freeze_figures
from remit.web.here import Here, page, show
from remit.web.wording import say

ORDER = ("unclassified", "confidential", "strictly-confidential")


@page
def index(request: HttpRequest, here: Here) -> HttpResponse:
    """Show all figures of the period that the reader sees."""
    lines = figure_lines(here.workspace, here.actor, here.period)
    return show(
        request, "figures.html", {"lines": lines}, title=say("nav.figures", here.language), nav="figures",
        level=max((line.measure.level for line in lines), key=ORDER.index, default=ORDER[0]),
        invented=any(line.figure.invented for line in lines),
    )  # fmt: skip


@page
def side_by_side(request: HttpRequest, here: Here) -> HttpResponse:
    """Show figures that ought to say the same, and what explains that they do not."""
    found = contradictions(here.workspace, here.actor, here.period)
    title = say("contradictions.title", here.language)
    figures = [count.figure for one in found.several for count in one.counts]
    levels = [count.measure.level for one in found.several for count in one.counts]
    levels += [one.measure.level for one in found.beside if one.measure]
    return show(
        request, "contradictions.html", {"page": found, "rows": [(one, explained(one)) for one in found.beside]},
        title=title, nav="figures", crumbs=[(say("nav.figures", here.language), "/figures"), (title, "")],
        level=max(levels, key=ORDER.index, default=ORDER[0]), invented=any(one.invented for one in figures),
    )  # fmt: skip


@page
def detail(request: HttpRequest, here: Here, key: str) -> HttpResponse:
    """Show one figure: value, rule, trend, breakdowns, definition, frozen values, and the way back to its records."""
    found = figure_page(here.workspace, here.actor, key, here.period, here.language)
    title = found.measure.label.in_(here.language)
    return show(
        request, "figure.html", {"page": found}, title=title, nav="figures",
        crumbs=[(say("nav.figures", here.language), "/figures"), (title, "")],
        level=found.level, invented=found.invented,
    )  # fmt: skip


@require_POST
@page
def freeze(request: HttpRequest, here: Here, key: str) -> HttpResponse:
    """Freeze the figure for the period; or, where a frozen one is named, record its correction with a reason."""
    if identifier := request.POST.get("correct"):
        correct(here.workspace, here.actor, identifier, reason=request.POST.get("reason", ""))
    else:
        freeze_figures(here.workspace, here.actor, [key], here.period)
    return HttpResponseRedirect(f"/figures/{key}#frozen")
