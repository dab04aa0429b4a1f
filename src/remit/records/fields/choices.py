"""``choices``: several of a closed list of options, kept as a list of their keys in the order of the list."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from remit.kernel.issues import Issue
from remit.records.field_kind import Column, Context, Input
from remit.records.fields.choice import Choice
from remit.records.types import FieldDefinition


class Choices(Choice):
    """Several options."""

    key = "choices"

    def read(self, raw: Any, definition: FieldDefinition, context: Context) -> tuple[Any, tuple[Issue, ...]]:
        """Read a list of keys or labels; one text with ``;`` between them is a list."""
        if isinstance(raw, str):
            raw = [part for part in (piece.strip() for piece in raw.split(";")) if part]
        chosen, issues = super().read(raw, replace(definition, many=True), context)
        order = [option.key for option in definition.options]
        return (sorted(chosen, key=order.index) if chosen else None), issues

    def show(self, value: Any, definition: FieldDefinition, language: str) -> str:
        """Show the labels."""
        return super().show(value, replace(definition, many=True), language)

    def schema(self, definition: FieldDefinition) -> dict[str, Any]:
        """Return a list's schema."""
        return super().schema(replace(definition, many=True))

    def columns(self, definition: FieldDefinition) -> tuple[Column, ...]:
        """Return one list."""
        return (Column(definition.key, "list"),)

    def cells(self, value: Any, definition: FieldDefinition) -> dict[str, Any]:
        """Return the list."""
        return {definition.key: list(value or ())}

    def inputs(self, definition: FieldDefinition) -> tuple[Input, ...]:
        """Return checkboxes."""
        return super().inputs(replace(definition, many=True))

    def to_inputs(self, value: Any, definition: FieldDefinition) -> dict[str, str | list[str]]:
        """Return the keys chosen."""
        return {"": list(value or ())}


KIND = Choices()
