"""A measure over a group's rows asks the row first; ``record.<name>`` asks the record around it."""

from __future__ import annotations

import shutil
from pathlib import Path

from remit.missions.load import load_mission
from remit.services.checking import cases_of, run
from tests.workspaces import composition

MISSIONS = Path(__file__).parents[2] / "missions"

INSPECTION = """\
version: 1
extends: event
label: {en: Harbour inspection, fr: Inspection du port}
plural: {en: Harbour inspections, fr: Inspections du port}
code: HIN
fields:
  place: {required: false}
  boats:
    kind: group
    repeats: true
    label: {en: Boats, fr: Bateaux}
    fields:
      state: {kind: text, label: {en: State of the boat, fr: État du bateau}}
      cargo: {kind: text, label: {en: Cargo, fr: Cargaison}}
process:
  start: begun
  states: [{begun: {label: {en: Begun, fr: Commencée}}}, {done: {label: {en: Done, fr: Achevée}, final: true}}]
  moves:
    finish: {label: {en: Finish, fr: Achever}, from: begun, to: done, by: ROLE}
"""
MEASURE = """\
version: 1
label: {en: Boats of finished inspections, fr: Bateaux des inspections achevées}
rule: {en: Boats in inspections that are done, fr: Bateaux des inspections achevées}
unit: {en: boats, fr: bateaux}
measure: count
of: harbour-inspection.boats
when: occurred
where: CONDITION
by: [record.state, state]
examples:
  - records:
      - {record: {title: One (invented), occurred_on: DAY, boats: [{state: afloat, cargo: done}, {state: aground}]}, as: ROLE}
      - {move: finish, as: ROLE}
      - {record: {title: Two (invented), occurred_on: DAY, boats: [{state: afloat}, {state: done}]}, as: ROLE}
    expect: EXPECTED
"""


EXPECTED = {
    "{record.state: done}": "[{value: 2}, {value: 2, by: {record.state: done}}, {value: 1, by: {state: afloat}}]",
    "{state: done}": "[{value: 1}]",
    "{record.state: begun, state: afloat}": "[{value: 1}, {value: 1, by: {record.state: begun}}]",
    "{cargo: {equals: {field: record.state}}}": "[{value: 1}]",
    "{record.title: {contains: Two}}": "[{value: 2}]",
}


def test_record_of_a_row_is_asked_by_name(tmp_path: Path) -> None:
    shutil.copytree(MISSIONS, tmp_path / "missions")
    folder = tmp_path / "missions" / "exercise"
    before, _ = load_mission(folder, search=[MISSIONS])
    assert before is not None
    role = next(key for key, role in before.roles.items() if {"record", "move"} <= set(role.may))
    period = before.demonstration_period or before.period
    (folder / "records" / "harbour-inspection.yaml").write_text(INSPECTION.replace("ROLE", role), "utf-8")
    for nth, (condition, expected) in enumerate(EXPECTED.items()):
        text = MEASURE.replace("ROLE", role).replace("DAY", period.start.isoformat()).replace("CONDITION", condition)
        dated = expected.replace("{value", f"{{period: {period.start}/{period.end}, value")
        (folder / "measures" / f"boats-{nth}.yaml").write_text(text.replace("EXPECTED", dated), "utf-8")
    mission, issues = load_mission(folder, search=[tmp_path / "missions"])
    assert mission is not None, [issue.text() for issue in issues]
    cases = [case for case in cases_of(mission) if case.key.startswith("boats-")]
    assert len(cases) == len(EXPECTED)
    opener = composition(tmp_path / "missions")
    assert [issue.text() for case in cases for issue in run(opener.in_memory(mission), case)] == []
