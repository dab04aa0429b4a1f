"""The pages that are written from the source are current, and every command and code stands in them."""

from __future__ import annotations

import importlib.util
import re
import sys
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[3]
PAGES = {"commands": "commands.md", "codes": "error-codes.md"}


@cache
def script(name: str) -> ModuleType:
    """Return a script as a module."""
    spec = importlib.util.spec_from_file_location(f"scripts_{name}", ROOT / "scripts" / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", PAGES)
def test_page_is_current(name: str) -> None:
    found = (ROOT / "docs" / "reference" / PAGES[name]).read_text("utf-8")
    assert found == script(name).page(), f"run: python scripts/{name}.py"


def test_a_code_has_one_family() -> None:
    codes = script("codes")
    assert {one.code[:3] for one in codes.collect()} <= set(codes.FAMILIES)


def test_products_page_names_every_code_and_place() -> None:
    text = (ROOT / "docs" / "reference" / "products.md").read_text("utf-8")
    rooms = ("reporting", "drafting", "clearance")
    reporting = "".join((ROOT / "src" / "remit" / "services" / f"{room}.py").read_text("utf-8") for room in rooms)
    told = set(re.findall(r"REP-0\d\d", text))
    assert {"REP-002", "REP-003", "REP-012", "REP-013", "REP-014"} <= told
    assert told - {"REP-012"} <= set(re.findall(r"REP-0\d\d", reporting))
    for place in ("figure:KEY", "previous:KEY", "change:KEY", "limit:KEY", "period", "as_of"):
        assert f"{{{place}}}" in text
