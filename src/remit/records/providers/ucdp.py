"""The Georeferenced Event Dataset of the Uppsala Conflict Data Program (UCDP GED), as CSV.

Reads the full export (``date_start``, ``best``, ``where_prec`` …) and the trimmed one (``year, month, day``,
``best_death`` …). Cite UCDP: Sundberg and Melander 2013; Pettersson et al. 2021.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from remit.kernel.issues import Issue
from remit.kernel.wording import Words
from remit.records.providers.cells import number
from remit.records.providers.row import Provider, Row, already, left_out, not_such
from remit.records.providers.table import read_table

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "id": ("id",),
    "violence": ("type_of_violence",),
    "conflict": ("conflict_name",),
    "side_a": ("side_a",),
    "side_b": ("side_b",),
    "lat": ("latitude",),
    "lon": ("longitude",),
    "low": ("low", "low_death"),
    "best": ("best", "best_death"),
    "high": ("high", "high_death"),
}
"""What is read, and the column names under which the dataset's exports give it."""

VIOLENCE: Mapping[str, str] = {
    "1": "state-based",
    "2": "non-state",
    "3": "one-sided",
    "state-based violence": "state-based",
    "non-state violence": "non-state",
    "one-sided violence": "one-sided",
}
WHERE_PRECISION_M: Mapping[str, float] = {
    "1": 1_000,
    "2": 25_000,
    "3": 50_000,
    "4": 100_000,
    "5": 100_000,
    "6": 1_000_000,
    "7": 1_000_000,
}
"""Radius taken for a precision code: 1 the exact place, 2 within about 25 km of it, 3 a second-order and 4 a first-order
area, 5 a line or a vague area, 6 the country alone, 7 international waters or airspace."""
UNSTATED_PRECISION_M = 25_000.0
"""The export without precision codes holds codes 1 and 2 only: the wider of the two is taken."""


DATE_PRECISION: Mapping[str, tuple[str, int]] = {
    "1": ("day", 0),
    "2": ("day", 6),
    "3": ("day", 7),
    "4": ("month", 0),
    "5": ("year", 0),
}
"""Precision of the day, and by how many days it may be off: 1 exact, 2 within 2 to 6 days, 3 the week, 4 the month, 5 longer
than a month but within the year."""
WHAT = Words("UCDP GED file", "fichier UCDP GED")
GIVE = Words("the CSV export of the Georeferenced Event Dataset", "l’export CSV du Georeferenced Event Dataset")


def read_ucdp(data: bytes, name: str) -> tuple[Sequence[Row], Sequence[Issue]]:
    """Read a file of events; each broken row is an issue with its line, and the others are returned.

    Raises:
        BadInput: IMP-002, empty, not text, or without the columns that are needed (which are named).
    """
    table = read_table(data, name, what=WHAT, give=GIVE)
    columns = _columns(table.header, name)
    rows: list[Row] = []
    issues = list(table.issues)
    known: dict[str, int] = {}
    if not table.rows and not issues:
        raise not_such(WHAT, GIVE, name, "it has a header and no rows", "il a un en-tête et aucune ligne")
    for line, raw in table.rows:
        problems = _problems(raw, columns, line, name)
        identifier = (raw.get(columns["id"]) or "").strip()
        if not problems and identifier in known:
            problems = [already(identifier, known[identifier], line, name)]
        if problems:
            issues.extend(problems)
            continue
        known[identifier] = line
        rows.append(Row(line, identifier, _values(raw, columns), dict(raw)))
    return rows, issues


def _columns(header: Sequence[str], name: str) -> dict[str, str]:
    given = {column.strip().casefold(): column for column in header if column}
    found = {key: given[alias] for key, names in COLUMNS.items() for alias in names if alias in given}
    missing = [" or ".join(names) for key, names in COLUMNS.items() if key not in found]
    dated = "date_start" in given or {"year", "month", "day"} <= set(given)
    if not dated:
        missing.append("date_start, or year, month and day")
    if missing:
        seen = ", ".join(list(header)[:8]) or "nothing"
        raise not_such(
            WHAT,
            GIVE,
            name,
            f"its header lacks {'; '.join(missing)} (it has: {seen})",
            f"il manque à son en-tête : {'; '.join(missing)} (il a : {seen})",
        )
    optional = ("date_start", "year", "month", "day", "where_prec", "date_prec", "country")
    return found | {key: given[key] for key in optional if key in given}


