"""Releases: the list, one with its preview and findings, a decision on a finding, and preparing one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from remit.kernel.numbers import digits
from remit.services.release_page import release_list, release_page
from remit.services.releasing import decide, prepare
from remit.web.here import Here, page, show
from remit.web.wording import say


@page
def index(request: HttpRequest, here: Here) -> HttpResponse:
    """Show what left, what is about to, and who got it."""
    title = say("release.list", here.language)
    crumbs = [(say("nav.reports", here.language), "/reports"), (title, "")]
    context = {"rows": release_list(here.workspace, here.actor, here.language)}
    return show(request, "releases.html", context, title=title, crumbs=crumbs, nav="reports")


@page
def detail(request: HttpRequest, here: Here, identifier: str) -> HttpResponse:
    """Show one release."""
    found = release_page(here.workspace, here.actor, identifier, here.language)
    crumbs = [
        (say("nav.reports", here.language), "/reports"), (say("release.list", here.language), "/releases"),
        (found.line.number, ""),
    ]  # fmt: skip
    return show(
        request, "release.html", {"page": found}, title=found.line.title, crumbs=crumbs, nav="reports",
        level=found.record.level, invented=found.record.invented,
    )  # fmt: skip


@require_POST
@page
def make(request: HttpRequest, here: Here, identifier: str) -> HttpResponse:
    """Prepare a release of a kept product."""
    audience, basis = request.POST.get("audience", ""), request.POST.get("basis", "")
    made = prepare(here.workspace, here.actor, identifier, audience, basis)
    return HttpResponseRedirect(f"/release/{made.id}")


@require_POST
@page
def settle(request: HttpRequest, here: Here, identifier: str) -> HttpResponse:
    """Decide on one finding."""
    number, revision = request.POST.get("number", ""), request.POST.get("revision", "")
    decide(
        here.workspace, here.actor, identifier, digits(number) or 0,
        request.POST.get("resolution", ""), reason=request.POST.get("reason", ""),
        revision=digits(revision),
    )  # fmt: skip
    return HttpResponseRedirect(f"/release/{identifier}#found")
