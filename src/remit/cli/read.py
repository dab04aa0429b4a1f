"""``remit read``: what a resolution says, and what it asks."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from remit.cli.command import Command
from remit.cli.options import language_option
from remit.cli.output import progress, say, write_issues, write_json
from remit.cli.values import Between, FilePath, FolderPath, OneOf, file_bytes
from remit.kernel.errors import BadInput
from remit.kernel.machine import said
from remit.kernel.wording import Words
from remit.services.reading import ReadFile, Shape, read_file, save_readings, to_akn, to_json
from remit.services.saying import provision_label

STDIN = Path("-")


@click.command(
    cls=Command,
    examples=[
        "remit read S_RES_2364_2017.txt",
        "remit read --format text S_RES_2364_2017.xml",
        "remit read --format akn resolution.pdf > resolution.xml",
        "remit read --out read/ --jobs 2 resolutions/*.txt",
        "pdftotext -layout resolution.pdf - | remit read -",
    ],
)
@click.argument("files", nargs=-1, required=True, type=FilePath())
@click.option(
    "--format",
    "shape",
    type=OneOf(["json", "text", "akn"]),
    default="json",
    show_default=True,
    help="JSON for programs, an outline for people, Akoma Ntoso XML (AKN4UN).",
)
@click.option(
    "--profile",
    type=OneOf(["akn4un", "unxml"]),
    default="akn4un",
    show_default=True,
    help="Of the XML: identifiers and marks by the guidelines, or the style in which the United Nations publishes.",
)
@click.option("--out", type=FolderPath(), help="Write one JSON file each into this folder, under the same stem.")
@click.option("--jobs", type=Between(1, 64), default=1, show_default=True, help="Read so many files at once.")
@language_option
@click.pass_context
def read(
    ctx: click.Context, *, files: Sequence[Path], shape: str, profile: str, out: Path | None, jobs: int, language: str
) -> None:
    """Read resolutions: numbered provisions that keep their place, obligations, clocks, limits, citations, references.

    FILES are PDF files with their text, Word files (.docx), extracted text, or the official Akoma Ntoso XML; "-" is
    standard input. One file gives one JSON object, several a list; several as XML need --out. Damage is reported under "problems", never filled in. A file that cannot be read is named,
    the others are read, and the exit status is 2.
    """
    made: Shape = "json" if shape != "akn" else "unxml" if profile == "unxml" else "akn"
    if made != "json" and out is None and len(files) > 1:
        raise BadInput.of(
            "CLI-024",
            f"{len(files)} files as XML do not go into one stream: an XML file holds one document.",
            f"{len(files)} fichiers en XML ne vont pas dans un seul flux : un fichier XML contient un document.",
            do_en="Give a folder with --out, or one file at a time.",
            do_fr="Donnez un dossier avec --out, ou un fichier à la fois.",
        )
    results = _read(files, out, jobs, language, made)
    for result in results:
        write_issues(result.issues, language)
    good = [result for result in results if result.reading is not None]
    if out is not None:
        say(
            Words(
                f"{len(good)} of {len(files)} files read into {out}.",
                f"{len(good)} fichiers lus sur {len(files)}, dans {out}.",
            ),
            language,
            err=True,
        )
    elif made != "json":
        for result in good:
            click.echo(result.xml, nl=False)
    elif shape == "text":
        for result in good:
            _outline(dict(result.reading or {}), language)
    elif good:
        write_json(good[0].reading if len(files) == 1 else [result.reading for result in good])
    ctx.exit(0 if len(good) == len(files) else 2)


def _read(files: Sequence[Path], out: Path | None, jobs: int, language: str, made: Shape) -> Sequence[ReadFile]:
    """Read all files; each that cannot be is a result with its problems.

    Raises:
        BadInput: CLI-022, standard input among files or with a folder to write into; CLI-023, the folder cannot be made.
    """
    if STDIN in files:
        if out is not None or len(files) > 1:
            raise BadInput.of(
                "CLI-022",
                "Standard input (“-”) was given beside other files, or with --out: it has no name to be written under.",
                "L’entrée standard (« - ») est donnée avec d’autres fichiers, ou avec --out : elle n’a pas de nom.",
                do_en="Read it alone, without --out, or save it as a file first.",
                do_fr="Lisez-la seule, sans --out, ou enregistrez-la d’abord dans un fichier.",
            )
        return [_read_input(language, made)]
    with progress(Words("Files", "Fichiers"), language) as tell:
        done = itertools.count(1)
        try:
            return save_readings(
                list(files),
                out,
                jobs=jobs,
                progress=lambda _: tell(next(done), len(files)),
                language=language,
                shape=made,
            )
        except OSError as fault:
            raise BadInput.of(
                "CLI-023",
                f"{fault.filename or out} cannot be written: {said(fault).en}.",
                f"{fault.filename or out} ne peut pas être écrit : {said(fault).fr}.",
                do_en="Choose another folder with --out.",
                do_fr="Choisissez un autre dossier avec --out.",
            ) from fault


def _read_input(language: str, made: Shape) -> ReadFile:
    try:
        found = read_file(file_bytes(STDIN), "-")
    except BadInput as refused:
        return ReadFile("-", None, refused.issues)
    xml = "" if made == "json" else to_akn(found, "unxml" if made == "unxml" else "akn4un")
    return ReadFile("-", to_json(found, language), xml=xml)


def _outline(one: dict[str, Any], language: str) -> None:
    click.secho(f"{one['symbol'] or '?'}   {one['adopted'] or ''}", bold=True)
    for provision in one["provisions"]:
        if provision["role"] == "pp":
            continue
        depth = provision["path"].count(".") if provision["path"] else 0
        label = provision_label(provision["path"], language) if provision["path"] else "—"
        text = provision["text"] if len(provision["text"]) <= 100 else provision["text"][:97] + "…"
        click.echo(f"{'  ' * depth}{label}: {text}")
    for name, words in (("clocks", _CLOCK), ("limits", _LIMIT)):
        for row in one[name]:
            what = ", ".join(row["dates"]) if name == "clocks" else f"{row['amount']:,} {row['of']}"
            click.echo(f"{words.in_(language):>8}  {provision_label(row['path'], language)}: {what}")
    for problem in one["problems"]:
        click.echo(
            f"{_PROBLEM.in_(language):>8}  {problem['path']}: {problem['message']} [{problem['code']}]", err=True
        )


_CLOCK, _LIMIT, _PROBLEM = Words("clock", "échéance"), Words("limit", "plafond"), Words("problem", "problème")
