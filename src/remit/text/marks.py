"""The marks before paragraphs and items: ``20.``, ``(a)``, ``(ii)``, ``a.``, dashes and bullets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

MarkKind = Literal["number", "item", "dash"]

_NUMBER = re.compile(r"(\d{1,3})\s?\.(?=\s|$|[A-Z])\s*")
_ITEM = re.compile(r"\(\s?([a-z]{1,5}|[A-Z]|\d{1,2})\s?\)\s*|([a-z]{1,4}|\d{1,2})\)\s+|([a-h]|[ivx]{1,4})\.\s+(?=\S)")
_DASH = re.compile(r"([–—\-\u00ad\u2010\u2011•·▪●◦*\uf0b7])\s+(?=\S)|([•·▪●\uf0b7–—\u00ad])(?=\w)")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark at the beginning of a line: its kind, its label (``20``, ``a``, ``ii``, ``–``) and how many characters it takes."""

    kind: MarkKind
    label: str
    length: int


def parse_mark(text: str) -> Mark | None:
    """Return the mark with which a text begins, ``None`` where it begins with words."""
    if text[:1].isupper():
        return None  # no mark begins with a capital, most lines do
    if match := _NUMBER.match(text):
        return Mark("number", match[1].lstrip("0") or "0", match.end())
    if match := _ITEM.match(text):
        label = match[1] or match[2] or match[3]
        if len(label) == 1 or label.isdigit() or roman(label) is not None or len(set(label)) == 1:
            return Mark("item", label, match.end())
    if match := _DASH.match(text):
        return Mark("dash", match[1] or match[2], match.end())
    return None


def roman(label: str) -> int | None:
    """Return the value of a small roman numeral as lists use it, ``None`` for anything else."""
    if not label or set(label) - set(_ROMAN):
        return None
    total = 0
    for index, letter in enumerate(label):
        value = _ROMAN[letter]
        total += -value if index + 1 < len(label) and _ROMAN[label[index + 1]] > value else value
    return total if write_roman(total) == label else None


def successors(label: str) -> frozenset[str]:
    """Return the labels that may follow a label: after ``h`` and after ``(i)`` there are two readings."""
    following: set[str] = set()
    if label.isdigit():
        following.add(str(int(label) + 1))
    elif len(label) == 1 and label.lower() < "z":
        following.add(chr(ord(label) + 1))
    if (value := roman(label)) is not None:
        following.add(write_roman(value + 1))
    if len(label) == 2 and label[0] == label[1] and label[0] < "z":
        following.add(chr(ord(label[0]) + 1) * 2)
    if label == "z":
        following.add("aa")
    return frozenset(following)


def write_roman(number: int) -> str:
    """Return a number from 1 to 89 as a small roman numeral."""
    text = ""
    for value, letters in ((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")):
        while number >= value:
            text += letters
            number -= value
    return text
