"""Take in events that others recorded: each row becomes an external report, never an event."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from remit.kernel.canonical import digest
from remit.kernel.conditions import ALWAYS
from remit.kernel.errors import BadInput
from remit.kernel.issues import Issue, Where, errors
from remit.kernel.wording import Words
from remit.missions.locate import locate
from remit.records.actors import Actor
from remit.records.journal import Query
from remit.records.providers import Row, read_ucdp
from remit.records.types import RecordType
from remit.records.values import read_values
from remit.services.entering import FieldContext
from remit.services.recording import numbered, type_to_record
from remit.services.workspace import Workspace

TYPE = "external-report"
PROVIDERS: Mapping[str, Callable[[bytes, str], tuple[Sequence[Row], Sequence[Issue]]]] = {"ucdp": read_ucdp}


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: how many rows were added, were known already, changed at the provider, or could not be read.

    ``added`` holds record ids in the order of the rows. ``issues`` names each row left out by its line, with the reason.
    """

    provider: str
    file: str
    sha256: str
    added: tuple[str, ...]
    known: int
    rejected: int
    issues: tuple[Issue, ...]


def import_events(
    workspace: Workspace,
    actor: Actor,
    provider: str,
    data: bytes,
    name: str,
    *,
    progress: Callable[[int, int], None] | None = None,
) -> Imported:
    """Import a provider's file: all good rows in one transaction, broken ones reported, known ones passed over.

    The original file is kept by its digest; each record keeps its row as given and the row's digest. A row whose
    identifier is known with another content is reported (``IMP-012``) and not taken in: what came first stays.

    Raises:
        BadInput: IMP-001 unknown provider, IMP-002 not such a file; nothing is then written.
        Forbidden: the role may not record external reports.
    """
    reader = PROVIDERS.get(provider)
    if reader is None:
        raise BadInput.of(
            "IMP-001",
            f"There is no importer for “{provider}”.",
            f"Il n’y a pas d’importateur pour « {provider} ».",
            do_en=f"Known providers: {', '.join(PROVIDERS)}.",
            do_fr=f"Fournisseurs connus : {', '.join(PROVIDERS)}.",
        )
    kind = type_to_record(workspace, actor, TYPE)
    rows, found = reader(data, name)
    issues = list(found)
    broken = len({issue.where.line for issue in found})
    seen_before = _known(workspace, provider)
    context = FieldContext(locate(workspace.mission), workspace.sources.clock())
    added, known = [], 0
    with workspace.journal.transaction():
        sha256 = workspace.attachments.keep(data, name)
        entries = []
        for position, row in enumerate(rows, start=1):
            row_digest = digest(row.original)
            if row.identifier in seen_before:
                known += 1
                if seen_before[row.identifier] != row_digest:
                    issues.append(_changed(row, name))
                continue
            values, problems = read_values(
                kind, _values(kind, row, provider, row_digest, {"sha256": sha256, "name": name}), context
            )
            if errors(problems):
                broken += 1
                issues.extend(_placed(problem, row, name) for problem in problems)
                continue
            new = workspace.sources.identifier()
            entries.append(numbered(workspace, actor, kind, new, values, _facts(kind, actor, provider)))
            seen_before[row.identifier] = row_digest
            added.append(new)
            if progress is not None:
                progress(position, len(rows))
        workspace.journal.append(entries)
    return Imported(provider, name, sha256, tuple(added), known, broken, tuple(issues))


def _facts(kind: RecordType, actor: Actor, provider: str) -> dict[str, Any]:
    return {
        "level": kind.level,
        "compartment": kind.compartment,
        "component": kind.component or actor.role.component,
        "caveats": sorted(kind.caveats),
        "originator": provider,
        "invented": False,
    }


def _values(kind: RecordType, row: Row, provider: str, row_digest: str, file: Mapping[str, str]) -> dict[str, Any]:
    raw = {
        **row.values,
        "provider": provider,
        "provider_id": row.identifier,
        "row_digest": row_digest,
        "row_number": row.line,
        "original_row": json.dumps(row.original, ensure_ascii=False),
        "source_file": file,
    }
    return {key: value for key, value in raw.items() if key in kind.fields and value not in (None, "")}


def _known(workspace: Workspace, provider: str) -> dict[str, str]:
    records = workspace.journal.find(Query(ALWAYS, types=(TYPE,), order="recorded_at"))
    return {
        str(r.values.get("provider_id")): str(r.values.get("row_digest"))
        for r in records
        if r.values.get("provider") == provider
    }


def _changed(row: Row, name: str) -> Issue:
    return Issue(
        "IMP-012",
        Words(
            f"Row {row.identifier} is known with other contents; what came first stays.",
            f"La ligne {row.identifier} est connue avec un autre contenu ; la première reste.",
        ),
        Words(
            "Compare the two and amend the record if the provider corrected it.",
            "Comparez les deux et modifiez la fiche si le fournisseur l’a corrigée.",
        ),
        Where(name, row.line),
        "warning",
    )


def _placed(issue: Issue, row: Row, name: str) -> Issue:
    return Issue(issue.code, issue.message, issue.remedy, Where(name, row.line, issue.where.path), issue.level)
