"""``narrative``: text of several paragraphs. Settings: ``maximum`` (characters, 100,000 unless stated)."""

from __future__ import annotations

from remit.records.field_kind import Input
from remit.records.fields.text import Text
from remit.records.types import FieldDefinition


class Narrative(Text):
    """Several paragraphs; line ends are kept, made one kind."""

    key = "narrative"
    longest = 100_000

    def tidy(self, text: str) -> str:
        """Keep lines; cut the space at their ends."""
        return "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")).strip()

    def inputs(self, definition: FieldDefinition) -> tuple[Input, ...]:
        """Return one large input."""
        return (Input("", "textarea", definition.label, (), definition.required, definition.help),)


KIND = Narrative()
