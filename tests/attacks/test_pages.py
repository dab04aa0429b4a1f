"""Every page says what a browser may load, and holds nothing inline that the policy would have to allow."""

from __future__ import annotations

import re
from typing import Any

import pytest

from remit.services.workspace import Workspace
from tests.web.conftest import furnished
from tests.web.walking import bytes_of, walk
from tests.workspaces import composition, new_workspace

INLINE = re.compile(
    rb"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/(?:json|ld\+json)\")|<style|\sstyle=|\son[a-z]+=\"|javascript:",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def exercise(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The exercise with its demonstration."""
    return furnished(new_workspace(tmp_path_factory.mktemp("pages"), "exercise"))


@pytest.mark.attack("scripts smuggled")
@pytest.mark.parametrize("person", ["joc-officer", pytest.param("researcher", marks=pytest.mark.full)])
def test_nothing_inline_on_any_page(exercise: Workspace, person: str) -> None:
    from django.test import Client

    composition().attach(exercise)
    client: Any = Client()
    client.post("/sign-in", {"username": person, "password": "an invented pass phrase"})
    answers = walk(client, "/", per_kind=1)
    answers |= {
        url: client.get(url) for url in ("/account", "/account/password", "/account/second-factor/activate", "/sign-in")
    }
    assert len(answers) > 12
    for url, answer in answers.items():
        policy = answer.headers["Content-Security-Policy"]
        assert "'unsafe-inline'" not in policy and "'unsafe-eval'" not in policy, url
        assert "default-src" in policy and answer.headers["X-Content-Type-Options"] == "nosniff", url
        assert answer.headers["X-Frame-Options"] == "DENY", url
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            html = re.sub(rb"<svg.*?</svg>", b"", bytes_of(answer), flags=re.DOTALL)
            found = INLINE.search(html)
            assert found is None, (url, html[max(0, found.start() - 60) : found.end() + 60] if found else b"")


@pytest.mark.attack("scripts smuggled")
@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ settings.SECRET_KEY }}", "javascript:alert(1)"],
)
def test_a_title_that_runs_is_shown_as_words(exercise: Workspace, text: str) -> None:
    from django.conf import settings
    from django.test import Client

    composition().attach(exercise)
    client: Any = Client()
    client.post("/sign-in", {"username": "joc-officer", "password": "an invented pass phrase"})
    for url in ("/search", "/records/incident"):
        html = client.get(url, {"q": text}).content.decode()
        assert text not in html or text.startswith(("{{", "javascript:"))
        assert settings.SECRET_KEY not in html
