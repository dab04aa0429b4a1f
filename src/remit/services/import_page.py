"""What the import page shows: what a file can be, how its columns go into fields, what would come, and what came."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from remit.kernel.wording import Words, same
from remit.records.actors import Actor
from remit.records.exchange.columns import TableColumn, table_columns
from remit.records.exchange.mapping import Rule
from remit.records.fields import field_kinds
from remit.records.providers import PROVIDERS
from remit.records.types import RecordType
from remit.services.importing import Imported, import_events
from remit.services.importing_tables import Planned, Said, import_table, kept_mappings, plan
from remit.services.list_page import may_record
from remit.services.workspace import Workspace

SHOWN = 5
TOLD = 50
"""How many rows are shown, and how many problems are told, before they are only counted."""


@dataclass(frozen=True, slots=True)
class Source:
    """Something that a file can be: ``provider:ucdp``, ``mapping:sightings`` or ``type:field-report``."""

    key: str
    label: Words
    cite: str = ""


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """A column of the table: what it goes into, why, and its first cells."""

    column: str
    target: str
    why: Words | None
    sure: bool
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What would come of a file, or what came: counts, the first rows in words, and how a table's columns are read."""

    done: Imported
    kind: RecordType
    heads: tuple[Words, ...]
    rows: tuple[tuple[str, ...], ...]
    columns: tuple[ColumnChoice, ...]
    targets: tuple[TableColumn, ...]
    missing: tuple[Words, ...]
    mapping: str
    identifier: str


def sources(workspace: Workspace, actor: Actor) -> Mapping[str, Sequence[Source]]:
    """Return what a file can be for somebody, by kind: providers, mappings kept, types that he records."""
    types = workspace.mission.record_types
    providers = [Source(f"provider:{key}", one.label, one.cite) for key, one in PROVIDERS.items()
                 if one.type in types and may_record(actor, types[one.type])]  # fmt: skip
    mappings = [Source(f"mapping:{one.name}", same(one.name)) for one in kept_mappings(workspace)
                if one.type in types and may_record(actor, types[one.type])]  # fmt: skip
    tables = [
        Source(f"type:{key}", kind.plural) for key, kind in types.items() if may_record(actor, kind) and not kind.over
    ]
    return {"providers": providers, "mappings": mappings, "types": tables}


def look(
    workspace: Workspace, actor: Actor, source: str, data: bytes, name: str, *, said: Said | None = None, mapping: str = "",
    take: bool = False, language: str = "en",
) -> Preview:  # fmt: skip
    """Return what a file would bring, or with ``take`` bring it in.

    Raises:
        BadInput: IMP-001 to IMP-010, as the imports say.
        Forbidden: the role may not record such records.
    """
    kind_of_source, _, key = source.partition(":")
    if kind_of_source == "provider" or kind_of_source not in ("mapping", "type"):
        done = import_events(workspace, actor, key, data, name, dry=not take)
        return _preview(workspace, done, None, language)
    chosen = key if kind_of_source == "mapping" else mapping
    planned = plan(
        workspace, actor, data, name, type_key=key if kind_of_source == "type" else "", mapping=chosen, said=said
    )
    done = import_table(workspace, actor, data, name, planned, dry=not take)
    return _preview(workspace, done, planned, language)


def _preview(workspace: Workspace, done: Imported, planned: Planned | None, language: str) -> Preview:
    kind = workspace.mission.record_types[done.type]
    keys = [key for key in dict.fromkeys([*kind.listed, *(key for row in done.sample for key in row)])
            if key in kind.fields and any(row.get(key) not in (None, "", []) for row in done.sample)
            and kind.fields[key].kind not in ("attachment",)][:8]  # fmt: skip
    rows = tuple(
        tuple(field_kinds()[kind.fields[key].kind].show(row.get(key), kind.fields[key], language) for key in keys)
        for row in done.sample[:SHOWN]
    )
    columns, targets, missing = _columns(planned) if planned else ((), (), ())
    mapping = planned.mapping if planned else None
    return Preview(done, kind, tuple(kind.fields[key].label for key in keys), rows, columns, targets, missing,
                   mapping.name if mapping else "", mapping.identifier if mapping else "")  # fmt: skip


def _columns(planned: Planned) -> tuple[tuple[ColumnChoice, ...], tuple[TableColumn, ...], tuple[Words, ...]]:
    targets = {rule.column: rule for rule in planned.mapping.rules}
    proposed = {one.rule.column: one for one in planned.proposal.proposed} if planned.proposal else {}
    found = []
    for column in planned.table.header:
        rule, proposal = targets.get(column), proposed.get(column)
        same_rule = rule is not None and proposal is not None and proposal.rule.target == rule.target
        cells = tuple(cell for _, row in planned.table.rows[:20] if (cell := row.get(column, "").strip()))[:2]
        found.append(ColumnChoice(column, rule.target if rule else "", proposal.why if same_rule and proposal else None,
                                  proposal.sure if same_rule and proposal else True, cells))  # fmt: skip
    columns = tuple(table_columns(planned.kind))
    filled = {rule.target for rule in planned.mapping.rules} | set(planned.mapping.fixed)
    missing = tuple(one.label for one in columns if one.required
                    and not any(target == one.target or target.startswith(f"{one.target}.") for target in filled))  # fmt: skip
    return tuple(found), columns, missing


def rules_sent(header: Sequence[str], sent: Mapping[str, str]) -> tuple[Rule, ...]:
    """Return the rules that a form sent: one select a column, in the table's order (``c0``, ``c1`` …)."""
    return tuple(Rule(column, sent[f"c{nth}"] or "-") for nth, column in enumerate(header) if f"c{nth}" in sent)
