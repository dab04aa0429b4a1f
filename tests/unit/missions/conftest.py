"""A small valid mission, invented, written as files; tests break one thing in it and read what is said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from remit.kernel.issues import Issue
from remit.missions.load import load_mission
from remit.missions.mission import Mission

FILES = {
    "base/mission.yaml": """\
version: 1
audiences:
  public: {label: {en: Public, fr: Public}, level: unclassified, place: region, date: month}
""",
    "base/options/admiralty.yaml": """\
version: 1
label: {en: Grade, fr: Cotation}
options:
  b2: {en: B2, fr: B2}
""",
    "base/records/record.yaml": """\
version: 1
abstract: true
label: {en: Record, fr: Fiche}
plural: {en: Records, fr: Fiches}
times: {occurred: occurred_on, reported: reported_at}
fields:
  title: {kind: text, label: {en: Title, fr: Titre}}
  occurred_on: {kind: date, label: {en: Occurred on, fr: Survenu le}}
  reported_at: {kind: instant, label: {en: Reported at, fr: Signalé à}}
  place: {kind: place, label: {en: Place, fr: Lieu}}
""",
    "base/records/event.yaml": """\
version: 1
extends: record
abstract: true
kind: event
label: {en: Event, fr: Événement}
plural: {en: Events, fr: Événements}
code: EVT
""",
    "base/records/report.yaml": """\
version: 1
extends: record
abstract: true
kind: report
label: {en: Report, fr: Compte rendu}
plural: {en: Reports, fr: Comptes rendus}
code: RPT
""",
    "base/records/finding.yaml": """\
version: 1
extends: record
abstract: true
kind: finding
label: {en: Finding, fr: Constat}
plural: {en: Findings, fr: Constats}
code: FND
fields:
  decided_by: {kind: text, label: {en: Decided by, fr: Décidé par}}
""",
    "isle/mission.yaml": """\
version: 1
extends: base
title: {en: Observer Mission to the Isle, fr: Mission d’observation dans l’île}
short: OMI
number_prefix: OMI
invented: true
period: 2030-01-01/2031-01-01
languages: [en, fr]
area_levels: [region, cercle]
components:
  force: {en: Force, fr: Force}
  office: {en: Office, fr: Bureau}
roles:
  joc-officer: {label: {en: Duty officer, fr: Officier}, component: office, clearance: confidential, may: [see, record, move]}
  force-commander: {label: {en: Commander, fr: Commandant}, component: force, clearance: confidential, may: [see, move]}
  emov-member: {label: {en: Observer, fr: Observateur}, component: force, clearance: confidential, may: [see, record, move]}
  cts-chair: {label: {en: Chair, fr: Président}, component: force, clearance: confidential, may: [see, move]}
  reader: {label: {en: Reader, fr: Lecteur}, component: outside, clearance: unclassified, audience: public, may: [see]}
compartments:
  sources: {en: Sources, fr: Sources}
partners:
  council: {en: Island council, fr: Conseil de l’île}
parties:
  north: {en: North party, fr: Parti du Nord}
people:
  joc-officer: {name: Officer (invented), roles: [joc-officer]}
demonstration:
  period: 2030-01-01/2030-04-01
""",
    "isle/mandate.yaml": """\
version: 1
key: s-res-0000-2029
symbol: S/RES/0000 (2029)
title: {en: Mandate, fr: Mandat}
adopted: 2029-12-20
expires: 2030-12-31
meeting: 9000
headings:
  "1": {en: The mission, fr: La mission}
provisions:
  "1":
    words: {en: Establish the mission, fr: Créer la mission}
    force: Decides
    kind: decides
    addressees: [OMI]
    clocks:
      - {kind: until, dates: [2030-12-31], label: {en: End, fr: Fin}, duty: false}
    limits:
      observers: {amount: 120, of: {en: observers, fr: observateurs}, measure: ceasefire-findings-confirmed}
  1.a:
    words: {en: Watch the truce, fr: Surveiller la trêve}
  1.a.-1:
    words: {en: Report breaches, fr: Signaler les violations}
    references: ["2"]
  "2":
    words: {en: Report every quarter, fr: Rendre compte chaque trimestre}
    force: Requests
    kind: requests
    addressees: [Secretary-General]
    clocks:
      - {kind: recurring, dates: [2030-03-31, 2030-06-30], label: {en: Report, fr: Rapport}, duty: true, product: quarterly}
