"""``remit check``: a mission folder, all its problems at once."""

from __future__ import annotations

import click

from remit.cli.command import Command
from remit.cli.options import format_option, language_option
from remit.cli.output import progress, say, write_issues, write_json
from remit.kernel.wording import Words
from remit.services.checking import check as check_folder
from remit.services.checking import contents, folder_of, summary
from remit.services.workspace import Opener


@click.command(cls=Command, examples=["remit check minusma", "remit check ./my-mission --format json"])
@click.argument("mission")
@click.option("--examples/--no-examples", default=True, show_default=True, help="Play the worked examples too.")
@click.option("--notes", is_flag=True, help="Show notes as well as errors and warnings.")
@format_option
@language_option
@click.pass_context
def check(ctx: click.Context, *, mission: str, examples: bool, notes: bool, shape: str, language: str) -> None:
    """Check a mission folder: read, extend, link, then play every worked example through services.

    MISSION is a key (minusma) or a folder. All problems are reported together, with file and line; exit status 1 if
    there is an error.
    """
    opener: Opener = ctx.obj
    with progress(Words("Examples", "Exemples"), language) as tell:
        done = check_folder(opener, folder_of(opener, mission), progress=tell, examples=examples)
    bad = sum(issue.level == "error" for issue in done.issues)
    if shape == "json":
        write_json(
            {
                "mission": done.mission.key if done.mission else None,
                "examples": done.played,
                "problems": bad,
                "issues": [issue.to_json(language) for issue in done.issues],
                "summary": summary(done).in_(language),
            }
        )
    else:
        write_issues(done.issues, language, notes=notes)
        say(contents(done), language)
        say(summary(done), language)
    ctx.exit(1 if bad else 0)
