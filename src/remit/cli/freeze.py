"""``remit freeze``: figures that are published."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from remit.cli.command import Command
from remit.cli.options import (
    as_option,
    format_option,
    known_option,
    language_option,
    period_option,
    workspace_option,
)
from remit.cli.output import say, write_json
from remit.kernel.errors import BadInput
from remit.kernel.periods import Period
from remit.services.acting import operator
from remit.services.freezing import correct, frozen, review
from remit.services.freezing import freeze as freeze_figures
from remit.services.saying import figure_words
from remit.services.shapes import Actor
from remit.services.workspace import Opener, Workspace

Rows = tuple[list[dict[str, Any]], list[str]]
"""What a program gets, and what a person reads, line by line."""


@click.command(
    cls=Command,
    examples=[
        "remit freeze --period 2017-06-29/2017-09-29 --key ceasefire-findings-confirmed",
        "remit freeze --review",
        'remit freeze --correct MINUSMA-FIG-2017-0003 --reason "one finding was confirmed after the cut-off"',
    ],
)
@workspace_option
@period_option(required=False)
@click.option("--key", "keys", multiple=True, metavar="MEASURE", help="The measures to freeze (may be repeated).")
@known_option("--cut-off")
@click.option("--review", "reviewing", is_flag=True, help="Hold every frozen figure against what is known now.")
@click.option(
    "--correct",
    "identifier",
    default="",
    metavar="NUMBER",
    help="Correct the frozen figure of this number, with --reason.",
)
@click.option("--reason", default="", help="Why the figure changed.")
@as_option
@format_option
@language_option
@click.pass_obj
def freeze(
    opener: Opener,
    *,
    folder: Path,
    period: Period | None,
    keys: Sequence[str],
    cut_off: datetime | None,
    reviewing: bool,
    identifier: str,
    reason: str,
    role: str,
    shape: str,
    language: str,
) -> None:
    """Freeze figures, hold frozen ones against what is known now, or correct one.

    A frozen figure keeps its value, definition, snapshot and the entries that it rests on. A later change is a
    correction with a reason, never a silent new number.
    """
    _require_one_act(period=period, keys=keys, reviewing=reviewing, identifier=identifier)
    workspace = opener.open(folder)
    actor = operator(workspace, "freeze", role)
    if identifier:
        rows, text = _correct(workspace, actor, identifier, reason)
    elif reviewing:
        rows, text = _review(workspace, actor, language)
    else:
        made = freeze_figures(workspace, actor, keys, period, as_of=cut_off) if period else []
        rows = [
            {
                "number": one.record.number,
                "id": one.record.id,
                "digest": one.record.values["digest"],
                "entry_ids": list(one.entry_ids),
                **one.figure.to_json(),
            }
            for one in made
        ]
        text = [
            f"{one.record.number}  {one.figure.key}: {figure_words(workspace, one.figure, language)}" for one in made
        ]
    if shape == "json":
        write_json(rows)
        return
    for line in text:
        say(line)


def _require_one_act(*, period: Period | None, keys: Sequence[str], reviewing: bool, identifier: str) -> None:
    """Refuse a command that says none, or several, of the three things.

    Raises:
        BadInput: CLI-031 none, CLI-032 several.
    """
    acts = [
        name
        for name, asked in (("--key", bool(keys)), ("--review", reviewing), ("--correct", bool(identifier)))
        if asked
    ]
    if len(acts) > 1:
        raise BadInput.of(
            "CLI-032",
            f"{' and '.join(acts)} are different things, and one command does one.",
            f"{' et '.join(acts)} sont des choses différentes, et une commande en fait une.",
            do_en="Give them one after the other.",
            do_fr="Donnez-les l’une après l’autre.",
        )
    if not acts or (keys and period is None):
        raise BadInput.of(
            "CLI-031",
            "Nothing says which figures to freeze.",
            "Rien ne dit quels chiffres arrêter.",
            do_en="Give --period and at least one --key, or --review, or --correct.",
            do_fr="Donnez --period et au moins un --key, ou --review, ou --correct.",
        )


def _correct(workspace: Workspace, actor: Actor, identifier: str, reason: str) -> Rows:
    known = (one.record for one in frozen(workspace, actor) if identifier in (one.record.id, one.record.number))
    chosen = next((record.id for record in known), identifier)
    made = correct(workspace, actor, chosen, reason=reason)
    values = made.values
    row = {
        "number": made.number,
        "figure": values["figure"],
        "old": values.get("old_value"),
        "new": values.get("new_value"),
        "reason": values["reason"],
    }
    return [row], [f"{row['number']}  {row['figure']}: {row['old']} → {row['new']}"]


def _review(workspace: Workspace, actor: Actor, language: str) -> Rows:
    rows, text = [], []
    for one in frozen(workspace, actor):
        found = review(workspace, one)
        reason = found.reason.in_(language)
        rows.append(
            {
                "number": one.record.number,
                "figure": one.figure.key,
                "by": list(one.figure.by),
                "period": str(one.figure.period),
                "same": found.same,
                "old": found.old,
                "new": found.new,
                "reason": reason,
                "corrections": [record.number for record in one.corrections],
            }
        )
        mark = "=" if found.same else "≠"
        corrected = "".join(f" → {record.number}" for record in one.corrections)
        key = ", ".join((one.figure.key, *one.figure.by))
        text.append(f"{mark} {one.record.number}  {key}  {one.figure.period}: {reason}{corrected}")
    return rows, text
