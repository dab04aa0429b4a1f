"""``remit transfer``: a workspace carried between files in a folder and a PostgreSQL server."""

from __future__ import annotations

import sys
from dataclasses import asdict
from functools import partial
from pathlib import Path

import click

from remit.cli.command import Command
from remit.cli.options import database_options, format_option, language_option, workspace_option
from remit.cli.output import say, write_json
from remit.cli.values import FolderPath
from remit.kernel.wording import Words
from remit.services.transferring import Carrier
from remit.services.transferring import transfer as carry


@click.command(
    cls=Command,
    examples=[
        "remit transfer --workspace ./minusma ./minusma-server --database postgresql://owner@db.example/minusma",
        "remit transfer --workspace ./minusma-server ./minusma-back",
    ],
)
@workspace_option
@click.argument("target", metavar="DEST", type=FolderPath())
@database_options
@format_option
@language_option
@click.pass_obj
def transfer(
    opener: Carrier, *, folder: Path, target: Path, database: str, role: str, shape: str, language: str
) -> None:
    """Carry a workspace into a new folder DEST: onto a PostgreSQL server with --database, into files without it.

    Every entry, key, block, account and attachment comes along, and is verified before DEST is called a workspace. The old
    one stays as it is: stop the app first, and do not go on writing to it. Two databases are used: NAME for the journal and
    NAME_keys for the keys; they are made where they are missing.
    """
    made = carry(
        opener, opener.open(folder), target, database=database, role=role,
        progress=None if shape == "json" else partial(_told, language),
    )  # fmt: skip
    if shape == "json":
        write_json({"workspace": str(target), **asdict(made)})
        return
    say(
        Words(
            f"Carried over and verified: {made.entries} entries, {made.blocks} blocks, in {target}. Head: {made.head}",
            f"Transféré et vérifié : {made.entries} écritures, {made.blocks} blocs, dans {target}. Tête : {made.head}",
        ),
        language,
    )


def _told(language: str, done: int, total: int) -> None:
    """Say how far the copy has come, where somebody looks at a terminal."""
    if sys.stderr.isatty():
        words = Words(f"{done:,} of {total:,} entries", f"{done} écritures sur {total}").in_(language)
        click.echo(f"\r{words}", nl=done == total, err=True)
