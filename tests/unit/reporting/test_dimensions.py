"""Breakdowns in the order in which one looks for their rows, and their sums where there are any."""

from __future__ import annotations

from typing import Any

import pytest

from remit.kernel.wording import Words
from remit.measures.figures import Cell
from remit.reporting.compose import compose
from remit.reporting.dimensions import reading_order
from remit.reporting.document import Table
from remit.reporting.outline import Part
from tests.unit.reporting.factories import cells, figure, material

COUNTRIES = {
    "deu": Words("Germany", "Allemagne"),
    "nld": Words("Netherlands", "Pays-Bas"),
    "esp": Words("Spain", "Espagne"),
}
STEPS = {"new": Words("New", "Nouveau"), "heard": Words("Heard", "Entendu"), "closed": Words("Closed", "Clos")}


@pytest.mark.parametrize(
    ("names", "language", "order"),
    [
        (COUNTRIES, "en", ["deu", "nld", "esp"]),
        (COUNTRIES, "fr", ["deu", "esp", "nld"]),
        (STEPS, "en", ["new", "heard", "closed"]),
        (STEPS, "fr", ["new", "heard", "closed"]),
        ({}, "en", ["closed", "deu", "esp", "heard", "new", "nld"]),
    ],
)
def test_order__follows_the_list_and_the_alphabet_of_the_reader(
    names: dict[str, Words], language: str, order: list[str]
) -> None:
    assert reading_order(sorted(order, reverse=True), names, language) == order


def test_order__puts_unknown_keys_after_known_ones_and_the_unstated_last() -> None:
    assert reading_order(["", "zzz", "esp", "deu", ""], COUNTRIES, "en") == ["deu", "esp", "zzz", ""]


def test_order__leaves_the_rest_behind_the_alphabet() -> None:
    names = {**COUNTRIES, "other": Words("Other contributor", "Autre contributeur")}
    assert reading_order(names, names, "fr") == ["deu", "esp", "nld", "other"]


def _table(part: Part, by: tuple[str, ...], value: int, found: tuple[Cell, ...]) -> Table:
    one = figure("shots", value, by=by, cells=found)
    key = ("shots", part.dimensions)
    names: dict[tuple[str, str], dict[str, Any]] = {key: {}, **{("shots", name): {} for name in by}}
    [table] = compose(material(part, figures=(one,), broken_down={key: one}, names=names), "en").blocks
    assert isinstance(table, Table)
    return table


ONE_WAY = Part("table", figures=("shots",), by="island", total=True)


def test_total__sums_rows_that_make_the_whole() -> None:
    table = _table(ONE_WAY, ("island",), 1500, cells("island", ("north", 1200), ("south", 300)))
    assert [text for text, _ in table.rows[-1]] == ["Total", "1,500"]
    assert table.total


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (3, cells("island", ("north", 2), ("south", 2))),
        (3, cells("island", ("north", 2), ("south…", None))),
        (3, cells("island", ("north", 3), ("south", None))),
    ],
    ids=["counted twice", "withheld", "unknown"],
)
def test_total__is_left_out_where_the_parts_are_not_the_whole(value: int, found: tuple[Cell, ...]) -> None:
    assert [text for text, _ in _table(ONE_WAY, ("island",), value, found).rows[-1]] == ["Total", "–"]


TWO_WAYS = Part("table", figures=("shots",), by="island", across="side", total=True)


def _crossed(*found: tuple[str, str, int | None]) -> tuple[Cell, ...]:
    return tuple(Cell({"island": one, "side": other}, value, withheld=value is None) for one, other, value in found)


def test_total__of_two_dimensions_adds_a_row_and_a_column() -> None:
    table = _table(
        TWO_WAYS, ("island", "side"), 6, _crossed(("north", "east", 1), ("north", "west", 2), ("south", "east", 3))
    )
    assert [[text for text, _ in row] for row in table.rows] == [
        ["north", "1", "2", "3"],
        ["south", "3", "–", "3"],
        ["Total", "4", "2", "6"],
    ]
    assert table.header[-1] == "Total"


def test_total__of_two_dimensions_gives_no_withheld_cell_away() -> None:
    table = _table(TWO_WAYS, ("island", "side"), 6, _crossed(("north", "east", 1), ("north", "west", None)))
    assert table.header == ("", "east", "west")
    assert len(table.rows) == 1 and not table.total
