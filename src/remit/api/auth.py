"""Who asks: somebody signed in in the browser, or a program that shows a token. Nobody else is let in."""

from __future__ import annotations

from typing import Any, cast

from django.core.cache import caches
from django.http import HttpRequest
from ninja.security import HttpBasicAuth, HttpBearer, SessionAuth

from remit.kernel.errors import Forbidden
from remit.kernel.issues import Issue
from remit.kernel.wording import Words
from remit.services.shapes import Actor, Scope
from remit.services.standing import acting, roles_of, standing
from remit.services.tokens import MARK, act_by_token
from remit.services.workspace import Workspace

PER_MINUTE = 600
"""Requests of one person in a minute; beyond that the answer is 429."""
FAILED_PER_MINUTE = 30
"""Tokens that open nothing, from one address in a minute."""


class TooOften(Forbidden):
    """Somebody asks more often than one person can read."""


class SignedIn(SessionAuth):
    """A person signed in, by session; what changes something takes the form's own token (CSRF) too."""

    def authenticate(self, request: HttpRequest, key: str | None) -> Any | None:
        """Return who asks, ``None`` for a stranger."""
        del key
        if not request.user.is_authenticated:
            return None
        workspace = standing(cast(Any, request).workspace)
        person = request.user.get_username()
        chosen = str(request.session.get("role", ""))
        held = any(role.key == chosen for role in roles_of(workspace, person))
        return _stand(request, workspace, acting(workspace, person, chosen if held else ""))


class ByToken(HttpBearer):
    """A program with a token: ``Authorization: Bearer remit_…``."""

    openapi_bearerFormat = "remit_…"  # noqa: N815 - ninja's name

    def authenticate(self, request: HttpRequest, token: str) -> Any | None:
        """Return whom the token acts as."""
        return by_token(request, token, scope_of(request))


class ByBasic(HttpBasicAuth):
    """A program that knows only name and password (a GIS): the token stands in the password's place."""

    def authenticate(self, request: HttpRequest, username: str, password: str) -> Any | None:
        """Return whom the token acts as; a person's own password opens nothing here."""
        found = by_token(request, password, scope_of(request)) if password.startswith(MARK) else None
        return found if found is None or username in ("", found) else None


EVERYBODY = (SignedIn(), ByToken(), ByBasic())


def by_token(request: HttpRequest, secret: str, scope: Scope) -> str:
    """Return the person whom a token acts as; the request then carries workspace and actor.

    Raises:
        Forbidden: ACC-067, ACC-068, ACC-031; TooOften: WEB-019.
    """
    workspace = standing(cast(Any, request).workspace)
    address = str(request.META.get("REMOTE_ADDR", ""))
    require_seldom(f"failed:{address}", FAILED_PER_MINUTE, add=0)
    try:
        actor = act_by_token(workspace, secret, scope)
    except Forbidden:
        require_seldom(f"failed:{address}", FAILED_PER_MINUTE)
        raise
    return _stand(request, workspace, actor)


def scope_of(request: HttpRequest) -> Scope:
    """Return the scope that a request takes."""
    return "read" if request.method in ("GET", "HEAD", "OPTIONS") else "write"


def here(request: HttpRequest) -> tuple[Workspace, Actor]:
    """Return the workspace and the actor that signing in put on the request."""
    found: tuple[Workspace, Actor] = cast(Any, request).standing
    return found


def require_seldom(what: str, limit: int, *, add: int = 1) -> None:
    """Count within the minute, and refuse beyond the limit.

    Raises:
        TooOften: WEB-019.
    """
    counts = caches["here"]
    counts.add(what, 0, 60)
    try:
        number = counts.incr(what, add)
    except ValueError:  # the minute ended in between
        number = add
    if number > limit:
        raise TooOften(
            Issue(
                "WEB-019",
                Words(f"More than {limit} requests in a minute.", f"Plus de {limit} requêtes en une minute."),
                Words(
                    "Wait a minute; ask for larger pages instead.",
                    "Attendez une minute ; demandez plutôt de plus grandes pages.",
                ),
            )
        )


def _stand(request: HttpRequest, workspace: Workspace, actor: Actor) -> str:
    require_seldom(f"person:{actor.person}", PER_MINUTE)
    cast(Any, request).standing = (workspace, actor)
    return actor.person
