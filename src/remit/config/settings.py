"""Settings, built once, and what Django is told of them. Reads the environment; imports no Django."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from remit.kernel.numbers import digits
from remit.web import needs


@dataclass(frozen=True, slots=True)
class Directory:
    """The mission's own directory of people (OpenID Connect), by which they may sign in besides their password.

    Attributes:
        address: the issuer's, or that of its ``.well-known`` document (``REMIT_DIRECTORY``).
        client: what this Remit is called there (``REMIT_DIRECTORY_CLIENT``).
        secret: what it proves itself with (``REMIT_DIRECTORY_SECRET``, or the file ``REMIT_DIRECTORY_SECRET_FILE``).
        name: what the button says (``REMIT_DIRECTORY_NAME``).
        claim: which of its claims names the account here (``REMIT_DIRECTORY_CLAIM``).
    """

    address: str
    client: str
    secret: str
    name: str = ""
    claim: str = "preferred_username"

    @classmethod
    def from_environment(cls, found: Mapping[str, str]) -> Directory | None:
        """Return the directory of an environment, ``None`` where it names none."""
        if not found.get("REMIT_DIRECTORY"):
            return None
        file = found.get("REMIT_DIRECTORY_SECRET_FILE")
        secret = Path(file).read_text("utf-8").strip() if file else found.get("REMIT_DIRECTORY_SECRET", "")
        return cls(
            found["REMIT_DIRECTORY"], found.get("REMIT_DIRECTORY_CLIENT", "remit"), secret,
            found.get("REMIT_DIRECTORY_NAME", ""), found.get("REMIT_DIRECTORY_CLAIM") or "preferred_username",
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Settings:
    """How this process runs, with the variable of the environment that each setting is read from.

    Attributes:
        missions: folders of mission folders besides Remit's own, or mission folders themselves (``REMIT_MISSIONS``,
            separated as ``PATH`` is).
        debug: show tracebacks (``REMIT_DEBUG=1``); never on a server.
        hosts: host names that the app answers to (``REMIT_HOSTS``, by commas).
        https: the app stands behind HTTPS: cookies are sent over it only (``REMIT_HTTPS=1``).
        idle_minutes: a session ends after so long without a request (``REMIT_IDLE_MINUTES``).
        session_hours: a session ends so long after sign-in, whatever happens (``REMIT_SESSION_HOURS``).
        directory: the mission's own directory of people.
        figures_server: the PostgreSQL database that may compute figures (``REMIT_FIGURES_SERVER``), where the workspace
            stands on none itself.
        spark_master: the address of the Spark cluster that may compute figures (``REMIT_SPARK_MASTER``).
        quick_passwords: hash passwords in no time, for tests only; no variable sets it.
    """

    missions: tuple[Path, ...] = ()
    debug: bool = False
    hosts: tuple[str, ...] = ("127.0.0.1", "localhost", "[::1]")
    https: bool = False
    idle_minutes: int = 120
    session_hours: int = 12
    directory: Directory | None = None
    figures_server: str = ""
    spark_master: str = ""
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
            idle_minutes=_whole(found, "REMIT_IDLE_MINUTES", cls().idle_minutes),
            session_hours=_whole(found, "REMIT_SESSION_HOURS", cls().session_hours),
            figures_server=found.get("REMIT_FIGURES_SERVER", "").strip(),
            spark_master=found.get("REMIT_SPARK_MASTER", "").strip(),
            directory=Directory.from_environment(found),
        )


def _whole(found: Mapping[str, str], name: str, usual: int) -> int:
    """Read a number from the environment; what is none leaves the usual one, which is the stricter of the two mistakes."""
    text = found.get(name, "").strip()
    return digits(text) or usual


def _hashers(settings: Settings) -> tuple[str, ...]:
    """The first hashes new passwords. The second verifies those of workspaces that were made before."""
    return ("MD5PasswordHasher",) if settings.quick_passwords else ("Argon2PasswordHasher", "PBKDF2PasswordHasher")


SIGN_IN_APPS = (
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "allauth.usersessions",
)


def _sign_in(settings: Settings) -> dict[str, Any]:
    """Return what allauth is told: nobody signs himself up, nothing is sent by e-mail, wrong tries lock for a while."""
    return {
        "AUTHENTICATION_BACKENDS": ["allauth.account.auth_backends.AuthenticationBackend"],
        "AUTH_PASSWORD_VALIDATORS": [
            {"NAME": f"django.contrib.auth.password_validation.{name}"} | options
            for name, options in (
                ("UserAttributeSimilarityValidator", {}),
                ("MinimumLengthValidator", {"OPTIONS": {"min_length": 12}}),
                ("CommonPasswordValidator", {}),
                ("NumericPasswordValidator", {}),
            )
        ],
        # Counts of wrong tries stand in the workspace: a restart does not forgive them, and several processes share them.
        "CACHES": {
            "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "request_counts"},
            "here": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "remit"},
        },
        "ACCOUNT_ADAPTER": "remit.web.adapters.AccountAdapter",
        "ACCOUNT_LOGIN_METHODS": {"username"},
        "ACCOUNT_SIGNUP_FIELDS": ["username*", "password1*"],
        "ACCOUNT_EMAIL_VERIFICATION": "none",
        "ACCOUNT_EMAIL_NOTIFICATIONS": False,
        "ACCOUNT_PRESERVE_USERNAME_CASING": True,
        "ACCOUNT_REAUTHENTICATION_TIMEOUT": 600,
        "ACCOUNT_RATE_LIMITS": {"login_failed": "30/5m/ip,5/5m/key", "login": "60/m/ip"},
        "ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE": False,
        "ACCOUNT_SESSION_REMEMBER": False,
        "MFA_ADAPTER": "remit.web.adapters.SecondFactorAdapter",
        "MFA_SUPPORTED_TYPES": ["totp", "recovery_codes"],
        "MFA_RECOVERY_CODES_SHOW_ONCE": True,
        "MFA_TOTP_TOLERANCE": 1,  # clocks of phones in the field are a little off
        "ALLAUTH_TRUSTED_PROXY_COUNT": 0,  # the server itself takes the proxy's word, and nobody else's (config.serving)
        "SOCIALACCOUNT_ADAPTER": "remit.web.adapters.DirectoryAdapter",
        "SOCIALACCOUNT_ONLY": False,
        "SOCIALACCOUNT_AUTO_SIGNUP": False,
        "SOCIALACCOUNT_LOGIN_ON_GET": False,
        "SOCIALACCOUNT_STORE_TOKENS": False,
        "SOCIALACCOUNT_PROVIDERS": {"openid_connect": _directory(settings.directory)},
    }


def _directory(directory: Directory | None) -> dict[str, Any]:
    if directory is None:
        return {"APPS": []}
    return {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "directory",
                "name": directory.name,
                "client_id": directory.client,
                "secret": directory.secret,
                "settings": {"server_url": directory.address, "claim": directory.claim},
            }
        ],
    }


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
            *SIGN_IN_APPS,
        ],
        "MIDDLEWARE": [
            "django.middleware.security.SecurityMiddleware",
            "remit.web.compressing.CompressedStaticFiles",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "allauth.account.middleware.AccountMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "django.middleware.clickjacking.XFrameOptionsMiddleware",
            "remit.config.middleware.OpenWorkspace",
            "remit.api.problems.ProblemAnswers",
            "remit.config.sessions.SessionRules",
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
        "DATABASES": {"default": {"ENGINE": "remit.store.following"}},  # each workspace brings its own
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
        "SESSION_COOKIE_AGE": settings.session_hours * 3600,
        "SESSION_EXPIRE_AT_BROWSER_CLOSE": True,
        "REMIT_IDLE_SECONDS": settings.idle_minutes * 60,
        "REMIT_SESSION_SECONDS": settings.session_hours * 3600,
        "SESSION_COOKIE_SECURE": settings.https,
        "CSRF_COOKIE_SECURE": settings.https,
        "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https") if settings.https else None,
        "SECURE_CONTENT_TYPE_NOSNIFF": True,
        "SECURE_REFERRER_POLICY": "same-origin",
        "SECURE_CROSS_ORIGIN_OPENER_POLICY": "same-origin",
        "X_FRAME_OPTIONS": "DENY",
        "SECURE_SSL_REDIRECT": settings.https,
        "SECURE_HSTS_SECONDS": 31_536_000 if settings.https else 0,
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": settings.https,
        "SECURE_HSTS_PRELOAD": settings.https,
        "CSRF_COOKIE_SAMESITE": "Lax",
        "DATA_UPLOAD_MAX_MEMORY_SIZE": 20 * 1024 * 1024,
        "DATA_UPLOAD_MAX_NUMBER_FIELDS": 5000,
        "DATA_UPLOAD_MAX_NUMBER_FILES": 20,
        "REMIT_WORKSPACE": None,
        **_sign_in(settings),
        "PASSWORD_HASHERS": [f"django.contrib.auth.hashers.{name}" for name in _hashers(settings)],
    }
