"""The calendar feed: its address holds a token that opens nothing else, since calendars send no headers."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from remit.api.auth import by_token, here
from remit.api.problems import BY_CODE, STATUSES
from remit.kernel.errors import RemitError
from remit.services.calendar_feed import calendar_feed

ICALENDAR = "text/calendar; charset=utf-8"


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Give the calendar of whom the token acts as; ``?language=fr`` in French."""
    language = "fr" if request.GET.get("language") == "fr" else "en"
    try:
        by_token(request, token, "calendar")
        workspace, actor = here(request)
        data = calendar_feed(workspace, actor, language, request.build_absolute_uri("/").rstrip("/"))
    except RemitError as error:
        status = next((number for kind, number in STATUSES if isinstance(error, kind)), 500)
        status = next((BY_CODE[issue.code] for issue in error.issues if issue.code in BY_CODE), status)
        return HttpResponse(error.text(language), status=status, content_type="text/plain; charset=utf-8")
    response = HttpResponse(data, content_type=ICALENDAR)
    response["Content-Disposition"] = 'inline; filename="remit.ics"'
    response["Referrer-Policy"] = "no-referrer"
    return response
