"""Projects as IATI activities: what the records say, and nothing that they do not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from remit.kernel.errors import BadInput
from remit.kernel.wording import Words
from remit.records.record import Record
from remit.records.types import RecordType
from remit.reporting.iati import Activity, Organisation, Result, Transaction, iati_xml
from remit.services.workspace import Workspace

IMPLEMENTING = "4"
BENEFICIARIES: Mapping[str, Words] = {
    "beneficiaries_women": Words("Women and girls who benefit", "Femmes et filles bénéficiaires"),
    "beneficiaries_men": Words("Men and boys who benefit", "Hommes et garçons bénéficiaires"),
}


def project_file(workspace: Workspace, records: Sequence[Record], kind: RecordType, language: str) -> bytes:
    """Return the records as a file of IATI 2.03.

    Raises:
        BadInput: OUT-014, the mission does not say who reports and in which country.
    """
    exchange = workspace.mission.settings.get("exchange", {})
    iati = exchange.get("iati", {})
    reference, name = str(iati.get("reporting_org", "")), str(iati.get("reporting_org_name", ""))
    if not reference or not name or not exchange.get("country"):
        raise BadInput.of(
            "OUT-014",
            f"mission.yaml of {workspace.mission.key} does not say who reports to IATI and for which country.",
            f"mission.yaml de {workspace.mission.key} ne dit pas qui fait rapport à l’IATI ni pour quel pays.",
            do_en="Add settings: exchange: {country: …, iati: {reporting_org: …, reporting_org_type: …, reporting_org_name: …}}.",
            do_fr="Ajoutez settings : exchange : {country: …, iati: {reporting_org: …, reporting_org_type: …, reporting_org_name: …}}.",
        )
    who = Organisation(name, reference, str(iati.get("reporting_org_type", "40")))
    activities = [_activity(one, kind, who, str(exchange["country"]), language) for one in records]
    currency = str(exchange.get("currency", "USD"))
    return iati_xml(activities, who, workspace.sources.clock(), currency)


def status_of(record: Record, kind: RecordType) -> str:
    """Return the code of the activity's status, from where it stands in its process.

    Before anything is decided 1 (pipeline); final 4 (closed) where it was met and 5 (cancelled) where not; met but not final 3
    (finalisation); else 2 (implementation).
    """
    process = kind.process
    if process is None or record.withdrawn:
        return "5" if record.withdrawn else "2"
    state = process.states.get(record.state)
    if state is None or record.state == process.start:
        return "1"
    if state.final:
        return "4" if state.outcome == "met" else "5"
    return "3" if state.outcome == "met" else "2" if state.outcome else "1"


def _activity(record: Record, kind: RecordType, who: Organisation, country: str, language: str) -> Activity:
    values = record.values
    place: Mapping[str, Any] = values.get("place") or {}
    start, end = _day(values.get("occurred_on")), _day(values.get("ended_on"))
    paid_on = _day(values.get("first_paid_on"))
    dates = {key: day for key, day in (("1", start), ("2", paid_on), ("4", end)) if day}
    sector = next((o.codes.get("dac", "") for o in kind.fields["sector"].options if o.key == values.get("sector")), "")
    budget = values.get("budget")
    title = record.title or kind.label.in_(language)
    objective = str(values.get("objective", ""))
    return Activity(
        identifier=f"{who.reference}-{record.number}",
        title={language: f"{title}{_invented(record, language)}"},
        description={language: objective or title},
        status=status_of(record, kind),
        dates=dates,
        participating=[
            Organisation(who.name, who.reference, who.type, "1"),
            *([Organisation(str(values["partner"]), role=IMPLEMENTING)] if values.get("partner") else []),
        ],
        country=country,
        place=str(place.get("name", "")),
        code=str(place.get("pcode", "")),
        lat=place.get("lat"),
        lon=place.get("lon"),
        exact=bool("lat" in place and (place.get("uncertainty_m") or 0) <= 1_000),
        sector=sector,
        budget=_budget(budget, start, end),
        transactions=_payments(values, paid_on, language),
        results=_results(values, paid_on or start, end),
        changed=(record.changed_at or record.recorded_at).strftime("%Y-%m-%dT%H:%M:%SZ"),
        language=language,
    )


def _day(value: Any) -> str:
    return str(value["on"]) if isinstance(value, Mapping) and value.get("on") else ""


def _budget(money: Any, start: str, end: str) -> tuple[str, str, str, str] | None:
    """Return the budget for its period; a year where no end is known, since IATI allows no longer one."""
    if not isinstance(money, Mapping) or not start:
        return None
    first = date.fromisoformat(start)
    last = date.fromisoformat(end) if end and end > start else first + timedelta(364)
    return str(money["amount"]), str(money["currency"]), start, min(last, first + timedelta(364)).isoformat()


def _payments(values: Mapping[str, Any], paid_on: str, language: str) -> list[Transaction]:
    money = values.get("first_paid")
    if not isinstance(money, Mapping) or not paid_on:
        return []
    words = Words("First instalment", "Première tranche").in_(language)
    return [Transaction("3", paid_on, str(money["amount"]), str(money["currency"]), words)]


def _results(values: Mapping[str, Any], start: str, end: str) -> list[Result]:
    if not start or not end:
        return []
    found = []
    for key, title in BENEFICIARIES.items():
        value = values.get(key)
        number = value.get("number") if isinstance(value, Mapping) else value
        if number is not None:
            found.append(Result({"en": title.en, "fr": title.fr}, str(number), start, end))
    return found


def _invented(record: Record, language: str) -> str:
    return Words(" (invented)", " (inventé)").in_(language) if record.invented else ""
