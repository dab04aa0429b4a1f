"""Whom to screen, from a table: one row a person or unit."""

from __future__ import annotations

from collections.abc import Sequence

from remit.kernel.days import read_day
from remit.kernel.errors import BadInput
from remit.kernel.issues import Issue
from remit.kernel.wording import Words
from remit.records.providers.row import left_out
from remit.records.providers.table import Layout
from remit.records.screening.candidates import Subject

WHAT = Words("list of persons or units", "liste de personnes ou d’unités")
GIVE = Words("a table with the columns file and name", "un tableau avec les colonnes file et name")
COLUMNS = {
    "file": ("file", "number", "dossier", "numéro"),
    "name": ("name", "names", "nom", "noms"),
    "kind": ("kind", "type"),
    "born": ("born", "birth_date", "date of birth", "né le", "date de naissance"),
    "birth_place": ("birth_place", "place of birth", "lieu de naissance"),
    "nationality": ("nationality", "nationalité"),
    "document": ("document", "documents", "pièce"),
}
UNITS = ("unit", "entity", "unité", "entité")


def subjects_of(data: bytes, name: str) -> tuple[Sequence[Subject], Sequence[Issue]]:
    """Read a table of subjects; a row that cannot be used is an issue with its line.

    Raises:
        BadInput: IMP-002, it is no such table.
    """
    lines = Layout(WHAT, GIVE, COLUMNS, ("file", "name")).read(data, name)
    found: list[Subject] = []
    issues = list(lines.table.issues)
    for line, cells, _ in lines:
        names = _several(cells["name"])
        if not cells["file"] or not names:
            issues.append(left_out("IMP-013", "it has no file number or no name",
                                   "elle n’a pas de numéro de dossier ou pas de nom", line, name))  # fmt: skip
            continue
        try:
            born = _born(cells.get("born", ""))
        except BadInput:
            issues.append(left_out("IMP-014", f"the date “{cells['born']}” does not exist",
                                   f"la date « {cells['born']} » n’existe pas", line, name))  # fmt: skip
            continue
        kind = "unit" if cells.get("kind", "").casefold() in UNITS else "person"
        found.append(Subject(cells["file"], kind, names, born, cells.get("birth_place", ""), cells.get("nationality", ""),
                             _several(cells.get("document", ""))))  # fmt: skip
    return found, issues


def _several(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def _born(text: str) -> str:
    if not text:
        return ""
    day, precision = read_day(text)
    return day.isoformat()[: {"day": 10, "month": 7, "year": 4}[precision]]
