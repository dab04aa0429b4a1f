"""What goes out of a list and what comes in from a file."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from remit.services.exporting import export
from remit.services.list_page import condition_of, type_for
from remit.web.here import Here, page


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
