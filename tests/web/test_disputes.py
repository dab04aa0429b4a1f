"""What two sites changed apart: shown on the record in both languages, and settled there by a person."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from remit.services.amending import amend
from remit.services.knowing_sites import know, own_card
from remit.services.taking_bundles import take_bundle
from remit.services.workspace import Workspace
from remit.services.writing_bundles import write_bundle
from tests.unit.services.exercise import Exercise
from tests.web.conftest import PASSWORD
from tests.workspaces import composition, new_workspace


@pytest.fixture
def disputed(tmp_path: Any) -> tuple[Workspace, str]:
    """Return a workspace in which a record was changed here and at another site, and that record's id."""
    here = Exercise(new_workspace(tmp_path, "exercise"))
    apart = Exercise(replace(composition().in_memory(here.workspace.mission), site="north"))
    for one, other in ((here, apart), (apart, here)):
        know(one.workspace, own_card(other.workspace))
    made = here.incident()
    take_bundle(apart.workspace, write_bundle(here.workspace, "north").data)
    for where, category in ((here, "guns-too-near"), (apart, "other")):
        amend(where.on("2020-04-05"), where.actor("field-officer"), made.id, {"category": category}, reason="again")
    take_bundle(here.workspace, write_bundle(apart.workspace, "main").data)
    return here.workspace, made.id


@pytest.mark.parametrize(
    ("language", "title", "came"), [("en", "Changed apart", "came"), ("fr", "Modifiée de part et d’autre", "arrivée")]
)
def test_dispute__shows_both_versions_and_is_settled(
    disputed: tuple[Workspace, str], sign_in: Any, language: str, title: str, came: str
) -> None:
    workspace, identifier = disputed
    workspace.accounts.add("f", "F. Officer (invented)", ["field-officer"], PASSWORD, invented=True)
    client = sign_in("f", language)
    page = client.get(f"/record/{identifier}").content.decode()
    assert title in page and came in page and "(north)" in page
    versions = re.findall(r'name="entry" value="([0-9a-f-]{36})"', page)
    assert len(versions) == 2
    sent = {"field": "category", "entry": versions[0], "reason": "asked both", "revision": "3"}
    assert client.post(f"/record/{identifier}/settle", {**sent, "entry": identifier}).status_code == 400
    assert client.post(f"/record/{identifier}/settle", {**sent, "revision": "2"}).status_code == 409
    assert client.post(f"/record/{identifier}/settle", sent).status_code == 302
    settled = workspace.journal.get(identifier)
    assert settled is not None and settled.disputed == {}
    assert title not in client.get(f"/record/{identifier}").content.decode()


def test_dispute__is_not_settled_by_an_amendment_of_something_else(disputed: tuple[Workspace, str]) -> None:
    workspace, identifier = disputed
    here = Exercise(workspace)
    standing = workspace.journal.get(identifier)
    assert standing is not None
    form = {"title": "Shots at noon (invented)", "category": standing.values["category"]}  # a form sends all its fields
    changed = amend(here.on("2020-05-02"), here.actor("field-officer"), identifier, form, reason="the hour")
    assert list(changed.disputed) == ["category"]
