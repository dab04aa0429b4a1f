"""``remit report``: a product, drafted from figures."""

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
from remit.kernel.wording import Words
from remit.services.acting import operator
from remit.services.reporting import keep_product, save, write
from remit.services.saying import provision_label
from remit.services.workspace import Opener


@click.command()
@click.argument("product")
@workspace_option
@click.option("--period", type=PeriodType(), required=True, help="Half-open: 2017-06-29/2017-09-29 holds 28 September.")
@click.option("--cut-off", type=DayOrInstant(), help="Only what was known then: a day (its end) or an instant.")
@click.option("--audience", default="", help="For readers outside: small cells are withheld, figure keys left out.")
@click.option(
    "-o",
    "--output",
    "file",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help="FILE.docx or FILE.html.",
)
@click.option("--keep", is_flag=True, help="Freeze every figure printed and keep the product in the journal.")
@as_option
@format_option
@language_option
@click.pass_obj
def report(
    opener: Opener,
    product: str,
    folder: Path,
    period: Period,
    cut_off: datetime | None,
    audience: str,
    file: Path,
    keep: bool,
    role: str,
    shape: str,
    language: str,
) -> None:
    """Draft a product as Word or HTML: every figure in it is computed from records known at the cut-off.

    \b
    Examples:
      remit report quarterly --period 2017-06-29/2017-09-29 --cut-off 2017-09-18 -o report.docx
      remit report quarterly --period 2017-06-29/2017-09-29 --language fr -o rapport.html --keep
    """
    workspace = opener.open(folder)
    actor = operator(workspace, "report", role)
    act = keep_product if keep else write
    made = act(workspace, actor, product, period, cut_off=cut_off, language=language, audience=audience)
    document = made.document if hasattr(made, "document") else made
    save(workspace, document, file)
    if shape == "json":
        write_json(
            {
                "file": str(file),
                "product": document.product,
                "period": str(document.period),
                "paragraphs": len(document.paragraphs()),
                "figures": {key: figure.to_json() for key, figure in document.figures.items()},
                "unanswered": list(document.unanswered),
                "head": document.head,
            }
        )
        return
    say(
        Words(
            f"{file}: {len(document.paragraphs())} paragraphs, {len(document.figures)} figures.",
            f"{file} : {len(document.paragraphs())} paragraphes, {len(document.figures)} chiffres.",
        ),
        language,
    )
    if document.unanswered:
        paths = ", ".join(provision_label(path, language) for path in document.unanswered)
        say(Words(f"Not answered yet: {paths}.", f"Sans réponse encore : {paths}."), language, err=True)
