"""``remit demo``: a whole mission with invented records, in one command."""

from __future__ import annotations

import time
from pathlib import Path

import click

from remit.cli.command import Command
from remit.cli.options import language_option
from remit.cli.output import progress, say
from remit.cli.serving import serve_until_stopped
from remit.cli.values import Between, FilePath, FolderPath, file_bytes
from remit.kernel.wording import Words
from remit.services.demonstrating import Demonstration, Step, run_demonstration
from remit.services.workspace import Opener

_STEPS = {
    "mission": Words("mission {what} loaded", "mission {what} chargée"),
    "text": Words("official text read: {what}", "texte officiel lu : {what}"),
    "records": Words("demonstration: {what}", "démonstration : {what}"),
    "figures": Words("figures computed: {what}", "chiffres calculés : {what}"),
    "report": Words("report written: {what}", "rapport rédigé : {what}"),
    "stands": Words("stands there already, left as it is: {what}", "s’y trouve déjà, laissé tel quel : {what}"),
}


@click.command(
    cls=Command,
    examples=[
        "remit demo",
        "remit demo --no-serve --workspace /tmp/demo",
        "remit demo --text S_RES_2364_2017.txt --language fr",
    ],
)
@click.option(
    "--workspace",
    "folder",
    type=FolderPath(),
    default=Path("remit-demo"),
    show_default="./remit-demo",
    help="The folder in which the demonstration is built.",
)
@click.option(
    "--mission",
    default="",
    metavar="KEY",
    help="The mission to show; the one that missions/index.yaml names without it.",
)
@click.option(
    "--text",
    "text_file",
    type=FilePath(),
    help="The official text of the resolution (text extracted from the PDF, or Akoma Ntoso XML): its words then stand "
    "beside ours, paragraph by paragraph.",
)
@click.option("--serve/--no-serve", default=True, show_default=True, help="Serve the app afterwards, until Ctrl-C.")
@click.option("--port", type=Between(1, 65535), default=8000, show_default=True, help="Port on 127.0.0.1.")
@language_option
@click.pass_obj
def demo(
    opener: Opener, *, folder: Path, mission: str, text_file: Path | None, serve: bool, port: int, language: str
) -> None:
    """Build a workspace with a whole mission and invented records, write its first quarterly report, and serve the app.

    Everything in it is invented and marked so. Run twice, it says what stands there and changes nothing; interrupted,
    it goes on where it stopped.
    """
    began = time.monotonic()
    try:
        done = _build(opener, folder, mission, text_file, language)
    except KeyboardInterrupt:
        say(
            Words(
                "Interrupted. The same command goes on where it stopped.",
                "Interrompu. La même commande reprend où elle s’est arrêtée.",
            ),
            language,
            err=True,
        )
        raise
    say(
        Words(
            f"Done in {time.monotonic() - began:.0f} s. The workspace is {folder}.",
            f"Terminé en {time.monotonic() - began:.0f} s. L’espace de travail est {folder}.",
        ),
        language,
    )
    if not serve:
        command = f"remit serve --workspace {folder}"
        say(Words(f"Serve it with: {command}", f"Pour le servir : {command}"), language)
        return
    serve_until_stopped(opener, done.workspace, port, language)


def _build(opener: Opener, folder: Path, mission: str, text_file: Path | None, language: str) -> Demonstration:
    with progress(Words("Records", "Fiches"), language) as tell:
        return run_demonstration(
            opener,
            folder,
            mission or opener.default_mission(),
            text=(text_file.name, file_bytes(text_file)) if text_file else None,
            language=language,
            told=lambda step: _tell(step, language),
            progress=tell,
        )


def _tell(step: Step, language: str) -> None:
    mark = "·" if step.key == "stands" else "✓"
    say(f"  {mark} {_STEPS[step.key].format(what=step.what).in_(language)}")
