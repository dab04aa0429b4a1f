"""What goes out of lists, and what comes in by pages."""

from __future__ import annotations

from typing import Any

from remit.services.workspace import Workspace


def test_a_list_offers_the_formats_of_its_type_and_gives_what_it_shows(workspace: Workspace, sign_in: Any) -> None:
    client = sign_in("joc-officer")
    page = client.get("/records/protection-alert?urgency=imminent").content.decode()
    assert "/records/protection-alert/export/cap?urgency=imminent" in page and "/export/iati" not in page
    whole = client.get("/records/security-event/export/geojson").json()["features"]
    some = client.get("/records/security-event/export/geojson?category=ied").json()["features"]
    assert len(whole) > len(some) > 0
    archive = client.get("/records/protection-alert/export/cap")
    assert archive["Content-Type"] == "application/zip" and archive["X-Remit-Level"] == "confidential"
    assert client.get("/records/security-event/export/iati").status_code == 400


def test_a_reader_outside_takes_nothing_out_that_he_may_not_see(workspace: Workspace, sign_in: Any) -> None:
    given = sign_in("researcher").get("/records/security-event/export/geojson")
    assert given.status_code in (403, 404) or given.json()["features"] == []
