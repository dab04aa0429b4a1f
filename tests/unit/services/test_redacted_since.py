"""A product that printed a value redacted since says so; copies made again are without it; its release proposes a recall."""

from __future__ import annotations

from remit.kernel.periods import parse_period
from remit.reporting.document import ReportDocument, Table
from remit.services.drafting import PASSAGE, write_passage
from remit.services.redacted_since import printed_in, redacted_since
from remit.services.redacting import redact
from remit.services.release_page import release_page
from remit.services.releasing import prepare
from remit.services.report_page import kept_page, product_for
from remit.services.reporting import Kept, keep_product, reprint
from tests.unit.services.exercise import QUARTER, Exercise

DAY = parse_period("2020-04-02/2020-04-03")
LATER = "2020-06-25"


def destroy(exercise: Exercise, identifier: str, *fields: str, day: str = LATER) -> None:
    officer = exercise.actor("records-officer")
    redact(exercise.on(day), officer, identifier, fields, reason="Ordered (invented)")


def note(exercise: Exercise) -> Kept:
    """Keep the note of the day on which an incident is listed."""
    return keep_product(exercise.on("2020-04-02", 12), exercise.actor("reporting-officer"), "situation-note", DAY)


def words(document: ReportDocument) -> str:
    cells = [text for block in document.blocks if isinstance(block, Table) for row in block.rows for text, _ in row]
    return " ".join([*(paragraph.text for paragraph in document.paragraphs()), *cells])


def test_a_list_names_the_values_that_it_printed_and_a_copy_made_again_is_without_them(exercise: Exercise) -> None:
    officer, made = exercise.actor("reporting-officer"), exercise.incident()
    kept = note(exercise)
    assert redacted_since(exercise.on(LATER), officer, kept.record) == () and "Ferry Point" in words(kept.document)
    destroy(exercise, made.id, "place", "title")  # the list has no column of titles
    [one] = redacted_since(exercise.on(LATER), officer, kept.record)
    assert (one.number, [field.en for field in one.fields], one.where.fr) == (made.number, ["Place"], "Incidents")
    assert "Ferry Point" not in words(reprint(exercise.on(LATER), officer, kept.record.id).document)
    assert kept_page(exercise.on(LATER), officer, kept.record.id, "en").redacted == (one,)
    assert [product.id for product in printed_in(exercise.workspace, officer, made.id)] == [kept.record.id]


def test_what_was_redacted_before_or_is_not_printed_is_not_named(exercise: Exercise) -> None:
    officer, made = exercise.actor("reporting-officer"), exercise.incident()
    destroy(exercise, made.id, "place", day="2020-04-02")
    kept = note(exercise)
    destroy(exercise, made.id, "title")
    assert redacted_since(exercise.on(LATER), officer, kept.record) == ()
    assert printed_in(exercise.workspace, officer, made.id) == []


def test_a_passage_redacted_since_is_named_on_the_release_which_proposes_a_recall(exercise: Exercise) -> None:
    officer, chief = exercise.actor("reporting-officer"), exercise.actor("chief-of-staff")
    product = product_for(exercise.workspace, "quarterly-note")
    write_passage(
        exercise.on("2020-06-20"), chief, product, QUARTER, "observations", "The ferry was late.", language="en"
    )
    kept = keep_product(exercise.on("2020-06-20"), officer, "quarterly", QUARTER)
    release = prepare(exercise.on("2020-06-21"), officer, kept.record.id, "council", "Duty to report")
    assert release_page(exercise.on(LATER), officer, release.id, "en").redacted == ()
    [passage] = [e.record for e in exercise.workspace.journal.entries() if e.type == PASSAGE]
    destroy(exercise, passage, "text")
    page = release_page(exercise.on(LATER), officer, release.id, "en")
    assert [(one.where.en, one.fields[0].en) for one in page.redacted] == [("Passage “observations”", "Text")]
    assert not page.outside  # it did not leave: there is nothing to recall
    assert "ferry" not in words(reprint(exercise.on(LATER), officer, str(release.values["product"])).document)


def test_a_record_that_the_reader_may_not_see_is_not_named(exercise: Exercise) -> None:
    made = exercise.incident()
    kept = note(exercise)
    destroy(exercise, made.id, "place")
    outsider = exercise.actor("delegation")
    assert [(one.number, one.id) for one in redacted_since(exercise.on(LATER), outsider, kept.record)] == [("", "")]
    assert kept_page(exercise.on(LATER), exercise.actor("srsg"), kept.record.id, "fr").redacted[0].number == made.number
