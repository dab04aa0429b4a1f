"""``remit exchange``: two sites that recorded apart are brought together by memory stick."""

from __future__ import annotations

from pathlib import Path

import click

from remit.cli.command import Command, Group
from remit.cli.options import format_option, language_option, workspace_option
from remit.cli.output import say, write_json
from remit.cli.values import FilePath, OneOf, file_bytes
from remit.kernel.wording import Words
from remit.services.knowing_sites import card_bytes, know, own_card, read_card
from remit.services.shapes import LEVELS
from remit.services.taking_bundles import take_bundle
from remit.services.workspace import Opener
from remit.services.writing import write_whole
from remit.services.writing_bundles import write_bundle

_FILE = click.option(
    "-o", "--output", "file", type=FilePath(), required=True, help="The file to write; one that stands is replaced."
)


@click.group(
    cls=Group,
    examples=[
        "remit exchange card -o gao.json --workspace ./gao",
        "remit exchange know gao.json --workspace ./main",
        "remit exchange write gao -o to-gao.remit --workspace ./main",
        "remit exchange take to-gao.remit --workspace ./gao",
    ],
)
def exchange() -> None:
    """Bring together what two sites of a mission recorded apart, by memory stick.

    A bundle is signed by the site that writes it and opens with the key of the one that it is for alone. It may come late,
    in any order, twice, or never: the next one holds what was lost.
    """


@exchange.command("card", cls=Command, examples=["remit exchange card -o gao.json --workspace ./gao"])
@_FILE
@workspace_option
@language_option
@click.pass_obj
def card(opener: Opener, *, file: Path, folder: Path, language: str) -> None:
    """Write the card of this site: its name and public key. It holds no secret."""
    own = own_card(opener.open(folder, write=False))
    write_whole(file, card_bytes(own), mode=0o644)
    say(
        Words(
            f"{file}: the card of {own.site}. Read the fingerprint out to the other site:",
            f"{file} : la carte de {own.site}. Lisez l’empreinte à voix haute à l’autre site :",
        ),
        language,
    )
    say(f"  {own.fingerprint}")


@exchange.command(
    "know", cls=Command,
    examples=["remit exchange know gao.json", "remit exchange know gao.json --level strictly-confidential --compartment mrm"],
)  # fmt: skip
@click.argument("file", metavar="CARD", type=FilePath())
@click.option(
    "--level",
    type=OneOf(LEVELS),
    default="confidential",
    show_default=True,
    help="The strictest level that it may hold.",
)
@click.option(
    "--compartment", "compartments", multiple=True, metavar="KEY", help="One that it may hold; none without it."
)
@click.option("--renewed", is_flag=True, help="The site has a new key; the former one is not believed any more.")
@click.option("--yes", is_flag=True, help="Do not ask: the fingerprints were compared.")
@workspace_option
@language_option
@click.pass_obj
def know_(
    opener: Opener, *, file: Path, level: str, compartments: tuple[str, ...], renewed: bool, yes: bool, folder: Path,
    language: str,
) -> None:  # fmt: skip
    """Make the site of CARD known here, once its fingerprint was compared by voice."""
    workspace = opener.open(folder)
    found = read_card(file_bytes(file))
    if not yes:
        asked = Words(
            f"{found.site} reads out: {found.fingerprint}?", f"{found.site} lit à voix haute : {found.fingerprint} ?"
        )
        click.confirm(asked.in_(language), abort=True, err=True)
    made = know(workspace, found, level=level, compartments=compartments, renewed=renewed)  # type: ignore[arg-type]
    held = ", ".join(made.compartments)
    say(
        Words(
            f"{made.card.site} is known here. It may hold records up to {level}, and the compartments: {held or 'none'}.",
            f"{made.card.site} est connu ici. Il peut détenir des fiches jusqu’à {level}, et les compartiments : {held or 'aucun'}.",
        ),
        language,
    )


