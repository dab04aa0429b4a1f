"""Fatalities in peace operations since 1948, as the United Nations publishes them: one row a person, without a name or a place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from remit.kernel.wording import Words
from remit.records.providers.cells import day_of
from remit.records.providers.row import Provider, Read, Row, already, left_out
from remit.records.providers.table import Layout

WHAT = Words("file of United Nations fatalities", "fichier des décès de personnel des Nations Unies")
GIVE = Words("the open data set DPPADPOSS-FATALITIES as CSV", "le jeu de données ouvertes DPPADPOSS-FATALITIES en CSV")
COLUMNS: Mapping[str, Sequence[str]] = {
    "id": ("casualty_id",),
    "on": ("incident_date",),
    "mission": ("mission_acronym",),
    "kind": ("type_of_casualty",),
    "sex": ("gender",),
    "nationality": ("casualty_nationality",),
    "country": ("isocode3",),
    "personnel": ("casualty_personnel_type",),
    "incident": ("type_of_incident",),
    "updated": ("last_update",),
}
NEEDED = ("id", "on", "mission", "personnel", "incident")
LAYOUT = Layout(WHAT, GIVE, COLUMNS, NEEDED)


def read_fatalities(data: bytes, name: str) -> Read:
    """Read fatalities; each broken row is an issue with its line.

    Raises:
        BadInput: IMP-002, no such file.
    """
    lines = LAYOUT.read(data, name)
    rows: list[Row] = []
    issues = list(lines.table.issues)
    known: dict[str, int] = {}
    for line, cells, raw in lines:
        day = day_of(cells["on"])
        if not cells["id"]:
            issues.append(left_out("IMP-013", "it has no identifier", "elle n’a pas d’identifiant", line, name))
        elif day is None:
            issues.append(left_out("IMP-014", f"the date “{cells['on']}” does not exist",
                                   f"la date « {cells['on']} » n’existe pas", line, name))  # fmt: skip
        elif cells["id"] in known:
            issues.append(already(cells["id"], known[cells["id"]], line, name))
        else:
            known[cells["id"]] = line
            rows.append(Row(line, cells["id"], _values(cells, day), dict(raw)))
    return rows, issues


def _values(cells: Mapping[str, str], day: date) -> dict[str, object]:
    return {
        "title": f"{cells['mission']}: {cells['personnel']}, {cells['incident']}",
        "occurred_on": day.isoformat(),
        "mission": cells["mission"],
        "casualty_kind": cells.get("kind"),
        "sex_given": cells.get("sex"),
        "nationality": cells.get("nationality"),
        "nationality_code": cells.get("country"),
        "personnel_kind": cells["personnel"],
        "incident_kind": cells["incident"],
        "dataset_version": cells.get("updated"),
    }


PROVIDER = Provider(
    key="un-fatalities",
    type="fatality-report",
    label=Words("United Nations peacekeeping fatalities", "Décès dans les opérations de paix des Nations Unies"),
    cite="United Nations, Department of Peace Operations and Department of Operational Support, open data on fatalities",
    terms=Words(
        "Open data; the United Nations is cited as the source.", "Données ouvertes ; les Nations Unies sont citées."
    ),
    read=read_fatalities,
)
