"""``money``: ``{"amount": "12.50", "currency": "USD"}``; the amount is text, so that no cent is lost.

Settings: ``currency`` (of an amount given without one), ``currencies`` (those allowed; ISO 4217 codes).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from remit.kernel.errors import BadInput
from remit.kernel.issues import Issue
from remit.kernel.numbers import read_number, show_number
from remit.kernel.wording import Words, same
from remit.records.field_kind import Column, Context, FieldKind, Given, Input, expected, from_error
from remit.records.types import FieldDefinition, Option


class Money(FieldKind):
    """An amount and its currency."""

    key = "money"

    def read_one(self, raw: Any, definition: FieldDefinition, context: Context) -> tuple[Any, tuple[Issue, ...]]:
        """Read ``{amount, currency}``, “12.50 USD”, “USD 12.50”, or a bare amount where the field has a currency."""
        currency: Any = definition.settings.get("currency", "")
        amount: Any = raw
        if isinstance(raw, Mapping):
            amount, currency = raw.get("amount"), raw.get("currency") or currency
            if set(raw) - {"amount", "currency"}:
                return expected("REC-022", definition, raw, "an amount and a currency", "un montant et une devise")
        elif isinstance(raw, str) and (parts := re.fullmatch(r"\s*([A-Z]{3})?\s*(.*?)\s*([A-Z]{3})?\s*", raw)):
            currency, amount = parts[1] or parts[3] or currency, parts[2]
        if isinstance(amount, bool) or not isinstance(amount, str | int | float | Decimal):
            return expected("REC-022", definition, raw, "an amount and a currency", "un montant et une devise")
        try:
            number = read_number(str(amount))
        except BadInput as error:
            return None, (from_error("REC-022", definition.key, error),)
        allowed = definition.settings.get("currencies")
        if (
            not isinstance(currency, str)
            or not re.fullmatch(r"[A-Z]{3}", currency)
            or (allowed and currency not in allowed)
        ):
            en = (
                f"a currency among {', '.join(allowed)}"
                if allowed
                else "a currency of three capitals, such as 12.50 USD"
            )
            fr = (
                f"une devise parmi {', '.join(allowed)}"
                if allowed
                else "une devise de trois capitales, comme 12,50 USD"
            )
            return expected("REC-022", definition, raw, en, fr)
        if number < 0 and not definition.settings.get("negative"):
            return expected(
                "REC-015", definition, raw, "an amount that is not negative", "un montant qui ne soit pas négatif"
            )
        return {"amount": f"{number:f}", "currency": currency}, ()

    def show_one(self, value: Any, definition: FieldDefinition, language: str) -> str:
        """Show “1,250.50 USD” or “1 250,50 USD”."""
        return f"{show_number(Decimal(value['amount']), language)}\u00a0{value['currency']}"

    def schema_one(self, definition: FieldDefinition) -> dict[str, Any]:
        """Return the schema of amount and currency."""
        return {
            "type": "object",
            "properties": {
                "amount": {"type": "string", "pattern": r"^-?\d+(\.\d+)?$"},
                "currency": {"type": "string", "pattern": "^[A-Z]{3}$"},
            },
            "required": ["amount", "currency"],
            "additionalProperties": False,
        }

    def columns_one(self, definition: FieldDefinition) -> tuple[Column, ...]:
        """Return amount and currency."""
        return (Column(definition.key, "decimal"), Column(f"{definition.key}_currency", "text"))

    def cells_one(self, value: Any, definition: FieldDefinition) -> dict[str, Any]:
        """Return the amount as a number (for sums; the record keeps the exact text) and the currency."""
        return {definition.key: float(value["amount"]), f"{definition.key}_currency": value["currency"]}

    def inputs(self, definition: FieldDefinition) -> tuple[Input, ...]:
        """Return the amount and the currency."""
        known = tuple(Option(code, same(code)) for code in definition.settings.get("currencies", ()))
        amount = Input("", "text", definition.label, (), definition.required, definition.help)
        return (amount, Input("currency", "select" if known else "text", Words("Currency", "Devise"), known))

    def from_inputs(self, given: Given) -> Any:
        """Join amount and currency."""
        amount = given.get("", "")
        return {"amount": amount, "currency": given.get("currency", "")} if amount else ""

    def to_inputs(self, value: Any, definition: FieldDefinition) -> dict[str, str | list[str]]:
        """Part amount and currency."""
        if value is None:
            return {"": "", "currency": str(definition.settings.get("currency", ""))}
        return {"": str(value["amount"]), "currency": str(value["currency"])}


KIND = Money()
