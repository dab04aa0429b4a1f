"""What every request gets before the pages see it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from remit.kernel.errors import Fault


class OpenWorkspace:
    """Puts the workspace that this process serves on ``request.workspace``."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request.

        Raises:
            Fault: WEB-002, no workspace is open.
        """
        workspace = getattr(settings, "REMIT_WORKSPACE", None)
        if workspace is None:
            raise Fault.of(
                "WEB-002",
                "No workspace is open.",
                "Aucun espace de travail n’est ouvert.",
                do_en="Start the app with `remit serve --workspace DIR`.",
                do_fr="Lancez l’application par `remit serve --workspace DIR`.",
            )
        cast(Any, request).workspace = workspace
        return self._answer(request)
