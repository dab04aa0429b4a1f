"""``decimal``: a number with decimals, kept as a JSON number. Settings: ``minimum``, ``maximum``, ``step`` (of the form)."""

from __future__ import annotations

import math
from decimal import Decimal as Exact
from typing import Any

from remit.kernel.errors import BadInput
from remit.kernel.issues import Issue
from remit.kernel.numbers import read_number, show_number
from remit.records.field_kind import Column, Context, FieldKind, Input, expected, from_error
from remit.records.fields.integer import bounds
from remit.records.types import FieldDefinition


class Decimal(FieldKind):
    """A number of at most 15 significant digits, so that none is lost."""

    key = "decimal"

    def read_one(self, raw: Any, definition: FieldDefinition, context: Context) -> tuple[Any, tuple[Issue, ...]]:
        """Read a number, or digits as English or French write them."""
        if isinstance(raw, str):
            try:
                exact = read_number(raw)
            except BadInput as error:
                return None, (from_error("REC-014", definition.key, error),)
            if len(exact.normalize().as_tuple().digits) > 15:
                return expected(
                    "REC-015", definition, raw, "at most 15 significant digits", "15 chiffres significatifs au plus"
                )
            raw = float(exact)
        if isinstance(raw, Exact):
            raw = float(raw)
        if isinstance(raw, bool) or not isinstance(raw, int | float) or not math.isfinite(raw):
            return expected("REC-014", definition, raw, "a number", "un nombre")
        lowest, highest = definition.settings.get("minimum"), definition.settings.get("maximum")
        if (lowest is not None and raw < lowest) or (highest is not None and raw > highest):
            en, fr = bounds(lowest, highest)
            return expected("REC-015", definition, raw, en, fr)
        return float(raw), ()

    def show_one(self, value: Any, definition: FieldDefinition, language: str) -> str:
        """Show the number without a trailing “.0”."""
        return show_number(int(value) if float(value).is_integer() else value, language)

    def schema_one(self, definition: FieldDefinition) -> dict[str, Any]:
        """Return a number's schema."""
        settings = definition.settings
        return {"type": "number", **{key: settings[key] for key in ("minimum", "maximum") if key in settings}}

    def columns_one(self, definition: FieldDefinition) -> tuple[Column, ...]:
        """Return one decimal column."""
        return (Column(definition.key, "decimal"),)

    def inputs(self, definition: FieldDefinition) -> tuple[Input, ...]:
        """Return a text input, so that a decimal comma can be typed."""
        return (Input("", "text", definition.label, (), definition.required, definition.help),)


KIND = Decimal()
