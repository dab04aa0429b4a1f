"""``remit import``: what others recorded, and tables of one's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import click

from remit.cli.command import Command
from remit.cli.options import as_option, format_option, language_option, workspace_option
from remit.cli.output import progress, say, write_issues, write_json
from remit.cli.values import FilePath, OneOf, file_bytes
from remit.kernel.errors import BadInput
from remit.kernel.wording import Words
from remit.services.acting import recorder
from remit.services.importing import Imported, import_events, provider_of
from remit.services.importing_tables import Planned, Said, import_table, kept_mapping, plan
from remit.services.shapes import ENCODINGS, ORDERS, PROVIDERS, Actor, Rule
from remit.services.workspace import Opener, Workspace

TABLE = "table"
KNOWN = [*PROVIDERS, TABLE, "csv"]


@click.command(
    "import",
    cls=Command,
    examples=[
        "remit import ucdp ged211_mali.csv --workspace ./minusma",
        "remit import geopko FrontMap.csv --only mission=NAME",
        "remit import csv sightings.xlsx --type field-report",
        "remit import csv sightings.xlsx --type field-report --mapping sightings --id Ref --dates dmy",
    ],
)
@click.argument("provider", type=OneOf(KNOWN))
@click.argument("file", type=FilePath())
@click.option("--type", "type_key", default="", metavar="TYPE", help="What the rows of a table are: a record type.")
@click.option(
    "--mapping", default="", metavar="NAME", help="The mapping to use, or the name to keep the proposed one under."
)
@click.option(
    "--map", "maps", multiple=True, metavar="COLUMN=FIELD", help="Put a column into a field; COLUMN=- leaves it out."
)
@click.option("--set", "fixed", multiple=True, metavar="FIELD=VALUE", help="The same value in every row.")
@click.option("--id", "identifier", default="", metavar="COLUMN", help="The column that identifies a row.")
@click.option(
    "--dates", type=OneOf([*ORDERS, ""]), default="", help="How days in numbers are written: day or month first."
)
@click.option(
    "--encoding",
    type=OneOf([*ENCODINGS, ""]),
    default="",
    help="How the text of a CSV file is encoded; UTF-8 unless said.",
)
@click.option("--sheet", default="", help="The sheet of a workbook; the first unless said.")
@click.option(
    "--only", multiple=True, metavar="COLUMN=VALUE", help="Take only rows with that value; the others are counted."
)
@click.option("--dry-run", "dry", is_flag=True, help="Tell what would come, and write nothing.")
@workspace_option
@as_option
@format_option
@language_option
@click.pass_context
def import_(
    ctx: click.Context, *, provider: str, file: Path, type_key: str, mapping: str, maps: tuple[str, ...],
    fixed: tuple[str, ...], identifier: str, dates: str, encoding: str, sheet: str, only: tuple[str, ...], dry: bool,
    folder: Path, role: str, shape: str, language: str,
) -> None:  # fmt: skip
    """Take in a provider's file as external reports, or a table by a column mapping that is kept.

    PROVIDER is ucdp, acled, un-fatalities, dtm, geopko or contributions, or csv (table) for any other CSV or Excel file.
    A second import of the same FILE adds nothing. Broken rows are named by line with the reason, and the others go in (exit
    status 2 if any was broken). The file is kept as given, with its source and terms; so is each provider's row.

    For a table, a mapping is proposed from the headers and HXL hashtags; without --mapping NAME nothing is written.
    """
    opener: Opener = ctx.obj
    data = file_bytes(file)
    workspace = opener.open(folder)
    wanted = pairs(only, "--only")
    if provider in (TABLE, "csv"):
        said = Said(
            tuple(Rule(column, field) for column, field in pairs(maps, "--map").items()), pairs(fixed, "--set"),
            identifier, dates, sheet, encoding,
        )  # fmt: skip
        actor = _table_actor(workspace, type_key, mapping, role)
        planned = plan(workspace, actor, data, file.name, type_key=type_key, mapping=mapping, said=said)
        if shape == "text" and planned.proposal is not None:
            _say_plan(planned, language)
        with progress(Words("Rows", "Lignes"), language) as tell:
            done = import_table(
                workspace, actor, data, file.name, planned, only=wanted, dry=dry or not mapping, progress=tell
            )
    else:
        actor = recorder(workspace, provider_of(provider).type, role)
        with progress(Words("Rows", "Lignes"), language) as tell:
            done = import_events(workspace, actor, provider, data, file.name, only=wanted, dry=dry, progress=tell)
        planned = None
    write_issues(done.issues, language)
    if shape == "json":
        write_json(_as_json(done, planned, language))
    else:
        _say(done, language, named=bool(mapping) or planned is None)
    ctx.exit(2 if done.rejected else 0)


def _table_actor(workspace: Workspace, type_key: str, mapping: str, role: str) -> Actor:
    kept = kept_mapping(workspace, mapping) if mapping and not type_key else None
    return recorder(workspace, type_key or (str(kept.values["record_type"]) if kept else ""), role)


def pairs(given: Iterable[str], option: str) -> Mapping[str, str]:
    """Read ``NAME=VALUE`` options.

    Raises:
        BadInput: CLI-022, one has no equals sign.
    """
    found = {}
    for one in given:
        name, sign, value = one.partition("=")
        if not sign or not name.strip():
            raise BadInput.of(
                "CLI-022",
                f"{option} takes NAME=VALUE; found “{one}”.",
                f"{option} prend NOM=VALEUR ; trouvé : « {one} ».",
                do_en=f'Write for example {option} "country=X".',
                do_fr=f'Écrivez par exemple {option} "country=X".',
            )
        found[name.strip()] = value.strip()
    return found


def _say_plan(planned: Planned, language: str) -> None:
    proposal = planned.proposal
    assert proposal is not None  # noqa: S101 - asked by the caller
    say(Words(f"Proposed for {planned.kind.label.en}:", f"Proposé pour {planned.kind.label.fr} :"), language)
    by_column = {one.rule.column: one for one in proposal.proposed}
    for rule in planned.mapping.rules:
        why = by_column.get(rule.column)
        kept = why is not None and why.rule.target == rule.target
        reason = why.why if why is not None and kept else Words("as you say", "selon vous")
        mark = "" if not kept or (why is not None and why.sure) else "  ?"
        form = f", {rule.form}" if rule.form else ""
        say(f"  {rule.column} → {rule.target}{form}  ({reason.in_(language)}){mark}")
    mapped = {rule.column for rule in planned.mapping.rules}
    if left := [column for column in planned.table.header if column not in mapped]:
        say(Words(f"Left out: {', '.join(left)}", f"Laissées de côté : {', '.join(left)}"), language)
    filled = {rule.target for rule in planned.mapping.rules} | set(planned.mapping.fixed)
    lacking = [
        one for one in proposal.missing if not any(t == one.target or t.startswith(f"{one.target}.") for t in filled)
    ]
    for one in lacking:
        say(Words(f"Required and without a column: {one.target} ({one.label.en})",
                  f"Obligatoire et sans colonne : {one.target} ({one.label.fr})"), language)  # fmt: skip


def _say(done: Imported, language: str, *, named: bool) -> None:
    if done.dry:
        say(
            Words(
                f"Would be added ({done.type}): {len(done.added)}; known already: {done.known}; not asked for: {done.passed}; "
                f"rows left out: {done.rejected}. Nothing was written.",
                f"Seraient ajoutées ({done.type}) : {len(done.added)} ; déjà connues : {done.known} ; non demandées : "
                f"{done.passed} ; lignes écartées : {done.rejected}. Rien n’a été écrit.",
            ),
            language,
        )
        if not named:
            say(Words("If the mapping is right, import with --mapping NAME.",
                      "Si la correspondance convient, importez avec --mapping NOM."), language)  # fmt: skip
        return
    passed = (
        Words(f"not asked for: {done.passed}; ", f"non demandées : {done.passed} ; ") if done.passed else Words("", "")
    )
    say(
        Words(
            f"Records added ({done.type}): {len(done.added)}; known already: {done.known}; {passed.en}"
            f"rows left out: {done.rejected}.",
            f"Fiches ajoutées ({done.type}) : {len(done.added)} ; déjà connues : {done.known} ; {passed.fr}"
            f"lignes écartées : {done.rejected}.",
        ),
        language,
    )


def _as_json(done: Imported, planned: Planned | None, language: str) -> dict[str, object]:
    mapping = planned.mapping if planned else None
    return {
        "provider": done.provider,
        "type": done.type,
        "file": done.file,
        "sha256": done.sha256,
        "added": len(done.added),
        "known": done.known,
        "passed": done.passed,
        "rejected": done.rejected,
        "dry": done.dry,
        "issues": [issue.to_json(language) for issue in done.issues],
        **({"mapping": [{"column": r.column, "field": r.target, "form": r.form} for r in mapping.rules],
            "left": [c for c in planned.table.header if c not in {r.column for r in mapping.rules}]}
           if planned and mapping else {}),
    }  # fmt: skip
