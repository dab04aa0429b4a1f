"""Measures, figures and outlines for tests of reporting: each names only what its test is about."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from remit.kernel.periods import Period
from remit.kernel.wording import Words
from remit.measures.definitions import Measure, When
from remit.measures.figures import Cell, Figure, Number
from remit.reporting.material import Material
from remit.reporting.outline import Part, Product

QUARTER = Period(date(2020, 3, 16), date(2020, 6, 16))
BEFORE = QUARTER.previous()


def measure(key: str = "boats", **named: Any) -> Measure:
    """Return a measure that counts boats."""
    said: dict[str, Any] = {
        "version": 1,
        "label": Words(key.capitalize(), f"{key.capitalize()} (fr)"),
        "rule": Words("All of them; none twice.", "Tous ; aucun deux fois."),
        "kind": "count",
        "of": "boat",
        "unit": Words("boats", "bateaux"),
        "serves": (),
        "when": When("occurred"),
        "by": ("month", "island"),
    }
    return Measure(key, **{**said, **named})


def figure(key: str = "boats", value: Number | None = 3, *, period: Period = QUARTER, **named: Any) -> Figure:
    """Return a figure of that measure."""
    said: dict[str, Any] = {
        "unit": "boats",
        "rule": "All of them; none twice.",
        "record_ids": ("r1", "r2"),
        "version": 1,
        "definition": "0123456789abcdef",
        "snapshot": "block-000001-aaaa",
    }
    return Figure(key=key, value=value, period=period, **{**said, **named})


def cells(by: str, *pairs: tuple[str, Number | None]) -> tuple[Cell, ...]:
    """Return the cells of a breakdown; ``…`` in the place of a key's end marks it as withheld."""
    return tuple(Cell({by: key.rstrip("…")}, value, withheld=key.endswith("…")) for key, value in pairs)


def words(en: str, fr: str = "") -> Words:
    """Return words in both languages."""
    return Words(en, fr or en)


def material(*parts: Part, figures: tuple[Figure, ...] = (), **named: Any) -> Material:
    """Return what a product of these parts is composed of."""
    plain = {one.key: one for one in figures if not one.by}
    said: dict[str, Any] = {
        "product": Product(
            key="note",
            version=1,
            label=words("Note"),
            title=words("Report on the isles (invented)", "Rapport sur les îles (inventé)"),
            answers=(),
            must_answer=named.pop("must_answer", ()),
            parts=parts,
            masthead={
                "organ": words("Council", "Conseil"),
                "distribution": words("General", "Générale"),
                "original": "English",
            },
        ),
        "mission": words("Mission of the isles", "Mission des îles"),
        "measures": {one.key: measure(one.key) for one in figures},
        "figures": plain,
        "previous": {},
        "broken_down": {(one.key, one.by[0]): one for one in figures if one.by},
        "names": {(one.key, one.by[0]): {} for one in figures if one.by},
        "period": QUARTER,
        "as_of": datetime(2020, 6, 15, 12, tzinfo=UTC),
        "written_at": datetime(2020, 6, 20, 9, tzinfo=UTC),
        "head": "2:20:abc",
    }
    return Material(**{**said, **named})
