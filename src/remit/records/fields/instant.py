"""``instant``: a moment, UTC, as ``2017-07-14T02:10:00+00:00``. Settings: ``future`` (true unless stated)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from remit.kernel.days import read_instant, show_day, show_instant
from remit.kernel.errors import BadInput
from remit.kernel.issues import Issue
from remit.kernel.wording import Words
from remit.records.field_kind import Column, Context, FieldKind, Given, Input, expected, from_error
from remit.records.types import FieldDefinition


class Instant(FieldKind):
    """A moment that states its clock: a time without an offset is refused, not guessed."""

    key = "instant"

    def read_one(self, raw: Any, definition: FieldDefinition, context: Context) -> tuple[Any, tuple[Issue, ...]]:
        """Read an aware datetime, ``2017-07-14T02:10Z`` or “14 July 2017, 02:10 UTC”."""
        try:
            if isinstance(raw, datetime | date):
                raw = raw.isoformat()
            if not isinstance(raw, str):
                return expected(
                    "REC-016",
                    definition,
                    raw,
                    "an instant such as 2017-07-14T02:10Z",
                    "un instant tel que 2017-07-14T02:10Z",
                )
            instant = read_instant(raw)
        except BadInput as error:
            return None, (from_error("REC-016", definition.key, error),)
        if definition.settings.get("future") is False and instant > context.now:
            return expected(
                "REC-016", definition, raw, "an instant that is not to come", "un instant qui ne soit pas à venir"
            )
        return instant.astimezone(UTC).isoformat(), ()

    def show_one(self, value: Any, definition: FieldDefinition, language: str) -> str:
        """Show “14 July 2017, 02:10 UTC”; a coarsened one as its day, month or year."""
        if isinstance(value, Mapping):
            return show_day(date.fromisoformat(value["on"]), language, value.get("precision", "day"))
        return show_instant(datetime.fromisoformat(value), language)

    def schema_one(self, definition: FieldDefinition) -> dict[str, Any]:
        """Return the schema of a date-time."""
        return {"type": "string", "format": "date-time"}

    def columns_one(self, definition: FieldDefinition) -> tuple[Column, ...]:
        """Return one instant."""
        return (Column(definition.key, "instant"),)

    def cells_one(self, value: Any, definition: FieldDefinition) -> dict[str, Any]:
        """Return the instant, aware."""
        return {definition.key: datetime.fromisoformat(value)}

    def inputs(self, definition: FieldDefinition) -> tuple[Input, ...]:
        """Return a day and time, which the form says to be UTC."""
        label = Words(f"{definition.label.en} (UTC)", f"{definition.label.fr} (UTC)")
        return (Input("", "datetime", label, (), definition.required, definition.help),)

    def from_inputs(self, given: Given) -> Any:
        """Add the clock that the form's label states."""
        text = str(given.get("", "")).strip()
        bare = bool(text) and "T" in text and not (text.endswith("Z") or "+" in text or "-" in text.partition("T")[2])
        return f"{text}Z" if bare else text

    def to_inputs(self, value: Any, definition: FieldDefinition) -> dict[str, str | list[str]]:
        """Return the moment without its clock, as the input has it."""
        return {"": "" if value is None else str(value)[:16]}


KIND = Instant()
