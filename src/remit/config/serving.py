"""Serve the app from this machine, to this machine."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import Any, Protocol

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from waitress.server import create_server  # type: ignore[import-untyped]

from remit.kernel.errors import Fault
from remit.services.workspace import Workspace

HOST = "127.0.0.1"
THREADS = 8


class Attaching(Protocol):
    """Attaches workspaces to the app."""

    def attach(self, workspace: Workspace | None) -> None:
        """Have requests go to this workspace."""
        ...


def application_for(composition: Attaching, workspace: Workspace) -> WSGIHandler:
    """Return the app, its requests going to this workspace."""
    composition.attach(workspace)
    return get_wsgi_application()


def serve(composition: Attaching, workspace: Workspace, port: int, ready: Callable[[], object] | None = None) -> None:
    """Serve until interrupted.

    Raises:
        Fault: WEB-001, the port is in use or may not be used.
    """
    application = application_for(composition, workspace)
    with _listening(port) as listening:
        server: Any = create_server(application, sockets=[listening], threads=THREADS, ident="Remit", **_proxy())
        try:
            if ready is not None:
                ready()
            server.run()
        finally:
            server.close()


def _proxy() -> dict[str, Any]:
    """Return whose word is taken on who asks and how: a TLS proxy on this machine where there is one, else nobody's."""
    limits: dict[str, Any] = {"max_request_body_size": 64 * 1024 * 1024, "clear_untrusted_proxy_headers": True}
    if not settings.SESSION_COOKIE_SECURE:
        return limits
    return {
        **limits,
        "trusted_proxy": HOST,
        "trusted_proxy_count": 1,
        "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"},
        "log_untrusted_proxy_headers": False,
    }


def _listening(port: int) -> socket.socket:
    # Bound here and not by the server, which leaves its own socket open where the port is taken.
    try:
        return socket.create_server((HOST, port))
    except OSError as error:
        raise Fault.of(
            "WEB-001",
            f"The app cannot be served on port {port}: {error.strerror or error}.",
            f"L’application ne peut pas être servie sur le port {port} : {error.strerror or error}.",
            do_en="Another program may use it, perhaps another Remit: stop that one, or choose another with --port.",
            do_fr="Un autre programme s’en sert peut-être, voire un autre Remit : arrêtez-le, ou choisissez-en un autre avec --port.",
        ) from error
