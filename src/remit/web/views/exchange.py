"""What goes out of a list, and what comes in from a file: looked at first, then taken."""

from __future__ import annotations

from django.core import signing
from django.http import HttpRequest, HttpResponse

from remit.kernel.errors import BadInput
from remit.services.exporting import export
from remit.services.files import keep_upload
from remit.services.import_page import TOLD, look, sources
from remit.services.importing_tables import Said
from remit.services.list_page import condition_of, type_for
from remit.services.shapes import ENCODINGS, ORDERS, Rule
from remit.web.here import Here, page, show
from remit.web.wording import say

_SALT = "remit.import"
_KEPT_S = 24 * 3600
"""How long a file that was looked at can be gone on with: a day."""


@page
def give(request: HttpRequest, here: Here, type_key: str, format_: str) -> HttpResponse:
    """Give what a list shows, all pages of it, in a format."""
    params = request.GET.dict()
    wanted = condition_of(here.workspace, type_for(here.workspace, type_key), params)
    found = export(
        here.workspace,
        here.actor,
        type_key,
        format_,
        condition=wanted,
        text=params.get("q", "").strip(),
        language=here.language,
    )
    name, data, media = found.whole(f"{type_key}-{format_}")
    response = HttpResponse(data, content_type=media)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Remit-Level"] = found.level
    return response


@page
def bring(request: HttpRequest, here: Here) -> HttpResponse:
    """Import a file: say what it is, look at what would come, put columns right, and take it in."""
    context = {
        "sources": sources(here.workspace, here.actor),
        "sent": request.POST,
        "orders": ORDERS,
        "encodings": ENCODINGS,
        "told": TOLD,
    }
    if request.method != "POST":
        return _show(request, here, context)
    try:
        data, kept, name = _file(request, here)
        preview = look(
            here.workspace, here.actor, request.POST.get("source", ""), data, name, said=_said(request),
            mapping=request.POST.get("mapping", "").strip(), take="take" in request.POST, language=here.language,
        )  # fmt: skip
    except BadInput as error:
        return _show(request, here, {**context, "issues": error.issues}, status=400)
    context |= {"preview": preview, "kept": kept, "name": name, "issues": preview.done.issues[:TOLD],
                "more": max(0, len(preview.done.issues) - TOLD), "pairs": list(enumerate(preview.columns))}  # fmt: skip
    return _show(request, here, context)


def _file(request: HttpRequest, here: Here) -> tuple[bytes, str, str]:
    """Return the file sent, or the one that this person looked at before, with the token that names it.

    A bare digest is not believed: it would open any file of any record to whoever learned it.
    """
    sent = request.FILES.get("file")
    if sent is not None:
        data = sent.read()
        sha256, name = keep_upload(here.workspace, data, str(sent.name))
        return data, signing.dumps([here.actor.person, sha256], salt=_SALT), name
    token, name = request.POST.get("kept", ""), request.POST.get("name", "")
    try:
        person, sha256 = signing.loads(token, salt=_SALT, max_age=_KEPT_S)
    except (signing.BadSignature, ValueError, TypeError):
        person, sha256 = "", ""
    kept = here.workspace.attachments.read(str(sha256)) if person == here.actor.person else None
    if kept is None:
        raise BadInput.of("FRM-031", say("import.no_file", "en"), say("import.no_file", "fr"))
    return kept, token, name


def _said(request: HttpRequest) -> Said:
    sent = request.POST
    rules = [Rule(sent[f"n{nth}"], sent.get(f"c{nth}", "") or "-") for nth in range(500) if f"n{nth}" in sent]
    return Said(
        tuple(rules),
        {},
        sent.get("identifier", ""),
        sent.get("order", ""),
        sent.get("sheet", ""),
        sent.get("encoding", ""),
    )


def _show(request: HttpRequest, here: Here, context: dict[str, object], status: int = 200) -> HttpResponse:
    return show(
        request, "import.html", context, title=say("import.title", here.language), nav="records", status=status,
        crumbs=[(say("nav.records", here.language), "/records"), (say("import.title", here.language), "")],
    )  # fmt: skip
