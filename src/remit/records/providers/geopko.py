"""Deployments of peace operations by year and location (GeoPKO): the maps of fronts, of troop types and of contributors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from remit.kernel.wording import Words
from remit.records.providers.cells import coordinates
from remit.records.providers.row import Provider, Read, Row, left_out, not_such
from remit.records.providers.table import read_table

WHAT = Words("GeoPKO file", "fichier GeoPKO")
GIVE = Words(
    "one of the maps of GeoPKO (FrontMap, TTMap, TCCMap) as CSV",
    "une des cartes de GeoPKO (FrontMap, TTMap, TCCMap) en CSV",
)
MARKS: Mapping[str, frozenset[str]] = {
    "front": frozenset({"NoTroops", "Reserve", "UNMO"}),
    "troop-types": frozenset({"eng", "sig", "riv", "trans"}),
    "contributors": frozenset({"No.TCC", "year.overview"}),
}
"""The columns by which each map is known."""
ABOUT_M = 5_000.0
"""A location is a town's middle."""
NONE = frozenset({"", "NA", "0"})


def read_geopko(data: bytes, name: str) -> Read:
    """Read one map: a row is what stood at a location in a year; each broken row is an issue with its line.

    Raises:
        BadInput: IMP-002, no such file.
    """
    table = read_table(data, name, what=WHAT, give=GIVE)
    map_ = next((key for key, marks in MARKS.items() if marks <= set(table.header)), "")
    lacking = [
        column for column in ("mission", "year", "location", "latitude", "longitude") if column not in table.header
    ]
    if not map_ or lacking:
        listed = ", ".join(lacking) or "the columns of a map"
        raise not_such(WHAT, GIVE, name, f"its header lacks {listed}", f"il manque à son en-tête : {listed}")
    rows: list[Row] = []
    issues = list(table.issues)
    observed: Counter[str] = Counter()
    """A location stands several times in a year where several maps of the United Nations show it: each is an observation."""
    for line, raw in table.rows:
        cells = {column: cell.strip() for column, cell in raw.items()}
        point, problems = coordinates(cells["latitude"], cells["longitude"], line, name)
        year = cells["year"]
        if not (year.isdigit() and 1945 <= int(year) <= 2100):
            problems.append(left_out("IMP-014", f"“{year}” is no year", f"« {year} » n’est pas une année", line, name))
        if problems:
            issues.extend(problems)
            continue
        stood = "/".join((map_, cells["mission"], year, cells["location"], cells["latitude"], cells["longitude"]))
        observed[stood] += 1
        values = _values(cells, map_, point) | {"observation": observed[stood]}
        rows.append(Row(line, f"{stood}#{observed[stood]}", values, dict(raw)))
    return rows, issues


def _values(cells: Mapping[str, str], map_: str, point: Mapping[str, float]) -> dict[str, object]:
    own = {"mission", "year", "location", "latitude", "longitude", "country", "No.TCC", "year.overview"}
    strengths = [{"what": key, "number": cell} for key, cell in cells.items() if key not in own and cell not in NONE]
    return {
        "title": f"{cells['mission']} {cells['year']}: {cells['location']}",
        "occurred_on": {"on": f"{cells['year']}-01-01", "precision": "year"},
        "mission": cells["mission"],
        "map": map_,
        "place": {**point, "name": cells["location"], "uncertainty_m": ABOUT_M},
        "strengths": strengths,
        "contributors": cells.get("year.overview"),
    }


PROVIDER = Provider(
    key="geopko",
    type="deployment-report",
    label=Words("GeoPKO", "GeoPKO"),
    cite="Cil et al. 2020, Geocoded Peacekeeping Operations (GeoPKO) 2.3",
    terms=Words("Free to use where Cil et al. 2020 is cited.", "Utilisation libre si Cil et al. 2020 est cité."),
    read=read_geopko,
)
