"""Make the pictures of README and docs from the real app, showing the demonstration (all of it invented).

    uv run python scripts/pictures.py [--all DIR]

Needs Chromium (Debian's package ``chromium``). ``--all`` makes a picture of every page instead, in both languages, at the
width of a desk and of a phone, for looking through.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
PERIOD = "2017-06-29/2017-09-29"
PICTURES = {
    "overview": ("reporting-officer", "/"),
    "paragraph": ("planner", "/mandate/20.a.ii.-1"),
    "record": ("joc-officer", "record:security-event"),
    "figure": ("reporting-officer", f"/figures/protection-alerts-received?period={PERIOD}"),
    "situation": ("joc-officer", "/situation"),
    "report": ("reporting-officer", f"/reports/quarterly-report?period={PERIOD}"),
    "capacity": ("chief-of-staff", "/board/capacity"),
}
PAGES = [
    "/", "/mandate", "/mandate/20", "/mandate/20.a.ii.-1", "/situation", "/desk", "/records", "/records/ceasefire-finding",
    "/records/security-event/new", "record:ceasefire-finding", "record:security-event", "/figures",
    f"/figures/ceasefire-findings-confirmed?period={PERIOD}", "/reports", f"/reports/quarterly-report?period={PERIOD}", f"/reports/quarterly-report/write?period={PERIOD}",
    f"/reports/strategic-plan?period={PERIOD}", "/board/capacity", "/board/benchmarks", "/coverage", "/contradictions",
    "/calendar", "/people", "/search?q=market", "/help", "/nowhere",
]  # fmt: skip
PORT = 8765


def main() -> None:
    """Build the demonstration, serve it, and take the pictures."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("--all", type=Path, help="a picture of every page into this folder")
    everything: Path | None = options.parse_args().all
    workspace = Path(tempfile.mkdtemp()) / "demo"
    remit = [sys.executable, "-c", "from remit.config.entry import main; main()"]
    subprocess.run([*remit, "demo", "--no-serve", "--workspace", str(workspace)], check=True, stdout=subprocess.DEVNULL)
    server = subprocess.Popen(
        [*remit, "serve", "--workspace", str(workspace), "--port", str(PORT)], stdout=subprocess.DEVNULL
    )
    try:
        _wait()
        passwords = json.loads((workspace / "invented-accounts.json").read_text("utf-8"))
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium"),
                args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
            )
            if everything is None:
                for name, (person, path) in PICTURES.items():
                    _picture(browser, passwords, person, path, ROOT / "docs" / "pictures" / f"{name}.png", full=False)
            else:
                everything.mkdir(parents=True, exist_ok=True)
                for language in ("en", "fr"):
                    for width in (1280, 390):
                        _all(browser, passwords, everything, language, width)
            browser.close()
    finally:
        server.terminate()
        shutil.rmtree(workspace.parent, ignore_errors=True)


def _wait() -> None:
    for _ in range(120):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{PORT}/sign-in", timeout=2).close()
        except OSError:
            time.sleep(0.5)
        else:
            return
    raise SystemExit("the app did not start")


def _signed_in(browser: Any, passwords: dict[str, str], person: str, language: str, width: int) -> Any:
    context = browser.new_context(
        locale="fr-FR" if language == "fr" else "en-GB", viewport={"width": width, "height": 860}, device_scale_factor=1
    )
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{PORT}/sign-in")
    page.fill("#id_username", person)
    page.fill("#id_password", passwords[person])
    page.click("form button.primary")
    page.wait_for_url(lambda url: "/sign-in" not in url)
    return page


def _open(page: Any, path: str) -> None:
    if path.startswith("record:"):
        page.goto(f"http://127.0.0.1:{PORT}/records/{path.removeprefix('record:')}")
        path = page.locator('main a[href^="/record/"]').last.get_attribute("href")
    page.goto(f"http://127.0.0.1:{PORT}{path}")
    page.wait_for_load_state("networkidle")


def _picture(browser: Any, passwords: dict[str, str], person: str, path: str, file: Path, *, full: bool) -> None:
    page = _signed_in(browser, passwords, person, "en", 1280)
    _open(page, path)
    page.screenshot(path=str(file), full_page=full)
    page.context.close()
    print(file)


def _all(browser: Any, passwords: dict[str, str], folder: Path, language: str, width: int) -> None:
    page = _signed_in(browser, passwords, "joc-officer", language, width)
    for path in PAGES:
        _open(page, path)
        name = re.sub(r"\W+", "-", path.partition("?")[0]).strip("-") or "overview"
        page.screenshot(path=str(folder / f"{name}-{language}-{width}.png"), full_page=True)
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            print(f"{path} in {language} is {wide} wide at {width}")
    page.context.close()


if __name__ == "__main__":
    main()
