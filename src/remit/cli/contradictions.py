"""``remit contradictions``: figures that ought to say the same, side by side."""

from __future__ import annotations

from pathlib import Path

import click

from remit.cli.command import Command
from remit.cli.options import as_option, format_option, language_option, period_option, workspace_option
from remit.cli.output import say, write_json
from remit.kernel.periods import Period
from remit.kernel.wording import Words
from remit.services.acting import operator
from remit.services.contradictions import contradictions as compare
from remit.services.contradictions import explained
from remit.services.saying import figure_words
from remit.services.workspace import Opener

_AGREE = {
    True: Words("agree", "concordent"),
    False: Words("differ", "divergent"),
    None: Words("only one is known", "une seule est connue"),
}


@click.command(
    cls=Command,
    examples=[
        "remit contradictions --period 2017-06-29/2018-07-01",
        "remit contradictions --period 2017-Q3 --format json",
    ],
)
@workspace_option
@period_option(required=True)
@as_option
@format_option
@language_option
@click.pass_obj
def contradictions(opener: Opener, *, folder: Path, period: Period, role: str, shape: str, language: str) -> None:
    """Set side by side what several sources say of one quantity, and what documents printed beside our own figures.

    Each difference comes with what explains it: the definition, what became known later, or parts that do not add up as
    printed. Which measures count the same, and what others printed, stands in the mission's folder published/.
    """
    workspace = opener.open(folder)
    found = compare(workspace, operator(workspace, "figure", role), period)
    if shape == "json":
        write_json(
            {
                "period": str(found.period),
                "quantities": [
                    {
                        "key": one.quantity.key,
                        "agree": one.agree,
                        "counts": {count.measure.key: count.figure.value for count in one.counts},
                        "differs": one.quantity.differs.in_(language),
                    }
                    for one in found.several
                ],
                "printed": [
                    {
                        "key": one.printed.key,
                        "document": one.printed.document,
                        "period": str(one.printed.period),
                        "value": one.printed.value,
                        "then": one.then.value if one.then else None,
                        "now": one.now.value if one.now else None,
                        "verdict": one.verdict,
                        "adds_up": one.adds_up,
                    }
                    for one in found.beside
                ],
            }
        )
        return
    for several in found.several:
        agree = _AGREE[several.agree]
        say(f"{several.quantity.label.in_(language)} – {agree.in_(language)}", language)
        for count in several.counts:
            say(f"  {figure_words(workspace, count.figure, language)}: {count.measure.label.in_(language)}", language)
        if several.agree is False:
            say(f"  {several.quantity.differs.in_(language)}", language)
    for one in found.beside:
        ours = "–" if one.now is None or one.now.value is None else f"{one.now.value:g}"
        words = " ".join(text.in_(language).rstrip(".") + "." for text in explained(one))
        say(
            f"{one.printed.document} {one.printed.label.in_(language)}: {one.printed.value:g} / {ours}. {words}",
            language,
        )
