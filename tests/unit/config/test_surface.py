"""What a server that is open to others must be: Django's own checks are clean, and nobody's word on headers is taken."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

from remit.config.settings import Directory, Settings, django_settings

CHECK = """
from remit.config.settings import Settings
from remit.config.setup import set_up_django
set_up_django(Settings(https=True, hosts=("remit.example",)))
from django.core.management import call_command
call_command("check", deploy=True, fail_level="INFO")
"""


def test_check_deploy__is_clean() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", CHECK], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_settings__come_from_the_environment(tmp_path: Any) -> None:
    secret = tmp_path / "secret"
    secret.write_text("quiet\n", "utf-8")
    found = Settings.from_environment(
        {
            "REMIT_IDLE_MINUTES": "15",
            "REMIT_SESSION_HOURS": "many",
            "REMIT_DIRECTORY": "https://directory.example",
            "REMIT_DIRECTORY_SECRET_FILE": str(secret),
        }
    )
    assert (found.idle_minutes, found.session_hours) == (15, 12)
    assert found.directory == Directory("https://directory.example", "remit", "quiet")
    assert Settings.from_environment({}).directory is None


@pytest.mark.parametrize("https", [False, True])
def test_proxy__is_trusted_only_where_one_is_declared(https: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.conf import settings

    from remit.config.setup import set_up_django
    from tests.workspaces import SETTINGS

    set_up_django(SETTINGS)
    from remit.config import serving

    monkeypatch.setattr(settings, "SESSION_COOKIE_SECURE", https)
    told = serving._proxy()
    assert told["clear_untrusted_proxy_headers"] is True
    assert told.get("trusted_proxy") == ("127.0.0.1" if https else None)


def test_cookies__are_out_of_reach_of_scripts_and_other_sites() -> None:
    told = django_settings(Settings(https=True))
    assert told["SESSION_COOKIE_HTTPONLY"] and told["SESSION_COOKIE_SAMESITE"] == "Lax"
    assert told["SESSION_COOKIE_SECURE"] and told["CSRF_COOKIE_SECURE"] and told["SECURE_SSL_REDIRECT"]
