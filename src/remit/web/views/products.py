"""Products in the making: their passages, their clearance, and two versions beside each other."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from remit.kernel.errors import BadInput, Conflict
from remit.kernel.issues import Issue
from remit.kernel.numbers import digits
from remit.services.drafting import write_passage
from remit.services.passage_page import passage_page
from remit.services.report_page import board_page, may_draft, open_one, product_for
from remit.services.standing import demonstrates
from remit.services.versions import compare_versions
from remit.web.here import Here, page, show
from remit.web.wording import say


@page
def passages(request: HttpRequest, here: Here, key: str) -> HttpResponse:
    """Show the passages of a product for the period and language, and write one of them."""
    issues: Sequence[Issue] = ()
    sent: dict[str, str] = {}
    status = 200
    if request.method == "POST":
        passage, text = request.POST.get("passage", ""), request.POST.get("text", "")
        revision = request.POST.get("revision", "")
        try:
            write_passage(
                here.workspace, here.actor, product_for(here.workspace, key), here.period, passage, text,
                language=here.language, revision=digits(revision),
            )  # fmt: skip
        except (BadInput, Conflict) as error:
            issues, sent = error.issues, {"passage": passage, "text": text}
            status = 409 if isinstance(error, Conflict) else 422
        else:
            return HttpResponseRedirect(f"/reports/{key}/write?period={here.period}#{passage}")
    found = passage_page(here.workspace, here.actor, key, here.period, here.language)
    label = found.product.label.in_(here.language)
    title = say("passage.title", here.language, product=label)
    drafts = may_draft(here.actor)
    crumbs = [
        (say("nav.reports", here.language), "/reports"),
        (label, f"/reports/{key}" if drafts else ""),
        (title, ""),
    ]
    context = {"page": found, "issues": issues, "sent": sent, "may_draft": drafts}
    return show(
        request, "passages.html", context, title=title, crumbs=crumbs, nav="reports", level=found.product.level,
        invented=demonstrates(here.workspace), status=status,
    )  # fmt: skip


@page
def versions(request: HttpRequest, here: Here, one: str, other: str) -> HttpResponse:
    """Show two kept versions of a product beside each other."""
    found = compare_versions(here.workspace, here.actor, one, other, here.language)
    title = say("version.title", here.language)
    crumbs = [(say("nav.reports", here.language), "/reports"), (title, "")]
    level = found.new.document.level
    return show(
        request, "versions.html", {"page": found}, title=title, crumbs=crumbs, nav="reports", level=level,
        invented=found.new.document.invented,
    )  # fmt: skip


@page
def board(request: HttpRequest, here: Here, board: str) -> HttpResponse:
    """Show a product that stands in the rail as a living page."""
    found = board_page(here.workspace, here.actor, board, here.period, here.language)
    context = {"page": found, "may_draft": may_draft(here.actor)}
    return show(
        request, "board.html", context, title=say(f"nav.{board}", here.language), nav=board, level=found.level,
        invented=found.invented,
    )  # fmt: skip


@require_POST
@page
def clearance(_request: HttpRequest, here: Here, key: str) -> HttpResponse:
    """Open the clearance of a product for the period."""
    return HttpResponseRedirect(f"/record/{open_one(here.workspace, here.actor, key, here.period)}")
