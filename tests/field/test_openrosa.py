"""Forms in the field: listed, valid for ODK's own validator, sent in once, and recorded as reports."""

from __future__ import annotations

import base64
import re
import shutil
import uuid
from pathlib import Path
from typing import Any

import pytest

from remit.kernel.conditions import ALWAYS
from remit.records.journal import Query
from remit.services.field_forms import FieldForm
from remit.services.workspace import Workspace
from tests.attacks.test_uploads import PNG
from tests.workspaces import composition

FORM = "minusma-field-report"
REPORTS = [
    (mission, key)
    for mission in ("exercise", "minusma")
    for key, kind in composition().load(mission).record_types.items()
    if kind.kind == "report" and not kind.abstract and not kind.over
]


def ask(secret: str, path: str, method: str = "get", **more: Any) -> Any:
    from django.test import Client

    basic = base64.b64encode(f"field.one:{secret}".encode()).decode()
    return getattr(Client(enforce_csrf_checks=True), method)(
        f"/openrosa/{path}", headers={"Authorization": f"Basic {basic}", "X-OpenRosa-Version": "1.0"}, **more
    )


def filled(instance: str, *, title: str = "Seen from the road (invented)", form: str = FORM, more: str = "") -> bytes:
    return f"""<?xml version='1.0' ?><data xmlns:h="http://www.w3.org/1999/xhtml" id="{form}" version="1">
    <title>{title}</title><reported_at>2017-07-20T10:00:00.000Z</reported_at><place__name>Gao</place__name>
    <place>16.27 -0.05 0 12</place><grade>{GRADE}</grade><source_kind>{SOURCE}</source_kind>
    <narrative>What was seen (invented)</narrative>{more}
    <meta><instanceID>uuid:{instance}</instanceID></meta></data>""".encode()


def options(field: str) -> list[str]:
    kind = composition().load("minusma").record_types["field-report"]
    return [option.key for option in kind.fields[field].options]


GRADE, SOURCE = options("grade")[0], options("source_kind")[0]


def send(secret: str, xml: bytes, **files: tuple[str, bytes]) -> Any:
    from django.core.files.uploadedfile import SimpleUploadedFile

    data = {"xml_submission_file": SimpleUploadedFile("submission.xml", xml, "text/xml")}
    data |= {name: SimpleUploadedFile(file, content) for name, (file, content) in files.items()}
    return ask(secret, "submission", "post", data=data)


def reports(place: Workspace) -> list[Any]:
    return list(place.journal.find(Query(ALWAYS, types=("field-report",))))


@pytest.mark.parametrize(("mission", "key"), [("minusma", "field-report")])
def test_form__passes_odk_validate(mission: str, key: str, tmp_path: Path) -> None:
    validated(mission, key, tmp_path)


@pytest.mark.full
@pytest.mark.parametrize(("mission", "key"), REPORTS)
def test_form__each_passes_odk_validate(mission: str, key: str, tmp_path: Path) -> None:
    validated(mission, key, tmp_path)


def validated(mission: str, key: str, tmp: Path) -> None:
    from pyxform.validators.odk_validate import ODKValidateError, check_xform

    from remit.services.xforms import xform_of

    if shutil.which("java") is None:
        pytest.skip("no Java on this machine: ODK Validate, which pyxform carries, needs it")
    kind = composition().load(mission).record_types[key]
    for language in ("en", "fr"):
        xml = xform_of(FieldForm(kind, f"{mission}-{key}", "1"), language=language, validate=True)
        assert '<translation lang="English (en)"' in xml.replace(' default="true()"', "")
        assert kind.label.in_(language) in xml or "&" in kind.label.in_(language)
    broken = tmp / "broken.xml"
    broken.write_text(xml.replace("</h:html>", ""), "utf-8")
    with pytest.raises(ODKValidateError):
        check_xform(str(broken))


def test_form_list__names_what_the_role_may_fill(place: Workspace, secret: str) -> None:
    answer = ask(secret, "formList")
    assert answer.headers["X-OpenRosa-Version"] == "1.0"
    assert answer.headers["Content-Type"].startswith("text/xml")
    text = answer.content.decode()
    forms = re.findall(r"<formID>([^<]+)</formID>", text)
    assert FORM in forms
    assert "minusma-conduct-case" not in forms, "recorded by other roles"
    [url] = [one for one in re.findall(r"<downloadUrl>([^<]+)</downloadUrl>", text) if FORM in one]
    xml = ask(secret, url.partition("/openrosa/")[2]).content
    import hashlib

    assert f"md5:{hashlib.md5(xml, usedforsecurity=False).hexdigest()}" in text
    assert b"<manifest" in ask(secret, f"forms/{FORM}/manifest").content
    assert ask(secret, "forms/minusma-conduct-case.xml").status_code == 404


def test_submission__becomes_a_report_and_no_event(place: Workspace, secret: str) -> None:
    head = ask(secret, "submission", "head")
    assert head.status_code == 204
    assert int(head.headers["X-OpenRosa-Accept-Content-Length"]) > 10**7
    answer = send(secret, filled(str(uuid.uuid4())))
    assert answer.status_code == 201, answer.content
    [made] = reports(place)
    assert made.kind == "report"
    assert made.number in answer.content.decode()
    assert (made.values["title"], made.recorded_by.person) == ("Seen from the road (invented)", "field.one")
    assert (made.values["place"]["lat"], made.values["place"]["uncertainty_m"]) == (16.27, 12)
    assert made.values["place"]["region"] == "gao"
    assert place.journal.count(Query(ALWAYS)) == 1