""",
    "isle/plan.yaml": """\
version: 1
tasks:
  watch-truce:
    path: 1.a
    label: {en: Watch the truce, fr: Surveiller la trêve}
    lead: force
    partners: [office, council]
    priority: priority
    measures: [ceasefire-findings-confirmed]
    records: [ceasefire-finding]
    review: monthly
  report:
    path: "2"
    label: {en: Report, fr: Rendre compte}
    lead: office
""",
    "isle/options/ceasefire-instruments.yaml": """\
version: 1
label: {en: Instruments, fr: Instruments}
options:
  truce: {en: Truce of the Harbour, fr: Trêve du port}
""",
    "isle/options/ceasefire-categories.yaml": """\
version: 1
label: {en: Categories, fr: Catégories}
options:
  shot: {en: Shot, fr: Tir}
  movement: {en: Movement, fr: Mouvement}
""",
    "isle/options/means-of-observation.yaml": """\
version: 1
label: {en: Means, fr: Moyens}
options:
  direct: {en: Direct, fr: Direct}
""",
    "isle/places/areas.yaml": """\
areas:
  north-isle: {level: region, label: {en: North, fr: Nord}, approximate: false, rings: [[[0, 1], [2, 1], [2, 2], [0, 2]]]}
  harbour: {level: cercle, label: Harbour, parent: north-isle, rings: [[[0, 1], [1, 1], [1, 2], [0, 2]]]}
  south-isle: {level: region, label: {en: South, fr: Sud}, rings: [[[0, 0], [2, 0], [2, 1], [0, 1]]]}
""",
    "isle/places/places.yaml": """\
uncertainty_m: 500
places:
  tombouctou: {label: {en: Timbuktu, fr: Tombouctou}, lat: 1.5, lon: 0.5, areas: {region: north-isle, cercle: harbour}, aliases: [Le Port]}
  kidal: {label: Kidal, lat: 0.5, lon: 1.5, areas: {region: south-isle}, uncertainty_m: 2000}
""",
    "isle/records/security-event.yaml": """\
version: 1
extends: event
label: {en: Security event, fr: Événement de sécurité}
plural: {en: Security events, fr: Événements de sécurité}
""",
    "isle/records/field-report.yaml": """\
version: 1
extends: report
label: {en: Field report, fr: Compte rendu de terrain}
plural: {en: Field reports, fr: Comptes rendus de terrain}
""",
    "isle/records/ceasefire-finding.yaml": """\
version: 1
extends: finding
label: {en: Ceasefire finding, fr: Constat relatif au cessez-le-feu}
serves: [1, 1.a.-1]
source: Practice of a technical commission
over: security-event
level: confidential
component: force
fields:
  instrument:    {kind: choice, options: ceasefire-instruments, required: true}
  category:      {kind: choice, options: ceasefire-categories, required: true}
  attributed_to: {kind: reference, to: party, many: true}
  observed:      {kind: group, repeats: true, fields: {means: {kind: choice, options: means-of-observation},
                  number: {kind: integer, approximate: true}, at: {kind: instant}, grade: {kind: choice, options: admiralty}}}
  reservation:   {kind: narrative, sensitive: true}
process:
  start: alleged
  states: [alleged, registered, tasked, reported, {confirmed: {final: true}}, {not-confirmed: {final: true}}]
  moves:
    register: {from: alleged,    to: registered, by: joc-officer,     within: {hours: 24, of: reported_at}}
    task:     {from: registered, to: tasked,     by: force-commander}
    report:   {from: tasked,     to: reported,   by: emov-member,     within: {days: 7}, requires: {observed: {exists: true}}}
    confirm:  {from: reported,   to: confirmed,  by: cts-chair,       second_person: true,
               requires: {linked: {type: field-report, relation: evidence-for, at_least: 1}}}
    reject:   {from: [reported], to: not-confirmed, by: [cts-chair],  reason: true, sets: [decided_by]}
