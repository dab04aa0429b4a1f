"""Overview, desk, calendar, situation, people, search, help: pages that only show."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse

from remit.services import situation as situations
from remit.services.calendar import calendar as months_of
from remit.services.desk import desk as desk_of
from remit.services.list_page import search as search_all
from remit.services.overview import overview as overview_of
from remit.services.people_page import people as people_of
from remit.services.who_saw import may_audit
from remit.web.here import Here, page, show
from remit.web.maps import drawing
from remit.web.wording import say, wordings


@page
def overview(request: HttpRequest, here: Here) -> HttpResponse:
    """Show where the mandate stands."""
    found = overview_of(here.workspace, here.actor, here.period, here.language)
    return show(
        request, "overview.html", {"page": found}, title=say("nav.overview", here.language), nav="overview",
        level=found.level, invented=found.invented,
    )  # fmt: skip


@page
def desk(request: HttpRequest, here: Here) -> HttpResponse:
    """Show what waits for this person in this role."""
    found = desk_of(here.workspace, here.actor, here.language)
    return show(
        request, "desk.html", {"page": found}, title=say("nav.desk", here.language), nav="desk",
        level=found.level, invented=found.invented,
    )  # fmt: skip


@page
def calendar(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the days of the mandate and the time limits of records."""
    months = months_of(here.workspace, here.actor, here.language)
    lines = [limit.line for month in months for day in month.days for limit in day.limits]
    order = ("unclassified", "confidential", "strictly-confidential")
    return show(
        request, "calendar.html", {"months": months}, title=say("nav.calendar", here.language), nav="calendar",
        level=max((line.level for line in lines), key=order.index, default=order[0]),
        invented=any(line.invented for line in lines),
    )  # fmt: skip


@page
def situation(request: HttpRequest, here: Here) -> HttpResponse:
    """Show map, list and months of one selection."""
    found = situations.situation(here.workspace, here.actor, request.GET.dict(), here.language)
    base = situations.areas(here.workspace, here.language)
    shown = {spot.line.kind: spot.shape for spot in found.spots}
    context = {
        "page": found,
        "drawing": drawing(base, found.spots),
        "legend": [(shape, kind) for kind, shape in shown.items()],
    }
    return show(
        request, "situation.html", context, title=say("nav.situation", here.language), nav="situation",
        level=found.level, invented=found.invented,
    )  # fmt: skip


@page
def situation_points(request: HttpRequest, here: Here) -> HttpResponse:
    """Return the points of the selection as GeoJSON."""
    found = situations.situation(here.workspace, here.actor, request.GET.dict(), here.language)
    return JsonResponse(situations.features(found))


@page
def situation_areas(_request: HttpRequest, here: Here) -> HttpResponse:
    """Return the mission's areas and named places as GeoJSON."""
    return JsonResponse(situations.areas(here.workspace, here.language))


@page
def search(request: HttpRequest, here: Here) -> HttpResponse:
    """Search all that the reader may see."""
    found = search_all(here.workspace, here.actor, request.GET.get("q", ""), here.language)
    return show(
        request, "search.html", {"page": found}, title=say("search.title", here.language),
        level=found.level, invented=found.invented,
    )  # fmt: skip


@page
def people(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the roles of the mission and who holds them."""
    return show(
        request, "people.html", {"roles": people_of(here.workspace, here.actor), "may_audit": may_audit(here.actor)},
        title=say("nav.people", here.language), nav="people",
    )  # fmt: skip


@page
def glossary(request: HttpRequest, here: Here) -> HttpResponse:
    """Explain the words that the pages use."""
    keys = sorted({key.split(".")[1] for key in wordings() if key.startswith("glossary.")})
    terms = sorted(
        (
            (say(f"glossary.{key}.term", here.language), say(f"glossary.{key}.means", here.language), key)
            for key in keys
        ),
        key=lambda term: term[0].casefold(),
    )
    return show(request, "glossary.html", {"terms": terms}, title=say("help.title", here.language))
