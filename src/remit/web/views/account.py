"""My account: password, second factor, sessions, tokens of my programs."""

from __future__ import annotations

from allauth.account.decorators import reauthentication_required
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth import logout
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from remit.kernel.errors import BadInput
from remit.kernel.numbers import digits
from remit.services.accounts import asks_second_factor
from remit.services.tokens import LONGEST, end_token, make_token, tokens_of
from remit.web.here import Here, page, show
from remit.web.wording import say

SCOPES = ("read", "write", "collect", "calendar")
DAYS = (7, 30, 90, LONGEST)


@page
@never_cache
def index(request: HttpRequest, here: Here) -> HttpResponse:
    """Show my account."""
    return _account(request, here)


@require_POST
@page
def end_others(request: HttpRequest, here: Here) -> HttpResponse:
    """End all my sessions but this one."""
    del here
    for session in UserSession.objects.purge_and_list(_user(request)):
        if session.session_key != request.session.session_key:
            session.end()
    return HttpResponseRedirect("/account#sessions")


@require_POST
@page
def end_all(request: HttpRequest, here: Here) -> HttpResponse:
    """End all my sessions and tokens, this one too."""
    here.workspace.accounts.end_sessions(here.actor.person)
    logout(request)
    return HttpResponseRedirect("/sign-in")


@reauthentication_required  # type: ignore[untyped-decorator]
def add_token(request: HttpRequest) -> HttpResponseBase:
    """Make a token, and show it this once. Asks for the password again where it was given long ago."""
    return _add_token(request)


@require_POST
@page
def drop_token(request: HttpRequest, here: Here) -> HttpResponse:
    """End one of my tokens."""
    end_token(here.workspace, here.actor.person, request.POST.get("token", ""))
    return HttpResponseRedirect("/account#tokens")


@page
@never_cache
def _add_token(request: HttpRequest, here: Here) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseRedirect("/account#tokens")
    days = request.POST.get("days", "")
    try:
        made, secret = make_token(
            here.workspace, here.actor, request.POST.get("name", ""), request.POST.getlist("scope"),
            digits(days) or 0,
        )  # fmt: skip
    except BadInput as error:
        return _account(request, here, error=error, status=400)
    feed = request.build_absolute_uri(f"/calendar/{secret}.ics") if "calendar" in made.scopes else ""
    return _account(request, here, secret=secret, feed=feed)


def _account(
    request: HttpRequest,
    here: Here,
    *,
    secret: str = "",
    feed: str = "",
    error: BadInput | None = None,
    status: int = 200,
) -> HttpResponse:
    user = _user(request)
    kinds = set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    context = {
        "secret": secret,
        "feed": feed,
        "issues": error.issues if error else (),
        "sent": request.POST if error else {},
        "has_password": user.has_usable_password(),
        "second_factor": Authenticator.Type.TOTP in kinds,
        "asked": asks_second_factor(here.workspace, here.actor.person),
        "sessions": [
            {"one": one, "current": one.session_key == request.session.session_key}
            for one in sorted(UserSession.objects.purge_and_list(user), key=lambda one: one.created_at, reverse=True)
        ],
        "tokens": tokens_of(here.workspace, here.actor.person),
        "scopes": SCOPES,
        "days": DAYS,
    }
    return show(request, "account.html", context, title=say("account.title", here.language), status=status)


def _user(request: HttpRequest) -> User:
    user = request.user
    assert isinstance(user, User)  # noqa: S101 - ``page`` lets only somebody signed in come here
    return user
