"""Take in what others published: each row becomes an external report, never an event."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from remit.kernel.canonical import digest
from remit.kernel.conditions import ALWAYS
from remit.kernel.errors import BadInput
from remit.kernel.issues import Issue, Where, errors
from remit.kernel.nearest import did_you_mean
from remit.kernel.wording import Words
from remit.records.actors import Actor
from remit.records.entries import Entry
from remit.records.journal import Query
from remit.records.providers import PROVIDERS, Provider, Row
from remit.records.types import RecordType
from remit.records.values import read_values
from remit.services.boundaries import code_by_names, index_of
from remit.services.entering import FieldContext
from remit.services.placing import doubt_of, locator, named_areas
from remit.services.recording import checked_values, numbered, type_to_record
from remit.services.workspace import Workspace

TYPE = "external-report"
FILE = "imported-file"
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did, or with ``dry`` would do: rows added, known already, not asked for, or left out.

    ``added`` holds record ids in the order of the rows. ``issues`` names each row left out by its line, with the reason.
    ``file_record`` is the record that keeps the file's source and terms, "" where nothing was added.
    """

    provider: str
    file: str
    sha256: str
    added: tuple[str, ...]
    known: int
    rejected: int
    issues: tuple[Issue, ...]
    passed: int = 0
    dry: bool = False
    file_record: str = ""
    type: str = TYPE
    sample: tuple[Mapping[str, Any], ...] = field(default=())
    """The values of the first rows that came or would come."""


def provider_of(key: str) -> Provider:
    """Return a provider.

    Raises:
        BadInput: IMP-001, there is none of that name.
    """
    if key in PROVIDERS:
        return PROVIDERS[key]
    raise BadInput.of(
        "IMP-001",
        f"There is no importer for “{key}”.",
        f"Il n’y a pas d’importateur pour « {key} ».",
        do_en=f"Known providers: {', '.join(PROVIDERS)}.",
        do_fr=f"Fournisseurs connus : {', '.join(PROVIDERS)}.",
    )


def import_events(
    workspace: Workspace,
    actor: Actor,
    provider: str,
    data: bytes,
    name: str,
    *,
    only: Mapping[str, str] | None = None,
    dry: bool = False,
    progress: Progress | None = None,
) -> Imported:
    """Import a provider's file: all good rows in one transaction, broken ones reported, known ones passed over.

    The original file is kept by its digest; each record keeps its row as given and the row's digest. A row whose
    identifier is known with another content is reported (``IMP-012``) and not taken in: what came first stays.

    Args:
        workspace: where to.
        actor: who takes the file in.
        provider: a key of ``PROVIDERS``.
        data: the file.
        name: its name.
        only: the column and value of the rows wanted (``{"mission": "MINUSMA"}``); others are passed over and counted.
        dry: tell what would come, and write nothing.
        progress: told of rows done and rows in all.

    Raises:
        BadInput: IMP-001 unknown provider, IMP-002 not such a file, IMP-003 a column of ``only`` is not there; nothing is
            then written.
        Forbidden: the role may not record such reports.
    """
    source = provider_of(provider)
    kind = type_to_record(workspace, actor, source.type)
    rows, found = source.read(data, name)
    wanted = [row for row in rows if asked_for(row.original, only or {}, name)]
    taking = _Taking(workspace, actor, kind, source, name)
    taking.issues.extend(found)
    return taking.take(data, wanted, broken=len({issue.where.line for issue in found}), passed=len(rows) - len(wanted),
                       dry=dry, progress=progress)  # fmt: skip


def asked_for(cells: Mapping[str, str], only: Mapping[str, str], name: str) -> bool:
    """Return whether a row holds the values wanted, compared without case.

    Raises:
        BadInput: IMP-003, the file has no such column.
    """
    for column, value in only.items():
        if column not in cells:
            remedy = did_you_mean(column, cells)
            raise BadInput.of(
                "IMP-003",
                f"{name} has no column “{column}”.",
                f"{name} n’a pas de colonne « {column} ».",
                do_en=remedy.en,
                do_fr=remedy.fr,
            )
        if cells[column].strip().casefold() != value.strip().casefold():
            return False
    return True


