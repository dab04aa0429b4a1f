"""Clearance: every step with its day, versions added with what they lack, and no submission while something lacks."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from remit.kernel.errors import BadInput, Refused
from remit.kernel.periods import parse_period
from remit.missions.mission import Mission
from remit.records.actors import Actor
from remit.services.clearance import clearance_of, open_clearance, steps
from remit.services.moving import move
from remit.services.report_page import product_for
from remit.services.reporting import keep_product
from remit.services.workspace import Workspace
from tests.workspaces import composition

PERIOD = parse_period("2017-09-29/2017-12-29")
pytestmark = pytest.mark.para("47")


@pytest.fixture(scope="module")
def mission() -> Mission:
    """The reference mission."""
    return composition().load("minusma")


def on(workspace: Workspace, day: str) -> Workspace:
    """Return the workspace with its clock standing on a day."""
    return workspace.at(datetime.fromisoformat(day).replace(hour=9, tzinfo=UTC))


def test_steps_count_back_from_the_due_day_and_lacking_versions_are_not_submitted(mission: Mission) -> None:
    workspace = composition().in_memory(mission)
    officer, chief = (Actor(key, mission.roles[key]) for key in ("reporting-officer", "chief-of-staff"))
    product = product_for(workspace, "quarterly-report")
    made = open_clearance(on(workspace, "2017-10-16"), officer, product, PERIOD)
    days = {step.state: step.due for step in steps(on(workspace, "2017-10-16"), made)}
    assert days["issued"] == date(2017, 12, 29) and days["inputs-requested"] == date(2017, 10, 20)
    assert days["submitted"] == date(2017, 12, 12)
    with pytest.raises(BadInput, match="REP-042"):
        open_clearance(on(workspace, "2017-10-17"), officer, product, PERIOD)
    for day, who, step in (("2017-10-18", officer, "request"), ("2017-11-08", officer, "receive")):
        move(on(workspace, day), who, made.id, step)
    with pytest.raises(Refused):
        move(on(workspace, "2017-11-15"), officer, made.id, "consolidate")
    kept = keep_product(on(workspace, "2017-11-15"), officer, "quarterly-report", PERIOD)
    standing = clearance_of(workspace, product, PERIOD)
    assert standing is not None and standing.values["versions"] == [kept.record.id]
    assert standing.values["unwritten"]["number"] == len(kept.document.unwritten) > 0
    move(on(workspace, "2017-11-16"), officer, made.id, "consolidate")
    move(on(workspace, "2017-11-23"), chief, made.id, "clear")
    move(on(workspace, "2017-12-04"), chief, made.id, "agree")
    with pytest.raises(Refused, match="REC-033"):
        move(on(workspace, "2017-12-11"), chief, made.id, "submit")


def test_a_product_without_steps_has_no_clearance(mission: Mission) -> None:
    workspace = composition().in_memory(mission)
    officer = Actor("officer", mission.roles["reporting-officer"])
    with pytest.raises(BadInput, match="REP-041"):
        open_clearance(on(workspace, "2017-10-16"), officer, product_for(workspace, "fact-sheet"), PERIOD)
