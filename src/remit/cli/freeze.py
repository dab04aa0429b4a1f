"""``remit freeze``: figures that are published."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from remit.cli.options import (
    DayOrInstant,
    PeriodType,
    as_option,
    format_option,
    language_option,
    say,
    workspace_option,
    write_json,
)
from remit.kernel.errors import BadInput
from remit.kernel.periods import Period
from remit.services.acting import operator
from remit.services.freezing import correct, freeze as freeze_figures, frozen, review
from remit.services.saying import figure_words
from remit.services.workspace import Opener


@click.command()
@workspace_option
@click.option("--period", type=PeriodType(), help="Half-open: 2017-06-29/2017-09-29; or 2017-Q3, 2017-07, 2017.")
@click.option("--key", "keys", multiple=True, help="The measures to freeze (may be repeated).")
@click.option("--cut-off", type=DayOrInstant(), help="Only what was known then: a day (its end) or an instant.")
@click.option("--review", "reviewing", is_flag=True, help="Hold every frozen figure against what is known now.")
@click.option("--correct", "identifier", default="", help="Correct the frozen figure of this number, with --reason.")
@click.option("--reason", default="", help="Why the figure changed.")
@as_option
@format_option
@language_option
@click.pass_obj
def freeze(
    opener: Opener,
    folder: Path,
    period: Period | None,
    keys: tuple[str, ...],
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

    \b
    Examples:
      remit freeze --period 2017-06-29/2017-09-29 --key ceasefire-findings-confirmed
      remit freeze --review
      remit freeze --correct MINUSMA-FIG-2017-0003 --reason "one finding was confirmed after the cut-off"
    """
    workspace = opener.open(folder)
    actor = operator(workspace, "freeze", role)
    if identifier:
        chosen = next(
            (one for one in frozen(workspace, actor) if identifier in (one.record.id, one.record.number)), None
        )
        made = correct(workspace, actor, chosen.record.id if chosen else identifier, reason=reason)
        rows = [{"number": made.number, "figure": made.values["figure"], "old": made.values.get("old_value"),
                 "new": made.values.get("new_value"), "reason": made.values["reason"]}]  # fmt: skip
        text = [f"{r['number']}  {r['figure']}: {r['old']} → {r['new']}" for r in rows]
    elif reviewing:
        found = [(one, review(workspace, one)) for one in frozen(workspace, actor)]
        rows = [{"number": one.record.number, "figure": one.figure.key, "period": str(one.figure.period), "same": c.same,
                 "old": c.old, "new": c.new, "reason": c.reason.in_(language)} for one, c in found]  # fmt: skip
        text = [f"{'=' if r['same'] else '≠'} {r['number']}  {r['figure']}  {r['period']}: {r['reason']}" for r in rows]
    else:
        if period is None or not keys:
            raise BadInput.of(
                "CLI-031",
                "Nothing says which figures to freeze.",
                "Rien ne dit quels chiffres arrêter.",
                do_en="Give --period and at least one --key, or --review, or --correct.",
                do_fr="Donnez --period et au moins un --key, ou --review, ou --correct.",
            )
        made_now = freeze_figures(workspace, actor, list(keys), period, as_of=cut_off)
        rows = [{"number": one.record.number, "id": one.record.id, "digest": one.record.values["digest"],
                 "entry_ids": list(one.entry_ids), **one.figure.to_json()} for one in made_now]  # fmt: skip
        text = [
            f"{one.record.number}  {one.figure.key}: {figure_words(workspace, one.figure, language)}"
            for one in made_now
        ]
    if shape == "json":
        write_json(rows)
    else:
        for line in text:
            say(line)
