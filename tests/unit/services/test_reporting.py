"""Products: drafted, kept with their figures, printed again as they were, and told to an audience as it may know them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from remit.kernel.conditions import ALWAYS
from remit.kernel.errors import BadInput, Forbidden, Hidden
from remit.measures.lazy import LazyEngine
from remit.missions.mission import Mission
from remit.records.journal import Query
from remit.records.types import ClassificationLevel
from remit.reporting.document import Paragraph, Table
from remit.reporting.masking import withheld
from remit.services.freezing import frozen
from remit.services.kept_products import products
from remit.services.moving import move
from remit.services.product_files import render, save
from remit.services.releasing import prepare
from remit.services.reporting import keep_product, reprint, write
from tests.unit.services.exercise import QUARTER, QUAY, Exercise
from tests.workspaces import composition

CUT_OFF = datetime(2020, 6, 15, 12, tzinfo=UTC)
AFTER = "2020-06-20"


def with_cells(mission: Mission, smallest: int, *, level: ClassificationLevel = "unclassified") -> Mission:
    """Return the mission with its figures held to a smallest cell for the Council."""
    measures = {
        key: replace(measure, smallest_cell={"council": smallest, "public": smallest}, level=level)
        for key, measure in mission.measures.items()
    }
    return replace(mission, measures=measures)


def paragraph_with(blocks: object, key: str) -> Paragraph:
    """Return the paragraph that prints a figure."""
    return next(b for b in blocks if isinstance(b, Paragraph) and key in b.figures)  # type: ignore[attr-defined]


def test_a_draft_prints_the_figures_and_keeps_nothing(exercise: Exercise) -> None:
    exercise.verified()
    entries = exercise.count()
    document = write(exercise.on(AFTER), exercise.actor("reporting-officer"), "quarterly", QUARTER, cut_off=CUT_OFF)
    assert "verified one incident," in paragraph_with(document.blocks, "incidents-verified").text
    assert document.internal and document.invented and document.as_of == CUT_OFF
    assert exercise.count() == entries
    assert products(exercise.workspace, exercise.actor("reporting-officer")) == []


def test_what_comes_after_the_cut_off_is_not_in_it(exercise: Exercise) -> None:
    exercise.verified()
    exercise.verify(exercise.incident("2020-06-14"), "2020-06-18")
    officer = exercise.actor("reporting-officer")
    before = write(exercise.on(AFTER), officer, "quarterly", QUARTER, cut_off=CUT_OFF)
    after = write(exercise.on(AFTER), officer, "quarterly", QUARTER)
    assert (before.figures["incidents-verified"].value, after.figures["incidents-verified"].value) == (1, 2)


def test_a_kept_product_is_printed_again_as_it_was_whatever_is_known_now(exercise: Exercise) -> None:
    exercise.verified()
    exercise.patrol()
    officer = exercise.actor("reporting-officer")
    kept = keep_product(exercise.on(AFTER), officer, "quarterly", QUARTER, cut_off=CUT_OFF)
    assert kept.record.number == "UNXMT-PRD-2020-0001"
    assert {one.figure.key for one in frozen(exercise.workspace, officer)} == {
        "incidents-verified",
        "patrols-completed",
    }
    exercise.verified("2020-05-05")
    exercise.patrol("2020-05-06", completed=False)
    again = reprint(exercise.on("2020-07-30"), officer, kept.record.id)
    assert again.document == kept.document
    assert render(exercise.workspace, again.document)[".html"] == render(exercise.workspace, kept.document)[".html"]
    french = reprint(exercise.workspace, officer, kept.record.id, language="fr").document
    assert french.figures == kept.document.figures and french.language == "fr"
    documents = kept.record.values["documents"]
    assert [one["name"].rsplit(".", 1)[1] for one in documents] == ["docx", "html", "pdf"]
    assert all(exercise.workspace.attachments.read(one["sha256"]) for one in documents)


def test_a_product_that_is_refused_keeps_nothing(exercise: Exercise) -> None:
    exercise.verified()
    entries = exercise.count()
    officer = exercise.actor("reporting-officer")
    for product, audience, code in (
        ("yearly", "", "REP-001"),
        ("quarterly", "press", "REP-002"),
    ):
        with pytest.raises(BadInput) as refused:
            keep_product(exercise.on(AFTER), officer, product, QUARTER, audience=audience)
        assert refused.value.code == code
    assert exercise.count() == entries


def test_who_may_not_report_drafts_nothing(exercise: Exercise) -> None:
    for role in ("field-officer", "delegation", "researcher"):
        with pytest.raises(Forbidden) as refused:
            write(exercise.workspace, exercise.actor(role), "quarterly", QUARTER)
        assert refused.value.code == "ACC-021"


def council(mission: Mission, engine: LazyEngine, smallest: int = 5) -> Exercise:
    """Return a workspace whose figures for the Council withhold small cells: two incidents in April, six in May."""
    made = Exercise(replace(composition().in_memory(with_cells(mission, smallest)), engine=engine))
    for day in (2, 5):
        made.verified(f"2020-04-{day:02}")
    for day in range(1, 7):
        made.verified(f"2020-05-{day:02}", place=QUAY)
    return made


def test_small_cells_are_withheld_from_an_audience_and_said_to_be(mission: Mission, engine: LazyEngine) -> None:
    made = council(mission, engine)
    officer = made.actor("reporting-officer")
    inside = write(made.on(AFTER), officer, "quarterly", QUARTER)
    outside = write(made.on(AFTER), officer, "quarterly", QUARTER, audience="council")

    def cells(document: object) -> list[str]:
        table = next(b for b in document.blocks if isinstance(b, Table))  # type: ignore[attr-defined]
        return [row[1][0] for row in table.rows]

    assert cells(inside) == ["0", "2", "6", "0"]
    assert "2" not in cells(outside) and cells(outside).count("[…]") >= 2  # the small one, and one that would tell it
    assert not inside.withheld and outside.withheld
    assert withheld(inside) == {} and sum(withheld(outside).values()) >= 2
    html = render(made.workspace, outside)[".html"].decode()
    assert "stands for a number withheld" in html


def test_a_withheld_number_is_not_taken_for_none(mission: Mission, engine: LazyEngine) -> None:
    made = Exercise(replace(composition().in_memory(with_cells(mission, 5)), engine=engine))
    made.verified()
    document = write(made.on(AFTER), made.actor("reporting-officer"), "quarterly", QUARTER, audience="council")
    said = paragraph_with(document.blocks, "incidents-verified").text
    assert "[…] incidents" in said and "no incident" not in said


def test_a_copy_for_an_audience_carries_no_internal_mark(mission: Mission, engine: LazyEngine) -> None:
    made = council(mission, engine, 0)
    officer = made.actor("reporting-officer")
    document = write(made.on(AFTER), officer, "quarterly", QUARTER, audience="council")
    page = render(made.workspace, document)[".html"].decode()
    ids = [record.id for record in made.workspace.journal.find(Query(ALWAYS, limit=None))]
    assert 'class="margin"' not in page and 'class="answers"' not in page and 'class="origin"' not in page
    assert len(ids) == 8 and not any(identifier in page for identifier in ids)
    assert "block-" not in page
    assert all(figure.record_ids == () for figure in document.figures.values())
    assert "Invented" in page


def test_a_product_above_its_audience_is_refused(mission: Mission, engine: LazyEngine) -> None:
    made = Exercise(replace(composition().in_memory(with_cells(mission, 0, level="confidential")), engine=engine))
    with pytest.raises(BadInput) as refused:
        write(made.on(AFTER), made.actor("reporting-officer"), "quarterly", QUARTER, audience="council")
    assert refused.value.code == "REP-013"
    inside = write(made.on(AFTER), made.actor("reporting-officer"), "quarterly", QUARTER)
    assert inside.level == "confidential"


def test_a_product_is_for_the_audiences_that_it_names(mission: Mission, engine: LazyEngine) -> None:
    outlines = {key: replace(product, audiences=("public",)) for key, product in mission.products.items()}
    made = Exercise(replace(composition().in_memory(replace(mission, products=outlines)), engine=engine))
    with pytest.raises(BadInput) as refused:
        write(made.on(AFTER), made.actor("reporting-officer"), "quarterly", QUARTER, audience="council")
    assert refused.value.code == "REP-003" and "public" in refused.value.text()


def test_a_breakdown_finer_than_the_audience_may_know_is_refused(mission: Mission, engine: LazyEngine) -> None:
    part = next(p for s in mission.products["quarterly-note"].parts for p in s.parts if p.kind == "table")
    outline = replace(mission.products["quarterly-note"], parts=(replace(part, by="island"),))
    coarse = {key: replace(audience, place="") for key, audience in mission.audiences.items()}
    changed = replace(mission, products={"quarterly-note": outline}, audiences=coarse)
    made = Exercise(replace(composition().in_memory(changed), engine=engine))
    with pytest.raises(BadInput) as refused:
        write(made.on(AFTER), made.actor("reporting-officer"), "quarterly", QUARTER, audience="council")
    assert refused.value.code == "REP-014"


def test_readers_see_the_products_made_for_them(exercise: Exercise) -> None:
    exercise.verified()
    officer = exercise.actor("reporting-officer")
    inside = keep_product(exercise.on(AFTER), officer, "quarterly", QUARTER)
    outside = keep_product(exercise.on(AFTER), officer, "quarterly", QUARTER, audience="council")
    seen = {
        role: {r.id for r in products(exercise.workspace, exercise.actor(role))}
        for role in ("delegation", "researcher")
    }
    assert seen == {"delegation": set(), "researcher": set()}  # not before it is released
    release = prepare(exercise.on(AFTER), officer, outside.record.id, "council", "Duty to report")
    move(exercise.on(AFTER), exercise.actor("chief-of-staff"), release.id, "approve")
    to = {"recipient": "Adviser", "organization": "A mission (invented)", "channel": "note", "given_on": "2020-06-21"}
    move(exercise.on(AFTER), officer, release.id, "hand-over", values={"recipients": [to]})
    assert [r.id for r in products(exercise.workspace, exercise.actor("delegation"))] == [outside.record.id]
    assert reprint(exercise.workspace, exercise.actor("delegation"), outside.record.id).document.internal is False
    with pytest.raises(Hidden):
        reprint(exercise.workspace, exercise.actor("delegation"), inside.record.id)


def test_a_file_appears_whole_or_not_at_all(exercise: Exercise, tmp_path: Path) -> None:
    document = write(exercise.on(AFTER), exercise.actor("reporting-officer"), "quarterly", QUARTER)
    save(exercise.workspace, document, tmp_path / "new" / "report.docx")
    assert [p.name for p in (tmp_path / "new").iterdir()] == ["report.docx"]
    (tmp_path / "file").write_text("here")
    for place, code in (
        (tmp_path / "r.odt", "REP-021"),
        (tmp_path / "file" / "r.html", "OUT-001"),
        (tmp_path / "new" / "x", "REP-021"),
    ):
        with pytest.raises(BadInput) as refused:
            save(exercise.workspace, document, place)
        assert refused.value.code == code
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["file", "new", "report.docx"]
