"""Four mandates in a row, and a press summary, against the pairings that were reviewed by reading both texts."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest

from remit.services.comparing import SummaryComparison, compare_files
from tests.golden.comparing.pairs import FOLDER, MANDATES, compared, rows_of


@pytest.mark.parametrize(("first", "second"), list(pairwise(MANDATES)))
def test_pairs_are_as_reviewed(corpus: Path, first: str, second: str) -> None:
    expected = json.loads((FOLDER / f"{first[6:]}-{second[6:]}.json").read_text("utf-8"))
    assert rows_of(compared(corpus, first, second)) == expected


def test_the_summary_departs_and_leaves_out(corpus: Path) -> None:
    texts = corpus / "resolutions"
    resolution, summary = texts / "akn" / "S_RES_2364_2017.xml", texts / "summary_2364.txt"
    found = compare_files(resolution.read_bytes(), resolution.name, summary.read_bytes(), summary.name)
    assert isinstance(found, SummaryComparison)
    departures = {(one.key, one.written) for statement in found.statements for one in statement.departures}
    assert {("20.c.i", "imminent"), ("20.a.iv", "local"), ("18", "use")} <= departures
    left = {one.key for one in found.left_out}
    assert {"20.d~1", "22.c~1", "22.d~1", "48", "48.i", "48.ii", "37"} <= left
    assert not left & {
        "1",
        "3",
        "4",
        "5",
        "12",
        "15",
        "16",
        "18",
        "20.a.ii.-1",
        "20.b~1",
        "20.c.i",
        "20.f.ii",
        "26",
        "28",
        "29",
        "41",
    }
