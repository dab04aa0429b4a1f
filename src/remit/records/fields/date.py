"""``date``: ``{"on": "2017-07-14", "precision": "day"}`` (``day``, ``month``, ``year``); the first day of a month or year.

Settings: ``precision`` (the coarsest that is accepted, ``year`` unless stated), ``future`` (whether days to come are
accepted, true unless stated).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date as Day
from datetime import datetime
from typing import Any

from remit.kernel.days import read_day, show_day
from remit.kernel.errors import BadInput
from remit.kernel.issues import Issue
from remit.kernel.wording import Words
from remit.records.field_kind import Column, Context, FieldKind, Given, Input, expected, from_error
from remit.records.types import FieldDefinition, Option

PRECISIONS = (
    Option("day", Words("to the day", "au jour près")),
    Option("month", Words("month only", "mois seulement")),
    Option("year", Words("year only", "année seulement")),
)
_KEYS = [option.key for option in PRECISIONS]


class Date(FieldKind):
    """A day, as precisely as it is known."""

    key = "date"

    def read_one(self, raw: Any, definition: FieldDefinition, context: Context) -> tuple[Any, tuple[Issue, ...]]:
        """Read a day object, ``2017-07-14``, “14 July 2017”, “14 juillet 2017”, a month, a year, or ``{on, precision}``."""
        stated: Any = None
        if isinstance(raw, Mapping):
            stated = raw.get("precision")
            raw = raw.get("on", raw.get(True))  # YAML reads a bare `on` as true
            if stated not in (None, "", *_KEYS):
                return expected("REC-016", definition, stated, "day, month or year", "day, month ou year")
        if isinstance(raw, int) and not isinstance(raw, bool):
            raw = str(raw)  # a year in YAML
        if isinstance(raw, datetime) or not isinstance(raw, str | Day):
            return expected("REC-016", definition, raw, "a day such as 2017-07-14", "un jour tel que 2017-07-14")
        try:
            day, precision = read_day(raw if isinstance(raw, str) else raw.isoformat())
        except BadInput as error:
            return None, (from_error("REC-016", definition.key, error),)
        if stated and _KEYS.index(stated) > _KEYS.index(precision):
            precision = stated
        coarsest = str(definition.settings.get("precision", "year"))
        if _KEYS.index(precision) > _KEYS.index(coarsest):
            label = PRECISIONS[_KEYS.index(coarsest)].label
            return expected("REC-016", definition, raw, f"a date {label.en}", f"une date, {label.fr}")
        if definition.settings.get("future") is False and day > context.now.date():
            en, fr = "a day that is not to come", "un jour qui ne soit pas à venir"
            return expected("REC-016", definition, raw, en, fr)
        first = (
            day.replace(day=1) if precision == "month" else day.replace(month=1, day=1) if precision == "year" else day
        )
        return {"on": first.isoformat(), "precision": precision}, ()

    def show_one(self, value: Any, definition: FieldDefinition, language: str) -> str:
        """Show “14 July 2017”, “juillet 2017”."""
        return show_day(Day.fromisoformat(value["on"]), language, value.get("precision", "day"))

    def schema_one(self, definition: FieldDefinition) -> dict[str, Any]:
        """Return the schema of day and precision."""
        return {
            "type": "object",
            "properties": {"on": {"type": "string", "format": "date"}, "precision": {"enum": _KEYS}},
            "required": ["on", "precision"],
            "additionalProperties": False,
        }

    def columns_one(self, definition: FieldDefinition) -> tuple[Column, ...]:
        """Return the day and its precision."""
        return (Column(definition.key, "date"), Column(f"{definition.key}_precision", "text"))

    def cells_one(self, value: Any, definition: FieldDefinition) -> dict[str, Any]:
        """Return the day and its precision."""
        return {
            definition.key: Day.fromisoformat(value["on"]),
            f"{definition.key}_precision": value.get("precision", "day"),
        }

    def inputs(self, definition: FieldDefinition) -> tuple[Input, ...]:
        """Return a day, and how precise it is unless only days are accepted."""
        own = Input("", "date", definition.label, (), definition.required, definition.help)
        known = PRECISIONS[: _KEYS.index(str(definition.settings.get("precision", "year"))) + 1]
        return (
            (own, Input("precision", "select", Words("How precise", "Précision"), known)) if len(known) > 1 else (own,)
        )

    def from_inputs(self, given: Given) -> Any:
        """Join day and precision."""
        day = given.get("", "")
        return {"on": day, "precision": given["precision"]} if day and given.get("precision") else day

    def to_inputs(self, value: Any, definition: FieldDefinition) -> dict[str, str | list[str]]:
        """Part day and precision."""
        return (
            {"": "", "precision": "day"}
            if value is None
            else {"": value["on"], "precision": value.get("precision", "day")}
        )


KIND = Date()
