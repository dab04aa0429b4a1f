"""The words of the pages, English and French side by side, from ``words/*.yaml``: the one place where they stand."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from remit.kernel.wording import LANGUAGES

Forms = Mapping[str, str]
"""Plural forms: ``one`` and ``other``."""


@cache
def wordings() -> Mapping[str, Mapping[str, str | Forms]]:
    """Return every wording by its dotted key: ``{"nav.mandate": {"en": …, "fr": …}}``.

    Raises:
        ValueError: two files word one key (a programmer's mistake, found by the tests).
    """
    found: dict[str, Mapping[str, str | Forms]] = {}
    for file in sorted(files("remit.web").joinpath("words").iterdir(), key=lambda file: file.name):
        for key, words in _flat(yaml.safe_load(file.read_text(encoding="utf-8")), ""):
            if key in found:
                raise ValueError(f"{file.name}: {key} has its words elsewhere already")
            found[key] = words
    return found


def _flat(node: Mapping[str, Any], prefix: str) -> list[tuple[str, Mapping[str, str | Forms]]]:
    if set(node) <= set(LANGUAGES):
        return [(prefix, node)]
    found: list[tuple[str, Mapping[str, str | Forms]]] = []
    for key, value in node.items():
        found += _flat(value, f"{prefix}.{key}" if prefix else str(key))
    return found


def say(key: str, language: str, **values: object) -> str:
    """Return a wording with its named places filled; ``n`` chooses the plural form where there is one.

    Raises:
        KeyError: there is no such wording (a programmer's mistake, found by the tests).
    """
    words = wordings()[key]["fr" if language == "fr" else "en"]
    if isinstance(words, str):
        return words.format(**values) if values else words
    number = values.get("n", 0)
    single = isinstance(number, int | float) and (abs(number) < 2 if language == "fr" else number == 1)
    return words["one" if single else "other"].format(**{**values, "n": grouped(number, language)})


def known(key: str) -> bool:
    """Return whether there is such a wording."""
    return key in wordings()


def grouped(number: object, language: str) -> str:
    """Return a number as the language writes it: 13,289.5 and 13 289,5 (a narrow no-break space in French)."""
    if isinstance(number, bool) or not isinstance(number, int | float):
        return str(number)
    text = f"{number:,}" if isinstance(number, int) else f"{number:,.1f}".removesuffix(".0")
    return text.replace(",", "\u202f").replace(".", ",") if language == "fr" else text
