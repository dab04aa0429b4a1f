"""``reference``: another record (its id or number) or a member of a mission list, as ``to`` says; kept as text."""

from __future__ import annotations

import re
from typing import Any

from remit.kernel.issues import Issue
from remit.kernel.nearest import did_you_mean
from remit.kernel.wording import Words
from remit.records.field_kind import Column, Context, FieldKind, Input, InputType, expected, issue
from remit.records.types import FieldDefinition


class Reference(FieldKind):
    """A key. Where the mission lists what may be referred to, the key must be one of them.

    Whether a record of that id exists is asked by the service that records, which alone may look.
    """

    key = "reference"

    def read_one(self, raw: Any, definition: FieldDefinition, context: Context) -> tuple[Any, tuple[Issue, ...]]:
        """Read a key or an identifier."""
        found = str(raw).strip() if isinstance(raw, str | int) and not isinstance(raw, bool) else ""
        if not re.fullmatch(r"[^\s]{1,200}", found):
            return expected("REC-020", definition, raw, "a key or an identifier", "une clé ou un identifiant")
        keys = [option.key for option in definition.options]
        if keys and found not in keys:
            message = Words(
                f"“{found}” is not listed under {definition.to}.", f"« {found} » ne figure pas sous {definition.to}."
            )
            return None, (issue("REC-020", definition.key, message, did_you_mean(found, keys)),)
        return found, ()

    def show_one(self, value: Any, definition: FieldDefinition, language: str) -> str:
        """Show the label where there is a list; else the key."""
        return next((option.label.in_(language) for option in definition.options if option.key == value), str(value))

    def schema_one(self, definition: FieldDefinition) -> dict[str, Any]:
        """Return a key's schema."""
        keys = [option.key for option in definition.options]
        return {"type": "string", "enum": keys} if keys else {"type": "string", "minLength": 1, "maxLength": 200}

    def columns_one(self, definition: FieldDefinition) -> tuple[Column, ...]:
        """Return the key."""
        return (Column(definition.key, "text"),)

    def inputs(self, definition: FieldDefinition) -> tuple[Input, ...]:
        """Return a choice where there is a list; else an input that looks for records."""
        label, needed, hint = definition.label, definition.required, definition.help
        if definition.options:
            how: InputType = "checkboxes" if definition.many else "select"
            return (Input("", how, label, definition.options, needed, hint, many=definition.many, to=definition.to),)
        return (Input("", "record", label, (), needed, hint, many=definition.many, to=definition.to),)


KIND = Reference()
