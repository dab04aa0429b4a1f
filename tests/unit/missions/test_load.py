"""A valid folder gives a whole mission; what is declared stands in it as declared."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from remit.kernel.conditions import Linked
from remit.kernel.wording import Words
from remit.measures.layout import ITEM
from remit.measures.scope import envelope_names
from remit.missions.link.columns import OF_RECORDS, OF_ROWS, SHARED
from remit.missions.link.fields import ENVELOPE
from remit.missions.link.measures import PERIODS
from remit.records.entries import Author
from remit.records.record import Record
from remit.records.types import Within

from .conftest import FILES, Folder

NOW = datetime(2030, 1, 1, tzinfo=UTC)


def test_valid_folder_has_no_problem(folder: Folder) -> None:
    assert folder.problems() == []


def test_record_type_takes_its_parents_fields_first(folder: Folder) -> None:
    finding = folder.mission().record_types["ceasefire-finding"]
    assert list(finding.fields) == [
        "title", "occurred_on", "reported_at", "place", "decided_by",
        "instrument", "category", "attributed_to", "observed", "reservation",
    ]  # fmt: skip
    assert (finding.kind, finding.code, finding.abstract, finding.over) == ("finding", "FND", False, "security-event")
    assert finding.times == {"occurred": "occurred_on", "reported": "reported_at"}
    assert finding.serves == ("1", "1.a.-1")
    assert finding.record_by == ("joc-officer", "emov-member")
    assert finding.file == "isle/records/ceasefire-finding.yaml"


def test_fields_are_whole(folder: Folder) -> None:
    fields = folder.mission().record_types["ceasefire-finding"].fields
    assert [option.key for option in fields["category"].options] == ["shot", "movement"]
    assert [option.key for option in fields["attributed_to"].options] == ["north"]
    observed = fields["observed"]
    assert observed.repeats
    assert list(observed.fields) == ["means", "number", "at", "grade"]
    assert observed.fields["number"].settings == {"approximate": True}
    assert observed.fields["grade"].options[0].key == "b2"
    assert fields["place"].settings["area_levels"] == ("region", "cercle")
    assert fields["reservation"].sensitive
    assert fields["instrument"].required


def test_process_is_whole(folder: Folder) -> None:
    process = folder.mission().record_types["ceasefire-finding"].process
    assert process is not None
    assert list(process.states) == ["alleged", "registered", "tasked", "reported", "confirmed", "not-confirmed"]
    assert process.states["confirmed"].final
    assert not process.states["alleged"].final
    register, confirm = process.moves["register"], process.moves["confirm"]
    assert register.from_ == ("alleged",)
    assert register.by == ("joc-officer",)
    assert register.within is not None
    assert register.within.length == timedelta(hours=24)
    assert register.within.of == "reported_at"
    assert process.moves["report"].within is not None
    assert process.moves["report"].within.of == ""
    assert confirm.second_person
    assert isinstance(confirm.requires, Linked)
    assert confirm.requires.type == "field-report"
    assert process.moves["reject"].reason
    assert process.moves["reject"].sets == ("decided_by",)


@pytest.mark.parametrize(
    ("declared", "of", "until"),
    [
        ("{days: 7}", "", ""),
        ("{days: 7, of: tasked}", "tasked", ""),
        ("{days: 7, of: recorded_at, until: reported_at}", "recorded_at", "reported_at"),
        ("{days: 7, of: occurred_on, until: occurred_on}", "occurred_on", "occurred_on"),
    ],
)
def test_clock_starts_and_ends_as_declared(folder: Folder, declared: str, of: str, until: str) -> None:
    folder.change("isle/records/ceasefire-finding.yaml", "within: {days: 7}", f"within: {declared}")
    process = folder.mission().record_types["ceasefire-finding"].process
    assert process is not None
    assert process.moves["report"].within == Within(timedelta(days=7), of, until)


def test_examples_and_demonstration_keep_their_steps(folder: Folder) -> None:
    mission = folder.mission()
    first, second = mission.record_types["ceasefire-finding"].examples
    assert first.play[2] == {"move": "register", "as": "joc-officer"}
    assert first.then["state"] == "registered"
    assert second.refused == "REC-031"
    assert mission.measures["ceasefire-findings-confirmed"].examples[0].expect == ({"period": "2030-Q1", "value": 0},)
    assert [next(iter(step)) for step in mission.demonstration] == ["record", "record", "link", "move"]


def test_measure_is_whole(folder: Folder) -> None:
    measure = folder.mission().measures["ceasefire-findings-confirmed"]
    assert (measure.when.how, measure.when.name) == ("moved", "confirm")
    assert measure.smallest_cell == {"public": 0}
    assert measure.limit == "1/observers"
    assert measure.settings == {"coverage": {"share_of": "observation-days", "at_least": 0.5}}
    assert measure.coverage is not None
    assert "50 %" in measure.coverage.en
    assert measure.unit == Words("Ceasefire finding", "Constat relatif au cessez-le-feu")


def test_items_take_force_kind_and_addressees_of_their_paragraph(folder: Folder) -> None:
    provisions = folder.mission().instrument.provisions
    assert (provisions["1.a.-1"].force, provisions["1.a.-1"].kind) == ("Decides", "decides")
    assert provisions["1.a.-1"].addressees == ("OMI",)
    assert provisions["2"].clocks[0].dates == (date(2030, 3, 31), date(2030, 6, 30))
    assert provisions["1"].limits[0].key == "observers"
    assert provisions["1"].limits[0].amount == 120


def test_mission_is_whole(folder: Folder) -> None:
    mission = folder.mission()
    assert mission.key == "isle"
    assert mission.invented
    assert mission.settings["number_prefix"] == "OMI"
    assert str(mission.period) == "2030-01-01/2031-01-01"
    assert str(mission.demonstration_period) == "2030-01-01/2030-04-01"
    assert mission.audiences["public"].smallest_cell == 5
    assert mission.tasks["watch-truce"].partners == ("office", "council")
    assert {"parties", "components", "partners", "admiralty"} <= set(mission.options)
    assert mission.products["quarterly"].masthead == {"organ": Words("Council", "Conseil")}
    assert mission.areas["harbour"].approximate
    assert not mission.areas["north-isle"].approximate
    assert mission.places["tombouctou"].uncertainty_m == 500
    assert mission.places["kidal"].uncertainty_m == 2000


def test_words_that_are_missing_are_made_from_the_key_and_noted(folder: Folder) -> None:
    mission, issues = folder.load()
    assert mission is not None
    process = mission.record_types["ceasefire-finding"].process
    assert process is not None
    assert process.states["not-confirmed"].label == Words("Not confirmed", "Not confirmed")
    noted = {(issue.where.path, issue.code) for issue in issues if issue.level == "note"}
    assert ("process.moves.register", "MIS-071") in noted
    assert ("fields.instrument", "MIS-071") in noted


def test_digest_follows_meaning_and_not_examples(folder: Folder) -> None:
    before = folder.mission()
    folder.change("isle/records/ceasefire-finding.yaml", "refused: REC-031", "refused: REC-032")
    assert folder.mission().record_types["ceasefire-finding"].digest == before.record_types["ceasefire-finding"].digest
    folder.change("isle/options/ceasefire-categories.yaml", "  movement:", "  flight: Flight\n  movement:")
    after = folder.mission()
    assert after.record_types["ceasefire-finding"].digest != before.record_types["ceasefire-finding"].digest
    assert after.record_types["security-event"].digest == before.record_types["security-event"].digest
    assert after.digest != before.digest
    assert after.measures["observation-days"].digest == before.measures["observation-days"].digest


def test_loading_twice_gives_the_same_digest(folder: Folder) -> None:
    assert folder.mission().digest == folder.mission().digest


def test_child_replaces_lists_and_null_takes_away(folder: Folder) -> None:
    folder.write(
        "isle/records/quick-finding.yaml",
        "version: 1\nextends: ceasefire-finding\ncode: QCK\nlabel: Quick\nplural: Quick\nserves: [1]\n"
        "fields: {reservation: null, category: {required: false}}\nprocess: null\n",
    )
    quick = folder.mission().record_types["quick-finding"]
    assert "reservation" not in quick.fields
    assert quick.process is None
    assert not quick.fields["category"].required
    assert quick.fields["category"].options
    assert quick.serves == ("1",)
    assert quick.examples == ()


def test_mission_may_add_to_a_shared_type_of_the_same_key(folder: Folder) -> None:
    folder.write(
        "isle/records/event.yaml", "version: 2\nextends: event\nabstract: true\nfields: {weather: {kind: text}}\n"
    )
    fields = folder.mission().record_types["security-event"].fields
    assert "weather" in fields
    assert "occurred_on" in fields


def test_shared_measure_comes_along_unless_the_mission_has_its_own(folder: Folder) -> None:
    shared = FILES["isle/measures/observation-days.yaml"]
    folder.write("base/measures/observation-days.yaml", shared.replace("Days observed", "Shared days"))
    folder.write("base/measures/other-days.yaml", shared.replace("Days observed", "Other days"))
    measures = folder.mission().measures
    assert measures["observation-days"].label.en == "Days observed"
    assert measures["other-days"].label.en == "Other days"
    assert measures["other-days"].file.startswith("base/")


def test_new_record_type_and_measure_are_one_file_each(folder: Folder) -> None:
    folder.write(
        "isle/records/boat-sighting.yaml",
        "version: 1\nextends: event\ncode: BTS\nlabel: {en: Boat sighting, fr: Observation d’un bateau}\n"
        "plural: {en: Boat sightings, fr: Observations de bateaux}\nserves: [1.a]\n"
        "fields:\n  boats: {kind: integer, label: {en: Boats, fr: Bateaux}}\n",
    )
    folder.write(
        "isle/measures/boats-seen.yaml",
        "version: 1\nlabel: {en: Boats seen, fr: Bateaux vus}\nrule: {en: All boats, fr: Tous les bateaux}\n"
        "unit: {en: boats, fr: bateaux}\nmeasure: sum\nof: boat-sighting\nvalue: boats\nwhen: occurred\nby: [month, region]\n",
    )
    mission = folder.mission()
    assert mission.record_types["boat-sighting"].fields["boats"].kind == "integer"
    assert mission.measures["boats-seen"].of == "boat-sighting"
    assert folder.problems() == []


def test_names_known_to_conditions_are_those_of_the_record() -> None:
    record = Record("", "", 1, "event", "", "", "unclassified", {}, NOW, Author("", ""))
    assert set(ENVELOPE) == set(record.envelope())


def test_columns_that_are_taken_are_those_of_the_snapshot() -> None:
    assert {*OF_RECORDS, *SHARED} == envelope_names()
    assert set(OF_ROWS) == set(ITEM)


def test_periods_are_those_of_the_engine() -> None:
    breakdowns = pytest.importorskip("remit.measures.breakdowns")
    assert PERIODS == breakdowns.TIMES


def test_sixty_more_types_load(folder: Folder) -> None:
    for number in range(60):
        code = f"code: K{chr(65 + number // 26)}{chr(65 + number % 26)}\n"
        folder.write(f"isle/records/kind-{number}.yaml", FILES["isle/records/security-event.yaml"] + code)
    mission = folder.mission()
    assert len(mission.record_types) > 60
