"""Sign in and out, choose a role, a language, a period."""

from __future__ import annotations

from typing import cast

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django import forms
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from remit.kernel.periods import parse_period
from remit.services.standing import acting, demonstrates
from remit.web.here import Here, language_of, page, show, workspace_of
from remit.web.views.errors import told
from remit.web.wording import say


class SignInForm(forms.Form):
    """Name and password."""

    username = forms.CharField(
        max_length=150,
        widget=forms.TextInput(
            attrs={"class": "wide", "autocapitalize": "none", "autocomplete": "username", "autofocus": True}
        ),
    )
    password = forms.CharField(
        strip=False, max_length=1000,
        widget=forms.PasswordInput(attrs={"class": "wide", "autocomplete": "current-password"}),
    )  # fmt: skip


@sensitive_post_parameters("password")
@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for name and password, then for the second factor where there is one. Only a demonstration shows its accounts.

    A wrong name and a wrong password look alike, and so do their locks after too many tries.
    """
    form = SignInForm(data=request.POST or None)
    refused = ""
    if request.method == "POST":
        refused = "sign_in.refused"
        if form.is_valid():
            try:
                found = get_adapter().authenticate(request, **form.cleaned_data)
            except ValidationError:
                refused = "account.error.too_many_login_attempts"
            else:
                if isinstance(found, User) and found.is_active:
                    return _enter(request, found)
    workspace = workspace_of(request)
    accounts = []
    if demonstrates(workspace):
        roles = workspace.mission.roles
        accounts = [
            {**person, "labels": [roles[key].label for key in person["roles"] if key in roles]}
            for person in workspace.accounts.people()
        ]
    directory = next(iter(getattr(settings, "SOCIALACCOUNT_PROVIDERS", {})["openid_connect"]["APPS"]), None)
    context = {
        "form": form,
        "accounts": accounts,
        "next": request.POST.get("next") or request.GET.get("next", ""),
        "refused": refused,
        "ended": "ended" in request.GET,
        "directory": directory and (directory["name"] or say("sign_in.directory_name", language_of())),
        "password_hint": getattr(settings, "REMIT_DEMONSTRATION_PASSWORD", "") if accounts else "",
    }
    status = 400 if request.method == "POST" else 200
    return show(request, "sign_in.html", context, title=say("sign_in.title", language_of()), status=status)


def _enter(request: HttpRequest, user: User) -> HttpResponse:
    """Sign in, by way of the second factor where there is one; nothing of an earlier session stays but its language."""
    request.session.flush()
    record_authentication(request, user, method="password")
    response = perform_login(request, user, redirect_url=_wanted(request))
    return cast(HttpResponse, response)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return HttpResponseRedirect("/sign-in")


def closed(request: HttpRequest) -> HttpResponse:
    """Say that an account is closed, to who knows its password."""
    return told(request, 403)


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
    """Return to the page that was asked for."""
    return HttpResponseRedirect(_wanted(request))


def _wanted(request: HttpRequest) -> str:
    """Return the page that was asked for, never one of another host."""
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe and wanted.startswith("/") else "/"
