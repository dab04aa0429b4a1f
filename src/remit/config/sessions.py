"""How long a session lasts, and what it opens before a second factor is set up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils import timezone

from remit.services.accounts import lacks_second_factor
from remit.services.tokens import without_second_factor

BEGAN, SEEN = "began", "seen"
GRAIN = 60
"""Seconds within which further requests are not written down: reading must not make every page a write."""
OPEN = (
    "/static/",
    "/sign-in",
    "/sign-out",
    "/language",
    "/account/second-factor",
    "/account/again",
    "/account/password",
)
"""What a session opens before the second factor that its roles ask for is set up: the way to set it up."""


class SessionRules:
    """Ends a session that stood idle too long or began too long ago, or whose account was closed; asks for a second factor."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request, where its session still opens something."""
        if not request.path.startswith("/static/") and request.user.is_authenticated:
            refused = self._too_old(request) or self._without_second_factor(request)
            if refused is not None:
                return refused
        return self._answer(request)

    def _too_old(self, request: HttpRequest) -> HttpResponse | None:
        now = timezone.now().timestamp()
        began = float(request.session.setdefault(BEGAN, now))
        seen = float(request.session.setdefault(SEEN, now))
        if now - began <= getattr(settings, "REMIT_SESSION_SECONDS", 0) and now - seen <= getattr(
            settings, "REMIT_IDLE_SECONDS", 0
        ):
            if now - seen > GRAIN:
                request.session[SEEN] = now
            return None
        logout(request)
        if _is_for_programs(request):
            return None  # answered there as for a stranger
        return HttpResponseRedirect(f"/sign-in?{urlencode({'next': request.get_full_path(), 'ended': '1'})}")

    def _without_second_factor(self, request: HttpRequest) -> HttpResponse | None:
        person = request.user.get_username()
        if request.path.startswith(OPEN) or not person:
            return None
        workspace = cast(Any, request).workspace
        if not lacks_second_factor(workspace, person):
            return None
        if not _is_for_programs(request):
            return HttpResponseRedirect("/account/second-factor/activate?asked=1")
        issue = without_second_factor()
        body = {
            "type": f"urn:remit:{issue.code}", "title": issue.message.en, "status": 403,
            "problems": [{"code": issue.code, "level": issue.level, "path": "", "message": issue.message.en, "remedy": ""}],
        }  # fmt: skip
        return JsonResponse(body, status=403, content_type="application/problem+json")


def _is_for_programs(request: HttpRequest) -> bool:
    return request.path.startswith(("/api/", "/openrosa/", "/ogc/"))
