"""What a browser needs to go on through a cut link: manifest, service worker, the page for then, and where forms are sent later."""

from __future__ import annotations

import json
from functools import cache
from hashlib import sha256
from importlib.resources import files

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.templatetags.static import static
from django.utils import translation
from django.views.decorators.http import require_GET, require_POST

from remit.kernel.errors import RemitError
from remit.kernel.issues import Issue
from remit.services.field_forms import field_forms
from remit.services.form_page import new_form
from remit.web.here import Here, page, show, workspace_of
from remit.web.keeping import HOLDER, holder, may_wait
from remit.web.views.errors import status_of
from remit.web.views.forms import received, record_sent
from remit.web.wording import say

OWN = ("remit/remit.css", "remit/remit.js", "remit/device.js", "remit/offline.js", "remit/worker.js", "remit/mark.svg")
SHELL = (*OWN[:4], OWN[5], "django_htmx/htmx-2.min.js")
"""Files that every page loads."""


@require_GET
def manifest(request: HttpRequest, language: str) -> HttpResponse:
    """Give what makes the app installable, in one language."""
    language = _language(language)
    mission = workspace_of(request).mission
    icons = [
        {"src": static(f"remit/icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png", "purpose": "any"}
        for size in (192, 512)
    ]
    maskable = {
        "src": static("remit/icon-maskable.png"),
        "sizes": "512x512",
        "type": "image/png",
        "purpose": "maskable",
    }
    drawn = {"src": static("remit/mark.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"}
    body = {
        "id": "/", "name": f"{say('brand', language)} · {mission.short.in_(language)}", "short_name": say("brand", language),
        "description": say("device.description", language), "lang": language, "dir": "ltr", "start_url": "/", "scope": "/",
        "display": "standalone", "background_color": "#ffffff", "theme_color": "#00699b",
        "icons": [*icons, maskable, drawn],
        "shortcuts": [
            {"name": say("nav.desk", language), "url": "/desk"},
            {"name": say("nav.records", language), "url": "/records"},
            {"name": say("device.title", language), "url": f"/device/{language}"},
        ],
    }  # fmt: skip
    text = json.dumps(body, ensure_ascii=False)
    response = HttpResponse(text, content_type="application/manifest+json; charset=utf-8")
    response.headers[HOLDER] = ""
    return response


@require_GET
def worker(_request: HttpRequest) -> HttpResponse:
    """Give the service worker. It stands at the root: from there it answers for every page."""
    shell = [*(static(name) for name in SHELL), "/device/en", "/device/fr"]
    first = json.dumps({"version": _version(), "shell": shell, "device": static("remit/device.js")})
    text = f"self.REMIT = {first};\n{_own('remit/worker.js')}"
    response = HttpResponse(text, content_type="text/javascript; charset=utf-8")
    for name, value in (("Cache-Control", "no-cache"), ("Service-Worker-Allowed", "/"), (HOLDER, "")):
        response.headers[name] = value
    return response


@require_GET
def device(request: HttpRequest, language: str) -> HttpResponse:
    """Show what waits on this device and which pages are kept there: one page for everybody, filled in by the browser alone."""
    language = _language(language)
    with translation.override(language):
        response = show(request, "device.html", {}, title=say("device.title", language))
    response.headers[HOLDER], response.headers["Content-Language"] = "", language
    return response


@require_GET
def standing(request: HttpRequest) -> HttpResponseBase:
    """Say who would send what waits, with a fresh token for it; nobody where the session has ended."""
    if not request.user.is_authenticated:
        return JsonResponse({"holder": "", "token": "", "forms": []})
    return _standing(request)


@page
def _standing(request: HttpRequest, here: Here) -> HttpResponse:
    kinds = [form.kind for form in field_forms(here.workspace, here.actor)]
    forms = [f"/records/{kind.key}/new" for kind in kinds if may_wait(kind)]
    return JsonResponse(
        {"holder": holder(here.actor.person, here.actor.role.key), "token": get_token(request), "forms": forms}
    )


@require_POST
@page
def send(request: HttpRequest, here: Here, type_key: str) -> HttpResponse:
    """Record what waited on a device, once: the same form as on the page, answered for a program."""
    try:
        spec = new_form(here.workspace, here.actor, type_key, request.POST.get("over", ""), here.language)
        form, data = received(request, here, spec)
        made = record_sent(request, here, form) if data is not None else ""
    except RemitError as error:
        problems = [_told(issue, here.language) for issue in error.issues]
        return JsonResponse({"problems": problems}, status=status_of(error))
    return JsonResponse({"record": f"/record/{made}"}, status=201)


def _told(issue: Issue, language: str) -> dict[str, str]:
    """Return a problem in words, for the list of what waits."""
    words = issue.message.in_(language) + (f" {issue.remedy.in_(language)}" if issue.remedy else "")
    return {"code": issue.code, "path": issue.where.path, "words": words}


def _language(language: str) -> str:
    if language not in ("en", "fr"):
        raise Http404
    return language


@cache
def _version() -> str:
    """Return what names these files: another one makes browsers fetch them anew."""
    whole = "".join(_own(name) for name in OWN) + _own("remit/device.html", "templates")
    return sha256(whole.encode()).hexdigest()[:16]


@cache
def _own(name: str, folder: str = "static") -> str:
    return files("remit.web").joinpath(folder, name).read_text(encoding="utf-8")
