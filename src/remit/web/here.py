"""Where a request stands: the workspace, who asks in which role, the language and the period looked at."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any, cast
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language

from remit.kernel.errors import BadInput
from remit.kernel.periods import Period, parse_period
from remit.kernel.wording import Words
from remit.services.shapes import Actor, Role
from remit.services.standing import acting, periods, roles_of, standing, usual_period
from remit.services.workspace import Workspace
from remit.web.keeping import KEEP, Witness, may_keep

Crumb = tuple[str, str]
"""A step of the way back: its words and where it leads ("" for the page itself)."""
View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Here:
    """What every page works from."""

    workspace: Workspace
    actor: Actor
    roles: Sequence[Role]
    language: str
    period: Period

    @property
    def period_listed(self) -> bool:
        """Whether the period is one of those offered."""
        return any(choice.period == self.period for choice in periods(self.workspace))

    @property
    def compartment_words(self) -> Mapping[str, Words]:
        """The words of the mission's compartments."""
        return self.workspace.mission.compartments


def workspace_of(request: HttpRequest) -> Workspace:
    """Return the open workspace that the settings' middleware put on the request, its clock where its readers stand."""
    return standing(cast(Any, request).workspace)


def language_of() -> str:
    """Return the reader's language."""
    return "fr" if (get_language() or "en").startswith("fr") else "en"


def page(view: View) -> View:
    """Let only somebody signed in reach a view, and hand it :class:`Here` as its second argument."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return HttpResponseRedirect(f"/sign-in?{urlencode({'next': request.get_full_path()})}")
        return view(request, find_here(request), *args, **kwargs)

    return guarded


def find_here(request: HttpRequest) -> Here:
    """Return where a signed-in request stands, and keep it on the request for the frame.

    Raises:
        Forbidden: the person holds no role, or no longer the one chosen.
    """
    workspace = workspace_of(request)
    workspace = replace(workspace, sightings=Witness(workspace.sightings))
    person = request.user.get_username()
    roles = roles_of(workspace, person)
    chosen = str(request.session.get("role", ""))
    actor = acting(workspace, person, chosen if any(role.key == chosen for role in roles) else "")
    here = Here(workspace, actor, roles, language_of(), _period(request, workspace))
    cast(Any, request).here = here
    return here


def _period(request: HttpRequest, workspace: Workspace) -> Period:
    asked = request.GET.get("period") or str(request.session.get("period", ""))
    try:
        return parse_period(asked) if asked else usual_period(workspace)
    except BadInput:
        if request.GET.get("period"):
            raise
        return usual_period(workspace)


def show(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    title: str,
    crumbs: Sequence[Crumb] = (),
    nav: str = "",
    level: str = "unclassified",
    invented: bool = False,
    status: int = 200,
) -> HttpResponse:
    """Render a page in the frame: ``level`` is the strictest of what it shows (its band); what is ``invented`` is said."""
    here: Here | None = getattr(request, "here", None)
    mark = invented or (here is not None and here.workspace.mission.invented)
    whole = {**context, "title": title, "crumbs": crumbs, "nav_active": nav, "level": level, "invented": mark}
    response = render(request, f"remit/{template}", whole, status=status)
    if here is not None and status == 200 and may_keep(request, here, level, whole):
        response.headers[KEEP] = "yes"
    return response
