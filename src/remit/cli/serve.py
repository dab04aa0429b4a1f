"""``remit serve``: the app on this machine."""

from __future__ import annotations

from pathlib import Path

import click

from remit.cli.command import Command
from remit.cli.options import language_option, workspace_option
from remit.cli.serving import serve_until_stopped
from remit.cli.values import Between
from remit.services.workspace import Opener


@click.command(cls=Command, examples=["remit serve --workspace ./minusma --port 8080"])
@workspace_option
@click.option("--port", type=Between(1, 65535), default=8000, show_default=True, help="Port on 127.0.0.1.")
@language_option
@click.pass_obj
def serve(opener: Opener, *, folder: Path, port: int, language: str) -> None:
    """Serve the app on 127.0.0.1 until Ctrl-C.

    It is reached from this machine only; docs/how-to/serve-behind-a-proxy.md says how to open it to others.
    """
    serve_until_stopped(opener, opener.open(folder), port, language)
