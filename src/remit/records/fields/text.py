"""``text``: one line. Settings: ``maximum`` (characters, 500 unless stated)."""

from __future__ import annotations

from typing import Any

from remit.kernel.issues import Issue
from remit.records.field_kind import Context, FieldKind, expected
from remit.records.types import FieldDefinition


class Text(FieldKind):
    """One line of text; runs of space become one."""

    key = "text"
    longest = 500

    def read_one(self, raw: Any, definition: FieldDefinition, context: Context) -> tuple[Any, tuple[Issue, ...]]:
        """Read text; a number is taken as its digits, anything else is refused."""
        if isinstance(raw, int | float) and not isinstance(raw, bool):
            raw = str(raw)
        if not isinstance(raw, str):
            return expected("REC-013", definition, raw, "text", "un texte")
        text = self.tidy(raw)
        longest = int(definition.settings.get("maximum", self.longest))
        if len(text) > longest:
            en, fr = (
                f"at most {longest} characters (there are {len(text)})",
                f"{longest} caractères au plus (il y en a {len(text)})",
            )
            return expected("REC-015", definition, text, en, fr)
        return text, ()

    def tidy(self, text: str) -> str:
        """Return the text as it is kept."""
        return " ".join(text.split())

    def schema_one(self, definition: FieldDefinition) -> dict[str, Any]:
        """Return a string's schema."""
        return {"type": "string", "minLength": 1, "maxLength": int(definition.settings.get("maximum", self.longest))}

    def words(self, value: Any, definition: FieldDefinition) -> str:
        """Return the text itself."""
        return " ".join(value) if isinstance(value, list) else str(value)


KIND = Text()
