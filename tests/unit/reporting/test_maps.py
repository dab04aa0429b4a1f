"""Maps: every area is drawn, and what is not known looks neither like few nor like nothing there."""

from __future__ import annotations

import pytest

from remit.reporting.charts import svg
from remit.reporting.maps import UNKNOWN, Ring, Shape, map_spec


def _square(west: float) -> tuple[Ring, ...]:
    return (((west, 10.0), (west + 3, 10.0), (west + 3, 13.0), (west, 13.0), (west, 10.0)),)


@pytest.mark.parametrize("values", [(2, None), (None, None), (1, 2), (0, None)])
def test_map__draws_areas_with_and_without_a_number(values: tuple[int | None, int | None]) -> None:
    shapes = [Shape(f"Area {at}", _square(at * 3.0), value, str(value)) for at, value in enumerate(values)]
    drawing = svg(map_spec(shapes))
    assert drawing.count(UNKNOWN) == values.count(None)
    assert "Area 0" in drawing and "Area 1" in drawing
