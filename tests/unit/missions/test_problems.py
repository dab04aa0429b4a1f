"""One thing is broken in a valid folder: the code, the file, the line and the helpful words of what is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from remit.missions.load import load_mission

from .conftest import Folder

FINDING = "isle/records/ceasefire-finding.yaml"
MEASURE = "isle/measures/ceasefire-findings-confirmed.yaml"
PRODUCT = "isle/products/quarterly.yaml"
MANDATE = "isle/mandate.yaml"
PLAN = "isle/plan.yaml"
MISSION = "isle/mission.yaml"

ONE_CHANGE = {
    # keys and values
    "misspelt key": (FINDING, "process:", "proces:", "MIS-011", "“proces” is not a key here; did you mean “process”?"),
    "misspelt key inside": (FINDING, "final: true}}, {not", "finl: true}}, {not", "MIS-011", "did you mean “final”?"),
    "misspelt required key": (FINDING, "start: alleged", "strt: alleged", "MIS-011", "did you mean “start”?"),
    "missing key": (MEASURE, "measure: count\n", "", "MIS-012", "“measure” is missing"),
    "value of another kind": (FINDING, "sensitive: true", "sensitive: 'yes'", "MIS-013", "expected true or false"),
    "word that is no level": (FINDING, "level: confidential", "level: confidental", "MIS-014", "“confidential”"),
    "word that is no action": (MISSION, "may: [see, record, move]}", "may: [sea]}", "MIS-014", "“see”"),
    "day that does not exist": (MANDATE, "[2030-12-31]", "[2030-02-31]", "KER-011", "“2030-02-31” is not a date"),
    "period that ends early": (MISSION, "2030-01-01/2031-01-01", "2031-01-01/2030-01-01", "KER-013", "ends before"),
    "instant without zone": ("isle/demonstration/01.yaml", "T08:00:00Z", "T08:00:00", "MIS-015", "not an instant"),
    "key with capitals": (MISSION, "  sources:", "  Sources:", "MIS-015", "Sources"),
    "latitude off the earth": ("isle/places/places.yaml", "lat: 0.5", "lat: 95", "MIS-015", "95"),
    "step of two things": (FINDING, "{move: register, as", "{move: register, withdraw: event, as", "MIS-016", "one thing"),
    "step key without meaning": (FINDING, "{move: register, as", "{move: register, over: event, as", "MIS-016", "“over”"),
    "French words missing": (FINDING, "label: {en: Ceasefire finding, fr: Constat relatif au cessez-le-feu}",
                             "label: {en: Ceasefire finding}", "MIS-012", "“fr” is missing"),
    # names
    "unknown parent": (FINDING, "extends: finding", "extends: findng", "MIS-035", "“finding”"),
    "unknown options": (FINDING, "options: admiralty", "options: admirality", "MIS-031", "“admiralty”"),
    "unknown role in a move": (FINDING, "by: force-commander", "by: force-comander", "MIS-032", "“force-commander”"),
    "unknown role in a list": (FINDING, "by: [cts-chair]", "by: [cts-char]", "MIS-032", "“cts-chair”"),
    "wrong state in a move": (FINDING, "to: tasked", "to: taskd", "MIS-033", "“tasked”"),
    "wrong state in an example": (FINDING, "then: {state: registered", "then: {state: regstered", "MIS-033", "registered"),
    "wrong state in a condition": (MEASURE, "{state: confirmed}", "{state: confirmd}", "MIS-033", "“confirmed”"),
    "unknown field required": (FINDING, "{observed: {exists", "{observd: {exists", "MIS-034", "“observed”"),
    "unknown field of a clock": (FINDING, "of: reported_at", "of: reportd_at", "MIS-034", "“reported_at”"),
    "state of no such name as a clock's start": (FINDING, "within: {days: 7}", "within: {days: 7, of: taskd}", "MIS-034", "“tasked”"),
    "unknown field that ends a clock": (FINDING, "within: {days: 7}", "within: {days: 7, until: reportd_at}", "MIS-034", "“reported_at”"),
    "clock ended by a text": (FINDING, "within: {days: 7}", "within: {days: 7, until: title}", "MIS-034", "not a day or instant"),
    "clock counted back from a text": (FINDING, "within: {days: 7}", "within: {days: 7, before: title}", "MIS-034", "not a day or instant"),
    "clock of two units": (FINDING, "within: {days: 7}", "within: {days: 7, working_days: 5}", "MIS-078", "working days"),
    "clock of no days": (FINDING, "within: {days: 7}", "within: {days: 0, of: tasked}", "MIS-078", "on the day itself"),
    "clock forward and back": (FINDING, "within: {days: 7}", "within: {days: 7, of: tasked, before: reported_at}", "MIS-078", "not both"),
    "clock by nothing": (FINDING, "within: {days: 7}", "within: {lengths: {a: {days: 7}}}", "MIS-078", "“by”"),
    "clock by a text": (FINDING, "within: {days: 7}", "within: {by: title, lengths: {a: {days: 7}}}", "MIS-034", "not a choice"),
    "clock by an unknown option": (FINDING, "within: {days: 7}", "within: {by: category, lengths: {shoot: {days: 7}, shot: {days: 7}, move: {days: 7}}}", "MIS-045", "“shot”"),
    "clock without a length for an option": (FINDING, "within: {days: 7}", "within: {by: category, lengths: {shot: {days: 7}}}", "MIS-079", "has no length for"),
    "holiday that does not exist": (MISSION, "period: 2030", "holidays: {2030-02-31: Day}\nperiod: 2030", "KER-011", "2030-02-31"),
    "day of no week": (MISSION, "period: 2030", "working_week: [mondy]\nperiod: 2030", "MIS-014", "monday"),
    "clock ended by a state": (FINDING, "within: {days: 7}", "within: {days: 7, until: tasked}", "MIS-034", "not a day or instant"),
    "unknown field released": (FINDING, "fields: [instrument, cat", "fields: [instrumnt, cat", "MIS-034", "“instrument”"),
    "unknown field set": (FINDING, "sets: [decided_by]", "sets: [decidd_by]", "MIS-034", "“decided_by”"),
    "unknown field played": (FINDING, "{instrument: truce, category: shot}, as: joc-officer, over",
                             "{instrment: truce}, as: joc-officer, over", "MIS-034", "“instrument”"),
    "unknown breakdown": (MEASURE, "by: [region, category]", "by: [regon, category]", "MIS-034", "“region”"),
    "unknown times": ("base/records/record.yaml", "occurred: occurred_on", "occurred: ocurred_on", "MIS-034", "“occurred_on”"),
    "unknown event type": (FINDING, "over: security-event\n", "over: security-evnt\n", "MIS-035", "“security-event”"),
    "unknown reference": (FINDING, "to: party", "to: prty", "MIS-035", "“party”"),
    "unknown linked type": (FINDING, "type: field-report", "type: field-reprt", "MIS-035", "“field-report”"),
    "unknown type counted": (MEASURE, "of: ceasefire-finding", "of: ceasefire-findng", "MIS-035", "“ceasefire-finding”"),
    "unknown move timed": (MEASURE, "{moved: confirm}", "{moved: confrm}", "MIS-036", "“confirm”"),
    "unknown move played": (FINDING, "{move: register,", "{move: regster,", "MIS-036", "“register”"),
    "unknown measure in the plan": (PLAN, "[ceasefire-findings-confirmed]", "[ceasefire-findings]", "MIS-037", "-confirmed”"),
    "unknown measure of a limit": (MANDATE, "measure: ceasefire-f", "measure: ceasfire-f", "MIS-037", "“ceasefire-"),
    "unknown measure of coverage": (MEASURE, "share_of: observation", "share_of: observaton", "MIS-037", "“observation-days”"),
    "unknown figure in words": (PRODUCT, "were {figure:ceasefire-f", "were {figure:ceasfire-f", "MIS-037", "“ceasefire-"),
    "unknown figure in a table": (PRODUCT, "figures: [ceasefire-f", "figures: [ceasfire-f", "MIS-037", "“ceasefire-"),
    "unknown product": (MANDATE, "product: quarterly", "product: quartrly", "MIS-038", "“quarterly”"),
    "paragraph that is not there": (FINDING, "serves: [1, 1.a.-1]", "serves: [1, 1.a.-2]", "MIS-039", "“1.a.-1”"),
    "task without paragraph": (PLAN, "path: 1.a", "path: 1.b", "MIS-039", "“1.b”"),
    "reference to no paragraph": (MANDATE, 'references: ["2"]', 'references: ["3"]', "MIS-039", "“3”"),
    "unknown lead": (PLAN, "lead: force", "lead: forc", "MIS-040", "“force”"),
    "unknown partner": (PLAN, "[office, council]", "[office, counsil]", "MIS-040", "“council”"),
    "unknown component": (FINDING, "component: force", "component: forse", "MIS-040", "“force”"),
    "unknown audience": (MEASURE, "{public: 0}", "{publc: 0}", "MIS-042", "“public”"),
    "unknown area level": (FINDING, "place: cercle", "place: cercl", "MIS-043", "“cercle”"),
    "unknown area": ("isle/places/places.yaml", "region: south-isle", "region: south-ile", "MIS-043", "“south-isle”"),
    "unknown relation": (FINDING, "relation: evidence-for", "relation: evidnce-for", "MIS-044", "“evidence-for”"),
    "unknown kind of field": (FINDING, "{kind: narrative", "{kind: narative", "MIS-046", "“narrative”"),
    "unknown limit": (MEASURE, "1/observers", "1/observer", "MIS-047", "“1/observers”"),
    "record not named before": ("isle/demonstration/01.yaml", "over: shots", "over: shot", "MIS-048", "“shots”"),
    "total of a table without rows of its own": (PRODUCT, "by: month}", "total: true}", "MIS-077", "nothing to sum"),
    "unknown placeholder": (PRODUCT, "in {period}.", "in {perod}.", "MIS-049", "{period}"),
    # what must hold
    "unreachable state": (FINDING, "{not-confirmed: {final: true}}]", "{not-confirmed: {final: true}}, lost]", "MIS-051", "“lost”"),
    "choice without options": (FINDING, "{kind: choice, options: admiralty}", "{kind: choice}", "MIS-055", "“options”"),
    "sum of nothing": (MEASURE, "measure: count", "measure: sum", "MIS-056", "“value”"),
    "text with options": (FINDING, "{kind: narrative, s", "{kind: narrative, options: admiralty, s", "MIS-055", "“options”"),
    "setting of another kind": (FINDING, "{kind: narrative, s", "{kind: narrative, approximate: true, s", "MIS-011", "approximate"),
    "linked type that nothing is of": (FINDING, "type: field-report", "type: report", "MIS-061", "“report”"),
    "field named like the envelope": (FINDING, "reservation:   {", "state:   {", "MIS-063", "“state”"),
    "end before adoption": (MANDATE, "expires: 2030-12-31", "expires: 2029-12-01", "MIS-064", "2029-12-01"),
    "outline that crosses itself": ("isle/places/areas.yaml", "[[0, 1], [2, 1], [2, 2], [0, 2]]", "[[0, 1], [2, 2], [2, 1], [0, 2]]",
                                    "MIS-066", "north-isle"),
    # conditions
    "condition that cannot be read": (FINDING, "{observed: {exists: true}}", "{observed: {exist: true}}", "KER-021", "“exist”"),
    "condition on no group": (FINDING, "{observed: {exists: true}}", "{instrument: {any: {x: 1}}}", "MIS-062", "“instrument”"),
    "condition on a row": (FINDING, "{observed: {exists: true}}", "{observed: {any: {mean: direct}}}", "MIS-034", "“means”"),
    "condition with a wrong option": (FINDING, "{observed: {exists: true}}", "{category: {in: [shot, shoot]}}", "MIS-045", "“shot”"),
    "condition on another field": (FINDING, "{observed: {exists: true}}", "{place.region: {field: place.regon}}", "MIS-034",
                                   "“place.region”"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new", "code", "words"), ONE_CHANGE.values(), ids=ONE_CHANGE)
def test_one_change_is_told(folder: Folder, name: str, old: str, new: str, code: str, words: str) -> None:
    line = folder.change(name, old, new)
    mission, _ = folder.load()
    assert mission is None
    told = [issue for issue in folder.problems() if issue.code == code and issue.where.file == name]
    said = "\n".join(issue.text() for issue in folder.problems())
    assert told, said
    assert any(words in issue.text("en") for issue in told), said
    lines = {issue.where.line for issue in told}
    assert line in lines or (old.endswith("\n") and lines) or code in ("MIS-061",), said
    assert all(issue.message.fr and issue.message.fr != issue.message.en for issue in told)


@pytest.mark.parametrize(
    "case",
    ["misspelt key", "misspelt required key", "day that does not exist", "wrong state in a condition", "unknown options",
     "unknown relation", "unreachable state", "unknown lead", "unknown component", "unknown kind of field"],
)  # fmt: skip
def test_one_fault_is_told_once(folder: Folder, case: str) -> None:
    name, old, new, code, _ = ONE_CHANGE[case]
    folder.change(name, old, new)
    own = [issue for issue in folder.problems() if issue.code == code]
    assert len(own) == 1


def test_state_without_a_way_to_an_end(folder: Folder) -> None:
    folder.change(FINDING, "to: not-confirmed, by", "to: alleged, by")
    line = folder.change(FINDING, "{not-confirmed: {final: true}}]", "{not-confirmed: {final: true}}, stuck]")
    folder.change(FINDING, "    confirm:  {", "    park: {from: tasked, to: stuck, by: cts-chair}\n    confirm:  {")
    told = {issue.code: issue for issue in folder.problems()}
    assert set(told) == {"MIS-051", "MIS-052"}
    assert told["MIS-052"].where.line == line
    assert "“stuck”" in told["MIS-052"].message.en


def test_all_problems_of_a_folder_are_told_together(folder: Folder) -> None:
    folder.change(FINDING, "options: admiralty", "options: admirality")
    folder.change(MEASURE, "measure: count\n", "measure: cont\n")
    folder.change(PLAN, "lead: office", "lead: ofice")
    folder.change(MANDATE, "kind: requests", "kind: request")
    folder.write("isle/options/broken.yaml", "version: 1\noptions: [\n")
    files = {issue.where.file for issue in folder.problems()}
    assert files == {FINDING, MEASURE, PLAN, MANDATE, "isle/options/broken.yaml"}


def test_fault_of_a_parent_is_told_once_and_there(folder: Folder) -> None:
    line = folder.change("base/records/record.yaml", "{kind: instant,", "{kind: instnt,")
    issue = next(issue for issue in folder.problems() if issue.code == "MIS-046")
    assert (issue.where.file, issue.where.line) == ("base/records/record.yaml", line)
    assert sum(issue.code == "MIS-046" for issue in folder.problems()) == 1


def test_broken_type_does_not_make_its_users_wrong(folder: Folder) -> None:
    folder.change("isle/records/security-event.yaml", "version: 1", "version: one")
    assert folder.only().where.file == "isle/records/security-event.yaml"


@pytest.mark.parametrize(
    ("data", "code", "line", "words"),
    [
        (b"", "MIS-004", 1, "empty"),
        (b"# only a comment\n", "MIS-004", 1, "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "MIS-002", 1, "not UTF-8 text"),
        (b"version: 1\nlabel: caf\xe9\n", "MIS-002", 2, "0xe9"),
        (b"version: 1\nlabel: a\x00b\n", "MIS-002", 2, "U+0000"),
        (b"version: 1\nlabel: {en: a\noptions: b\n", "MIS-003", 3, "not valid YAML"),
        (b"version: 1\nversion: 2\noptions: {a: A}\n", "MIS-005", 2, "the first is on line 1"),
        (b"version: 1\noptions: {a: !!python/name:os.system A}\n", "MIS-006", 2, "python"),
        (b"version: 1\noptions: &x\n  a: *x\n", "MIS-006", 3, "leads back to itself"),
        (b"version: 1\n---\nversion: 2\n", "MIS-003", 2, "another document"),
        (b"- a\n- b\n", "MIS-013", 1, "expected a mapping"),
        (b"just words\n", "MIS-013", 1, "expected a mapping"),
        (b"version: 99999999999999999999\noptions: {a: A}\n", "MIS-006", 1, "number that large"),
    ],
)
def test_file_that_cannot_be_used(folder: Folder, data: bytes, code: str, line: int, words: str) -> None:
    (folder.root / "isle/options/extra.yaml").write_bytes(data)
    issue = folder.problems()[0]
    assert (issue.code, issue.where.file, issue.where.line) == (code, "isle/options/extra.yaml", line)
    assert words in issue.text("en")


def test_bomb_of_anchors_is_refused(folder: Folder) -> None:
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    rows += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
    folder.write("isle/options/extra.yaml", "\n".join(rows) + "\n")
    assert any(issue.code == "MIS-006" for issue in folder.problems())


@pytest.mark.parametrize(
    "text",
    ["a: " + "[" * 60_000 + "]" * 60_000, "- " * 60_000 + "x", "{a: " * 900 + "b" + "}" * 900, "x: 1\n" + "[" * 60_000],
)
def test_bottomless_nesting_is_refused(folder: Folder, text: str) -> None:
    folder.write("isle/options/extra.yaml", text)
    assert folder.problems()[0].code in ("MIS-003", "MIS-006")


def test_brackets_in_words_are_no_nesting(folder: Folder) -> None:
    folder.write("isle/options/extra.yaml", "version: 1\noptions: {a: '" + "[" * 80 + "'}\nlabel: A\n")
    assert folder.problems() == []


def test_place_in_an_area_of_another_level(folder: Folder) -> None:
    line = folder.change("isle/places/places.yaml", "region: south-isle", "region: harbour")
    issue = folder.only()
    assert (issue.code, issue.where.line) == ("MIS-067", line)


@pytest.mark.parametrize("name", ["mandate", "plan"])
def test_missing_file(folder: Folder, name: str) -> None:
    (folder.root / f"isle/{name}.yaml").unlink()
    issue = folder.problems()[0]
    assert (issue.code, issue.where.file) == ("MIS-008", f"isle/{name}.yaml")


def test_missing_mission_file(folder: Folder) -> None:
    (folder.root / "isle/mission.yaml").unlink()
    assert ("MIS-008", "isle/mission.yaml") in {(i.code, i.where.file) for i in folder.problems()}


def test_missing_folder(tmp_path: Path) -> None:
    mission, issues = load_mission(tmp_path / "nowhere", search=[tmp_path])
    assert mission is None
    assert [issue.code for issue in issues] == ["MIS-001"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("isle/record/x.yaml", "“records”"),
        ("isle/mandat.yaml", "“mandate”"),
        ("isle/records/x.yml", "Rename it to x.yaml"),
        ("isle/records/Big Name.yaml", "small letters"),
    ],
)
def test_file_out_of_place(folder: Folder, name: str, words: str) -> None:
    folder.write(name, "version: 1\n")
    issue = folder.only()
    assert issue.code == "MIS-007"
    assert words in issue.text("en")


def test_mission_that_it_extends_is_not_there(folder: Folder) -> None:
    line = folder.change(MISSION, "extends: base", "extends: bse")
    issue = folder.only()
    assert issue.code == "MIS-021"
    assert issue.where.line == line
    assert "“base”" in issue.text()


def test_mission_is_extended_by_its_name_and_not_by_a_way_to_it(folder: Folder) -> None:
    folder.change(MISSION, "extends: base", "extends: ../base")
    assert folder.only().code == "MIS-021"


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (MISSION, "extends: base", "extends: 3"),
        (MISSION, "area_levels: [region, cercle]", "area_levels: region"),
        (MISSION, "partners:\n  council: {en: Island council, fr: Conseil de l’île}", "partners: [council]"),
        (FINDING, "process:", "process: 3\nexamples: []\nprocess2:"),
        (FINDING, "{observed: {exists: true}}", "{linked: {type: [field-report]}}"),
        (FINDING, "{observed: {exists: true}}", "{linked: 3}"),
        (FINDING, "{observed: {exists: true}}", "{elapsed: {from: [a], to: {b: c}, at_most: {hours: 2}}}"),
        (FINDING, "{observed: {exists: true}}", "{all: [3]}"),
        (MEASURE, "when: {moved: confirm}", "when: [a]"),
        (MEASURE, "by: [region, category]", "by: {a: b}"),
        ("isle/demonstration/01.yaml", "as: joc-officer, at", "as: [joc], at"),
        ("isle/places/areas.yaml", "rings: [[[0, 1], [2, 1]", "rings: [[[0, 1], [2, x]"),
    ],
)
def test_value_of_an_odd_kind_is_told_and_nothing_else_breaks(folder: Folder, name: str, old: str, new: str) -> None:
    folder.change(name, old, new)
    problems = folder.problems()
    assert problems
    assert {issue.where.file for issue in problems} == {name}, "\n".join(issue.text() for issue in problems)


def test_circle_of_missions(folder: Folder) -> None:
    folder.change("base/mission.yaml", "version: 1", "version: 1\nextends: isle")
    issue = next(issue for issue in folder.problems() if issue.code == "MIS-022")
    assert issue.where.file == "base/mission.yaml"
    assert "isle → base → isle" in issue.message.en


def test_circle_of_record_types(folder: Folder) -> None:
    folder.change("base/records/record.yaml", "version: 1", "version: 1\nextends: finding")
    circles = [issue for issue in folder.problems() if issue.code == "MIS-022"]
    assert len(circles) == 1
    assert "finding" in circles[0].message.en


def test_paragraph_without_a_task(folder: Folder) -> None:
    folder.change(PLAN, 'path: "2"', 'path: "1"')
    issue = folder.only()
    assert (issue.code, issue.where.file) == ("MIS-053", MANDATE)
    assert "paragraph 2" in issue.message.en


def test_item_without_its_paragraph(folder: Folder) -> None:
    line = folder.change(MANDATE, "  1.a.-1:", "  1.c.-1:")
    folder.change(FINDING, "serves: [1, 1.a.-1]", "serves: [1]")
    issue = folder.only()
    assert (issue.code, issue.where.line) == ("MIS-054", line)
    assert "“1.c”" in issue.message.en


def test_paragraph_without_force(folder: Folder) -> None:
    folder.change(MANDATE, "    force: Requests\n", "")
    assert folder.only().code == "MIS-012"


def test_gap_in_the_mandate_is_a_warning(folder: Folder) -> None:
    text = '  "4":\n    words: A\n    force: Notes\n    kind: affirms\n    addressees: [OMI]\n'
    with (folder.root / MANDATE).open("a") as mandate:
        mandate.write(text)
    with (folder.root / PLAN).open("a") as plan:
        plan.write('  four: {path: "4", lead: force}\n')
    issue = folder.only()
    assert (issue.code, issue.level) == ("MIS-057", "warning")
    assert "Paragraph 3" in issue.message.en


def test_languages_with_other_figures_are_a_warning(folder: Folder) -> None:
    folder.change(PRODUCT, "en {period}.", "en juin.")
    issue = folder.only()
    assert (issue.code, issue.level) == ("MIS-059", "warning")
    assert "period" in issue.message.en


def test_limit_placeholder_needs_a_limit(folder: Folder) -> None:
    folder.change(MEASURE, "limit: 1/observers\n", "")
    assert {issue.code for issue in folder.problems()} == {"MIS-047"}


def test_figure_stricter_than_its_product(folder: Folder) -> None:
    folder.change(MEASURE, "level: unclassified", "level: confidential")
    assert {(issue.code, issue.where.file) for issue in folder.problems()} == {("MIS-058", PRODUCT)}


def test_time_that_records_do_not_tell(folder: Folder) -> None:
    folder.change("base/records/record.yaml", "times: {occurred: occurred_on, reported", "times: {reported")
    issue = folder.only()
    assert issue.code == "MIS-060"
    assert issue.where.file == "isle/measures/observation-days.yaml"


def test_refused_step_may_name_what_is_not_there(folder: Folder) -> None:
    folder.change(FINDING, "{move: confirm, as: emov-member}]", "{record: {nonsense: 1}, as: emov-member}]")
    assert folder.problems() == []


def test_deep_condition_is_told_where_it_is(folder: Folder) -> None:
    folder.change(
        FINDING,
        "requires: {observed: {exists: true}}}",
        "requires: {all: [\n      {category: shot},\n      {not: {observed: {exist: true}}},\n"
        "      {any: [{instrument: truce},\n        {categry: shot}]}]}}",
    )
    told = {issue.code: issue for issue in folder.problems()}
    assert told["KER-021"].where.path.endswith("requires.all.1.not.observed")
    folder.change(FINDING, "{exist: true}", "{exists: true}")
    issue = folder.only()
    assert issue.code == "MIS-034"
    assert issue.where.path.endswith("all.2.any.1.categry")


def test_issues_come_gravest_first(folder: Folder) -> None:
    folder.change(PRODUCT, "in {period}.", "in June.")
    folder.change(PLAN, "lead: force", "lead: forc")
    levels = [issue.level for issue in folder.load()[1]]
    assert levels == sorted(levels, key=["error", "warning", "note"].index)


@pytest.mark.parametrize(
    ("where", "code", "words"),
    [
        ("{record.state: confirmd}", "MIS-033", "“confirmed”"),
        ("{record.categry: shot}", "MIS-034", "“record.category”"),
        ("{record.category: shoot}", "MIS-045", "“shot”"),
        ("{grade: {field: record.means}}", "MIS-034", "“record.means”"),
    ],
)
def test_record_of_a_row_is_named_rightly(folder: Folder, where: str, code: str, words: str) -> None:
    folder.change(MEASURE, "of: ceasefire-finding\n", "of: ceasefire-finding.observed\n")
    line = folder.change(MEASURE, "{state: confirmed}", where)
    issue = folder.only()
    assert (issue.code, issue.where.file, issue.where.line) == (code, MEASURE, line)
    assert words in issue.text("en")


def test_two_types_of_one_code(folder: Folder) -> None:
    folder.write("isle/records/other-report.yaml", "version: 1\nextends: report\n")
    issue = folder.only()
    assert (issue.code, issue.where.file) == ("MIS-068", "isle/records/other-report.yaml")
    assert "isle/records/field-report.yaml" in issue.message.en and "RPT" in issue.message.fr
    folder.write("isle/records/other-report.yaml", "version: 1\nextends: report\nabstract: true\n")
    assert folder.problems() == []


ROWS = "isle/records/security-event.yaml"


@pytest.mark.parametrize(
    ("field", "code", "words"),
    [
        ("record_id: {kind: text}", "MIS-063", "“record_id”"),
        ("id: {kind: text}", "MIS-063", "“id”"),
        ("occurred: {kind: text}", "MIS-063", "“occurred”"),
        ("recorded: {kind: group, fields: {at: {kind: instant}}}", "MIS-063", "“recorded_at”"),
        ("rows: {kind: group, repeats: true, fields: {item: {kind: text}}}", "MIS-063", "“item”"),
        ("rows: {kind: group, repeats: true, fields: {record_id: {kind: text}}}", "MIS-063", "“record_id”"),
        ("place_region: {kind: text}", "MIS-070", "“place” and “place_region”"),
        ("occurred_on_precision: {kind: text}", "MIS-070", "“occurred_on”"),
        ("rows: {kind: group, repeats: true, fields: {a: {kind: place}, a_name: {kind: text}}}", "MIS-070", "“a_name”"),
    ],
)
def test_column_that_is_taken(folder: Folder, field: str, code: str, words: str) -> None:
    (folder.root / ROWS).write_text((folder.root / ROWS).read_text("utf-8") + f"fields:\n  {field}\n", "utf-8")
    issue = folder.only()
    assert (issue.code, issue.where.file, issue.where.line) == (code, ROWS, 6)
    assert words in issue.message.en


@pytest.mark.parametrize(
    "field",
    ["rows: {kind: group, repeats: true, fields: {state: {kind: text}, title: {kind: text}}}", "occurred_at: {kind: instant}",
     "title: {kind: narrative}", "item: {kind: text}"],
)  # fmt: skip
def test_column_that_may_be_filled(folder: Folder, field: str) -> None:
    (folder.root / ROWS).write_text((folder.root / ROWS).read_text("utf-8") + f"fields:\n  {field}\n", "utf-8")
    assert folder.problems() == []


def test_list_that_hides_one_below(folder: Folder) -> None:
    text = "version: 1\nlabel: {en: Grade, fr: Cotation}\noptions: {b2: {en: B2, fr: B2}}\n"
    folder.write("isle/options/admiralty.yaml", text)
    issue = folder.only()
    assert (issue.code, issue.where.file) == ("MIS-069", "isle/options/admiralty.yaml")
    assert "base/options/admiralty.yaml" in issue.message.en
    folder.write("isle/options/admiralty.yaml", "replaces: true\n" + text)
    assert folder.problems() == []
    folder.write("isle/options/admiralties.yaml", "replaces: true\n" + text)
    issue = folder.only()
    assert (issue.code, issue.where.file, issue.where.line) == ("MIS-069", "isle/options/admiralties.yaml", 1)


ZONES = {
    "centre that is no place": ("centre: place", "centre: title", "MIS-034", "Declared: place"),
    "radius that is no decimal": ("radius_km: radius_km", "radius_km: title", "MIS-034", "Declared: radius_km"),
    "unknown move that orders it": ("ordered_by: register", "ordered_by: regster", "MIS-036", "“register”"),
    "unknown type watched": ("ceasefire-finding: {}", "ceasefire-findng: {}", "MIS-035", "“ceasefire-finding”"),
    "unknown field of a type watched": (
        "ceasefire-finding: {}",
        "ceasefire-finding: {colour: red}",
        "MIS-034",
        "“colour”",
    ),
    "ground that is no choice": ("ground: category", "ground: title", "MIS-034", "not a choice"),
}


@pytest.mark.parametrize("change", ZONES.values(), ids=ZONES)
def test_a_zone_names_what_is_there(folder: Folder, change: tuple[str, str, str, str]) -> None:
    wrong, by, code, words = change
    zone = (
        "zone: {centre: place, radius_km: radius_km, from: reported_at, until: reported_at, ordered_by: register, "
        "ground: category, watches: {ceasefire-finding: {}}}\n"
    )
    assert wrong in zone
    folder.change(FINDING, "fields:\n", f"{zone.replace(wrong, by)}fields:\n  radius_km: {{kind: decimal}}\n")
    issue = folder.only()
    assert issue.code == code and words in issue.text()


KEEPING = {
    "no length": ("retention: {keep: {}}", "MIS-081", "years, months or days"),
    "no such field": ("retention: {keep: {years: 5}, destroy: [narratve]}", "MIS-034", "narratve"),
    "no such condition": ("retention: {keep: {years: 5}, unless: {colour: red}}", "MIS-034", "colour"),
    "no such basis": ("declassification: {after: {years: 20}, of: closd}", "MIS-", "closed"),
    "no such level": ("declassification: {after: {years: 20}, to: secret}", "MIS-", "confidential"),
}


@pytest.mark.parametrize("wrong", KEEPING.values(), ids=KEEPING)
def test_a_rule_on_keeping_is_checked(folder: Folder, wrong: tuple[str, str, str]) -> None:
    rule, code, words = wrong
    folder.change(FINDING, "fields:\n", f"{rule}\nfields:\n")
    issue = folder.problems()[0]
    assert issue.code.startswith(code) and words in issue.text(), issue


def test_a_rule_on_keeping_counts_from_what_is_there(folder: Folder) -> None:
    folder.change(FINDING, "fields:\n", "retention: {keep: {years: 5}, of: closed}\nfields:\n")
    assert folder.problems() == [], "its process has a final state"
    folder.write(
        "isle/records/notice.yaml",
        "version: 1\nextends: report\nlabel: {en: Notice, fr: Avis}\nplural: {en: Notices, fr: Avis}\ncode: NOT\nlevel: unclassified\n"
        "source: A test\nretention: {keep: {days: 5}, of: closed}\n",
    )
    assert [issue.code for issue in folder.problems()] == ["MIS-082"]
