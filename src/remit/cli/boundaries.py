"""``remit boundaries``: official areas, lists of places, and places that contradict their own coordinates."""

from __future__ import annotations

from pathlib import Path

import click

from remit.cli.command import Command, Group
from remit.cli.options import as_option, format_option, language_option, workspace_option
from remit.cli.output import say, write_issues, write_json
from remit.cli.values import FilePath, file_bytes
from remit.kernel.wording import Words
from remit.services.acting import operator
from remit.services.boundaries import AREAS, PLACES, check_places, frame_differences, kept
from remit.services.placing import locator, suggestions
from remit.services.shapes import Place
from remit.services.taking_boundaries import take_areas, take_places
from remit.services.workspace import Opener

EXAMPLES = [
    "remit boundaries take mli_admbnda_adm3.geojson --publisher OCHA",
    "remit boundaries check settlements.csv",
    'remit boundaries find "Tombouctou"',
]


@click.group(cls=Group, examples=EXAMPLES)
def boundaries() -> None:
    """Take official areas into a workspace, find places and their codes, and find places that contradict their coordinates.

    Official areas give each point the code (p-code) of the finest area that surely holds it, with the date on which the boundaries
    are valid. The mission's own frame stays its own; where the two differ it is said.
    """


@boundaries.command("take", cls=Command, examples=[EXAMPLES[0]])
@click.argument("file", type=FilePath())
@click.option(
    "--level",
    type=click.IntRange(0, 9),
    default=None,
    help="The administrative level; the deepest that has codes unless said.",
)
@click.option("--publisher", default="", help="Who published them.")
@workspace_option
@as_option
@language_option
@click.pass_obj
def take(
    opener: Opener, *, file: Path, level: int | None, publisher: str, folder: Path, role: str, language: str
) -> None:
    """Take in official areas of one level from GeoJSON, with the day on which they are valid."""
    workspace = opener.open(folder)
    taken = take_areas(
        workspace, operator(workspace, "record", role), file_bytes(file), file.name, level=level, publisher=publisher
    )
    write_issues(taken.issues, language)
    values = taken.record.values
    say(Words(f"{taken.record.number}: level {values['admin_level']}, {values['areas']} areas, valid on {values['as_of']['on']}.",
              f"{taken.record.number} : niveau {values['admin_level']}, {values['areas']} zones, valables au {values['as_of']['on']}."), language)  # fmt: skip
    for one in frame_differences(workspace):
        say(one.words, language)


@boundaries.command("places", cls=Command, examples=["remit boundaries places settlements.csv --publisher OCHA"])
@click.argument("file", type=FilePath())
@click.option("--publisher", default="", help="Who published them.")
@workspace_option
@as_option
@language_option
@click.pass_obj
def places(opener: Opener, *, file: Path, publisher: str, folder: Path, role: str, language: str) -> None:
    """Take in a list of places (CSV, Excel) by which names are found; those outside their stated area are not used."""
    workspace = opener.open(folder)
    taken = take_places(
        workspace, operator(workspace, "record", role), file_bytes(file), file.name, publisher=publisher
    )
    write_issues(taken.issues, language)
    values = taken.record.values
    say(Words(f"{taken.record.number}: {values['places']} places; outside their stated area and not used: {values.get('astray', 0)}.",
              f"{taken.record.number} : {values['places']} lieux ; hors de leur zone et non utilisés : {values.get('astray', 0)}."), language)  # fmt: skip


@boundaries.command(
    "check", cls=Command, examples=[EXAMPLES[1], "remit boundaries check settlements.csv --format json"]
)
@click.argument("file", type=FilePath())
@click.option("--limit", default=30, show_default=True, help="How many to name, the farthest first; 0 for all.")
@workspace_option
@format_option
@language_option
@click.pass_context
def check(ctx: click.Context, *, file: Path, limit: int, folder: Path, shape: str, language: str) -> None:
    """Find places whose point lies outside the area stated for them (exit status 1 if any)."""
    opener: Opener = ctx.obj
    found = check_places(opener.open(folder, write=False), file_bytes(file), file.name)
    write_issues(found.issues, language)
    shown = found.astray[:limit] if limit else found.astray
    far = sum(1 for one in found.astray if one.degrees > 1)
    if shape == "json":
        write_json({
            "places": found.places, "outside": len(found.astray), "by_more_than_a_degree": far, "unknown_code": found.unknown,
            "valid_on": found.valid_on,
            "astray": [{"line": o.line, "name": o.name, "stated": o.stated, "stated_name": o.stated_name, "lies_in": o.lies_in,
                        "lies_in_name": o.lies_in_name, "degrees": o.degrees, "km": o.km} for o in shown],
        })  # fmt: skip
    else:
        for one in shown:
            there = f"{one.lies_in} {one.lies_in_name}" if one.lies_in else "–"
            say(Words(f"line {one.line}: {one.name} is stated in {one.stated} {one.stated_name} and lies {one.km:.0f} km outside, in {there}",
                      f"ligne {one.line} : {one.name} est indiqué dans {one.stated} {one.stated_name} et se trouve à {one.km:.0f} km, dans {there}"), language)  # fmt: skip
        say(Words(f"Places: {found.places}; outside their stated area: {len(found.astray)}, by more than a degree: {far}; "
                  f"with a code that no set has: {found.unknown}. Boundaries valid on {found.valid_on}.",
                  f"Lieux : {found.places} ; hors de leur zone : {len(found.astray)}, de plus d’un degré : {far} ; "
                  f"de code inconnu : {found.unknown}. Limites valables au {found.valid_on}."), language)  # fmt: skip
    ctx.exit(1 if found.astray else 0)


@boundaries.command("find", cls=Command, examples=[EXAMPLES[2], 'remit boundaries find "30Q YE 1234 5678"'])
@click.argument("text")
@click.option("--lat", type=float, default=None, help="Latitude, to hold against the name.")
@click.option("--lon", type=float, default=None, help="Longitude, to hold against the name.")
@workspace_option
@format_option
@language_option
@click.pass_obj
def find(
    opener: Opener, *, text: str, lat: float | None, lon: float | None, folder: Path, shape: str, language: str
) -> None:
    """Find a place by name, spelling or grid reference: its point, areas and code, or the nearest names."""
    workspace = opener.open(folder, write=False)
    grid = text if any(part.isdigit() for part in text[:2]) else ""
    found = locator(workspace)(Place(name="" if grid else text, grid=grid, lat=lat, lon=lon))
    near = [] if found.lat is not None or found.areas else suggestions(workspace, text)
    if shape == "json":
        write_json(
            {"place": found.to_json(), "near": [{"name": name, "likeness": likeness} for name, likeness in near]}
        )
        return
    say("  ".join(f"{key}: {value}" for key, value in found.to_json().items()))
    if near:
        say(Words("Nearest names: ", "Noms les plus proches : ").in_(language) + ", ".join(name for name, _ in near))


@boundaries.command("show", cls=Command, examples=["remit boundaries show"])
@workspace_option
@language_option
@click.pass_obj
def show(opener: Opener, *, folder: Path, language: str) -> None:
    """Show which official areas and lists the workspace keeps, and where the mission's frame differs."""
    workspace = opener.open(folder, write=False)
    for one in (*kept(workspace, AREAS), *kept(workspace, PLACES)):
        say(f"{one.number}  {one.values['as_of']['on']}  {one.title}  {one.values.get('publisher', '')}")
    for difference in frame_differences(workspace):
        say(difference.words, language)
