"""Nothing that an audience may not see can be worked out from what it sees."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from remit.kernel.errors import BadInput
from remit.kernel.periods import parse_period
from remit.measures.disclosure import disclose
from remit.measures.figures import Cell, Figure

SMALLEST = 3


def figure(values: dict[tuple[str, ...], int], *, kind: str = "count", by: tuple[str, ...] | None = None) -> Figure:
    """Return a figure with these cells; a record a unit."""
    by = by or ("region", "sex", "age")[: len(next(iter(values), ("",)))]
    cells, ids = [], []
    for key, value in values.items():
        own = tuple(f"{'-'.join(key)}-{n}" for n in range(value))
        ids += own
        cells.append(Cell(dict(zip(by, key, strict=True)), value, own))
    total = sum(values.values())
    return Figure(
        "k",
        total,
        "persons",
        parse_period("2017-Q3"),
        "r",
        tuple(ids),
        1,
        "d",
        "s",
        by=by,
        cells=tuple(cells),
        kind=kind,
    )


def shown(one: Figure) -> dict[tuple[str, ...], float | None]:
    """Return the numbers shown, ``None`` where withheld."""
    return {tuple(cell.keys.values()): cell.value for cell in one.cells}


def along(values: dict[tuple[str, ...], int], place: int) -> dict[tuple[str, ...], int]:
    """Return the totals of one breakdown."""
    names = dict.fromkeys(key[place] for key in values)
    return {(name,): sum(v for key, v in values.items() if key[place] == name) for name in names}


def known_sums(values: dict[tuple[str, ...], int]) -> list[tuple[set[tuple[str, ...]], float]]:
    """Return the sums that a reader knows: of all cells, and of each row and column that its own figure shows."""
    found = []
    if (total := disclose(figure(values), SMALLEST).value) is not None:
        found.append((set(values), total))
    for place in range(len(next(iter(values)))) if len(next(iter(values))) == 2 else ():
        for (name,), value in shown(disclose(figure(along(values, place)), SMALLEST)).items():
            if value is not None:
                found.append(({key for key in values if key[place] == name}, value))
    return found


def possible(values: dict[tuple[str, ...], int]) -> dict[tuple[str, ...], set[int]]:
    """Return, by trying everything, which numbers each withheld cell may have for a reader.

    He knows the figure, the same measure by each single breakdown, and the total; where a zero is shown somewhere, that
    withheld cells are at least 1.
    """
    seen, known = shown(disclose(figure(values), SMALLEST)), known_sums(values)
    hidden = [key for key, value in seen.items() if value is None]
    least = 1 if any(value == 0 for value in seen.values()) else 0
    total = disclose(figure(values), SMALLEST).value
    most = sum(values.values()) if total is not None else 2 * SMALLEST
    found: dict[tuple[str, ...], set[int]] = {key: set() for key in hidden}

    def search(rest: list[tuple[str, ...]], so_far: dict[tuple[str, ...], float]) -> None:
        for keys, number in known:
            part = sum(so_far[key] for key in keys if key in so_far)
            if part > number or (part != number and keys <= so_far.keys()):
                return
        if not rest:
            for key in hidden:
                found[key].add(int(so_far[key]))
            return
        for number in range(least, most + 1):
            search(rest[1:], so_far | {rest[0]: number})

    search(hidden, {key: value for key, value in seen.items() if value is not None})
    return found


ONE = st.lists(st.integers(0, 6), min_size=1, max_size=5).map(lambda v: {(str(n),): x for n, x in enumerate(v)})
TWO = st.tuples(st.integers(2, 3), st.integers(2, 3)).flatmap(
    lambda size: st.lists(st.integers(0, 5), min_size=size[0] * size[1], max_size=size[0] * size[1]).map(
        lambda v: dict(zip(itertools.product("ab" + "c" * (size[0] - 2), "xy" + "z" * (size[1] - 2)), v, strict=True))
    )
)


@given(ONE)
@settings(max_examples=150, deadline=None, derandomize=True)
def test_no_withheld_cell_of_one_dimension_can_be_worked_out(values: dict[tuple[str, ...], int]) -> None:
    for key, numbers in possible(values).items():
        assert len(numbers) > 1, (values, key, numbers)


@given(TWO)
@settings(max_examples=60, deadline=None, derandomize=True)
def test_no_withheld_cell_of_two_dimensions_can_be_worked_out(values: dict[tuple[str, ...], int]) -> None:
    seen = shown(disclose(figure(values), SMALLEST))
    assume(sum(value is None for value in seen.values()) <= 5)  # what trying everything can bear
    for key, numbers in possible(values).items():
        assert len(numbers) > 1, (values, key, numbers)


@given(st.one_of(ONE, TWO))
@settings(max_examples=150, deadline=None, derandomize=True)
def test_small_cells_are_withheld_and_what_is_shown_is_true(values: dict[tuple[str, ...], int]) -> None:
    seen = disclose(figure(values), SMALLEST)
    for key, value in shown(seen).items():
        assert value is None or value == values[key]
        assert not 0 < (value or 0) < SMALLEST
    assert all(not cell.record_ids for cell in seen.cells) and not seen.record_ids


def test_a_lone_small_cell_takes_the_next_smallest_with_it() -> None:
    seen = disclose(figure({("gao",): 2, ("kidal",): 9, ("mopti",): 7, ("segou",): 0}), 5)
    assert shown(seen) == {("gao",): None, ("kidal",): 9, ("mopti",): None, ("segou",): 0}
    assert seen.value == 18 and [cell.withheld for cell in seen.cells] == [True, False, True, False]


def test_small_cells_that_guard_each_other_take_no_other() -> None:
    seen = disclose(figure({("gao",): 4, ("kidal",): 3, ("mopti",): 17}), 5)
    assert shown(seen) == {("gao",): None, ("kidal",): None, ("mopti",): 17}


def test_six_ones_are_not_given_away_by_their_total() -> None:
    seen = disclose(figure({(str(n),): 1 for n in range(6)} | {("z",): 0}), 5)
    assert set(shown(seen).values()) == {None}, "were the zero shown, each of six cells adding up to six would be one"


def test_a_small_total_is_withheld_with_its_cells() -> None:
    seen = disclose(figure({("gao",): 3, ("kidal",): 0}), 5)
    assert (seen.value, seen.withheld, shown(seen)) == (None, True, {("gao",): None, ("kidal",): 0})


def test_in_two_dimensions_a_small_cell_takes_a_rectangle() -> None:
    values = {(r, s): 20 for r in ("gao", "kidal", "mopti") for s in ("f", "m", "u")} | {("gao", "f"): 2}
    hidden = [key for key, value in shown(disclose(figure(values), 5)).items() if value is None]
    assert len(hidden) == 4 and len({r for r, _ in hidden}) == 2 and len({s for _, s in hidden}) == 2


def test_zeros_are_withheld_where_the_measure_says_so() -> None:
    seen = disclose(figure({("gao",): 0, ("kidal",): 9, ("mopti",): 7}), 5, zeros_shown=False)
    assert shown(seen) == {("gao",): None, ("kidal",): 9, ("mopti",): None}


def test_a_figure_with_no_smallest_cell_is_untouched_but_outsiders_get_no_records() -> None:
    one = figure({("gao",): 1, ("kidal",): 9})
    assert disclose(one, 0) is one
    seen = disclose(one, 0, outside=True)
    assert shown(seen) == shown(one) and not seen.record_ids and not any(cell.record_ids for cell in seen.cells)


def test_a_share_is_withheld_for_its_numerator_or_denominator_and_guarded_too() -> None:
    parts = {"gao": (1, 20), "kidal": (10, 20), "mopti": (9, 30), "segou": (0, 40)}
    cells = tuple(
        Cell({"region": r}, n / d, tuple(range(d)), numerator=n, denominator=d) for r, (n, d) in parts.items()
    )  # type: ignore[arg-type]
    one = replace(
        figure({("x",): 0}, kind="share", by=("region",)), value=20 / 110, numerator=20, denominator=110, cells=cells
    )
    seen = disclose(one, 5)
    assert {cell.keys["region"] for cell in seen.cells if cell.withheld} == {"gao", "kidal"}
    assert all(cell.numerator is None and cell.denominator is None for cell in seen.cells if cell.withheld)


def test_elapsed_times_are_judged_by_how_many_they_rest_on() -> None:
    cells = (Cell({"region": "gao"}, 600, ("a", "b")), Cell({"region": "kidal"}, 900, tuple("cdefg")))
    one = replace(figure({("x",): 7}, kind="elapsed", by=("region",)), value=700, cells=cells)
    assert shown(disclose(one, 5)) == {("gao",): None, ("kidal",): 900}
    with pytest.raises(BadInput) as refused:
        disclose(replace(one, record_ids=()), 5)
    assert refused.value.code == "MEA-031"


def test_a_stock_by_month_is_a_table_a_month() -> None:
    values = {(m, r): n for m in ("2017-07", "2017-08") for r, n in (("gao", 30), ("kidal", 40), ("mopti", 50))}
    values["2017-07", "gao"] = 2
    one = figure(values, kind="stock", by=("month", "region"))
    hidden = [key for key, value in shown(disclose(one, 5)).items() if value is None]
    assert hidden == [("2017-07", "gao"), ("2017-07", "kidal")]


def test_of_three_dimensions_no_breakdown_is_shown_once_a_cell_is_small() -> None:
    values = dict.fromkeys(itertools.product("ab", "xy", "01"), 9)
    assert len(disclose(figure(values), 5).cells) == 8
    assert disclose(figure(values | {("a", "x", "0"): 1}), 5).cells == ()
