"""``remit who-can``: who can do something with a record, role by role, and why."""

from __future__ import annotations

from pathlib import Path

import click

from remit.cli.command import Command
from remit.cli.options import as_option, format_option, language_option, workspace_option
from remit.cli.output import say, write_json
from remit.kernel.wording import Words
from remit.services.acting import operator
from remit.services.who_can import who_can as explain
from remit.services.workspace import Opener


@click.command(
    cls=Command,
    examples=[
        "remit who-can MINUSMA-EVT-2017-0002 see",
        "remit who-can MINUSMA-CFF-2017-0001 confirm --language fr",
    ],
)
@click.argument("record")
@click.argument("action")
@workspace_option
@as_option
@format_option
@language_option
@click.pass_obj
def who_can(opener: Opener, *, record: str, action: str, folder: Path, role: str, shape: str, language: str) -> None:
    """Say of every role whether it can do ACTION with RECORD (a number or an id), and why, or why not.

    ACTION is see, amend, link, withdraw or redact, or the key of a move out of the record's state. Nothing is told of a
    record that the role given with --as may not see.
    """
    workspace = opener.open(folder, write=False)
    found = explain(workspace, operator(workspace, "see", role), record, action)
    if shape == "json":
        write_json(
            {
                "record": found.record.number,
                "action": found.action,
                "roles": [
                    {
                        "role": one.role.key,
                        "allowed": one.allowed,
                        "code": one.code,
                        "reasons": [words.in_(language) for words in one.reasons],
                        "holders": list(one.holders),
                    }
                    for one in found.answers
                ],
            }
        )
        return
    heading = Words(f"{found.record.number}: {found.words.en}", f"{found.record.number} : {found.words.fr}")
    say(heading, language)
    for one in found.answers:
        mark = "✓" if one.allowed else "✗"
        reasons = "; ".join(words.in_(language) for words in one.reasons)
        say(f"  {mark} {one.role.label.in_(language)}: {reasons} [{one.code}]")
