"""``remit import``: events that others recorded."""

from __future__ import annotations

from pathlib import Path

import click

from remit.cli.options import (
    as_option,
    format_option,
    language_option,
    progress,
    say,
    workspace_option,
    write_issues,
    write_json,
)
from remit.cli.read import file_bytes
from remit.kernel.wording import Words
from remit.services.acting import recorder
from remit.services.importing import PROVIDERS, TYPE, import_events
from remit.services.workspace import Opener


@click.command("import")
@click.argument("provider", type=click.Choice(list(PROVIDERS)))
@click.argument("file", type=click.Path(path_type=Path))
@workspace_option
@as_option
@format_option
@language_option
@click.pass_context
def import_(ctx: click.Context, provider: str, file: Path, folder: Path, role: str, shape: str, language: str) -> None:
    """Take in a provider's events as external reports: never as events, never over what is there.

    A second import of the same file adds nothing. Broken rows are named by line with the reason, and the others go in
    (exit status 2 if any was broken). The file and each row are kept as given, with their digests.

    \b
    Example:
      remit import ucdp ged211_mali.csv --workspace ./minusma
    """
    opener: Opener = ctx.obj
    workspace = opener.open(folder)
    actor = recorder(workspace, TYPE, role)
    with progress("import") as tell:
        done = import_events(workspace, actor, provider, file_bytes(file), file.name, progress=tell)
    write_issues(done.issues, language)
    if shape == "json":
        write_json(
            {
                "provider": done.provider,
                "file": done.file,
                "sha256": done.sha256,
                "added": len(done.added),
                "known": done.known,
                "rejected": done.rejected,
                "issues": [issue.to_json(language) for issue in done.issues],
            }
        )
    else:
        say(
            Words(
                f"{len(done.added)} external reports added, {done.known} known already, {done.rejected} rows left out.",
                f"{len(done.added)} signalements externes ajoutés, {done.known} déjà connus, {done.rejected} lignes écartées.",
            ),
            language,
        )
    ctx.exit(2 if done.rejected else 0)
