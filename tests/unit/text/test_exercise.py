"""The exercise's own invented resolution, damaged as real ones are, is read and agrees with its declaration."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from remit.services.reading import Reading, read_file

FOLDER = Path(__file__).parents[3] / "missions" / "exercise"


@pytest.fixture(scope="module")
def reading() -> Reading:
    file = FOLDER / "instrument.txt"
    return read_file(file.read_bytes(), file.name)


@pytest.fixture(scope="module")
def declared() -> dict[str, dict[str, object]]:
    provisions: dict[str, dict[str, object]] = yaml.safe_load((FOLDER / "mandate.yaml").read_text("utf-8"))[
        "provisions"
    ]
    return {str(path): value or {} for path, value in provisions.items()}


def test_every_declared_paragraph_and_item_is_found(reading: Reading, declared: dict[str, dict[str, object]]) -> None:
    assert {one.path for one in reading.document.provisions if one.path} == set(declared)


def test_verbs_agree_where_the_source_has_them(reading: Reading, declared: dict[str, dict[str, object]]) -> None:
    damaged = {issue.where.path for issue in reading.document.problems if issue.code == "TXT-101"}
    for one in reading.document.provisions:
        force = declared.get(one.path, {}).get("force")
        if one.role == "op" and force and one.path not in damaged:
            assert one.verbs[0].startswith(str(force)), one.path


def test_damage_is_reported(reading: Reading) -> None:
    codes = {issue.code for issue in reading.document.problems}
    assert {"TXT-101", "TXT-102", "TXT-109"} <= codes


def test_clocks_limits_and_references_agree(reading: Reading, declared: dict[str, dict[str, object]]) -> None:
    days = {(one.path, tuple(map(str, one.dates))) for one in reading.asked.clocks if one.dates}
    limits = {(one.path, one.amount) for one in reading.asked.limits}
    references = {(one.path, one.to) for one in reading.asked.references}
    for path, value in declared.items():
        for clock in value.get("clocks") or []:  # type: ignore[attr-defined]
            if clock.get("dates"):
                assert (path, tuple(map(str, clock["dates"]))) in days
        for limit in (value.get("limits") or {}).values():  # type: ignore[attr-defined]
            assert (path, limit["amount"]) in limits
        for to in value.get("references") or []:  # type: ignore[attr-defined]
            assert (path, str(to)) in references
