"""Take in a table that has no provider's form, CSV or Excel, by a column mapping that is kept and used again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from remit.kernel.canonical import digest
from remit.kernel.conditions import ALWAYS
from remit.kernel.errors import BadInput
from remit.kernel.issues import Issue, errors
from remit.kernel.nearest import did_you_mean
from remit.records.actors import Actor
from remit.records.exchange.columns import table_columns
from remit.records.exchange.mapping import (
    ColumnMapping,
    Proposal,
    Rule,
    propose,
    raw_values,
    with_order,
    with_rules,
)
from remit.records.journal import Query
from remit.records.providers.row import left_out
from remit.records.providers.table import ENCODINGS, Table, read_table
from remit.records.record import Record
from remit.records.types import RecordType
from remit.records.values import read_values
from remit.services.entering import FieldContext, change_entry
from remit.services.importing import Imported, Progress, asked_for, changed, doubted, file_entry, placed
from remit.services.placing import locator
from remit.services.recording import checked_values, numbered, type_to_record
from remit.services.workspace import Workspace

MAPPING = "import-mapping"
FACT = "imported"


@dataclass(frozen=True, slots=True)
class Said:
    """What a person says about a table: each is put over what the mapping or the proposal holds. "" and empty leave it."""

    rules: tuple[Rule, ...] = ()
    fixed: Mapping[str, str] | None = None
    identifier: str = ""
    order: str = ""
    sheet: str = ""
    encoding: str = ""


@dataclass(frozen=True, slots=True)
class Planned:
    """How a table will be read: its columns, the mapping, where it comes from, and what was proposed where it is new."""

    table: Table
    mapping: ColumnMapping
    kind: RecordType
    proposal: Proposal | None
    kept: Record | None
    """The record that holds the mapping already; ``None`` for a new one."""

    @property
    def changed(self) -> bool:
        """Whether the mapping is new or differs from the one kept."""
        return self.kept is None or _of_record(self.kept) != self.mapping


def plan(
    workspace: Workspace,
    actor: Actor,
    data: bytes,
    name: str,
    *,
    type_key: str = "",
    mapping: str = "",
    said: Said | None = None,
) -> Planned:
    """Read a table and find how its columns go into fields: by the mapping of that name, else by a proposal.

    Raises:
        BadInput: IMP-002 no table, IMP-004 no type named, IMP-005 the mapping is of another type, IMP-006 a column that the
            mapping names is not there, IMP-007 no such field, IMP-008 such records stand over an event, IMP-009 encoding.
        Forbidden: the role may not record the type.
    """
    said = said or Said()
    kept = kept_mapping(workspace, mapping) if mapping else None
    held = _of_record(kept) if kept else None
    if held and type_key and held.type != type_key:
        raise BadInput.of(
            "IMP-005",
            f"The mapping “{mapping}” is for {held.type}, not for {type_key}.",
            f"La correspondance « {mapping} » est pour {held.type}, non pour {type_key}.",
            do_en="Give the new one another name.",
            do_fr="Donnez un autre nom à la nouvelle.",
        )
    chosen = held.type if held else type_key
    if not chosen:
        raise BadInput.of(
            "IMP-004",
            "A table says not of itself what its rows are.",
            "Un tableau ne dit pas de lui-même ce que sont ses lignes.",
            do_en="Name a record type with --type, or a mapping that is kept with --mapping.",
            do_fr="Indiquez un type de fiche avec --type, ou une correspondance conservée avec --mapping.",
        )
    kind = type_to_record(workspace, actor, chosen)
    if kind.over:
        raise BadInput.of(
            "IMP-008",
            f"“{kind.label.en}” stands over another record, which a row cannot name.",
            f"« {kind.label.fr} » porte sur une autre fiche, qu’une ligne ne peut désigner.",
            do_en="Import the events or reports, and record these from their pages.",
            do_fr="Importez les événements ou comptes rendus, et enregistrez celles-ci depuis leurs pages.",
        )
    encoding = said.encoding or (held.encoding if held else "utf-8")
    if encoding not in ENCODINGS:
        raise BadInput.of(
            "IMP-009",
            f"“{encoding}” is not an encoding that is read.",
            f"« {encoding} » n’est pas un encodage pris en charge.",
            do_en=f"Give one of: {', '.join(ENCODINGS)}.",
            do_fr=f"Donnez l’un de : {', '.join(ENCODINGS)}.",
        )
    sheet = said.sheet or (held.sheet if held else "")
    table = read_table(data, name, encoding=encoding, sheet=sheet)
    proposal = None if held else propose(table, kind)
    base = held or (proposal.mapping(mapping, chosen) if proposal else ColumnMapping(mapping, chosen, ()))
    made = with_rules(base, said.rules)
    made = with_order(made, kind, said.order) if said.order else made
    made = replace(made, encoding=encoding, sheet=sheet, identifier=said.identifier or made.identifier,
                   fixed={**made.fixed, **(said.fixed or {})})  # fmt: skip
    _check(made, kind, table, name)
    return Planned(table, made, kind, proposal, kept)


def import_table(
    workspace: Workspace,
    actor: Actor,
    data: bytes,
    name: str,
    planned: Planned,
    *,
    only: Mapping[str, str] | None = None,
    dry: bool = False,
    progress: Progress | None = None,
) -> Imported:
    """Import a table as planned: all good rows in one transaction, the mapping kept under its name, bad rows told by line.

    A row that came before (same mapping, same identifier; without an identifier the same contents) is passed over.

    Raises:
        BadInput: IMP-003, a column of ``only`` is not there; IMP-010, the mapping has no name to be kept under.
        Forbidden: the role may not record the type.
    """
    mapping, kind = planned.mapping, planned.kind
    if not mapping.name and not dry:
        raise BadInput.of(
            "IMP-010",
            "The mapping has no name to be kept under.",
            "La correspondance n’a pas de nom sous lequel être conservée.",
            do_en="Look at what is proposed, then import with --mapping NAME.",
            do_fr="Examinez ce qui est proposé, puis importez avec --mapping NOM.",
        )
    rows = [row for row in planned.table.rows if asked_for(row[1], only or {}, name)]
    issues: list[Issue] = list(planned.table.issues)
    good, known = _read(workspace, mapping, kind, rows, name, issues, progress)
    broken = len(planned.table.issues) + len(rows) - len(good) - known
    sample = tuple(values for _, values, _ in good[:5])
    passed = len(planned.table.rows) - len(rows)
    if dry:
        return Imported(mapping.name, name, "", tuple("" for _ in good), known, broken, tuple(issues), passed, True, "",
                        kind.key, sample)  # fmt: skip
    with workspace.journal.transaction():
        sha256 = workspace.attachments.keep(data, name)
        if planned.changed:
            _keep(workspace, actor, planned)
        entries, about = [], ""
        if good:
            about = workspace.sources.identifier()
            file = {"sha256": sha256, "name": name}
            entries.append(
                file_entry(workspace, actor, about, {
                    "title": f"{mapping.name}: {name}", "provider": mapping.name, "file": file, "rows_added": len(good),
                    "rows_known": known, "rows_passed": passed, "rows_rejected": broken,
                })
            )  # fmt: skip
        for new, values, mark in good:
            facts = _facts(workspace, actor, kind) | {FACT: {**mark, "file": about}}
            entries.append(numbered(workspace, actor, kind, new, values, facts))
        workspace.journal.append(entries)
    added = tuple(new for new, _, _ in good)
    return Imported(
        mapping.name, name, sha256, added, known, broken, tuple(issues), passed, False, about, kind.key, sample
    )


def kept_mapping(workspace: Workspace, name: str) -> Record | None:
    """Return the record that holds a mapping."""
    return next((one for one in _mappings(workspace) if one.title == name), None)


def kept_mappings(workspace: Workspace) -> Sequence[ColumnMapping]:
    """Return all mappings that the workspace keeps, by name."""
    return sorted((_of_record(one) for one in _mappings(workspace)), key=lambda one: one.name)


def _mappings(workspace: Workspace) -> list[Record]:
    found = workspace.journal.find(Query(ALWAYS, types=(MAPPING,), order="recorded_at"))
    return [one for one in found if not one.withdrawn]


def _of_record(record: Record) -> ColumnMapping:
    values = record.values
    return ColumnMapping(
        name=record.title,
        type=str(values["record_type"]),
        rules=tuple(Rule(row["column"], row["field"], row.get("form", "")) for row in values.get("columns", ())),
        identifier=str(values.get("identifier", "")),
        fixed={row["field"]: row["value"] for row in values.get("fixed", ())},
        sheet=str(values.get("sheet", "")),
        encoding=str(values.get("encoding", "utf-8")),
    )


def _keep(workspace: Workspace, actor: Actor, planned: Planned) -> None:
    mapping, kind = planned.mapping, workspace.mission.record_types[MAPPING]
    now = workspace.sources.clock()
    raw = {
        "title": mapping.name,
        "record_type": mapping.type,
        "identifier": mapping.identifier,
        "sheet": mapping.sheet,
        "encoding": mapping.encoding,
        "columns": [{"column": one.column, "field": one.target, "form": one.form} for one in mapping.rules],
        "fixed": [{"field": key, "value": value} for key, value in mapping.fixed.items()],
        "as_of": now.date().isoformat(),
        "reported_at": now.isoformat(),
    }
    values = checked_values(workspace, kind, raw)
    if planned.kept is None:
        facts = _facts(workspace, actor, kind)
        entry = numbered(workspace, actor, kind, workspace.sources.identifier(), values, facts)
    else:
        entry = change_entry(workspace, actor, "amended", planned.kept, kind, values=values)
    workspace.journal.append([entry])


def _facts(workspace: Workspace, actor: Actor, kind: RecordType) -> dict[str, Any]:
    return {
        "level": kind.level,
        "compartment": kind.compartment,
        "component": kind.component or actor.role.component,
        "caveats": sorted(kind.caveats),
        "originator": "",
        "invented": workspace.mission.invented,
    }


def _read(
    workspace: Workspace,
    mapping: ColumnMapping,
    kind: RecordType,
    rows: Sequence[tuple[int, Mapping[str, str]]],
    name: str,
    issues: list[Issue],
    progress: Progress | None,
) -> tuple[list[tuple[str, dict[str, Any], dict[str, str]]], int]:
    """Return new rows as (id, values, marks), and how many were known."""
    context = FieldContext(locator(workspace), workspace.sources.clock())
    seen_before = _seen_before(workspace, kind)
    here: dict[str, int] = {}
    good, known = [], 0
    for position, (line, cells) in enumerate(rows, start=1):
        if progress is not None:
            progress(position, len(rows))
        identity = cells.get(mapping.identifier, "").strip() if mapping.identifier else digest(dict(cells))
        if not identity:
            issues.append(_unnamed(mapping, line, name))
            continue
        mark = {
            "row": _secret(workspace, mapping, identity),
            "contents": _secret(workspace, mapping, digest(dict(cells))),
        }
        if mark["row"] in seen_before:
            known += 1
            if seen_before[mark["row"]] != mark["contents"]:
                issues.append(changed(identity, line, name))
            continue
        if mark["row"] in here:
            issues.append(_twice(here[mark["row"]], line, name))
            continue
        raw, ambiguous = raw_values(mapping, kind, cells, line, name)
        values, problems = ({}, ()) if ambiguous else read_values(kind, raw, context)
        found = [*ambiguous, *(placed(one, line, name) for one in problems)]
        issues.extend(found)
        if errors(found):
            continue
        here[mark["row"]] = line
        issues.extend(doubted(workspace, values, line, name))
        good.append((workspace.sources.identifier(), dict(values), mark))
    return good, known


def _secret(workspace: Workspace, mapping: ColumnMapping, what: str) -> str:
    """Return a mark of a row that tells nothing of it without the workspace's key: it outlives what may be erased."""
    return workspace.signer.sign(f"import/{mapping.name}/{what}".encode())[:32]


