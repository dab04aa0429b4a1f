"""Charts: one family of Vega-Lite specifications for page, Word and PDF, drawn without a browser."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import vl_convert

from remit.measures.figures import Number

INK, PAPER, LINE, ACCENT = "#1b2126", "#ffffff", "#dfe4e8", "#00699b"
FONT = "DejaVu Sans, Helvetica, Arial, sans-serif"


def chart_spec(
    points: Sequence[tuple[str, Number | None]],
    *,
    mark: str = "bar",
    unit: str = "",
    width: int = 520,
    height: int = 190,
) -> dict[str, Any]:
    """Return the specification of a chart of one series: thin axes, direct labels, no legend.

    Args:
        points: (name, value) in the order shown; a missing value leaves a gap, it is not zero.
        mark: ``bar`` or ``line``.
    """
    values = [{"name": name, "value": value} for name, value in points]
    long_names = max((len(name) for name, _ in points), default=0) > 11 and mark == "bar"
    drawn: dict[str, Any] = {"type": "bar", "color": ACCENT, "size": 18 if long_names else 34}
    if mark == "line":
        drawn = {
            "type": "line",
            "color": ACCENT,
            "strokeWidth": 2,
            "point": {"filled": True, "size": 40, "color": ACCENT},
        }
    names: dict[str, Any] = {"field": "name", "type": "nominal", "sort": None, "title": None}
    numbers: dict[str, Any] = {"field": "value", "type": "quantitative", "title": unit, "scale": {"zero": True}}
    across, up = (numbers, names) if long_names else (names, numbers)
    if not long_names:
        across = {**names, "axis": {"labelAngle": 0}}
    label = {"dx": 5, "align": "left", "baseline": "middle"} if long_names else {"dy": -8, "baseline": "bottom"}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": width,
        "height": max(height, 26 * len(points)) if long_names else height,
        "background": PAPER,
        "data": {"values": values},
        "layer": [
            {"mark": drawn, "encoding": {"x": across, "y": up}},
            {
                "mark": {"type": "text", "color": INK, "fontSize": 11, **label},
                "encoding": {"x": across, "y": up, "text": {"field": "value", "type": "quantitative", "format": ",.3~r"}},
            },
        ],
        "config": {
            "font": FONT,
            "view": {"stroke": None},
            "axis": {
                "labelColor": INK, "titleColor": INK, "domainColor": INK, "tickColor": LINE, "gridColor": LINE,
                "labelFontSize": 11, "titleFontSize": 11, "titleFontWeight": "normal", "tickMinStep": 1,
            },
        },
    }  # fmt: skip


def svg(spec: Mapping[str, Any]) -> str:
    """Draw a specification as SVG."""
    return vl_convert.vegalite_to_svg(dict(spec))


def png(spec: Mapping[str, Any], *, scale: float = 2.0) -> bytes:
    """Draw a specification as PNG."""
    return vl_convert.vegalite_to_png(dict(spec), scale=scale)
