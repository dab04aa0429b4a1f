"""OpenRosa 1.0, as ODK Collect, Enketo and others speak it: the list of forms, the forms, and filled ones sent in."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from email.utils import formatdate
from functools import wraps
from importlib import import_module
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from remit.api.auth import by_token, here
from remit.api.problems import BY_CODE, STATUSES
from remit.kernel.errors import RemitError
from remit.services.field_forms import FieldForm, field_form, field_forms, receive
from remit.services.files import LARGEST_FILE
from remit.services.tokens import MARK

XML = "text/xml; charset=utf-8"
View = Callable[..., HttpResponse]


def collecting(view: View) -> View:
    """Let in who shows a token with the scope ``collect``, as bearer or in a password's place; speak OpenRosa to all others.

    A person's own password opens nothing here: clients in the field keep what they are given in clear.
    """

    @csrf_exempt  # a token is shown with each request; the browser's cookie is never looked at
    @wraps(view)
    def answered(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        try:
            secret = _secret(request)
            if secret is None:
                return _told("Show a token with the scope “collect”.", 401)
            by_token(request, secret[1], "collect")
            if secret[0] and secret[0] != here(request)[1].person:
                return _told("The token is of another account.", 401)
            response = view(request, *arguments, **named)
        except RemitError as error:
            status = next((number for kind, number in STATUSES if isinstance(error, kind)), 500)
            status = next((BY_CODE[issue.code] for issue in error.issues if issue.code in BY_CODE), status)
            return _told(error.text(_language(request)), status)
        return _marked(response)

    return answered


@collecting
@require_http_methods(["GET", "HEAD"])
def form_list(request: HttpRequest) -> HttpResponse:
    """List the forms that the role may fill."""
    workspace, actor = here(request)
    language = _language(request)
    rows = "".join(_listed(request, form, language) for form in field_forms(workspace, actor))
    return HttpResponse(
        f'<?xml version="1.0" encoding="UTF-8"?><xforms xmlns="http://openrosa.org/xforms/xformsList">{rows}</xforms>',
        content_type=XML,
    )


@collecting
@require_http_methods(["GET", "HEAD"])
def form_file(request: HttpRequest, form_id: str) -> HttpResponse:
    """Send one form."""
    workspace, actor = here(request)
    return HttpResponse(_xform(field_form(workspace, actor, form_id), _language(request)), content_type=XML)


@collecting
@require_http_methods(["GET", "HEAD"])
def manifest(request: HttpRequest, form_id: str) -> HttpResponse:
    """List the files that a form needs: none, all its choices stand in it."""
    workspace, actor = here(request)
    field_form(workspace, actor, form_id)
    return HttpResponse(
        '<?xml version="1.0" encoding="UTF-8"?><manifest xmlns="http://openrosa.org/xforms/xformsManifest"></manifest>',
        content_type=XML,
    )


@collecting
@require_http_methods(["HEAD", "POST"])
def submission(request: HttpRequest) -> HttpResponse:
    """Take in a filled form with its files; 201 once it is kept, and again where it was kept before."""
    workspace, actor = here(request)
    if request.method == "HEAD":
        response = HttpResponse(status=204)
        response.headers["Location"] = request.build_absolute_uri()
        return response
    main = request.FILES.get("xml_submission_file")
    xml = main.read() if main is not None else str(request.POST.get("xml_submission_file", "")).encode()
    files = {
        str(file.name): file.read()
        for name in request.FILES
        if name != "xml_submission_file"
        for file in request.FILES.getlist(name)
    }
    made = receive(workspace, actor, xml, files)
    response = _told(f"{made.number}", 201)
    response.headers["Location"] = request.build_absolute_uri(f"/record/{made.id}")
    return response


def _listed(request: HttpRequest, form: FieldForm, language: str) -> str:
    digest = hashlib.md5(_xform(form, language).encode(), usedforsecurity=False).hexdigest()
    address = request.build_absolute_uri(f"/openrosa/forms/{form.id}")
    parts = {
        "formID": form.id,
        "name": form.title.in_(language),
        "majorMinorVersion": "",
        "version": form.version,
        "hash": f"md5:{digest}",
        "downloadUrl": f"{address}.xml",
        "manifestUrl": f"{address}/manifest",
    }
    return "<xform>" + "".join(f"<{name}>{escape(text)}</{name}>" for name, text in parts.items()) + "</xform>"


def _xform(form: FieldForm, language: str) -> str:
    """Return a form's XForm, made once for each version and language."""
    name = f"xform:{form.id}:{form.version}:{language}"
    made: str | None = caches["here"].get(name)
    if made is None:
        # Loaded where a form is asked for: what makes forms takes longer to load than all the rest of the API.
        made = str(import_module("remit.services.xforms").xform_of(form, language=language))
        caches["here"].set(name, made, 3600)
    return made


def _secret(request: HttpRequest) -> tuple[str, str] | None:
    """Return name and token of the Authorization header; no name where it is a bearer's."""
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    if scheme.casefold() == "bearer" and given:
        return "", given.strip()
    if scheme.casefold() != "basic":
        return None
    name, _, password = _decoded(given).partition(":")
    return (name, password) if password.startswith(MARK) else None


def _decoded(given: str) -> str:
    try:
        return base64.b64decode(given, validate=True).decode("utf-8")
    except ValueError:
        return ""


def _told(text: str, status: int) -> HttpResponse:
    nature = "submit_success" if status < 300 else "submit_error"
    body = (
        f'<?xml version="1.0" encoding="UTF-8"?><OpenRosaResponse xmlns="http://openrosa.org/http/response">'
        f"<message nature={quoteattr(nature)}>{escape(text)}</message></OpenRosaResponse>"
    )
    response = HttpResponse(body, content_type=XML, status=status)
    if status == 401:
        response.headers["WWW-Authenticate"] = 'Basic realm="Remit", charset="UTF-8"'
    return _marked(response)


def _marked(response: HttpResponse) -> HttpResponse:
    response.headers["X-OpenRosa-Version"] = "1.0"
    response.headers["X-OpenRosa-Accept-Content-Length"] = str(LARGEST_FILE)
    response.headers["Date"] = formatdate(usegmt=True)
    return response


def _language(request: HttpRequest) -> str:
    return "fr" if str(getattr(request, "LANGUAGE_CODE", "en")).startswith("fr") else "en"
