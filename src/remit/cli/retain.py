"""``remit retain``: the dates of keeping act, once a person has confirmed it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from remit.cli.command import Command
from remit.cli.options import as_option, format_option, language_option, workspace_option
from remit.cli.output import say, write_json
from remit.kernel.wording import Words
from remit.services.acting import operator
from remit.services.retaining import Planned, plan
from remit.services.retaining import retain as let_act
from remit.services.workspace import Opener

_HELD = {
    "unless": Words("the rule’s own exception holds", "l’exception de la règle s’applique"),
    "originator": Words("its originator keeps control of it", "son auteur en garde la maîtrise"),
    "apart": Words(
        "sites set its level apart: settle it first", "les sites divergent sur son niveau : tranchez d’abord"
    ),
}


@click.command(cls=Command, examples=["remit retain --workspace DIR", "remit retain --act --workspace DIR"])
@click.option("--act", is_flag=True, help="Do what is due, after asking; without it, it is only shown.")
@click.option("--yes", is_flag=True, help="With --act: do not ask first.")
@workspace_option
@as_option
@format_option
@language_option
@click.pass_obj
def retain(opener: Opener, *, act: bool, yes: bool, folder: Path, role: str, shape: str, language: str) -> None:
    """Show what the mission's rules on keeping ask for today, and with --act do it: values destroyed, levels lowered.

    The rules stand in the mission's folder, by record type (`retention`, `declassification`). What is destroyed cannot
    be had back. What was done, by which rule, stays in the journal, and the seal still verifies.
    """
    workspace = opener.open(folder)
    actor = operator(workspace, "redact", role)
    found = plan(workspace, actor)
    told: dict[str, Any] = {
        "on": found.on.isoformat(),
        "due": [_json(one) for one in found.todo],
        "held": [_json(one) for one in found.held],
        "unseen": found.unseen,
        "done": False,
    }
    if shape == "text":
        _show(found.todo, found.held, found.unseen, language)
    if act and found.todo:
        if not yes:
            ask = Words(
                f"Do this for good, to {len(found.todo)} records?",
                f"Le faire définitivement, pour {len(found.todo)} fiches ?",
            )
            click.confirm(ask.in_(language), abort=True, err=True)
        done = let_act(workspace, actor, found)
        told |= {"done": True, "attachments": list(done.attachments)}
        if shape == "text":
            say(
                Words(
                    f"Values destroyed: {len(done.destroyed)}. Declassified: {len(done.declassified)}. "
                    f"Files destroyed: {len(done.attachments)}. Destroy the backups of the keys that were made before.",
                    f"Valeurs détruites : {len(done.destroyed)}. Déclassifiées : {len(done.declassified)}. "
                    f"Fichiers détruits : {len(done.attachments)}. Détruisez les sauvegardes des clés faites auparavant.",
                ),
                language,
            )
    if shape == "json":
        write_json(told)


def _show(todo: Sequence[Planned], held: Sequence[Planned], unseen: int, language: str) -> None:
    if not todo:
        say(Words("Nothing is due.", "Rien n’est échu."), language)
    for one in todo:
        what = f": {', '.join(one.fields)}" if one.fields else f": {one.record.level} → {one.due.rule.to}"
        say(f"  {one.due.on}  {one.record.number}  {one.rule.in_(language)}{what}")
    for one in held:
        why = _HELD[one.due.obstacle].in_(language)
        say(f"  {one.due.on}  {one.record.number}  {one.rule.in_(language)} – {why}")
    if unseen:
        say(
            Words(
                f"Records with something due that this role does not see: {unseen}.",
                f"Fiches échues que ce rôle ne voit pas : {unseen}.",
            ),
            language,
        )


def _json(one: Planned) -> dict[str, Any]:
    return {
        "record": one.record.id,
        "number": one.record.number,
        "act": one.due.act,
        "on": one.due.on.isoformat(),
        "fields": list(one.fields),
        "to": one.due.rule.to if one.due.act == "declassify" else "",
        "obstacle": one.due.obstacle,
        "rule": one.rule.en,
    }
