"""Which column of somebody's table goes into which field: proposed from headers and hashtags, stated by people, applied.

A proposal says why; what only looks alike is marked, so that a person looks at it before anything is taken in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from rapidfuzz import fuzz

from remit.kernel.issues import Issue
from remit.kernel.plain_text import plain_text
from remit.kernel.wording import Words
from remit.records.exchange.columns import TableColumn, table_columns
from remit.records.providers.row import left_out
from remit.records.providers.table import Table, folded
from remit.records.types import RecordType
from remit.records.values import from_form

ALIKE = 88
"""From which likeness of 100 a header is proposed for a column that it does not name."""
ORDERS = ("dmy", "mdy")
_NUMBERED = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(.*)")


@dataclass(frozen=True, slots=True)
class Rule:
    """One column of the table and the input that it fills; ``form`` is the order of its days (``dmy``, ``mdy``, "" for ISO)."""

    column: str
    target: str
    form: str = ""


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """A mapping: for which type, by which rules, with which column as identifier, and what is the same in every row."""

    name: str
    type: str
    rules: tuple[Rule, ...]
    identifier: str = ""
    fixed: Mapping[str, str] = field(default_factory=dict)
    sheet: str = ""
    encoding: str = "utf-8"


@dataclass(frozen=True, slots=True)
class Proposed:
    """One proposed rule: why, and whether it is only alike."""

    rule: Rule
    label: Words
    why: Words
    sure: bool


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a table's columns seem to be; ``left`` are columns without a field, ``missing`` required fields without a column."""

    proposed: tuple[Proposed, ...]
    left: tuple[str, ...]
    missing: tuple[TableColumn, ...]

    def mapping(self, name: str, type_key: str) -> ColumnMapping:
        """Return the mapping that it makes."""
        return ColumnMapping(name, type_key, tuple(one.rule for one in self.proposed))


def propose(table: Table, kind: RecordType) -> Proposal:
    """Propose a field for each column: by its hashtag, its name, or as looking alike. No field is proposed twice."""
    columns = table_columns(kind)
    found: dict[str, Proposed] = {}
    taken: set[str] = set()
    for passing in (_by_tag, _by_name, _alike):
        for column in table.header:
            if column in found:
                continue
            hit = passing(column, [one for one in columns if one.target not in taken], table)
            if hit is None:
                continue
            target, why, sure = hit
            form = _order(target, (cells.get(column, "") for _, cells in table.rows))
            found[column] = Proposed(Rule(column, target.target, form), target.label, why, sure)
            taken.add(target.target)
    missing = tuple(one for one in columns if one.required and not _filled(one.target, taken))
    return Proposal(
        tuple(found[column] for column in table.header if column in found),
        tuple(column for column in table.header if column not in found),
        missing,
    )


def _filled(target: str, taken: Iterable[str]) -> bool:
    return any(one == target or one.startswith(f"{target}.") for one in taken)


_Hit = tuple[TableColumn, Words, bool] | None


def _by_tag(column: str, columns: Sequence[TableColumn], table: Table) -> _Hit:
    given = _parts((table.tags or {}).get(column, ""))
    fits = [one for one in columns if given and _parts(one.tag) == given]
    return (fits[0], Words("its hashtag", "son mot-dièse"), True) if len(fits) == 1 else None


def _parts(tag: str) -> frozenset[str]:
    return frozenset(part for part in tag.casefold().replace(" ", "").split("+") if part)


def _by_name(column: str, columns: Sequence[TableColumn], table: Table) -> _Hit:
    del table
    wanted = folded(plain_text(column))
    fits = [one for one in columns if any(folded(plain_text(name)) == wanted for name in one.names)]
    return (fits[0], Words("its name", "son nom"), True) if len(fits) == 1 else None


