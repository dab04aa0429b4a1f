"""Who saw what: readings of records in compartments, for those who may look at them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from remit.kernel.periods import parse_period
from remit.services.who_saw import last_days, who_saw
from remit.web.here import Here, page, show
from remit.web.wording import say


@page
def who_saw_what(request: HttpRequest, here: Here) -> HttpResponse:
    """Show who read which records, of the last thirty days or of the days, the person and the record asked for."""
    asked = {name: request.GET.get(name, "").strip() for name in ("record", "person", "start", "end")}
    period = last_days(here.workspace)
    if asked["start"] or asked["end"]:
        period = parse_period(f"{asked['start'] or period.start}/{asked['end'] or period.end}")
    found = who_saw(here.workspace, here.actor, record=asked["record"], person=asked["person"], period=period)
    title = say("saw.title", here.language)
    crumbs = [(say("nav.people", here.language), "/people"), (title, "")]
    context = {"found": found, "asked": asked, "days": period}
    return show(request, "who-saw.html", context, title=title, crumbs=crumbs, nav="people", level="confidential")
