"""Events of the Armed Conflict Location and Event Data project (ACLED), by the columns of its export.

Its terms do not let rows be passed on: the records are releasable to nobody outside, whatever the type's rule says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from remit.kernel.days import read_day
from remit.kernel.errors import BadInput
from remit.kernel.issues import Issue
from remit.kernel.wording import Words
from remit.records.providers.cells import coordinates, whole
from remit.records.providers.row import Provider, Read, Row, already, left_out
from remit.records.providers.table import Layout

WHAT = Words("ACLED file", "fichier ACLED")
GIVE = Words("the CSV or Excel export of ACLED", "l’export CSV ou Excel d’ACLED")
COLUMNS: Mapping[str, Sequence[str]] = {
    "id": ("event_id_cnty", "data_id"),
    "date": ("event_date",),
    "time_precision": ("time_precision",),
    "event_type": ("event_type",),
    "sub_event_type": ("sub_event_type",),
    "actor1": ("actor1",),
    "actor2": ("actor2",),
    "lat": ("latitude",),
    "lon": ("longitude",),
    "geo_precision": ("geo_precision",),
    "location": ("location",),
    "fatalities": ("fatalities",),
    "notes": ("notes",),
    "source": ("source",),
}
NEEDED = ("id", "date", "event_type", "actor1", "lat", "lon", "fatalities")
LAYOUT = Layout(WHAT, GIVE, COLUMNS, NEEDED)
DAYS_OFF: Mapping[str, tuple[str, int]] = {"1": ("day", 0), "2": ("day", 7), "3": ("month", 0)}
"""Time precision: 1 the day, 2 the week, 3 the month."""
METRES_OFF: Mapping[str, float] = {"1": 5_000, "2": 25_000, "3": 100_000}
"""Geographic precision: 1 the town, 2 near it or a part of a region, 3 a region (its capital is then given)."""
UNSTATED_M = 100_000.0


def read_acled(data: bytes, name: str) -> Read:
    """Read events; each broken row is an issue with its line.

    Raises:
        BadInput: IMP-002, no such file.
    """
    lines = LAYOUT.read(data, name)
    rows: list[Row] = []
    issues = list(lines.table.issues)
    known: dict[str, int] = {}
    for line, cells, raw in lines:
        values, problems = _values(cells, line, name)
        if not problems and cells["id"] in known:
            problems = [already(cells["id"], known[cells["id"]], line, name)]
        if problems:
            issues.extend(problems)
            continue
        known[cells["id"]] = line
        rows.append(Row(line, cells["id"], values, dict(raw)))
    return rows, issues


def _values(cells: Mapping[str, str], line: int, name: str) -> tuple[dict[str, Any], list[Issue]]:
    problems: list[Issue] = []
    if not cells["id"]:
        problems.append(left_out("IMP-013", "it has no identifier", "elle n’a pas d’identifiant", line, name))
    precision, off = DAYS_OFF.get(cells.get("time_precision", "1"), ("", 0))
    radius = METRES_OFF.get(cells.get("geo_precision", ""), UNSTATED_M if "geo_precision" not in cells else None)
    if not precision:
        problems.append(left_out("IMP-020", f"time_precision is “{cells['time_precision']}”, not a code from 1 to 3",
                                 f"time_precision vaut « {cells['time_precision']} », non un code de 1 à 3", line, name))  # fmt: skip
    if radius is None:
        problems.append(left_out("IMP-019", f"geo_precision is “{cells['geo_precision']}”, not a code from 1 to 3",
                                 f"geo_precision vaut « {cells['geo_precision']} », non un code de 1 à 3", line, name))  # fmt: skip
    day = ""
    try:
        day = read_day(cells["date"])[0].isoformat()
    except BadInput:
        problems.append(left_out("IMP-014", f"the date “{cells['date']}” does not exist",
                                 f"la date « {cells['date']} » n’existe pas", line, name))  # fmt: skip
    point, wrong = coordinates(cells["lat"], cells["lon"], line, name)
    deaths, uncounted = whole(cells["fatalities"], "fatalities", line, name)
    problems += [*wrong, *uncounted]
    sides = " – ".join(part for part in (cells["actor1"], cells.get("actor2", "")) if part)
    return {
        "title": f"{cells['event_type']}: {sides}"[:300],
        "occurred_on": {"on": day, "precision": precision},
        "days_uncertain": off or None,
        "event_type": cells["event_type"],
        "sub_event_type": cells.get("sub_event_type"),
        "side_a": cells["actor1"],
        "side_b": cells.get("actor2"),
        "deaths_best": deaths,
        "reported_by": cells.get("source"),
        "narrative": cells.get("notes"),
        "place": {**point, "name": cells.get("location", ""), "uncertainty_m": radius},
    }, problems


PROVIDER = Provider(
    key="acled",
    type="external-report",
    label=Words("Armed Conflict Location and Event Data", "Armed Conflict Location and Event Data"),
    cite="Armed Conflict Location & Event Data Project (ACLED)",
    terms=Words(
        "Rows are not passed on; only aggregates with attribution are.",
        "Les lignes ne sont pas transmises ; seuls des agrégats le sont, avec mention de la source.",
    ),
    read=read_acled,
    caveats=("originator-control",),
)
