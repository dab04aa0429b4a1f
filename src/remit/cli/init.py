"""``remit init``: an empty workspace for a mission."""

from __future__ import annotations

from pathlib import Path

import click

from remit.cli.command import Command
from remit.cli.options import database_options, format_option, language_option, workspace_option
from remit.cli.output import say, write_json
from remit.kernel.wording import Words
from remit.services.initiating import initiate
from remit.services.knowing_sites import MAIN
from remit.services.workspace import Opener


@click.command(
    cls=Command,
    examples=[
        "remit init --mission minusma --workspace ./minusma",
        "remit init --mission minusma --workspace ./minusma-gao --site gao",
    ],
)
@workspace_option
@click.option(
    "--mission", default="", metavar="KEY", help="The mission's key; the one that missions/index.yaml names without it."
)
@click.option(
    "--site",
    default=MAIN,
    show_default=True,
    metavar="NAME",
    help="The name of the site where it stands, of several that record apart; its numbers bear it.",
)
@database_options
@format_option
@language_option
@click.pass_obj
def init(
    opener: Opener, *, folder: Path, mission: str, database: str, role: str, site: str, shape: str, language: str
) -> None:
    """Make an empty workspace for a mission, with the accounts that the mission declares.

    Passwords are shown once. A workspace that stands there is left as it is. With --database its journal and keys stand on
    a PostgreSQL server; given again for a workspace that stands there, it brings the tables up to date.
    """
    workspace, accounts = initiate(
        opener, folder, mission or opener.default_mission(), database=database, role=role, site=site
    )
    if shape == "json":
        write_json(
            {
                "workspace": str(folder),
                "mission": workspace.mission.key,
                "accounts": [{"person": a.person, "roles": list(a.roles), "password": a.password} for a in accounts],
            }
        )
        return
    title = workspace.mission.title
    say(
        Words(
            f"The workspace {folder} is ready: {title.en}.",
            f"L’espace de travail {folder} est prêt : {title.fr}.",
        ),
        language,
    )
    width = max((len(account.person) for account in accounts), default=0)
    for account in accounts:
        shown = account.password or Words("(stands already)", "(existe déjà)").in_(language)
        roles = ", ".join(workspace.mission.roles[role].label.in_(language) for role in account.roles)
        say(f"  {account.person:<{width}}  {shown}  {roles}")