def _alike(column: str, columns: Sequence[TableColumn], table: Table) -> _Hit:
    del table
    wanted = plain_text(column).replace("_", " ")
    scored = sorted(
        ((max(fuzz.ratio(wanted, plain_text(name).replace("_", " ")) for name in one.names), one) for one in columns),
        key=lambda pair: -pair[0],
    )
    if not scored or scored[0][0] < ALIKE or (len(scored) > 1 and scored[1][0] == scored[0][0]):
        return None
    likeness = round(scored[0][0])
    return scored[0][1], Words(f"it looks alike ({likeness} of 100)", f"il y ressemble ({likeness} sur 100)"), False


def _order(column: TableColumn, cells: Iterable[str]) -> str:
    """Return the order of days written in numbers, where the cells themselves show it: some number is above twelve."""
    if column.field.kind not in ("date", "instant") or column.suffix:
        return ""
    firsts, seconds = set(), set()
    for cell in cells:
        if form := _NUMBERED.fullmatch(cell.strip()):
            firsts.add(int(form[1]))
            seconds.add(int(form[2]))
    day_first, month_first = any(n > 12 for n in firsts), any(n > 12 for n in seconds)
    return "dmy" if day_first and not month_first else "mdy" if month_first and not day_first else ""


def with_rules(mapping: ColumnMapping, rules: Iterable[Rule]) -> ColumnMapping:
    """Return a mapping with rules stated by a person: each replaces that of its column and of its target; "-" leaves out."""
    kept = list(mapping.rules)
    for rule in rules:
        kept = [one for one in kept if one.column != rule.column and (one.target != rule.target or rule.target == "-")]
        if rule.target != "-":
            kept.append(rule)
    return replace(mapping, rules=tuple(kept))


def with_order(mapping: ColumnMapping, kind: RecordType, order: str) -> ColumnMapping:
    """Return a mapping whose days are written in an order."""
    days = {one.target for one in table_columns(kind) if one.field.kind in ("date", "instant") and not one.suffix}
    return replace(
        mapping, rules=tuple(replace(rule, form=order) if rule.target in days else rule for rule in mapping.rules)
    )


def raw_values(
    mapping: ColumnMapping, kind: RecordType, cells: Mapping[str, str], line: int, name: str
) -> tuple[dict[str, Any], list[Issue]]:
    """Return the raw values that a row makes, for :func:`remit.records.values.read_values`, and what is ambiguous in it."""
    known = {one.target: one for one in table_columns(kind)}
    sent: dict[str, Any] = dict(mapping.fixed)
    issues: list[Issue] = []
    for rule in mapping.rules:
        cell = cells.get(rule.column, "").strip()
        if cell[:1] == "'" and cell[1:2] in ("=", "+", "-", "@"):
            cell = cell[1:]  # so written that no spreadsheet takes it for a formula
        if not cell:
            continue
        column = known[rule.target]
        if column.field.kind in ("date", "instant") and not column.suffix:
            cell, problem = _iso(cell, rule, line, name)
            issues += problem
        several = column.field.many or column.field.kind == "choices"
        sent[rule.target] = [part.strip() for part in cell.split(";") if part.strip()] if several else cell
    return {key: raw for key, raw in from_form(kind.fields, sent).items() if raw not in ("", None, [], {})}, issues


def _iso(cell: str, rule: Rule, line: int, name: str) -> tuple[str, list[Issue]]:
    form = _NUMBERED.fullmatch(cell)
    if form is None:
        return cell, []
    first, second, year, rest = int(form[1]), int(form[2]), int(form[3]), form[4]
    if not rule.form and first != second:
        return cell, [left_out("IMP-021", f"“{cell}” could be read day first or month first",
                               f"« {cell} » se lit jour d’abord ou mois d’abord", line, name, path=rule.column)]  # fmt: skip
    day, month = (second, first) if rule.form == "mdy" else (first, second)
    try:
        return f"{date(year, month, day).isoformat()}{rest}", []
    except ValueError:
        return cell, [left_out("IMP-014", f"the date “{cell}” does not exist", f"la date « {cell} » n’existe pas",
                               line, name, path=rule.column)]  # fmt: skip
