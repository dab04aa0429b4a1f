"""What may be recorded twice: beside a form while it is filled, and the decision of a person about a pair."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST

from remit.services.duplicates import decide as decide_pair
from remit.services.duplicates import proposals_while_entering
from remit.services.form_page import new_form, raw_values
from remit.services.placing import doubts_while_entering
from remit.services.record_page import identifier_of
from remit.web.forms import RecordForm
from remit.web.here import Here, page


@require_POST
@page
def typing(request: HttpRequest, here: Here, type_key: str) -> HttpResponse:
    """Show, as a part of a page, what may be the same as what is being typed."""
    spec = new_form(here.workspace, here.actor, type_key, request.POST.get("over", ""), here.language)
    raw = raw_values(spec.kind, RecordForm(spec, here.language, request.POST).given())
    found = proposals_while_entering(here.workspace, here.actor, type_key, raw, here.language)
    doubts = doubts_while_entering(here.workspace, spec.kind, raw)
    return render(
        request, "remit/parts/alike_typing.html", {"alike": found, "doubts": doubts, "language": here.language}
    )


@require_POST
@page
def decide(request: HttpRequest, here: Here, reference: str) -> HttpResponse:
    """Keep what a person decided about a pair: a link, or that the two are not the same."""
    identifier = identifier_of(here.workspace, here.actor, reference)
    other = identifier_of(here.workspace, here.actor, request.POST.get("other", ""))
    decide_pair(here.workspace, here.actor, identifier, request.POST.get("relation", ""), other)
    return HttpResponseRedirect(f"/record/{identifier}")
