"""``remit screen``: persons and units against the consolidated list of the Security Council."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from remit.cli.command import Command, Group
from remit.cli.options import as_option, format_option, language_option, workspace_option
from remit.cli.output import say, write_issues, write_json
from remit.cli.values import FilePath, OneOf, file_bytes
from remit.kernel.periods import parse_day
from remit.kernel.wording import Words
from remit.services.acting import recorder
from remit.services.screening import TYPE, Screened, asked_again_words, gone_or_changed, ledger, screen_again, take_list
from remit.services.screening import lists as kept_lists
from remit.services.screening import screen as screen_subjects
from remit.services.screening_files import subjects_of
from remit.services.shapes import Subject
from remit.services.workspace import Opener

PURPOSES = ("support", "reintegration", "partner", "information")


@click.group(
    cls=Group,
    examples=[
        "remit screen list consolidated.xml",
        'remit screen person --file A-17 --name "Name (invented)" --born 1975 --purpose support',
        "remit screen again",
    ],
)
def screen() -> None:
    """Hold persons and units against the consolidated list of the Security Council.

    A program proposes candidates and says why; people decide, on the record's page, and what they decided is not asked again
    until the entry on the list changes. A name alone never confirms.
    """


def _on(value: str) -> date | None:
    return parse_day(value) if value else None


on_option = click.option("--on", "on", default="", metavar="DATE", help="The date of the list; the latest unless said.")


@screen.command("list", cls=Command, examples=["remit screen list consolidated.xml --workspace ./minusma"])
@click.argument("file", type=FilePath())
@workspace_option
@as_option
@format_option
@language_option
@click.pass_obj
def list_(opener: Opener, *, file: Path, folder: Path, role: str, shape: str, language: str) -> None:
    """Take in one date of the list, the XML as published, and tell what changed since the date before."""
    workspace = opener.open(folder)
    taken = take_list(workspace, recorder(workspace, TYPE, role), file_bytes(file), file.name)
    write_issues(taken.issues, language)
    changes = taken.difference
    if shape == "json":
        write_json({
            "number": taken.record.number, "on": taken.listed.on.isoformat(), "new": taken.new,
            "persons": taken.listed.count("person"), "units": taken.listed.count("unit"),
            "added": changes.added if changes else None, "removed": changes.removed if changes else None,
            "changed": changes.changed if changes else None,
        })  # fmt: skip
        return
    counts = (taken.listed.count("person"), taken.listed.count("unit"))
    say(Words(f"{taken.record.number}: list of {taken.listed.on}; persons: {counts[0]}; entities: {counts[1]}.",
              f"{taken.record.number} : liste du {taken.listed.on} ; personnes : {counts[0]} ; entités : {counts[1]}."), language)  # fmt: skip
    if changes:
        say(Words(f"Since the date before – added: {len(changes.added)}; removed: {len(changes.removed)}; changed: {len(changes.changed)}.",
                  f"Depuis la date précédente – ajouts : {len(changes.added)} ; radiations : {len(changes.removed)} ; modifications : {len(changes.changed)}."), language)  # fmt: skip
        say(Words("Screen again who was screened before: remit screen again.",
                  "Vérifiez à nouveau les personnes déjà vérifiées : remit screen again."), language)  # fmt: skip


@screen.command(
    cls=Command,
    examples=[
        'remit screen person --file A-17 --name "Name (invented)" --born 1975 --nationality Mali --purpose support'
    ],
)
@click.option(
    "--file", "number", required=True, metavar="NUMBER", help="The file number under which the subject is kept."
)
@click.option("--name", "names", multiple=True, required=True, help="A name or spelling; repeat for each one known.")
@click.option("--unit", "is_unit", is_flag=True, help="It is a unit or an entity, not a person.")
@click.option("--born", default="", metavar="DATE", help="A day, a month or a year: 1975-03-12, 1975-03, 1975.")
@click.option("--birth-place", default="", help="Place of birth.")
@click.option("--nationality", default="", help="Nationality, as the list writes it (in English).")
@click.option(
    "--document", "documents", multiple=True, metavar="NUMBER", help="Number of an identity document; may be repeated."
)
@click.option("--purpose", type=OneOf(PURPOSES), required=True, help="Why the screening.")
@on_option
@workspace_option
@as_option
@format_option
@language_option
@click.pass_obj
def person(
    opener: Opener, *, number: str, names: tuple[str, ...], is_unit: bool, born: str, birth_place: str, nationality: str,
    documents: tuple[str, ...], purpose: str, on: str, folder: Path, role: str, shape: str, language: str,
) -> None:  # fmt: skip
    """Screen one person or unit, and record what was found."""
    workspace = opener.open(folder)
    subject = Subject(number, "unit" if is_unit else "person", names, born, birth_place, nationality, documents)
    found = screen_subjects(
        workspace, recorder(workspace, TYPE, role), [subject], purpose, on=_on(on), language=language
    )
    _tell(found, shape, language)


@screen.command(cls=Command, examples=["remit screen file combatants.csv --purpose reintegration"])
@click.argument("file", type=FilePath())
@click.option("--purpose", type=OneOf(PURPOSES), required=True, help="Why the screening.")
@on_option
@workspace_option
@as_option
@format_option
@language_option
@click.pass_obj
def file(
    opener: Opener, *, file: Path, purpose: str, on: str, folder: Path, role: str, shape: str, language: str
) -> None:
    """Screen all persons or units of a table (CSV, Excel): columns file, name, and if known kind, born, birth_place, nationality, document.

    Several names or documents in one cell are parted by semicolons. Rows that cannot be used are told by line.
    """
    workspace = opener.open(folder)
    actor = recorder(workspace, TYPE, role)
    subjects, issues = subjects_of(file_bytes(file), file.name)
    write_issues(issues, language)
    _tell(screen_subjects(workspace, actor, subjects, purpose, on=_on(on), language=language), shape, language)
    if issues:
        raise SystemExit(2)


@screen.command(cls=Command, examples=["remit screen again"])
@on_option
@workspace_option
@as_option
@format_option
@language_option
@click.pass_obj
def again(opener: Opener, *, on: str, folder: Path, role: str, shape: str, language: str) -> None:
    """Screen everybody who was screened before against the latest list, or that of --on. What was decided stays decided."""
    workspace = opener.open(folder)
    actor = recorder(workspace, TYPE, role)
    found = screen_again(workspace, actor, on=_on(on), language=language)
    _tell(found, shape, language)
    if shape == "text":
        for record, reference, how in gone_or_changed(workspace, actor, on=_on(on)):
            words = {
                "removed": ("was removed from the list", "a été radiée de la liste"),
                "changed": ("changed", "a changé"),
            }[how]
            say(Words(f"{record.number} is confirmed as {reference}, and that entry {words[0]}: look at it again.",
                      f"{record.number} est confirmée comme {reference}, et cette entrée {words[1]} : réexaminez-la."), language)  # fmt: skip


@screen.command("dates", cls=Command, examples=["remit screen dates"])
@workspace_option
@language_option
@click.pass_obj
def dates(opener: Opener, *, folder: Path, language: str) -> None:
    """Show which dates of the list the workspace keeps."""
    for one in kept_lists(opener.open(folder, write=False)):
        values = one.values
        say(Words(f"{values['as_of']['on']}  {one.number}  persons: {values['persons']}; entities: {values['units']}",
                  f"{values['as_of']['on']}  {one.number}  personnes : {values['persons']} ; entités : {values['units']}"), language)  # fmt: skip


@screen.command("ledger", cls=Command, examples=["remit screen ledger", "remit screen ledger --format json"])
@click.option("--recipient", default="sanctions-committee", show_default=True, help="To whom; empty for everybody.")
@workspace_option
@as_option
@format_option
@language_option
@click.pass_obj
def ledger_(opener: Opener, *, recipient: str, folder: Path, role: str, shape: str, language: str) -> None:
    """List every transfer of information to the Committee and its Monitoring Team: basis, consent, channel, days."""
    workspace = opener.open(folder, write=False)
    found = ledger(workspace, recorder(workspace, "information-transfer", role), recipient)
    if shape == "json":
        write_json([
            {"number": one.record.number, "state": one.record.state, "title": one.record.title, "recipient": one.recipient,
             "basis": one.basis, "third_party": one.third_party, "consent": one.consent, "channel": one.channel,
             "transmitted": one.transmitted, "acknowledged": one.acknowledged, "withdrawn": one.record.withdrawn}
            for one in found
        ])  # fmt: skip
        return
    for one in found:
        say("  ".join(part or "–" for part in (one.record.number, one.record.state, one.transmitted[:16], one.acknowledged,
                                               one.recipient, one.basis, one.record.title)))  # fmt: skip
    say(Words(f"Transfers: {len(found)}", f"Transmissions : {len(found)}"), language)


def _tell(found: Sequence[Screened], shape: str, language: str) -> None:
    if shape == "json":
        write_json([
            {
                "file": one.subject.file, "record": one.record.number if one.record else None,
                "state": one.record.state if one.record else None, "waiting": one.waiting.number if one.waiting else None,
                "candidates": [
                    {"reference": c.entry.reference, "name": c.entry.title, "score": c.score, "strength": c.strength,
                     "elements": {e.identifier: e.agreement for e in c.elements}, "explanation": c.explanation(language)}
                    for c in one.candidates
                ],
                "remembered": [{"reference": r.entry.reference, "decided_in": r.decided_in.number, "outcome": r.decided_in.state}
                               for r in one.remembered],
            }
            for one in found
        ])  # fmt: skip
        return
    strengths = {
        "strong": Words("strong", "fort"),
        "possible": Words("possible", "possible"),
        "weak": Words("weak", "faible"),
    }
    for one in found:
        where = one.record or one.waiting
        number = where.number if where else ""
        count = len(one.candidates)
        say(
            Words(
                f"{one.subject.file}: {number}; candidates: {count}",
                f"{one.subject.file} : {number} ; candidats : {count}",
            ),
            language,
        )
        if one.waiting:
            say(Words("  asked already, and waiting for a decision", "  déjà demandé, décision en attente"), language)
        for candidate in one.candidates:
            say(
                f"  {candidate.entry.reference}  {candidate.entry.title}  {candidate.score:.2f}  {strengths[candidate.strength].in_(language)}"
            )
            if before := one.asked_again.get(candidate.entry.reference):
                say(f"    {asked_again_words(before).in_(language)}")
            say(f"    {candidate.explanation(language)}")
        for known in one.remembered:
            say(Words(f"  {known.entry.reference}: decided in {known.decided_in.number} ({known.decided_in.state}), not asked again",
                      f"  {known.entry.reference} : décidé dans {known.decided_in.number} ({known.decided_in.state}), non redemandé"), language)  # fmt: skip
    waiting = sum(1 for one in found if one.candidates)
    say(Words(f"Screened: {len(found)}; with candidates to decide: {waiting}. A name alone never confirms.",
              f"Vérifiés : {len(found)} ; avec candidats à trancher : {waiting}. Un nom seul ne confirme jamais."), language)  # fmt: skip
