"""``remit figures``: the mission's figures for a period."""

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
from remit.kernel.periods import Period
from remit.services.acting import operator
from remit.services.figuring import figures as compute_figures
from remit.services.saying import figure_words
from remit.services.workspace import Opener


@click.command()
@workspace_option
@click.option(
    "--period", type=PeriodType(), required=True, help="Half-open: 2017-06-29/2017-09-29; or 2017-Q3, 2017-07, 2017."
)
@click.option("--key", "keys", multiple=True, help="Only these measures (may be repeated).")
@click.option(
    "--by", multiple=True, help="Break down by month, region … where the measure declares it (may be repeated)."
)
@click.option("--as-of", type=DayOrInstant(), help="Only what was known then: a day (its end) or an instant.")
@as_option
@format_option
@language_option
@click.pass_obj
def figures(
    opener: Opener,
    folder: Path,
    period: Period,
    keys: tuple[str, ...],
    by: tuple[str, ...],
    as_of: datetime | None,
    role: str,
    shape: str,
    language: str,
) -> None:
    """Compute figures from the records: each with its unit, its inclusion rule, and the ids of the records in it.

    \b
    Examples:
      remit figures --period 2017-06-29/2017-09-29
      remit figures --period 2017-Q3 --key ceasefire-findings-confirmed --by region --format json
    """
    workspace = opener.open(folder)
    actor = operator(workspace, "figure", role)
    found = compute_figures(workspace, actor, period, keys=list(keys) or None, by=by, as_of=as_of)
    measures = workspace.mission.measures
    if shape == "json":
        write_json(
            [
                figure.to_json()
                | {
                    "label": measures[figure.key].label.in_(language),
                    "unit": measures[figure.key].unit.in_(language),
                    "rule": measures[figure.key].rule.in_(language),
                }
                for figure in found
            ]
        )
        return
    width = max((len(measures[figure.key].label.in_(language)) for figure in found), default=0)
    for figure in found:
        say(f"{measures[figure.key].label.in_(language):<{width}}  {figure_words(workspace, figure, language)}")
        for cell in figure.cells:
            name = ", ".join(str(value) or "–" for value in cell.keys.values())
            say(f"    {name:<24} {'[…]' if cell.withheld else cell.value}")
