"""``remit account``: who may sign in, in which roles."""

from __future__ import annotations

from pathlib import Path

import click

from remit.cli.command import Command, Group
from remit.cli.options import format_option, language_option, workspace_option
from remit.cli.output import say, write_json
from remit.kernel.wording import Words
from remit.services.accounts import (
    account_rows,
    add_account,
    close_account,
    forget_second_factor,
    reopen_account,
    set_password,
    set_roles,
)
from remit.services.workspace import Opener

_PERSON = click.argument("person")
_ROLES = click.option("--role", "roles", multiple=True, required=True, metavar="ROLE", help="A role; may be repeated.")


@click.group(cls=Group, examples=["remit account add a.diallo --role planner", "remit account list"])
def account() -> None:
    """Make accounts, give them roles, close them. What people recorded keeps their name for ever."""


@account.command(
    "add",
    cls=Command,
    examples=["remit account add a.diallo --name 'A. Diallo' --role planner --role reporting-officer"],
)
@_PERSON
@click.option("--name", default="", help="The person's name as pages show it.")
@_ROLES
@workspace_option
@format_option
@language_option
@click.pass_obj
def add(
    opener: Opener, *, person: str, name: str, roles: tuple[str, ...], folder: Path, shape: str, language: str
) -> None:
    """Make an account and show its first password, once."""
    _shown(person, add_account(opener.open(folder), person, name, roles), shape, language)


@account.command("roles", cls=Command, examples=["remit account roles a.diallo --role planner"])
@_PERSON
@_ROLES
@workspace_option
@language_option
@click.pass_obj
def roles(opener: Opener, *, person: str, roles: tuple[str, ...], folder: Path, language: str) -> None:
    """Give an account exactly these roles; others that it held end today."""
    set_roles(opener.open(folder), person, roles)
    say(Words(f"{person} holds: {', '.join(roles)}.", f"{person} a : {', '.join(roles)}."), language)


@account.command("password", cls=Command, examples=["remit account password a.diallo"])
@_PERSON
@workspace_option
@format_option
@language_option
@click.pass_obj
def password(opener: Opener, *, person: str, folder: Path, shape: str, language: str) -> None:
    """Give an account a new password, shown once; its sessions and tokens end."""
    _shown(person, set_password(opener.open(folder), person), shape, language)


@account.command("close", cls=Command, examples=["remit account close a.diallo"])
@_PERSON
@workspace_option
@language_option
@click.pass_obj
def close(opener: Opener, *, person: str, folder: Path, language: str) -> None:
    """Close an account: roles, sessions and tokens end at once."""
    close_account(opener.open(folder), person)
    say(Words(f"The account {person} is closed.", f"Le compte {person} est fermé."), language)


@account.command("reopen", cls=Command, examples=["remit account reopen a.diallo --role planner"])
@_PERSON
@_ROLES
@workspace_option
@format_option
@language_option
@click.pass_obj
def reopen(opener: Opener, *, person: str, roles: tuple[str, ...], folder: Path, shape: str, language: str) -> None:
    """Open a closed account again, with these roles and a new password."""
    _shown(person, reopen_account(opener.open(folder), person, roles), shape, language)


@account.command("forget-second-factor", cls=Command, examples=["remit account forget-second-factor a.diallo"])
@_PERSON
@workspace_option
@language_option
@click.pass_obj
def forget(opener: Opener, *, person: str, folder: Path, language: str) -> None:
    """Have a person who lost the phone set up a second factor anew; sessions and tokens end."""
    forget_second_factor(opener.open(folder), person)
    say(
        Words(
            f"{person} sets up a second factor at the next sign-in.",
            f"{person} mettra en place un second facteur à la prochaine connexion.",
        ),
        language,
    )


@account.command("list", cls=Command, examples=["remit account list", "remit account list --format json"])
@workspace_option
@format_option
@language_option
@click.pass_obj
def list_(opener: Opener, *, folder: Path, shape: str, language: str) -> None:
    """List the accounts: roles, whether they are open, second factor, tokens."""
    rows = account_rows(opener.open(folder, write=False))
    if shape == "json":
        write_json(
            [
                {
                    "person": row.person, "name": row.name, "roles": list(row.roles), "open": row.open,
                    "invented": row.invented, "second_factor": row.second_factor,
                    "second_factor_asked": row.second_factor_asked, "tokens": row.tokens,
                }
                for row in rows
            ]
        )  # fmt: skip
        return
    width = max((len(row.person) for row in rows), default=0)
    for row in rows:
        marks = [
            Words("closed", "fermé") if not row.open else None,
            Words("invented", "inventé") if row.invented else None,
            Words("second factor", "second facteur") if row.second_factor else None,
            Words("second factor missing", "second facteur manquant")
            if row.second_factor_asked and not row.second_factor
            else None,
        ]
        said = "; ".join(mark.in_(language) for mark in marks if mark)
        say(f"  {row.person:<{width}}  {', '.join(row.roles) or '–'}{f'  ({said})' if said else ''}")


def _shown(person: str, password: str, shape: str, language: str) -> None:
    if shape == "json":
        write_json({"person": person, "password": password})
        return
    say(
        Words(
            f"{person}: {password}  (shown once; it can be changed under Account)",
            f"{person} : {password}  (montré une seule fois ; il se change sous Compte)",
        ),
        language,
    )
