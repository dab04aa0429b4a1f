"""``remit restore``: a workspace from its backup."""

from __future__ import annotations

from pathlib import Path

import click

from remit.cli.command import Command
from remit.cli.options import format_option, language_option, workspace_option
from remit.cli.output import say, write_json
from remit.cli.values import FolderPath
from remit.kernel.wording import Words
from remit.services.backing_up import Copier
from remit.services.backing_up import restore as restore_backup


@click.command(
    cls=Command, examples=["remit restore /media/disk/2030-01-31 --keys /media/safe/2030-01-31 --workspace DIR"]
)
@click.argument("source", metavar="SRC", type=FolderPath())
@click.option("--keys", type=FolderPath(), help="Where the keys of this backup lie.")
@workspace_option
@format_option
@language_option
@click.pass_obj
def restore(opener: Copier, *, source: Path, keys: Path | None, folder: Path, shape: str, language: str) -> None:
    """Make a workspace of a backup SRC, in an empty folder. It continues the same chain.

    Every entry is verified first, up to the head that the backup names; what does not verify is not restored (exit 1).
    """
    _, found = restore_backup(opener, source, keys, folder)
    if shape == "json":
        write_json({"workspace": str(folder), "entries": found.entries, "blocks": found.blocks, "head": found.head})
        return
    say(
        Words(
            f"Restored and verified: {found.entries} entries, {found.blocks} blocks, in {folder}.",
            f"Restauré et vérifié : {found.entries} écritures, {found.blocks} blocs, dans {folder}.",
        ),
        language,
    )