def test_submission__sent_again_is_the_same_report(place: Workspace, secret: str) -> None:
    xml = filled(str(uuid.uuid4()))
    first, second = send(secret, xml), send(secret, xml)
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.content == second.content
    assert len(reports(place)) == 1


def test_submission__files_come_with_it_or_later(place: Workspace, secret: str) -> None:
    names = [f"<photographs__each><photographs>{name}</photographs></photographs__each>" for name in ("a.png", "b.png")]
    xml = filled(str(uuid.uuid4()), more="".join(names))
    assert send(secret, xml, a=("a.png", PNG)).status_code == 201
    assert [one["name"] for one in reports(place)[0].values["photographs"]] == ["a.png"]
    later = send(secret, xml, b=("b.png", PNG + b"\x00"))
    assert later.status_code == 201, later.content
    assert [one["name"] for one in reports(place)[0].values["photographs"]] == ["a.png", "b.png"]


def test_submission__groups_and_numbers(place: Workspace, secret: str) -> None:
    kind = place.mission.record_types["field-report"]
    sex, age = (kind.fields["victims"].fields[name].options[0].key for name in ("sex", "age_band"))
    row = f"<victims><sex>{sex}</sex><age_band>{age}</age_band><killed>2</killed><killed__qualifier>at_least</killed__qualifier></victims>"
    from remit.records.fields.integer import QUALIFIERS

    row = row.replace("at_least", QUALIFIERS[-1].key)
    assert send(secret, filled(str(uuid.uuid4()), more=row + row)).status_code == 201
    victims = reports(place)[0].values["victims"]
    assert len(victims) == 2
    assert victims[0]["killed"] == {"number": 2, "qualifier": QUALIFIERS[-1].key}


@pytest.mark.parametrize(
    ("xml", "status"),
    [
        (b"", 400),
        (b"<data/>", 400),
        (b"not xml", 400),
        (b'<data id="minusma-none"><meta><instanceID>uuid:1</instanceID></meta></data>', 404),
        (b'<data id="minusma-field-report"><meta><instanceID>uuid:1</instanceID></meta></data>', 400),
    ],
)
def test_submission__what_cannot_be_used_is_refused_in_words(
    place: Workspace, secret: str, xml: bytes, status: int
) -> None:
    answer = send(secret, xml)
    assert answer.status_code == status
    assert b'nature="submit_error"' in answer.content
    assert reports(place) == []


@pytest.mark.attack("forms sent by strangers")
@pytest.mark.parametrize(
    "header", ["", "Basic", "Bearer x", "Basic !!!", "Basic ZmllbGQub25lOmFuIGludmVudGVkIHBhc3MgcGhyYXNl"]
)
def test_strangers_send_nothing(place: Workspace, header: str) -> None:
    from django.test import Client

    client = Client()
    client.login(username="field.one", password="an invented pass phrase")
    headers = {"Authorization": header} if header else {}
    for path in ("formList", f"forms/{FORM}.xml", "submission"):
        answer = client.get(f"/openrosa/{path}", headers=headers)
        assert answer.status_code == 401
        assert "Basic" in answer.headers["WWW-Authenticate"]
    assert (
        client.post("/openrosa/submission", {"xml_submission_file": filled("1").decode()}, headers=headers).status_code
        == 401
    )
    assert reports(place) == []


@pytest.mark.attack("forms sent by strangers")
def test_other_tokens_send_nothing(place: Workspace) -> None:
    from remit.services.standing import acting
    from remit.services.tokens import make_token

    reading = make_token(place, acting(place, "field.one"), "x", ["read", "write"], 1)[1]
    assert send(reading, filled(str(uuid.uuid4()))).status_code == 403
    outside = make_token(place, acting(place, "outside.one"), "x", ["collect"], 1)[1]
    from django.test import Client

    bearer = {"Authorization": f"Bearer {outside}"}
    assert b"<xform>" not in Client().get("/openrosa/formList", headers=bearer).content
    assert Client().get(f"/openrosa/forms/{FORM}.xml", headers=bearer).status_code == 404
    assert reports(place) == []


@pytest.mark.attack("uploads disguised")
@pytest.mark.parametrize(
    "xml",
    [
        b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><data id="minusma-field-report"><title>&x;</title></data>',
        b'<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><data id="minusma-field-report">&b;</data>',
        b"<data " + b'id="minusma-field-report">' + b"<a>" * 5000,
    ],
    ids=["entity from a file", "entities that grow", "nested without end"],
)
def test_xml_that_attacks(place: Workspace, secret: str, xml: bytes) -> None:
    assert send(secret, xml).status_code == 400
    assert reports(place) == []


@pytest.mark.attack("uploads disguised")
def test_file_that_is_not_what_it_says(place: Workspace, secret: str) -> None:
    more = "<photographs__each><photographs>a.png</photographs></photographs__each>"
    answer = send(secret, filled(str(uuid.uuid4()), more=more), a=("a.png", b"MZ\x90\x00" + b"\x00" * 100))
    assert answer.status_code == 400
    assert "FRM-012" in answer.content.decode()
    assert reports(place) == []
