"""WCAG 2.2, levels A and AA, by axe on every kind of page, in both languages, light and dark, and on a phone."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from remit.services.demonstrating import record_demonstration
from remit.services.workspace import Workspace
from tests.acceptance.browser import Visitor, chromium, served
from tests.workspaces import composition, new_workspace

pytestmark = pytest.mark.full
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PAGES = [
    "/", "/mandate", "/mandate/20.a.ii.-1", "/coverage", "/situation", "/desk", "/records", "/records/security-event",
    "/records/protection-alert/new", "/record/MINUSMA-EVT-2017-0002", "/record/MINUSMA-EVT-2017-0002/edit",
    "/record/MINUSMA-EVT-2017-0002/who-can", "/figures", "/contradictions", "/figures/protection-alerts-received", "/reports",
    "/import", "/reports/quarterly-report/write", "/board/capacity", "/board/benchmarks", "/calendar",
    "/people", "/releases", "/who-saw", "/search?q=market", "/help", "/account", "/nowhere",
]  # fmt: skip


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """The demonstration of the reference mission."""
    folder: Path = tmp_path_factory.mktemp("accessible")
    made = new_workspace(folder, "minusma")
    record_demonstration(made, lambda _: None)
    yield made
    composition().close(made)


def broken(page: Any) -> list[str]:
    """Return what axe finds: the rule, and where."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}}).response["violations"]
    return [
        f"{one['id']}: {node['target']} {node.get('failureSummary', '')[:200]}"
        for one in found
        for node in one["nodes"][:3]
    ]


@pytest.mark.parametrize(
    ("locale", "scheme", "width"), [("en-GB", "light", 1280), ("fr-FR", "dark", 1280), ("fr-FR", "light", 390)]
)
def test_axe_finds_nothing_on_any_page(workspace: Workspace, locale: str, scheme: str, width: int) -> None:
    if shutil.which("chromium") is None:
        pytest.skip("no Chromium on this machine: install Debian's package chromium")
    pytest.importorskip("axe_playwright_python")
    with served(workspace) as address, chromium() as browser:
        visitor = Visitor(browser, address, workspace, "joc-officer", locale=locale)
        visitor.page.emulate_media(color_scheme=scheme)
        visitor.page.set_viewport_size({"width": width, "height": 900})
        found = {}
        for path in PAGES:
            assert visitor.go(path) in (200, 403, 404), path
            visitor.page.wait_for_load_state("networkidle")
            if problems := broken(visitor.page):
                found[path] = problems
        assert found == {}
