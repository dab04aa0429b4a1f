"""Hits, what is too much and what is missed, by kind, of what was found against the goldens written by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from remit.services.reading import Reading, read_file

FOLDER = Path(__file__).parent
"""The half by which the rules are mended."""
HELD_OUT = FOLDER / "held_out"
"""The half that is only measured: no rule and no word may be added because of what is missed there."""
KINDS = ("clocks", "limits", "citations", "references", "addressees")
Row = tuple[str, str]
"""A place (``pp`` for the whole preamble, ``op`` for a paragraph without a number) and what stands there."""


class Tally(NamedTuple):
    """The rows of one kind in one document, each with its number of times."""

    hit: Counter[Row]
    extra: Counter[Row]
    missed: Counter[Row]


def expected_rows(golden: dict[str, Any], kind: str) -> Counter[Row]:
    """Return the rows of a golden."""
    rows = [(str(path), str(value)) for path, values in golden.get(kind, {}).items() for value in values]
    return Counter(set(rows) if kind == "addressees" else rows)


def found_rows(reading: Reading, kind: str) -> Counter[Row]:
    """Return the rows of a reading.

    An addressee counts once for each paragraph or item, however many of its clauses ask him; the Council, which is one
    only where nobody else is asked, is left out.
    """
    rows = list(_rows(reading, kind))
    return Counter(set(rows) if kind == "addressees" else rows)


def _rows(reading: Reading, kind: str) -> Iterator[Row]:
    asked = reading.asked
    if kind == "clocks":
        for clock in asked.clocks:
            yield from ((_place(clock.path), f"{clock.kind} {day}") for day in clock.dates)
    elif kind == "limits":
        yield from ((_place(limit.path), str(limit.amount)) for limit in asked.limits)
    elif kind == "citations":
        yield from {(_place(one.path), one.symbol) for one in asked.citations}
    elif kind == "references":
        yield from ((_place(one.path), one.to) for one in asked.references)
    else:
        for one in asked.obligations:
            names = {name.removeprefix("the ").removeprefix("all ") for name in one.addressees}
            yield from {(_place(one.path), name) for name in names if name not in ("Council", "Security Council")}


def _place(path: str) -> str:
    """Return ``pp`` for a paragraph of the preamble and ``op`` for an unnumbered one, else the path."""
    if path[:1].isdigit():
        return path
    return "pp" if "pp" in path else "op"


def tallies(resolutions: Path, folder: Path = FOLDER) -> Iterator[tuple[str, str, Tally]]:
    """Return the tally of each golden document of a folder and kind.

    ``resolutions`` holds the documents under the goldens' stems: as text, or where there is none as official XML.
    """
    for file in sorted(folder.glob("*.yaml")):
        golden = yaml.safe_load(file.read_text("utf-8"))
        source = resolutions / "text" / f"{file.stem}.txt"
        if not source.exists():
            source = resolutions / "akn" / f"{file.stem}.xml"
        reading = read_file(source.read_bytes(), source.name)
        for kind in KINDS:
            wanted, found = expected_rows(golden, kind), found_rows(reading, kind)
            yield file.stem, kind, Tally(wanted & found, found - wanted, wanted - found)


def rates(resolutions: Path, folder: Path = FOLDER) -> dict[str, tuple[float, float, int]]:
    """Return precision, recall and the number of rows in the goldens, by kind; 1 where there is nothing to find."""
    sums = {kind: [0, 0, 0] for kind in KINDS}
    for _, kind, tally in tallies(resolutions, folder):
        for index, rows in enumerate(tally):
            sums[kind][index] += rows.total()
    return {
        kind: (hit / (hit + extra) if hit + extra else 1.0, hit / (hit + missed) if hit + missed else 1.0, hit + missed)
        for kind, (hit, extra, missed) in sums.items()
    }
