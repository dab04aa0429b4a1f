"""Uploads disguised: what a file is called is not what it is."""

from __future__ import annotations

import io
import zipfile

import pytest

from remit.kernel.errors import BadInput
from remit.services.files import LARGEST_FILE, keep_upload, plain_name, require_content
from tests.workspaces import composition

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
)


def packed(*names: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as file:
        for name in names:
            file.writestr(name, "x")
    return data.getvalue()


DISGUISED = {
    "a program as a picture": ("photo.png", b"MZ\x90\x00" + b"\x00" * 200),
    "a program as a document": ("order.pdf", b"\x7fELF\x02\x01\x01" + b"\x00" * 200),
    "a page as a picture": ("photo.jpg", b"<html><script>alert(1)</script></html>"),
    "a page as a text": ("note.txt", b"hello <script src=//evil.example></script>"),
    "a page as a table": ("list.csv", b"a,b\n<svg onload=alert(1)>,2\n"),
    "a drawing that runs": ("map.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"),
    "a script as a text": ("run.txt", b"#!/bin/sh\nrm -rf /\n"),
    "a program as a text": ("note.txt", b"MZ\x00\x00binary\x00"),
    "entities in a track": ("way.gpx", b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'b'>]><gpx/>"),
    "an archive as a document": ("report.docx", packed("evil.exe", "readme.txt")),
    "macros in a document": ("report.docx", packed("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")),
    "a picture as a document": ("report.pdf", PNG),
    "a document as a picture": ("photo.png", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n"),
    "two ends": ("photo.png.exe", PNG),
    "no end": ("photo", PNG),
    "a page": ("page.html", b"<html></html>"),
    "an archive": ("all.zip", packed("a.txt")),
    "nothing": ("empty.txt", b""),
    "too large": ("large.txt", b"a" * (LARGEST_FILE + 1)),
}


@pytest.mark.attack("uploads disguised")
@pytest.mark.parametrize("case", DISGUISED)
def test_disguised(case: str) -> None:
    name, data = DISGUISED[case]
    with pytest.raises(BadInput) as refused:
        require_content(data, name)
    assert refused.value.code in ("FRM-001", "FRM-011", "FRM-012")


@pytest.mark.attack("uploads disguised")
def test_packed_to_fill_a_disk() -> None:
    data = io.BytesIO()
    with (
        zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as file,
        file.open("word/document.xml", "w", force_zip64=True) as inner,
    ):
        for _ in range(410):
            inner.write(b"\x00" * 1024 * 1024)
    assert len(data.getvalue()) < LARGEST_FILE
    with pytest.raises(BadInput):
        require_content(data.getvalue(), "small.docx")


@pytest.mark.attack("uploads disguised")
@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\fakepath\\note.txt", "note.txt"),
        ("no\x00te\r\nSet-Cookie: a.txt", "noteSet-Cookie: a.txt"),
        ("photo\u202egnp.txt", "photognp.txt"),
        ("...", "file"),
        ("a" * 400 + ".txt", "a" * 196 + ".txt"),
    ],
)
def test_names_lead_nowhere(sent: str, kept: str) -> None:
    assert plain_name(sent) == kept


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("photo.png", PNG),
        ("PHOTO.PNG", PNG),
        ("note.txt", "vu à Gao, 3 blessés".encode()),
        ("old.csv", "région;décès\n".encode("latin-1")),
        ("report.docx", packed("[Content_Types].xml", "word/document.xml")),
        ("order.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n%%EOF"),
        ("photo.jpg", bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffdb") + b"\x00" * 64),
    ],
)
def test_honest_files_are_taken(name: str, data: bytes) -> None:
    workspace = composition().in_memory(composition().load("exercise"))
    sha256, kept = keep_upload(workspace, data, name)
    assert workspace.attachments.read(sha256) == data
    assert kept == name
