"""``remit backup``: a copy of a workspace while it is used."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from remit.cli.command import Command
from remit.cli.options import format_option, language_option, workspace_option
from remit.cli.output import say, write_json
from remit.cli.values import FolderPath
from remit.kernel.wording import Words
from remit.services.backing_up import Copier, back_up


@click.command(
    cls=Command, examples=["remit backup --workspace DIR /media/disk/2030-01-31 --keys /media/safe/2030-01-31"]
)
@workspace_option
@click.argument("target", metavar="DEST", type=FolderPath())
@click.option("--keys", type=FolderPath(), help="Where the keys go: never with the rest; keep them for a short time.")
@format_option
@language_option
@click.pass_obj
def backup(opener: Copier, *, folder: Path, target: Path, keys: Path | None, shape: str, language: str) -> None:
    """Copy a workspace into an empty folder DEST while it is used. Restore it with `remit restore`.

    The copy holds no value that opens without the keys, and no key: those go where --keys says, or nowhere. Without any
    backup of the keys, values and attachments are lost with the machine.
    """
    made = back_up(opener, opener.open(folder), target, keys)
    if shape == "json":
        write_json(asdict(made))
        return
    say(
        Words(
            f"Backed up: {made.entries} entries, {made.blocks} blocks, in {target}. Head: {made.head}",
            f"Sauvegardé : {made.entries} écritures, {made.blocks} blocs, dans {target}. Tête : {made.head}",
        ),
        language,
    )
    if keys is None:
        say(
            Words(
                "warning: the keys were not backed up: without them no value can be read. Use --keys, on another disk.",
                "avertissement : les clés n’ont pas été sauvegardées : sans elles, aucune valeur n’est lisible. "
                "Utilisez --keys, sur un autre disque.",
            ),
            language,
            err=True,
        )
