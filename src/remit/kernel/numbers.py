"""Numbers as people write them in English and French; a form that can be read in two ways is refused."""

from __future__ import annotations

import re
from decimal import Decimal

from remit.kernel.errors import BadInput

_SPACES = " \u00a0\u202f\u2009"
_PLAIN = re.compile(r"[+-]?\d+([.,]\d+)?")
_SPACED = re.compile(rf"[+-]?[1-9]\d{{0,2}}([{_SPACES}]\d{{3}})+([.,]\d+)?")
_ENGLISH = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d+)?")
_TWO_WAYS = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}")


def read_number(text: str, *, whole: bool = False) -> Decimal:
    """Read ``12.5``, ``12,5``, ``1 234,5`` or ``1,234.5``; where only whole numbers can stand, also ``1,234``.

    Raises:
        BadInput: KER-031, no number; KER-032, a number that can be read in two ways.
    """
    found = text.strip()
    if _TWO_WAYS.fullmatch(found):
        if whole:
            return Decimal(found.replace(",", ""))
        raise BadInput.of(
            "KER-032",
            f"“{found}” can be read in two ways: the comma parts thousands in English and decimals in French.",
            f"« {found} » peut se lire de deux façons : la virgule sépare les milliers en anglais et les décimales en français.",
            do_en=f"Write {found.replace(',', '')} or {found.replace(',', '.')}.",
            do_fr=f"Écrivez {found.replace(',', '')} ou {found.replace(',', '.')}.",
        )
    if _ENGLISH.fullmatch(found):
        return Decimal(found.replace(",", ""))
    if _PLAIN.fullmatch(found) or _SPACED.fullmatch(found):
        return Decimal(re.sub(rf"[{_SPACES}]", "", found).replace(",", "."))
    raise BadInput.of(
        "KER-031",
        f"“{found}” is not a number.",
        f"« {found} » n’est pas un nombre.",
        do_en="Write digits only, for example 12 or 12.5.",
        do_fr="Écrivez seulement des chiffres, par exemple 12 ou 12,5.",
    )


def digits(text: str) -> int | None:
    """Return the whole number that the digits 0 to 9 write, up to eighteen of them; ``None`` for any other text.

    For what a form or an address carries as a number that nobody typed: a page, a revision, the place in a list. Other
    scripts' digits, superscripts and numbers too large for a database are none.
    """
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else None


def show_number(value: float | Decimal, language: str) -> str:
    """Return the number as the United Nations prints it: ``13,289.5`` in English, ``13 289,5`` in French."""
    text = f"{value:,}"
    return text.replace(",", "\u202f").replace(".", ",") if language == "fr" else text
