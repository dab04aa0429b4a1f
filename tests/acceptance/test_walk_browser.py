"""The walk of test_walk.py by clicking in a real browser: forms, refusals, figures, the report, the way back, French."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from remit.services.workspace import Workspace
from tests.acceptance.browser import Visitor, chromium, served
from tests.workspaces import composition, copy_tables, sharing_queries

NOW = datetime(2017, 9, 25, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    folder: Path = tmp_path_factory.mktemp("browser") / "workspace"
    copy_tables(folder)
    return sharing_queries(composition().create(folder, "minusma", stands_at=NOW), composition())


@pytest.fixture(scope="module")
def address(workspace: Workspace) -> Iterator[str]:
    with served(workspace) as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as found:
        yield found


@pytest.mark.para("20.a.ii.-1")
def test_walk_in_the_browser(workspace: Workspace, address: str, browser: Any) -> None:
    # Workspace and server come first: an open browser has an event loop in this thread, beside which Django refuses to work.
    def sign_in(person: str, locale: str = "en-GB") -> Visitor:
        return Visitor(browser, address, workspace, person, locale=locale)

    joc = sign_in("joc-officer")
    assert joc.go("/records/security-event/new") == 200
    joc.fill(title="Clash near a crossing (invented)", occurred_on="2017-09-20", place="Bourem", category="armed-clash",
             affected=["signatory-groups"])  # fmt: skip
    event = joc.save()
    assert event.startswith("/record/"), joc.text()

    field = sign_in("field-officer")
    field.go("/records/field-report/new")
    field.fill(title="Account of residents (invented)", occurred_on="2017-09-20", reported_at="2017-09-20T10:00", place="Bourem",
               grade="b2", source_kind="community", victims__0__sex="female", victims__0__age_band="child",
               victims__0__killed="1")  # fmt: skip
    field.page.click('button[name="add"][value="victims"]')
    field.fill(
        victims__1__sex="male",
        victims__1__age_band="adult",
        victims__1__killed="2",
        victims__1__killed__qualifier="at-least",
    )
    report = field.save()
    assert "at least 2" in field.text().lower(), field.text()

    # The author of the finding is an officer who may also sit on the commission: he records, and another confirms.
    joc.go(f"/records/ceasefire-finding/new?over={event.removeprefix('/record/')}")
    joc.fill(title="Alleged clash (invented)", occurred_on="2017-09-20", reported_at="2017-09-24T09:00", place="Bourem",
             instrument="arrangement-2015-06-05", category="armed-clash")  # fmt: skip
    finding = joc.save()
    assert "Alleged" in joc.text()
    joc.page.click("text=Link to another record")
    joc.fill(direction="inward", relation="evidence-for", other=report.removeprefix("/record/"))
    joc.page.click('form[action$="/link"] button')
    joc.page.wait_for_load_state()
    joc.go(finding)
    joc.page.click(f'form[action="{finding}/move/register"] button')
    joc.page.wait_for_load_state()
    assert "Registered" in joc.text()

    commander = sign_in("force-commander")
    commander.go(finding)
    commander.page.click(f'form[action="{finding}/move/task"] button')
    team = sign_in("emov-member")
    team.go(f"{finding}/move/report")
    team.fill(
        verification_access="granted", observed__0__means="patrol", observed__0__number="40", observed__0__grade="a2"
    )
    team.save()
    team.go(finding)
    assert "Verification reported" in team.text()
    assert "Chair of the Technical Security Commission" in team.text()  # who may, where this role may not

    chair = sign_in("cts-chair")
    chair.go(f"{finding}/move/confirm")
    chair.fill(standard_of_proof="balance-of-probabilities", decision_basis="consensus")
    chair.save()
    chair.go(finding)
    assert "Confirmed" in chair.text()

    # What stands in a compartment is not there for the first role: page, search, counts.
    rights = sign_in("human-rights-officer")
    rights.go(f"/records/human-rights-finding/new?over={event.removeprefix('/record/')}")
    first = workspace.mission.options["rights-violations"][0].key
    rights.fill(title="Zebrafish finding (invented)", occurred_on="2017-09-20", reported_at="2017-09-24T08:00", place="Bourem",
                violations=[first])  # fmt: skip
    hidden = rights.save()
    assert rights.go("/search?q=zebrafish") == 200 and "Zebrafish" in rights.text()
    assert joc.go(hidden) == 404
    joc.go("/search?q=zebrafish")
    assert "Zebrafish" not in joc.text()
    joc.go(event)
    assert "Zebrafish" not in joc.text() and "Human rights finding" not in joc.page.content()

    # The figure, the report, and back.
    officer = sign_in("reporting-officer")
    officer.go("/figures/ceasefire-findings-confirmed?period=2017-06-29/2017-09-29")
    assert officer.page.inner_text(".big").strip() == "1"
    officer.go("/reports/quarterly-report?period=2017-06-29/2017-09-29")
    sentence = officer.page.locator('.para a.figure[href^="/figures/ceasefire-findings-confirmed"]').first
    assert "one" in sentence.inner_text()
    sentence.click()
    officer.page.wait_for_load_state()
    officer.page.click('section[aria-labelledby="back"] a[href^="/record/"]')
    officer.page.wait_for_load_state()
    assert "Alleged clash (invented)" in officer.text()
    officer.page.click('ol.history a[href^="/entry/"] >> nth=0')
    officer.page.wait_for_load_state()
    assert "recorded" in officer.text().lower()
    officer.go("/mandate/20.a.ii.-1")
    assert "ceasefire" in officer.text().lower()

    # The same in French, and as a reader outside.
    french = sign_in("reporting-officer", "fr-FR")
    french.go("/reports/quarterly-report?period=2017-06-29/2017-09-29")
    assert (
        "une" in french.page.locator('.para a.figure[href^="/figures/ceasefire-findings-confirmed"]').first.inner_text()
    )
    outside = sign_in("delegation")
    assert outside.go(finding) == 404
    assert outside.go("/figures/ceasefire-findings-confirmed?period=2017-06-29/2017-09-29") == 200
    assert outside.page.inner_text(".big").strip() == "1" and "Alleged clash" not in outside.text()

    # Nothing was asked of any other host.
    for visitor in (joc, officer, french, outside):
        assert all(url.startswith((address, "data:", "blob:")) for url in visitor.requests)
