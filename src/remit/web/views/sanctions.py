"""Sanctions: the dates of the list, screening, who waits for a decision, and the ledger of what was passed on."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from remit.kernel.errors import BadInput
from remit.services.sanctions_page import sanctions_page
from remit.services.screening import screen, screen_again, take_list
from remit.services.shapes import Subject
from remit.services.standing import demonstrates
from remit.web.here import Here, page, show
from remit.web.wording import say

LEVEL = "strictly-confidential"


@page
def sanctions(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the page, take a list in, screen somebody, or screen everybody again."""
    context: dict[str, object] = {"sent": request.POST}
    status = 200
    sanctions_page(here.workspace, here.actor, here.language)
    if request.method == "POST":
        try:
            context |= _done(request, here)
        except BadInput as error:
            context["issues"], status = error.issues, 400
    context["page"] = sanctions_page(here.workspace, here.actor, here.language)
    return show(
        request, "sanctions.html", context, title=say("sanctions.title", here.language), nav="records", level=LEVEL, status=status,
        crumbs=[(say("nav.records", here.language), "/records"), (say("sanctions.title", here.language), "")],
    )  # fmt: skip


def _done(request: HttpRequest, here: Here) -> dict[str, object]:
    sent = request.POST
    if (file := request.FILES.get("list")) is not None:
        return {"taken": take_list(here.workspace, here.actor, file.read(), str(file.name))}
    if "again" in sent:
        return {"screened": screen_again(here.workspace, here.actor, language=here.language), "asked_again": True}
    subject = Subject(
        sent.get("file", "").strip(), sent.get("kind", "person"), _lines(sent.get("names", "")), sent.get("born", "").strip(),
        sent.get("birth_place", "").strip(), sent.get("nationality", "").strip(), _lines(sent.get("documents", "")),
    )  # fmt: skip
    if not subject.file or not subject.names:
        raise BadInput.of("FRM-032", say("sanctions.incomplete", "en"), say("sanctions.incomplete", "fr"))
    return {
        "screened": screen(
            here.workspace,
            here.actor,
            [subject],
            sent.get("purpose", ""),
            language=here.language,
            invented=demonstrates(here.workspace),
        )
    }


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
