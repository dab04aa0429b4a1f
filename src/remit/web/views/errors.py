"""Error pages: what was found and what to do, in the reader's language; never a trace of the program.

A record that does not exist and one that may not be seen give the same page.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse

from remit.kernel.errors import BadInput, Conflict, Fault, Forbidden, Hidden, Refused, RemitError
from remit.kernel.issues import Issue
from remit.web.here import language_of, show
from remit.web.wording import say

STATUSES: tuple[tuple[type[RemitError], int], ...] = (
    (Hidden, 404), (Forbidden, 403), (BadInput, 400), (Refused, 409), (Conflict, 409), (Fault, 503),
)  # fmt: skip
KNOWN = (400, 403, 404, 409, 429, 500, 503)


def told(request: HttpRequest, status: int, issues: Sequence[Issue] = ()) -> HttpResponse:
    """Return the page of an error, with the issues it carries."""
    known = status if status in KNOWN else 500
    shown = issues if status not in (404, 500) else ()
    context = {"status": known, "issues": shown, "heading": f"error.{known}.title", "advice": f"error.{known}.advice"}
    return show(request, "error.html", context, title=say(f"error.{known}.title", language_of()), status=known)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Show what Django could not read."""
    del exception
    return told(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Show that this is not for the reader."""
    del exception
    return told(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Show that there is nothing here for the reader."""
    del exception
    return told(request, 404)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Show that a form was too old or came from elsewhere (cross-site request forgery)."""
    del reason
    return show(
        request, "error.html", {"status": 403, "issues": (), "heading": "error.stale.title", "advice": "error.stale.advice"},
        title=say("error.stale.title", language_of()), status=403,
    )  # fmt: skip


def too_many(request: HttpRequest) -> HttpResponse:
    """Show that somebody tried too often."""
    return told(request, 429)


def failed(request: HttpRequest) -> HttpResponse:
    """Show that the program failed; what happened stands in the server's log, not here."""
    return told(request, 500)


def status_of(error: RemitError) -> int:
    """Return the HTTP status of an error."""
    return next((status for kind, status in STATUSES if isinstance(error, kind)), 500)
