"""What the server itself takes from whoever knocks: headers of a proxy that is not there, bodies without end."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from remit.services.workspace import Workspace
from tests.workspaces import composition, new_workspace


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    """An empty workspace."""
    return new_workspace(tmp_path, "exercise")


@contextmanager
def listening(place: Workspace, **settings: Any) -> Iterator[int]:
    """Serve as `remit serve` does, on a free port."""
    from django.test import override_settings
    from waitress.server import create_server

    from remit.config.serving import _proxy, application_for

    with override_settings(**settings):
        server: Any = create_server(
            application_for(composition(), place), host="127.0.0.1", port=0, threads=2, **_proxy()
        )
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        try:
            yield server.effective_port
        finally:
            server.task_dispatcher.shutdown()  # no thread of it is at work when its trigger goes
            server.close()
            thread.join(timeout=5)


def ask(
    port: int, path: str = "/sign-in", method: str = "GET", body: bytes | None = None, **headers: str
) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer


SPOOFED = {
    "X_Forwarded_Proto": "https",
    "X_Forwarded_Host": "evil.example",
    "X_Forwarded_For": "10.0.0.1",
    "Forwarded": "for=10.0.0.1;proto=https",
}


@pytest.mark.attack("headers spoofed")
def test_without_a_proxy_nobody_is_believed(place: Workspace) -> None:
    with listening(place) as port:
        answer = ask(port, **SPOOFED)
        assert answer.status == 200
        assert all("secure" not in value.casefold() for name, value in answer.getheaders() if name == "Set-Cookie")
        assert ask(port, "/desk", **SPOOFED).headers["Location"].startswith("/sign-in")


@pytest.mark.attack("headers spoofed")
def test_behind_a_proxy_plain_http_is_sent_away(place: Workspace) -> None:
    https = {
        "SESSION_COOKIE_SECURE": True, "CSRF_COOKIE_SECURE": True, "SECURE_SSL_REDIRECT": True,
        "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https"), "SECURE_HSTS_SECONDS": 31_536_000,
    }  # fmt: skip
    from django.conf import settings

    middleware = list(settings.MIDDLEWARE)
    with listening(place, **https, MIDDLEWARE=middleware) as port:
        assert ask(port).status == 301
        answer = ask(port, X_Forwarded_Proto="https", X_Forwarded_For="10.0.0.1")
        assert answer.status == 200
        assert "max-age=31536000" in str(answer.headers["Strict-Transport-Security"])
        assert "secure" in str(answer.headers["Set-Cookie"]).casefold()


@pytest.mark.attack("bodies without end")
@pytest.mark.parametrize("path", ["/sign-in", "/api/files", "/openrosa/submission"])
def test_a_body_that_claims_too_much(place: Workspace, path: str) -> None:
    with listening(place) as port:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        connection.putrequest("POST", path)
        connection.putheader("Content-Length", str(10**12))
        connection.putheader("Content-Type", "application/octet-stream")
        connection.endheaders()
        assert connection.getresponse().status == 413
        connection.close()


@pytest.mark.attack("bodies without end")
def test_a_form_of_very_many_fields(place: Workspace) -> None:
    with listening(place) as port:
        body = "&".join(f"a{number}=1" for number in range(20_000)).encode()
        answer = ask(port, "/sign-in", "POST", body, Content_Type="application/x-www-form-urlencoded")
        assert answer.status in (400, 403)
