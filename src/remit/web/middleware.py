"""What holds for every page: what a browser may load, and how our faults and refusals are shown."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from remit.kernel.errors import RemitError
from remit.web.keeping import HOLDER, holder_of
from remit.web.views.errors import status_of, told

Answer = Callable[[HttpRequest], HttpResponse]

POLICY = "; ".join(
    (
        "default-src 'self'", "script-src 'self'", "style-src 'self'", "img-src 'self' data: blob:", "font-src 'self'",
        "connect-src 'self'", "worker-src 'self' blob:", "object-src 'none'", "base-uri 'none'", "form-action 'self'",
        "frame-ancestors 'none'",
    )
)  # fmt: skip
"""Nothing inline and nothing from another host. The map library starts its worker from a blob."""


class PagePolicy:
    """Sends the content security policy, keeps pages out of caches, and says whose they are (``keeping``)."""

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
            response.headers.setdefault(HOLDER, holder_of(request))
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
