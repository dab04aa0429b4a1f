"""The page Coverage walks on: from a paragraph to what serves it, to its records and figures, as far as a role may go."""

from __future__ import annotations

import re
from typing import Any

from remit.records.actors import Actor
from remit.services.coverage import coverage_page
from remit.services.workspace import Workspace
from tests.workspaces import composition


def test_each_paragraph_leads_to_records_figures_and_products(workspace: Workspace, sign_in: Any) -> None:
    client = sign_in("joc-officer")
    page = client.get("/coverage").content.decode()
    row = re.search(r'<tr><td class="nowrap"><a href="/mandate/20.a.ii.-1">.*?</tr>', page, re.DOTALL)
    assert row is not None
    links = re.findall(r'href="(/(?:records|figures|reports)/[^"]+)"', row[0])
    assert "/records/ceasefire-finding" in links and "/figures/ceasefire-findings-confirmed" in links
    for link in sorted({one for one in links if one.startswith(("/records/", "/figures/"))})[:4]:
        assert client.get(link).status_code == 200, link


def test_counts_are_those_that_the_reader_may_see_and_outside_there_are_none(workspace: Workspace) -> None:
    def row(role: str) -> Any:
        actor = Actor(role, workspace.mission.roles[role])
        return next(one for one in coverage_page(workspace, actor) if one.path == "20.c.iii")

    inside, outside = row("joc-officer"), row("delegation")
    counts = {one.page: one.records for one in inside.records}
    assert counts["/records/mrm-finding"] == 0  # a compartment that this role does not hold
    assert row("child-protection-adviser").records and all(one.records is None for one in outside.records)
    assert {one.page for one in outside.records} == {""}


def test_what_is_watched_is_named_in_words_and_has_its_page() -> None:
    workspace = composition().in_memory(composition().load("unmil"))
    actor = Actor("joc-officer", workspace.mission.roles["joc-officer"])
    watched = {row.path: row.watched for row in coverage_page(workspace, actor) if row.watched}
    assert list(watched) == ["2", "12", "20"]
    assert [(one.page, one.shown, one.label.fr) for one in watched["2"]] == [
        ("/records/committee-session", True, "Séance du Comité conjoint de suivi")
    ]
