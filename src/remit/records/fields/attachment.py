"""``attachment``: ``{"sha256": "…", "name": "report.pdf"}``; the bytes are kept by their digest, apart from the record."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from remit.kernel.issues import Issue
from remit.kernel.wording import same
from remit.records.field_kind import Column, Context, FieldKind, Given, Input, expected
from remit.records.types import FieldDefinition


class Attachment(FieldKind):
    """A file, by its SHA-256 and its name."""

    key = "attachment"

    def read_one(self, raw: Any, definition: FieldDefinition, context: Context) -> tuple[Any, tuple[Issue, ...]]:
        """Read ``{sha256, name}``, as the service that keeps files gives it."""
        if isinstance(raw, Mapping) and set(raw) <= {"sha256", "name"}:
            sha256, name = str(raw.get("sha256", "")).lower(), str(raw.get("name", "")).strip()
            if (
                re.fullmatch(r"[0-9a-f]{64}", sha256)
                and 0 < len(name) <= 255
                and not re.search(r"[/\\\x00-\x1f]", name)
            ):
                return {"sha256": sha256, "name": name}, ()
        return expected("REC-020", definition, raw, "a file's SHA-256 and name", "le SHA-256 et le nom d’un fichier")

    def show_one(self, value: Any, definition: FieldDefinition, language: str) -> str:
        """Show the file's name."""
        return str(value["name"])

    def schema_one(self, definition: FieldDefinition) -> dict[str, Any]:
        """Return the schema of digest and name."""
        return {
            "type": "object",
            "properties": {
                "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
                "name": {"type": "string", "minLength": 1},
            },
            "required": ["sha256", "name"],
            "additionalProperties": False,
        }

    def columns_one(self, definition: FieldDefinition) -> tuple[Column, ...]:
        """Return the digest."""
        return (Column(definition.key, "text"),)

    def cells_one(self, value: Any, definition: FieldDefinition) -> dict[str, Any]:
        """Return the digest."""
        return {definition.key: value["sha256"]}

    def inputs(self, definition: FieldDefinition) -> tuple[Input, ...]:
        """Return a file, and what stands for one that was kept before."""
        return (
            Input("", "file", definition.label, (), definition.required, definition.help),
            Input("sha256", "hidden", same("SHA-256")),
            Input("name", "hidden", definition.label),
        )

    def from_inputs(self, given: Given) -> Any:
        """Join digest and name."""
        return {"sha256": given["sha256"], "name": given.get("name", "")} if given.get("sha256") else ""

    def to_inputs(self, value: Any, definition: FieldDefinition) -> dict[str, str | list[str]]:
        """Part digest and name."""
        return {"sha256": str(value["sha256"]), "name": str(value["name"])} if isinstance(value, Mapping) else {}


KIND = Attachment()
