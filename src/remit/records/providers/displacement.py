"""Baseline assessments of the Displacement Tracking Matrix (DTM) of IOM: displaced and returned persons by commune and round.

Rounds differ in columns, in how they write days, and in their place codes: the code is kept as given and as
:func:`remit.records.providers.pcodes.plain_pcode` writes it, and the areas are found by their names.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from remit.kernel.issues import Issue
from remit.kernel.wording import Words
from remit.records.providers.cells import day_of, whole
from remit.records.providers.pcodes import plain_pcode
from remit.records.providers.row import Provider, Read, Row, left_out
from remit.records.providers.table import Layout

WHAT = Words("DTM baseline assessment", "fichier d’évaluation de base de la DTM")
GIVE = Words(
    "the workbook of a baseline assessment of the Displacement Tracking Matrix",
    "le classeur d’une évaluation de base de la matrice de suivi des déplacements",
)
COLUMNS: Mapping[str, Sequence[str]] = {
    "on": ("Snapshot Date",),
    "surveyed": ("Survey Date",),
    "round": ("RoundNo",),
    "adm1": ("Admin 1",),
    "adm1_code": ("Admin 1 pcode",),
    "adm2": ("Admin 2",),
    "adm2_code": ("Admin 2 pcode",),
    "adm3": ("Admin 3",),
    "adm3_code": ("Admin 3 pcode",),
    "households": ("Total No. of IDPs HH", "Total No# of IDPs HH"),
    "persons": ("Total No. of IDPs Ind.", "Total No# of IDPs Ind#"),
    "returned_households": ("Total No. of Returnees HH.", "Total No# of Returnees HH#"),
    "returned": ("Total No. of Returnees Ind.", "Total No# of Returnees Ind#"),
    "reason": ("Type of Displacement",),
}
NEEDED = ("on", "adm1", "adm2", "adm3", "persons")
LAYOUT = Layout(WHAT, GIVE, COLUMNS, NEEDED)
COUNTS = ("households", "persons", "returned_households", "returned")
_NOT_COUNTED = frozenset({""})


def read_displacement(data: bytes, name: str) -> Read:
    """Read the communes of a round; each broken row is an issue with its line. Rows without a commune (totals) are issues too.

    Raises:
        BadInput: IMP-002, no such file.
    """
    lines = LAYOUT.read(data, name)
    rows: list[Row] = []
    issues = list(lines.table.issues)
    known: dict[str, int] = {}
    for line, cells, raw in lines:
        counts, problems = _counts(cells, lines.columns, line, name)
        day = day_of(cells["on"])
        if day is None:
            problems.append(left_out("IMP-014", f"the date “{cells['on']}” does not exist or could be read in two ways",
                                     f"la date « {cells['on']} » n’existe pas ou se lit de deux façons", line, name))  # fmt: skip
        if not cells["adm3"] or not cells["adm2"]:
            problems.append(left_out("IMP-013", "it names no commune", "elle ne nomme aucune commune", line, name))
        identifier = ""
        if day is not None:
            identifier = "/".join(
                [day.isoformat(), *(" ".join(cells[k].casefold().split()) for k in ("adm1", "adm2", "adm3"))]
            )
            if identifier in known:
                problems.append(left_out("IMP-016", f"its commune stands already in line {known[identifier]}",
                                         f"sa commune figure déjà à la ligne {known[identifier]}", line, name))  # fmt: skip
        if problems or day is None:
            issues.extend(problems)
            continue
        known[identifier] = line
        rows.append(Row(line, identifier, _values(cells, day, counts), dict(raw)))
    return rows, issues


def _counts(
    cells: Mapping[str, str], columns: Mapping[str, str], line: int, name: str
) -> tuple[dict[str, int | None], list[Issue]]:
    found: dict[str, int | None] = {}
    problems: list[Issue] = []
    for key in COUNTS:
        if key in cells:
            found[key], wrong = whole(cells[key], columns[key], line, name, missing=_NOT_COUNTED)
            problems += wrong
    return found, problems


def _values(cells: Mapping[str, str], day: date, counts: Mapping[str, int | None]) -> dict[str, object]:
    code = next((cells[key] for key in ("adm3_code", "adm2_code") if cells.get(key)), "")
    surveyed = day_of(cells.get("surveyed", ""))
    return {
        "title": f"{cells['adm3']} ({cells['adm2']})",
        "occurred_on": day.isoformat(),
        "surveyed_on": surveyed.isoformat() if surveyed else None,
        "round": cells.get("round"),
        "place": {"name": cells["adm3"]},
        "areas_given": [cells["adm1"], cells["adm2"], cells["adm3"]],
        "pcode_given": code,
        "pcode_plain": plain_pcode(code),
        "displaced_households": counts.get("households"),
        "displaced_persons": counts.get("persons"),
        "returned_households": counts.get("returned_households"),
        "returned_persons": counts.get("returned"),
        "reason": cells.get("reason"),
    }


PROVIDER = Provider(
    key="dtm",
    type="displacement-count",
    label=Words("Displacement Tracking Matrix", "Matrice de suivi des déplacements"),
    cite="International Organization for Migration (IOM), Displacement Tracking Matrix (DTM)",
    terms=Words("Free to use where IOM DTM is cited.", "Utilisation libre si l’OIM (DTM) est citée."),
    read=read_displacement,
)
