"""Reports: the list, a draft or one kept with its figures linked, Word and HTML files."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from remit.kernel.periods import parse_day
from remit.services.release_page import audiences_for, release_list
from remit.services.report_page import ReportPage, draft_page, file_of, keep, kept_page, may_draft, report_list
from remit.web.here import Here, page, show
from remit.web.wording import say


@page
def index(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the products of the mission and those kept."""
    context = {"rows": report_list(here.workspace, here.actor, here.language), "may_draft": may_draft(here.actor)}
    return show(request, "reports.html", context, title=say("nav.reports", here.language), nav="reports")


@page
def detail(request: HttpRequest, here: Here, key: str) -> HttpResponse:
    """Show a draft for the period, or keep it with its figures frozen."""
    cut_off = _cut_off(request)
    if request.method == "POST":
        kept = keep(here.workspace, here.actor, key, here.period, here.language, cut_off=cut_off)
        return HttpResponseRedirect(f"/report/{kept}")
    found = draft_page(here.workspace, here.actor, key, here.period, here.language, cut_off=cut_off)
    return _shown(request, here, found)


@page
def kept(request: HttpRequest, here: Here, identifier: str) -> HttpResponse:
    """Show a product as it was kept."""
    found = kept_page(here.workspace, here.actor, identifier, here.language)
    record = found.kept.record if found.kept else None
    return _shown(
        request, here, found,
        releases=release_list(here.workspace, here.actor, here.language, identifier),
        audiences=audiences_for(here.workspace, here.actor, record) if record else {},
    )  # fmt: skip


@page
def download(request: HttpRequest, here: Here, key: str, form: str) -> HttpResponse:
    """Give a draft as a file."""
    found = draft_page(here.workspace, here.actor, key, here.period, here.language, cut_off=_cut_off(request))
    return _file(here, found, form)


@page
def kept_download(_request: HttpRequest, here: Here, identifier: str, form: str) -> HttpResponse:
    """Give a kept product as a file."""
    return _file(here, kept_page(here.workspace, here.actor, identifier, here.language), form)


def _shown(request: HttpRequest, here: Here, found: ReportPage, **more: object) -> HttpResponse:
    title = found.product.label.in_(here.language)
    context = {"page": found, "cut_off": request.GET.get("cut_off", ""), **more}
    return show(
        request, "report.html", context, title=title, nav="reports",
        crumbs=[(say("nav.reports", here.language), "/reports"), (title, "")],
        level=found.level, invented=found.invented,
    )  # fmt: skip


def _file(here: Here, found: ReportPage, form: str) -> HttpResponse:
    data, name, media = file_of(here.workspace, found, f".{form}")
    response = HttpResponse(data, content_type=media)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _cut_off(request: HttpRequest) -> datetime | None:
    """Return the last instant of the day asked for, ``None`` for all that is known."""
    text = request.POST.get("cut_off") or request.GET.get("cut_off") or ""
    if not text:
        return None
    return datetime.combine(parse_day(text), time.min, UTC) + timedelta(days=1) - timedelta(microseconds=1)
