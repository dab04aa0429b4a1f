"""``remit redact``: values destroyed for good."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from remit.cli.command import Command
from remit.cli.options import as_option, format_option, language_option, workspace_option
from remit.cli.output import say, write_json
from remit.kernel.conditions import Compare
from remit.kernel.wording import Words
from remit.services.acting import operator
from remit.services.looking import find
from remit.services.redacted_since import printed_in
from remit.services.redacting import redact as redact_values
from remit.services.workspace import Opener


@click.command(
    cls=Command,
    examples=['remit redact NUMBER --field narrative --reason "order of the records officer, 3 May" --workspace DIR'],
)
@click.argument("record")
@click.option("--field", "fields", multiple=True, help="A field whose values go (may be repeated); all without it.")
@click.option("--reason", default="", help="Why. It is kept: leave out what is to go.")
@click.option("--yes", is_flag=True, help="Do not ask first.")
@workspace_option
@as_option
@format_option
@language_option
@click.pass_obj
def redact(
    opener: Opener,
    *,
    record: str,
    fields: Sequence[str],
    reason: str,
    yes: bool,
    folder: Path,
    role: str,
    shape: str,
    language: str,
) -> None:
    """Destroy values of RECORD, a number or an id, in every entry, list, search, snapshot and attachment.

    It cannot be undone. That there was a value, and who destroyed it and why, stays. Printed products and files exported
    before are not reached, nor are backups until their keys are destroyed.
    """
    workspace = opener.open(folder)
    actor = operator(workspace, "redact", role)
    found = find(workspace, actor, condition=Compare("number", "equals", record), limit=1).records
    if not yes:
        what = Words(
            f"Destroy {', '.join(fields) or 'all values'} of {record} for good?",
            f"Détruire définitivement {', '.join(fields) or 'toutes les valeurs'} de {record} ?",
        )
        click.confirm(what.in_(language), abort=True, err=True)
    done = redact_values(workspace, actor, found[0].id if found else record, fields, reason=reason)
    printed = printed_in(workspace, actor, done.record.id)
    if shape == "json":
        write_json(
            {
                "record": done.record.id,
                "number": done.record.number,
                "entry": done.entry,
                "fields": list(done.fields),
                "attachments": list(done.attachments),
                "printed_in": [product.number for product in printed],
            }
        )
        return
    names = ", ".join(done.fields)
    say(
        Words(
            f"Destroyed in {done.record.number}: {names}. Files destroyed: {len(done.attachments)}. "
            "Destroy the backups of the keys that were made before.",
            f"Détruit dans {done.record.number} : {names}. Fichiers détruits : {len(done.attachments)}. "
            "Détruisez les sauvegardes des clés faites auparavant.",
        ),
        language,
    )
    for product in printed:
        say(
            Words(
                f"Printed in {product.number}: redact its documents too, and recall the releases of it.",
                f"Imprimé dans {product.number} : expurgez aussi ses documents, et rappelez ses communications.",
            ),
            language,
        )
