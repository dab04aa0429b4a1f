"""``remit verify``: that nothing was changed or removed."""

from __future__ import annotations

from pathlib import Path

import click

from remit.cli.command import Command
from remit.cli.options import format_option, language_option, workspace_option
from remit.cli.output import say, write_issues, write_json
from remit.kernel.wording import Words
from remit.services.verifying import head, seal
from remit.services.verifying import verify as verify_journal
from remit.services.workspace import Opener


@click.command(
    cls=Command,
    examples=["remit verify --workspace ./minusma", "remit verify --seal --format json"],
)
@workspace_option
@click.option("--seal", "sealing", is_flag=True, help="Seal what was written since the last block first.")
@format_option
@language_option
@click.pass_context
def verify(ctx: click.Context, *, folder: Path, sealing: bool, shape: str, language: str) -> None:
    """Check every entry against its sealed block, the chain of blocks and their signatures.

    Exit status 1, naming the first bad entry, if anything was changed, removed or reordered. What is not sealed yet is
    stated. A key on the same machine proves nothing against whoever holds the machine: keep heads elsewhere.
    """
    opener: Opener = ctx.obj
    workspace = opener.open(folder, write=sealing)
    if sealing:
        seal(workspace)
    found = verify_journal(workspace)
    if shape == "json":
        write_json(
            {
                "ok": found.ok,
                "blocks": found.blocks,
                "entries": found.entries,
                "unsealed": found.unsealed,
                "head": head(workspace),
                "problem": found.first_problem.to_json(language) if found.first_problem else None,
            }
        )
    elif found.ok:
        say(
            Words(
                f"Verified: {found.entries} entries, {found.blocks} blocks; not sealed yet: {found.unsealed}.",
                f"Vérifié : {found.entries} écritures, {found.blocks} blocs ; pas encore scellées : {found.unsealed}.",
            ),
            language,
        )
        if head(workspace):
            say(Words(f"Head: {head(workspace)}", f"Tête : {head(workspace)}"), language)
    elif found.first_problem:
        write_issues([found.first_problem], language)
    ctx.exit(0 if found.ok else 1)
