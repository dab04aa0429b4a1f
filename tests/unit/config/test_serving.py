"""The app is served on this machine, from files of our own, to whoever signs in."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.utils.module_loading import import_string

from remit.config.settings import Settings, django_settings
from remit.kernel.errors import Fault
from remit.services.workspace import Workspace
from tests.workspaces import composition, new_workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """Return a workspace with one account."""
    made = new_workspace(tmp_path)
    role = next(iter(made.mission.roles))
    made.accounts.add("somebody", "Somebody (invented)", [role], "some-long-words", invented=True)
    yield made
    composition().close(made)


def test_a_port_in_use_is_said(workspace: Workspace) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other, pytest.raises(Fault) as caught:
        composition().serve(workspace, other.getsockname()[1])
    assert caught.value.code == "WEB-001"
    assert "--port" in caught.value.text("fr")


def test_signing_in__keeps_the_session_in_the_workspace(workspace: Workspace) -> None:
    from django.contrib.sessions.models import Session
    from django.test import Client

    from remit.store.databases import aliases_for

    client = Client()
    assert client.get("/").headers["Location"].startswith("/sign-in")
    refused = client.post("/sign-in", {"username": "somebody", "password": "other words"})
    assert refused.status_code == 400
    accepted = client.post("/sign-in", {"username": "somebody", "password": "some-long-words"})
    assert accepted.status_code == 302
    assert workspace.folder is not None
    assert Session.objects.using(aliases_for(workspace.folder).journal).count() == 1


def test_static_files_come_from_the_packages__and_no_page_names_another_host(workspace: Workspace) -> None:
    from django.test import Client

    assert workspace.folder is not None
    client = Client()
    for file in ("maplibre/maplibre-gl.js", "remit/remit.css"):
        response = client.get(f"/static/{file}")
        assert response.status_code == 200, file
        assert b"".join(response), file  # type: ignore[arg-type,call-overload]
        response.close()
    page = client.get("/sign-in")
    assert "default-src 'self'" in page.headers["Content-Security-Policy"]
    assert page.headers["X-Frame-Options"] == "DENY"
    assert page.headers["X-Content-Type-Options"] == "nosniff"


def test_a_foreign_host_name_is_refused(workspace: Workspace) -> None:
    from django.test import Client

    assert workspace.folder is not None
    assert Client().get("/sign-in", headers={"host": "evil.example"}).status_code == 400


def test_without_a_workspace_nothing_is_served(workspace: Workspace) -> None:
    from django.test import Client

    composition().attach(None)
    with pytest.raises(Fault) as caught:
        Client().get("/sign-in")
    assert caught.value.code == "WEB-002"
    composition().attach(workspace)


def test_many_readers_at_once__until_it_is_stopped(workspace: Workspace) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    serving = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "remit.config.entry",
            "serve",
            "--workspace",
            str(workspace.folder),
            "--port",
            str(port),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        _wait_for(port, serving)

        def read(_: int) -> int:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/sign-in", timeout=20) as page:
                return int(page.status)

        with ThreadPoolExecutor(8) as readers:
            assert list(readers.map(read, range(24))) == [200] * 24
    finally:
        serving.send_signal(signal.SIGINT)
        said, _ = serving.communicate(timeout=20)
    assert f"http://127.0.0.1:{port}/" in said
    assert "Traceback" not in said
    assert serving.returncode in (0, 130)


def _wait_for(port: int, serving: subprocess.Popen[str]) -> None:
    for _ in range(300):
        assert serving.poll() is None, serving.communicate()[0]
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail("the app did not start in 30 seconds")


def test_passwords_are_hashed_with_argon2_and_those_of_older_workspaces_still_open() -> None:
    hashers = django_settings(Settings())["PASSWORD_HASHERS"]
    first, second = (import_string(name)() for name in hashers)
    assert first.algorithm == "argon2" and first.verify("words", first.encode("words", first.salt()))
    assert second.algorithm == "pbkdf2_sha256"