release: {place: cercle, date: day, fields: [instrument, category]}
examples:
  - play: [{record: {title: Shots}, type: security-event, id: event, as: joc-officer},
           {record: {instrument: truce, category: shot}, as: joc-officer, over: event}, {move: register, as: joc-officer}]
    then: {state: registered, figures: {ceasefire-findings-confirmed: 0}}
  - play: [{record: {instrument: truce, category: shot}, as: joc-officer}, {move: confirm, as: emov-member}]
    refused: REC-031
""",
    "isle/measures/ceasefire-findings-confirmed.yaml": """\
version: 1
label: {en: Ceasefire findings confirmed, fr: Constats de violation confirmés}
serves: [1.a]
measure: count
of: ceasefire-finding
when: {moved: confirm}
where: {state: confirmed}
by: [region, category]
level: unclassified
smallest_cell: {public: 0}
coverage: {share_of: observation-days, at_least: 0.5}
limit: 1/observers
examples: [{records: [{record: {instrument: truce, category: shot}, as: joc-officer}], expect: [{period: 2030-Q1, value: 0}]}]
""",
    "isle/measures/observation-days.yaml": """\
version: 1
label: {en: Days observed, fr: Jours d’observation}
rule: {en: All events, fr: Tous les événements}
unit: {en: days, fr: jours}
measure: count
of: security-event
when: occurred
""",
    "isle/products/quarterly.yaml": """\
version: 1
label: {en: Quarterly report, fr: Rapport trimestriel}
title: {en: Report, fr: Rapport}
answers: ["2"]
must_answer: [1.a]
audiences: [public]
masthead: {organ: {en: Council, fr: Conseil}}
record_by: [joc-officer]
parts:
  - section:
      title: {en: The truce, fr: La trêve}
      parts:
        - paragraph:
            words:
              en: "There were {figure:ceasefire-findings-confirmed} of {limit:ceasefire-findings-confirmed} in {period}."
              fr: "Il y en a eu {figure:ceasefire-findings-confirmed} sur {limit:ceasefire-findings-confirmed} en {period}."
            when: ceasefire-findings-confirmed
            answers: [1.a]
        - table: {title: {en: By month, fr: Par mois}, figures: [ceasefire-findings-confirmed], by: month}
  - chart: {title: {en: By region, fr: Par région}, figures: [ceasefire-findings-confirmed], by: region, mark: bar}
""",
    "isle/demonstration/01.yaml": """\
play:
  - {record: {title: Shots heard}, type: security-event, id: shots, as: joc-officer, at: 2030-01-05T08:00:00Z}
  - {record: {instrument: truce, category: shot}, type: ceasefire-finding, id: finding, over: shots, as: joc-officer}
  - {link: {from: shots, relation: evidence-for, to: finding}, as: joc-officer}
  - {move: register, of: finding, as: joc-officer}
""",
}


@dataclass(frozen=True)
class Folder:
    """The mission ``isle`` over ``base``, in a temporary folder."""

    root: Path

    def write(self, name: str, text: str) -> Path:
        """Write a file, whole."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return path

    def change(self, name: str, old: str, new: str) -> int:
        """Replace one passage of a file; return the line on which it stands."""
        text = (self.root / name).read_text("utf-8")
        assert text.count(old) >= 1, f"{old!r} is not in {name}"
        self.write(name, text.replace(old, new, 1))
        return text[: text.index(old)].count("\n") + 1

    def load(self) -> tuple[Mission | None, tuple[Issue, ...]]:
        """Load the mission."""
        return load_mission(self.root / "isle", search=[self.root])

    def mission(self) -> Mission:
        """Load the mission, which must be right."""
        mission, issues = self.load()
        assert mission is not None, "\n".join(issue.text() for issue in issues)
        return mission

    def problems(self) -> Sequence[Issue]:
        """Load the mission and return what is wrong: errors and warnings."""
        return [issue for issue in self.load()[1] if issue.level != "note"]

    def only(self) -> Issue:
        """Return the one thing that is wrong."""
        problems = self.problems()
        assert len(problems) == 1, "\n".join(issue.text() for issue in problems) or "nothing is wrong"
        return problems[0]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A valid mission folder, to be broken."""
    made = Folder(tmp_path)
    for name, text in FILES.items():
        made.write(name, text)
    return made


Break = Callable[[Folder], int]
