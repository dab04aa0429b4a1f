"""UNMIL under resolution 1509 (2003): a second real mission is a folder, held against its official text."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from remit.kernel.periods import parse_period
from remit.mandate.declared import DeclaredInstrument
from remit.services.coverage import coverage
from remit.services.figuring import compute
from remit.services.playing import Play
from tests.unit.missions_content.conftest import Loaded
from tests.unit.missions_content.test_mandate_is_the_official_one import RUN
from tests.workspaces import composition


@pytest.fixture(scope="module")
def mandate(loaded: Loaded) -> DeclaredInstrument:
    return loaded("unmil").instrument


@pytest.fixture(scope="module")
def gold(corpus: Path) -> list[dict[str, object]]:
    rows = json.loads((corpus / "resolutions/gold/S_RES_1509_2003.json").read_text(encoding="utf-8"))["provisions"]
    return [row for row in rows if row["path"]]


def test_paths_verbs_and_ceilings_are_those_of_the_text(
    mandate: DeclaredInstrument, gold: list[dict[str, object]]
) -> None:
    paths = list(dict.fromkeys(str(row["path"]) for row in gold))
    assert list(mandate.provisions) == paths
    verbs = {str(row["path"]): row["verbs"] for row in gold if row["role"] == "op"}
    assert {path: mandate.provisions[path].force for path in verbs} == {
        p: v[0] for p, v in verbs.items() if isinstance(v, list)
    }
    text = {str(row["path"]): str(row["text"]) for row in gold if row["role"] != "cont"}
    for limit in mandate.provisions["1"].limits:
        assert f"{limit.amount:,}" in text["1"]
    assert "every 90 days" in text["19"] and "within 30 days" in text["3.f"] and "within 30 days" in text["7"]
    assert "1 October 2003" in text["1"] and "end of 2005" in text["3.s"]


def test_no_sentence_of_the_text_is_copied(mandate: DeclaredInstrument, gold: list[dict[str, object]]) -> None:
    official = " ".join(re.findall(r"\w+", " ".join(str(row["text"]) for row in gold).casefold()))
    for path, provision in mandate.provisions.items():
        words = re.findall(r"\w+", provision.words.en.casefold())
        runs = (" ".join(words[i : i + RUN]) for i in range(len(words) - RUN + 1))
        assert not [run for run in runs if run in official], path


def test_nothing_in_the_core_knows_a_mission() -> None:
    source = Path(__file__).parents[3] / "src" / "remit"
    for file in source.rglob("*.py"):
        text = file.read_text("utf-8").casefold()
        found = re.findall(r"\b(minusma|unmil|liberia|bamako|monrovia)\b", text)
        assert set(found) <= {"minusma"}, file  # an example in a help text or a docstring, never a condition


def test_every_paragraph_and_item_is_served_and_the_demonstration_plays(loaded: Loaded) -> None:
    mission = loaded("unmil")
    rows = coverage(mission)
    assert [row.path for row in rows if not row.served] == []
    assert sum(row.operative for row in rows) == 20
    play = Play(composition().in_memory(mission))
    for step in mission.demonstration:
        play.step(step)
    quarter = parse_period("2003-09-19/2003-12-18")
    keys = ("threats-acted-on", "dated-duties-in-time", "cantonment-places-secured")
    figures = [compute(play.workspace, [mission.measures[key]], quarter)[0].value for key in keys]
    assert figures == [1.0, 0.0, 1000]  # the plan came twelve days late, and the agreement not at all
