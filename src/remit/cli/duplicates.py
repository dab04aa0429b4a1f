"""``remit duplicates``: records that may tell of one event."""

from __future__ import annotations

from pathlib import Path

import click

from remit.cli.command import Command
from remit.cli.options import as_option, format_option, language_option, period_option, workspace_option
from remit.cli.output import say, write_json
from remit.cli.values import OneOf
from remit.kernel.periods import Period
from remit.kernel.wording import Words
from remit.services.acting import operator
from remit.services.duplicates import RELATIONS, decide, proposed_pairs
from remit.services.record_page import identifier_of
from remit.services.workspace import Opener


@click.command(
    cls=Command,
    examples=[
        "remit duplicates --period 2017-07",
        "remit duplicates --type external-report --type security-event",
        "remit duplicates --decide distinct --pair MINUSMA-EVT-2017-0001 MINUSMA-EXT-2017-0004",
    ],
)
@click.option("--type", "types", multiple=True, metavar="TYPE", help="Only records of this type; may be repeated.")
@period_option(required=False)
@click.option("--limit", default=50, show_default=True, help="How many pairs to show.")
@click.option(
    "--decide", "relation", type=OneOf([*RELATIONS, ""]), default="", help="Link a pair, or reject it (distinct)."
)
@click.option("--pair", nargs=2, metavar="NUMBER NUMBER", help="The two records to decide about.")
@workspace_option
@as_option
@format_option
@language_option
@click.pass_obj
def duplicates(
    opener: Opener, *, types: tuple[str, ...], period: Period | None, limit: int, relation: str,
    pair: tuple[str, str] | None, folder: Path, role: str, shape: str, language: str,
) -> None:  # fmt: skip
    """Show pairs of events and reports that may tell of one event, with the reasons. Nothing is merged.

    Time and place must allow it; actors, casualties and text speak for or against. A pair that somebody linked or rejected is not
    shown again. --decide duplicates, same-event or distinct, with --pair, records what a person found.
    """
    workspace = opener.open(folder, write=bool(relation))
    if relation and pair:
        actor = operator(workspace, "link", role, also=["see"])
        first, second = (identifier_of(workspace, actor, one) for one in pair)
        record = decide(workspace, actor, first, relation, second)
        say(Words(f"{record.number}: linked.", f"{record.number} : liée."), language)
        return
    actor = operator(workspace, "see", role)
    found = proposed_pairs(workspace, actor, language, period=period, types=types)
    if shape == "json":
        write_json([
            {"one": one.one.number, "other": one.other.number, "score": one.alike.score,
             "reasons": [{"aspect": r.aspect, "for": r.speaks_for, "words": r.words.in_(language)} for r in one.alike.reasons]}
            for one in found[:limit]
        ])  # fmt: skip
        return
    for one in found[:limit]:
        say(f"{one.alike.score:.2f}  {one.one.number} {one.one.title}  |  {one.other.number} {one.other.title}")
        say(f"      {one.alike.why(language)}")
    say(Words(f"Possible duplicates: {len(found)}", f"Doublons possibles : {len(found)}"), language)