@exchange.command("sites", cls=Command, examples=["remit exchange sites", "remit exchange sites --format json"])
@workspace_option
@format_option
@language_option
@click.pass_obj
def sites(opener: Opener, *, folder: Path, shape: str, language: str) -> None:
    """List the sites that are known here, and when a bundle of each was last taken."""
    workspace = opener.open(folder, write=False)
    found = [site for _, site in sorted(workspace.sites.all().items())]
    if shape == "json":
        rows = [
            {
                "site": site.card.site, "fingerprint": site.card.fingerprint, "level": site.level,
                "compartments": list(site.compartments), "last_taken": site.last_taken and site.last_taken.isoformat(),
            }
            for site in found
        ]  # fmt: skip
        write_json({"site": workspace.site, "known": rows})
        return
    say(Words(f"This is {workspace.site}.", f"Ceci est {workspace.site}."), language)
    if not found:
        say(
            Words("No other site is known here. `remit exchange know CARD`", "Aucun autre site n’est connu ici. `remit exchange know CARTE`"),
            language,
        )  # fmt: skip
    for site in found:
        last = f"{site.last_taken:%Y-%m-%d %H:%M}" if site.last_taken else ""
        told = Words(
            f"last taken {last}" if last else "nothing taken yet", f"repris le {last}" if last else "rien repris"
        )
        say(f"  {site.card.site}  {site.level}  {', '.join(site.compartments) or '–'}  {told.in_(language)}")
        say(f"    {site.card.fingerprint}")


@exchange.command("write", cls=Command, examples=["remit exchange write gao -o to-gao.remit"])
@click.argument("site")
@_FILE
@click.option("--all", "everything", is_flag=True, help="From the beginning, not only what is new to that site.")
@workspace_option
@format_option
@language_option
@click.pass_obj
def write(opener: Opener, *, site: str, file: Path, everything: bool, folder: Path, shape: str, language: str) -> None:
    """Write a bundle for SITE: all that changed here since what it said that it took."""
    made = write_bundle(opener.open(folder), site, everything=everything)
    write_whole(file, made.data, mode=0o600)
    if shape == "json":
        write_json(
            {
                "file": str(file),
                "entries": made.entries,
                "records": made.records,
                "files": made.files,
                "left_out": made.left_out,
            }
        )
        return
    say(
        Words(
            f"{file}: for {site}, {made.entries} entries of {made.records} records, {made.files} files. Left out, as {site} may not "
            f"hold them: {made.left_out} records.",
            f"{file} : pour {site}, {made.entries} écritures de {made.records} fiches, {made.files} fichiers. Omises, {site} ne pouvant "
            f"les détenir : {made.left_out} fiches.",
        ),
        language,
    )


@exchange.command("take", cls=Command, examples=["remit exchange take to-main.remit"])
@click.argument("file", metavar="BUNDLE", type=FilePath())
@workspace_option
@format_option
@language_option
@click.pass_obj
def take(opener: Opener, *, file: Path, folder: Path, shape: str, language: str) -> None:
    """Take BUNDLE in: all of it or nothing. What two sites changed apart is listed, and settled by people."""
    found = take_bundle(opener.open(folder), file_bytes(file))
    if shape == "json":
        write_json(
            {
                "from": found.sender, "written": found.at.isoformat(), "new": found.new, "known": found.known,
                "records": list(found.records), "disputed": {number: list(names) for number, names in found.disputed.items()},
                "left_destroyed": found.redacted,
            }
        )  # fmt: skip
        return
    say(
        Words(
            f"From {found.sender}, written {found.at:%Y-%m-%d %H:%M} UTC: {found.new} entries taken in, {found.known} were here already; "
            f"{len(found.records)} records are new or changed.",
            f"De {found.sender}, écrit le {found.at:%Y-%m-%d %H:%M} UTC : {found.new} écritures reprises, {found.known} déjà présentes ; "
            f"{len(found.records)} fiches nouvelles ou modifiées.",
        ),
        language,
    )
    if found.redacted:
        say(
            Words(
                f"{found.redacted} values were left behind: they had been destroyed here.",
                f"{found.redacted} valeurs laissées de côté : elles avaient été détruites ici.",
            ),
            language,
        )
    for number, names in found.disputed.items():
        say(
            Words(
                f"  {number}: changed apart: {', '.join(names)}. Open it, see both, and amend what is to stand.",
                f"  {number} : modifiée de part et d’autre : {', '.join(names)}. Ouvrez-la, voyez les deux, et modifiez ce qui doit valoir.",
            ),
            language,
        )
