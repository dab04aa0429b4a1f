"""What the pages need from the settings. ``remit.config`` puts these into its own lists; nothing here is read at import.

The root urls include ``remit.web.urls`` at "" and set ``handler400``, ``handler403``, ``handler404`` and ``handler500`` to
:data:`HANDLERS`. A middleware of ``remit.config`` puts the open workspace on ``request.workspace`` before ours run.
Settings that the pages count on: ``LANGUAGES = [("en", …), ("fr", …)]``, ``USE_I18N``, ``LOGIN_URL = "/sign-in"``,
``CSRF_FAILURE_VIEW = "remit.web.views.errors.stale_form"``.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

INSTALLED_APPS = ("django_htmx", "remit.web")
MIDDLEWARE = (
    "remit.web.compressing.CompressedPages",
    "django.middleware.locale.LocaleMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "remit.web.middleware.PagePolicy",
    "remit.web.middleware.ErrorPages",
)
"""After sessions, authentication and the workspace."""
CONTEXT_PROCESSORS = ("django.template.context_processors.request", "remit.web.frame.frame")
HANDLERS = {
    400: "remit.web.views.errors.bad_request",
    403: "remit.web.views.errors.forbidden",
    404: "remit.web.views.errors.not_found",
    500: "remit.web.views.errors.failed",
}


def static_folders() -> list[tuple[str, Path]]:
    """Return folders of static files that are not apps' own, each with its prefix: the map library from its package.

    Raises:
        ModuleNotFoundError: the ``maplibre`` package is not installed.
    """
    spec = find_spec("maplibre")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("maplibre")
    return [("maplibre", Path(spec.origin).parent / "srcjs")]
