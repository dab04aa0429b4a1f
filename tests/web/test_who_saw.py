"""The page of who saw what, and readings kept whichever way a record was reached."""

from __future__ import annotations

from typing import Any

import pytest

from remit.services.recording import record
from remit.services.workspace import Workspace
from tests.unit.services.exercise import FERRY, Exercise
from tests.web.conftest import PASSWORD
from tests.workspaces import new_workspace

TITLE = "zq-heard-at-the-ferry"


@pytest.fixture
def closed(tmp_path: Any) -> tuple[Workspace, str]:
    """Return a workspace of the exercise with accounts and one record in a compartment."""
    made = Exercise(new_workspace(tmp_path, "exercise"))
    for role in ("human-rights-officer", "records-officer", "field-officer"):
        made.workspace.accounts.add(role, f"{role} (invented)", [role], PASSWORD, invented=True)
    raw = {"title": TITLE, "occurred_on": "2020-04-02", "category": "other", "place": FERRY}
    kept = record(made.workspace, made.actor("field-officer"), "incident", raw, compartment="hr-sources")
    return made.workspace, kept.id


@pytest.mark.parametrize(
    ("path", "how"),
    [
        ("/record/{id}", "opened"), ("/records/incident", "listed"), (f"/search?q={TITLE}", "listed"),
        ("/records/incident.csv", "listed"), ("/situation", "listed"),
    ],
)  # fmt: skip
def test_reading__is_kept_whichever_way_it_was_reached(
    closed: tuple[Workspace, str], sign_in: Any, path: str, how: str
) -> None:
    workspace, identifier = closed
    before = len(workspace.sightings.of(person="human-rights-officer"))
    response = sign_in("human-rights-officer").get(path.format(id=identifier))
    text = b"".join(response.streaming_content) if response.streaming else response.content
    assert TITLE.encode() in text
    found = workspace.sightings.of(person="human-rights-officer", record=identifier)
    assert before == 0 and how in {one.how for one in found}


@pytest.mark.parametrize(
    ("language", "title", "opened"), [("en", "Who saw what", "opened it"), ("fr", "Qui a vu quoi", "l’a ouverte")]
)
def test_page__tells_those_who_may(
    closed: tuple[Workspace, str], sign_in: Any, language: str, title: str, opened: str
) -> None:
    _, identifier = closed
    client = sign_in("human-rights-officer", language)
    assert f"/who-saw?record={identifier}" in client.get(f"/record/{identifier}").content.decode()
    page = client.get(f"/who-saw?record={identifier}").content.decode()
    assert title in page and opened in page and TITLE in page
    assert client.get("/who-saw?start=2020-01-01&end=2019-01-01").status_code == 400
    assert TITLE not in sign_in("records-officer", language).get("/who-saw").content.decode()
    assert sign_in("field-officer").get("/who-saw").status_code == 403


def test_readings__are_only_added_to(closed: tuple[Workspace, str], sign_in: Any) -> None:
    from django.db import DatabaseError, connections

    from remit.store.databases import aliases_for
    from remit.store.models import RecordSeen

    workspace, identifier = closed
    sign_in("human-rights-officer").get(f"/record/{identifier}")
    assert workspace.folder is not None
    alias = aliases_for(workspace.folder).journal
    for change in (
        RecordSeen.objects.using(alias).all().delete,
        lambda: RecordSeen.objects.using(alias).update(person="x"),
    ):
        with pytest.raises(DatabaseError):
            change()
    connections[alias].rollback() if connections[alias].in_atomic_block else None
    assert workspace.sightings.of(record=identifier)
