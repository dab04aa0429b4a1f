"""``remit read``: what a resolution says, and what it asks."""

from __future__ import annotations

import itertools
import sys
from pathlib import Path
from typing import Any

import click

from remit.cli.options import language_option, progress, say, write_issues, write_json
from remit.kernel.errors import BadInput, RemitError
from remit.kernel.wording import Words
from remit.services.reading import read_file, save_readings, to_json
from remit.services.saying import provision_label


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "shape",
    type=click.Choice(["json", "text"]),
    default="json",
    show_default=True,
    help="JSON for programs, an outline for people.",
)
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), help="Write one JSON file each, under the same stem."
)
@click.option(
    "--jobs", type=click.IntRange(1, 64), default=1, show_default=True, help="Read so many files at once (with --out)."
)
@language_option
@click.pass_context
def read(ctx: click.Context, files: tuple[Path, ...], shape: str, out: Path | None, jobs: int, language: str) -> None:
    """Read resolutions: numbered provisions that keep their place, obligations, clocks, limits, citations, references.

    FILE is text extracted from a PDF, or the official Akoma Ntoso XML; "-" is standard input. Damage is reported under
    "problems", never filled in.

    \b
    Examples:
      remit read S_RES_2364_2017.txt
      remit read --format text S_RES_2364_2017.xml
      remit read --out read/ --jobs 2 resolutions/*.txt
    """
    if out is not None:
        with progress("read") as tell:
            done = itertools.count(1)
            results = save_readings(
                list(files), out, jobs=jobs, progress=lambda _: tell(next(done), len(files)), language=language
            )
        for result in results:
            write_issues(result.issues, language)
        written = sum(result.saved is not None for result in results)
        say(
            Words(
                f"{written} of {len(files)} files read into {out}.",
                f"{written} fichiers lus sur {len(files)}, dans {out}.",
            ),
            language,
            err=True,
        )
        ctx.exit(0 if written == len(files) else 2)
    read_ones: list[dict[str, Any]] = []
    failed = False
    for file in files:
        try:
            read_ones.append(to_json(read_file(file_bytes(file), str(file)), language))
        except RemitError as refused:
            failed = True
            write_issues(refused.issues, language)
    if shape == "text":
        for one in read_ones:
            _outline(one, language)
    elif read_ones:
        write_json(read_ones[0] if len(files) == 1 else read_ones)
    ctx.exit(2 if failed else 0)


def file_bytes(file: Path) -> bytes:
    """Return a file's bytes; "-" is standard input.

    Raises:
        BadInput: CLI-021, it cannot be read.
    """
    if str(file) == "-":
        return sys.stdin.buffer.read()
    try:
        return file.read_bytes()
    except OSError as fault:
        raise BadInput.of(
            "CLI-021",
            f"{file} cannot be read: {fault.strerror}.",
            f"{file} ne peut pas être lu : {fault.strerror}.",
            do_en="Check the path and that you may read the file.",
            do_fr="Vérifiez le chemin et que vous pouvez lire le fichier.",
        ) from fault


def _outline(one: dict[str, Any], language: str) -> None:
    click.secho(f"{one['symbol'] or '?'}   {one['adopted'] or ''}", bold=True)
    for provision in one["provisions"]:
        if provision["role"] == "pp":
            continue
        depth = provision["path"].count(".") if provision["path"] else 0
        label = provision_label(provision["path"], language) if provision["path"] else "—"
        text = provision["text"] if len(provision["text"]) <= 100 else provision["text"][:97] + "…"
        click.echo(f"{'  ' * depth}{label}: {text}")
    for name in ("clocks", "limits"):
        for row in one[name]:
            what = ", ".join(row["dates"]) if name == "clocks" else f"{row['amount']:,} {row['of']}"
            click.echo(f"{name[:-1]:>8}  {provision_label(row['path'], language)}: {what}")
    for problem in one["problems"]:
        click.echo(f" problem  {problem['path']}: {problem['message']} [{problem['code']}]", err=True)
