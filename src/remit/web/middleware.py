"""What holds for every page: what a browser may load, and how our faults and refusals are shown."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from remit.kernel.errors import BadInput, Conflict, Fault, Forbidden, Hidden, Refused, RemitError
from remit.web.views.errors import told

Answer = Callable[[HttpRequest], HttpResponse]

POLICY = "; ".join(
    (
        "default-src 'self'", "script-src 'self'", "style-src 'self'", "img-src 'self' data: blob:", "font-src 'self'",
        "connect-src 'self'", "worker-src 'self' blob:", "object-src 'none'", "base-uri 'none'", "form-action 'self'",
        "frame-ancestors 'none'",
    )
)  # fmt: skip
"""Nothing inline and nothing from another host. The map library starts its worker from a blob."""

STATUSES: tuple[tuple[type[RemitError], int], ...] = (
    (Hidden, 404), (Forbidden, 403), (BadInput, 400), (Refused, 409), (Conflict, 409), (Fault, 503),
)  # fmt: skip


class PagePolicy:
    """Sends the content security policy, and keeps pages of the workspace out of shared caches."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with the policy."""
        response = self._answer(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Referrer-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", "geolocation=(self), camera=(), microphone=()")
        if not request.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response


class ErrorPages:
    """Turns our own errors into pages that say what was found and what to do."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        return self._answer(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Show an error of ours as a page; leave any other to Django."""
        if not isinstance(error, RemitError) or request.path.startswith(("/api/", "/ogc/", "/openrosa/")):
            return None
        return told(request, status_of(error), error.issues)


def status_of(error: RemitError) -> int:
    """Return the HTTP status of an error."""
    return next((status for kind, status in STATUSES if isinstance(error, kind)), 500)
