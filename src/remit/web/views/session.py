"""Sign in and out, choose a role, a language, a period."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from remit.kernel.periods import parse_period
from remit.services.standing import acting, demonstrates
from remit.web.here import Here, language_of, page, show, workspace_of
from remit.web.wording import say


@sensitive_post_parameters("password")
@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for name and password. Only a demonstration shows its accounts, all invented."""
    form = AuthenticationForm(request, data=request.POST or None)
    for name, field in form.fields.items():
        field.widget.attrs["class"] = "wide"
        if name == "username":
            field.widget.attrs |= {"autocapitalize": "none", "autocomplete": "username"}
    if request.method == "POST" and form.is_valid():
        login(request, form.get_user())
        request.session.pop("role", None)
        return _back(request)
    workspace = workspace_of(request)
    accounts = []
    if demonstrates(workspace):
        roles = workspace.mission.roles
        accounts = [
            {**person, "labels": [roles[key].label for key in person["roles"] if key in roles]}
            for person in workspace.accounts.people()
        ]
    context = {
        "form": form,
        "accounts": accounts,
        "next": request.POST.get("next") or request.GET.get("next", ""),
        "refused": request.method == "POST",
        "password_hint": getattr(settings, "REMIT_DEMONSTRATION_PASSWORD", "") if accounts else "",
    }
    status = 400 if request.method == "POST" else 200
    return show(request, "sign_in.html", context, title=say("sign_in.title", language_of()), status=status)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return HttpResponseRedirect("/sign-in")


@require_POST
@page
def choose_role(request: HttpRequest, here: Here) -> HttpResponse:
    """Act in another role that the person holds."""
    actor = acting(here.workspace, here.actor.person, request.POST.get("role", ""))
    request.session["role"] = actor.role.key
    return HttpResponseRedirect("/")


@require_POST
@page
def choose_period(request: HttpRequest, here: Here) -> HttpResponse:
    """Look at another period."""
    del here
    request.session["period"] = str(parse_period(request.POST.get("period", "")))
    return _back(request)


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Read and write in the other language; a cookie remembers it."""
    response = _back(request)
    language = "fr" if request.POST.get("language") == "fr" else "en"
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=31_536_000,
        samesite="Lax",
        secure=request.is_secure(),
        httponly=True,
    )
    return response


def _back(request: HttpRequest) -> HttpResponseRedirect:
    """Return to the page that was asked for, never to another host."""
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(wanted if safe and wanted.startswith("/") else "/")
