"""What the documentation shows is loaded; every key and every code stands in it."""

from __future__ import annotations

import inspect
import re
import shutil
from pathlib import Path

import pytest

from remit.missions import declarations
from remit.missions.declarations import mandate, measure, mission, options, places, plan, product, record_type, steps
from remit.missions.declarations.values import Declaration
from remit.missions.load import load_mission
from remit.services.checking import cases_of, run
from tests.workspaces import composition

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
REFERENCE = DOCS / "reference" / "mission-files.md"
FAMILIES = (mandate, measure, mission, options, places, plan, product, record_type, steps)
BLOCK = re.compile(r"```yaml\n# (missions/\S+)\n(.*?)```", re.DOTALL)


def test_declarations_shown_are_loaded(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "missions", tmp_path / "missions")
    shown = [
        found
        for page in sorted((DOCS / "how-to").glob("add-a-*.md"))
        for found in BLOCK.findall(page.read_text("utf-8"))
    ]
    assert len(shown) >= 2
    for name, text in shown:
        assert not (tmp_path / name).exists(), f"{name} is shown as new and exists already"
        (tmp_path / name).write_text(text, "utf-8")
    loaded, issues = load_mission(tmp_path / "missions" / "exercise", search=[tmp_path / "missions"])
    assert [issue.text() for issue in issues] == []
    assert loaded is not None
    assert loaded.record_types["harbour-inspection"].fields["boats"].kind == "integer"
    assert loaded.measures["boats-inspected"].of == "harbour-inspection"


def test_examples_shown_hold(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "missions", tmp_path / "missions")
    for page in sorted((DOCS / "how-to").glob("add-a-*.md")):
        for name, text in BLOCK.findall(page.read_text("utf-8")):
            (tmp_path / name).write_text(text, "utf-8")
    opener, folder = composition(tmp_path / "missions"), tmp_path / "missions" / "exercise"
    loaded, _ = load_mission(folder, search=[tmp_path / "missions"])
    assert loaded is not None
    cases = [case for case in cases_of(loaded) if case.key in ("harbour-inspection", "boats-inspected")]
    assert len(cases) == 3
    assert [issue.text() for case in cases for issue in run(opener.in_memory(loaded), case)] == []


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.__name__.rsplit(".", 1)[-1])
def test_every_key_is_documented(family: object) -> None:
    text = re.sub(r"```.*?```", "", REFERENCE.read_text("utf-8"), flags=re.DOTALL)
    quoted = set(re.findall(r"[a-z_]+", " ".join(re.findall(r"`([^`\n]+)`", text))))
    keys = {
        field.alias or name
        for _, shape in inspect.getmembers(family, inspect.isclass)
        if issubclass(shape, Declaration) and shape.__module__ == family.__name__  # type: ignore[attr-defined]
        for name, field in shape.model_fields.items()
    }
    assert keys - quoted - {"time", "en", "fr"} == set()


def test_every_code_is_documented() -> None:
    source = Path(inspect.getfile(declarations)).parents[1]
    told = {
        code
        for module in source.rglob("*.py")
        for code in re.findall(r'"((?:MIS|GEO)-\d{3})"', module.read_text("utf-8"))
    }
    documented = set(re.findall(r"(?:MIS|GEO)-\d{3}", REFERENCE.read_text("utf-8")))
    assert told - documented == set()
    assert documented - told == set()
