"""``remit compare``: what changed from one mandate to the next, or what a summary makes of a resolution."""

from __future__ import annotations

from pathlib import Path

import click

from remit.cli.command import Command
from remit.cli.options import language_option
from remit.cli.output import write_json
from remit.cli.values import FilePath, OneOf, file_bytes
from remit.services.comparing import (
    LABELS,
    Comparison,
    ProvisionChange,
    SummaryComparison,
    compare_files,
    departure_words,
    notes,
    place_label,
    to_json,
    totals,
)
from remit.services.comparing_page import to_html


@click.command(
    cls=Command,
    examples=[
        "remit compare S_RES_2295_2016.xml S_RES_2364_2017.xml",
        "remit compare --format html OLD.pdf NEW.docx > changes.html",
        "remit compare S_RES_2364_2017.txt press-summary.txt",
    ],
)
@click.argument("old", type=FilePath())
@click.argument("new", type=FilePath())
@click.option(
    "--format",
    "shape",
    type=OneOf(["text", "json", "html"]),
    default="text",
    show_default=True,
    help="Text for people, JSON for programs, one page of HTML to send on.",
)
@click.option("--all", "everything", is_flag=True, help="Show what was kept too (text only).")
@language_option
def compare(old: Path, new: Path, shape: str, everything: bool, language: str) -> None:
    """Compare two mandates: what was kept, reworded word by word, added, dropped, moved, made stronger or weaker.

    OLD and NEW are resolutions as PDF, Word, text or official XML. Where NEW is no resolution, it is read as a summary
    or speech about OLD: each of its statements is set beside the provisions that it renders, with what it departs from,
    and the provisions that it leaves out are listed.
    """
    found = compare_files(file_bytes(old), str(old), file_bytes(new), str(new))
    if shape == "json":
        write_json(to_json(found))
    elif shape == "html":
        click.echo(to_html(found, language), nl=False)
    elif isinstance(found, SummaryComparison):
        _summary(found, language)
    else:
        _comparison(found, everything, language)


def _comparison(found: Comparison, everything: bool, language: str) -> None:
    click.secho(f"{found.old.symbol or '?'} → {found.new.symbol or '?'}", bold=True)
    click.echo(" · ".join(f"{LABELS[key].in_(language)} {number}" for key, number in totals(found).items()))
    for change in found.changes:
        lines = notes(change, language)
        if change.kind == "kept" and not (everything or change.moved or lines):
            continue
        sides = [place_label(one, language) for one in (change.old, change.new) if one is not None]
        place = sides[0] if len(set(sides)) == 1 else " → ".join(sides)
        marks = [change.kind, *(["moved"] if change.moved else [])]
        click.echo()
        click.secho(f"{place}  [{', '.join(LABELS[mark].in_(language) for mark in marks)}]", bold=True)
        click.echo(_words(change))
        for line in lines:
            click.echo(f"  · {line}")
        if change.elsewhere:
            other = found.new if change.new is None else found.old
            held = next(one for one in other.provisions if one.key == change.elsewhere)
            click.echo(f"  · {LABELS['elsewhere'].in_(language)} {place_label(held, language)}")


def _words(change: ProvisionChange) -> str:
    """Return the words of a change; ``[-gone-]`` and ``{+come+}`` where it was reworded."""
    if not change.edits:
        one = change.new or change.old
        return f"  {one.text}" if one else ""
    shapes = {"same": "{}", "dropped": "[-{}-]", "added": "{{+{}+}}"}
    colours = {"same": None, "dropped": "red", "added": "green"}
    return "  " + " ".join(
        click.style(shapes[edit.kind].format(edit.words), fg=colours[edit.kind]) for edit in change.edits
    )


def _summary(found: SummaryComparison, language: str) -> None:
    def say(key: str) -> str:
        return LABELS[key].in_(language)

    provisions = {one.key: one for one in found.document.provisions}
    click.secho(found.document.symbol or "?", bold=True)
    for one in found.statements:
        click.echo()
        click.echo(f"  {' '.join(one.words.split())}")
        named = ", ".join(place_label(provisions[key], language) for key in one.renders)
        click.echo(f"  · {say('renders')} {named}" if named else f"  · {say('no provision')}")
        for departure in one.departures:
            click.echo(f"  · {departure_words(departure, language)}")
    click.echo()
    click.secho(f"{say('left out').capitalize()} ({len(found.left_out)})", bold=True)
    for left in found.left_out:
        click.echo(f"  {place_label(left, language)}: {left.text if len(left.text) <= 100 else left.text[:97] + '…'}")
