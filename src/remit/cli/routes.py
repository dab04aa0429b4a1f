"""``remit routes``: the way to a place over the segments of supply routes."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import click

from remit.cli.command import Command
from remit.cli.options import as_option, format_option, language_option, workspace_option
from remit.cli.output import say, write_json
from remit.cli.values import OneOf
from remit.kernel.wording import Words
from remit.services.acting import operator
from remit.services.routing import route
from remit.services.shapes import WAYS
from remit.services.workspace import Opener


@click.command(cls=Command, examples=['remit routes Gao "Kidal"', "remit routes Gao Kidal --by safest --format json"])
@click.argument("start", metavar="FROM")
@click.argument("end", metavar="TO")
@click.option(
    "--by",
    type=OneOf(list(WAYS)),
    default="balanced",
    show_default=True,
    help="What decides: length and threat, threat, or length.",
)
@workspace_option
@as_option
@format_option
@language_option
@click.pass_obj
def routes(
    opener: Opener, *, start: str, end: str, by: str, folder: Path, role: str, shape: str, language: str
) -> None:
    """Choose the way from a place to another over the recorded segments of supply routes, with alternatives and reasons.

    Closed routes and segments that are not passable are left out; those whose opening would give a better way are told, and so are
    those without which nothing leads there.
    """
    workspace = opener.open(folder, write=False)
    found = route(workspace, operator(workspace, "see", role), start, end, by=cast(Any, by))
    if shape == "json":
        write_json({
            "way": _json(found.way, language) if found.way else None,
            "alternatives": [_json(way, language) for way in found.alternatives],
            "critical": [f"{one.from_} – {one.to}" for one in found.critical],
            "closed": [f"{one.from_} – {one.to}" for one in found.closed],
            "reasons": [words.in_(language) for words in found.reasons],
        })  # fmt: skip
        return
    for way, name in (
        (found.way, Words("Way", "Voie")),
        *((one, Words("Alternative", "Alternative")) for one in found.alternatives),
    ):
        if way is not None:
            say(f"{name.in_(language)}  {way.km:g} km")
            for one in way.segments:
                say(f"  {one.from_} – {one.to}  {one.km:g} km  {one.threat_words.in_(language)}  {one.number}")
    for words in found.reasons:
        say(words, language)


def _json(way: Any, language: str) -> dict[str, Any]:
    return {
        "km": way.km,
        "shared": len(way.shared),
        "segments": [
            {"from": s.from_, "to": s.to, "km": s.km, "threat": s.threat_words.in_(language), "route": s.number}
            for s in way.segments
        ],
    }
