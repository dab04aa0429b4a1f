"""Releases as pages: prepared from a kept report, decided, moved on; in both languages, and not for readers outside."""

from __future__ import annotations

import re
from typing import Any

import pytest

from remit.services.moving import move
from remit.services.redacting import redact
from remit.services.releasing import decide, prepare
from remit.services.reporting import keep_product
from remit.services.workspace import Workspace
from tests.unit.services.exercise import QUARTER, Exercise
from tests.web.conftest import PASSWORD
from tests.workspaces import new_workspace

PEOPLE = ("reporting-officer", "chief-of-staff", "delegation", "field-officer")


@pytest.fixture
def kept(tmp_path: Any) -> tuple[Workspace, str]:
    """Return a workspace of the exercise with accounts and a product kept, whose passage names a point."""
    from remit.services.drafting import write_passage

    made = Exercise(new_workspace(tmp_path, "exercise"))
    for role in PEOPLE:
        made.workspace.accounts.add(role, f"{role} (invented)", [role], PASSWORD, invented=True)
    made.verified()
    officer, product = made.actor("reporting-officer"), made.workspace.mission.products["quarterly-note"]
    text = "Boats lay at 40°37'17\"S 119°26'25\"W."
    write_passage(made.on("2020-06-20"), officer, product, QUARTER, "observations", text, language="en")
    return made.workspace, keep_product(made.on("2020-06-20"), officer, "quarterly", QUARTER).record.id


@pytest.mark.parametrize(
    ("language", "found", "safe"),
    [("en", "Found in its text", "It is safe"), ("fr", "Trouvé dans le texte", "Sans danger")],
)
def test_release__is_prepared_decided_and_approved_in_the_app(
    kept: tuple[Workspace, str], sign_in: Any, language: str, found: str, safe: str
) -> None:
    workspace, product = kept
    officer, chief = sign_in("reporting-officer", language), sign_in("chief-of-staff", language)
    assert f"/report/{product}/prepare-release" in officer.get(f"/report/{product}").content.decode()
    assert "prepare-release" not in sign_in("field-officer").get(f"/report/{product}").content.decode()
    sent = officer.post(f"/report/{product}/prepare-release", {"audience": "council", "basis": "Duty to report"})
    assert sent.status_code == 302
    release = sent["Location"]
    page = officer.get(release).content.decode()
    assert found in page and safe in page and "40°37" in page
    record = re.findall(r"/release/([0-9a-f-]{36})/decide", page)[0]
    revision = re.findall(r'name="revision" value="(\d+)"', page)[0]
    decision = {"number": "1", "resolution": "masked", "reason": "too fine", "revision": revision}
    assert officer.post(f"{release}/decide", {**decision, "number": "x"}).status_code == 400
    assert officer.post(f"{release}/decide", decision).status_code == 302
    assert officer.post(f"{release}/decide", decision).status_code == 409
    assert "too fine" in officer.get(release).content.decode()
    standing = workspace.journal.get(record)
    assert standing is not None
    approved = chief.post(f"/record/{record}/move/approve", {"revision": str(standing.revision)})
    assert approved.status_code == 302
    assert standing.number in chief.get("/releases").content.decode()
    outside = sign_in("delegation")
    assert outside.get(release).status_code == 404
    assert standing.number not in outside.get("/releases").content.decode()
    assert outside.get(f"/report/{standing.values['product']}").status_code == 404


def test_release__what_no_release_is_looks_like_nothing(kept: tuple[Workspace, str], sign_in: Any) -> None:
    _, product = kept
    assert sign_in("chief-of-staff").get(f"/release/{product}").status_code == 404


@pytest.mark.parametrize(
    ("language", "said", "recall"),
    [("en", "Redacted since", "Recall is proposed"), ("fr", "Expurgé depuis", "Un rappel est proposé")],
)
def test_release__whose_words_were_redacted_since_says_so_and_proposes_a_recall(
    kept: tuple[Workspace, str], sign_in: Any, language: str, said: str, recall: str
) -> None:
    workspace, product = kept
    exercise = Exercise(workspace)
    officer, chief = exercise.actor("reporting-officer"), exercise.actor("chief-of-staff")
    release = prepare(exercise.on("2020-06-21"), officer, product, "council", "Duty to report")
    decide(exercise.on("2020-06-21"), officer, release.id, 1, "safe", reason="a harbour")
    move(exercise.on("2020-06-22"), chief, release.id, "approve")
    got = {"recipient": "Adviser", "organization": "A mission (invented)", "channel": "note", "given_on": "2020-06-22"}
    move(exercise.on("2020-06-22"), officer, release.id, "hand-over", values={"recipients": [got]})
    reader = sign_in("chief-of-staff", language)
    assert said not in reader.get(f"/release/{release.id}").content.decode()
    [passage] = {entry.record for entry in workspace.journal.entries() if entry.type == "product-passage"}
    redact(exercise.on("2020-06-23"), exercise.actor("records-officer"), passage, ["text"], reason="Ordered")
    page = reader.get(f"/release/{release.id}").content.decode()
    assert said in page and recall in page and f"/record/{release.id}/move/recall" in page
    inside = reader.get(f"/report/{product}").content.decode()
    assert said in inside and "40°37" not in inside
    outside = sign_in("delegation", language).get(f"/report/{release.values['product']}")
    assert (
        outside.status_code == 200 and "40°37" not in outside.content.decode() and said not in outside.content.decode()
    )
