"""Property: whichever key of a valid folder is misspelt, it is told with its line and the right key."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .conftest import FILES, Folder

NAMED_BY_AUTHORS = frozenset(
    {
        "components", "roles", "compartments", "partners", "parties", "audiences", "people", "headings", "provisions",
        "limits", "tasks", "options", "areas", "places", "fields", "moves", "states", "record", "figures", "smallest_cell",
        "set", "where", "requires",
    }
)  # fmt: skip
"""Mappings whose own keys are names or conditions: a wrong one is told where it is used."""


@cache
def keys_of(name: str) -> list[tuple[int, int, str]]:
    """Return line (from 0), column and key, for each key that the loader closes."""
    found: list[tuple[int, int, str]] = []

    def walk(node: yaml.Node, around: str, inside_condition: bool) -> None:
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                condition = inside_condition or around in ("where", "requires")
                open_ = around in NAMED_BY_AUTHORS or condition
                if not open_ and len(key.value) > 1 and key.style is None:
                    found.append((key.start_mark.line, key.start_mark.column, key.value))
                walk(value, "" if open_ else key.value, condition)
        elif isinstance(node, yaml.SequenceNode):
            for item in node.value:
                walk(item, around if around == "states" else "", inside_condition)

    root = yaml.compose(FILES[name], Loader=yaml.BaseLoader)
    assert root is not None
    walk(root, "", False)
    return found


KEYS = [(name, *key) for name in FILES for key in keys_of(name)]
WAYS = ("doubled", "swapped", "dropped")


def misspell(key: str, way: str, at: int) -> str:
    """Return the key with one letter doubled, dropped, or swapped with the next."""
    at %= len(key)
    if way == "dropped" and len(key) > 3:
        return key[:at] + key[at + 1 :]
    if way == "swapped" and len(key) > 3 and key[at] != key[(at + 1) % len(key)]:
        at = min(at, len(key) - 2)
        return key[:at] + key[at + 1] + key[at] + key[at + 2 :]
    return key[: at + 1] + key[at] + key[at + 1 :]


@given(which=st.sampled_from(KEYS), way=st.sampled_from(WAYS), at=st.integers(0, 20))
@settings(
    max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_misspelt_key_is_told(tmp_path: Path, which: tuple[str, int, int, str], way: str, at: int) -> None:
    name, line, column, key = which
    folder = Folder(tmp_path)
    for file, text in FILES.items():
        folder.write(file, text)
    wrong = misspell(key, way, at)
    if wrong == key:
        return
    lines = FILES[name].split("\n")
    lines[line] = lines[line][:column] + wrong + lines[line][column + len(key) :]
    folder.write(name, "\n".join(lines))
    told = [i for i in folder.problems() if i.code == "MIS-011" and (i.where.file, i.where.line) == (name, line + 1)]
    said = "\n".join(issue.text() for issue in folder.problems())
    assert any(f"“{wrong}” is not a key here; did you mean “{key}”?" in issue.message.en for issue in told), said
