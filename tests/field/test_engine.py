"""A field form rendered, filled and sent by ODK Web Forms, in a browser: what nobody here wrote."""

from __future__ import annotations

import hashlib
import mimetypes
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import pytest

from remit.kernel.conditions import ALWAYS
from remit.records.journal import Query
from remit.services.workspace import Workspace
from tests.acceptance.browser import chromium, served

HERE = Path(__file__).parent
FORM = "minusma-field-report"


@pytest.fixture(scope="module")
def packages() -> Path:
    """The engine from the npm registry, fetched once a machine; without node or a registry the test is skipped."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        pytest.skip("no node on this machine: the forms engine comes from the npm registry")
    wanted = (HERE / "package.json").read_bytes()
    folder = Path(tempfile.gettempdir()) / f"remit-tests-npm-{hashlib.sha256(wanted).hexdigest()[:12]}"
    found = folder / "node_modules"
    if not (found / "@getodk" / "web-forms" / "dist" / "index.js").is_file():
        folder.mkdir(exist_ok=True)
        (folder / "package.json").write_bytes(wanted)
        command = ["npm", "install", "--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300, check=False)
        if done.returncode:
            pytest.skip(f"the npm registry cannot be reached: {done.stderr.strip()[:200]}")
    return found


@pytest.mark.full
def test_odk_web_forms__renders_fills_and_sends(place: Workspace, secret: str, packages: Path) -> None:
    def files(route: Any) -> None:
        path = route.request.url.split("/field-test/")[1].split("?")[0]
        if path == "settings.json":
            route.fulfill(json={"form": FORM, "token": secret})
            return
        known = {"index.html": HERE / "engine.html", "vue.js": packages / "vue" / "dist" / "vue.esm-browser.prod.js"}
        file = known.get(path) or packages / "@getodk" / "web-forms" / "dist" / path.removeprefix("web-forms/")
        route.fulfill(body=file.read_bytes(), content_type=mimetypes.guess_type(file.name)[0] or "text/plain")

    with served(place) as address, chromium() as browser:
        page = browser.new_page(locale="en-GB")
        page.set_default_timeout(30_000)
        failures: list[str] = []
        page.on("pageerror", lambda error: failures.append(str(error)))
        page.route("**/field-test/**", files)
        page.goto(f"{address}/field-test/index.html")
        page.get_by_text("Field report", exact=True).first.wait_for()

        def question(label: str) -> Any:
            return page.locator(".question-container").filter(has_text=label).first

        page.get_by_role("button", name="Send").click()
        assert page.evaluate("window.sent") is None, "what is required is asked for before anything is sent"
        question("Title").locator("input").fill("Seen from the road (invented)")
        question("Place: name of the place").locator("input").fill("Gao")
        question("Narrative").locator("textarea").fill("What was seen (invented)")
        for label, choice in (
            ("Grade", "A1: reliable, confirmed"),
            ("Kind of source", "Patrol or observer of the mission"),
        ):
            question(label).get_by_role("combobox").click()
            page.get_by_role("option", name=choice).click()
            page.get_by_role("listbox").wait_for(state="detached")
        number = question("Victims as reported: how many?").locator("input")
        number.press("Control+A")
        number.press_sequentially("1")
        number.press("Tab")
        page.locator(".question-container").filter(has_text="Sex").get_by_text("Female").click()
        page.locator(".question-container").filter(has_text="Age band").get_by_text("Adult").click()
        sent = None
        for _ in range(10):  # the engine validates as one goes on; what comes in between is passed over
            page.get_by_role("button", name="Send").click()
            page.wait_for_timeout(1500)
            if sent := page.evaluate("window.sent"):
                break
        assert sent is not None
        assert failures == []
    assert sent["status"] == 201, sent
    assert "xml_submission_file" in sent["parts"]
    [made] = place.journal.find(Query(ALWAYS))
    assert (made.type, made.kind) == ("field-report", "report")
    assert made.number in sent["text"]
    assert made.values["title"] == "Seen from the road (invented)"
    assert made.values["place"]["region"] == "gao"
    assert [row["sex"] for row in made.values["victims"]] == ["female"]
    assert made.reported[:4] > "2017", "the device's time stands in until somebody changes it"
