"""A product leaves the mission: looked through, decided, approved by a second person, handed over, recalled."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from remit.kernel.errors import BadInput, Conflict, Forbidden, Hidden, Refused
from remit.records.record import Record
from remit.services.drafting import write_passage
from remit.services.kept_products import products
from remit.services.moving import move
from remit.services.recording import record
from remit.services.release_page import audiences_for, release_list, release_page
from remit.services.releasing import decide, prepare
from remit.services.reporting import keep_product, reprint
from remit.services.withdrawing import withdraw
from tests.unit.services.exercise import FERRY, QUARTER, Exercise

AFTER = "2020-06-20"
HARMLESS = "The truce held on most days; boats crossed again."
NOTE = (
    "A trader saw boats at -40.6213, -119.4402 at dusk. ORIGINATOR CONTROLLED. Others say that the man who sold fuel to both "
    "sides slept there."
)
RECIPIENTS = [
    {"recipient": "Military adviser", "organization": "A permanent mission (invented)", "channel": "note", "given_on": "2020-06-22"}
]  # fmt: skip


def kept(exercise: Exercise, text: str) -> Record:
    """Return a product kept for the mission, with a passage that somebody wrote."""
    officer = exercise.actor("reporting-officer")
    exercise.verified("2020-04-02")
    write_passage(
        exercise.on(AFTER),
        officer,
        exercise.workspace.mission.products["quarterly-note"],
        QUARTER,
        "observations",
        text,
        language="en",
    )
    return keep_product(exercise.on(AFTER), officer, "quarterly", QUARTER).record


def prepared(exercise: Exercise, text: str = NOTE) -> Record:
    """Return a prepared release of such a product for the Council."""
    return prepare(
        exercise.on(AFTER), exercise.actor("reporting-officer"), kept(exercise, text).id, "council", "Duty to report"
    )


def go(exercise: Exercise, release: Record, key: str, role: str, **named: Any) -> Record:
    """Make a move of a release."""
    return move(exercise.on("2020-06-22"), exercise.actor(role), release.id, key, **named)


def seen_outside(exercise: Exercise) -> list[str]:
    """Return the products that a delegation sees."""
    return [one.id for one in products(exercise.workspace, exercise.actor("delegation"))]


def test_what_must_not_leave_is_found_masked_or_found_safe_and_nobody_outside_sees_it_before(
    exercise: Exercise,
) -> None:
    closed = {"title": "Fuel (invented)", "occurred_on": "2020-04-03", "place": FERRY, "category": "other"}
    record(
        exercise.on("2020-04-04"), exercise.actor("field-officer"), "incident",
        closed | {"title": "The man who sold fuel to both sides"}, compartment="hr-sources",
    )  # fmt: skip
    release = prepared(exercise)
    officer = exercise.actor("reporting-officer")
    rows = release.values["findings"]
    assert sorted(row["what"] for row in rows) == ["coordinate", "marking", "passage"]
    assert (release.state, seen_outside(exercise)) == ("prepared", [])
    with pytest.raises(Refused):
        go(exercise, release, "approve", "chief-of-staff")
    for number, row in enumerate(rows, start=1):
        chosen = "safe" if row["what"] == "marking" else "masked"
        release = decide(exercise.on(AFTER), officer, release.id, number, chosen, reason="read twice")
    assert len(release.values["documents"]) == 3
    release = go(exercise, release, "approve", "chief-of-staff")
    assert seen_outside(exercise) == []
    release = go(exercise, release, "hand-over", "reporting-officer", values={"recipients": RECIPIENTS})
    [product] = seen_outside(exercise)
    assert product == release.values["product"]
    outside = reprint(exercise.workspace, exercise.actor("delegation"), product, language="fr").document
    text = " ".join(paragraph.text for paragraph in outside.paragraphs())
    assert "-40.6213" not in text and "sold fuel" not in text and text.count("[…]") >= 2
    assert (
        "ORIGINATOR CONTROLLED" in text and outside.language == "en"
    )  # found safe; the language that was looked through
    inside = " ".join(p.text for p in reprint(exercise.workspace, officer, product).document.paragraphs())
    assert "-40.6213" in inside
    for file in release.values["documents"]:
        data = exercise.workspace.attachments.read(file["sha256"])
        assert data is not None and b"-40.6213" not in data
    recalled = go(exercise, release, "recall", "chief-of-staff", reason="a source was named elsewhere")
    assert (recalled.state, seen_outside(exercise)) == ("recalled", [])
    page = release_page(exercise.workspace, exercise.actor("chief-of-staff"), release.id, "en")
    assert page.recalled and [one["organization"] for one in page.recipients] == ["A permanent mission (invented)"]
    with pytest.raises(Hidden):
        reprint(exercise.workspace, exercise.actor("delegation"), product)


def test_where_nothing_is_found_a_second_person_still_approves(exercise: Exercise) -> None:
    release = prepared(exercise, HARMLESS)
    assert not release.values.get("findings") and len(release.values["documents"]) == 3
    with pytest.raises(Forbidden):
        go(exercise, release, "approve", "reporting-officer")
    release = go(exercise, release, "approve", "chief-of-staff")
    with pytest.raises(Refused):
        go(exercise, release, "hand-over", "chief-of-staff")  # to whom?


def test_a_withdrawn_release_lets_nobody_outside_read(exercise: Exercise) -> None:
    release = go(exercise, prepared(exercise, HARMLESS), "approve", "chief-of-staff")
    release = go(exercise, release, "hand-over", "reporting-officer", values={"recipients": RECIPIENTS})
    assert len(seen_outside(exercise)) == 1
    chief = exercise.actor("chief-of-staff")
    chief = replace(chief, role=replace(chief.role, may=(*chief.role.may, "withdraw")))
    withdraw(exercise.on("2020-06-23"), chief, release.id, reason="recorded in error")
    assert seen_outside(exercise) == []


def test_who_prepares_does_not_approve(exercise: Exercise) -> None:
    product = kept(exercise, HARMLESS)
    both = exercise.actor("chief-of-staff", "same-person")
    release = prepare(exercise.on(AFTER), both, product.id, "council", "Duty to report")
    with pytest.raises(Refused) as caught:
        move(exercise.on(AFTER), both, release.id, "approve")
    assert caught.value.issues[0].code == "REC-032"


@pytest.mark.parametrize(
    ("number", "resolution", "reason", "code"),
    [
        (0, "safe", "x", "REL-004"),
        (9, "safe", "x", "REL-004"),
        (1, "perhaps", "x", "REL-004"),
        (1, "safe", " ", "REC-035"),
    ],
)
def test_a_decision_names_a_finding_and_says_why(
    exercise: Exercise, number: int, resolution: str, reason: str, code: str
) -> None:
    release = prepared(exercise)
    with pytest.raises(BadInput) as caught:
        decide(exercise.on(AFTER), exercise.actor("reporting-officer"), release.id, number, resolution, reason=reason)
    assert caught.value.issues[0].code == code
    with pytest.raises(Conflict):
        decide(exercise.on(AFTER), exercise.actor("reporting-officer"), release.id, 1, "safe", reason="x", revision=9)


def test_what_cannot_be_prepared_says_why(exercise: Exercise) -> None:
    product, officer = kept(exercise, HARMLESS), exercise.actor("reporting-officer")
    for audience, basis, code in (("council", " ", "REL-001"), ("researchers", "x", "REP-002")):
        with pytest.raises(BadInput) as caught:
            prepare(exercise.on(AFTER), officer, product.id, audience, basis)
        assert caught.value.issues[0].code == code
    made = prepare(exercise.on(AFTER), officer, product.id, "council", "Duty to report")
    with pytest.raises(BadInput) as caught:
        prepare(exercise.on(AFTER), officer, made.values["product"], "council", "Duty to report")
    assert caught.value.issues[0].code == "REL-002"
    with pytest.raises(Forbidden):
        prepare(exercise.on(AFTER), exercise.actor("field-officer"), product.id, "council", "x")
    go(exercise, made, "refuse", "chief-of-staff", reason="too early")
    with pytest.raises(BadInput) as caught:
        decide(exercise.on(AFTER), officer, made.id, 1, "safe", reason="x")
    assert caught.value.issues[0].code == "REL-003"


def test_lists_are_for_those_inside(exercise: Exercise) -> None:
    release = prepared(exercise, HARMLESS)
    assert [one.record.id for one in release_list(exercise.workspace, exercise.actor("srsg"), "fr")] == [release.id]
    assert release_list(exercise.workspace, exercise.actor("delegation"), "en") == []
    product = exercise.workspace.journal.get(str(release.values["product"]))
    assert product is not None
    assert list(audiences_for(exercise.workspace, exercise.actor("reporting-officer"), product)) == ["council"]
    assert audiences_for(exercise.workspace, exercise.actor("field-officer"), product) == {}
