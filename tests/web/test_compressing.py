"""What goes over a slow link goes compressed, and no more of it than a slow link bears."""

from __future__ import annotations

import gzip
import re
from typing import Any

import pytest
from django.test import Client

from remit.services.workspace import Workspace

FIRST_PAGE, MAP = 300_000, 320_000
"""Bytes over the wire for the first page with all that it loads; for the map, whose library is most of it."""


def sent(client: Any, path: str, *, gzip_taken: bool = True) -> tuple[Any, bytes]:
    """Return an answer and its bytes as they go over the wire."""
    answer = client.get(path, headers={"accept-encoding": "gzip, br" if gzip_taken else "identity"})
    assert answer.status_code == 200, path
    body = b"".join(answer) if answer.streaming else answer.content
    answer.close()  # a static file stays open until then
    return answer, body


def loaded(html: str) -> list[str]:
    """Return what a page loads besides itself."""
    return re.findall(r'<(?:link|script)[^>]+(?:href|src)="(/static/[^"]+)"', html)


@pytest.mark.parametrize("path", ["/static/maplibre/maplibre-gl.js", "/static/remit/remit.css"])
def test_static_file__goes_compressed_to_whoever_takes_it(workspace: Workspace, path: str) -> None:
    answer, short = sent(Client(), path)
    plain_answer, plain = sent(Client(), path, gzip_taken=False)
    assert answer.headers["Content-Encoding"] == "gzip" and "Content-Encoding" not in plain_answer.headers
    assert answer.headers["Vary"] == plain_answer.headers["Vary"] == "Accept-Encoding"
    assert gzip.decompress(short) == plain
    assert len(short) == int(answer.headers["Content-Length"]) < len(plain) / 2.5
    again = Client().get(path, headers={"accept-encoding": "gzip", "if-none-match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_static_file__that_gains_nothing_goes_as_it_is(workspace: Workspace) -> None:
    assert "Content-Encoding" not in sent(Client(), "/static/remit/mark.svg")[0].headers


def test_page__is_compressed_and_tells_nothing_by_its_length(workspace: Workspace, sign_in: Any) -> None:
    client = sign_in("joc-officer")
    answers = [sent(client, "/mandate") for _ in range(8)]
    assert {answer.headers["Content-Encoding"] for answer, _ in answers} == {"gzip"}
    pages = [gzip.decompress(body).decode() for _, body in answers]
    tokens = {re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[0] for page in pages}
    assert len(tokens) == len(answers)  # masked anew in each: nothing to be guessed by repeating
    assert len({len(body) for _, body in answers}) > 1  # and each as long as chance has it


def test_answer_to_a_program__stays_as_its_tag_names_it(workspace: Workspace, sign_in: Any) -> None:
    answer, _ = sent(sign_in("joc-officer"), "/api/record/MINUSMA-EVT-2017-0002")
    assert "Content-Encoding" not in answer.headers
    assert answer.headers["ETag"].startswith('"')


def test_downloaded_document__is_not_compressed_twice(workspace: Workspace, sign_in: Any) -> None:
    answer, _ = sent(sign_in("reporting-officer"), "/reports/quarterly-report/docx")
    assert "Content-Encoding" not in answer.headers


@pytest.mark.parametrize("path", ["/", "/desk", "/records/field-report/new", "/mandate/20.a.ii.-1", "/situation"])
def test_first_page__stays_under_what_a_slow_link_bears(workspace: Workspace, sign_in: Any, path: str) -> None:
    client = sign_in("joc-officer")
    _, body = sent(client, path)
    files = [sent(client, one)[1] for one in loaded(gzip.decompress(body).decode())]
    assert len(files) >= 3
    most = MAP if path == "/situation" else FIRST_PAGE
    assert len(body) + sum(map(len, files)) < most, {path: len(body), **dict(enumerate(map(len, files)))}
