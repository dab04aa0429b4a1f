"""Uniformed personnel in missions by month or by contributor and month (IPI Providing for Peacekeeping)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from remit.kernel.wording import Words
from remit.records.providers.cells import day_of, whole
from remit.records.providers.row import Provider, Read, Row, left_out
from remit.records.providers.table import Layout

WHAT = Words("file of contributions", "fichier de contributions")
GIVE = Words(
    "a table of Providing for Peacekeeping, by mission and month or by contributor",
    "un tableau de Providing for Peacekeeping, par mission et par mois ou par pays fournisseur",
)
COLUMNS: Mapping[str, Sequence[str]] = {
    "on": ("Date",),
    "mission": ("Mission",),
    "contributor": ("Contributor",),
    "country": ("Contributor_ISO-3",),
    "contributors": ("Number of Contributors",),
    "troops": ("Troops",),
    "police": ("Police", "Total_Police"),
    "observers": ("Observers", "Experts_on_Mission", "Total_Observers"),
    "total": ("Total", "Total_Personnel"),
}
NEEDED = ("on", "mission", "troops", "total")
LAYOUT = Layout(WHAT, GIVE, COLUMNS, NEEDED)
COUNTS = ("contributors", "troops", "police", "observers", "total")
_NONE_GIVEN = frozenset({"", "NA"})


def read_contributions(data: bytes, name: str) -> Read:
    """Read months; each broken row is an issue with its line. NA is a number that the source does not give, not nought.

    Raises:
        BadInput: IMP-002, no such file.
    """
    lines = LAYOUT.read(data, name)
    rows: list[Row] = []
    issues = list(lines.table.issues)
    known: dict[str, int] = {}
    for line, cells, raw in lines:
        counts, problems = {}, []
        for key in COUNTS:
            if key in cells:
                counts[key], wrong = whole(cells[key], lines.columns[key], line, name, missing=_NONE_GIVEN)
                problems += wrong
        day = day_of(cells["on"])
        if day is None:
            problems.append(left_out("IMP-014", f"the date “{cells['on']}” does not exist",
                                     f"la date « {cells['on']} » n’existe pas", line, name))  # fmt: skip
        identifier = "/".join((cells["on"], cells["mission"], cells.get("contributor", "")))
        if not problems and identifier in known:
            problems.append(left_out("IMP-016", f"its month and contributor stand already in line {known[identifier]}",
                                     f"son mois et son pays figurent déjà à la ligne {known[identifier]}", line, name))  # fmt: skip
        if problems or day is None:
            issues.extend(problems)
            continue
        known[identifier] = line
        who = cells.get("contributor", "")
        rows.append(Row(line, identifier, {
            "title": f"{cells['mission']} {day.isoformat()[:7]}{': ' + who if who else ''}",
            "occurred_on": day.isoformat(),
            "mission": cells["mission"],
            "contributor": who,
            "contributor_code": cells.get("country"),
            **{key: count for key, count in counts.items() if count is not None},
        }, dict(raw)))  # fmt: skip
    return rows, issues


PROVIDER = Provider(
    key="contributions",
    type="contribution-report",
    label=Words("Providing for Peacekeeping", "Providing for Peacekeeping"),
    cite="International Peace Institute, Providing for Peacekeeping database",
    terms=Words("Free to use where IPI is cited.", "Utilisation libre si l’IPI est cité."),
    read=read_contributions,
)
