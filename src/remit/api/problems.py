"""Every refusal of the API is ``application/problem+json`` (RFC 9457) with stable codes, whatever went wrong where."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from remit.api import shapes
from remit.api.auth import TooOften
from remit.api.models import Problem, Problems
from remit.kernel.errors import BadInput, Conflict, Fault, Forbidden, Hidden, Refused, RemitError
from remit.kernel.issues import Issue, Where
from remit.kernel.wording import Words

TYPE = "application/problem+json"
PREFIXES = ("/api/", "/ogc")
STATUSES: tuple[tuple[type[RemitError], int], ...] = (
    (Hidden, 404), (TooOften, 429), (Forbidden, 403), (BadInput, 400), (Refused, 409), (Conflict, 409), (Fault, 503),
)  # fmt: skip
BY_CODE = {"ACC-067": 401, "WEB-013": 422, "WEB-014": 428, "WEB-016": 412}
"""Codes whose status says more than their kind does."""

_SAYS = {
    400: ("WEB-011", Words("The request cannot be read.", "La requête ne peut pas être lue.")),
    401: (
        "WEB-012",
        Words(
            "Nobody is signed in, and no token was shown.", "Personne n’est connecté, et aucun jeton n’a été montré."
        ),
    ),
    403: (
        "WEB-021",
        Words(
            "The request is refused: it may come from elsewhere.",
            "La requête est refusée : elle vient peut-être d’ailleurs.",
        ),
    ),
    404: ("WEB-022", Words("There is nothing here for you.", "Il n’y a rien ici pour vous.")),
    405: ("WEB-023", Words("This cannot be done with this address.", "Cela ne se fait pas avec cette adresse.")),
    413: ("WEB-024", Words("What was sent is too large.", "Ce qui a été envoyé est trop grand.")),
    429: ("WEB-019", Words("Too many requests.", "Trop de requêtes.")),
    500: ("WEB-029", Words("Remit failed; nothing was half-written.", "Remit a échoué ; rien n’a été écrit à moitié.")),
    503: ("WEB-030", Words("The store does not answer.", "Le stockage ne répond pas.")),
}
_DOES = {
    401: Words(
        "Sign in, or show a token: Authorization: Bearer remit_…",
        "Connectez-vous, ou montrez un jeton : Authorization: Bearer remit_…",
    ),
    403: Words(
        "Send the CSRF token with it, or use a token of your own.",
        "Joignez le jeton CSRF, ou employez un jeton à vous.",
    ),
    405: Words("See /api/openapi.json.", "Voir /api/openapi.json."),
}
Answer = Callable[[HttpRequest], HttpResponse]


class ProblemAnswers:
    """Turns what is refused outside the routes (a form's token, an address, a size, a failure) into a problem too."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        response = self._answer(request)
        if response.status_code < 400 or not request.path.startswith(PREFIXES):
            return response
        if str(response.headers.get("Content-Type", "")).startswith(TYPE):
            return response
        told = problem_of(request, response.status_code)
        for name in ("Allow", "WWW-Authenticate", "Retry-After"):
            if name in response.headers:
                told.headers[name] = response.headers[name]
        return told


def handle_problems(api: NinjaAPI) -> None:
    """Have an API's refusals said as problems."""

    @api.exception_handler(RemitError)
    def told(request: HttpRequest, error: RemitError) -> HttpResponse:
        status = next((number for kind, number in STATUSES if isinstance(error, kind)), 500)
        status = next((BY_CODE[issue.code] for issue in error.issues if issue.code in BY_CODE), status)
        if status == 409 and isinstance(error, Conflict) and "If-Match" in request.headers:
            status = 412
        return answer(request, status, error.issues)

    @api.exception_handler(ValidationError)
    def unread(request: HttpRequest, error: ValidationError) -> HttpResponse:
        return answer(request, 400, [_unread(found) for found in error.errors])

    @api.exception_handler(HttpError)
    def refused(request: HttpRequest, error: HttpError) -> HttpResponse:
        return problem_of(request, error.status_code)

    @api.exception_handler(AuthenticationError)
    def stranger(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
        del error
        return problem_of(request, 401)


def problem_of(request: HttpRequest, status: int) -> HttpResponse:
    """Return the problem of a status that says nothing else."""
    known = status if status in _SAYS else (500 if status >= 500 else 400)
    code, words = _SAYS[known]
    return answer(request, status, [Issue(code, words, _DOES.get(known))])


def answer(request: HttpRequest, status: int, issues: Sequence[Issue]) -> HttpResponse:
    """Return a problem: the first issue is its title, all stand in ``problems``."""
    language = "fr" if str(getattr(request, "LANGUAGE_CODE", "en")).startswith("fr") else "en"
    found = [shapes.problem(issue, language) for issue in issues]
    first = found[0] if found else Problem(code="WEB-029", level="error", path="", message="", remedy="")
    body = Problems(
        type=f"urn:remit:{first.code}", title=first.message, status=status, detail=first.remedy, instance=request.path,
        problems=found,
    )  # fmt: skip
    response = HttpResponse(json.dumps(body.model_dump(), ensure_ascii=False), content_type=TYPE, status=status)
    if status == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="Remit", Basic realm="Remit", charset="UTF-8"'
    if status == 429:
        response.headers["Retry-After"] = "60"
    return response


def _unread(found: Any) -> Issue:
    path = ".".join(str(part) for part in found.get("loc", ())[1:])
    said = str(found.get("msg", ""))
    return Issue(
        "WEB-011",
        Words(f"“{path}” cannot be read: {said}.", f"« {path} » ne peut pas être lu : {said}."),
        Words("See /api/openapi.json for what is expected.", "Voir /api/openapi.json pour ce qui est attendu."),
        where=Where(path=path),
    )
