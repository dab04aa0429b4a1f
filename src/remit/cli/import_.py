"""``remit import``: events that others recorded."""

from __future__ import annotations

from pathlib import Path

import click

from remit.cli.command import Command
from remit.cli.options import as_option, format_option, language_option, workspace_option
from remit.cli.output import progress, say, write_issues, write_json
from remit.cli.values import FilePath, OneOf, file_bytes
from remit.kernel.wording import Words
from remit.services.acting import recorder
from remit.services.importing import PROVIDERS, TYPE, import_events
from remit.services.workspace import Opener


@click.command("import", cls=Command, examples=["remit import ucdp ged211_mali.csv --workspace ./minusma"])
@click.argument("provider", type=OneOf(list(PROVIDERS)))
@click.argument("file", type=FilePath())
@workspace_option
@as_option
@format_option
@language_option
@click.pass_context
def import_(
    ctx: click.Context, *, provider: str, file: Path, folder: Path, role: str, shape: str, language: str
) -> None:
    """Take in a provider's events as external reports: never as events, never over what is there.

    PROVIDER is ucdp: the CSV of the Georeferenced Event Dataset of the Uppsala Conflict Data Program. A second import
    of the same FILE adds nothing. Broken rows are named by line with the reason, and the others go in (exit status 2 if
    any was broken). The file and each row are kept as given, with their digests.
    """
    opener: Opener = ctx.obj
    data = file_bytes(file)
    workspace = opener.open(folder)
    actor = recorder(workspace, TYPE, role)
    with progress(Words("Rows", "Lignes"), language) as tell:
        done = import_events(workspace, actor, provider, data, file.name, progress=tell)
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
                f"External reports added: {len(done.added)}; known already: {done.known}; rows left out: {done.rejected}.",
                f"Signalements externes ajoutés : {len(done.added)} ; déjà connus : {done.known} ; "
                f"lignes écartées : {done.rejected}.",
            ),
            language,
        )
    ctx.exit(2 if done.rejected else 0)
