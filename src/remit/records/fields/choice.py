"""``choice``: one of a closed list of options, kept as its key."""

from __future__ import annotations

from typing import Any

from remit.kernel.issues import Issue
from remit.kernel.nearest import did_you_mean
from remit.kernel.plain_text import plain_text
from remit.kernel.wording import Words
from remit.records.field_kind import Context, FieldKind, Input, InputType, issue
from remit.records.types import FieldDefinition


class Choice(FieldKind):
    """One option, given as its key or as its label in either language."""

    key = "choice"

    def read_one(self, raw: Any, definition: FieldDefinition, context: Context) -> tuple[Any, tuple[Issue, ...]]:
        """Read a key or a label; any other is refused with the nearest key."""
        if isinstance(raw, bool):
            message = Words(
                f"Found {str(raw).lower()}, which YAML makes of yes, no, on and off; expected an option.",
                f"Trouvé {str(raw).lower()}, que YAML tire de yes, no, on et off ; une option était attendue.",
            )
            return None, (
                issue(
                    "REC-017",
                    definition.key,
                    message,
                    Words("Put the key in quotes.", "Mettez la clé entre guillemets."),
                ),
            )
        found = str(raw).strip()
        by_word = {
            plain_text(label): option.key
            for option in definition.options
            for label in (option.label.en, option.label.fr)
        }
        keys = [option.key for option in definition.options]
        if found in keys:
            return found, ()
        if (key := by_word.get(plain_text(found))) is not None:
            return key, ()
        message = Words(f"“{found}” is not one of the options.", f"« {found} » n’est pas l’une des options.")
        return None, (issue("REC-017", definition.key, message, did_you_mean(found, keys)),)

    def show_one(self, value: Any, definition: FieldDefinition, language: str) -> str:
        """Show the option's label; a key that is no longer listed shows as it is."""
        return next((option.label.in_(language) for option in definition.options if option.key == value), str(value))

    def schema_one(self, definition: FieldDefinition) -> dict[str, Any]:
        """Return the closed list."""
        return {"type": "string", "enum": [option.key for option in definition.options]}

    def inputs(self, definition: FieldDefinition) -> tuple[Input, ...]:
        """Return a select, or checkboxes where several may be chosen."""
        how: InputType = "checkboxes" if definition.many else "select"
        return (
            Input(
                "",
                how,
                definition.label,
                definition.options,
                definition.required,
                definition.help,
                many=definition.many,
            ),
        )

    def words(self, value: Any, definition: FieldDefinition) -> str:
        """Return the labels in both languages."""
        chosen = value if isinstance(value, list) else [value]
        return " ".join(f"{o.label.en} {o.label.fr}" for o in definition.options if o.key in chosen)


KIND = Choice()
