"""The mandate and its paragraphs."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from remit.services.coverage import counted, coverage_page
from remit.services.coverage import coverage as covered
from remit.services.figure_page import figure_lines
from remit.services.mandate_page import outline, paragraph_page, path_words
from remit.services.overview import task_states
from remit.web.here import Here, page, show
from remit.web.wording import say


@page
def mandate(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the whole mandate, paragraph by paragraph."""
    instrument = here.workspace.mission.instrument
    states = {state.task.path: state for state in task_states(here.workspace, here.actor, here.period)}
    rows = [(row, states.get(row.path)) for row in outline(here.workspace)]
    context = {"instrument": instrument, "rows": rows, "text_attached": instrument.key in here.workspace.texts}
    return show(request, "mandate.html", context, title=say("nav.mandate", here.language), nav="mandate")


@page
def coverage(request: HttpRequest, here: Here) -> HttpResponse:
    """Show what serves each paragraph and item: record types, figures, products, each proved by an example or not."""
    mission = here.workspace.mission
    served, operative, items_served, items = counted(covered(mission))
    count = say(
        "coverage.count", here.language, served=served, operative=operative, items_served=items_served, items=items
    )
    title = say("coverage.title", here.language)
    context = {
        "rows": coverage_page(here.workspace, here.actor),
        "count": count,
        "words_served": say("coverage.served", here.language),
        "words_unserved": say("coverage.unserved", here.language),
    }
    return show(
        request, "coverage.html", context, title=title, nav="mandate",
        crumbs=[(say("nav.mandate", here.language), "/mandate"), (title, "")],
    )  # fmt: skip


@page
def paragraph(request: HttpRequest, here: Here, path: str) -> HttpResponse:
    """Show one provision and everything that answers it."""
    found = paragraph_page(here.workspace, here.actor, path)
    keys = [measure.key for measure in found.measures]
    figures = figure_lines(here.workspace, here.actor, here.period, keys) if keys else []
    states = {
        s.task.key: s for s in task_states(here.workspace, here.actor, here.period, [t.task for t in found.tasks])
    }
    context = {
        "page": found,
        "rows": outline(here.workspace),
        "figures": figures,
        "tasks": [(row, states.get(row.task.key)) for row in found.tasks],
        "instrument": here.workspace.mission.instrument,
    }
    label = path_words(path).in_(here.language)
    return show(
        request, "paragraph.html", context, title=label, nav="mandate",
        crumbs=[(say("nav.mandate", here.language), "/mandate"),
                *((path_words(p.path).in_(here.language), f"/mandate/{p.path}") for p in found.parents), (label, "")],
        invented=any(line.figure.invented for line in figures),
    )  # fmt: skip
