"""What goes out of lists, and what comes in by pages."""

from __future__ import annotations

import re
from typing import Any

from remit.kernel.conditions import ALWAYS
from remit.records.journal import Query
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


TABLE = (
    "Ref,Titre,Date,Lieu,Catégorie,Touché\n"
    "A1,Shots (invented),03/07/2017,Gao,Armed attack,Civilians\nA2,No place (invented),31/07/2017,,Armed attack,Civilians\n"
)


def upload(text: str, name: str = "table.csv") -> Any:
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile(name, text.encode())


def test_a_table_is_looked_at_put_right_and_taken_in(own_workspace: Workspace, sign_in: Any) -> None:
    client = sign_in("joc-officer", "fr")
    assert "Importer un fichier" in client.get("/records").content.decode()
    page = client.post(
        "/import", {"file": upload(TABLE), "source": "type:security-event", "look": "1"}
    ).content.decode()
    assert "Ce qui viendrait" in page and "Obligatoire et sans colonne" in page
    kept = re.search(r'name="kept" value="([^"]+)"', page)
    assert kept is not None
    sent = {
        "kept": kept[1],
        "name": "table.csv",
        "source": "type:security-event",
        "order": "dmy",
        "identifier": "Ref",
    }
    targets = ("", "title", "occurred_on", "place", "category", "affected")
    for nth, (column, target) in enumerate(zip(TABLE.splitlines()[0].split(","), targets, strict=True)):
        sent |= {f"n{nth}": column, f"c{nth}": target}
    page = client.post("/import", {**sent, "look": "1"}).content.decode()
    assert "1 fiche nouvelle" in page and "Ligne 3" in page and "REC-012" in page
    assert own_workspace.journal.count(Query(ALWAYS, types=("security-event",))) == 0
    refused = client.post("/import", {**sent, "take": "1"})
    assert refused.status_code == 400 and "IMP-010" in refused.content.decode()
    page = client.post("/import", {**sent, "mapping": "events", "take": "1"}).content.decode()
    assert "Ce qui est venu" in page and own_workspace.journal.count(Query(ALWAYS, types=("security-event",))) == 1
    again = client.post("/import", {"file": upload(TABLE), "source": "mapping:events", "take": "1"}).content.decode()
    assert "1 déjà connue" in again and own_workspace.journal.count(Query(ALWAYS, types=("security-event",))) == 1


def test_a_file_is_gone_on_with_by_whoever_sent_it_alone(own_workspace: Workspace, sign_in: Any) -> None:
    """A digest is no key: it would open the file of any record to whoever learned it."""
    secret = own_workspace.attachments.keep(b"Ref,Titre\nA1,zq-what-the-witness-wrote\n", "statement.csv")
    asked = {"name": "statement.csv", "source": "type:security-event", "look": "1"}
    client = sign_in("joc-officer")
    sent = client.post("/import", {**asked, "file": upload(TABLE)}).content.decode()
    own = re.search(r'name="kept" value="([^"]+)"', sent)
    assert own is not None
    for kept in (secret, "", "x:y:z", own[1][:-2]):
        answer = client.post("/import", {**asked, "kept": kept, "sha256": secret})
        assert answer.status_code == 400 and b"zq-what" not in answer.content
    assert client.post("/import", {**asked, "kept": own[1]}).status_code == 200
    assert sign_in("field-officer").post("/import", {**asked, "kept": own[1]}).status_code == 400


def test_a_providers_file_comes_in_with_its_source_and_comes_once(own_workspace: Workspace, sign_in: Any) -> None:
    from tests.unit.services.test_importing import ROW, table

    text = table({**ROW, "latitude": "16.3", "longitude": "-0.1"}).decode()
    client = sign_in("joc-officer")
    page = client.post(
        "/import", {"file": upload(text, "ged.csv"), "source": "provider:ucdp", "take": "1"}
    ).content.decode()
    assert "What came" in page and "1 record new" in page and "its source and terms" in page
    page = client.post(
        "/import", {"file": upload(text, "ged.csv"), "source": "provider:ucdp", "take": "1"}
    ).content.decode()
    assert "0 records new" in page and "1 known already" in page


def test_what_is_no_table_is_said_and_a_reader_outside_has_no_import(own_workspace: Workspace, sign_in: Any) -> None:
    client = sign_in("joc-officer")
    answer = client.post("/import", {"file": upload("\x00\x01", "x.csv"), "source": "type:security-event"})
    assert answer.status_code == 400 and "FRM-012" in answer.content.decode()
    assert client.post("/import", {"source": "provider:ucdp"}).status_code == 400
    outside = sign_in("researcher")
    assert "/import" not in outside.get("/records").content.decode()
    assert outside.post("/import", {"file": upload(TABLE), "source": "type:security-event"}).status_code in (403, 404)


def test_sanctions_are_screened_decided_and_hidden_from_others(own_workspace: Workspace, sign_in: Any) -> None:
    from tests.unit.records.screening.test_candidates import listing

    client = sign_in("jmac-analyst")
    assert "Take in a date of the list first" in client.get("/sanctions").content.decode()
    from django.core.files.uploadedfile import SimpleUploadedFile

    page = client.post("/sanctions", {"list": SimpleUploadedFile("list.xml", listing())}).content.decode()
    assert "The list is in" in page and "2 persons, 1 entities" in page
    person = {
        "file": "File 1 (invented)",
        "kind": "person",
        "names": "Abdoul Karim Zarouali",
        "born": "1971-05-04",
        "purpose": "support",
    }
    page = client.post("/sanctions", person).content.decode()
    assert "XXi.001" in page and "zarouali ~ zarwali" in page and "A name alone never confirms" in page
    assert "asked already" in client.post("/sanctions", person).content.decode()
    assert client.post("/sanctions", {**person, "names": ""}).status_code == 400
    assert client.post("/sanctions", {**person, "file": "2", "born": "19x"}).status_code == 400
    assert "Everybody was screened" in client.post("/sanctions", {"again": "1"}).content.decode()
    assert "En attente de décision" in sign_in("legal-adviser", "fr").get("/sanctions").content.decode()
    for other in ("joc-officer", "srsg", "researcher"):
        assert sign_in(other).get("/sanctions").status_code in (403, 404)
        assert "/sanctions" not in sign_in(other).get("/records").content.decode()
