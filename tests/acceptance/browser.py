"""A real browser on a real server, for tests that click."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from remit.config.serving import application_for
from remit.services.initiating import accounts
from remit.services.workspace import Workspace
from tests.workspaces import composition

ARGUMENTS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@contextmanager
def served(workspace: Workspace) -> Iterator[str]:
    """Serve a workspace on a free port of this machine; yield its address."""
    from waitress.server import create_server  # type: ignore[import-untyped]

    accounts(workspace)
    server: Any = create_server(application_for(composition(), workspace), host="127.0.0.1", port=0, threads=4)
    closing = threading.Event()

    def run() -> None:
        try:
            server.run()
        except OSError:  # it was asked to look at sockets that are closed by now
            if not closing.is_set():
                raise

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        closing.set()
        server.task_dispatcher.shutdown()  # no thread of it is at work when its trigger goes
        server.close()
        thread.join(timeout=5)


@contextmanager
def chromium() -> Iterator[Any]:
    """Yield a headless Chromium of the system, or skip the test, saying why."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("no Chromium on this machine: install Debian's package chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


class Visitor:
    """Somebody at the browser, signed in under one account."""

    def __init__(self, browser: Any, address: str, workspace: Workspace, person: str, *, locale: str = "en-GB") -> None:
        assert workspace.folder is not None
        self.address = address
        self.context = browser.new_context(locale=locale, viewport={"width": 1280, "height": 900})
        self.page = self.context.new_page()
        self.page.set_default_timeout(60_000)
        self.requests: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        passwords = json.loads((workspace.folder / "invented-accounts.json").read_text("utf-8"))
        self.page.goto(f"{address}/sign-in")
        self.page.fill("#id_username", person)
        self.page.fill("#id_password", passwords[person])
        self.page.click("main form button.primary, form button.primary")
        self.page.wait_for_url(lambda url: "/sign-in" not in url)

    def go(self, path: str) -> int:
        """Open a page and return its status."""
        answer = self.page.goto(self.address + path)
        return int(answer.status)

    def fill(self, **values: str | list[str]) -> None:
        """Fill a form by input name (``__`` stands for a dot); a list ticks boxes."""
        for key, value in values.items():
            name = key.replace("__", ".")
            if isinstance(value, list):
                for one in value:
                    self.page.check(f'[name="{name}"][value="{one}"]')
            elif self.page.eval_on_selector(f'[name="{name}"]', "e => e.tagName") == "SELECT":
                self.page.select_option(f'[name="{name}"]', value)
            else:
                self.page.fill(f'[name="{name}"]', value)

    def save(self) -> str:
        """Send the form; return the path of the page that follows."""
        self.page.click(".form-foot button.primary")
        self.page.wait_for_load_state()
        return str(self.page.url).removeprefix(self.address)

    def text(self) -> str:
        """Return the words of the page."""
        return str(self.page.inner_text("body"))
