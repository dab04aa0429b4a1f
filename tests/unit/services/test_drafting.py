"""Products in the making: passages that people write, lists of records, what is lacking, and versions compared."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from remit.kernel.errors import BadInput, Conflict, Forbidden
from remit.kernel.periods import parse_period
from remit.reporting.document import Heading, Paragraph, Table
from remit.services.checklist import checklist
from remit.services.drafting import PASSAGE, passages, write_passage, written
from remit.services.recording import record
from remit.services.report_page import product_for
from remit.services.reporting import keep_product, reprint, write
from remit.services.versions import compare_versions
from remit.services.withdrawing import withdraw
from tests.unit.services.exercise import QUARTER, Exercise

AFTER = "2020-06-20"
DAY = parse_period("2020-04-02/2020-04-03")
TEXT = "UNXMT saw {figure:incidents-verified|incident|incidents}.\n\nIt was quiet else."


def observe(
    exercise: Exercise, text: str = TEXT, *, by: str = "chief-of-staff", revision: int | None = None, day: str = AFTER
) -> None:
    """Write the observations of the quarterly note."""
    workspace = exercise.on(day)
    product = product_for(workspace, "quarterly-note")
    write_passage(
        workspace, exercise.actor(by), product, QUARTER, "observations", text, language="en", revision=revision
    )


def test_a_passage_nobody_wrote_is_wanted_inside_and_left_out_outside(exercise: Exercise) -> None:
    officer = exercise.actor("reporting-officer")
    inside = write(exercise.on(AFTER), officer, "quarterly", QUARTER)
    assert inside.unwritten == ("observations",)
    assert [p.passage for p in inside.paragraphs() if p.unwritten] == ["observations"]
    assert [check.key for check in checklist(inside) if not check.ok] == ["passages"]
    outside = write(exercise.on(AFTER), officer, "quarterly", QUARTER, audience="council")
    assert not any(p.unwritten for p in outside.paragraphs()) and outside.unwritten == ("observations",)


def test_a_passage_is_written_in_paragraphs_and_its_figures_are_computed_and_frozen(exercise: Exercise) -> None:
    exercise.verified()
    observe(exercise)
    document = write(exercise.on(AFTER), exercise.actor("reporting-officer"), "quarterly", QUARTER)
    told = [p for p in document.paragraphs() if p.passage == "observations"]
    assert [p.text for p in told] == ["UNXMT saw one incident.", "It was quiet else."]
    assert told[0].figures == ("incidents-verified",) and document.unwritten == ()
    assert told[1].number == told[0].number + 1


def test_every_wording_stays_in_the_journal_and_a_kept_product_prints_its_own(exercise: Exercise) -> None:
    officer = exercise.actor("reporting-officer")
    observe(exercise, "First words.")
    kept = keep_product(exercise.on(AFTER), officer, "quarterly", QUARTER)
    observe(exercise, "Second words.", by="reporting-officer", day="2020-06-21")
    now = write(exercise.on("2020-06-21"), officer, "quarterly", QUARTER)
    assert "Second words." in [p.text for p in now.paragraphs()]
    again = reprint(exercise.on("2020-06-30"), officer, kept.record.id)
    assert again.document == kept.document and "First words." in [p.text for p in again.document.paragraphs()]
    [row] = written(exercise.workspace, officer, product_for(exercise.workspace, "quarterly-note"), QUARTER)
    held = row.records["en"]
    assert held.revision == 2 and held.recorded_by.person == "chief-of-staff"
    assert held.amended_by == ("reporting-officer",)


def test_who_wrote_meanwhile_is_told_and_nothing_is_lost(exercise: Exercise) -> None:
    observe(exercise, "First words.", revision=0)
    with pytest.raises(Conflict, match="REP-036"):
        observe(exercise, "Others.", by="reporting-officer", revision=0)
    product = product_for(exercise.workspace, "quarterly-note")
    assert passages(exercise.workspace, product, QUARTER) == {("observations", "en"): "First words."}


@pytest.mark.parametrize(
    ("text", "by", "code"),
    [
        ("{figure:incident-verified}", "chief-of-staff", "REP-034"),
        ("{nonsense}", "chief-of-staff", "REP-034"),
        ("x" * 60_001, "chief-of-staff", "REP-033"),
        ("Words.", "joc-officer", "ACC-021"),
        ("Words.", "planner", "REP-035"),
        ("Words.", "delegation", "ACC-021"),
    ],
)
def test_what_cannot_stand_in_a_passage_and_who_may_not_write_it(
    exercise: Exercise, text: str, by: str, code: str
) -> None:
    with pytest.raises((BadInput, Forbidden), match=code):
        observe(exercise, text, by=by)
    assert not [e for e in exercise.workspace.journal.entries() if e.type == PASSAGE]


def test_a_list_shows_the_records_of_the_day_as_they_were_known(exercise: Exercise) -> None:
    officer = exercise.actor("reporting-officer")
    exercise.incident("2020-04-01")
    made = exercise.incident("2020-04-02")
    kept = keep_product(exercise.on("2020-04-02", 12), officer, "situation-note", DAY)
    [table] = [b for b in kept.document.blocks if isinstance(b, Table)]
    assert [row[0][0] for row in table.rows] == [made.number] and table.rows[0][4][0] == "Reported"
    assert kept.document.level == "confidential"
    exercise.verify(made, "2020-04-03")
    raw = {
        "title": "Late (invented)",
        "occurred_on": "2020-04-02",
        "place": made.values["place"],
        "category": "shooting",
    }
    record(exercise.on("2020-04-04"), exercise.actor("field-officer"), "incident", raw)
    [later] = [b for b in write(exercise.on(AFTER), officer, "situation", DAY).blocks if isinstance(b, Table)]
    assert sorted(row[4][0] for row in later.rows) == ["Reported", "Verified"]
    cut = datetime(2020, 4, 2, 12, tzinfo=UTC)
    [then] = [
        b for b in write(exercise.on(AFTER), officer, "situation", DAY, cut_off=cut).blocks if isinstance(b, Table)
    ]
    assert then.rows == table.rows
    assert reprint(exercise.on(AFTER), officer, kept.record.id).document == kept.document


def test_a_list_holds_no_record_that_is_stricter_or_withdrawn_and_says_so(exercise: Exercise) -> None:
    plain = exercise.incident("2020-04-02")
    raw = {
        "title": "Secret (invented)",
        "occurred_on": "2020-04-02",
        "place": plain.values["place"],
        "category": "shooting",
    }
    record(exercise.on("2020-04-02"), exercise.actor("joc-officer"), "incident", raw, level="strictly-confidential")
    gone = exercise.incident("2020-04-02", by="joc-officer")
    withdraw(exercise.on("2020-04-03"), exercise.actor("joc-officer"), gone.id, reason="Twice (invented)")
    document = write(exercise.on(AFTER), exercise.actor("chief-of-staff"), "situation", DAY)
    [table] = [b for b in document.blocks if isinstance(b, Table)]
    assert [row[0][0] for row in table.rows] == [plain.number]
    assert "not listed" in table.note and document.level == "confidential"


def test_a_product_above_the_role_is_refused(exercise: Exercise) -> None:
    officer = exercise.actor("reporting-officer")
    low = replace(officer, role=replace(officer.role, clearance="unclassified"))
    with pytest.raises(Forbidden, match="REP-031"):
        write(exercise.on(AFTER), low, "situation", DAY)


def test_what_became_known_after_the_cut_off_is_listed_apart(exercise: Exercise) -> None:
    officer, cut = exercise.actor("reporting-officer"), datetime(2020, 6, 15, 12, tzinfo=UTC)
    exercise.verified()
    same = write(exercise.on(AFTER), officer, "quarterly", QUARTER, cut_off=cut)
    assert not [b for b in same.blocks if isinstance(b, Heading) and "after the cut-off" in b.text]
    exercise.verify(exercise.incident("2020-06-14"), "2020-06-18")
    later = write(exercise.on(AFTER), officer, "quarterly", QUARTER, cut_off=cut)
    assert later.figures["incidents-verified"].value == 1
    last = later.blocks[-1]
    assert isinstance(last, Table) and [text for text, _ in last.rows[0]][1:] == ["1", "2"]
    outside = write(exercise.on(AFTER), officer, "quarterly", QUARTER, cut_off=cut, audience="council")
    assert not [b for b in outside.blocks if isinstance(b, Heading) and "after the cut-off" in b.text]


def test_two_versions_are_compared_word_by_word_and_figure_by_figure(exercise: Exercise) -> None:
    officer = exercise.actor("reporting-officer")
    exercise.verified()
    observe(exercise, "The truce held in most of the isles.")
    one = keep_product(exercise.on(AFTER), officer, "quarterly", QUARTER)
    exercise.verified("2020-05-05")
    observe(exercise, "The truce held in all of the isles.", day="2020-06-21")
    other = keep_product(exercise.on("2020-06-22"), officer, "quarterly", QUARTER)
    found = compare_versions(exercise.on("2020-06-22"), officer, other.record.id, one.record.id, "en")
    assert found.old.record.id == one.record.id and [d.key for d in found.figures] == ["incidents-verified"]
    reworded = [c for c in found.changes if c.kind == "reworded"]
    assert [(e.kind, e.words) for c in reworded if "isles" in c.edits[-1].words for e in c.edits] == [
        ("same", "The truce held in"),
        ("dropped", "most"),
        ("added", "all"),
        ("same", "of the isles."),
    ]
    assert {c.kind for c in found.changes} == {"same", "reworded"}
    assert all(isinstance(p, Paragraph) for p in found.new.document.paragraphs())


def test_the_word_limit_counts_words_and_not_what_is_only_wanted(exercise: Exercise) -> None:
    officer = exercise.actor("reporting-officer")
    before = write(exercise.on(AFTER), officer, "quarterly", QUARTER)
    observe(exercise, "word " * 2500)
    after = write(exercise.on(AFTER), officer, "quarterly", QUARTER)
    assert after.word_count() == before.word_count() + 2500 > after.word_limit == 2000
    assert [check.key for check in checklist(after) if not check.ok] == ["words"]
