"""``remit export``: records in the forms that others read."""

from __future__ import annotations

from pathlib import Path

import click

from remit.cli.command import Command
from remit.cli.options import as_option, language_option, workspace_option
from remit.cli.output import say
from remit.cli.values import OneOf
from remit.kernel.wording import Words
from remit.services.acting import operator
from remit.services.exporting import FORMATS
from remit.services.exporting import export as export_records
from remit.services.workspace import Opener
from remit.services.writing import require_writable, write_whole


@click.command(
    cls=Command,
    examples=[
        "remit export security-event --format csv --out events.csv",
        "remit export stabilization-project --format iati --audience public --out projects.xml",
        "remit export protection-alert --format cap --out alerts/",
    ],
)
@click.argument("type_key", metavar="TYPE")
@click.option("--format", "format_", type=OneOf(list(FORMATS)), default="csv", show_default=True, help="In which form.")
@click.option(
    "--audience",
    default="",
    metavar="AUDIENCE",
    help="Only what is released to that audience, as coarse as it may have it.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=None,
    help="The file to write, or the folder where there are several.",
)
@workspace_option
@as_option
@language_option
@click.pass_obj
def export(
    opener: Opener,
    *,
    type_key: str,
    format_: str,
    audience: str,
    out: Path | None,
    folder: Path,
    role: str,
    language: str,
) -> None:
    """Give the records of a type out.

    csv has a row of HXL hashtags and comes back in with remit import csv; geojson is RFC 7946; parquet has the columns that measures
    read, and one more table for each group; iati (2.03) tells projects, cap (1.2) alerts, huridocs findings by code. What is given
    out is what the role may see, or with --audience what that audience may have.
    """
    workspace = opener.open(folder, write=False)
    found = export_records(
        workspace, operator(workspace, "see", role), type_key, format_, audience=audience, language=language
    )
    several = len(found.files) != 1
    if out is None:
        out = Path(f"{type_key}-{format_}") if several else Path(next(iter(found.files)))
    if several or out.is_dir():
        for name, data in found.files.items():
            write_whole(out / name, data)
    else:
        require_writable(out)
        write_whole(out, next(iter(found.files.values())))
    say(Words(f"Records: {found.records}; files: {len(found.files)}; level: {found.level}. Written: {out}",
              f"Fiches : {found.records} ; fichiers : {len(found.files)} ; niveau : {found.level}. Écrit : {out}"), language)  # fmt: skip
