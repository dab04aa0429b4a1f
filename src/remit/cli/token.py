"""``remit token``: tokens by which programs act as a person."""

from __future__ import annotations

from pathlib import Path

import click

from remit.cli.command import Command, Group
from remit.cli.options import format_option, language_option, workspace_option
from remit.cli.output import say, write_json
from remit.cli.values import Between, OneOf
from remit.kernel.wording import Words
from remit.services.accounts import require_account
from remit.services.standing import acting
from remit.services.tokens import LONGEST, end_token, make_token, tokens_of
from remit.services.workspace import Opener


@click.group(cls=Group, examples=["remit token add a.diallo --for QGIS --scope read", "remit token list"])
def token() -> None:
    """Make, list and end tokens. A token acts as one person in one role, for some purposes, until a day."""


@token.command("add", cls=Command, examples=["remit token add a.diallo --for 'QGIS' --scope read --days 90"])
@click.argument("person")
@click.option("--for", "name", required=True, help="What the token is for.")
@click.option(
    "--scope", "scopes", multiple=True, required=True, type=OneOf(["read", "write", "collect", "calendar"]),
    help="read: look. write: record and move. collect: field forms only. calendar: the calendar feed only. May be repeated.",
)  # fmt: skip
@click.option("--days", type=Between(1, LONGEST), default=90, show_default=True, help="How long it lives.")
@click.option("--role", default="", metavar="ROLE", help="The role in which it acts; the person's first without it.")
@workspace_option
@format_option
@language_option
@click.pass_obj
def add(
    opener: Opener, *, person: str, name: str, scopes: tuple[str, ...], days: int, role: str, folder: Path, shape: str,
    language: str,
) -> None:  # fmt: skip
    """Make a token and show it, once."""
    workspace = opener.open(folder)
    require_account(workspace, person)
    made, secret = make_token(workspace, acting(workspace, person, role), name, scopes, days)
    if shape == "json":
        write_json({"id": made.id, "token": secret, "expires": made.expires_at.isoformat()})
        return
    say(secret)
    say(
        Words(
            f"{made.name}: acts as {person} ({made.role}), {', '.join(made.scopes)}, until {made.expires_at.date()}. Shown once.",
            f"{made.name} : agit comme {person} ({made.role}), {', '.join(made.scopes)}, jusqu’au {made.expires_at.date()}. Montré une seule fois.",
        ),
        language,
        err=True,
    )


@token.command("list", cls=Command, examples=["remit token list", "remit token list a.diallo --format json"])
@click.argument("person", default="")
@workspace_option
@format_option
@click.pass_obj
def list_(opener: Opener, *, person: str, folder: Path, shape: str) -> None:
    """List the tokens of a person, or all of the workspace."""
    found = tokens_of(opener.open(folder, write=False), person)
    if shape == "json":
        write_json(
            [
                {
                    "id": one.id, "begins": one.hint, "person": one.person, "for": one.name, "role": one.role,
                    "scopes": list(one.scopes), "expires": one.expires_at.isoformat(),
                    "used": one.used_at.isoformat() if one.used_at else None,
                    "ended": one.ended_at.isoformat() if one.ended_at else None,
                }
                for one in found
            ]
        )  # fmt: skip
        return
    for one in found:
        end = one.ended_at or one.expires_at
        say(
            f"  {one.hint}…  {one.person} ({one.role})  {','.join(one.scopes)}  {'†' if one.ended_at else '→'} {end.date()}  {one.name}"
        )


@token.command("end", cls=Command, examples=["remit token end remit_Ab3d"])
@click.argument("identifier")
@workspace_option
@language_option
@click.pass_obj
def end(opener: Opener, *, identifier: str, folder: Path, language: str) -> None:
    """End a token, named by its id or by how it begins; it opens nothing from then on."""
    ended = end_token(opener.open(folder), "", identifier)
    say(Words(f"{ended.hint}… opens nothing any more.", f"{ended.hint}… n’ouvre plus rien."), language)
