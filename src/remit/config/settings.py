"""Settings, built once, and what Django is told of them. Reads the environment; imports no Django."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from remit.web import needs


@dataclass(frozen=True, slots=True)
class Settings:
    """How this process runs, with the variable of the environment that each setting is read from.

    Attributes:
        missions: folders of mission folders besides Remit's own, or mission folders themselves (``REMIT_MISSIONS``,
            separated as ``PATH`` is).
        debug: show tracebacks (``REMIT_DEBUG=1``); never on a server.
        hosts: host names that the app answers to (``REMIT_HOSTS``, by commas).
        https: the app stands behind HTTPS: cookies are sent over it only (``REMIT_HTTPS=1``).
        quick_passwords: hash passwords in no time, for tests only; no variable sets it.
    """

    missions: tuple[Path, ...] = ()
    debug: bool = False
    hosts: tuple[str, ...] = ("127.0.0.1", "localhost", "[::1]")
    https: bool = False
    quick_passwords: bool = False

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Return the settings of an environment, the process's own by default."""
        found = os.environ if environment is None else environment
        hosts = tuple(host.strip() for host in found.get("REMIT_HOSTS", "").split(",") if host.strip())
        return cls(
            missions=tuple(Path(part) for part in found.get("REMIT_MISSIONS", "").split(os.pathsep) if part),
            debug=found.get("REMIT_DEBUG") == "1",
            hosts=(*cls().hosts, *hosts),
            https=found.get("REMIT_HTTPS") == "1",
        )


def _hashers(settings: Settings) -> tuple[str, ...]:
    """The first hashes new passwords. The second verifies those of workspaces that were made before."""
    return ("MD5PasswordHasher",) if settings.quick_passwords else ("Argon2PasswordHasher", "PBKDF2PasswordHasher")


def django_settings(settings: Settings) -> dict[str, Any]:
    """Return Django's settings. Databases are not among them: each workspace brings its own (``store.databases``)."""
    return {
        "DEBUG": settings.debug,
        "SECRET_KEY": os.urandom(32).hex(),  # for commands; a workspace that is served brings its own
        "ALLOWED_HOSTS": list(settings.hosts),
        "INSTALLED_APPS": [
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "django.contrib.messages",
            "django.contrib.staticfiles",
            "remit.store",
            *needs.INSTALLED_APPS,
        ],
        "MIDDLEWARE": [
            "django.middleware.security.SecurityMiddleware",
            "whitenoise.middleware.WhiteNoiseMiddleware",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "django.middleware.clickjacking.XFrameOptionsMiddleware",
            "remit.config.middleware.OpenWorkspace",
            *needs.MIDDLEWARE,
        ],
        "TEMPLATES": [
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": [
                        "django.contrib.auth.context_processors.auth",
                        "django.contrib.messages.context_processors.messages",
                        *needs.CONTEXT_PROCESSORS,
                    ]
                },
            }
        ],
        "ROOT_URLCONF": "remit.config.urls",
        "DATABASES": {},
        "DATABASE_ROUTERS": ["remit.store.databases.WorkspaceRouter"],
        "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
        "USE_TZ": True,
        "TIME_ZONE": "UTC",
        "USE_I18N": True,
        "LANGUAGE_CODE": "en",
        "LANGUAGES": [("en", "English"), ("fr", "Français")],
        "STATIC_URL": "/static/",
        "STATICFILES_DIRS": needs.static_folders(),
        "WHITENOISE_USE_FINDERS": True,  # served from the packages: nothing is collected at run time
        "WHITENOISE_AUTOREFRESH": settings.debug,
        "WHITENOISE_ALLOW_ALL_ORIGINS": False,
        "LOGIN_URL": "/sign-in",
        "LOGIN_REDIRECT_URL": "/",
        "CSRF_FAILURE_VIEW": "remit.web.views.errors.stale_form",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_AGE": 12 * 3600,
        "SESSION_COOKIE_SECURE": settings.https,
        "CSRF_COOKIE_SECURE": settings.https,
        "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https") if settings.https else None,
        "SECURE_CONTENT_TYPE_NOSNIFF": True,
        "SECURE_REFERRER_POLICY": "same-origin",
        "SECURE_CROSS_ORIGIN_OPENER_POLICY": "same-origin",
        "X_FRAME_OPTIONS": "DENY",
        "DATA_UPLOAD_MAX_MEMORY_SIZE": 20 * 1024 * 1024,
        "REMIT_WORKSPACE": None,
        "PASSWORD_HASHERS": [f"django.contrib.auth.hashers.{name}" for name in _hashers(settings)],
    }