class _Taking:
    """One import under way."""

    def __init__(self, workspace: Workspace, actor: Actor, kind: RecordType, source: Provider, name: str) -> None:
        self.workspace, self.actor, self.kind, self.source, self.name = workspace, actor, kind, source, name
        self.issues: list[Issue] = []
        self.known = 0

    def take(
        self, data: bytes, rows: Sequence[Row], *, broken: int, passed: int, dry: bool, progress: Progress | None
    ) -> Imported:
        """Read all rows into values, then write them with the record of their file, all or none."""
        good = self._read(rows, progress)
        broken += len(rows) - len(good) - self.known
        sample = tuple(values for _, values in good[:5])
        if dry:
            return self._done("", ["" for _ in good], broken, passed, sample, dry=True)
        with self.workspace.journal.transaction():
            sha256 = self.workspace.attachments.keep(data, self.name)
            if not good:
                return self._done(sha256, [], broken, passed, sample)
            about = self.workspace.sources.identifier()
            file = {"sha256": sha256, "name": self.name}
            facts = self._facts()
            entries = []
            for new, values in good:
                whole = values | {key: value for key, value in (("source_file", file), ("imported_with", about))
                                  if key in self.kind.fields}  # fmt: skip
                entries.append(numbered(self.workspace, self.actor, self.kind, new, whole, facts))
            if FILE in self.workspace.mission.record_types:
                entries.append(
                    file_entry(self.workspace, self.actor, about, self._about(file, len(good), passed, broken))
                )
            self.workspace.journal.append(entries)
        return self._done(sha256, [new for new, _ in good], broken, passed, sample, about=about)

    def _read(self, rows: Sequence[Row], progress: Progress | None) -> list[tuple[str, dict[str, Any]]]:
        context = FieldContext(locator(self.workspace), self.workspace.sources.clock())
        seen_before = self._seen_before()
        good = []
        for position, row in enumerate(rows, start=1):
            if progress is not None:
                progress(position, len(rows))
            row_digest = digest(row.original)
            if row.identifier in seen_before:
                self.known += 1
                if seen_before[row.identifier] != row_digest:
                    self.issues.append(changed(row.identifier, row.line, self.name))
                continue
            values, problems = read_values(self.kind, self._raw(row, row_digest), context)
            if errors(problems):
                self.issues.extend(placed(problem, row.line, self.name) for problem in problems)
                continue
            seen_before[row.identifier] = row_digest
            self.issues.extend(doubted(self.workspace, values, row.line, self.name))
            good.append((self.workspace.sources.identifier(), values))
        return good

    def _raw(self, row: Row, row_digest: str) -> dict[str, Any]:
        raw = {
            **row.values,
            "provider": self.source.key,
            "provider_id": row.identifier,
            "row_digest": row_digest,
            "row_number": row.line,
            "original_row": json.dumps(row.original, ensure_ascii=False),
        }
        if row.values.get("areas_given"):
            raw |= self._by_names(row.values)
        return {key: value for key, value in raw.items() if key in self.kind.fields and value not in (None, "")}

    def _by_names(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Find areas and official code by the names given, and say whether the code given is that one."""
        names = values["areas_given"]
        place = {**values["place"], **named_areas(self.workspace.mission, names)}
        index = index_of(self.workspace)
        code, valid = code_by_names(index, names) if index else ("", "")
        if not code:
            return {"place": place}
        given = str(values.get("pcode_plain", ""))
        agree = "unknown" if not given else "yes" if given[: len(code)] == code else "no"
        return {"place": {**place, "pcode": code, "pcode_as_of": valid}, "codes_agree": agree}

    def _facts(self) -> dict[str, Any]:
        kind = self.kind
        return {
            "level": kind.level,
            "compartment": kind.compartment,
            "component": kind.component or self.actor.role.component,
            "caveats": sorted({*kind.caveats, *self.source.caveats}),
            "originator": self.source.key,
            "invented": False,
        }

    def _about(self, file: Mapping[str, str], added: int, passed: int, broken: int) -> dict[str, Any]:
        return {
            "title": f"{self.source.label.en}: {self.name}",
            "provider": self.source.key,
            "cite": self.source.cite,
            "terms": self.source.terms.en,
            "file": file,
            "rows_added": added,
            "rows_known": self.known,
            "rows_passed": passed,
            "rows_rejected": broken,
        }

    def _seen_before(self) -> dict[str, str]:
        records = self.workspace.journal.find(Query(ALWAYS, types=(self.kind.key,), order="recorded_at"))
        return {
            str(r.values.get("provider_id")): str(r.values.get("row_digest"))
            for r in records
            if r.values.get("provider") == self.source.key
        }

    def _done(
        self,
        sha256: str,
        added: Sequence[str],
        broken: int,
        passed: int,
        sample: tuple[Mapping[str, Any], ...],
        *,
        about: str = "",
        dry: bool = False,
    ) -> Imported:
        return Imported(self.source.key, self.name, sha256, tuple(added), self.known, broken, tuple(self.issues),
                        passed, dry, about, self.kind.key, sample)  # fmt: skip


def file_entry(workspace: Workspace, actor: Actor, identifier: str, about: Mapping[str, Any]) -> Entry:
    """Return the entry that records a file taken in."""
    kind = workspace.mission.record_types[FILE]
    now = workspace.sources.clock()
    given = {"as_of": now.date().isoformat(), "reported_at": now.isoformat(), **about}
    values = checked_values(workspace, kind, {key: value for key, value in given.items() if value not in (None, "")})
    facts: dict[str, Any] = {
        "level": kind.level,
        "compartment": "",
        "component": kind.component or actor.role.component,
        "caveats": [],
        "originator": "",
        "invented": workspace.mission.invented,
    }
    return numbered(workspace, actor, kind, identifier, values, facts)


def doubted(workspace: Workspace, values: Mapping[str, Any], line: int, name: str) -> list[Issue]:
    """Return a warning for each place of a row that contradicts itself: the row is taken, and its place is marked."""
    found = []
    for key, value in values.items():
        words = doubt_of(workspace, value) if isinstance(value, Mapping) else None
        if words is not None:
            remedy = Words("The row is in, its place marked as doubtful: check it against the source.",
                           "La ligne est prise, son lieu marqué comme douteux : vérifiez-le à la source.")  # fmt: skip
            found.append(Issue("IMP-032", words, remedy, Where(name, line, key), "warning"))
    return found


def changed(identifier: str, line: int, name: str) -> Issue:
    """Return the warning that a known row came with other contents."""
    return Issue(
        "IMP-012",
        Words(
            f"Row {identifier} is known with other contents; what came first stays.",
            f"La ligne {identifier} est connue avec un autre contenu ; la première reste.",
        ),
        Words(
            "Compare the two and amend the record if the provider corrected it.",
            "Comparez les deux et modifiez la fiche si le fournisseur l’a corrigée.",
        ),
        Where(name, line),
        "warning",
    )


def placed(issue: Issue, line: int, name: str) -> Issue:
    """Return the issue with the line of the file on which it stands."""
    return Issue(issue.code, issue.message, issue.remedy, Where(name, line, issue.where.path), issue.level)
