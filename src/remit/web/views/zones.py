"""What a person decided about a proposed breach of a zone."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from remit.services.record_page import identifier_of
from remit.services.zones import decide_breach
from remit.web.here import Here, page


@require_POST
@page
def decide(request: HttpRequest, here: Here, reference: str) -> HttpResponse:
    """Keep the decision as a link, and go back to the page on which it was taken."""
    zone = identifier_of(here.workspace, here.actor, reference)
    other = identifier_of(here.workspace, here.actor, request.POST.get("other", ""))
    decide_breach(here.workspace, here.actor, zone, other, request.POST.get("decision", ""))
    back = identifier_of(here.workspace, here.actor, request.POST.get("back") or zone)
    return HttpResponseRedirect(f"/record/{back}")