_COUNTS = ("low", "best", "high")
_BOUNDS: Mapping[str, tuple[float, float]] = {"lat": (-90, 90), "lon": (-180, 180)} | dict.fromkeys(_COUNTS, (0, 1e7))


def _problems(raw: Mapping[Any, Any], columns: Mapping[str, str], line: int, name: str) -> list[Issue]:
    problems = []
    if not raw[columns["id"]].strip():
        problems.append(left_out("IMP-013", "it has no identifier", "elle n’a pas d’identifiant", line, name))
    try:
        _day(raw, columns)
    except ValueError:
        given = raw.get(columns.get("date_start", "")) or "-".join(
            raw.get(columns.get(k, ""), "") for k in ("year", "month", "day")
        )
        problems.append(
            left_out("IMP-014", f"the date “{given}” does not exist", f"la date « {given} » n’existe pas", line, name)
        )
    for key, (lowest, highest) in _BOUNDS.items():
        given, whole = raw[columns[key]], key in _COUNTS
        value = number(given)
        if value is not None and lowest <= value <= highest and (value.is_integer() or not whole):
            continue
        en, fr = ("a whole number", "un nombre entier") if whole else ("a number", "un nombre")
        problems.append(
            left_out(
                "IMP-015",
                f"{columns[key]} is “{given}”, not {en} from {lowest:g} to {highest:g}",
                f"{columns[key]} vaut « {given} », non {fr} de {lowest:g} à {highest:g}",
                line,
                name,
            )
        )
    precision = raw.get(columns.get("where_prec", ""), "1").strip()
    if precision not in WHERE_PRECISION_M:
        problems.append(
            left_out(
                "IMP-019",
                f"the precision of the place is “{precision}”, not a code from 1 to 7",
                f"la précision du lieu est « {precision} », non un code de 1 à 7",
                line,
                name,
            )
        )
    dated = raw.get(columns.get("date_prec", ""), "1").strip()
    if dated not in DATE_PRECISION:
        problems.append(
            left_out(
                "IMP-020",
                f"the precision of the day is “{dated}”, not a code from 1 to 5",
                f"la précision du jour est « {dated} », non un code de 1 à 5",
                line,
                name,
            )
        )
    if raw[columns["violence"]].strip().casefold() not in VIOLENCE:
        problems.append(
            left_out(
                "IMP-018",
                f"the type of violence “{raw[columns['violence']]}” is none of the dataset’s three",
                f"le type de violence « {raw[columns['violence']]} » n’est aucun des trois de la base",
                line,
                name,
            )
        )
    return problems


def _values(raw: Mapping[str, str], columns: Mapping[str, str]) -> dict[str, Any]:
    precision = raw.get(columns.get("where_prec", ""), "").strip()
    dated, off = DATE_PRECISION[raw.get(columns.get("date_prec", ""), "1").strip()]
    sides = f"{raw[columns['side_a']].strip()} – {raw[columns['side_b']].strip()}"
    return {
        "title": sides,
        "occurred_on": {"on": _day(raw, columns).isoformat(), "precision": dated},
        "days_uncertain": off or None,
        "type_of_violence": VIOLENCE[raw[columns["violence"]].strip().casefold()],
        "conflict_name": raw[columns["conflict"]].strip(),
        "side_a": raw[columns["side_a"]].strip(),
        "side_b": raw[columns["side_b"]].strip(),
        "deaths_low": _whole(raw[columns["low"]]),
        "deaths_best": _whole(raw[columns["best"]]),
        "deaths_high": _whole(raw[columns["high"]]),
        "place": {
            "lat": number(raw[columns["lat"]]),
            "lon": number(raw[columns["lon"]]),
            "uncertainty_m": WHERE_PRECISION_M.get(precision, UNSTATED_PRECISION_M),
        },
    }


def _day(raw: Mapping[str, str], columns: Mapping[str, str]) -> date:
    if "date_start" in columns:
        return date.fromisoformat(raw[columns["date_start"]].strip()[:10])
    return date(*(int(raw[columns[key]]) for key in ("year", "month", "day")))


def _whole(text: str) -> int:
    return round(float(text))


PROVIDER = Provider(
    key="ucdp",
    type="external-report",
    label=Words("UCDP Georeferenced Event Dataset", "UCDP Georeferenced Event Dataset"),
    cite="Uppsala Conflict Data Program; Sundberg and Melander 2013; Pettersson et al. 2021",
    terms=Words("Free to use where UCDP is cited.", "Utilisation libre si l’UCDP est cité."),
    read=read_ucdp,
)
