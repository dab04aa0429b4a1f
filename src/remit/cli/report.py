"""``remit report``: a product, drafted from figures."""

from __future__ import annotations

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
from remit.cli.values import FilePath
from remit.kernel.periods import Period
from remit.kernel.wording import Words
from remit.services.acting import operator
from remit.services.figuring import outside_mission
from remit.services.product_files import require_place, save
from remit.services.reporting import keep_product, write
from remit.services.saying import provision_label
from remit.services.workspace import Opener


@click.command(
    cls=Command,
    examples=[
        "remit report quarterly --period 2017-06-29/2017-09-29 --cut-off 2017-09-18 -o report.docx",
        "remit report quarterly --period 2017-06-29/2017-09-29 --language fr -o rapport.html --keep",
    ],
)
@click.argument("product")
@workspace_option
@period_option(required=True)
@known_option("--cut-off")
@click.option(
    "--audience", default="", metavar="KEY", help="For readers outside: small cells are withheld, figure keys left out."
)
@click.option("-o", "--output", "file", type=FilePath(), required=True, help="FILE.docx, FILE.pdf or FILE.html.")
@click.option("--keep", is_flag=True, help="Freeze every figure printed and keep the product in the journal.")
@as_option
@format_option
@language_option
@click.pass_obj
def report(
    opener: Opener,
    *,
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
    """Draft a product as Word, PDF or HTML: every figure in it is computed from records known at the cut-off.

    PRODUCT is the key of one of the mission's products, or the beginning of one. A draft is written and not kept; with
    --keep it stands in the journal with its figures frozen, and can be printed again exactly as it was.
    """
    require_place(file)
    workspace = opener.open(folder)
    actor = operator(workspace, "report", role, also=("freeze",) if keep else ())
    write_issues(outside_mission(workspace, period), language)
    number = ""
    if keep:
        kept = keep_product(workspace, actor, product, period, cut_off=cut_off, language=language, audience=audience)
        document, number = kept.document, kept.record.number
    else:
        document = write(workspace, actor, product, period, cut_off=cut_off, language=language, audience=audience)
    save(workspace, document, file)
    if shape == "json":
        write_json(
            {
                "file": str(file),
                "product": document.product,
                "number": number,
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
            f"{file}: paragraphs {len(document.paragraphs())}, figures {len(document.figures)}.",
            f"{file} : paragraphes {len(document.paragraphs())}, chiffres {len(document.figures)}.",
        ),
        language,
    )
    if number:
        say(Words(f"Kept as {number}, its figures frozen.", f"Conservé sous {number}, ses chiffres arrêtés."), language)
    if document.unanswered:
        paths = ", ".join(provision_label(path, language) for path in document.unanswered)
        say(Words(f"Not answered yet: {paths}.", f"Sans réponse encore : {paths}."), language, err=True)
