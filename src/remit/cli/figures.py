"""``remit figures``: the mission's figures for a period."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

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
from remit.cli.output import say, write_issues, write_json
from remit.cli.values import OneOf
from remit.kernel.periods import Period
from remit.services.acting import operator
from remit.services.figuring import figures as compute_figures
from remit.services.figuring import outside_mission
from remit.services.saying import cell_words, figure_words
from remit.services.shapes import ENGINES, Dialect, Figure
from remit.services.workspace import Opener, Workspace


@click.command(
    cls=Command,
    examples=[
        "remit figures --period 2017-06-29/2017-09-29",
        "remit figures --period 2017-Q3 --engine spark",
        "remit figures --period 2017-Q3 --key ceasefire-findings-confirmed --by region --format json",
    ],
)
@workspace_option
@period_option(required=True)
@click.option("--key", "keys", multiple=True, metavar="MEASURE", help="Only these measures (may be repeated).")
@click.option(
    "--by",
    multiple=True,
    metavar="BREAKDOWN",
    help="Break down by month, region … where the measure declares it (may be repeated).",
)
@click.option(
    "--engine",
    type=OneOf(ENGINES),
    default="duckdb",
    show_default=True,
    help="What computes; all give the same. postgresql: the workspace's server, else $REMIT_FIGURES_SERVER. spark: needs Java 17.",
)
@known_option("--as-of")
@as_option
@format_option
@language_option
@click.pass_obj
def figures(
    opener: Opener,
    *,
    folder: Path,
    period: Period,
    keys: Sequence[str],
    by: Sequence[str],
    engine: Dialect,
    as_of: datetime | None,
    role: str,
    shape: str,
    language: str,
) -> None:
    """Compute figures from the records: each with its unit, its inclusion rule, and the ids of the records in it."""
    workspace = opener.open(folder)
    if engine != "duckdb":
        workspace = opener.computing_with(workspace, engine)
    actor = operator(workspace, "figure", role)
    write_issues(outside_mission(workspace, period), language)
    found = compute_figures(workspace, actor, period, keys=list(keys) or None, by=by, as_of=as_of)
    if shape == "json":
        write_json([_in_words(workspace, figure, language) for figure in found])
        return
    labels = {figure.key: workspace.mission.measures[figure.key].label.in_(language) for figure in found}
    width = max((len(label) for label in labels.values()), default=0)
    for figure in found:
        say(f"{labels[figure.key]:<{width}}  {figure_words(workspace, figure, language)}")
        for name, value in cell_words(workspace, figure, language):
            say(f"    {name:<{max(width - 4, 0)}}  {value}")


def _in_words(workspace: Workspace, figure: Figure, language: str) -> dict[str, object]:
    """Return a figure as JSON, with its words in the language asked for."""
    measure = workspace.mission.measures[figure.key]
    words = {"label": measure.label, "unit": measure.unit, "rule": measure.rule}
    return figure.to_json() | {name: said.in_(language) for name, said in words.items()}
