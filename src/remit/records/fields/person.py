"""``person``: the key of somebody, never a name: who it is stands in a register of its own, under its own protection."""

from __future__ import annotations

from typing import Any

from remit.records.fields.reference import Reference
from remit.records.types import FieldDefinition


class Person(Reference):
    """A person's key or pseudonym, without spaces."""

    key = "person"

    def schema_one(self, definition: FieldDefinition) -> dict[str, Any]:
        """Return a key's schema."""
        return {"type": "string", "minLength": 1, "maxLength": 200, "pattern": r"^\S+$"}


KIND = Person()
