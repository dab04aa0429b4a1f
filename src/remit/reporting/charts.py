"""Charts: one family of Vega-Lite specifications for page, Word and PDF, drawn without a browser."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import vl_convert

from remit.measures.figures import Number

INK, PAPER, LINE, ACCENT = "#1b2126", "#ffffff", "#dfe4e8", "#00699b"
FONT = "DejaVu Sans, Helvetica, Arial, sans-serif"
WIDTH, HEIGHT = 520, 190
"""Pixels of the drawing's plane; a chart of long names is as high as it has bars."""
_LOCALES = {
    "en": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["", ""]},
    "fr": {"decimal": ",", "thousands": "\u202f", "grouping": [3], "currency": ["", ""], "percent": "\u00a0%"},
}


@dataclass(frozen=True, slots=True)
class Point:
    """One bar or point: its name, its value (``None`` leaves a gap, it is not zero), and the value in words."""

    name: str
    value: Number | None
    label: str


def chart_spec(
    points: Sequence[Point], *, mark: str = "bar", unit: str = "", share: bool = False, language: str = "en"
) -> dict[str, Any]:
    """Return the specification of a chart of one series: thin axes, direct labels, no legend.

    Args:
        points: in the order shown.
        mark: ``bar`` or ``line``.
        unit: the title of the axis of values.
        share: values are fractions of 1, shown in per cent.
        language: of the numbers on the axis.
    """
    lying = mark == "bar" and max((len(point.name) for point in points), default=0) > 14
    drawn: dict[str, Any] = {"type": "bar", "color": ACCENT, "size": 18 if lying else 34}
    if mark == "line":
        dot = {"filled": True, "size": 40, "color": ACCENT}
        drawn = {"type": "line", "color": ACCENT, "strokeWidth": 2, "point": dot}
    names: dict[str, Any] = {"field": "name", "type": "nominal", "sort": None, "title": None}
    names["scale"] = {"domain": [point.name for point in points]}  # else a missing value takes its name with it
    numbers: dict[str, Any] = {
        "field": "value",
        "type": "quantitative",
        "title": unit,
        "scale": {"zero": True},
        "axis": {"format": ".0%" if share else ",~r", "tickMinStep": 0.01 if share else 1},
    }
    across, up = (numbers, names) if lying else ({**names, "axis": {"labelAngle": 0}}, numbers)
    label = {"dx": 5, "align": "left", "baseline": "middle"} if lying else {"dy": -8, "baseline": "bottom"}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": WIDTH,
        "height": max(HEIGHT, 26 * len(points)) if lying else HEIGHT,
        "background": PAPER,
        "data": {"values": [{"name": p.name, "value": p.value, "label": p.label} for p in points]},
        "layer": [
            {"mark": drawn, "encoding": {"x": across, "y": up}},
            {
                "mark": {"type": "text", "color": INK, "fontSize": 11, "invalid": None, **label},
                "encoding": {"x": across, "y": up, "text": {"field": "label", "type": "nominal"}},
            },
        ],
        "config": {
            "font": FONT,
            "locale": {"number": _LOCALES["fr" if language == "fr" else "en"]},
            "view": {"stroke": None},
            "axis": {
                "labelColor": INK,
                "titleColor": INK,
                "domainColor": INK,
                "tickColor": LINE,
                "gridColor": LINE,
                "labelFontSize": 11,
                "titleFontSize": 11,
                "titleFontWeight": "normal",
                "labelLimit": 260,
            },
        },
    }


def svg(spec: Mapping[str, Any]) -> str:
    """Draw a specification as SVG."""
    return vl_convert.vegalite_to_svg(dict(spec))


def png(spec: Mapping[str, Any], *, scale: float = 2.0) -> bytes:
    """Draw a specification as PNG."""
    return vl_convert.vegalite_to_png(dict(spec), scale=scale)