def _seen_before(workspace: Workspace, kind: RecordType) -> dict[str, str]:
    records = workspace.journal.find(Query(ALWAYS, types=(kind.key,), order="recorded_at"))
    marks = (record.facts.get(FACT) for record in records)
    return {str(mark["row"]): str(mark["contents"]) for mark in marks if isinstance(mark, Mapping)}


def _check(mapping: ColumnMapping, kind: RecordType, table: Table, name: str) -> None:
    targets = [one.target for one in table_columns(kind)]
    for target in (*(rule.target for rule in mapping.rules), *mapping.fixed):
        if target not in targets:
            remedy = did_you_mean(target, targets)
            raise BadInput.of(
                "IMP-007",
                f"“{target}” is not a field of {kind.label.en} ({kind.key}).",
                f"« {target} » n’est pas un champ de {kind.label.fr} ({kind.key}).",
                do_en=remedy.en,
                do_fr=remedy.fr,
            )
    for column in (*(rule.column for rule in mapping.rules), *([mapping.identifier] if mapping.identifier else [])):
        if column not in table.header:
            remedy = did_you_mean(column, table.header)
            raise BadInput.of(
                "IMP-006",
                f"{name} has no column “{column}”, which the mapping needs.",
                f"{name} n’a pas de colonne « {column} », dont la correspondance a besoin.",
                do_en=remedy.en,
                do_fr=remedy.fr,
            )


def _unnamed(mapping: ColumnMapping, line: int, name: str) -> Issue:
    return left_out("IMP-013", f"“{mapping.identifier}” is empty, which identifies it",
                    f"« {mapping.identifier} », qui l’identifie, est vide", line, name)  # fmt: skip


def _twice(before: int, line: int, name: str) -> Issue:
    return left_out(
        "IMP-016", f"it stands already in line {before}", f"elle figure déjà à la ligne {before}", line, name
    )
